"""An issue against what was published before: values that were restated, growth that the earlier value gives."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from tasks.check.findings import failed, listed, passed, quoted
from tasks.check.growth import REAL, change_between
from tasks.check.numbers import interval
from tasks.records import Check, Metric

Fact = tuple[str, str, str | None, str, str | None, str, str | None, str, date, date]
_VISITS: Final = re.compile("[家户人件车架批]次")


@dataclass(frozen=True, slots=True)
class Said:
    """A metric that was published before, or stands in an earlier article, with what a check has to know of it."""

    metric_id: str
    issue_id: str
    issue_date: date | None
    quote: str
    raw_value: str
    value: Decimal | None
    qualifier: str
    unit: str
    fact: Fact


def fact_of(metric: Metric, names: Mapping[str, str]) -> Fact | None:
    """What a metric is a value of; None where the text does not say enough to compare it with another issue's.

    `names` leads from a name of a zone to the canonical one. A number that holds at the issue's date is a fact of that
    day and of no other, so a period has to be stated.
    """
    period, zone = metric.period, metric.zone
    if period is None or zone is None or metric.value is None:
        return None
    return (
        names.get(zone.name, zone.name),
        metric.indicator,
        metric.subject,
        metric.kind,
        metric.basis,
        metric.unit,
        metric.per,
        metric.status,
        period.start,
        period.end,
    )


def check_restated(
    metrics: Sequence[Metric], issue_id: str, names: Mapping[str, str], earlier: Mapping[Fact, Sequence[Said]]
) -> Iterator[Check]:
    """The metrics that say another value of a fact than an earlier article or issue did."""
    facts = [fact_of(metric, names) for metric in metrics]
    for index, (metric, fact) in enumerate(zip(metrics, facts, strict=True)):
        if fact is None or not _is_telling(metric) or facts.count(fact) > 1:
            continue  # an article that says two values of one fact tells them apart by words that the fact lacks
        before = [said for said in earlier.get(fact, ()) if _is_of_visits(said.quote) == _is_of_visits(metric.quote)]
        if len({(said.issue_id, said.value) for said in before}) > len({said.issue_id for said in before}):
            continue
        if not before:
            continue
        last = max(before, key=lambda said: (said.issue_date or date.min, said.metric_id))
        one, other = interval(metric), interval(last)
        if one is None or other is None or one.meets(other):
            continue
        yield failed(
            "restated",
            _restated(metric, last, issue_id),
            last.quote,
            metric.quote,
            (index,),
            (last.metric_id,),
        )


def check_growth_by_year(
    metrics: Sequence[Metric], names: Mapping[str, str], earlier: Mapping[Fact, Sequence[Said]]
) -> Iterator[Check]:
    """A growth over the year before, stated right behind its level, against the level that was published for it."""
    for at in range(1, len(metrics)):
        level, growth = metrics[at - 1], metrics[at]
        if growth.kind != "growth" or growth.basis != "yoy" or growth.unit != "%" or level.kind != "level":
            continue
        if (level.subject, level.indicator, level.period) != (growth.subject, growth.indicator, growth.period):
            continue
        if REAL.search(growth.sentence):
            continue
        fact = fact_of(level, names)
        before = earlier.get(a_year_before(fact), ()) if fact else ()
        if len({said.value for said in before}) != 1:
            continue
        base = before[0]
        change, stated = change_between(base, level), interval(growth)
        if change is None or stated is None:
            continue
        possible, computed = change
        if possible.meets(stated):
            sentence = f"{level.quote} / {base.quote} - 1 = {growth.quote}"
            yield passed("growth", sentence, (at - 1, at), growth.quote)
        else:
            yield failed(
                "growth",
                (
                    (
                        f"{listed(level)}比上年同期的“{base.quote}”（期 {base.issue_id}）增长{computed}，"
                        f"文中是{listed(growth)}。"
                    ),
                    (
                        f"{quoted(level)} is {computed} more than “{base.quote}” a year before "
                        f"(issue {base.issue_id}), and {quoted(growth)} is stated."
                    ),
                ),
                computed,
                growth.quote,
                (at - 1, at),
                (base.metric_id,),
            )


def said_by(
    metrics: Sequence[Metric], ids: Sequence[str], issue_id: str, issue_date: date | None, names: Mapping[str, str]
) -> Iterator[Said]:
    """The metrics of an article as later articles and issues are compared with them; `ids` are their metric_ids."""
    for metric, metric_id in zip(metrics, ids, strict=True):
        fact = fact_of(metric, names)
        if fact is not None:
            yield Said(
                metric_id,
                issue_id,
                issue_date,
                metric.quote,
                metric.raw_value,
                metric.value,
                metric.qualifier,
                metric.unit,
                fact,
            )


def by_fact(said: Iterable[Said]) -> dict[Fact, list[Said]]:
    """What was said before, by the fact that it is a value of."""
    found: dict[Fact, list[Said]] = {}
    for one in said:
        found.setdefault(one.fact, []).append(one)
    return found


def _is_of_visits(quote: str) -> bool:
    """Whether a count is of visits (156家次, 3万人次): the same one may come several times, so it is another fact."""
    return _VISITS.search(quote) is not None


def _is_telling(metric: Metric) -> bool:
    return metric.subject is not None or metric.indicator_code is not None


def a_year_before(fact: Fact) -> Fact:
    """The same fact of the year before."""
    *rest, start, end = fact
    return (*rest, _year_before(start), _year_before(end))  # type: ignore[return-value]


def _year_before(day: date) -> date:
    leap = day.month == 2 and day.day == 29
    return day.replace(year=day.year - 1, day=28 if leap else day.day)


def _restated(metric: Metric, before: Said, issue_id: str) -> tuple[str, str]:
    period = metric.period
    assert period is not None
    zone = metric.zone.name if metric.zone else ""
    thing = metric.indicator if metric.subject is None else f"{metric.subject} {metric.indicator}"
    if before.issue_id == issue_id:
        where = ("本期另一篇文章", "another article of this issue")
    else:
        day = before.issue_date
        where = (f"{day or '无日期'}的一期", f"the issue of {day or 'no date'}")
    return (
        (
            f"{zone}{period.start}至{period.end}的{thing}，此处是{listed(metric)}，{where[0]}"
            f"（{before.metric_id}）是“{before.quote}”。"
        ),
        (
            f"{quoted(metric)} for {thing} of {zone or 'nobody'}, {period.start} to {period.end}, is "
            f"“{before.quote}” in {where[1]} ({before.metric_id})."
        ),
    )
