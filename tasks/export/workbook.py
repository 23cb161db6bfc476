"""XLSX: a sheet a table, a sheet of sources, a sheet of notes. Text is text, numbers keep their digits."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

import duckdb
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tasks.errors import UsageError
from tasks.export.cells import as_double, starts_formula
from tasks.export.result import Result
from tasks.export.sources import COLUMNS, id_columns, ids_in, source_rows
from tasks.values import text

MOST_ROWS: Final = 1_048_576 - 1
MOST_CHARACTERS: Final = 32_767
"""What a sheet and a cell hold (Excel specifications and limits)."""

# Excel's calendar has a 29 February 1900.
_FIRST_DAY: Final = date(1900, 3, 1)
_WIDEST: Final = 60
_SOURCES: Final = "出处 sources"
_NO_SOURCES: Final = "The rows name no metric (no column metric_id or metric_ids), so there is no source to lead to."


class _Sheet:
    """Rows on their way into a worksheet."""

    def __init__(
        self, sheet: Worksheet, columns: Sequence[str], format_of: Callable[[object], Format | None], head: Format
    ) -> None:
        self._sheet, self._columns, self._format_of = sheet, columns, format_of
        self._widths = [_width(name) for name in columns]
        self.rows = self.as_text = 0
        for place, name in enumerate(columns):
            sheet.write_string(0, place, name, head)
        sheet.freeze_panes(1, 0)

    def add(self, row: Sequence[object], name: str) -> None:
        self.rows += 1
        if self.rows > MOST_ROWS:
            raise UsageError(
                f"{name} has more rows than a sheet of Excel holds ({MOST_ROWS:,}). Export it as .parquet or .csv, or "
                "ask for less."
            )
        for place, value in enumerate(row):
            self._write(place, value, name)

    def finish(self) -> None:
        for place, width in enumerate(self._widths):
            self._sheet.set_column(place, place, min(width, _WIDEST))
        if self._columns:
            self._sheet.autofilter(0, 0, self.rows, len(self._columns) - 1)

    def _write(self, place: int, value: object, name: str) -> None:
        cell, at, written = _cell(value), (self.rows, place), text(value)
        self._widths[place] = max(self._widths[place], _width(written[:_WIDEST]))
        if cell is None:
            return
        if isinstance(cell, str):
            self.as_text += isinstance(value, int | float | Decimal)
            if len(cell) > MOST_CHARACTERS:
                raise UsageError(
                    f"{name}, row {self.rows}: {self._columns[place]} has {len(cell):,} characters, and a cell of "
                    f"Excel holds {MOST_CHARACTERS:,}. Leave the column out, or export as .parquet or .csv."
                )
            self._sheet.write_string(*at, cell, self._format_of(cell))
        elif isinstance(cell, bool):
            self._sheet.write_boolean(*at, cell)
        elif isinstance(cell, date):
            self._sheet.write_datetime(*at, cell, self._format_of(cell))
        else:
            self._sheet.write_number(*at, cell, self._format_of(cell))


def _cell(value: object) -> str | bool | float | date | None:
    """What a cell holds: a value that Excel can hold as it is, else its text."""
    match value:
        case None | bool():
            return value
        case int() | float() | Decimal():
            number = as_double(value)
            return text(value) if number is None else number
        case datetime():
            plain = value.tzinfo is None and value.date() >= _FIRST_DAY and value.microsecond == 0
            return value if plain else text(value)
        case date():
            return value if value >= _FIRST_DAY else text(value)
        case _:
            return text(value)


def _width(words: str) -> int:
    """The width of a text in characters of a sheet: a Chinese one takes two."""
    return 2 + sum(2 if ord(character) > 0x2E80 else 1 for character in words.split("\n", 1)[0])


class Workbook:
    """A workbook in the making: add results, then close it."""

    def __init__(self, draft: Path, connection: duckdb.DuckDBPyConnection, now: datetime) -> None:
        """Write `draft`; `now` (UTC) is noted in it, `connection` is asked for the sources."""
        # Constant memory: rows go to disk as they come. Nothing is guessed from a text.
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(str(draft), options)
        self._connection = connection
        self._head = self._book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self._guard = self._book.add_format({"quote_prefix": True})
        self._whole = self._book.add_format({"num_format": "#,##0"})
        self._broken = self._book.add_format({"num_format": "#,##0.0###########"})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._notes: list[tuple[str, str]] = [("made at (UTC)", f"{now:%Y-%m-%d %H:%M:%S}")]
        self._metric_ids: dict[str, None] = {}
        self._used: set[str] = set()

    def add(self, result: Result) -> tuple[int, list[str]]:
        """A sheet of a result's rows; their number, and what to know of them. UsageError when it cannot hold them."""
        name = self._sheet_name(result.name)
        places = id_columns(result.columns)
        sheet = _Sheet(self._book.add_worksheet(name), result.columns, self._format_of, self._head)
        for row in result.rows():
            sheet.add(row, result.name)
            self._metric_ids.update(dict.fromkeys(ids_in(row, places)))
        sheet.finish()
        said = f"{sheet.as_text} numbers have more digits than Excel holds (15); they are written as text."
        notes = [said] if sheet.as_text else []
        self._notes += [(name, result.query), *((name, note) for note in notes)]
        return sheet.rows, [f"{name}: {note}" for note in notes]

    def close(self) -> list[str]:
        """Add the sources and the notes, and finish the file; what to know of the sources."""
        said = [] if self._metric_ids else [_NO_SOURCES]
        self._notes += [(_SOURCES, note) for note in said]
        sources = _Sheet(self._book.add_worksheet(_SOURCES), [zh for _, zh in COLUMNS], self._format_of, self._head)
        for row in source_rows(self._connection, self._metric_ids):
            sources.add(row, "sources")
        sources.finish()
        notes = _Sheet(self._book.add_worksheet("说明 notes"), ["sheet", "note"], self._format_of, self._head)
        for entry in self._notes:
            notes.add(entry, "notes")
        notes.finish()
        self._book.close()
        return said

    def _format_of(self, value: object) -> Format | None:
        match value:
            case str() if starts_formula(value):
                return self._guard
            case datetime():
                return self._moment
            case date():
                return self._day
            case float() if not value.is_integer():
                return self._broken
            case int() | float() if not isinstance(value, bool):
                return self._whole
        return None

    def _sheet_name(self, name: str) -> str:
        kept = "".join(character for character in name if character not in "[]:*?/\\'")[:28] or "result"
        number = 1
        while (unique := kept if number == 1 else f"{kept} {number}").lower() in self._used:
            number += 1
        self._used.add(unique.lower())
        return unique
