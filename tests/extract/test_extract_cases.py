"""What a text says, by the rows of tests/extract/cases: every metric of a text is listed, every field given is compared."""

from typing import Any

import pytest

from tests.extract.reading import ISSUE_DATE, cases, expected, facts, read

Case = dict[str, Any]

_FILES = ("directions", "status", "periods", "zones", "parts", "subjects", "lists")


def _read(case: Case):
    asked = {key: case[key] for key in ("author", "publisher") if key in case}
    return read(case["text"], case.get("headline", ""), case.get("issue_date", ISSUE_DATE), **asked)


@pytest.mark.parametrize("case", cases("quantities"))
def test_a_quantity(case: Case) -> None:
    wanted = {"qualifier": "exact", "per": None, **{key: case[key] for key in case.keys() - {"id", "text"}}}
    if wanted["qualifier"] == "exact":
        wanted |= {"low": case["value"], "high": case["value"]}
    reading = _read(case)
    shown = [facts(metric, reading) for metric in reading.metrics]
    assert [row["quote"] for row in shown] == [case["quote"]]
    assert {key: shown[0][key] for key in wanted} == expected(wanted)
    assert not reading.checks


@pytest.mark.parametrize("case", cases("none"))
def test_no_metric_and_no_question(case: Case) -> None:
    reading = _read(case)
    assert [metric.quote for metric in reading.metrics] == []
    assert reading.checks == ()


@pytest.mark.parametrize("case", [case for name in _FILES for case in cases(name)])
def test_the_metrics_of_a_text(case: Case) -> None:
    reading = _read(case)
    shown = [facts(metric, reading) for metric in reading.metrics]
    assert [row["quote"] for row in shown] == [row["quote"] for row in case["metrics"]]
    for row, wanted in zip(shown, case["metrics"], strict=True):
        assert {key: row[key] for key in wanted} == expected(wanted)


@pytest.mark.parametrize("case", cases("unread"))
def test_an_unread_number_is_a_question(case: Case) -> None:
    reading = _read(case)
    assert [check.found for check in reading.checks] == case["found"]
    assert {check.rule for check in reading.checks} == {"unread_number"}
    assert all(found in check.message for check, found in zip(reading.checks, case["found"], strict=True))


@pytest.mark.parametrize("case", cases("events"))
def test_event_day_and_zone_of_an_article(case: Case) -> None:
    reading = _read(case)
    if "event_date" in case:
        assert reading.event_date == case["event_date"]
    if "zone" in case:
        assert (reading.zone.name if reading.zone else None) == case["zone"]
    if "region" in case:
        assert (reading.zone.region if reading.zone else None) == case["region"]
