"""The gold issues: they are consistent, so nothing fails, and the sums that a careful reader sees in the sample are found."""

from pathlib import Path

import pytest

from tasks.check.issue import check_issue
from tasks.clean.issue import clean_issue
from tasks.extract.issue import read_issue
from tasks.read.document import read_document
from tasks.records import Check, Fetched, ReadIssue

GOLD = Path(__file__).parent.parent / "gold"
SAMPLE = GOLD / "shanxi-2023/shanxi-2023.txt"
OPEN = [SAMPLE, *sorted(GOLD.glob("open-*/source.txt"))]


def checked(path: Path) -> ReadIssue:
    file = Fetched(path.as_uri(), path.name, "0" * 64, path.stat().st_size, path.name)
    issue = read_issue(clean_issue((read_document(file, path.parent),)))
    return check_issue(issue, "issue", lambda reading, index: f"{reading.article.seq}-{index}", {})[0]


def checks(path: Path) -> list[Check]:
    return [c for reading in checked(path).readings for c in reading.checks if c.rule != "unread_number"]


@pytest.mark.parametrize("path", OPEN, ids=lambda path: path.parent.name)
def test_no_check_fails_on_a_consistent_issue(path: Path) -> None:
    assert [check.message for check in checks(path) if check.outcome == "failed"] == []


def test_the_sums_of_the_sample_are_found() -> None:
    assert {(check.rule, check.message) for check in checks(SAMPLE)} == {
        ("parts_total", "3个 + 12个 + 4个 = 19个"),
        ("parts_total", "80.26亿元 + 30.66亿元 = 110.92亿元"),
        ("parts_total", "26.47亿元 + 6.88亿元 = 33.35亿元"),
        ("parallel_total", "12个 + 7个 = 19个"),
    }


PLANTED = [
    ("4\n个，总投资 110.92", "5\n个，总投资 110.92", "parts_total", "20个"),
    ("80.26", "80.62", "parts_total", "111.28亿元"),
    ("12 个，总投资 26.47", "13 个，总投资 26.47", "parallel_total", "20个"),
    ("26.47", "26.74", "parallel_total", "33.62亿元"),
    ("52.1%，辐射", "152.1%，辐射", "magnitude", "152.1%"),
]


@pytest.mark.parametrize(("printed", "planted", "rule", "found"), PLANTED, ids=[row[1] for row in PLANTED])
def test_a_contradiction_planted_in_the_sample_is_found(
    tmp_path: Path, printed: str, planted: str, rule: str, found: str
) -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    assert printed in text
    path = tmp_path / SAMPLE.name
    path.write_text(text.replace(printed, planted), encoding="utf-8")
    failed = [(check.rule, check.found) for check in checks(path) if check.outcome == "failed"]
    assert failed == [(rule, found)]
