"""The rows of a query as text: for people, for other programs, and exact in both."""

import csv
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol, TextIO
from uuid import UUID

import simplejson
from rich.console import Console
from rich.table import Table

from tasks.numbers import plain

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
            _table(_names(cursor), _rows(cursor), out, err)
        else:
            _WRITERS[style](_names(cursor), _rows(cursor), out)
        out.flush()


def _names(cursor: Cursor) -> list[str]:
    """Column names, made different as DuckDB does it: a, a_1."""
    names: list[str] = []
    for column in cursor.description:
        name, number = column[0], 0
        while name in names:
            number += 1
            name = f"{column[0]}_{number}"
        names.append(name)
    return names


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


def text(value: object) -> str:
    """A value as text: decimals exact, dates in ISO form, NULL empty, lists and structures as JSON."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case Decimal():
            return plain(value)
        case datetime():
            return value.isoformat(sep=" ")
        case list() | tuple() | dict():
            return _dump(_plain_data(value))
        case bytes():
            return value.hex()
        case _:
            return str(value)


def _object(names: Sequence[str], row: Sequence[object]) -> str:
    return _dump({name: _plain_data(value) for name, value in zip(names, row, strict=True)})


def _dump(data: object) -> str:
    return simplejson.dumps(data, use_decimal=True, ensure_ascii=False)


def _plain_data(value: object) -> object:
    """A value as JSON knows it."""
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            # Without exponent and trailing zeros; simplejson writes its digits as they are.
            return Decimal(plain(value))
        case float():
            return value if math.isfinite(value) else None
        case datetime() | date() | time():
            return value.isoformat()
        case Mapping():
            return {str(key): _plain_data(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain_data(item) for item in value]
        case bytes():
            return value.hex()
        case timedelta() | UUID():
            return str(value)
        case _:
            return str(value)


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
