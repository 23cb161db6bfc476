"""Rows keep the promises of the schema or refuse the document."""

import dataclasses
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tasks.errors import UnloadableError
from tasks.load.rows import Rows, issue_rows
from tasks.records import Metric, ReadIssue
from tasks.sources.discover import discover
from tasks.sources.group import fetch_issue, identify_issue, issues_of
from tests.support.bulletins import bulletin, drop, read_bulletin
from warehouse.home import Home
from warehouse.schema import ISSUE_TABLES, REVISIONS


@pytest.fixture
def read(tmp_path: Path) -> ReadIssue:
    home = Home.at(tmp_path)
    home.prepare()
    drop(home, "a.txt", bulletin(1))
    (found,) = issues_of(discover((), home), home)
    file = identify_issue(found, home)
    fetch_issue(file, home)
    return read_bulletin(file, home)


def make(read: ReadIssue) -> Rows:
    return issue_rows(read, "0123456789ab", 1, (1, 2), "run", datetime(2026, 1, 1))  # noqa: DTZ001 - the tables hold UTC without a zone


def with_metrics(read: ReadIssue, *metrics: Metric) -> ReadIssue:
    first = dataclasses.replace(read.readings[0], metrics=metrics, checks=())
    return dataclasses.replace(read, readings=(first, *read.readings[1:]))


def test_rows_have_exactly_the_columns_of_their_table(read: ReadIssue) -> None:
    rows = make(read)
    for table in (*ISSUE_TABLES, REVISIONS):
        names = {column.name for column in table.columns}
        assert rows[table.name], table.name
        assert all(set(row) == names for row in rows[table.name]), table.name


def test_ids_count_from_one_and_parts_name_their_total(read: ReadIssue) -> None:
    total = read.readings[0].metrics[0]
    rows = make(with_metrics(read, total, dataclasses.replace(total, part_of=0)))["metrics"]
    assert [row["metric_id"] for row in rows[:2]] == ["0123456789ab-01-001", "0123456789ab-01-002"]
    assert rows[1]["part_of"] == "0123456789ab-01-001"


def test_a_metric_leads_to_its_source_line(read: ReadIssue) -> None:
    (row, *_) = make(read)["metrics"]
    assert (row["source_page"], row["source_line_start"], row["source_line_end"]) == (1, 4, 4)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"start": 0}, "does not stand at its offsets"),
        ({"quote": "", "start": 5, "end": 5}, "does not stand at its offsets"),
        ({"value": Decimal("0.0000000000001")}, "does not fit"),
        ({"value_high": Decimal("1e26")}, "does not fit"),
    ],
)
def test_a_broken_promise_refuses_the_document(read: ReadIssue, change: dict[str, object], message: str) -> None:
    metric = dataclasses.replace(read.readings[0].metrics[0], **change)  # type: ignore[arg-type]
    with pytest.raises(UnloadableError, match=message):
        make(with_metrics(read, metric))


def test_the_largest_and_the_finest_numbers_fit(read: ReadIssue) -> None:
    metric = dataclasses.replace(
        read.readings[0].metrics[0], value=Decimal("9" * 26), value_low=Decimal("0.000000000001")
    )
    row = make(with_metrics(read, metric))["metrics"][0]
    assert row["value"] == Decimal("9" * 26)
    assert row["value_low"] == Decimal("0.000000000001")
