"""Small tables dumped line by line: rows of cells that white space, tabs or bars part."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from tasks.clean.flow import Strip
from tasks.clean.lines import Printed

_CELLS: Final = re.compile(r"\s*[│┃|\t]\s*|\s{2,}|　+")
_ANY_GAP: Final = re.compile(r"[\s　│┃|]+")
_VALUE: Final = re.compile(
    r"[-+−－]?[\d０-９][\d０-９,，.．]*\s*[%％‰]?[一-龥]{0,4}|[-—–/]{1,2}|持平|第\d+位?"
    r"|\d{4}年(?:\d{1,2}月(?:\d{1,2}日|底|初|中旬)?|底|初)?"
)
_SENTENCE: Final = re.compile(r"[。；！？]|，.*，|[，、：]$")
_BRACKETS: Final = re.compile(r"(?:[（(][^（）()。]{1,12}[）)][\s　│┃|]*)+")
"""The units of the columns, in a line of their own."""
_BARS: Final = re.compile("[│┃|]")
_UNIT_LINE: Final = re.compile(r"[（(]?\s*(?:计量)?单位\s*[：:][^。]{1,24}")
_UNIT: Final = re.compile("[一-龥]{1,5}|[%％‰]|[一-龥]{0,3}/[一-龥]{1,3}")
"""Between a name and its values: 规上工业总产值 亿元 198.3 11.5%."""
_SURE_UNIT: Final = re.compile(
    "[十百千万亿]+[一-龥]{1,3}|[元吨家个户人项件台套亩次张份]|千瓦时|公里|平方公里|平方米|立方米|[%％‰]"
)
"""Where one space parts the cells as it does words."""
_TIME: Final = re.compile("(?:19|20)\\d\\d年?(?:\\d{1,2}月)?|\\d{1,2}月份?|第?[一二三四]季度|[上下]半年")
_NAME: Final = re.compile("[一-龥（）()]{2,14}")
_TAIL: Final = re.compile("[一-龥（）()]{1,5}")
_SERIAL: Final = re.compile("[0-9０-９]{1,2}[.、．]?")
_FEWEST_WITH_SERIAL: Final = 2
"""Cells: a number, a name and a value at least."""
_LONGEST_CELL: Final = 24
_TABBED_COLUMNS: Final = 3
_TABBED_ROWS: Final = 3
"""Two cells may be an entry of a list of contents and its page, two rows the names of two people and what they are."""


def marked_rows(printed: Sequence[Printed]) -> list[Printed]:
    """The lines, rows of tables marked."""
    rows = rows_of_tables(printed)
    if not rows:
        return list(printed)
    lines = [line._replace(is_row=True) if at in rows else line for at, line in enumerate(printed)]
    for name, tail in _split_names(lines):
        lines[name] = lines[name]._replace(is_row=True)
        lines[name + 1] = lines[name + 1]._replace(is_row=True, is_cell=True)
        if tail:
            lines[name + 2] = lines[name + 2]._replace(is_row=True, is_cell=True, is_tail=True)
    return lines


def _split_names(lines: Sequence[Printed]) -> Iterator[tuple[int, bool]]:
    """The rows below others whose names stand in lines of their own: 汴南现代农业产业示⏎17 42.3 27.9 66.0⏎范区.

    Each as the line of its name, and whether the rest of that stands below its values.
    """
    width = 0
    at = 0
    while at + 1 < len(lines):
        line, values = lines[at], cells_of(lines[at + 1].text, loose=True)
        if line.is_row:
            width = len(cells_of(line.text, loose=True))
            at += 1
            continue
        fits = len(values) == width - 1 >= _FEWEST_WITH_SERIAL and all(map(_VALUE.fullmatch, values))
        if not fits or not _NAME.fullmatch(line.text) or line.blank_before or line.stands_apart:
            width, at = 0, at + 1
            continue
        rest = lines[at + 2].text if at + 2 < len(lines) else ""
        tail = _TAIL.fullmatch(rest) is not None and not lines[at + 2].is_row
        yield at, tail
        at += 3 if tail else 2


def without_bars(printed: Sequence[Printed]) -> list[Printed]:
    """The bars between and round the cells of rows, as lines to be set aside."""
    return [
        line._replace(text=bars, strip=line.strip._replace(line_text=bars, start=0, end=len(bars)))
        for line in printed
        if line.is_row and (bars := "".join(_BARS.findall(line.text)))
    ]


def cell_strips(strip: Strip) -> list[Strip]:
    """A row without its bars: the stretches between them."""
    line_text, start, end = strip.line_text, strip.start, strip.end
    cuts = [start - 1, *(at for at in range(start, end) if line_text[at] in "│┃|"), end]
    pieces = []
    for before, after in pairwise(cuts):
        part = line_text[before + 1 : after]
        if part.strip():
            left, right = len(part) - len(part.lstrip()), len(part.rstrip())
            pieces.append(strip._replace(start=before + 1 + left, end=before + 1 + right))
    return pieces


def rows_of_tables(printed: Sequence[Printed]) -> frozenset[int]:
    """The lines that are rows of a table, head and unit line included.

    At least two rows with as many cells each, of which the first is a name and at least one other a value; or three
    with as many cells between tabs, whatever stands in them.
    """
    rows = _tabbed(printed)
    at = 0
    while at < len(printed):
        width = _values(printed[at])
        end = at
        while width and end < len(printed) and _values(printed[end]) == width and (end == at or not _far(printed[end])):
            end += 1
        if end - at >= (2 if width >= 3 else 3):
            rows.update(range(at, end))
            head = at - 1
            if head >= 0 and _heads(printed[head], width):
                rows.add(head)
                head -= 1
                if head >= 0 and _BRACKETS.fullmatch(printed[head + 1].text) and _heads(printed[head], width):
                    rows.add(head)
                    head -= 1
            if head >= 0 and _UNIT_LINE.fullmatch(printed[head].text):
                rows.add(head)
        at = max(end, at + 1)
    return frozenset(rows)


def _tabbed(printed: Sequence[Printed]) -> set[int]:
    """The lines with as many tabs as those beside them."""
    rows: set[int] = set()
    tabs = [0 if line.opens_article else line.text.strip().count("\t") for line in printed]
    at = 0
    while at < len(tabs):
        end = at + 1
        while end < len(tabs) and tabs[end] == tabs[at] and not _far(printed[end]):
            end += 1
        if tabs[at] >= _TABBED_COLUMNS - 1 and end - at >= _TABBED_ROWS:
            rows.update(range(at, end))
        at = end
    return rows


def _heads(line: Printed, width: int) -> bool:
    """Whether a line may name the columns of a table with `width` cells in a row."""
    return len(cells_of(line.text, loose=True)) >= width - 1 and not _SENTENCE.search(line.text)


def cells_of(text: str, *, loose: bool = False) -> list[str]:
    """The cells of a row; `loose`: parted by any white space."""
    return [cell for cell in (_ANY_GAP if loose else _CELLS).split(text.strip("│┃| ")) if cell]


def _values(line: Printed) -> int:
    """How many cells a line has if it is a row of values; 0 if it is none."""
    if line.stands_apart or line.opens_article or _SENTENCE.search(line.text):
        return 0
    for loose in (False, True):
        cells = cells_of(line.text, loose=loose)
        named = cells[1:] if len(cells) > _FEWEST_WITH_SERIAL and _SERIAL.fullmatch(cells[0]) else cells
        unit = _SURE_UNIT if loose else _UNIT
        values = named[2:] if len(named) > 2 and unit.fullmatch(named[1]) else named[1:]
        named_by_time = len(named) > 2 and _TIME.fullmatch(named[0]) is not None  # 2020年 903 61.2 3.05
        is_named = len(named) >= 2 and len(named[0]) <= _LONGEST_CELL
        is_named = is_named and (named_by_time or not _VALUE.fullmatch(named[0]))
        if loose and "，" in line.text:
            return 0  # 个，完成投资 400: running text with a space round its numbers
        if is_named and all(_VALUE.fullmatch(cell) for cell in values):
            return len(cells)
    return 0


def is_value(text: str) -> bool:
    """Whether a cell holds a number, or the sign for none."""
    return len(text) <= _LONGEST_CELL and _VALUE.fullmatch(text) is not None


def is_name(line: Printed) -> bool:
    """Whether a line may be a cell that names a row or a column."""
    text = line.text
    return len(text) <= _LONGEST_CELL and not (
        line.opens_article or line.is_row or _SENTENCE.search(text) or _VALUE.fullmatch(text)
    )


def _far(line: Printed) -> bool:
    return line.parted
