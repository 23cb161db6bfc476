"""The raw store: the bytes as received, once, never changed."""

import hashlib
from pathlib import Path

import pytest

from tasks.errors import UnreadableFileError
from tasks.records import Fetched, Found
from tasks.sources.fetch import fetch, identify
from warehouse.home import Home

BYTES = "第一期 33.35亿元\n".encode("gb18030") * 200_000


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home.at(tmp_path / "home")
    home.prepare()
    return home


@pytest.fixture
def file(home: Home, tmp_path: Path) -> Fetched:
    path = tmp_path / "a.txt"
    path.write_bytes(BYTES)
    return identify(Found(str(path), "a.txt"), home)


def test_bytes_are_kept_under_their_hash_and_cannot_be_written(home: Home, file: Fetched) -> None:
    sha256 = hashlib.sha256(BYTES).hexdigest()
    assert (file.sha256, file.byte_size, file.raw_path) == (sha256, len(BYTES), f"raw/{sha256[:2]}/{sha256}")
    assert not (home.root / file.raw_path).exists(), "identifying copies nothing"
    fetch(file, home)
    kept = home.root / file.raw_path
    assert kept.read_bytes() == BYTES
    assert kept.stat().st_mode & 0o777 == 0o444
    assert list(home.staging.iterdir()) == []


def test_a_second_fetch_leaves_the_copy_alone(home: Home, file: Fetched) -> None:
    fetch(file, home)
    before = (home.root / file.raw_path).stat()
    fetch(file, home)
    after = (home.root / file.raw_path).stat()
    assert (after.st_ino, after.st_mtime_ns, after.st_ctime_ns) == (
        before.st_ino,
        before.st_mtime_ns,
        before.st_ctime_ns,
    )


def test_a_damaged_copy_is_replaced(home: Home, file: Fetched) -> None:
    fetch(file, home)
    kept = home.root / file.raw_path
    kept.chmod(0o644)
    kept.write_bytes(BYTES[:100])
    fetch(file, home)
    assert kept.read_bytes() == BYTES


def test_a_file_that_changes_while_it_is_read_is_tried_again_later(home: Home, file: Fetched) -> None:
    Path(file.source_uri).write_bytes(BYTES + b"more")
    with pytest.raises(UnreadableFileError, match="changed while it was read"):
        fetch(file, home)
    assert list(home.raw.glob("*/*")) == []
    assert list(home.staging.iterdir()) == []


def test_a_file_that_went_away_is_said_to_be_unreadable(home: Home, file: Fetched) -> None:
    Path(file.source_uri).unlink()
    for attempt in (lambda: fetch(file, home), lambda: identify(Found(file.source_uri, "a.txt"), home)):
        with pytest.raises(UnreadableFileError, match=r"cannot be read \(No such file"):
            attempt()
