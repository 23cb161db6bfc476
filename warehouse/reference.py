"""What a catalog holds besides issues: vocabularies, zones, corrections, views and the dictionary, kept current.

They are written when a writer opens the catalog and something differs from what was written last, all in one
transaction; nothing is written otherwise.
"""

import csv
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files

import duckdb

from warehouse.analysis import bilingual, create_views, views
from warehouse.corrections import read_corrections
from warehouse.home import Home
from warehouse.schema import CORRECTIONS, DICTIONARY, INDICATORS, META, TABLES, ZONES, Table
from warehouse.traditional import traditional_forms
from warehouse.zones import known_zones

Row = tuple[object, ...]
_KEY = "reference"


@dataclass(frozen=True, slots=True)
class Reference:
    """The rows of the reference tables, and a fingerprint of them and of the views."""

    rows: tuple[tuple[Table, tuple[Row, ...]], ...]
    fingerprint: str


def reference(home: Home) -> Reference:
    """What the catalog of a home has to hold; HomeFileError when a file of the home is wrong."""
    rows = (
        (INDICATORS, tuple(_indicators())),
        (ZONES, tuple(_zones(home))),
        (CORRECTIONS, tuple(_corrections(home))),
        (DICTIONARY, tuple(_dictionary())),
    )
    said = json.dumps([[table.name, row] for table, row in rows] + [view.sql for view in views()], default=str)
    return Reference(rows, hashlib.sha256(said.encode()).hexdigest())


def is_current(connection: duckdb.DuckDBPyConnection, wanted: Reference) -> bool:
    """Whether the catalog in use holds it already."""
    found = connection.execute("SELECT value FROM meta WHERE key = ?", [_KEY]).fetchone()
    return found is not None and found[0] == wanted.fingerprint


def write_reference(connection: duckdb.DuckDBPyConnection, wanted: Reference) -> None:
    """Replace the reference tables and the views; in the caller's transaction."""
    for table, rows in wanted.rows:
        connection.execute(f"DELETE FROM {table.name}")
        insert(connection, table, rows)
    create_views(connection)
    connection.execute("DELETE FROM meta WHERE key = ?", [_KEY])
    insert(connection, META, [(_KEY, wanted.fingerprint)])


def insert(connection: duckdb.DuckDBPyConnection, table: Table, rows: Sequence[Sequence[object]]) -> None:
    """Insert rows that have every column of the table in its order; for small tables, issues go through Parquet."""
    if rows:
        values = ", ".join("?" for _ in table.columns)
        one = f"({values})"
        flat = [value for row in rows for value in row]
        connection.execute(f"INSERT INTO {table.name} VALUES {', '.join([one] * len(rows))}", flat)


def _indicators() -> Iterator[Row]:
    text = files("warehouse").joinpath("indicators.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        yield tuple(row[column.name] for column in INDICATORS.columns)


def _zones(home: Home) -> Iterator[Row]:
    zones = known_zones(home.zones)
    traditional = traditional_forms(tuple(name for zone in zones for name in zone.names))
    for zone in zones:
        aliases = [*zone.aliases, *(form for name in zone.names for form in traditional[name])]
        yield (zone.zone, aliases, zone.level, zone.kind, zone.province, zone.city, zone.source)


def _corrections(home: Home) -> Iterator[Row]:
    for number, entry in enumerate(read_corrections(home.corrections), start=1):
        file, line = (entry.place.file, entry.place.line) if entry.place else (None, None)
        for field, corrected in entry.set.fields().items():
            decided = (entry.reason, entry.author, entry.date)
            yield (number, entry.metric, file, line, entry.expect, field, corrected, *decided)


def _dictionary() -> Iterator[Row]:
    for table in TABLES:
        yield (table.name, "table", 0, None, "object", *bilingual(table.comment))
        for seq, column in enumerate(table.columns, start=1):
            yield (table.name, "table", seq, column.name, "column", *bilingual(column.comment))
    for view in views():
        yield (view.name, view.kind, 0, None, "object", view.zh, view.en)
        parts = [("parameter", part) for part in view.parameters] + [("column", part) for part in view.columns]
        for seq, (role, part) in enumerate(parts, start=1):
            yield (view.name, view.kind, seq, part.name, role, part.zh, part.en)
