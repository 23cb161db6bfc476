"""Small tables dumped line by line: rows of cells that white space, tabs or bars part."""

import re
from collections.abc import Sequence
from typing import Final

from tasks.clean.lines import Printed

_CELLS: Final = re.compile(r"\s*[│┃|\t]\s*|\s{2,}|　+")
_ANY_GAP: Final = re.compile(r"[\s　│┃|]+")
_VALUE: Final = re.compile(r"[-+−－]?[\d０-９][\d０-９,，.．]*\s*[%％‰]?[一-龥]{0,4}|[-—–/]{1,2}|持平|第\d+位?")
_SENTENCE: Final = re.compile(r"[。；！？]|，.*，|[，、：]$")
_UNIT_LINE: Final = re.compile(r"[（(]?\s*(?:计量)?单位\s*[：:][^。]{1,24}")
_LONGEST_CELL: Final = 24


def marked_rows(printed: Sequence[Printed]) -> list[Printed]:
    """The lines, rows of tables marked."""
    rows = rows_of_tables(printed)
    return (
        [line._replace(is_row=True) if at in rows else line for at, line in enumerate(printed)]
        if rows
        else list(printed)
    )


def rows_of_tables(printed: Sequence[Printed]) -> frozenset[int]:
    """The lines that are rows of a table, head and unit line included.

    At least two rows with as many cells each, of which the first is a name and at least one other a value.
    """
    rows: set[int] = set()
    at = 0
    while at < len(printed):
        width = _values(printed[at])
        end = at
        while width and end < len(printed) and _values(printed[end]) == width and (end == at or not _far(printed[end])):
            end += 1
        if end - at >= (2 if width >= 3 else 3):
            rows.update(range(at, end))
            head = at - 1
            if (
                head >= 0
                and len(cells_of(printed[head].text, loose=True)) >= width - 1
                and not _SENTENCE.search(printed[head].text)
            ):
                rows.add(head)
                head -= 1
            if head >= 0 and _UNIT_LINE.fullmatch(printed[head].text):
                rows.add(head)
        at = max(end, at + 1)
    return frozenset(rows)


def cells_of(text: str, *, loose: bool = False) -> list[str]:
    """The cells of a row; `loose`: parted by any white space."""
    return [cell for cell in (_ANY_GAP if loose else _CELLS).split(text.strip("│┃| ")) if cell]


def _values(line: Printed) -> int:
    """How many cells a line has if it is a row of values; 0 if it is none."""
    if line.stands_apart or line.opens_article or _SENTENCE.search(line.text):
        return 0
    for loose in (False, True):
        cells = cells_of(line.text, loose=loose)
        named = len(cells) >= 2 and len(cells[0]) <= _LONGEST_CELL and not _VALUE.fullmatch(cells[0])
        if named and all(_VALUE.fullmatch(cell) for cell in cells[1:]):
            return len(cells)
    return 0


def _far(line: Printed) -> bool:
    return line.parted
