"""Small tables: what their rows say, by the rows of cases/tables.yml, and the laws of rows."""

import re
from dataclasses import replace
from itertools import groupby
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extract.issue import read_issue
from tasks.records import Reading
from tests.extract.reading import cases, clean_text, expected, facts

Case = dict[str, Any]

_HEAD = "园区 规上工业总产值（亿元） 同比增长（%） 规上企业数（家） 亩均税收（万元）"
_NAMES = ("一园", "钛谷产业园", "长治高新区", "潞州区", "5G产业园", "2021年")
_LAWS = settings(deadline=None, max_examples=80)
_ROWS = st.tuples(
    st.sampled_from(_NAMES),
    st.one_of(st.just("—"), st.decimals(0, 9999, places=1).map(str)),
    st.one_of(st.just("-"), st.decimals(-99, 99, places=1).map(str)),
    st.one_of(st.just("/"), st.integers(0, 999).map(str)),
    st.one_of(st.just("—"), st.decimals(0, 99, places=2).map(str)),
).map(" ".join)
_CELLS = (
    "园区 指标 单位 产值（亿元） 同比±% （%） 总量 合计 其中：一园 12.3 -4.5 1,234 — 2022 6月 第3位 12亿元 8.1% 增长3.2% "
    "5G产业园 排名 序号 7 万元 单位：亿元 备注 含3家新增"
)


def read_table(rows: list[str], before: str = "1—6月，长治高新区情况如下：", headline: str = "") -> Reading:
    """What extraction reads in an article of one sentence and the rows of a table."""
    issue = clean_text("\n".join([before, *rows]), headline)
    article = issue.articles[0]
    told, *lines = article.paragraphs
    article = replace(article, paragraphs=(told, *(replace(line, kind="table") for line in lines)))
    return read_issue(replace(issue, articles=(article,))).readings[0]


@pytest.mark.parametrize("case", cases("tables"))
def test_the_metrics_of_a_table(case: Case) -> None:
    reading = read_table(case["rows"], case["before"], case.get("headline", ""))
    shown = [facts(metric, reading) for metric in reading.metrics]
    assert [row["quote"] for row in shown] == [row["quote"] for row in case["metrics"]]
    for row, own in zip(shown, case["metrics"], strict=True):
        wanted = {"status": "actual", "per": None, "part_of": None, "basis": None} | case.get("all", {}) | own
        assert {key: row[key] for key in wanted} == expected(wanted)
    assert [check.found for check in reading.checks] == case.get("unread", [])


@_LAWS
@given(st.lists(_ROWS, min_size=2, max_size=6), _ROWS)
def test_a_row_more_adds_its_own_metrics_and_changes_no_other(rows: list[str], more: str) -> None:
    before, after = _facts(read_table([_HEAD, *rows])), _facts(read_table([_HEAD, *rows, more]))
    assert after[: len(before)] == before
    assert [row["quote"] for row in after[len(before) :]] == _numbers(more)


@_LAWS
@given(st.lists(_ROWS, min_size=2, max_size=6), st.data())
def test_rows_in_another_order_give_the_same_metrics(rows: list[str], data: st.DataObject) -> None:
    def said(order: list[str]) -> list[list[dict[str, Any]]]:
        reading = read_table([_HEAD, *order])
        told = groupby(reading.metrics, key=lambda metric: metric.paragraph)
        return sorted(([facts(metric, reading) for metric in row] for _, row in told), key=repr)

    assert said(rows) == said(data.draw(st.permutations(rows)))


@_LAWS
@given(
    st.lists(st.lists(st.sampled_from(_CELLS.split(" ")), min_size=1, max_size=6).map(" ".join), min_size=1, max_size=6)
)
def test_every_number_of_a_table_is_a_metric_a_name_or_a_question(rows: list[str]) -> None:
    reading = read_table(rows)
    body = reading.article.body
    quotes = [body[metric.start : metric.end] for metric in reading.metrics]
    assert quotes == [metric.quote for metric in reading.metrics]
    starts = [metric.start for metric in reading.metrics]
    assert starts == sorted(set(starts))
    found = [*quotes, *(check.found or "" for check in reading.checks)]
    for number in ("12.3", "4.5", "1,234", "12亿元", "8.1%", "3.2%"):
        assert sum(number in text for text in found) == sum(cell.count(number) for cell in " ".join(rows).split())
    for metric in reading.metrics:
        assert (metric.unit == "count") == (metric.classifier is not None)
        assert metric.part_of is None or reading.metrics[metric.part_of].unit == metric.unit


def test_a_table_of_many_short_rows_is_read_row_by_row() -> None:
    rows = [_HEAD, *("一园 12.3 4.5" for _ in range(300)), "二园 12.3 4.5 7 8.1", "三园 12.3 4.5 7 8.1"]
    reading = read_table(rows)
    assert len(reading.checks) + len(reading.metrics) == 2 * 300 + 8


def _facts(reading: Reading) -> list[dict[str, Any]]:
    return [facts(metric, reading) for metric in reading.metrics]


def _numbers(row: str) -> list[str]:
    return [cell for cell in row.split(" ")[1:] if re.search(r"\d", cell)]
