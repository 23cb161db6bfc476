"""ZIP archives from outside: what is refused before anything is unpacked."""

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.errors import ArchiveError, TerminalError
from tasks.sources.archive import Limits, is_office, member, member_names, opened


def packed(path: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def test_the_files_of_an_archive_are_read(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", ("2024-03/p1.txt", b"one"), ("2024-03/p2.txt", b"two"), ("2024-03/", b""))
    assert member_names(path, "a.zip") == ("2024-03/p1.txt", "2024-03/p2.txt")
    with opened(path, "a.zip") as members, member(members, "a.zip", "2024-03/p2.txt") as handle:
        assert handle.read() == b"two"
    assert not is_office(path)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "big5"])
def test_names_in_the_code_page_of_windows_are_read(encoding: str, tmp_path: Path) -> None:
    name = "簡報第3期.txt" if encoding == "big5" else "简报第3期.txt"
    raw = packed(tmp_path / "a.zip", ("x" * len(name.encode(encoding)), b"text")).read_bytes()
    path = tmp_path / "b.zip"
    path.write_bytes(raw.replace(b"x" * len(name.encode(encoding)), name.encode(encoding)))
    (found,) = member_names(path, "b.zip")
    assert found == name or encoding == "big5", "some big5 is gb18030 by its bytes, too"


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ([("../a.txt", b"")], "leads out of it"),
        ([("a/../../b.txt", b"")], "leads out of it"),
        ([("/etc/passwd", b"")], "leads out of it"),
        ([("C:/a.txt", b"")], "leads out of it"),
        ([("a\\..\\b.txt", b"")], "leads out of it"),
        ([("a\x1b[2J.txt", b"")], "leads out of it"),
        ([(link("a.txt"), b"/etc/passwd")], "is a link"),
        ([("a.txt", b"1"), ("inner.ZIP", b"PK")], "is an archive, too"),
        ([("a.txt", b"1"), ("b.tar.gz", b"PK")], "is an archive, too"),
        ([("a.txt", bytes(30 << 20))], "packed more than 200-fold"),
        ([(f"{number}.txt", b"") for number in range(51)], "it holds 51 files"),
        ([("a.txt", bytes(range(256)) * 4000), ("b.txt", bytes(range(256)) * 4000)], "unpacks to more than"),
        ([("a.txt", b"1"), ("a.txt", b"2")], "holds a.txt twice"),
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_what_would_escape_or_explode_is_refused(members: list[tuple[str, bytes]], why: str, tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", *members)
    with pytest.raises(ArchiveError, match=why) as raised:
        member_names(path, "inbox/a.zip", Limits(members=50, bytes=2_000_000))
    assert str(raised.value).startswith("inbox/a.zip: this archive is not unpacked: ")
    assert isinstance(raised.value, TerminalError)


def test_an_encrypted_archive_is_refused(tmp_path: Path) -> None:
    data = bytearray(packed(tmp_path / "a.zip", ("a.txt", b"secret")).read_bytes())
    central = data.index(b"PK\x01\x02")
    for at in (6, central + 8):
        data[at : at + 2] = struct.pack("<H", 1)
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(ArchiveError, match=r"a.txt in it is encrypted. Send it without a password."):
        member_names(tmp_path / "a.zip", "a.zip")


def test_a_size_that_is_a_lie_ends_in_an_error_and_not_in_memory(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.zip", ("a.txt", bytes(1 << 20)))
    data = bytearray(path.read_bytes())
    central = data.index(b"PK\x01\x02")
    data[central + 24 : central + 28] = struct.pack("<I", 1000)
    path.write_bytes(data)
    assert member_names(path, "a.zip") == ("a.txt",)
    with (
        pytest.raises(ArchiveError, match="damaged"),
        opened(path, "a.zip") as members,
        member(members, "a.zip", "a.txt") as handle,
    ):
        assert len(handle.read()) <= 1000


@pytest.mark.parametrize("cut", [10, 60, -5])
def test_a_damaged_archive_is_refused(cut: int, tmp_path: Path) -> None:
    data = packed(tmp_path / "a.zip", ("a.txt", b"text" * 100)).read_bytes()
    (tmp_path / "a.zip").write_bytes(data[:cut])
    with pytest.raises(ArchiveError, match="damaged"):
        member_names(tmp_path / "a.zip", "a.zip")


@settings(deadline=None, max_examples=200)
@given(st.lists(st.text(st.sampled_from("ab./\\:C\n .."), min_size=1, max_size=9), min_size=1, max_size=4, unique=True))
def test_no_name_leads_out(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, b"1")
    folder = tmp_path_factory.getbasetemp()
    (folder / "law.zip").write_bytes(buffer.getvalue())
    try:
        found = member_names(folder / "law.zip", "law.zip")
    except ArchiveError:
        return
    inside = folder / "inside"
    assert all((inside / name).resolve().is_relative_to(inside.resolve()) for name in found)
