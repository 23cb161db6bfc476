"""The laws of scoring: what each kind of error costs, and what costs nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.evaluate.figures import Overlap
from tasks.evaluate.gold import Gold, read_gold
from tasks.evaluate.rows import ArticleRow, MetricRow, article_row, metric_row
from tasks.evaluate.score import Disagreement, score

Perfect = Callable[[Gold], tuple[list[ArticleRow], list[MetricRow]]]

GOLD_FOLDERS = sorted(path.parent for path in Path(__file__).parents[1].glob("gold/*/articles.jsonl"))
ASKED = 10
"""Metrics of the small gold that are not optional."""

OPTIONAL = 5
"""Where its optional metric stands."""


@pytest.mark.parametrize("folder", GOLD_FOLDERS, ids=lambda folder: folder.name)
def test_a_gold_folder_against_itself_is_perfect(folder: Path, perfect: Perfect) -> None:
    gold = read_gold(folder)
    result = score(gold, *perfect(gold))
    assert set(result.figures.values().values()) == {1.0}
    assert result.disagreements == ()


def test_the_small_gold_against_itself_is_perfect_in_every_figure_there_is(small_gold: Gold, perfect: Perfect) -> None:
    result = score(small_gold, *perfect(small_gold))
    assert set(result.figures.values().values()) == {1.0}
    assert len(result.figures.shares) == 17
    assert result.figures.overlaps["detection"] == Overlap(ASKED, ASKED, ASKED)


@given(kept=st.sets(st.integers(0, ASKED)))
def test_a_dropped_metric_lowers_recall_alone(small_gold: Gold, perfect: Perfect, kept: set[int]) -> None:
    articles, metrics = perfect(small_gold)
    kept_metrics = [metric for index, metric in enumerate(metrics) if index in kept]
    found = len(kept - {OPTIONAL})
    result = score(small_gold, articles, kept_metrics)
    assert result.figures.overlaps["detection"] == Overlap(found, ASKED, found)
    assert result.figures.overlaps["segmentation"].f1 == 1.0
    assert [line.what for line in result.disagreements].count("missed") == ASKED - found


def test_an_invented_metric_lowers_precision_alone(small_gold: Gold, perfect: Perfect) -> None:
    articles, metrics = perfect(small_gold)
    invented = replace(metrics[0], span_start=0, span_end=3, quote="7月", metric_id="new")
    result = score(small_gold, articles, [*metrics, invented])
    assert result.figures.overlaps["detection"] == Overlap(ASKED, ASKED, ASKED + 1)
    assert result.figures.overlaps["strict"] == Overlap(ASKED, ASKED, ASKED + 1)
    assert result.disagreements == (Disagreement("a1", "not a metric: '7月' '在库项目' ''"),)


def test_a_metric_given_twice_is_an_invention(small_gold: Gold, perfect: Perfect) -> None:
    articles, metrics = perfect(small_gold)
    result = score(small_gold, articles, [*metrics, metrics[0]])
    assert result.figures.overlaps["detection"] == Overlap(ASKED, ASKED, ASKED + 1)


def test_a_metric_of_an_unknown_article_is_an_invention(small_gold: Gold, perfect: Perfect) -> None:
    articles, metrics = perfect(small_gold)
    result = score(small_gold, articles, [*metrics, replace(metrics[0], article_id="elsewhere")])
    assert result.figures.overlaps["detection"] == Overlap(ASKED, ASKED, ASKED + 1)


def test_a_row_stands_for_one_metric_only(small_gold: Gold, perfect: Perfect) -> None:
    twice = replace(small_gold, metrics=(small_gold.metrics[0], *small_gold.metrics))
    result = score(twice, *perfect(small_gold))
    assert result.figures.overlaps["detection"] == Overlap(ASKED, ASKED + 1, ASKED)


def test_the_right_number_beside_its_place_is_missed_and_invented(small_gold: Gold, perfect: Perfect) -> None:
    articles, metrics = perfect(small_gold)
    metrics[0] = replace(metrics[0], span_start=metrics[0].span_end, span_end=metrics[0].span_end + 3)
    result = score(small_gold, articles, metrics)
    assert result.figures.overlaps["detection"] == Overlap(ASKED - 1, ASKED, ASKED)


def test_gold_metrics_may_stand_in_any_order(small_gold: Gold, perfect: Perfect) -> None:
    backwards = replace(small_gold, metrics=small_gold.metrics[::-1])
    assert set(score(backwards, *perfect(small_gold)).figures.values().values()) == {1.0}


@pytest.mark.parametrize("quote", ["在库项目19个", "19"])
def test_the_total_may_be_quoted_longer_or_shorter(small_gold: Gold, perfect: Perfect, quote: str) -> None:
    articles, metrics = perfect(small_gold)
    metrics[0] = replace(metrics[0], quote=quote)
    assert score(small_gold, articles, metrics).figures.values()["part_of"] == 1.0


def test_an_optional_place_excuses_nothing_in_another_article(small_gold: Gold, perfect: Perfect) -> None:
    articles, metrics = perfect(small_gold)
    foreign = replace(metrics[OPTIONAL], article_id="elsewhere", metric_id="new")
    result = score(small_gold, articles, [*metrics, foreign])
    assert result.figures.overlaps["detection"] == Overlap(ASKED, ASKED, ASKED + 1)


def test_whatever_stands_in_an_optional_place_costs_nothing(small_gold: Gold, perfect: Perfect) -> None:
    articles, metrics = perfect(small_gold)
    wrong = replace(metrics[OPTIONAL], value=999, kind="rank", metric_id="new")
    result = score(small_gold, articles, [*metrics, wrong])
    assert result.figures.overlaps["detection"] == Overlap(ASKED, ASKED, ASKED)
    assert result.disagreements == ()


@pytest.mark.parametrize(
    ("index", "changes", "figures"),
    [
        pytest.param(0, {"value": 20}, {"value"}, id="value"),
        pytest.param(0, {"unit": "CNY"}, {"value"}, id="unit"),
        pytest.param(0, {"value": None}, {"value"}, id="no value"),
        pytest.param(0, {"kind": "delta"}, {"kind"}, id="kind"),
        pytest.param(0, {"subject": "企业"}, {"about"}, id="about"),
        pytest.param(1, {"indicator": "产值"}, {"about"}, id="about, second group"),
        pytest.param(0, {"status": "planned"}, {"status"}, id="status"),
        pytest.param(0, {"zone": "长治经开区"}, {"zone"}, id="zone"),
        pytest.param(0, {"zone": None}, {"zone"}, id="no zone"),
        pytest.param(0, {"period_start": "2022-01-01"}, {"period"}, id="start of the period"),
        pytest.param(0, {"period_end": "2024-07-31"}, {"period"}, id="as of another year"),
        pytest.param(0, {"period_end": "2023-01-01"}, {"period"}, id="as of the first day"),
        pytest.param(9, {"period_end": "2023-12-30"}, {"period"}, id="end of the period"),
        pytest.param(9, {"period_start": "", "period_end": ""}, {"period"}, id="no period"),
        pytest.param(8, {"value_low": 0.6}, {"value", "bounds"}, id="bound of a range"),
    ],
)
def test_a_wrong_answer_is_strictly_wrong_but_detected(
    small_gold: Gold, perfect: Perfect, index: int, changes: dict[str, Any], figures: set[str]
) -> None:
    articles, metrics = perfect(small_gold)
    metrics[index] = replace(metrics[index], **changes)
    result = score(small_gold, articles, metrics)
    assert result.figures.overlaps["detection"] == Overlap(ASKED, ASKED, ASKED)
    assert result.figures.overlaps["strict"] == Overlap(ASKED - 1, ASKED, ASKED)
    assert {name for name, share in result.figures.shares.items() if share.rate < 1} == figures
    assert {line.what.split()[0] for line in result.disagreements} == figures


@pytest.mark.parametrize(
    ("index", "changes", "figure"),
    [
        (0, {"value_low": 18}, "bounds"),
        (4, {"value_high": 80}, "bounds"),
        (0, {"qualifier": "about"}, "qualifier"),
        (0, {"per": "亩"}, "per"),
        (6, {"per": None}, "per"),
        (7, {"basis": "mom"}, "basis"),
        (0, {"indicator_code": None}, "code"),
        (2, {"part_of": None}, "part_of"),
        (2, {"part_of": "m1"}, "part_of"),
    ],
)
def test_other_wrong_answers_lower_their_own_figure_alone(
    small_gold: Gold, perfect: Perfect, index: int, changes: dict[str, Any], figure: str
) -> None:
    articles, metrics = perfect(small_gold)
    metrics[index] = replace(metrics[index], **changes)
    values = score(small_gold, articles, metrics).figures.values()
    assert {name for name, value in values.items() if value < 1} == {figure}


@pytest.mark.parametrize(
    ("index", "changes"),
    [
        (0, {"value": "19.000000000001"}),
        (0, {"value": Decimal("19.000000000000"), "value_low": Decimal(19)}),
        (4, {"value_high": "", "qualifier": "at_least"}),
        (0, {"subject": "19 个在库", "indicator": "项目数量"}),
        (0, {"zone": "长治高新技术产业开发区"}),
        (0, {"period_end": "2023-06-30"}),
        (3, {"period_start": "2020-01-01", "zone": "大同市", "basis": "yoy", "indicator_code": "other"}),
    ],
)
def test_an_equal_or_unasked_answer_costs_nothing(
    small_gold: Gold, perfect: Perfect, index: int, changes: dict[str, Any]
) -> None:
    articles, metrics = perfect(small_gold)
    metrics[index] = replace(metrics[index], **changes)
    assert set(score(small_gold, articles, metrics).figures.values().values()) == {1.0}


@pytest.mark.parametrize(
    ("changes", "figure"),
    [
        ({"headline": "长治高新区项目建设提速"}, "headline"),
        ({"headline": None}, "headline"),
        ({"author": "张三"}, "author"),
        ({"event_date": "2023-07-30"}, "event_date"),
        ({"event_date": ""}, "event_date"),
        ({"zone": "长治经开区"}, "article zone"),
    ],
)
def test_a_wrong_article_field_lowers_its_own_figure_alone(
    small_gold: Gold, perfect: Perfect, changes: dict[str, Any], figure: str
) -> None:
    articles, metrics = perfect(small_gold)
    articles[0] = replace(articles[0], **changes)
    result = score(small_gold, articles, metrics)
    assert {name for name, value in result.figures.values().items() if value < 1} == {figure}
    assert [line.where for line in result.disagreements] == ["article 1"]


def test_a_lost_article_is_not_found_and_its_metrics_are_missed(small_gold: Gold, perfect: Perfect) -> None:
    articles, metrics = perfect(small_gold)
    result = score(small_gold, articles[:1], [metric for metric in metrics if metric.article_id == "a1"])
    values = result.figures.values()
    assert (values["segmentation precision"], values["segmentation recall"]) == (1.0, 0.5)
    assert (values["headline"], values["author"], values["body"]) == (0.5, 0.5, 0.5)
    assert (values["detection precision"], values["detection recall"]) == (1.0, 0.7)
    assert [line.what for line in result.disagreements] == ["not found", "missed", "missed", "missed"]


def test_two_articles_cut_as_one_are_no_segmentation_hit_but_keep_their_metrics(
    small_gold: Gold, perfect: Perfect
) -> None:
    (first, second), metrics = perfect(small_gold)
    shift = len(first.body) + 1
    moved = [
        metric
        if metric.article_id == first.article_id
        else replace(
            metric, article_id=first.article_id, span_start=metric.span_start + shift, span_end=metric.span_end + shift
        )
        for metric in metrics
    ]
    values = score(small_gold, [replace(first, body=f"{first.body}\n{second.body}")], moved).figures.values()
    assert values["segmentation f1"] == 0.0
    assert values["body"] == 0.0
    assert values["strict f1"] == 1.0


def test_a_paragraph_break_that_is_lost_or_put_in_is_counted(small_gold: Gold, perfect: Perfect) -> None:
    articles, metrics = perfect(small_gold)
    lost = [replace(articles[0], body=articles[0].body.replace("\n", "", 1)), articles[1]]
    put_in = [articles[0], replace(articles[1], body=articles[1].body.replace("，", "\n", 1))]
    assert score(small_gold, lost, metrics).figures.overlaps["paragraph breaks"] == Overlap(2, 3, 2)
    assert score(small_gold, put_in, metrics).figures.overlaps["paragraph breaks"] == Overlap(3, 3, 4)


def test_a_span_that_swallows_its_sentence_is_missed_and_invented(small_gold: Gold, perfect: Perfect) -> None:
    articles, metrics = perfect(small_gold)
    metrics[0] = replace(metrics[0], span_start=0)
    result = score(small_gold, articles, metrics)
    assert result.figures.overlaps["detection"] == Overlap(ASKED - 1, ASKED, ASKED)


def test_of_two_equally_long_overlaps_the_right_number_is_chosen(small_gold: Gold, perfect: Perfect) -> None:
    articles, metrics = perfect(small_gold)
    rival = replace(metrics[0], value=7, metric_id="rival")
    assert score(small_gold, articles, [rival, *metrics]).figures.values()["value"] == 1.0


@given(order=st.permutations(range(ASKED + 1)))
def test_the_order_of_the_rows_means_nothing(small_gold: Gold, perfect: Perfect, order: list[int]) -> None:
    articles, metrics = perfect(small_gold)
    result = score(small_gold, articles[::-1], [metrics[index] for index in order])
    assert set(result.figures.values().values()) == {1.0}


@given(places=st.sets(st.integers(0, 200), max_size=20), space=st.sampled_from(" 　\t"))
def test_white_space_in_a_body_means_nothing(small_gold: Gold, perfect: Perfect, places: set[int], space: str) -> None:
    articles, metrics = perfect(small_gold)
    spread = [replace(article, body=_spread(article.body, places, space)) for article in articles]
    moved = [
        replace(
            metric,
            span_start=metric.span_start + sum(place <= metric.span_start for place in places),
            span_end=metric.span_end + sum(place < metric.span_end for place in places),
        )
        for metric in metrics
    ]
    assert set(score(small_gold, spread, moved).figures.values().values()) == {1.0}


def test_nothing_read_is_zero_without_an_error(small_gold: Gold) -> None:
    values = score(small_gold, [], []).figures.values()
    assert values["detection f1"] == values["segmentation f1"] == values["body"] == 0.0
    assert "value" not in values


def test_rows_of_the_warehouse_are_taken_as_they_come(small_gold: Gold) -> None:
    article = article_row(
        {
            "article_id": "a",
            "issue_id": "i",
            "seq": 1,
            "event_date": date(2023, 7, 31),
            "body": small_gold.articles[0].body,
        }
    )
    metric = metric_row(
        {
            "article_id": "a",
            "metric_id": "m",
            "span_start": 19,
            "span_end": 22,
            "quote": "19个",
            "value": Decimal("19.000000000000"),
            "period_start": date(2023, 1, 1),
            "period_end": None,
        }
    )
    assert (article.event_date, article.headline) == ("2023-07-31", None)
    assert (metric.period_start, metric.period_end) == ("2023-01-01", "")
    result = score(small_gold, [article], [metric])
    assert result.figures.values()["event_date"] == 1.0


def _spread(body: str, places: set[int], space: str) -> str:
    return "".join((space if offset in places else "") + char for offset, char in enumerate(body))
