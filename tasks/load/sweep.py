"""What a killed run left behind: staged files, and Parquet files in the lake that the catalog never came to know."""

import shutil
from pathlib import Path

import duckdb

from warehouse.home import Home

_METADATA = "__ducklake_metadata_lake"


def sweep(connection: duckdb.DuckDBPyConnection, home: Home) -> int:
    """Remove leftovers; how many there were. Only the holder of the writer's lock may call it.

    A file that any snapshot refers to stays: data files and delete files of old snapshots are time travel, and those
    that DuckLake has scheduled for deletion are its own business.
    """
    removed = 0
    for leftover in sorted(home.staging.iterdir()):
        removed += 1
        if leftover.is_dir():
            shutil.rmtree(leftover)
        else:
            leftover.unlink()
    known = known_files(connection, home)
    for path in sorted((home.lake / "main").glob("*/*.parquet")):
        if path not in known:
            removed += 1
            path.unlink()
    return removed


def known_files(connection: duckdb.DuckDBPyConnection, home: Home) -> frozenset[Path]:
    """Every file that the catalog refers to in any snapshot."""
    rows = connection.execute(
        f"""
        WITH place AS (
            SELECT t.table_id,
                   CASE WHEN t.path_is_relative AND s.path_is_relative THEN s.path || t.path ELSE t.path END AS folder
            FROM {_METADATA}.ducklake_table t JOIN {_METADATA}.ducklake_schema s USING (schema_id)
        ), file AS (
            SELECT table_id, path, path_is_relative FROM {_METADATA}.ducklake_data_file
            UNION ALL SELECT table_id, path, path_is_relative FROM {_METADATA}.ducklake_delete_file
        )
        SELECT CASE WHEN f.path_is_relative THEN p.folder || f.path ELSE f.path END
        FROM file f JOIN place p USING (table_id)
        UNION SELECT path FROM {_METADATA}.ducklake_files_scheduled_for_deletion
        """
    ).fetchall()
    # A relative path is resolved against the lake; an absolute one stays as it is.
    return frozenset(home.lake / path for (path,) in rows)
