"""Texts read as articles of one issue, and the cases of tests/extract/cases."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from tasks.extract.issue import read_issue
from tasks.records import Article, CleanIssue, Masthead, Metric, OffsetMap, Paragraph, Place, Reading

ISSUE_DATE: Final = date(2023, 7, 31)
_CASES: Final = Path(__file__).parent / "cases"


def cases(name: str) -> list[Any]:
    """The rows of a file of cases as pytest parameters."""
    rows = yaml.safe_load((_CASES / f"{name}.yml").read_text(encoding="utf-8"))
    ids = [row["id"] for row in rows]
    assert len(set(ids)) == len(ids), f"{name}.yml uses an id twice"
    return [pytest.param(row, id=row["id"]) for row in rows]


def clean_article(body: str, headline: str = "", author: str | None = None) -> Article:
    """A cleaned article whose paragraphs are the lines of a body."""
    paragraphs, places, starts, start = [], [], [], 0
    for line, text in enumerate(body.split("\n"), start=1):
        paragraphs.append(Paragraph("text", text, start, start + len(text)))
        starts.append(start)
        places.append(Place(1, line, 0))
        start += len(text) + 1
    return Article(
        seq=1,
        headline=(headline,) if headline else (),
        kicker=None,
        title=headline or None,
        subtitle=None,
        author=author,
        dateline=None,
        column_label=None,
        body=body,
        paragraphs=tuple(paragraphs),
        offsets=OffsetMap(tuple(starts), tuple(places)),
        page=1,
        line_start=1,
        line_end=len(paragraphs),
    )


def clean_text(
    body: str,
    headline: str = "",
    issue_date: date | None = ISSUE_DATE,
    author: str | None = None,
    publisher: str | None = None,
) -> CleanIssue:
    """A cleaned issue of one article."""
    article = clean_article(body, headline, author)
    return CleanIssue((), Masthead(publisher=publisher), issue_date, "stated" if issue_date else None, (article,), ())


def read(
    body: str,
    headline: str = "",
    issue_date: date | None = ISSUE_DATE,
    author: str | None = None,
    publisher: str | None = None,
) -> Reading:
    """What extraction reads in a body."""
    return read_issue(clean_text(body, headline, issue_date, author, publisher)).readings[0]


def facts(metric: Metric, reading: Reading) -> dict[str, Any]:
    """Every field of a metric that a case can state, as a case writes it."""
    period = metric.period
    return {
        "quote": metric.quote,
        "raw_value": metric.raw_value,
        "raw_unit": metric.raw_unit,
        "value": metric.value,
        "low": metric.value_low,
        "high": metric.value_high,
        "qualifier": metric.qualifier,
        "unit": metric.unit,
        "classifier": metric.classifier,
        "per": metric.per,
        "kind": metric.kind,
        "basis": metric.basis,
        "subject": metric.subject,
        "indicator": metric.indicator,
        "code": metric.indicator_code,
        "status": metric.status,
        "period": [period.start, period.end] if period else None,
        "period_text": period.text if period else None,
        "period_basis": period.basis if period else None,
        "zone": metric.zone.name if metric.zone else None,
        "region": metric.zone.region if metric.zone else None,
        "part_of": None if metric.part_of is None else reading.metrics[metric.part_of].quote,
    }


def expected(row: dict[str, Any]) -> dict[str, Any]:
    """A metric of a case with exact numbers."""
    return {
        key: Decimal(str(value)) if key in ("value", "low", "high") and value is not None else value
        for key, value in row.items()
    }
