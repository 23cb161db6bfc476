"""A new catalog: every table with its comments, the reference tables filled, the schema version written down."""

import os
import shutil
from pathlib import Path

import duckdb

from warehouse.connection import connect
from warehouse.home import Home, fsync_folder
from warehouse.reference import Reference, insert, reference, write_reference
from warehouse.schema import META, SCHEMA_VERSION, TABLES, quoted


def create_catalog(home: Home) -> None:
    """Make the catalog of a home whose lock is held.

    It is built aside and renamed into place, so that there is a whole catalog or none, whenever the program dies.
    """
    wanted = reference(home)
    workshop = home.staging / "new-catalog"
    shutil.rmtree(workshop, ignore_errors=True)
    workshop.mkdir(parents=True)
    draft = workshop / home.catalog.name
    connection = connect()
    try:
        connection.execute(
            f"ATTACH {quoted(f'ducklake:sqlite:{draft}')} AS lake (DATA_PATH {quoted(str(home.lake))}, "
            "META_JOURNAL_MODE 'WAL', DATA_INLINING_ROW_LIMIT 0)"
        )
        connection.execute("USE lake")
        _fill(connection, wanted)
    finally:
        connection.close()
    # The last connection writes the log back into the file; the file alone is the catalog then.
    if Path(f"{draft}-wal").exists():
        raise RuntimeError(f"{draft} still has a write-ahead log after the last connection was closed")
    with draft.open("rb") as handle:
        os.fsync(handle.fileno())
    draft.rename(home.catalog)
    fsync_folder(home.root)
    shutil.rmtree(workshop)


def _fill(connection: duckdb.DuckDBPyConnection, wanted: Reference) -> None:
    connection.execute("BEGIN")
    for table in TABLES:
        for statement in table.ddl():
            connection.execute(statement)
    insert(connection, META, [("schema_version", str(SCHEMA_VERSION))])
    write_reference(connection, wanted)
    connection.execute("CALL lake.set_commit_message('jianbao', 'a new warehouse')")
    connection.execute("COMMIT")
