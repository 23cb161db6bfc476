"""A page's units with what an article made of some of them costs.

What speaks for an article: a dateline opens it, a byline closes it, its headline shares rare character pairs with its
body, and blank lines and page furniture part it from its neighbours. The costs were set on the open gold issues; they
are weights of evidence, not measures.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from tasks.clean.heads import divisions_of, heads_of
from tasks.clean.likeness import Likeness
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
_SIGNED_FIRST: Final = 5.0
"""A byline above a body whose headline stands below it."""
_LONE_SUBHEADING: Final = 0.5
"""Subheadings divide a text: one of them alone hardly does, unless it is short or has a number."""
_SAME_PAGE: Final = 0.5
"""An article with its headline inside of it begins rather where a page, or what stands at its foot, parts it."""
_PLAIN_HEADLINE: Final = 4.0
_DIVIDED_RUN: Final = 2.0
_TORN_RUN: Final = 3.0
_LOOSE_RUN: Final = 0.7
_NO_WEB_LINE: Final = 2.5
_LEADS: Final = 1.0
"""A paragraph above the byline that leads into an article."""
_LONGEST_LEAD: Final = 150
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


class _Front(NamedTuple):
    """How an article that begins at a boundary begins: its headline, and the bylines below that."""

    heads: range
    first: int
    """Its first unit that is no headline and no byline."""
    is_body: bool
    signed: bool
    web: bool
    run: float
    headline: float
    behind: int
    """Bylines behind its first paragraph, which leads into the article (导语); 0 where none stand there."""


class _Back(NamedTuple):
    """How an article that ends at a boundary ends."""

    heads: range
    last: int
    """Behind its last unit that is no headline and no byline."""
    is_body: bool
    signed: bool
    twice: bool
    """Whether it is signed both before and behind its headline."""
    web: bool
    run: float
    headline: float


class Page:
    """The units of a page with what the cost of an article is summed up from."""

    def __init__(self, units: Sequence[Unit], layout: Layout) -> None:
        self.units = units
        self.bodies = [u.inset or _is_body(u) for u in units]
        self.told = _sums(float(_is_body(u) and not u.inset) for u in units)
        self.insets = [at for at, u in enumerate(units) if u.inset and not u.is_byline]
        self.opens = [u.opens_article or u.comes_from is not None for u in units]
        self.goes_on = _sums(float(u.goes_on is not None) for u in units)
        self.parted = _sums(float(u.parted) for u in units)
        self.heads = [may_be_head(u) for u in units]
        self.trail = _runs(self.heads)  # how many headline lines stand right before a boundary
        self.lead = _runs(self.heads[::-1])[::-1]  # and right behind it
        self.bounds = [0, *(at for at in range(1, len(units)) if self._may_divide(at)), len(units)]
        self.openings = _sums(map(float, self.opens))
        self.bylines = _sums(float(u.is_byline and not u.is_web_line and not u.inset) for u in units)
        self.ends_signed = _sums(float(u.ends_signed) for u in units)
        self.web_lines = _sums(float(u.is_web_line) for u in units)
        self.columns = _sums(float(u.opens_column) for u in units)
        self.marks = _sums(
            float(u.is_byline and not u.inset)
            + (u.opens_article or u.parted or u.opens_column or u.goes_on is not None)
            for u in units
        )
        self.looks = heads_of(units, self.heads, layout)
        self.large = [head and unit.scale >= LARGE for head, unit in zip(self.heads, units, strict=True)]
        self.uses_large = sum(self.large) >= 2
        self.subheadings = _sums(look.subheading for look in self.looks)
        self.inner = _sums(float(head) for head in self.heads)
        self.long = _sums(float(look.is_long) for look in self.looks)
        self.divisions = _sums(iter(divisions_of(units)))
        self.uses_datelines = sum(u.opens_article for u in units) >= 2
        self.uses_bylines = sum(u.is_byline for u in units) >= 2
        titles = [head or u.inset for u, head in zip(units, self.heads, strict=True)]
        self.likeness = Likeness([u.text for u in units], titles, [_is_body(u) and not u.inset for u in units])
        self.fronts = {start: self._front(start) for start in self.bounds[:-1]}
        self.backs = {end: self._back(end, end) for end in self.bounds[1:]}
        self.over_bylines = {end: self._back(heads, end) for end in self.bounds[1:] if (heads := self._above(end))}

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
        if not (lead and trail):
            yield "before" if lead else "after" if trail else "none", self._cost(start, end, self.backs[end])
        below = self.over_bylines.get(end)
        if below is not None and not (lead or below.twice) and below.heads.start > start:
            yield "after", self._cost(start, end, below)

    def group(self, start: int, end: int, side: Side) -> Group | None:
        """units[start:end] read with the headline on a side; None when it is an unused unit."""
        if end - start == 1 and not self.bodies[start]:
            return None
        lead = self.lead[start] if side == "before" else 0
        heads = self.backs[end].heads if side == "after" else range(end, end)
        if side == "after" and not heads:
            heads = self.over_bylines[end].heads
        rest = [*self.units[start + lead : heads.start], *self.units[heads.stop : end]]
        bylines = tuple(u for u in rest if u.is_byline)
        body = tuple(u for u in rest if not (u.is_byline or u.inset))
        inside = [u for u in rest if u.inset and not u.is_byline] if body else []
        body = body or tuple(u for u in rest if not u.is_byline)
        titles = self.units[heads.start : heads.stop]
        return Group((*self.units[start : start + lead], *inside, *titles), body, bylines)

    def _may_divide(self, at: int) -> bool:
        before = self.units[at - 1]
        ended = before.ends_signed or before.goes_on is not None
        if self.opens[at] or self.units[at].parted or ended or not self.bodies[at] or not self.bodies[at - 1]:
            return True
        # where headlines stand inside of their bodies, nothing else stands between two of these
        return bool(self.insets) and not (self.units[at].inset or before.inset)

    def _cost(self, start: int, end: int, back: _Back) -> float:
        """What it costs to read units[start:end] as one article, with the headline that stands at one of its ends."""
        front = self.fronts[start]
        first, last, heads = front.first, back.last, front.heads or back.heads
        no_body = first >= last or self.told[first] == self.told[last]
        if no_body or not front.is_body or not back.is_body or len(heads) > _LONGEST_HEADLINE:
            return _NO_BODY + end - start
        cost = _ARTICLE + self.subheadings[last] - self.subheadings[first] + front.run + back.run
        if self.inner[last] - self.inner[first] == self.long[last] - self.long[first] == 1:
            cost += _LONE_SUBHEADING
        if faults := self._faults(start, end, front, back):
            return cost + _FAULT * faults
        cost += max(0.0, self.divisions[last] - self.divisions[first + 1])
        if self.web_lines[-1] and not (front.web or back.web):
            cost += _NO_WEB_LINE if self.web_lines[-1] > 1 else _NO_WEB_LINE / 2
        if len(heads) == 1 and self.looks[heads[0]].names_column:
            return cost + _COLUMN  # nobody signs it, and its items say little of its name
        cost += _MARKED if self.opens[first] else _UNMARKED / 2 if self.uses_datelines else 0.0
        cost += _SIGNED_FIRST if front.signed and not front.heads else 0.0
        cost += _SIGNED_TWICE if self.units[first].is_signed and back.signed else 0.0
        leads = self._leads(front, back)
        cost += _LEADS if leads else 0.0
        signed = self.units[first].is_signed or front.signed or back.signed or self.units[last - 1].ends_signed or leads
        cost += _MARKED if signed else _UNMARKED if self.uses_bylines else 0.0
        inside = self._inset(first, last)
        if inside:
            if start and not self.units[start].lines[0].interrupted:
                cost += _SAME_PAGE
            return cost + self._inset_cost(inside, first, last) + (_FAULT if heads else 0.0)
        if not heads:
            return cost + (0.0 if self.units[first].comes_from is not None else _NO_HEADLINE)
        like = self.likeness.of_headline_before if front.heads else self.likeness.of_headline_after
        return cost + front.headline + back.headline + _STRANGER * (0.5 - like(heads, first, last))

    def _inset(self, first: int, last: int) -> range:
        """The lines of the headline inside of a body, from the first to the last."""
        start, stop = bisect_left(self.insets, first), bisect_left(self.insets, last)
        return range(self.insets[start], self.insets[stop - 1] + 1) if start < stop else range(0)

    def _inset_cost(self, heads: range, first: int, last: int) -> float:
        """What a headline inside of its body costs; two of them are those of two articles."""
        several = not all(self.units[at].inset for at in heads)
        like = max(
            self.likeness.of_headline_before(heads, heads.stop, last),
            self.likeness.of_headline_after(heads, first, heads.start),
        )
        return _FAULT * several + _STRANGER * (0.5 - like)

    def _faults(self, start: int, end: int, front: "_Front", back: "_Back") -> float:
        """What no article has: a byline or a dateline in its middle, another one's label."""
        first, last = front.first, back.last
        signed = self.units[first].is_signed
        return (
            bool(front.signed and ((back.signed and not front.web) or not (front.heads or back.heads)))
            + bool(signed and front.signed and not front.web)
            + self.bylines[last]
            - self.bylines[first]
            - (front.behind if self._leads(front, back) else 0)
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
            + max(0.0, self.openings[last] - self.openings[first] - self.opens[first])
        )

    def _front(self, start: int) -> "_Front":
        heads = range(start, start + self.lead[start])
        first = at = heads.stop
        while first < len(self.units) and self.units[first].is_byline and not self.units[first].inset:
            first += 1
        signed = first > at
        return _Front(
            heads,
            first,
            is_body=first < len(self.units) and self.bodies[first],
            signed=signed,
            web=signed and self.units[at].is_web_line,
            run=self._run_cost(heads) + (_DIVIDED_RUN if self._divides_run(start) else 0.0),
            headline=self._headline_cost(heads, below=False),
            behind=self._signed_behind(first) if heads and not signed else 0,
        )

    def _signed_behind(self, first: int) -> int:
        """How many bylines stand behind a short paragraph that may lead into an article, before its body goes on."""
        if first >= len(self.units) or not self.bodies[first] or len(self.units[first].text) > _LONGEST_LEAD:
            return 0
        if self.units[first].is_signed or self.opens[first]:
            return 0
        at = first + 1
        while at < len(self.units) and self.units[at].is_byline and not self.units[at].is_web_line:
            at += 1
        return at - first - 1 if at < len(self.units) and self.bodies[at] and not self.opens[at] else 0

    @staticmethod
    def _leads(front: "_Front", back: "_Back") -> bool:
        """Whether the first paragraph of an article leads into it, and who wrote it stands behind that."""
        return front.behind > 0 and back.last > front.first + 1 + front.behind and not (back.signed or back.heads)

    def _above(self, end: int) -> int:
        """Where the headline ends that stands behind its body, and right above the bylines that end at `end`; or 0."""
        at = end
        while at and self.units[at - 1].is_byline and not self.units[at - 1].is_web_line:
            at -= 1
        if at == end or not self.trail[at] or _is_apart(self.units[at]):
            return 0
        return at if end == len(self.units) or _is_apart(self.units[end]) else 0

    def _back(self, stop: int, end: int) -> "_Back":
        """How an article ends whose headline, if one stands there, ends at `stop`; bylines may follow up to `end`."""
        heads = range(stop - self.trail[stop], stop)
        last = at = heads.start
        while last and self.units[last - 1].is_byline and not self.units[last - 1].inset:
            last -= 1
        return _Back(
            heads,
            last,
            is_body=last > 0 and self.bodies[last - 1],
            signed=last < at or stop < end,
            twice=last < at and stop < end,
            web=last < at and self.units[at - 1].is_web_line,
            run=self._run_cost(heads),
            headline=self._headline_cost(heads, below=True),
        )

    def _headline_cost(self, heads: range, *, below: bool) -> float:
        """What some lines cost as a headline, whatever body it has."""
        if not 0 < len(heads) <= _LONGEST_HEADLINE:
            return 0.0
        large = any(self.large[head] for head in heads)
        cost = _FAULT if below and large else 0.0  # on a typeset page a headline stands above its body
        cost += _PLAIN_HEADLINE if self.uses_large and not large else 0.0
        return (
            cost
            + sum(self.looks[head].title for head in heads)
            + self.looks[heads[0]].first
            + _LONG_HEADLINE[len(heads)]
        )

    def _divides_run(self, at: int) -> bool:
        return at > 0 and self.heads[at] and self.heads[at - 1] and not _is_apart(self.units[at])

    def _run_cost(self, heads: range) -> float:
        """Headlines stand together, and apart from the neighbour's: blank lines and page furniture divide them."""
        lines = (self.units[at].lines[0] for at in heads[1:])
        return sum(_TORN_RUN if line.interrupted else _LOOSE_RUN if line.blank_before else 0.0 for line in lines)


def _is_body(unit: Unit) -> bool:
    return (unit.is_sentence or unit.opens_article or unit.in_body) and not unit.is_byline


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
