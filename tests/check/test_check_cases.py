"""Checks by cases: a text, and what they make of it."""

import re
from pathlib import Path

import pytest
import yaml

from tasks.check.issue import check_issue
from tasks.extract.issue import read_issue
from tests.extract.reading import clean_text

CASES = yaml.safe_load((Path(__file__).parent / "cases/texts.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_a_text_gives_the_checks_that_its_case_states(case) -> None:
    read = read_issue(clean_text(case["text"], case.get("headline", "")))
    checked, _ = check_issue(read, "issue", lambda _, index: f"{index}", {})
    (reading,) = checked.readings
    checks = [check for check in reading.checks if check.rule != "unread_number"]
    found = [[c.rule, c.outcome, [reading.metrics[index].quote for index in c.metrics]] for c in checks]
    assert found == case["checks"]
    for check in checks:
        # whoever reads the row alone sees every number that takes part
        assert all(reading.metrics[index].quote in check.message for index in check.metrics)
        assert (check.severity == "info") == (check.outcome == "passed")
        # a contradiction is told in Chinese, then in English; a sum that comes out is a formula
        assert bool(re.fullmatch(r"[^A-Za-z]*[一-龥].*?。 [^。]+\.", check.message)) == (check.outcome == "failed")
    for field in ("expected", "found"):
        if field in case:
            assert getattr(checks[0], field) == case[field]
