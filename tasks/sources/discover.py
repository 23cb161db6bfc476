"""What there is to ingest on this machine: the files that a person names, or what lies in the inbox."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from tasks.errors import UsageError
from tasks.records import Found
from warehouse.home import Home

# Unfinished downloads, lock files of office programs, and notes that belong to another file.
_SIDECAR_SUFFIX = ".meta.yaml"
_SKIPPED_SUFFIXES = (".part", ".crdownload", ".tmp", _SIDECAR_SUFFIX)
_SKIPPED_NAMES = ("meta.yaml",)
_SKIPPED_PREFIXES = (".", "~$")
_RACY_SECONDS = 60
"""A file that was touched in the last minute is read again by the next run (git calls such an entry racily clean).

A file system counts time in ticks, of two seconds at the worst: what is written twice in one tick shows no trace of the
second time. A minute is more than any tick, and leaves room for the clock of a file server that is not quite ours.
"""


def discover(sources: Sequence[str], home: Home, now: float | None = None) -> list[Found]:
    """The files that the sources offer, each once, folders recursively in sorted order; no source means the inbox.

    With the time (seconds, our clock) each has the shape by which it is known again, unless it is too young.
    Raises UsageError for a path that is not there or cannot be listed, and a named folder without a file.
    """
    paths: dict[Path, None] = {}
    for source in sources:
        paths.update(dict.fromkeys(_offered(source, home)))
    if not sources:
        paths.update(dict.fromkeys(_walk(home.inbox, home)))
    return [Found(_uri(path, home), path.name, None if now is None else _shape(path, now)) for path in paths]


def _shape(path: Path, now: float) -> str | None:
    """Size, times and number of a file. Whoever sets back the time of the last change, changes that of the status."""
    try:
        status = path.stat()
    except OSError:
        # Taken away since it was listed: reading it says so.
        return None
    if max(status.st_mtime, status.st_ctime) + _RACY_SECONDS > now:
        return None
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


def _offered(source: str, home: Home) -> list[Path]:
    path = named_path(source)
    if path == home.inbox:
        return list(_walk(path, home))
    if path.is_file():
        return [path]
    if path.is_dir():
        files = list(_walk(path, home))
        if not files:
            raise UsageError(f"{source}: there is no file in this folder that could be an issue. Name another folder.")
        return files
    if os.path.lexists(path):
        raise UsageError(f"{source}: this is neither a file nor a folder. Name a file or a folder with issues.")
    raise UsageError(f"{source}: there is no such file or folder. Check the spelling, or name the full path.")


def named_path(source: str) -> Path:
    """The absolute path that a person means; links keep their own names."""
    return Path(os.path.abspath(Path(source).expanduser()))  # noqa: PTH100 - resolve() would follow links


def _walk(folder: Path, home: Home) -> Iterator[Path]:
    # A home that lies inside a named folder is not a source: its raw store holds copies of everything.
    own = {home.raw, home.lake, home.staging, home.prefect, home.backups}
    for root, folders, files in os.walk(folder, onerror=_refuse):
        here = Path(root)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and here / name not in own)
        for name in sorted(files):
            path = here / name
            if is_candidate(name) and path.is_file() and not (here == home.root and _is_own(name, home)):
                yield path


def is_candidate(name: str) -> bool:
    """Whether a file could be an issue by its name."""
    return (
        not name.startswith(_SKIPPED_PREFIXES)
        and not name.lower().endswith(_SKIPPED_SUFFIXES)
        and name not in _SKIPPED_NAMES
    )


def is_sidecar(name: str) -> bool:
    """Whether a file says something about an issue, by its name."""
    return name.lower().endswith(_SIDECAR_SUFFIX) or name in _SKIPPED_NAMES


def _is_own(name: str, home: Home) -> bool:
    return name.startswith((home.catalog.name, home.seen.name)) or name in (home.log.name, home.sources.name)


def _refuse(error: OSError) -> None:
    raise UsageError(f"{error.filename}: this folder cannot be listed ({error.strerror}). Make it readable.") from error


def _uri(path: Path, home: Home) -> str:
    """The path relative to the home for what lies in it, so that it stays true when the home is moved."""
    place, root = str(path), f"{home.root}{os.sep}"
    return place.removeprefix(root)
