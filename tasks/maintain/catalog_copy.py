"""A copy of the catalog that is whole, taken while readers read."""

import contextlib
import os
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

from warehouse.home import Home, fsync_folder


def copy_catalog(home: Home, target: Path) -> None:
    """Copy the catalog with SQLite's own backup, which sees one state of it; durable when this returns."""
    draft = target.with_name(f".{target.name}.draft")
    draft.unlink(missing_ok=True)
    source = sqlite3.connect(f"file:{home.catalog}?mode=ro", uri=True)
    with contextlib.closing(source), contextlib.closing(sqlite3.connect(draft)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    with draft.open("rb") as handle:
        os.fsync(handle.fileno())
    draft.rename(target)
    fsync_folder(target.parent)


def keep_copy(home: Home, now: datetime, keep: timedelta) -> Path:
    """Put a dated copy into `backups/` and take away those older than `keep`; `now` is UTC.

    A copy is worth something as long as the files are there that it names, which is just as long as old files are kept.
    """
    home.backups.mkdir(exist_ok=True)
    target = home.backups / f"catalog-{now:%Y%m%dT%H%M%S}.sqlite"
    copy_catalog(home, target)
    for path in home.backups.glob("catalog-*.sqlite"):
        if path != target and datetime.strptime(path.stem, "catalog-%Y%m%dT%H%M%S") < now - keep:  # noqa: DTZ007 - UTC
            path.unlink()
    return target
