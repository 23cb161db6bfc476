"""A page's units with what an article made of some of them costs.

What speaks for an article: a dateline opens it, a byline closes it, its headline shares rare character pairs with its
body, and blank lines and page furniture part it from its neighbours. The costs were set on the open gold issues; they
are weights of evidence, not measures.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from math import log
from operator import add
from typing import Final, Literal, NamedTuple

from tasks.clean.heads import divisions_of, heads_of
from tasks.clean.lines import LARGE
from tasks.clean.roundups import may_be_head
from tasks.clean.rules import Layout
from tasks.clean.units import Unit

Side = Literal["before", "after", "none"]

_LONGEST_HEADLINE: Final = 5
_FAULT: Final = 30.0
"""No division of a page may be without faults: they cost so much that each stays with the article that it is in."""
_NO_BODY: Final = 200.0
_ARTICLE: Final = 1.0
_NO_HEADLINE: Final = 5.0
_LONG_HEADLINE: Final = (0.0, 0.0, 0.0, 0.0, 1.0, 3.0)
_STRANGER: Final = 5.0
_MARKED: Final = -2.0
_UNMARKED: Final = 1.5
_SIGNED_TWICE: Final = 2.0
_PLAIN_HEADLINE: Final = 4.0
_DIVIDED_RUN: Final = 2.0
_TORN_RUN: Final = 2.0
_LOOSE_RUN: Final = 0.7
_NO_WEB_LINE: Final = 2.5
_COLUMN: Final = 1.0
_MOST_MARKS: Final = 6
"""Bylines, datelines and labels among the units of an article, faults included."""
_WINDOW: Final = 60
"""Possible boundaries that one article may span: more subheadings than that has no article."""


@dataclass(frozen=True, slots=True)
class Group:
    """An article as units: headline lines, body (subheadings included), byline."""

    headline: tuple[Unit, ...]
    body: tuple[Unit, ...]
    bylines: tuple[Unit, ...] = ()
    repeated: tuple[Unit, ...] = ()
    """The headline once more, where the article goes on."""
    notes: tuple[Unit, ...] = ()
    """What the editors say before it (编者按)."""


class _Body(NamedTuple):
    """The units of an article without its headline and byline, and how they are marked."""

    first: int
    last: int
    opened: bool
    signed: bool
    has_web_line: bool
    faults: float
    """What no article has: a byline or a dateline in its middle, another one's label."""
    signed_twice: bool
    """Its dateline names the reporter, its end a correspondent."""


