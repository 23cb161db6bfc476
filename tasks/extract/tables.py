"""Small tables: the numbers of their rows, with the unit and the measure of the head and the subject of the row.

Cleaning gives each row as a paragraph of cells that one space joins, so that an empty cell cannot be seen: a number is
read only where its column is certain, or where it brings its own unit; every other one is a question.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, groupby
from typing import Final

from tasks.extract.about import About
from tasks.extract.cells import Cell, Value, cells_in, is_entry, quantities_of, unexplained, value_in
from tasks.extract.heads import Column, Unit, columns_of, split_name, unit_line, units_in
from tasks.extract.lexicons import Lexicons
from tasks.extract.measures import Measure, Named, about_value, base_of, measure_of
from tasks.extract.quantity import Unread
from tasks.extract.rowsums import totals_of
from tasks.extract.subjects import about_sentence
from tasks.records import Paragraph, ZoneName

PlaceNamed = Callable[[int, str, str], ZoneName | None]
"""The zone that a name in a paragraph is, under the head of the names; None where it is none."""

_TOTAL: Final = re.compile("合计|总计|共计|总数|汇总|小计|[全我该本][区园]|全部|全[国省市县]")
_MARKS: Final = re.compile(
    "(?:其中[:：]?|[#＃*※]|[（(]?[一二三四五六七八九十]+[）)、.]|\\d+[、.)）](?!\\d)|[①-⑳]|[（(]\\d+[）)]|[—-]{1,2})+"
)
_SUM: Final = re.compile("(?<=.)(?:小计|合计)$")
_TIME: Final = re.compile("(?:19|20)\\d\\d(?:年.*)?|\\d{1,2}[-—~至]?\\d{0,2}月份?|[一二三四]季度|[上下]半年")
_LONGEST_TITLE: Final = 60
_WIDEST: Final = 8
"""Columns up to which a row with empty cells is tried against them."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a table: what it is about, and what dates it: words and cells of its column."""

    about: About
    words: str = ""
    cells: Sequence[Cell] = ()
    total: int | None = None
    """Offset of the number that it is a part of."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as read, with the numbers that nothing explains; `named` are the cells whose time holds for all of it."""

    figures: Sequence[Figure] = ()
    unread: Sequence[Unread] = ()
    zone: ZoneName | None = None
    named: tuple[Cell, ...] = ()
    title: str = ""


