"""Boxes beside an article that a dump gives inside of one of its sentences: figures in rows, what people say, a term.

The paragraph breaks off in a full line of its column and goes on behind the box, which has a title of its own and is
set otherwise: in rows, or in a narrower column. It is an article by itself.
"""

from collections.abc import Sequence
from statistics import median
from typing import Final

from tasks.clean.breaks import closes_sentence
from tasks.clean.lines import Printed
from tasks.clean.page import Group
from tasks.clean.rules import Layout
from tasks.clean.setting import SLACK

_LONGEST_TITLE: Final = 12
_MOST_LINES: Final = 40
_FEWEST_LINES: Final = 2
_COLUMN: Final = 6
"""Lines before the box by whose widths the column's is told."""


def without_boxes(printed: Sequence[Printed], layout: Layout) -> tuple[list[Printed], list[list[Printed]]]:
    """The lines without the boxes, and the lines of each of these."""
    kept: list[Printed] = []
    boxes: list[list[Printed]] = []
    at = 0
    while at < len(printed):
        end = _box_end(printed, at, layout)
        if end > at:
            boxes.append(list(printed[at:end]))
            kept.append(printed[end]._replace(gap=0, interrupted=True))
            at = end + 1
        else:
            kept.append(printed[at])
            at += 1
    return kept, boxes


def with_boxes(groups: Sequence[Group], boxes: Sequence[Group]) -> list[Group]:
    """The articles, each box behind the one that it stands in."""
    whole = list(groups)
    for box in boxes:
        place = box.body[0].lines[0].strip.printed_at
        behind = (at for at, group in enumerate(whole) if group.body[0].lines[0].strip.printed_at > place)
        whole.insert(next(behind, len(whole)), box)
    return whole


def _box_end(printed: Sequence[Printed], at: int, layout: Layout) -> int:
    """Behind the last line of the box that a line opens with its title; `at` where none does."""
    if not at or not printed[at].blank_before or not _is_title(printed[at], layout):
        return at
    before = printed[at - 1]
    if before.stands_apart or before.marks or closes_sentence(before.text, layout):
        return at
    column = _column(printed, at)
    if not column or abs(before.width + before.indent - column) > SLACK:
        return at
    for end in range(at + 1 + _FEWEST_LINES, min(at + _MOST_LINES, len(printed))):
        after, last = printed[end], printed[end - 1]
        if after.stands_apart and not after.is_row:
            return at
        if not after.blank_before or not (last.is_row or closes_sentence(last.text, layout)):
            continue
        goes_on = not (after.is_row or after.begins or after.opens_article or after.marks or after.indent >= 1)
        full = abs(after.width - column) <= SLACK
        if goes_on and full and _is_set_otherwise(printed[at + 1 : end], column):
            return end
    return at


def _is_title(line: Printed, layout: Layout) -> bool:
    plain = not (line.stands_apart or line.opens_article or line.marks or line.begins)
    return plain and len(line.text) <= _LONGEST_TITLE and not closes_sentence(line.text, layout)


def _column(printed: Sequence[Printed], at: int) -> float:
    """The width of the column above a line; 0 where too few lines stand there."""
    above = [line.width + line.indent for line in printed[max(0, at - _COLUMN) : at] if not line.stands_apart]
    return median(sorted(above)[len(above) // 2 :]) if len(above) >= _COLUMN // 2 else 0.0


def _is_set_otherwise(block: Sequence[Printed], column: float) -> bool:
    """Whether all lines are rows, or none is as wide as the column."""
    rows = sum(line.is_row for line in block)
    return rows == len(block) or (not rows and all(line.width + line.indent < column - 2 * SLACK for line in block))
