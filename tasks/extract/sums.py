"""What the numbers prove: parts that add up to a total, and parts whose share of a total is stated."""

import re
from bisect import bisect_left
from collections.abc import Container, Sequence
from decimal import Decimal
from functools import partial
from itertools import accumulate, pairwise
from typing import Final

from tasks.extract.about import About, plain_name

_LOOK_BACK: Final = 12
"""Earlier quantities among which a total is looked for."""
_ABOVE_ROWS: Final = 36
"""The same above a table: the paragraphs between tell of other things."""
_GAP: Final = 4
"""Quantities that may stand from one part to the next: each with its growth and its share."""
_BREAK: Final = re.compile("\n")
_FEWEST_ITEMS: Final = 2
"""Of a list; and the paragraphs that its total may lie above it."""
_ABOVE_A_TABLE: Final = 4
"""Paragraphs above the first row of a table in which its total may stand: its title and its head lie between."""
_PROVING_DIGITS: Final = 3
"""Digits that a total of unlike parts, or a share, needs before numbers that fit prove anything."""
_SUMMED_UP: Final = re.compile("(?:合计|共计|总计|总数|共)[^，。；]{0,6}$")
_SHARE: Final = re.compile("(合计|共|总计)?约?占(?![^，。；]{0,6}(?:计划|目标|任务|预算))[^，。；]{0,20}$")
_NEAR: Final = 24
"""Characters before a number that tell of a sum or a share."""


def proven(text: str, abouts: Sequence[About], inside: Sequence[int]) -> dict[int, int]:
    """For the parts among the quantities of a sentence (indices into `abouts`) the total that the numbers prove."""
    return _shares(text, abouts, inside) | _sums(text, abouts, inside)


def over_items(text: str, abouts: Sequence[About], prose: Container[int]) -> dict[int, int]:
    """Items of a list, or all rows of a table, that add up to a total of the paragraphs above them.

    `prose` are the quantities that stand in sentences; only one of these is such a total.

    项目10个，总投资86.2亿元, and below it 产业类项目7个，总投资71.8亿元 and 民生类项目3个，总投资14.4亿元.
    """
    breaks = [found.start() for found in _BREAK.finditer(text)]
    runs: dict[tuple[str, str | None, str], list[tuple[int, int]]] = {}
    found: dict[int, int] = {}
    for i, about in enumerate(abouts):
        code = _item_code(about)
        if not _is_level(about) or code is None:
            continue
        paragraph = bisect_left(breaks, about.quantity.start)
        run = runs.setdefault((about.quantity.unit, about.quantity.classifier, code), [])
        if run and run[-1][0] == paragraph:
            continue  # the first one of its kind is that of the item
        if run and run[-1][0] + 1 < paragraph:
            found |= _over_run(abouts, run, breaks, prose)
            run.clear()
        run.append((paragraph, i))
    for run in runs.values():
        found |= _over_run(abouts, run, breaks, prose)
    return found


def _item_code(about: About) -> str | None:
    if about.quantity.classifier is not None:
        return about.head.code if about.head else None
    return about.term.code if about.term else None


def _over_run(
    abouts: Sequence[About], run: Sequence[tuple[int, int]], breaks: Sequence[int], prose: Container[int]
) -> dict[int, int]:
    """The first of consecutive paragraphs, or one shortly before them, may have the total of the next ones."""
    for first in range(min(2, len(run))):
        items = [i for _, i in run[first:]]
        if items[0] not in prose:  # the rows of a table end where sentences go on
            items = [i for i in items if i not in prose]
        reached = {sum_: last for last, sum_ in enumerate(accumulate(map(partial(_value, abouts), items)), start=1)}
        back = _LOOK_BACK if items[0] in prose else _ABOVE_ROWS
        for total in range(items[0] - 1, max(-1, items[0] - 1 - back), -1):
            above = bisect_left(breaks, abouts[total].quantity.start)
            reach = _FEWEST_ITEMS if items[0] in prose else _ABOVE_A_TABLE
            if run[first][0] - above > reach:
                break
            if not _is_level(abouts[total]):
                continue  # 税收3.12亿元，同比增长6.5%
            last = reached.get(_value(abouts, total), 0) if total in prose and _value(abouts, total) else 0
            if items[0] not in prose and last < len(items):
                continue
            if last >= _FEWEST_ITEMS and above != run[first][0] and _is_item_total(abouts[total], abouts[items[0]]):
                return dict.fromkeys(items[:last], total)
    return {}


def _value(abouts: Sequence[About], at: int) -> Decimal:
    return abouts[at].quantity.value or Decimal(0)


def _is_item_total(total: About, item: About) -> bool:
    one, other = total.quantity, item.quantity
    return (one.unit, one.classifier, _item_code(total)) == (other.unit, other.classifier, _item_code(item))


