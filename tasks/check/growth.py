"""Stated growth and stated shares against the ones that the numbers beside them give."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from tasks.check.findings import failed, listed, passed, quoted
from tasks.check.numbers import Interval, Printed, half_unit, interval
from tasks.records import Check, Metric

REAL: Final = re.compile("可比价|不变价|同口径|剔除|扣除|实际增长|生产总值|增加值|GDP")
"""Words by which a growth is not that of the amounts printed; 生产总值 and 增加值 grow at constant prices."""
_GOES_ON: Final = re.compile(r"^[，,、](?:增长|增幅|下降|降幅|增加|减少)[为达]?$")
"""较年初增加13.2亿元，增长20.2%: the second number is compared with the same as the first."""
_SHARE: Final = re.compile(r"^[，,（(]?(?:占比|占比为|占比达|占总数的|占总额的|占总值的|占|占其)$")
_OF: Final = re.compile(r"^[，,]占[^，。；\d]{2,16}$")
_OF_IT: Final = re.compile("^的(?:比重|比例)?(?:为|达)?$")
_HUNDRED: Final = Decimal(100)


def check_changes(article_text: str, metrics: Sequence[Metric]) -> Iterator[Check]:
    """余额78.5亿元，较年初增加13.2亿元，增长20.2%: level, change and growth of one thing, side by side."""
    for at in range(len(metrics) - 2):
        level = metrics[at]
        if level.kind != "level" or level.sentence != metrics[at + 1].sentence:
            continue
        pair = (metrics[at + 1], metrics[at + 2])
        change = next((metric for metric in pair if metric.kind == "delta"), None)
        growth = next((metric for metric in pair if metric.kind == "growth"), None)
        if change is None or growth is None or not _speak_of_one_thing(article_text, level, change, growth):
            continue
        earlier = _difference(level, change)
        found = None if earlier is None else ratio(_interval(change), earlier)
        if found is None:
            continue
        indices = tuple(metrics.index(metric, at) for metric in (level, change, growth))
        assert level.value is not None
        assert change.value is not None
        computed = percent(change.value, level.value - change.value)
        if found.meets(_interval(growth)):
            sentence = f"{change.quote} / ({level.quote} - {change.quote}) = {growth.quote}"
            yield passed("growth", sentence, indices, growth.quote)
        else:
            yield failed(
                "growth",
                (
                    f"{listed(level)}，增减{listed(change)}，折合增长{computed}，文中是{listed(growth)}。",
                    (
                        f"{quoted(level)} with a change of {quoted(change)} is a growth of {computed}, and "
                        f"{quoted(growth)} is stated."
                    ),
                ),
                computed,
                growth.quote,
                indices,
            )


def check_shares(article_text: str, metrics: Sequence[Metric]) -> Iterator[Check]:
    """其中小微企业1087户，占90.3%: the share that follows a part is that of the part in its total."""
    for at in range(2, len(metrics)):
        if _is_share_of_stated(article_text, *metrics[at - 2 : at + 1]):
            yield from _share(metrics, at - 2, at - 1, at)
    for at in range(1, len(metrics)):
        part, share = metrics[at - 1], metrics[at]
        if part.part_of is None or share.kind != "ratio" or share.unit != "%" or share.sentence != part.sentence:
            continue
        total = metrics[part.part_of]
        if part.kind != "level" or total.kind != "level" or part.unit != total.unit:
            continue
        if not _SHARE.match(article_text[part.end : share.start]) or not _are_exact(part, total, share):
            continue
        yield from _share(metrics, at - 1, part.part_of, at)


def _is_share_of_stated(text: str, part: Metric, total: Metric, share: Metric) -> bool:
    """税收3.2亿元，占一般公共预算收入4亿元的80%: the whole stands between 占 and the share."""
    if (part.kind, total.kind, share.kind, share.unit) != ("level", "level", "ratio", "%") or part.unit != total.unit:
        return False
    return (
        _OF.match(text[part.end : total.start]) is not None
        and _OF_IT.match(text[total.end : share.start]) is not None
        and _are_exact(part, total, share)
    )


def _share(metrics: Sequence[Metric], part_at: int, total_at: int, share_at: int) -> Iterator[Check]:
    part, total, share = metrics[part_at], metrics[total_at], metrics[share_at]
    found = ratio(_interval(part), _interval(total))
    if found is None:
        return
    indices = (total_at, part_at, share_at)
    computed = percent(part.value, total.value)
    if found.meets(_interval(share)):
        yield passed("share", f"{part.quote} / {total.quote} = {share.quote}", indices, share.quote)
        return
    yield failed(
        "share",
        (
            f"{listed(part)}占{listed(total)}的{computed}，文中是{listed(share)}。",
            f"{quoted(part)} of {quoted(total)} is {computed}, and {quoted(share)} is stated.",
        ),
        computed,
        share.quote,
        indices,
    )


def ratio(part: Interval, whole: Interval) -> Interval | None:
    """The percentages that one number can be of another; None when the whole may be nothing."""
    if part.low is None or part.high is None or whole.low is None or whole.high is None or whole.low <= 0:
        return None
    ends = [_HUNDRED * p / w for p in (part.low, part.high) for w in (whole.low, whole.high)]
    return Interval(min(ends), max(ends))


def change_between(first: Printed, last: Printed) -> tuple[Interval, str] | None:
    """By how many percent a number differs from an earlier one: all that it can be, and what a sentence says."""
    before, after = interval(first), interval(last)
    found = ratio(after, before) if after and before else None
    if found is None or found.low is None or found.high is None:
        return None
    assert first.value is not None
    assert last.value is not None
    change = percent(last.value - first.value, first.value)
    return Interval(found.low - _HUNDRED, found.high - _HUNDRED), change


def percent(part: Decimal | None, whole: Decimal | None) -> str:
    """One printed number in percent of another, for a sentence: 20.21%."""
    assert part is not None
    assert whole
    return f"{(_HUNDRED * part / whole).quantize(Decimal('0.01')).normalize():f}%"


def _speak_of_one_thing(text: str, level: Metric, change: Metric, growth: Metric) -> bool:
    if not (level.sentence == change.sentence == growth.sentence) or not _are_exact(level, change, growth):
        return False
    if change.unit != level.unit or growth.unit != "%":
        return False
    if "peer" in (change.basis, growth.basis):
        return False  # 比全市平均水平高3100元，增速11.2%
    first, second = sorted((change, growth), key=lambda metric: metric.start)
    if change.basis != growth.basis and not _GOES_ON.match(text[first.end : second.start]):
        return False
    if REAL.search(level.sentence):
        return False
    names = {(metric.subject, metric.indicator) for metric in (level, change, growth)}
    return len(names) == 1


def _are_exact(*metrics: Metric) -> bool:
    return all(metric.qualifier == "exact" and metric.value is not None for metric in metrics)


def _interval(metric: Metric) -> Interval:
    assert metric.value is not None
    half = half_unit(metric)
    return Interval(metric.value - half, metric.value + half)


def _difference(level: Metric, change: Metric) -> Interval | None:
    one, other = _interval(level), _interval(change)
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return None
    return Interval(one.low - other.high, one.high - other.low)