@dataclass(slots=True)
class _Table:
    """Rows under one head, as they are collected."""

    title: Cell
    units: tuple[Unit, ...] = ()
    heads: list[tuple[int, list[Cell]]] = field(default_factory=list)
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of numbers: its name, the cells that are no numbers beside it, and its numbers with their columns."""

    paragraph: int
    label: Cell
    row: Named
    zone: ZoneName | None
    values: Sequence[tuple[int | None, Value]]
    lost: Sequence[Cell]
    notes: Sequence[Cell]


def rows_in(paragraphs: Sequence[Paragraph], text: str, place_named: PlaceNamed, lexicons: Lexicons) -> dict[int, Row]:
    """The rows of an article's tables by their place among its paragraphs; empty where it has no table.

    `text` is its body with one glyph for each sign; `place_named` knows the zones.
    """
    read: dict[int, Row] = {}

    def in_table(at: int) -> bool:
        return paragraphs[at].kind == "table" or is_entry(text, paragraphs[at].start, paragraphs[at].end)

    for found, group in groupby(range(len(paragraphs)), key=in_table):
        if found:
            for table in _tables(list(group), paragraphs, text, lexicons):
                read |= _read(table, text, place_named, lexicons)
    return read


def _tables(places: Sequence[int], paragraphs: Sequence[Paragraph], text: str, lexicons: Lexicons) -> Iterator[_Table]:
    """The tables of neighbouring rows: a line of names behind lines of numbers opens another one."""
    table = _opened(places[0], paragraphs, text, lexicons)
    for at in places:
        cells = cells_in(text, paragraphs[at].start, paragraphs[at].end)
        said = unit_line(text[paragraphs[at].start : paragraphs[at].end])
        if said is not None and not table.rows:
            table.units = units_in(said, lexicons, surely=True)
        elif _is_row(cells, table, lexicons):
            table.rows.append((at, cells))
        elif len(cells) > 1:
            if table.rows:
                yield table
                table = _Table(table.title, table.units)
            table.heads.append((at, cells))
        elif not table.rows:
            table.title = cells[0]
    yield table


def _is_row(cells: Sequence[Cell], table: _Table, lexicons: Lexicons) -> bool:
    numbers = [cell for cell in cells if cell.is_empty or value_in(cell, lexicons) is not None]
    if not table.rows and all(cell.is_year for cell in numbers):
        return False  # 指标 2022 2023
    return bool(numbers)


def _opened(first: int, paragraphs: Sequence[Paragraph], text: str, lexicons: Lexicons) -> _Table:
    """A table under the short lines that stand before it: its title and its unit."""
    table = _Table(Cell("", 0, 0))
    for before in reversed(paragraphs[max(0, first - 2) : first]):
        line = text[before.start : before.end]
        if len(line) > _LONGEST_TITLE:
            break
        said = unit_line(line)
        if said is not None:
            table.units = units_in(said, lexicons, surely=True)
        else:
            table.title = Cell(line, before.start, before.end) if not table.title.text else table.title
    return table


def _read(table: _Table, text: str, place_named: PlaceNamed, lexicons: Lexicons) -> Mapping[int, Row]:
    widths = Counter(len(cells) for _, cells in table.rows)
    width = max(widths, key=lambda one: (widths[one], one), default=0)
    columns = columns_of([cells for _, cells in table.heads], width, lexicons)
    over = columns[0].cells if columns else ()
    lines = [_line(at, cells, columns, table, place_named, lexicons) for at, cells in table.rows]
    found: list[dict[int | None, Figure]] = []
    read: dict[int, Row] = {at: Row() for at, _ in table.heads} if table.rows else {}
    for line in lines:
        figures: dict[int | None, Figure] = {}
        unread = [Unread(cell.start, cell.end) for cell in line.lost]
        has_level = any(place is not None and columns[place].role == "level" for place, _ in line.values)
        for place, value in line.values:
            measure = _measure(line, place, columns, table, lexicons)
            about = about_value(value, measure, lexicons)
            if about is None or (has_level and measure.is_change_of_percent and value.quantity is None):
                unread.append(Unread(value.start, value.cell.end))
                continue
            dating = _dating(columns, place)
            words, cells = (dating.words, dating.cells) if dating else ("", ())
            # without a head only the order of the numbers tells them apart
            figures[place if place is not None else -len(figures) - 1] = Figure(about, words, cells)
        found.append(figures)
        read[line.paragraph] = Row((), unread, line.zone, (table.title, *over, line.label), table.title.text)
    names = [(line.label.text, line.row.name) for line in lines]
    abouts = [{place: figure.about for place, figure in figures.items()} for figures in found]
    totals = totals_of(names, abouts) if columns else {}
    for line, figures in zip(lines, found, strict=True):
        kept = [replace(f, total=totals.get(f.about.quantity.start)) for f in figures.values()]
        kept += [Figure(about) for cell in line.notes for about in _noted(cell, text, lexicons)]
        kept.sort(key=lambda figure: figure.about.quantity.start)
        read[line.paragraph] = replace(read[line.paragraph], figures=kept)
    return read


def _line(
    at: int,
    cells: Sequence[Cell],
    columns: Sequence[Column],
    table: _Table,
    place_named: PlaceNamed,
    lexicons: Lexicons,
) -> _Line:
    values = [None if cell.is_empty else value_in(cell, lexicons) for cell in cells]
    full = len(cells) == len(columns)
    names, numbers = _parted(cells, values, columns, full=full)
    unit_at = next((place for place, column in enumerate(columns) if column.role == "unit"), None)
    units: tuple[Unit, ...] = ()
    if unit_at is not None and (full or len(names) > 1):
        cell = cells[unit_at] if full else names[-1]
        units = units_in(cell.text, lexicons, surely=True)
        names = [name for name in names if name is not cell]
    label = Cell("".join(cell.text for cell in names), names[0].start, names[-1].end) if names else cells[0]
    marks = _MARKS.match(label.text) if names else None
    name, own = split_name(label.text[marks.end() if marks else 0 :] if names else "", lexicons)
    subject = bool(name) and not _TOTAL.fullmatch(name) and not _TIME.fullmatch(name)
    name = _SUM.sub("", name)
    zone = place_named(at, name, columns[0].words if columns else "") if name else None
    row = Named(name, subject, zone is not None, units or own)
    remarks = {place for place, column in enumerate(columns) if full and column.role == "note"}
    notes = [cells[place] for place in numbers if values[place] is None or place in remarks]
    notes = [cell for cell in notes if unexplained(cell, lexicons)]
    stated = [cell for cell in notes if quantities_of(cell, lexicons)]
    lost = [cell for cell in notes if cell not in stated] + _misplaced(cells, values, columns, full=full)
    line = _Line(at, label, row, zone, (), lost, stated)
    read = [(place, value) for place in numbers if place not in remarks and (value := values[place]) is not None]
    if full:
        return replace(line, values=read)
    if not columns:
        return _without_head(line, [value for _, value in read])
    return _placed(line, numbers, cells, values, columns, table, lexicons)


def _parted(
    cells: Sequence[Cell], values: Sequence[Value | None], columns: Sequence[Column], *, full: bool
) -> tuple[list[Cell], list[int]]:
    """The cells that name a row, and the places of those behind its name; its serial number is neither."""
    if full:
        names = [cell for cell, column in zip(cells, columns, strict=True) if column.role == "label"]
        return names, [place for place, column in enumerate(columns) if column.is_value or column.role == "note"]
    first = next((place for place, value in enumerate(values) if value is None and not cells[place].is_empty), None)
    if first is None:
        return [], list(range(len(cells)))
    serial = first == 1 and cells[0].text.isdigit() and bool(columns) and columns[0].role == "serial"
    if first and not serial:
        return [], list(range(len(cells)))
    behind = (p for p in range(first + 1, len(cells)) if values[p] is not None or cells[p].is_empty)
    last = next(behind, len(cells))
    return list(cells[first:last]), list(range(last, len(cells)))


def _misplaced(
    cells: Sequence[Cell], values: Sequence[Value | None], columns: Sequence[Column], *, full: bool
) -> list[Cell]:
    """Numbers where a name, a unit or a serial number should be."""
    if not full:
        return []
    return [
        cell
        for cell, value, column in zip(cells, values, columns, strict=True)
        if value is not None
        and not (column.role == "label" and cell.is_year)
        and not (column.role == "serial" and cell.text.isdigit())
        and column.role in ("label", "serial", "unit")
    ]


def _without_head(line: _Line, values: Sequence[Value]) -> _Line:
    """进出口总额（亿元） 12.3: one number is what its row names, of several only those that bring their unit."""
    if len(values) == 1:
        return replace(line, values=[(None, values[0])])
    stated = [(None, value) for value in values if value.quantity is not None]
    return replace(line, values=stated, lost=[*line.lost, *(v.cell for v in values if v.quantity is None)])


def _placed(
    line: _Line,
    numbers: Sequence[int],
    cells: Sequence[Cell],
    values: Sequence[Value | None],
    columns: Sequence[Column],
    table: _Table,
    lexicons: Lexicons,
) -> _Line:
    """A row that is shorter or longer than its head: its numbers in the only columns that they fit."""
    places = [place for place, column in enumerate(columns) if column.is_value]
    if len(numbers) == len(places) and line.row.name:
        taken = [(to, values[place]) for to, place in zip(places, numbers, strict=True)]
        return replace(line, values=[(to, value) for to, value in taken if value is not None])
    own = [value for place in numbers if (value := values[place]) is not None]
    fitting: list[tuple[int, ...]] = []
    seen_all = not any(cells[place].is_empty for place in numbers)
    if line.row.name and seen_all and len(own) < len(places) <= _WIDEST:
        measures = {to: _measure(line, to, columns, table, lexicons) for to in places}
        fits = {(to, i): _fits(v, m, lexicons) for to, m in measures.items() for i, v in enumerate(own)}
        chosen = combinations(places, len(own))
        fitting = [taken for taken in chosen if all(fits[to, i] for i, to in enumerate(taken))]
    if len(fitting) == 1:
        return replace(line, values=list(zip(fitting[0], own, strict=True)))
    stated = [(None, value) for value in own if value.quantity is not None]
    return replace(line, values=stated, lost=[*line.lost, *(value.cell for value in own if value.quantity is None)])


def _fits(value: Value, measure: Measure, lexicons: Lexicons) -> bool:
    if value.is_negative and measure.role != "change":
        return False
    about = about_value(value, measure, lexicons)
    if about is None or value.quantity is None:
        return about is not None
    return measure.unit is not None and measure.unit.unit == value.quantity.unit


def _measure(line: _Line, place: int | None, columns: Sequence[Column], table: _Table, lexicons: Lexicons) -> Measure:
    return measure_of(columns, place, line.row, table.units, table.title.text, lexicons)


def _dating(columns: Sequence[Column], place: int | None) -> Column | None:
    """The column whose head dates a number: a change is of the time of the amounts before it."""
    if place is None or place < 0:
        return None
    column = columns[place]
    dated = any(sign.isdigit() for sign in column.words) or column.role == "level"
    return column if dated else base_of(columns, place) or column


def _noted(cell: Cell, text: str, lexicons: Lexicons) -> Sequence[About]:
    return about_sentence(text, cell.start, cell.end, quantities_of(cell, lexicons), (), lexicons)
