"""Subheadings that only their place tells: the items of a round-up (国内联播快讯), a counted line below a headline."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from tasks.clean.marks import bullet_end
from tasks.clean.rules import Layout
from tasks.clean.units import Unit

_FEWEST_ITEMS: Final = 2
_LONGEST_HEAD: Final = 40
_LONGEST_ITEM: Final = 400
_LONGEST_SUBHEADING: Final = 14
_LONGEST_ALIKE: Final = 8
_FEWEST_FIGURES: Final = 3
_DIGIT: Final = re.compile(r"\d")


def with_subheadings(units: Sequence[Unit], layout: Layout) -> list[Unit]:
    """The units, those marked as part of a body that would otherwise be read as headlines.

    Lines that each tell a figure behind a bullet are a list.
    A round-up is one article: its name, perhaps a dateline, then items of a heading and a paragraph each. A counted
    line (（三）…, 一、…) between a headline and its body belongs to the body.
    """
    marked = list(units)
    at = 0
    while at < len(marked):
        end = _roundup_end(marked, at, layout) if marked[at].opens_column else at
        for item in range(at + 1, end):
            if may_be_head(marked[item]):
                marked[item] = replace(marked[item], in_body=True)
        at = max(end, at + 1)
    for at in range(1, len(marked) - 1):
        if _is_counted(marked, at, layout) or _heads_first_part(marked, at):
            marked[at] = replace(marked[at], in_body=True)
    for at in _behind_columns(marked):
        marked[at] = replace(marked[at], parted=True)
    for start, end in _figures(marked):
        marked[start:end] = [replace(unit, in_body=True) for unit in marked[start:end]]
    return marked


def _behind_columns(units: Sequence[Unit]) -> Iterator[int]:
    """The headlines behind columns of items with bullets: what has none, nor below it, is another article's."""
    items = 0
    for at, unit in enumerate(units):
        if unit.opens_column:
            items = 1
        elif items and bullet_end(unit.text):
            items += 1
        elif items > _FEWEST_ITEMS and may_be_head(unit) and at + 1 < len(units):
            below = units[at + 1]
            if unit.lines[0].blank_before and not may_be_head(below) and not bullet_end(below.text):
                yield at
            items = 0
        elif may_be_head(unit):
            items = 0


def _figures(units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """Where lines with one bullet tell a figure each (● 规划面积3.1平方公里, ● 注册企业412家): the items of a list."""
    at = 0
    while at < len(units):
        end = at
        while end < len(units) and _is_bulleted(units[end]) and units[end].text[0] == units[at].text[0]:
            end += 1
        told = sum(_DIGIT.search(unit.text, 1) is not None for unit in units[at:end])
        if end - at >= _FEWEST_FIGURES and told == end - at:
            yield at, end
        at = max(end, at + 1)


def _is_bulleted(unit: Unit) -> bool:
    line = unit.lines[0]
    return may_be_head(unit) and len(unit.lines) == 1 and bullet_end(unit.text) > 0 and not line.is_announced


def may_be_head(unit: Unit) -> bool:
    """Whether a unit may be a line of a headline."""
    return not (unit.is_sentence or unit.opens_article or unit.is_byline or unit.in_body or unit.inset)


def is_dateline(unit: Unit, layout: Layout) -> bool:
    """Whether a unit is a dateline and nothing else."""
    return unit.opens_article and layout.dateline.fullmatch(unit.text) is not None


def _roundup_end(units: Sequence[Unit], at: int, layout: Layout) -> int:
    """Behind the last item of a round-up that `units[at]` names; `at` where none follows."""
    first = at + 1
    if first < len(units) and is_dateline(units[first], layout):
        first += 1
    end, items = first, 0
    while end + 1 < len(units) and _is_item(units, end):
        end += 2
        items += 1
    return end if items >= _FEWEST_ITEMS else at


def _is_item(units: Sequence[Unit], at: int) -> bool:
    head, text = units[at], units[at + 1]
    after = units[at + 2] if at + 2 < len(units) else None
    return (
        may_be_head(head)
        and not (head.opens_column or head.parted)
        and len(head.lines) == 1
        and len(head.text) <= _LONGEST_HEAD
        and text.is_sentence
        and not (text.opens_article or text.is_byline or text.is_row or text.parted or text.goes_on is not None)
        and len(text.text) <= _LONGEST_ITEM
        and (after is None or may_be_head(after))
    )


def _heads_first_part(units: Sequence[Unit], at: int) -> bool:
    """Whether a few characters below a headline head the first part of its text, as others do the parts behind it.

    The byline stands between, or a blank line, and then the headings are alike in length: 变废为宝, 算清碳账.
    """
    unit, above, below = units[at], units[at - 1], units[at + 1]
    signed = above.is_byline and not above.is_web_line and at > 1 and may_be_head(units[at - 2])
    if not (signed or may_be_head(above)) or not _is_short_head(unit) or not below.is_sentence or below.opens_article:
        return False
    following = next((at for at in range(at + 2, len(units) - 1) if not units[at].is_sentence), 0)
    if not following or not _is_short_head(units[following]) or not units[following + 1].is_sentence:
        return False
    line, size = unit.lines[0], len(unit.text)
    alike = len(units[following].text) == size < len(above.text) and size <= _LONGEST_ALIKE and line.blank_before
    return (signed or alike) and units[following].lines[0].gap == line.gap


def _is_short_head(unit: Unit) -> bool:
    labels = unit.lines[0].is_announced or unit.opens_column or unit.parted
    return may_be_head(unit) and not labels and len(unit.text) <= _LONGEST_SUBHEADING


def _is_counted(units: Sequence[Unit], at: int, layout: Layout) -> bool:
    unit, below = units[at], units[at + 1]
    while at > 1 and units[at - 1].is_byline:  # who wrote stands between
        at -= 1
    above = units[at - 1]
    return (
        may_be_head(unit)
        and layout.enumerator.match(unit.text) is not None
        and may_be_head(above)
        and not above.opens_column
        and layout.enumerator.match(above.text) is None
        and below.is_sentence
        and not (below.opens_article or below.is_byline)
        and (at < 2 or not may_be_head(units[at - 2]) or layout.enumerator.match(units[at - 2].text) is None)
    )
