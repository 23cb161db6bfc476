"""ZIP archives from outside: looked through before anything is unpacked, so that none can escape or explode.

A path inside an archive is written `<archive>!/<path>`, as in `inbox/2024.zip!/2024-03/p1.txt`.
"""

import lzma
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from tasks.errors import ArchiveError

MEMBER_MARK: Final = "!/"
"""Between the place of an archive and the path in it."""
ZIP_HEAD: Final = b"PK\x03\x04"
ZIP_HEADS: Final = (ZIP_HEAD, b"PK\x05\x06")
"""How a ZIP begins; the second is one without a member."""

_OFFICE_MARK: Final = "[Content_Types].xml"
_CODECS: Final = ("utf-8", "gb18030", "big5")
"""What a name without the mark for UTF-8 may be in: Windows in Chinese writes its own code page."""
_ENCRYPTED: Final = 0x1
_NESTED: Final = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz")
_OUTSIDE: Final = re.compile(r"/|[A-Za-z]:|.*\\")
"""Absolute paths, drives, and the separator of Windows, which the format does not know."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an archive may hold; sizes are of the unpacked bytes.

    `most_ratio` counts above a mebibyte: text packs to a tenth, the XML of office programs to a fiftieth, a bomb to a
    thousandth (the most that deflate can).
    """

    members: int = 10_000
    member_bytes: int = 200 << 20
    bytes: int = 1 << 30
    most_ratio: int = 200


USUAL: Final = Limits()

Files = dict[str, tuple[zipfile.ZipFile, zipfile.ZipInfo]]
"""The files of an opened archive by their paths in it."""


def is_office(path: Path) -> bool:
    """Whether a ZIP is a document of an office program (DOCX, XLSX, PPTX)."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _OFFICE_MARK in archive.namelist()
    except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError):
        return False


def member_names(path: Path, name: str, limits: Limits = USUAL) -> tuple[str, ...]:
    """The paths of the files in an archive, in its order.

    `name` is what messages call it. Raises `ArchiveError` for one that is damaged, encrypted, too large, or holds what
    does not belong in it, and `OSError` if it cannot be opened.
    """
    with opened(path, name, limits) as members:
        return tuple(members)


@contextmanager
def member(members: Files, name: str, inner: str) -> Iterator[IO[bytes]]:
    """The bytes of one file of an opened archive; reading never gives more than the archive's head has said."""
    if inner not in members:
        raise ArchiveError(f"{name}: there is no {inner} in this archive any more. Send it again.")
    archive, info = members[inner]
    with _broken_as_ours(name), archive.open(info) as handle:
        yield handle


@contextmanager
def opened(path: Path, name: str, limits: Limits = USUAL) -> Iterator[Files]:
    """The files of an archive by path, all of them looked at before the first is given out."""
    with _broken_as_ours(name):
        archive = _archive(path)
    with archive:
        files = {inner: (archive, info) for inner, info in _checked(archive.infolist(), name, limits)}
        if not files:
            raise ArchiveError(f"{name}: there is no file in this archive. Send it again.")
        yield files


def _archive(path: Path) -> zipfile.ZipFile:
    for codec in _CODECS:
        try:
            return zipfile.ZipFile(path, metadata_encoding=codec)
        except UnicodeDecodeError:
            continue
    return zipfile.ZipFile(path)


def _checked(infos: Sequence[zipfile.ZipInfo], name: str, limits: Limits) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    if len(infos) > limits.members:
        raise _refused(name, f"it holds {len(infos):,} files, and {limits.members:,} are the most")
    seen: set[str] = set()
    total = 0
    for info in infos:
        inner = info.filename
        if _OUTSIDE.match(inner) or ".." in inner.split("/") or not inner.isprintable():
            raise _refused(name, f"the path {inner!r} in it leads out of it")
        if stat.S_ISLNK(info.external_attr >> 16):
            raise _refused(name, f"{inner} in it is a link to another file")
        if info.is_dir():
            continue
        if inner in seen:
            raise _refused(name, f"it holds {inner} twice")
        seen.add(inner)
        if info.flag_bits & _ENCRYPTED:
            raise _refused(name, f"{inner} in it is encrypted", "Send it without a password.")
        if info.file_size > max(1 << 20, limits.most_ratio * info.compress_size):
            raise _refused(name, f"{inner} in it is packed more than {limits.most_ratio}-fold, as no document is")
        total += info.file_size
        if info.file_size > limits.member_bytes or total > limits.bytes:
            most = limits.member_bytes >> 20, limits.bytes >> 20
            raise _refused(name, f"up to {inner} it unpacks to more than {most[0]} MiB a file or {most[1]} MiB in all")
        if inner.lower().endswith(_NESTED):
            raise _refused(name, f"{inner} in it is an archive, too", "Send its files in one archive.")
        yield inner, info


@contextmanager
def _broken_as_ours(name: str) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error, lzma.LZMAError) as error:
        raise ArchiveError(
            f"{name}: this archive is damaged or of a kind that is not read ({error}). Send it again, as a plain ZIP."
        ) from error


def _refused(name: str, why: str, advice: str = "Send the files themselves.") -> ArchiveError:
    return ArchiveError(f"{name}: this archive is not unpacked: {why}. {advice}")
