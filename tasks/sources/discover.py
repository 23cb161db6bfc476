"""What there is to ingest: the files that a person names, or what lies in the inbox."""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from tasks.errors import UsageError
from tasks.records import Found
from warehouse.home import Home

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
# Unfinished downloads, lock files of office programs, and notes that belong to another file.
_SKIPPED_SUFFIXES = (".part", ".crdownload", ".tmp", ".meta.yaml")
_SKIPPED_NAMES = ("meta.yaml",)
_SKIPPED_PREFIXES = (".", "~$")


def discover(sources: Sequence[str], home: Home) -> list[Found]:
    """The files that the sources offer, each once, folders recursively in sorted order; no source means the inbox.

    Raises UsageError for a path that is not there or cannot be listed, a named folder without a file, and for a URL.
    """
    paths: dict[Path, None] = {}
    for source in sources:
        paths.update(dict.fromkeys(_offered(source, home)))
    if not sources:
        paths.update(dict.fromkeys(_walk(home.inbox, home)))
    return [Found(source_uri=_uri(path, home), file_name=path.name) for path in paths]


def _offered(source: str, home: Home) -> list[Path]:
    path = named_path(source)
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
    """The absolute path that a person means; links keep their own names. UsageError for a URL."""
    if _SCHEME.match(source):
        raise UsageError(
            f"{source}: jianbao reads files and folders on this machine; it does not fetch URLs (http, s3) yet. "
            "Download the issue and name the file."
        )
    return Path(os.path.abspath(Path(source).expanduser()))  # noqa: PTH100 - resolve() would follow links


def _walk(folder: Path, home: Home) -> Iterator[Path]:
    # A home that lies inside a named folder is not a source: its raw store holds copies of everything.
    own = {home.raw, home.lake, home.staging, home.prefect, home.backups}
    for root, folders, files in os.walk(folder, onerror=_refuse):
        here = Path(root)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and here / name not in own)
        for name in sorted(files):
            path = here / name
            if _is_candidate(name) and path.is_file() and not (here == home.root and _is_own(name, home)):
                yield path


def _is_candidate(name: str) -> bool:
    return (
        not name.startswith(_SKIPPED_PREFIXES)
        and not name.lower().endswith(_SKIPPED_SUFFIXES)
        and name not in _SKIPPED_NAMES
    )


def _is_own(name: str, home: Home) -> bool:
    return name.startswith(home.catalog.name) or name == home.log.name


def _refuse(error: OSError) -> None:
    raise UsageError(f"{error.filename}: this folder cannot be listed ({error.strerror}). Make it readable.") from error


def _uri(path: Path, home: Home) -> str:
    """The path relative to the home for what lies in it, so that it stays true when the home is moved."""
    return str(path.relative_to(home.root)) if path.is_relative_to(home.root) else str(path)
