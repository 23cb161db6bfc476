"""A home in one file, and back."""

import contextlib
import shutil
import tarfile
from pathlib import Path

import pytest

from flows.session import utc_now
from tasks.errors import UsageError
from tasks.maintain.archive import back_up, restore
from tests.support.bulletins import bulletin, drop
from tests.support.loading import load
from tests.support.state import orphans, raw_files, rows
from warehouse.catalog import open_reader
from warehouse.home import Home


@pytest.fixture
def filled(home: Home) -> Home:
    drop(home, "a.txt", bulletin(1))
    drop(home, "bad.txt", "no article\n")
    load(home)
    drop(home, "a.txt", bulletin(1).replace("2.5亿元", "9.5亿元"))
    load(home)
    (home.root / "settings.toml").write_text("kept", encoding="utf-8")
    return home


@pytest.mark.parametrize("name", ["backup.tar", "backup.tar.gz"])
def test_what_comes_back_is_what_was_there(filled: Home, tmp_path: Path, name: str) -> None:
    back_up(filled, tmp_path / name, utc_now())
    again = Home.at(tmp_path / "again")
    archived = restore(tmp_path / name, again)
    assert rows(again) == rows(filled)
    assert raw_files(again) == raw_files(filled)
    assert orphans(again) == []
    assert (again.root / "settings.toml").read_text(encoding="utf-8") == "kept"
    assert archived.files == len([p for p in again.root.rglob("*") if p.is_file() and "sqlite-" not in p.name])
    with contextlib.closing(open_reader(again)) as connection:
        versions = connection.execute("SELECT count(*) FROM lake.snapshots()").fetchall()
    with contextlib.closing(open_reader(filled)) as connection:
        assert connection.execute("SELECT count(*) FROM lake.snapshots()").fetchall() == versions
    drop(again, "b.txt", bulletin(2))
    load(again)


def test_a_backup_never_overwrites_and_leaves_no_draft(filled: Home, tmp_path: Path) -> None:
    target = tmp_path / "backup.tar"
    target.write_text("precious", encoding="utf-8")
    with pytest.raises(UsageError, match="exists already"):
        back_up(filled, target, utc_now())
    assert target.read_text(encoding="utf-8") == "precious"
    assert not list(tmp_path.glob(".*"))


def test_a_home_with_something_in_it_is_not_overwritten(filled: Home, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "backup.tar", utc_now())
    before = rows(filled)
    with pytest.raises(UsageError, match="not empty"):
        restore(tmp_path / "backup.tar", filled)
    assert rows(filled) == before


def test_a_damaged_backup_is_refused_and_leaves_nothing(filled: Home, tmp_path: Path) -> None:
    whole = tmp_path / "backup.tar"
    back_up(filled, whole, utc_now())
    data = bytearray(whole.read_bytes())
    place = data.find(b"PAR1") + 10
    data[place] ^= 1
    whole.write_bytes(data)
    again = Home.at(tmp_path / "again")
    with pytest.raises(UsageError, match="is not what was put in"):
        restore(whole, again)
    whole.write_bytes(data[: len(data) // 2])
    with pytest.raises(UsageError, match=r"damaged|no backup"):
        restore(whole, again)
    assert not again.root.exists()
    assert not list(tmp_path.glob(".again*"))


def test_other_files_are_no_backup(tmp_path: Path) -> None:
    text = tmp_path / "text.tar"
    text.write_text("words", encoding="utf-8")
    with pytest.raises(UsageError, match="no backup of jianbao"):
        restore(text, Home.at(tmp_path / "again"))
    foreign = tmp_path / "foreign.tar"
    with tarfile.open(foreign, "w") as archive:
        archive.add(text, "words")
    with pytest.raises(UsageError, match=r"no readable manifest\.json"):
        restore(foreign, Home.at(tmp_path / "again"))
    assert not (tmp_path / "again").exists()


def test_nothing_leaves_the_home_that_it_is_restored_into(filled: Home, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "backup.tar", utc_now())
    shutil.copy(tmp_path / "backup.tar", tmp_path / "evil.tar")
    with tarfile.open(tmp_path / "evil.tar", "a") as archive:
        archive.add(tmp_path / "backup.tar", "../escaped")
    with pytest.raises(UsageError, match="damaged"):
        restore(tmp_path / "evil.tar", Home.at(tmp_path / "deep" / "again"))
    assert not list(tmp_path.rglob("escaped"))
