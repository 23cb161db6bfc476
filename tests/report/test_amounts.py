"""Amounts for people: the words, and the law that no digit is lost."""

import re
from decimal import Context, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.report.amounts import amount, exact, stated
from tasks.report.labels import labels

SCALES = {"亿": 10**8, "万": 10**4, "": 1}


@pytest.mark.parametrize(
    ("value", "unit", "classifier", "per", "words"),
    [
        ("3335000000.000000000000", "CNY", None, None, "33.35 亿元"),
        ("53800", "CNY", None, None, "5.38 万元"),
        ("2500", "CNY", None, "亩", "2,500 元/亩"),
        ("9999.99", "CNY", None, None, "9,999.99 元"),
        ("-100000000", "CNY", None, None, "-1 亿元"),
        ("19", "count", "个", None, "19 个"),
        ("118310", "count", "人次", None, "118,310 人次"),
        ("19", "count", None, None, "19"),
        ("-6.8", "%", None, None, "-6.8%"),
        ("1.1", "pp", None, None, "1.1 个百分点"),
        ("0", "CNY", None, None, "0 元"),
        ("5", "parsec", None, None, "5 parsec"),
    ],
)
def test_amounts_in_words(value, unit, classifier, per, words):
    assert amount(Decimal(value), unit, classifier, per) == words


def test_what_is_asserted():
    assert stated(Decimal(80), Decimal(80), None, "over", "count", "场") == "＞80 场"
    assert stated(None, Decimal(2500), Decimal(7500), "range", "CNY") == "2,500 元 – 7,500 元"
    assert stated(None, Decimal(10**9), None, "range", "CNY") == "10 亿元"
    assert exact(Decimal("3335000000.000000000000"), "CNY") == "3,335,000,000 CNY"
    assert exact(None, "CNY") == ""


@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**25), max_value=10**25, places=12),
    st.sampled_from(sorted(labels().units)),
)
def test_no_digit_is_lost(value, unit):
    digits, scale = re.fullmatch(r"(-?[\d,.]+) ?([亿万]?).*", amount(value, unit)).groups()
    with localcontext(Context(prec=80)):
        assert Decimal(digits.replace(",", "")) * SCALES[scale] == value
