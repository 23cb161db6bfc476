"""Tables dumped one cell a line: 园区⏎产值⏎增速⏎青溪经开区⏎421.5⏎9.1⏎…, each row told by where the names stand."""

import re
from collections.abc import Sequence
from typing import Final

from tasks.clean.lines import Printed
from tasks.clean.tables import is_name, is_value

_FEWEST_ROWS: Final = 2
_FEWEST_PAIRS: Final = 3
_INTEGER: Final = re.compile(r"\d+")
_MOST_COLUMNS: Final = 12


def with_cells(printed: Sequence[Printed]) -> list[Printed]:
    """The lines, those marked that are the cells of a table: each begins a row, or goes on with one."""
    values = [is_value(line.text) and not line.opens_article for line in printed]
    if sum(values) < _FEWEST_PAIRS:
        return list(printed)
    lines = list(printed)
    at = 0
    while at + 1 < len(lines):
        columns = _columns(lines, values, at)
        rows = _rows(lines, values, at, columns) if columns else 0
        headed = rows > 0 and _is_head(lines, values, at, columns)
        if rows < _FEWEST_ROWS or (columns == 2 and not (headed and _are_pairs(lines, at, rows))):
            at += max(1, rows * columns)  # not once more from each of its rows
            continue
        first = at - columns if headed else at
        end = at + rows * columns
        for cell in range(first, end):
            lines[cell] = lines[cell]._replace(
                is_row=True, is_cell=(cell - first) % columns > 0, is_furniture=False, is_byline=False, begins=False
            )
        at = end
    return lines


def _columns(lines: Sequence[Printed], values: Sequence[bool], at: int) -> int:
    """How many cells the row has that a name at this line begins; 0 where none does."""
    if values[at] or not values[at + 1] or not is_name(lines[at]):
        return 0
    end = at + 1
    while end < min(len(lines), at + _MOST_COLUMNS) and values[end]:
        end += 1
    return end - at


def _rows(lines: Sequence[Printed], values: Sequence[bool], at: int, columns: int) -> int:
    rows = 0
    while at + columns <= len(lines) and _columns(lines, values, at) == columns:
        rows += 1
        at += columns
        if at + 1 >= len(lines):
            break
    return rows


def _is_head(lines: Sequence[Printed], values: Sequence[bool], at: int, columns: int) -> bool:
    """Whether the cells above the first row are its columns' names, apart from each other as the rows' cells are."""
    if at < columns:
        return False
    head = range(at - columns, at)
    return all(not values[cell] and is_name(lines[cell]) for cell in head) and all(
        lines[cell].gap == lines[at + 1].gap for cell in head[1:]
    )


def _are_pairs(lines: Sequence[Printed], at: int, rows: int) -> bool:
    """Whether names and numbers in turns are a table; a list of contents has its pages so, which are whole numbers."""
    cells = [lines[at + 2 * row + 1].text for row in range(rows)]
    return rows >= _FEWEST_PAIRS and not all(_INTEGER.fullmatch(cell) for cell in cells)
