"""The rows of a query as text: for people, for other programs, and exact in both."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol, TextIO

from rich.console import Console
from rich.table import Table

from tasks.values import column_names, dump, plain_data, text

_CHUNK = 1000
_MOST_TABLE_ROWS = 1000


class Format(StrEnum):
    """How rows are written."""

    table = "table"
    csv = "csv"
    json = "json"
    jsonl = "jsonl"
    markdown = "markdown"


class Cursor(Protocol):
    """What a query leaves behind: the columns, and rows that can be fetched in portions."""

    @property
    def description(self) -> Any:  # noqa: ANN401 - a tuple of a shape that only its name matters of
        """A sequence of columns, the name first."""

    def fetchmany(self, size: int) -> list[Any]:
        """The next rows; none at the end."""


def write_rows(cursor: Cursor, style: Format, out: TextIO, err: TextIO) -> None:
    """Write all rows in a format; all but the table are streamed, so a large result does not fill the memory."""
    if cursor.description:
        if style is Format.table:
            _table(column_names(cursor.description), _rows(cursor), out, err)
        else:
            _WRITERS[style](column_names(cursor.description), _rows(cursor), out)
        out.flush()


def _rows(cursor: Cursor) -> Iterator[Sequence[object]]:
    while rows := cursor.fetchmany(_CHUNK):
        yield from rows


def _csv(names: Sequence[str], rows: Iterator[Sequence[object]], out: TextIO) -> None:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([text(value) for value in row])


def _jsonl(names: Sequence[str], rows: Iterator[Sequence[object]], out: TextIO) -> None:
    out.writelines(_object(names, row) + "\n" for row in rows)


def _json(names: Sequence[str], rows: Iterator[Sequence[object]], out: TextIO) -> None:
    separator = "[\n"
    for row in rows:
        out.write(separator + _object(names, row))
        separator = ",\n"
    out.write("[]\n" if separator == "[\n" else "\n]\n")


def _markdown(names: Sequence[str], rows: Iterator[Sequence[object]], out: TextIO) -> None:
    out.write(f"| {' | '.join(map(_cell, names))} |\n|{' --- |' * len(names)}\n")
    out.writelines(f"| {' | '.join(_cell(text(value)) for value in row)} |\n" for row in rows)


def _table(names: Sequence[str], rows: Iterator[Sequence[object]], out: TextIO, err: TextIO) -> None:
    table = Table(header_style="bold")
    shown, more = 0, False
    first: list[Sequence[object]] = []
    for row in rows:
        if shown == _MOST_TABLE_ROWS:
            more = True
            break
        first.append(row)
        shown += 1
    for place, name in enumerate(names):
        numeric = any(isinstance(row[place], int | float | Decimal) for row in first)
        table.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in first:
        table.add_row(*(_literal(text(value)) for value in row))
    # Where nobody looks at a screen there is no edge: values are neither cut nor broken into lines.
    Console(file=out, width=None if out.isatty() else 1_000_000, markup=False, highlight=False).print(table)
    if more:
        err.write(f"The first {shown} rows. There are more: --format csv (or json, jsonl, markdown) writes all.\n")


def _object(names: Sequence[str], row: Sequence[object]) -> str:
    return dump({name: plain_data(value) for name, value in zip(names, row, strict=True)})


def _literal(value: str) -> str:
    # A tab would tear the columns apart.
    return value.replace("\t", " ")


def _cell(value: str) -> str:
    return value.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "<br>")


_WRITERS: Mapping[Format, Callable[[Sequence[str], Iterator[Sequence[object]], TextIO], None]] = {
    Format.csv: _csv,
    Format.json: _json,
    Format.jsonl: _jsonl,
    Format.markdown: _markdown,
}
