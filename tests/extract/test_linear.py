"""Work grows with the length of a text and not faster, whatever the text: counted in calls, so that no clock decides."""

import sys
from types import FrameType

import pytest

from tasks.extract.issue import read_issue
from tests.extract.reading import clean_text

_LENGTH = 2_400
_SPARE = 1.15
"""Twice the text may take a little more than twice the calls: lists grow in steps, the first quantities have no context."""

_SHAPES = {
    "digits": "1234567890",
    "dots": ".",
    "commas": "，",
    "large-units": "亿",
    "numerals": "一二三四五六七八九十",
    "numbers": "12、",
    "counts": "3个、",
    "money": "3元",
    "ranges": "3至",
    "percent": "12%、",
    "clauses": "园区完成投资3.5亿元，增长12%，",
    "open-brackets": "（增长3%",
    "open-quotes": "“3",
    "open-titles": "《增长3%",
    "parts": "其中3个",
    "among": "中有3个，",
    "shares-of-shares": "总量占全市3%，",
    "respectively": "分别增长3%、4%，",
    "ranks": "增速居第3位，",
    "times": "1—9月增长3%、",
    "deadlines": "截至6月底增长3%、",
    "plans": "计划投资3亿元，",
    "zones": "长治高新区完成3亿元，",
    "regions": "在全市12个、",
    "topics": "项目总投资3亿元，",
    "years": "2023年",
    "names": "项目",
    "paragraphs": "项目12个\n",
}


def _calls(text: str) -> int:
    """How many functions, of Python and of C, are called to read a text."""
    issue, calls = clean_text(text), 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        read_issue(issue)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("shape", _SHAPES)
def test_twice_the_text_is_twice_the_work(shape: str) -> None:
    unit = _SHAPES[shape]
    text = (unit * (2 * _LENGTH // len(unit) + 1))[: 2 * _LENGTH]
    read_issue(clean_text(text))  # patterns are compiled once
    assert _calls(text) <= 2 * _SPARE * _calls(text[:_LENGTH])


def test_the_quotes_of_a_sentence_share_its_text() -> None:
    reading = read_issue(clean_text("园区完成投资3亿元，" * 200)).readings[0]
    assert len(reading.metrics) == 200
    assert len({id(metric.sentence) for metric in reading.metrics}) == 1