def _sums(text: str, abouts: Sequence[About], inside: Sequence[int]) -> dict[int, int]:
    """Parts of a sentence that add up to a total: 80.26 + 30.66 = 110.92 proves what no word says."""
    found: dict[int, int] = {}
    levels = [i for i in inside if _is_level(abouts[i])]
    if len(levels) < 2:
        return found
    by_name: dict[tuple[str, str], list[int]] = {}
    by_unit: dict[str, list[int]] = {}
    for i in levels:
        by_name.setdefault((abouts[i].quantity.unit, _measure(abouts[i])), []).append(i)
        if abouts[i].quantity.classifier is None:
            by_unit.setdefault(abouts[i].quantity.unit, []).append(i)
    for alike, group in [*((True, g) for g in by_name.values()), *((False, g) for g in by_unit.values())]:
        total, parts = _total_of(text, abouts, group, alike=alike) if len(group) > 1 else (None, group)
        if total is not None:
            found.update(dict.fromkeys((i for i in parts if i not in found), total))
    return found


def _measure(about: About) -> str:
    """What a quantity measures: the number of things, whatever became of them (9个通过国家审定、18个通过省级审定)."""
    counts = about.rule == "inherited" and about.quantity.classifier is not None
    return plain_name(about.quantity) if counts else about.indicator


def _total_of(text: str, abouts: Sequence[About], group: list[int], *, alike: bool) -> tuple[int | None, Sequence[int]]:
    """The total of quantities that may be its parts: one before them, the first of them, or the last (合计830人)."""
    total = _before(abouts, group, alike=alike)
    if total is not None or len(group) < 3:
        return total, group
    if _adds_up(abouts, group[0], group[1:], alike=alike):
        return group[0], group[1:]
    start = abouts[group[-1]].quantity.start
    if _SUMMED_UP.search(text[max(0, start - _NEAR) : start]) and _adds_up(abouts, group[-1], group[:-1], alike=alike):
        return group[-1], group[:-1]
    return None, group


def _before(abouts: Sequence[About], parts: Sequence[int], *, alike: bool) -> int | None:
    if len(parts) < 2 or any(b - a > _GAP for a, b in pairwise(parts)):
        return None
    whole = _sum(abouts, parts)
    for i in range(parts[0] - 1, max(-1, parts[0] - 1 - _LOOK_BACK), -1):
        if abouts[i].quantity.value == whole and _is_total(abouts[i], abouts[parts[0]], alike=alike):
            return i
    return None


def _adds_up(abouts: Sequence[About], total: int, parts: Sequence[int], *, alike: bool) -> bool:
    """Whether the parts beside a total add up to it exactly, and that is no accident."""
    if any(b - a > _GAP for a, b in pairwise(parts)) or not _is_total(abouts[total], abouts[parts[0]], alike=alike):
        return False
    return abouts[total].quantity.value == _sum(abouts, parts)


def _is_total(total: About, first: About, *, alike: bool) -> bool:
    """Whether a quantity can be the total of parts: of their name, or with more digits than chance explains."""
    if total.direction.kind != "level" or total.quantity.unit != first.quantity.unit:
        return False
    if alike:
        # 新品种27个，9个通过国家审定: the number of them that did
        same = total.indicator == first.indicator or (total.subject == first.subject and first.rule == "inherited")
        return same and total.quantity.classifier == first.quantity.classifier
    return _digits(total.quantity.raw_value) >= _PROVING_DIGITS


def _shares(text: str, abouts: Sequence[About], inside: Sequence[int]) -> dict[int, int]:
    """到位1095.3亿元，占全省的47.3%: parts by the share that the text states of them, where the numbers bear it out."""
    found: dict[int, int] = {}
    for i in inside:
        share = abouts[i].quantity
        if share.unit != "%" or share.value is None or _digits(share.raw_value) < _PROVING_DIGITS:
            continue
        told = _SHARE.search(text[max(0, share.start - _NEAR) : share.start])
        if told is None:
            continue
        before = _parts_before(abouts, i, inside[0], together=told[1] is not None)
        for parts in (before[cut:] for cut in range(max(1, len(before) - 1))):
            total = _total_by_share(abouts, parts, share.value) if parts else None
            if total is not None:
                found.update(dict.fromkeys(parts, total))
                break
    return found


def _parts_before(abouts: Sequence[About], at: int, first: int, *, together: bool) -> list[int]:
    """The amounts of a sentence right before a share, all of one unit; only the last of them unless it says 合计."""
    parts: list[int] = []
    for i in range(at - 1, max(first - 1, at - 1 - _LOOK_BACK), -1):
        if not _is_level(abouts[i]):
            if parts:
                break
            continue
        if parts and (not together or abouts[i].quantity.unit != abouts[parts[0]].quantity.unit):
            break
        parts.insert(0, i)
    return parts


def _total_by_share(abouts: Sequence[About], parts: Sequence[int], share: Decimal) -> int | None:
    whole, first = _sum(abouts, parts), abouts[parts[0]].quantity
    rounding = Decimal((0, (5,), int(share.as_tuple().exponent) - 1))
    for i in range(parts[0] - 1, max(-1, parts[0] - 1 - _LOOK_BACK), -1):
        total = abouts[i].quantity
        if total.unit != first.unit or total.classifier != first.classifier or not _is_level(abouts[i]):
            continue
        if total.value and abs(whole / total.value * 100 - share) <= rounding:
            return i
    return None


def _is_level(about: About) -> bool:
    return about.direction.kind == "level" and about.quantity.value is not None


def _sum(abouts: Sequence[About], parts: Sequence[int]) -> Decimal:
    return sum((_value(abouts, i) for i in parts), Decimal(0))


def _digits(written: str) -> int:
    return len(written.replace(".", "").strip("0"))
