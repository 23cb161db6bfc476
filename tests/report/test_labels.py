"""Every code that a row can carry has its words."""

from typing import get_args

import pytest

from tasks import records
from tasks.check.findings import rules
from tasks.extract.lexicons import lexicons
from tasks.report.charts import FUNNEL
from tasks.report.labels import Labels, labels


@pytest.mark.parametrize(
    ("what", "codes"),
    [
        ("status", get_args(records.Status)),
        ("kind", get_args(records.Kind)),
        ("basis", get_args(records.Basis)),
        ("qualifier", get_args(records.Qualifier)),
        ("period_basis", get_args(records.PeriodBasis)),
        ("issue_date_basis", get_args(records.DateBasis)),
        ("severity", get_args(records.Severity)),
        ("outcome", get_args(records.Outcome)),
    ],
)
def test_every_code_of_the_records_has_words(what, codes):
    assert set(getattr(labels(), what)) == set(codes)


def test_every_unit_that_the_text_can_give_has_words():
    assert {unit for unit, _ in lexicons().units.values()} <= set(labels().units)


def test_every_rule_of_the_checks_has_words():
    assert set(labels().rule) == {*rules(), "unread_number"}


def test_every_stage_of_the_funnel_has_words():
    assert set(FUNNEL) <= set(labels().stage)


def test_unknown_lists_are_refused():
    with pytest.raises(ValueError, match="extra"):
        Labels.model_validate(labels().model_dump() | {"extra": {}})
