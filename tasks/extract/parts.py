"""Totals and their parts: which quantity is a part of which, as the text says or as the sums prove."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from tasks.extract.about import About

_PART: Final = re.compile("其中|当中|包括|包含")
_BREAK: Final = re.compile("；")
_AMONG: Final = ("中", "中已", "中有", "中已有", "中，有", "中,有", "中，已有", "中,已有")
_AMONG_GAP: Final = 16
"""Characters that may stand between a total and the part of it that 中 names."""
_REACH: Final = 400
"""Characters that a total may lie before its parts: about two sentences."""
_LOOK_BACK: Final = 12
_PROVING_DIGITS: Final = 3
"""Digits that a total of unlike parts needs before a sum that comes out exactly proves anything."""
_PEOPLE_CODES: Final = frozenset({"people.count", "talent.count", "job.count"})
_PEOPLE: Final = frozenset({"人", "名", "位", "人次"})


@dataclass(frozen=True, slots=True)
class Group:
    """The quantities of a sentence: `text[start:end]` is the sentence, `abouts[first:last]` are its quantities."""

    start: int
    end: int
    first: int
    last: int


def totals(text: str, abouts: Sequence[About], groups: Iterable[Group]) -> dict[int, int]:
    """For each part its total, as indices into `abouts` (in reading order, of one article's body)."""
    found: dict[int, int] = {}
    for group in groups:
        marks = _marks_in(text, group)
        for i in range(group.first, group.last):
            about = abouts[i]
            if about.direction.kind != "level" or about.quantity.value is None:
                continue
            mark = marks.reaching(about.quantity.start)
            total = _total_before(abouts, i, mark) if mark is not None else _total_among(text, abouts, i, group)
            if total is not None:
                found[i] = total
        for i, total in _sums(abouts, range(group.first, group.last)).items():
            found.setdefault(i, total)
    return found


@dataclass(frozen=True, slots=True)
class _Marks:
    """Where a sentence says 其中: each mark up to the next ；, and those that open a whole list (其中，)."""

    marks: Sequence[int]
    opening: Sequence[int]
    breaks: Sequence[int]

    def reaching(self, offset: int) -> int | None:
        """The last mark that holds at an offset."""
        mark = _last_before(self.marks, offset)
        if mark is None or (_last_before(self.breaks, offset) or -1) < mark:
            return mark
        return _last_before(self.opening, offset)


def _marks_in(text: str, group: Group) -> _Marks:
    marks = [match.start() for match in _PART.finditer(text, group.start, group.end)]
    if not marks:
        return _Marks((), (), ())
    opening = [mark for mark in marks if text.startswith("其中，", mark)]
    return _Marks(marks, opening, [match.start() for match in _BREAK.finditer(text, group.start, group.end)])


def _last_before(offsets: Sequence[int], offset: int) -> int | None:
    at = bisect_left(offsets, offset) - 1
    return offsets[at] if at >= 0 else None


def _total_among(text: str, abouts: Sequence[About], part: int, group: Group) -> int | None:
    """35个行业大类中有24个: the total stands right before 中."""
    start = abouts[part].quantity.start
    if part == group.first or not text.endswith(_AMONG, group.start, start):
        return None
    near = abouts[part - 1]
    close = start - near.quantity.end <= _AMONG_GAP
    return part - 1 if close and _same_unit(abouts[part], near) and _not_smaller(near, abouts[part]) else None


def _total_before(abouts: Sequence[About], part: int, mark: int) -> int | None:
    """The nearest quantity before a mark that can be the total: of the same measure, else of the same unit."""
    about = abouts[part]
    behind = bisect_right(abouts, mark, hi=part, key=lambda other: other.quantity.end)

    def nearest(fits: Callable[[About, About], bool]) -> int | None:
        for i in range(behind - 1, -1, -1):
            other = abouts[i]
            if mark - other.quantity.end > _REACH:
                return None
            if other.direction.kind == "level" and fits(about, other) and _not_smaller(other, about):
                return i
        return None

    same = nearest(_same_measure)
    return same if same is not None else nearest(_same_unit)


def _same_measure(part: About, total: About) -> bool:
    if not _same_unit(part, total):
        return False
    return (
        part.quantity.classifier is not None
        or part.indicator == total.indicator
        or _code(part) == _code(total) is not None
    )


def _same_unit(part: About, total: About) -> bool:
    one, other = part.quantity, total.quantity
    if one.unit != other.unit or one.per != other.per:
        return False
    if one.classifier is None:
        return other.classifier is None
    codes = {a.head.code for a in (part, total) if a.head is not None and a.head.code not in (None, *_PEOPLE_CODES)}
    if len(codes) > 1:
        return False  # 19个项目专班 is no total of projects
    same_thing = part.head is not None and total.head is not None and part.head.code == total.head.code is not None
    return one.classifier == other.classifier or {one.classifier, other.classifier} <= _PEOPLE or same_thing


def _code(about: About) -> str | None:
    return about.term.code if about.term else None


def _not_smaller(total: About, part: About) -> bool:
    return (
        total.quantity.value is not None
        and part.quantity.value is not None
        and total.quantity.value >= part.quantity.value
    )


def _sums(abouts: Sequence[About], inside: Sequence[int]) -> dict[int, int]:
    """Parts of a sentence that add up to a total stated before: 80.26 + 30.66 = 110.92 proves what no word says."""
    found: dict[int, int] = {}
    levels = [i for i in inside if abouts[i].direction.kind == "level" and abouts[i].quantity.value is not None]
    by_name: dict[tuple[str, str], list[int]] = {}
    by_unit: dict[str, list[int]] = {}
    for i in levels:
        by_name.setdefault((abouts[i].quantity.unit, abouts[i].indicator), []).append(i)
        if abouts[i].quantity.classifier is None:
            by_unit.setdefault(abouts[i].quantity.unit, []).append(i)
    for alike, parts in [*((True, p) for p in by_name.values()), *((False, p) for p in by_unit.values())]:
        total = _proven(abouts, parts, alike=alike)
        if total is not None:
            found.update(dict.fromkeys((i for i in parts if i not in found), total))
    return found


def _proven(abouts: Sequence[About], parts: Sequence[int], *, alike: bool) -> int | None:
    """The total before the parts that they add up to exactly."""
    if len(parts) < 2 or any(b - a > 4 for a, b in pairwise(parts)):
        return None
    whole = sum((abouts[i].quantity.value or Decimal(0) for i in parts), Decimal(0))
    first = abouts[parts[0]]
    for i in range(parts[0] - 1, max(-1, parts[0] - 1 - _LOOK_BACK), -1):
        total = abouts[i]
        if (
            total.quantity.value != whole
            or total.quantity.unit != first.quantity.unit
            or total.direction.kind != "level"
        ):
            continue
        if alike and total.indicator == first.indicator and total.quantity.classifier == first.quantity.classifier:
            return i
        if not alike and len(total.quantity.raw_value.replace(".", "").strip("0")) >= _PROVING_DIGITS:
            return i
    return None
