"""Articles that go on elsewhere: （下转第3版） … （上接第1版）."""

from collections.abc import Sequence
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


def rejoined(groups: Sequence[Group], layout: Layout) -> list[Group]:
    """The groups with each one that comes from another page put behind the one that goes on there.

    Which belong together is told by the pages that the marks name, by a headline that is printed again, and by order:
    what goes on on an earlier page comes again earlier, also where nobody knows which file is which page.
    """
    whole = list(groups)
    open_at = [at for at, group in enumerate(whole) if group.body[-1].goes_on is not None]
    gone: set[int] = set()
    for at, group in enumerate(whole):
        if group.body[0].comes_from is None:
            continue
        before = [first for first in open_at if first != at]
        if not before:
            continue
        first = max(before, key=lambda first: (_fit(whole[first], group), -_target(whole[first]), -abs(at - first)))
        open_at.remove(first)
        whole[first] = _joined(whole[first], group, layout)
        if group.body[-1].goes_on is not None:
            open_at = [first if other == at else other for other in open_at]
        gone.add(at)
    return [group for at, group in enumerate(whole) if at not in gone]


def _fit(first: Group, second: Group) -> float:
    fit = 0.0
    if first.body[-1].goes_on and first.body[-1].goes_on == _sheet(second):
        fit += _SAME_SHEET
    if second.body[0].comes_from and second.body[0].comes_from == _sheet(first):
        fit += _SAME_SHEET
    return fit + _SAME_HEADLINE * _likeness(first.headline, second.headline)


def _target(group: Group) -> int:
    return group.body[-1].goes_on or 0


def _sheet(group: Group) -> int:
    """The page that a group begins on, counting over files or over the pages of a file."""
    place = group.body[0].flow.first_place
    return max(place.document + 1, place.page)


def _likeness(one: Sequence[Unit], other: Sequence[Unit]) -> float:
    pairs = [{a + b for a, b in pairwise("".join(unit.text for unit in units))} for units in (one, other)]
    smaller = min(map(len, pairs))
    return len(pairs[0] & pairs[1]) / smaller if smaller else 0.0


def _joined(first: Group, second: Group, layout: Layout) -> Group:
    last, following = first.body[-1], second.body[0]
    if last.is_row or following.is_row or closes_sentence(as_read(last.text), layout):
        body = (*first.body, *second.body)
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
