"""A new catalog: every table with its comments, the reference tables filled, the schema version written down."""

import csv
import importlib.resources
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import duckdb

from warehouse.connection import connect
from warehouse.home import Home, fsync_folder
from warehouse.schema import (
    INDICATORS,
    META,
    SCHEMA_VERSION,
    TABLES,
    ZONES,
    Table,
    quoted,
)


def create_catalog(home: Home) -> None:
    """Make the catalog of a home whose lock is held.

    It is built aside and renamed into place, so that there is a whole catalog or none, whenever the program dies.
    """
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
        _fill(connection)
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


def _fill(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("BEGIN")
    for table in TABLES:
        for statement in table.ddl():
            connection.execute(statement)
    insert(connection, INDICATORS, [tuple(row[c.name] for c in INDICATORS.columns) for row in _read("indicators.csv")])
    insert(connection, ZONES, [_zone(row) for row in _read("zones.csv")])
    insert(connection, META, [("schema_version", str(SCHEMA_VERSION))])
    connection.execute("CALL lake.set_commit_message('jianbao', 'a new warehouse')")
    connection.execute("COMMIT")


def insert(connection: duckdb.DuckDBPyConnection, table: Table, rows: Sequence[Sequence[object]]) -> None:
    """Insert rows that have every column of the table in its order; for small tables, issues go through Parquet."""
    if rows:
        values = ", ".join("?" for _ in table.columns)
        one = f"({values})"
        flat = [value for row in rows for value in row]
        connection.execute(f"INSERT INTO {table.name} VALUES {', '.join([one] * len(rows))}", flat)


def _zone(row: dict[str, str]) -> tuple[object, ...]:
    aliases = [alias for alias in row["aliases"].split("|") if alias]
    return (row["zone"], aliases, row["level"], row["kind"] or None, row["province"], row["city"] or None)


def _read(name: str) -> list[dict[str, str]]:
    text = importlib.resources.files("warehouse").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