class Page:
    """The units of a page with what the cost of an article is summed up from."""

    def __init__(self, units: Sequence[Unit], layout: Layout) -> None:
        self.units = units
        self.bodies = [(u.is_sentence or u.opens_article or u.in_body) and not u.is_byline for u in units]
        self.opens = [u.opens_article or u.comes_from is not None for u in units]
        self.goes_on = _sums(float(u.goes_on is not None) for u in units)
        self.parted = _sums(float(u.parted) for u in units)
        self.heads = [may_be_head(u) for u in units]
        self.trail = _runs(self.heads)  # how many headline lines stand right before a boundary
        self.lead = _runs(self.heads[::-1])[::-1]  # and right behind it
        self.bounds = [0, *(at for at in range(1, len(units)) if self._may_divide(at)), len(units)]
        self.openings = _sums(map(float, self.opens))
        self.bylines = _sums(float(u.is_byline and not u.is_web_line) for u in units)
        self.ends_signed = _sums(float(u.ends_signed) for u in units)
        self.web_lines = _sums(float(u.is_web_line) for u in units)
        self.columns = _sums(float(u.opens_column) for u in units)
        self.marks = _sums(
            float(u.is_byline) + (u.opens_article or u.parted or u.opens_column or u.goes_on is not None) for u in units
        )
        self.looks = heads_of(units, self.heads, layout)
        self.large = [head and unit.scale >= LARGE for head, unit in zip(self.heads, units, strict=True)]
        self.uses_large = sum(self.large) >= 2
        self.subheadings = _sums(look.subheading for look in self.looks)
        self.divisions = _sums(iter(divisions_of(units)))
        self.uses_datelines = sum(u.opens_article for u in units) >= 2
        self.uses_bylines = sum(u.is_byline for u in units) >= 2
        self.pairs = [_pairs(u.text) if head else frozenset() for u, head in zip(units, self.heads, strict=True)]
        wanted = frozenset(chain.from_iterable(self.pairs))
        self.at: dict[str, list[int]] = defaultdict(list)
        for index, unit in enumerate(units):
            for pair in wanted.intersection(map(add, unit.text, unit.text[1:])) if self.bodies[index] else ():
                self.at[pair].append(index)

    def starts_before(self, end: int) -> list[int]:
        """The boundaries that an article which ends at `end` may begin at."""
        last = bisect_left(self.bounds, end)
        nearest = bisect_left(self.marks, self.marks[end] - _MOST_MARKS)
        return self.bounds[max(0, last - _WINDOW, min(last - 1, bisect_left(self.bounds, nearest))) : last]

    def readings(self, start: int, end: int) -> Iterator[tuple[Side, float]]:
        """The ways in which units[start:end] can be one article (or one unused unit), with their costs."""
        if end - start == 1 and not self.bodies[start]:
            yield "none", self.looks[start].unused
        lead, trail = self.lead[start], self.trail[end]
        if lead + trail >= end - start:
            return
        if not lead and not trail:
            yield "none", self._cost(start, end, 0, 0)
        if lead and not trail:
            yield "before", self._cost(start, end, lead, 0)
        if trail and not lead:
            yield "after", self._cost(start, end, 0, trail)

    def group(self, start: int, end: int, side: Side) -> Group | None:
        """units[start:end] read with the headline on a side; None when it is an unused unit."""
        if end - start == 1 and not self.bodies[start]:
            return None
        lead = self.lead[start] if side == "before" else 0
        trail = self.trail[end] if side == "after" else 0
        rest = self.units[start + lead : end - trail]
        body = tuple(u for u in rest if not u.is_byline)
        bylines = tuple(u for u in rest if u.is_byline)
        return Group((*self.units[start : start + lead], *self.units[end - trail : end]), body, bylines)

    def _may_divide(self, at: int) -> bool:
        before = self.units[at - 1]
        ended = before.ends_signed or before.goes_on is not None
        return self.opens[at] or self.units[at].parted or ended or not self.bodies[at] or not self.bodies[at - 1]

    def _cost(self, start: int, end: int, lead: int, trail: int) -> float:
        body = self._body(start, end, lead, trail)
        if body is None:
            return _NO_BODY + end - start
        heads = [*range(start, start + lead), *range(end - trail, end)]
        first, last = body.first, body.last
        cost: float = (
            _ARTICLE + self.subheadings[last] - self.subheadings[first] + self._run_cost(start, lead, end, trail)
        )
        if body.faults:
            return cost + _FAULT * body.faults
        cost += max(0.0, self.divisions[last] - self.divisions[first + 1])
        if self.web_lines[-1] and not body.has_web_line:
            cost += _NO_WEB_LINE if self.web_lines[-1] > 1 else _NO_WEB_LINE / 2
        if len(heads) == 1 and self.looks[heads[0]].names_column:
            return cost + _COLUMN  # nobody signs it, and its items say little of its name
        cost += _MARKED if body.opened else _UNMARKED / 2 if self.uses_datelines else 0.0
        cost += _SIGNED_TWICE if body.signed_twice else 0.0
        cost += _MARKED if body.signed else _UNMARKED if self.uses_bylines else 0.0
        if not heads:
            return cost + (0.0 if self.units[first].comes_from is not None else _NO_HEADLINE)
        large = any(self.large[head] for head in heads)
        cost += _FAULT if trail and large else 0.0  # on a typeset page a headline stands above its body
        cost += _PLAIN_HEADLINE if self.uses_large and not large else 0.0
        cost += sum(self.looks[head].title for head in heads) + self.looks[heads[0]].first
        return cost + _LONG_HEADLINE[len(heads)] + _STRANGER * (0.5 - self._likeness(heads, first, last))

    def _body(self, start: int, end: int, lead: int, trail: int) -> _Body | None:
        """What stands between the headline and the next article; None where it is no body of one article."""
        first, last = start + lead, end - trail
        if lead + trail > _LONGEST_HEADLINE:
            return None
        signed_first = self.units[first].is_byline
        signed_last = self.units[last - 1].is_byline
        web = signed_first and self.units[first].is_web_line
        while first < last and self.units[first].is_byline:
            first += 1
        while first < last and self.units[last - 1].is_byline:
            last -= 1
        if first >= last or not self.bodies[first] or not self.bodies[last - 1]:
            return None
        opened = self.opens[first]
        signed = self.units[first].is_signed
        faults = (
            bool(signed_first and ((signed_last and not web) or not lead))
            + bool(signed and signed_first)
            + self.bylines[last]
            - self.bylines[first]
            + self.web_lines[last]
            - self.web_lines[first]
            + self.ends_signed[last - 1]
            - self.ends_signed[first]
            + self.goes_on[last - 1]
            - self.goes_on[first]
            + self.columns[end]
            - self.columns[start + 1]
            + self.parted[end]
            - self.parted[start + 1]
            + max(0.0, self.openings[last] - self.openings[first] - opened)
        )
        twice = signed and signed_last
        signed = signed or signed_first or signed_last or self.units[last - 1].ends_signed
        return _Body(first, last, opened, signed, web, faults, twice)

    def _run_cost(self, start: int, lead: int, end: int, trail: int) -> float:
        """Headlines stand together, and apart from the neighbour's: blank lines and page furniture divide them."""
        cost = 0.0
        if start and self.heads[start] and self.heads[start - 1] and not _is_apart(self.units[start]):
            cost += _DIVIDED_RUN
        for at in (*range(start + 1, start + lead), *range(end - trail + 1, end)):
            line = self.units[at].lines[0]
            cost += _TORN_RUN if line.interrupted else _LOOSE_RUN if line.blank_before else 0.0
        return cost

    def _likeness(self, heads: list[int], first: int, last: int) -> float:
        """Which share of the headline's character pairs stands in the body, rare pairs counting more."""
        shared = whole = 0.0
        for pair in {pair for head in heads for pair in self.pairs[head]}:
            places = self.at.get(pair, [])
            weight = log(1 + len(self.units) / (1 + len(places)))
            whole += weight
            at = bisect_left(places, first)
            shared += weight if at < len(places) and places[at] < last else 0.0
        return shared / whole if whole else 0.0


def _is_apart(unit: Unit) -> bool:
    return unit.lines[0].blank_before or unit.lines[0].interrupted


def _sums(values: Iterator[float]) -> list[float]:
    sums = [0.0]
    for value in values:
        sums.append(sums[-1] + value)
    return sums


def _runs(flags: Sequence[bool]) -> list[int]:
    """For each boundary how many flagged units stand right before it."""
    runs = [0]
    for flag in flags:
        runs.append(runs[-1] + 1 if flag else 0)
    return runs


def _pairs(text: str) -> frozenset[str]:
    return frozenset(a + b for a, b in pairwise(text) if "一" <= a <= "龥" and "一" <= b <= "龥")
