"""Headlines that a layout has side by side, or in a block of their own: a dump gives them one behind the other.

甲⏎⏎乙⏎⏎□ 记者⏎甲文⏎□ 记者⏎乙文: who wrote it, or a dateline, opens each body, and the second one has no headline.
A column of short items may be the second: its name stands above the first body, its items with their bullets behind it.
Of a block of headlines above or below as many bodies each goes to the body that says most of it again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, NamedTuple

from tasks.clean.likeness import likest
from tasks.clean.marks import bullet_end
from tasks.clean.roundups import may_be_head
from tasks.clean.units import Unit

_MOST_UNITS: Final = 60
"""Of the bodies that a headline may be moved over."""
_MOST_HEADLINES: Final = 10

_Units = Sequence[Unit]


class Order(NamedTuple):
    """What units[start:end] would be with each headline before its body."""

    start: int
    end: int
    units: _Units


def orders(units: _Units) -> Iterator[Order]:
    """The stretches of a page in which headlines may belong to other bodies, in order; whether they do is open."""
    at = 0
    while at < len(units):
        end = at
        while end < len(units) and may_be_head(units[end]):
            end += 1
        if end > at:
            found = _block(units, at, end) or _pair(units, at, end)
            if found is not None:
                yield found
                end = max(end, found.end)
        at = max(end, at + 1)


def _block(units: _Units, first: int, last: int) -> Order | None:
    """The headlines units[first:last] before the bodies that they are of, which stand all above or all below them."""
    titles = _parted(units, first, last)
    if not 2 <= len(titles) <= _MOST_HEADLINES:
        return None
    above = first
    while above and first - above < _MOST_UNITS and not may_be_head(units[above - 1]) and not units[above].parted:
        above -= 1
    below = last
    while below < len(units) and below - last < _MOST_UNITS and not (may_be_head(units[below]) or units[below].parted):
        below += 1
    for start, end in ((above, first), (last, below)):
        bodies = _bodies(units[start:end])
        if len(bodies) != len(titles) or not all(map(_is_told, bodies)):
            continue
        own = likest([_said(title) for title in titles], [_said(body) for body in bodies])
        if own is not None:
            ordered = [unit for at, body in enumerate(bodies) for unit in _joined(titles[own.index(at)], body)]
            return Order(min(start, first), max(end, last), ordered)
    return None


def _joined(title: _Units, body: _Units) -> _Units:
    """A headline before its body; what stands before that belongs to another article all the same."""
    opening = replace(title[0], parted=title[0].parted or body[0].parted)
    return [opening, *title[1:], replace(body[0], parted=False), *body[1:]]


def _bodies(units: _Units) -> Sequence[_Units]:
    """Bodies without headlines: a byline ends each, or a dateline or a byline opens it."""
    bodies: list[list[Unit]] = []
    for at, unit in enumerate(units):
        before = units[at - 1] if at else None
        signed = before is not None and (before.is_byline or before.ends_signed) and not unit.is_byline
        opened = unit.opens_article or (unit.is_byline and before is not None and not before.is_byline)
        if not bodies or (opened and not _ends_signed(bodies[-1], unit)) or (signed and _is_told(bodies[-1])):
            bodies.append([])
        bodies[-1].append(unit)
    return bodies


def _ends_signed(body: _Units, unit: Unit) -> bool:
    """Whether a byline closes the body rather than opens the next one: nothing has opened it yet."""
    return unit.is_byline and not body[0].is_byline


def _is_told(body: _Units) -> bool:
    return any(unit.is_sentence for unit in body)


def _parted(units: _Units, first: int, last: int) -> list[_Units]:
    """The headlines that blank lines part."""
    starts = [first, *(at for at in range(first + 1, last) if units[at].lines[0].blank_before), last]
    return [units[start:end] for start, end in pairwise(starts)]


def _said(units: _Units) -> str:
    return "\n".join(unit.text for unit in units)


def _pair(units: _Units, first: int, last: int) -> Order | None:
    """The last of the headlines units[first:last] before the body that stands behind the next one."""
    second = next((at for at in range(last - 1, first, -1) if units[at].lines[0].blank_before), None)
    if second is None or last == len(units) or not _opens(units[last]):
        return None
    to = _next_body(units, last, named=last - second == 1 and units[second].opens_column)
    return None if to is None else Order(second, to, [*units[last:to], *units[second:last]])


def _next_body(units: _Units, opening: int, *, named: bool) -> int | None:
    """Where the second body begins: as the first one does at `opening`, or with the first item of a column."""
    for at in range(opening + 2, min(len(units), opening + _MOST_UNITS)):
        unit, before = units[at], units[at - 1]
        if unit.parted:
            return None
        if named and bullet_end(unit.text) and not bullet_end(before.text):
            return at
        if _opens(unit):
            alike = unit.is_byline == units[opening].is_byline and before.is_sentence
            return at if alike and not named else None
    return None


def _opens(unit: Unit) -> bool:
    return (unit.is_byline and not unit.is_web_line and not unit.inset) or unit.opens_article
