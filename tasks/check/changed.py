"""A change told by both ends and in percent: 由5天压缩至2天，压缩60%."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tasks.check.findings import failed, listed, passed, quoted
from tasks.check.growth import change_between
from tasks.check.numbers import interval
from tasks.records import Check, Metric

_FROM: Final = re.compile("[由从][^，。；]{0,8}$")
_TO: Final = re.compile("^[^，。；]{0,8}[至到为成][^，。；]{0,4}$")
_BY: Final = re.compile(
    "^[，,、]?(?:提速|压缩|压减|缩短|精简|节约|下降|降低|减少|缩减|增长|提高|提升|增加|增幅|降幅|下降了|压缩了)(?:了|达|为)?$"
)


def check_from_to(text: str, metrics: Sequence[Metric]) -> Iterator[Check]:
    """Where a level is told to have become another, and by how much in percent right behind it."""
    for at in range(len(metrics) - 2):
        first, last, growth = metrics[at : at + 3]
        if not _is_one_change(text, first, last, growth):
            continue
        change, stated = change_between(first, last), interval(growth)
        if change is None or stated is None:
            continue
        possible, computed = change
        if possible.meets(stated):
            sentence = f"{last.quote} / {first.quote} - 1 = {computed} ({growth.quote})"
            yield passed("growth", sentence, (at, at + 1, at + 2), growth.quote)
        else:
            yield failed(
                "growth",
                (
                    f"从{listed(first)}到{listed(last)}变化{computed}，文中是{listed(growth)}。",
                    f"{quoted(first)} to {quoted(last)} is a change of {computed}, and {quoted(growth)} is stated.",
                ),
                computed,
                growth.quote,
                (at, at + 1, at + 2),
            )


def _is_one_change(text: str, first: Metric, last: Metric, growth: Metric) -> bool:
    if not (first.sentence == last.sentence == growth.sentence):
        return False
    if (first.kind, last.kind, growth.kind, growth.unit) != ("level", "level", "growth", "%"):
        return False
    if first.unit != last.unit or not all(m.qualifier == "exact" and m.value for m in (first, last, growth)):
        return False
    return (
        _FROM.search(text[max(0, first.start - 10) : first.start]) is not None
        and _TO.match(text[first.end : last.start]) is not None
        and _BY.match(text[last.end : growth.start]) is not None
    )
