"""Bytes into the raw store: raw/ab/<sha256>, written once and never changed."""

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from tasks.errors import UnreadableFileError
from tasks.records import Fetched, Found
from tasks.sources.addresses import is_url
from tasks.sources.archive import MEMBER_MARK, ZIP_HEADS, is_office, member, opened
from tasks.sources.seen import Inner
from warehouse.home import Home, fsync_folder

_CHUNK_BYTES = 1 << 20


def identify(found: Found, home: Home) -> Fetched:
    """Hash a file where it lies, so that bytes which are known already need not be copied."""
    with _opened(found.source_uri, home) as handle:
        sha256, size = _hash(handle, found.source_uri)
    return fetched(found, sha256, size)


def fetched(found: Found, sha256: str, size: int) -> Fetched:
    """A found file whose bytes are known."""
    return Fetched(found.source_uri, found.file_name, sha256, size, raw_path(sha256))


def raw_path(sha256: str) -> str:
    """Where bytes lie in the home."""
    return f"raw/{sha256[:2]}/{sha256}"


def is_archive(path: Path, name: str) -> bool:
    """Whether a file is a ZIP of documents, by its bytes. Raises UnreadableFileError."""
    try:
        with path.open("rb") as handle:
            return handle.read(4).startswith(ZIP_HEADS) and not is_office(path)
    except OSError as error:
        raise _unreadable(name, error) from error


def members_of(path: Path, name: str) -> tuple[Inner, ...]:
    """The files of an archive with their hashes. Raises ArchiveError, and UnreadableFileError if it cannot be read."""
    try:
        with opened(path, name) as members:
            found = []
            for inner in members:
                with member(members, name, inner) as handle:
                    found.append(Inner(inner, *_hash(handle, name)))
            return tuple(found)
    except OSError as error:
        raise _unreadable(name, error) from error


def unpack(path: Path, name: str, home: Home) -> tuple[Inner, ...]:
    """Copy the files of an archive into the raw store. Raises ArchiveError."""
    found = []
    with opened(path, name) as members:
        for inner in members:
            with draft_in(home) as draft, draft.open("wb+") as copy:
                with member(members, name, inner) as handle:
                    shutil.copyfileobj(handle, copy, _CHUNK_BYTES)
                copy.flush()
                found.append(Inner(inner, *hash_of_draft(copy)))
                keep(draft, found[-1].sha256, home)
    return tuple(found)


def fetch(file: Fetched, home: Home) -> None:
    """Copy the bytes of an identified file into the raw store, or verify the copy that is there.

    Raises UnreadableFileError when they cannot be read, or are no longer those that were identified.
    """
    target = home.root / file.raw_path
    if target.exists():
        with _path_opened(target, file.raw_path) as handle:
            if _hash(handle, file.raw_path)[0] == file.sha256:
                return
        # A damaged copy (a full disk, a broken disk): the source still has the bytes.
        target.unlink()
    with draft_in(home) as draft:
        _copy(file, home, draft)
        keep(draft, file.sha256, home)


def keep(draft: Path, sha256: str, home: Home) -> None:
    """Give a whole draft its place in the raw store, where nothing changes it any more."""
    target = home.root / raw_path(sha256)
    with draft.open("rb+") as handle:
        os.fchmod(handle.fileno(), 0o444)
        os.fsync(handle.fileno())
    target.parent.mkdir(parents=True, exist_ok=True)
    draft.rename(target)
    fsync_folder(target.parent)


@contextmanager
def draft_in(home: Home) -> Iterator[Path]:
    """A new file in staging, on the file system of the raw store; gone at the end unless it was kept."""
    draft = home.staging / f"{secrets.token_hex(8)}.raw"
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def hash_of_draft(draft: BinaryIO) -> tuple[str, int]:
    """Hash and size of what was written into an open draft."""
    draft.seek(0)
    return _hash(draft, "staging")


def _copy(file: Fetched, home: Home, draft: Path) -> None:
    digest = hashlib.sha256()
    with _opened(file.source_uri, home) as source, draft.open("wb") as copy:
        while chunk := _read(source, file.source_uri):
            digest.update(chunk)
            copy.write(chunk)
    if digest.hexdigest() != file.sha256:
        raise UnreadableFileError(
            f"{file.source_uri}: the file changed while it was read. Run again when it is complete."
        )


def _hash(handle: IO[bytes], name: str) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := _read(handle, name):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def _read(handle: IO[bytes], name: str) -> bytes:
    # Apart from the writing, so that a full disk of ours is not blamed on the source.
    try:
        return handle.read(_CHUNK_BYTES)
    except OSError as error:
        raise _unreadable(name, error) from error


@contextmanager
def _opened(source_uri: str, home: Home) -> Iterator[IO[bytes]]:
    """A file where it was found on this machine, or in an archive there."""
    archive, mark, inner = source_uri.partition(MEMBER_MARK)
    if is_url(source_uri):
        raise UnreadableFileError(
            f"{source_uri}: its bytes are not in the raw store. Read its source once more: jianbao run --full SOURCE"
        )
    if mark and not (home.root / source_uri).exists():
        try:
            with opened(home.root / archive, archive) as members, member(members, archive, inner) as handle:
                yield handle
        except OSError as error:
            raise _unreadable(archive, error) from error
    else:
        with _path_opened(home.root / source_uri, source_uri) as handle:
            yield handle


@contextmanager
def _path_opened(path: Path, name: str) -> Iterator[IO[bytes]]:
    try:
        handle = path.open("rb", buffering=0)
    except OSError as error:
        raise _unreadable(name, error) from error
    with handle:
        yield handle


def _unreadable(name: str, error: OSError) -> UnreadableFileError:
    return UnreadableFileError(
        f"{name}: the file cannot be read ({error.strerror}). Make it readable; the next run tries it again."
    )
