"""What is measured: rows of articles and of metrics, from the warehouse or straight from extraction."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from tasks.records import CleanIssue, Metric, Reading, ReadIssue

Row = Mapping[str, Any]
Number = Decimal | float | str | None
"""A number as a query, an export or extraction gives it."""

_TOLERANCE: Final = 1e-9


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """The columns of `articles` that are scored; a date is ISO text, empty where there is none."""

    article_id: str
    headline: str | None
    author: str | None
    event_date: str
    zone: str | None
    body: str
    kinds: tuple[str, ...] | None = None
    """What each paragraph of the body is, where that is known."""


@dataclass(frozen=True, slots=True)
class IssueRow:
    """The columns of `issues` that a masthead states; a date is ISO text, empty where it is none or only inferred."""

    title: str | None
    number: str | None
    issue_date: str
    publisher: str | None


@dataclass(frozen=True, slots=True)
class MetricRow:
    """The columns of `metrics` that are scored; a date is ISO text, empty where there is none."""

    metric_id: str | None
    article_id: str
    span_start: int
    span_end: int
    quote: str
    value: Number
    value_low: Number
    value_high: Number
    unit: str | None
    per: str | None
    qualifier: str | None
    kind: str | None
    basis: str | None
    subject: str | None
    indicator: str | None
    indicator_code: str | None
    status: str | None
    period_start: str
    period_end: str
    zone: str | None
    part_of: str | None


def article_row(row: Row) -> ArticleRow:
    """A row of the table `articles` as a query or an export gives it; other columns are left aside."""
    return ArticleRow(
        article_id=row["article_id"],
        headline=row.get("headline"),
        author=row.get("author"),
        event_date=_day(row.get("event_date")),
        zone=row.get("zone"),
        body=row["body"],
    )


def metric_row(row: Row) -> MetricRow:
    """A row of the table `metrics` as a query or an export gives it; other columns are left aside."""
    return MetricRow(
        metric_id=row.get("metric_id"),
        article_id=row["article_id"],
        span_start=int(row["span_start"]),
        span_end=int(row["span_end"]),
        quote=row["quote"],
        value=row.get("value"),
        value_low=row.get("value_low"),
        value_high=row.get("value_high"),
        unit=row.get("unit"),
        per=row.get("per"),
        qualifier=row.get("qualifier"),
        kind=row.get("kind"),
        basis=row.get("basis"),
        subject=row.get("subject"),
        indicator=row.get("indicator"),
        indicator_code=row.get("indicator_code"),
        status=row.get("status"),
        period_start=_day(row.get("period_start")),
        period_end=_day(row.get("period_end")),
        zone=row.get("zone"),
        part_of=row.get("part_of"),
    )


def rows_of(issue: ReadIssue) -> tuple[tuple[ArticleRow, ...], tuple[MetricRow, ...]]:
    """The rows that an issue would be published as; an id is the article's number and the metric's index in it."""
    articles = tuple(_article_of(reading) for reading in issue.readings)
    metrics = tuple(
        _metric_of(reading.article.seq, index, metric)
        for reading in issue.readings
        for index, metric in enumerate(reading.metrics)
    )
    return articles, metrics


def issue_row(issue: CleanIssue) -> IssueRow:
    """What an issue says of itself; a day that was only inferred it does not say."""
    masthead = issue.masthead
    stated = issue.issue_date if issue.issue_date_basis == "stated" else None
    return IssueRow(masthead.title, masthead.number, _day(stated), masthead.publisher)


def same_number(one: Number, other: Number) -> bool:
    """Whether two numbers are equal but for binary rounding; none is equal to none only."""
    a, b = _float(one), _float(other)
    if a is None or b is None:
        return a is b
    return abs(a - b) <= _TOLERANCE * max(1.0, abs(a), abs(b))


def _float(number: Number) -> float | None:
    return None if number is None or number == "" else float(number)


def _article_of(reading: Reading) -> ArticleRow:
    article = reading.article
    return ArticleRow(
        article_id=str(article.seq),
        headline=" ".join(article.headline),
        author=article.author,
        event_date=_day(reading.event_date),
        zone=reading.zone.name if reading.zone else None,
        body=article.body,
        kinds=tuple(paragraph.kind for paragraph in article.paragraphs),
    )


def _metric_of(seq: int, index: int, metric: Metric) -> MetricRow:
    return MetricRow(
        metric_id=f"{seq}/{index}",
        article_id=str(seq),
        span_start=metric.start,
        span_end=metric.end,
        quote=metric.quote,
        value=metric.value,
        value_low=metric.value_low,
        value_high=metric.value_high,
        unit=metric.unit,
        per=metric.per,
        qualifier=metric.qualifier,
        kind=metric.kind,
        basis=metric.basis,
        subject=metric.subject,
        indicator=metric.indicator,
        indicator_code=metric.indicator_code,
        status=metric.status,
        period_start=_day(metric.period.start if metric.period else None),
        period_end=_day(metric.period.end if metric.period else None),
        zone=metric.zone.name if metric.zone else None,
        part_of=None if metric.part_of is None else f"{seq}/{metric.part_of}",
    )


def _day(value: object) -> str:
    return str(value or "")[:10]
