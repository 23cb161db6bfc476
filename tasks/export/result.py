"""What is exported: the rows of a query, as they are fetched, and what came of writing them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tasks.values import column_names
from warehouse.query import run_query

_CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written, its rows, and what a reader of it has to know."""

    path: Path
    rows: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """The rows of a query that has run, under a name."""

    name: str
    query: str
    connection: duckdb.DuckDBPyConnection

    @property
    def columns(self) -> list[str]:
        """The names of the columns, all different."""
        return column_names(self.connection.description or ())

    def rows(self) -> Iterator[Sequence[object]]:
        """The rows, fetched in portions; once."""
        while rows := self.connection.fetchmany(_CHUNK):
            yield from rows


def ask(connection: duckdb.DuckDBPyConnection, name: str, query: str) -> Result:
    """Run a query for export; QueryError when it is wrong or changes something."""
    return Result(name, query, run_query(connection, query))
