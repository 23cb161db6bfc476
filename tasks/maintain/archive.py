"""A whole home in one file, and back: the catalog, the tables, the original bytes, and what the operator configured."""

import hashlib
import io
import json
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Final

from tasks.errors import HomeError, UsageError
from tasks.maintain.catalog_copy import copy_catalog
from warehouse.home import Home
from warehouse.schema import SCHEMA_VERSION

MANIFEST: Final = "manifest.json"
_FORMAT: Final = 1
_COMPRESSED: Final = (".gz", ".tgz")


@dataclass(frozen=True, slots=True)
class Archived:
    """What an archive holds; `made_at` is UTC."""

    made_at: datetime
    files: int
    byte_size: int


class _Hashed:
    """A file that is hashed while it is read."""

    def __init__(self, handle: IO[bytes]) -> None:
        self._handle, self.digest = handle, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._handle.read(size)
        self.digest.update(chunk)
        return chunk


def back_up(home: Home, target: Path, now: datetime) -> Archived:
    """Write a tar file (gzipped when its name ends with .gz or .tgz); the caller holds the writer's lock, `now` is UTC.

    Left out is what is made anew or not ours to keep: inbox, staging, reports, Prefect's database, older copies of the
    catalog. The file appears under its name when it is whole. UsageError when it exists already.
    """
    if target.exists():
        raise UsageError(f"{target}: this file exists already. Name another one; a backup never overwrites.")
    if not target.parent.is_dir():
        raise UsageError(f"{target.parent}: there is no such folder. Make it, or name another place for the backup.")
    draft = target.with_name(f".{target.name}.draft")
    hashes: dict[str, str] = {}
    size = 0
    try:
        with (
            tempfile.TemporaryDirectory(dir=home.staging) as scratch,
            tarfile.open(draft, "w:gz" if target.suffix in _COMPRESSED else "w") as archive,
        ):
            catalog = Path(scratch) / home.catalog.name
            copy_catalog(home, catalog)
            for path, name in [(catalog, home.catalog.name), *_kept(home)]:
                hashes[name] = _add(archive, path, name)
                size += path.stat().st_size
            manifest = {
                "format": _FORMAT,
                "schema_version": SCHEMA_VERSION,
                "made_at": now.isoformat(timespec="seconds"),
                "sha256": hashes,
            }
            _add_text(archive, MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False))
        draft.rename(target)
    except OSError as error:
        raise HomeError(f"The backup {target} could not be written ({error.strerror or error}).") from error
    finally:
        draft.unlink(missing_ok=True)
    return Archived(now, len(hashes), size)


def restore(source: Path, home: Home) -> Archived:
    """Make a home out of an archive: every file is compared with its hash before anything is put in place.

    Raises UsageError for a file that is no archive of jianbao, a damaged one, and a home in which something lies.
    """
    if home.root.exists() and any(path.is_file() for path in home.root.rglob("*")):
        raise UsageError(f"{home.root}: this home is not empty. Restore into a new place: --home DIR.")
    home.root.parent.mkdir(parents=True, exist_ok=True)
    draft = home.root.with_name(f".{home.root.name}.restore")
    shutil.rmtree(draft, ignore_errors=True)
    try:
        with tarfile.open(source) as archive:
            archive.extractall(draft, filter="data")
        archived = _checked(draft, source)
        if home.root.exists():
            shutil.rmtree(home.root)
        draft.rename(home.root)
    except (tarfile.TarError, EOFError) as error:
        raise UsageError(
            f"{source}: this is no backup of jianbao, or it is damaged: it is no whole tar file."
        ) from error
    except OSError as error:
        raise UsageError(f"{source}: the backup could not be restored ({error.strerror or error}).") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    home.prepare()
    return archived


def _kept(home: Home) -> Iterator[tuple[Path, str]]:
    """Every file that belongs into an archive, with its name there."""
    left_out = {home.inbox, home.staging, home.reports, home.prefect, home.backups}
    for path in sorted(home.root.iterdir()):
        if path in left_out or path.name.startswith((".", home.catalog.name, home.seen.name)) or path == home.log:
            continue
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from ((file, file.relative_to(home.root).as_posix()) for file in files if file.is_file())


def _add(archive: tarfile.TarFile, path: Path, name: str) -> str:
    entry = archive.gettarinfo(path, name)
    with path.open("rb") as handle:
        hashed = _Hashed(handle)
        archive.addfile(entry, hashed)
    return hashed.digest.hexdigest()


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    data = text.encode()
    entry = tarfile.TarInfo(name)
    entry.size = len(data)
    archive.addfile(entry, io.BytesIO(data))


def _checked(folder: Path, source: Path) -> Archived:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        hashes, made_at = manifest["sha256"], datetime.fromisoformat(manifest["made_at"])
        newer = manifest["format"] > _FORMAT or manifest["schema_version"] > SCHEMA_VERSION
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{source}: this is no backup of jianbao: it has no readable {MANIFEST}.") from error
    if newer:
        raise UsageError(f"{source}: this backup was made by a newer jianbao. Upgrade jianbao, then restore it.")
    (folder / MANIFEST).unlink()
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    if found.keys() != hashes.keys():
        odd = sorted(found.keys() ^ hashes.keys())
        raise UsageError(f"{source}: the backup is damaged: {len(odd)} files are missing or too many, first {odd[0]}.")
    for name, path in found.items():
        if _hash(path) != hashes[name]:
            raise UsageError(f"{source}: the backup is damaged: {name} is not what was put in.")
    return Archived(made_at, len(found), sum(path.stat().st_size for path in found.values()))


def _hash(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
