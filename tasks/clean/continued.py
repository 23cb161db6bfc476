"""Articles that go on elsewhere: （下转第3版） … （上接第1版）."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from tasks.clean.breaks import closes_sentence
from tasks.clean.flow import Flow, flow_of
from tasks.clean.page import Group
from tasks.clean.printing import as_read
from tasks.clean.rules import Layout
from tasks.clean.units import Unit

_SAME_SHEET: Final = 2.0
_SAME_HEADLINE: Final = 3.0
_NEAR: Final = 40
"""Jumps before and behind a group among which the one that leads to it is looked for: a whole issue has fewer."""
_OPEN: Final = 0.5
"""A sentence that goes on is more likely to do so where no headline stands before its end."""


def rejoined(groups: Sequence[Group], layout: Layout) -> list[Group]:
    """The groups with each one that comes from another page put behind the one that goes on there.

    Which belong together is told by the pages that the marks name, by a headline that is printed again, by whether a
    sentence goes on, and by order: what goes on on an earlier page comes again earlier, also where nobody knows which
    file is which page. The pairs that fit best are found first.
    """
    firsts = [at for at, group in enumerate(groups) if group.body[-1].goes_on is not None]
    seconds = [at for at, group in enumerate(groups) if group.body[0].comes_from is not None]
    pairs = [(first, second) for second in seconds for first in _near(firsts, second) if first != second]
    pairs.sort(key=lambda pair: _rank(groups, pair[0], pair[1], layout), reverse=True)
    follower: dict[int, int] = {}
    follows: dict[int, int] = {}
    for first, second in pairs:
        if first not in follower and second not in follows and _last(first, follows) != second:
            follower[first], follows[second] = second, first
    whole: list[Group] = []
    for at, group in enumerate(groups):
        if at in follows:
            continue
        joined, last = group, at
        while last in follower:
            last = follower[last]
            joined = _joined(joined, groups[last], layout)
        whole.append(joined)
    return whole


def _near(firsts: Sequence[int], second: int) -> Sequence[int]:
    at = bisect_left(firsts, second)
    return firsts[max(0, at - _NEAR) : at + _NEAR]


def _last(at: int, follows: Mapping[int, int]) -> int:
    """The group that the chain of groups at whose end one stands begins with."""
    while at in follows:
        at = follows[at]
    return at


def _rank(groups: Sequence[Group], first: int, second: int, layout: Layout) -> tuple[float, int, int, int]:
    """How well two groups fit: by their marks and headlines, then by the order of pages, then by their own."""
    one, other = groups[first], groups[second]
    return _fit(one, other, layout), -_target(one), -first, -second


def _fit(first: Group, second: Group, layout: Layout) -> float:
    fit = 0.0
    if first.body[-1].goes_on and first.body[-1].goes_on == _sheet(second):
        fit += _SAME_SHEET
    if second.body[0].comes_from and second.body[0].comes_from == _sheet(first):
        fit += _SAME_SHEET
    if second.headline:
        fit += _SAME_HEADLINE * _likeness(_words(first.headline), _words(second.headline))
    else:
        open_ended = not closes_sentence(as_read(first.body[-1].text), layout)
        fit += _OPEN if open_ended else 0.0
    return fit


def _target(group: Group) -> int:
    return group.body[-1].goes_on or 0


def _sheet(group: Group) -> int:
    """The page that a group begins on, counting over files or over the pages of a file."""
    place = group.body[0].flow.first_place
    return max(place.document + 1, place.page)


def _words(units: Sequence[Unit]) -> set[str]:
    """The pairs of characters in units."""
    return {a + b for a, b in pairwise("".join(unit.text for unit in units))}


def _likeness(one: set[str], other: set[str]) -> float:
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def _joined(first: Group, second: Group, layout: Layout) -> Group:
    last, following = first.body[-1], second.body[0]
    if last.is_row or following.is_row or closes_sentence(as_read(last.text), layout):
        heads = len(following.lines) == 1 and not (following.is_row or closes_sentence(as_read(following.text), layout))
        body = (*first.body, replace(following, is_sentence=not heads), *second.body[1:])
    else:
        lines = (*last.lines, *following.lines)
        flow: Flow = flow_of([line.strip for line in lines])
        unit = replace(last, flow=flow, lines=lines, is_sentence=True, goes_on=following.goes_on)
        body = (*first.body[:-1], unit, *second.body[1:])
    return Group(
        headline=first.headline or second.headline,
        body=body,
        bylines=(*first.bylines, *second.bylines),
        notes=(*first.notes, *second.notes),
        repeated=(*first.repeated, *(second.headline if first.headline else ())),
    )
