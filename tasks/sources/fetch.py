"""Bytes into the raw store: raw/ab/<sha256>, written once and never changed."""

import hashlib
import os
from pathlib import Path

from tasks.errors import UnreadableFileError
from tasks.records import Fetched, Found
from warehouse.home import Home, fsync_folder

_CHUNK_BYTES = 1 << 20


def identify(found: Found, home: Home) -> Fetched:
    """Hash a file where it lies, so that bytes which are known already need not be copied."""
    sha256, size = _hash(_source(found.source_uri, home), found.source_uri)
    return Fetched(found.source_uri, found.file_name, sha256, size, f"raw/{sha256[:2]}/{sha256}")


def fetch(file: Fetched, home: Home) -> None:
    """Copy the bytes of an identified file into the raw store, or verify the copy that is there.

    Raises UnreadableFileError when they cannot be read, or are no longer those that were identified.
    """
    target = home.root / file.raw_path
    if target.exists():
        if _hash(target, file.raw_path)[0] == file.sha256:
            return
        # A damaged copy (a full disk, a broken disk): the source still has the bytes.
        target.unlink()
    draft = home.staging / f"{file.sha256}.raw"
    try:
        _copy(file, home, draft)
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.rename(target)
        fsync_folder(target.parent)
    finally:
        draft.unlink(missing_ok=True)


def _copy(file: Fetched, home: Home, draft: Path) -> None:
    digest = hashlib.sha256()
    try:
        source = _source(file.source_uri, home).open("rb")
    except OSError as error:
        raise _unreadable(file.source_uri, error) from error
    with source, draft.open("wb") as copy:
        while chunk := _read(source.fileno(), file.source_uri):
            digest.update(chunk)
            copy.write(chunk)
        copy.flush()
        os.fchmod(copy.fileno(), 0o444)
        os.fsync(copy.fileno())
    if digest.hexdigest() != file.sha256:
        raise UnreadableFileError(
            f"{file.source_uri}: the file changed while it was read. Run again when it is complete."
        )


def _hash(path: Path, name: str) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb", buffering=0) as handle:
            while chunk := handle.read(_CHUNK_BYTES):
                digest.update(chunk)
                size += len(chunk)
    except OSError as error:
        raise _unreadable(name, error) from error
    return digest.hexdigest(), size


def _read(handle: int, name: str) -> bytes:
    # Apart from the writing, so that a full disk of ours is not blamed on the source.
    try:
        return os.read(handle, _CHUNK_BYTES)
    except OSError as error:
        raise _unreadable(name, error) from error


def _source(source_uri: str, home: Home) -> Path:
    return home.root / source_uri


def _unreadable(name: str, error: OSError) -> UnreadableFileError:
    return UnreadableFileError(
        f"{name}: the file cannot be read ({error.strerror}). Make it readable; the next run tries it again."
    )
