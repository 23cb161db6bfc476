"""Compaction: few large files instead of many small ones, and no history that nobody can ask for.

Every run leaves a snapshot and a file or more (52,000 a year, when it runs every ten minutes). Compaction merges the
files, forgets snapshots that hold no text of their own, and removes files that no snapshot needs. Time travel to every
revision of every issue survives it: a snapshot in which issues were published is never expired.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import duckdb

from tasks.errors import HomeError
from tasks.load.sweep import known_files
from tasks.maintain.catalog_copy import keep_copy
from warehouse.home import Home
from warehouse.schema import TABLES

_METADATA = "__ducklake_metadata_lake"

# Rows of whose values an exact sum is kept: order does not matter, equal rows do not cancel each other out.
_CONTENT = "SELECT count(*), coalesce(sum(hash(t)::HUGEINT), 0) FROM {} t"


@dataclass(frozen=True, slots=True)
class Size:
    """How large a warehouse is: rows of all tables, files that the catalog knows, their bytes, snapshots."""

    rows: int
    files: int
    byte_size: int
    snapshots: int


@dataclass(frozen=True, slots=True)
class Maintained:
    """What maintenance came to; `catalog_copy` is relative to the home."""

    before: Size
    after: Size
    catalog_copy: str


def maintain_store(connection: duckdb.DuckDBPyConnection, home: Home, now: datetime, keep: timedelta) -> Maintained:
    """Back up the catalog, compact, and expire what is older than `keep`; the caller holds the writer's lock.

    A reader that began within `keep` finds everything that it began with: neither its snapshot nor a file is taken
    away. Raises HomeError when the tables do not hold exactly the same rows afterwards; the copy is then the way back.
    """
    contents, before = _contents(connection), _size(connection, home)
    copy = keep_copy(home, now, keep)
    border = f"TIMESTAMPTZ '{now - keep:%Y-%m-%d %H:%M:%S}+00'"
    expired = _expired(connection, border)
    if expired:
        connection.execute(f"CALL ducklake_expire_snapshots('lake', versions => {expired})")
    connection.execute("CALL ducklake_merge_adjacent_files('lake')")
    connection.execute("CALL ducklake_rewrite_data_files('lake')")
    connection.execute(f"CALL ducklake_cleanup_old_files('lake', older_than => {border})")
    _assert_same(contents, _contents(connection), home, copy.name)
    return Maintained(before, _size(connection, home), str(copy.relative_to(home.root)))


def _expired(connection: duckdb.DuckDBPyConnection, border: str) -> list[int]:
    """Snapshots before `border` in which no issue was published; the newest one always stays."""
    rows = connection.execute(
        f"""
        WITH issues AS (SELECT DISTINCT table_id FROM {_METADATA}.ducklake_table WHERE table_name = 'issues')
        SELECT snapshot_id FROM lake.snapshots()
        WHERE snapshot_time < {border}
          AND snapshot_id < (SELECT max(snapshot_id) FROM lake.snapshots())
          AND NOT list_has_any(coalesce(changes['tables_inserted_into'], []),
                               (SELECT list(table_id::VARCHAR) FROM issues))
        ORDER BY snapshot_id
        """
    ).fetchall()
    return [snapshot for (snapshot,) in rows]


def _contents(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[int, int]]:
    contents = {}
    for table in TABLES:
        ((count, content),) = connection.execute(_CONTENT.format(table.name)).fetchall()
        contents[table.name] = (count, content)
    return contents


def _assert_same(before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]], home: Home, copy: str) -> None:
    changed = sorted(name for name in before if before[name] != after[name])
    if changed:
        raise HomeError(
            f"Compaction of {home.root} changed the rows of {', '.join(changed)}. Put back the catalog from "
            f"backups/{copy} (stop all runs, copy it to catalog.sqlite, remove catalog.sqlite-wal) and report this."
        )


def _size(connection: duckdb.DuckDBPyConnection, home: Home) -> Size:
    rows = sum(count for count, _ in _contents(connection).values())
    files = [path for path in known_files(connection, home) if path.exists()]
    ((snapshots,),) = connection.execute("SELECT count(*) FROM lake.snapshots()").fetchall()
    return Size(rows, len(files), sum(path.stat().st_size for path in files), snapshots)
