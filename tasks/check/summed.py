"""Sums that stand behind what they add up: 合计19个 behind two groups, 进出口总额 beside exports and imports."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Final

from pydantic import RootModel

from tasks.check.numbers import interval
from tasks.check.totals import NEAR, added, adds_up, misses
from tasks.records import Check, Metric
from tasks.yamltext import from_yaml

_SUMMED: Final = re.compile("(?:合计|共计|总计)(?:为|达|有|约)?$")
_LEAD: Final = 8
"""Characters before a number in which it is called a sum."""
_CLAUSE: Final = re.compile("[；。]")
_CALLED: Final = ("合计", "sum")
_REACH: Final = 80
"""Characters between a total and its kinds: they stand side by side."""


class _CodeSplits(RootModel[dict[str, list[str]]]):
    pass


@cache
def code_splits() -> Mapping[str, tuple[str, ...]]:
    """Indicators that others add up to, from code_splits.yml."""
    text = files("tasks.check").joinpath("rules/code_splits.yml").read_text(encoding="utf-8")
    return {total: tuple(parts) for total, parts in _CodeSplits.model_validate(from_yaml(text)).root.items()}


def check_summed(text: str, metrics: Sequence[Metric]) -> Iterator[Check]:
    """在库12个，26.47亿元；新入库7个，6.88亿元；合计19个，33.35亿元: number and money of the groups before the sum."""
    for first, metric in enumerate(metrics):
        if not _SUMMED.search(text[max(0, metric.start - _LEAD) : metric.start]):
            continue
        groups = [index for index in range(first) if metrics[index].sentence == metric.sentence]
        for total in _sums(text, metrics, first):
            parts = [index for index in groups if _alike(metrics[index], metrics[total])]
            if len(parts) > 1:
                yield from _compared(metrics, total, parts)


def check_code_splits(metrics: Sequence[Metric]) -> Iterator[Check]:
    """出口额5.2亿元、进口额3.1亿元，进出口总额8.3亿元: what no word ties together is told by the indicators."""
    for total, metric in enumerate(metrics):
        codes = code_splits().get(metric.indicator_code or "")
        if codes is None or not _is_amount(metric):
            continue
        parts = [_nearest(metrics, total, code) for code in codes]
        found = [index for index in parts if index is not None]
        if len(found) == len(codes) and all(metrics[index].part_of is None for index in found):
            yield from _compared(metrics, total, sorted(found))


def _sums(text: str, metrics: Sequence[Metric], first: int) -> Iterator[int]:
    """The number that is called a sum, and those that go on with it up to the end of its part of the sentence."""
    for index in range(first, len(metrics)):
        metric = metrics[index]
        if metric.sentence != metrics[first].sentence or _CLAUSE.search(text[metrics[first].end : metric.start]):
            return
        if _is_amount(metric):
            yield index


def _nearest(metrics: Sequence[Metric], total: int, code: str) -> int | None:
    """The one amount of a code beside a total: of its zone, time and subject; None where there is none, or several."""
    whole = metrics[total]
    near = [
        index
        for index, metric in enumerate(metrics)
        if metric.indicator_code == code
        and _is_amount(metric)
        and (metric.unit, metric.subject, metric.period, metric.zone, metric.status)
        == (whole.unit, whole.subject, whole.period, whole.zone, whole.status)
        and max(metric.start - whole.end, whole.start - metric.end) <= _REACH
    ]
    return near[0] if len(near) == 1 else None


def _alike(part: Metric, total: Metric) -> bool:
    if not _is_amount(part) or part.part_of is not None or part.status != total.status:
        return False
    return (part.unit, part.classifier) == (total.unit, total.classifier) and (
        part.unit == "count" or part.indicator == total.indicator
    )


def _is_amount(metric: Metric) -> bool:
    return metric.kind == "level" and metric.per is None and metric.value is not None and metric.qualifier == "exact"


def _compared(metrics: Sequence[Metric], total: int, parts: Sequence[int]) -> Iterator[Check]:
    found, whole = added([metrics[index] for index in parts]), interval(metrics[total])
    stated = metrics[total].value or Decimal(0)
    exact = sum((metrics[index].value or Decimal(0) for index in parts), Decimal(0))
    if found is None or whole is None or abs(exact - stated) > NEAR * stated:
        return
    if found.meets(whole):
        yield adds_up("listed_total", metrics, total, parts)
    else:
        yield misses("listed_total", metrics, total, parts, exact, _CALLED)
