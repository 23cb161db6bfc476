"""An issue in traditional characters says what it says in simplified ones, in the characters that it is printed in."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from reading import ISSUE_DATE, clean_text

from tasks.evaluate.gold import read_gold
from tasks.extract.issue import read_issue
from tasks.extract.traditional import is_traditional
from tasks.records import Metric

GOLD = Path(__file__).parents[1] / "gold" / "shanxi-2023"


@cache
def table() -> dict[str, str]:
    """The traditional form of each simplified character that has one alone."""
    text = files("opencc").joinpath("dictionary/STCharacters.txt").read_text(encoding="utf-8")
    rows = (row.split("\t") for row in text.splitlines())
    return {simplified: forms for simplified, forms in rows if len(forms) == 1}


def traditional(text: str) -> str:
    return "".join(table().get(char, char) for char in text)


def meaning(metric: Metric) -> tuple[object, ...]:
    """What does not depend on the characters."""
    period = metric.period
    return (
        metric.start,
        metric.end,
        metric.value,
        metric.value_low,
        metric.value_high,
        metric.unit,
        metric.kind,
        metric.basis,
        metric.qualifier,
        metric.indicator_code,
        metric.status,
        (period.start, period.end) if period else None,
        metric.part_of,
        traditional(metric.subject or ""),
        traditional(metric.zone.name) if metric.zone else None,
    )


def test_the_sample_says_the_same_in_traditional_characters() -> None:
    for article in read_gold(GOLD).articles:
        headline = " ".join(article.headline)
        body = "\n".join(article.paragraphs)
        one = read_issue(clean_text(body, headline, ISSUE_DATE)).readings[0]
        other = read_issue(clean_text(traditional(body), traditional(headline), ISSUE_DATE)).readings[0]
        assert is_traditional(other.article)
        assert not is_traditional(one.article)
        assert [meaning(metric) for metric in other.metrics] == [meaning(metric) for metric in one.metrics]
        printed = other.article.body
        assert all(printed[metric.start : metric.end] == metric.quote for metric in other.metrics)
        assert all(metric.subject in printed + traditional(headline) for metric in other.metrics if metric.subject)
