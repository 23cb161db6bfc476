"""Units to articles: which headline belongs to which body, decided over the whole page at once.

The cheapest division of the page into articles is taken (dynamic programming), by what each article costs
(tasks/clean/page.py) and by whether headlines stand on the same side of their bodies as those of their neighbours.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import Final, NamedTuple

from tasks.clean.page import Group, Page, Side
from tasks.clean.roundups import may_be_head
from tasks.clean.rules import Layout
from tasks.clean.stacked import orders
from tasks.clean.units import Unit

_NEVER: Final = 1000.0
_OTHER_SIDE: Final = 2.5
_CLEARLY: Final = 4.0
"""What headlines that are read before other bodies must spare (set on the gold `pages-*`)."""
_MOST_ORDERS: Final = 16
"""Stretches of a section that are tried in another order: each of them divides it once more."""


def grouped(units: Sequence[Unit], layout: Layout) -> tuple[list[Group], list[Unit]]:
    """The articles of a page in printed order, and the units that belong to none."""
    notes = sum(unit.is_note for unit in units)
    if 0 < notes < len(units):
        found, left = grouped(_without_notes(units), layout)
        parted = [*(after.parted for after in units[1:]), False]
        of_issue = [unit for unit, ends in zip(units, parted, strict=True) if unit.is_note and ends]
        of_article = [unit for unit, ends in zip(units, parted, strict=True) if unit.is_note and not ends]
        return _with_notes(found, of_article, units), [*of_issue, *left]
    division = _divided(units, layout)
    for start, end, order in islice(orders(units), _MOST_ORDERS):
        other = _divided([*division.units[:start], *order, *division.units[end:]], layout)
        division = other if other.cost < division.cost - _CLEARLY else division
    return _with_items(division.groups), division.unused


class _Division(NamedTuple):
    """A page divided into articles, and what that costs; its units in the order that they were read in."""

    units: Sequence[Unit]
    cost: float
    groups: list[Group]
    unused: list[Unit]


def _divided(units: Sequence[Unit], layout: Layout) -> _Division:
    if not units:
        return _Division(units, 0.0, [], [])
    page = Page(units, layout)
    best: dict[int, dict[Side, tuple[float, int, Side]]] = {0: {"none": (0.0, 0, "none")}}
    for end in page.bounds[1:]:
        states: dict[Side, tuple[float, int, Side]] = {}
        for start in page.starts_before(end):
            for side, cost in page.readings(start, end):
                for came, (before, _, _) in best[start].items():
                    switched = side != "none" and came not in ("none", side)
                    total = before + cost + (_OTHER_SIDE if switched else 0.0)
                    kept: Side = came if side == "none" else side
                    if kept not in states or total < states[kept][0]:
                        states[kept] = (total, start, came)
        best[end] = states
    groups: list[Group] = []
    unused: list[Unit] = []
    end = len(units)
    side = min(best[end], key=lambda state: best[end][state][0])
    cost = best[end][side][0]
    while end:
        _, start, came = best[end][side]
        reading = min(
            page.readings(start, end), key=lambda pair: pair[1] + (0 if pair[0] in ("none", side) else _NEVER)
        )
        group = page.group(start, end, reading[0])
        if group is None:
            unused += units[start:end]
        else:
            groups.append(group)
        end, side = start, came
    return _Division(units, cost, groups[::-1], unused[::-1])


def _with_items(groups: Sequence[Group]) -> list[Group]:
    """The groups, a column of short items (简讯) with those that follow its first one: 本报讯 each, and no headline."""
    whole: list[Group] = []
    for group in groups:
        column = whole[-1] if whole and any(unit.opens_column for unit in whole[-1].headline) else None
        if column is not None and not group.headline and group.body[0].opens_article and column.body[0].opens_article:
            body, bylines = (*column.body, *group.body), (*column.bylines, *group.bylines)
            whole[-1] = replace(column, body=body, bylines=bylines)
        else:
            whole.append(group)
    return whole


def _without_notes(units: Sequence[Unit]) -> list[Unit]:
    """The units but for the notes; a line below a headline and its note is no more of the headline."""
    kept: list[Unit] = []
    below = False
    for at, unit in enumerate(units):
        if unit.is_note:
            below = at > 0 and may_be_head(units[at - 1])
            continue
        kept.append(replace(unit, in_body=True) if below and may_be_head(unit) else unit)
        below = False
    return kept


def _with_notes(groups: Sequence[Group], notes: Sequence[Unit], units: Sequence[Unit]) -> list[Group]:
    """The groups, each note with the first one whose body stands behind it among the units."""
    whole = list(groups)
    if not whole:
        return whole
    order = {unit.lines[0].strip: at for at, unit in enumerate(units)}
    places = [order[group.body[0].lines[0].strip] for group in whole]
    for note in notes:
        at = min(bisect_left(places, order[note.lines[0].strip]), len(whole) - 1)
        whole[at] = replace(whole[at], notes=(*whole[at].notes, note))
    return whole
