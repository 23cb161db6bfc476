"""A small gold folder with every feature of the format, and the rows that a perfect reading of it would give."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any, Final

import pytest

from tasks.evaluate.gold import AS_OF, Gold, GoldMetric, read_gold
from tasks.evaluate.rows import ArticleRow, MetricRow, article_row, metric_row

Row = dict[str, Any]

_ARTICLES: Final[list[Row]] = [
    {
        "article": 1,
        "headline": ["长治高新区项目建设提速", "———上半年项目综述"],
        "author": "张三 李四",
        "zone": ["长治高新技术产业开发区", "长治高新区"],
        "event_date": "2023-07-31",
        "paragraphs": [
            "7月31日，长治高新区通报情况：在库项目19个，总投资110.92亿元，其中新建项目5个，总投资33.35亿元。",
            "企业服务",
            "累计举办宣讲80余场，组建三个专班，农户每亩增收2500元，同比增长6.5%。",
        ],
    },
    {
        "article": 2,
        "headline": ["鲜枣丰收"],
        "author": None,
        "zone": None,
        "event_date": None,
        "paragraphs": ["今年鲜枣每斤卖到0.5-1.5元，预计年产量3万吨。", "近700批次订单发往各地，客商络绎不绝。"],
    },
]


def _metric(article: int, quote: str, value: float | None, unit: str, *about: list[str], **others: object) -> Row:
    usual = {
        "low": value,
        "high": value,
        "kind": ["level"],
        "qualifier": ["exact"],
        "status": ["actual"],
        "optional": False,
    }
    unasked = dict.fromkeys(("per", "basis", "code", "period", "zone", "part_of"))
    return {
        "article": article,
        "quote": quote,
        "value": value,
        "unit": unit,
        "about": list(about),
        **usual,
        **unasked,
        **others,
    }


_METRICS: Final[list[Row]] = [
    _metric(
        1, "19个", 19, "count", ["在库项目"], code=["project.count"], period=["2023-01-01", "asof"], zone=["长治高新区"]
    ),
    _metric(1, "110.92亿元", 11092000000, "CNY", ["项目"], ["总投资"], code=["project.investment"]),
    _metric(1, "5个", 5, "count", ["新建项目", "项目"], part_of="19个"),
    _metric(1, "33.35亿元", 3335000000, "CNY", ["总投资"], part_of="110.92亿元"),
    _metric(1, "80余场", 80, "count", ["宣讲"], high=None, qualifier=["over", "at_least"]),
    _metric(1, "三个", 3, "count", ["专班"], optional=True),
    _metric(1, "2500元", 2500, "CNY", ["增收"], per="亩"),
    _metric(1, "6.5%", 6.5, "%", ["增收", "增长"], kind=["growth"], basis=["yoy"]),
    _metric(2, "0.5-1.5元", None, "CNY", ["鲜枣"], low=0.5, high=1.5, qualifier=["range"], per="斤"),
    _metric(
        2, "3万吨", 30000, "t", ["鲜枣"], ["产量"], status=["expected", "planned"], period=["2023-01-01", "2023-12-31"]
    ),
    _metric(2, "近700批次", 700, "count", ["订单"], low=None, qualifier=["under", "about"]),
]

WriteGold = Callable[..., Path]
Perfect = Callable[[Gold], tuple[list[ArticleRow], list[MetricRow]]]


@pytest.fixture
def gold_rows() -> tuple[list[Row], list[Row]]:
    """The articles and the metrics of the small gold, free to be changed."""
    return deepcopy(_ARTICLES), deepcopy(_METRICS)


@pytest.fixture
def write_gold(tmp_path: Path) -> WriteGold:
    """Writes a gold folder and gives its path."""

    def write(articles: list[Row], metrics: list[Row], *, source: str = "source.txt") -> Path:
        folder = tmp_path / "gold"
        folder.mkdir(exist_ok=True)
        _write(folder, articles, metrics, source)
        return folder

    return write


@pytest.fixture(scope="session")
def small_gold(tmp_path_factory: pytest.TempPathFactory) -> Gold:
    """The small gold, unchanged."""
    folder = tmp_path_factory.mktemp("small")
    _write(folder, _ARTICLES, _METRICS, "source.txt")
    return read_gold(folder)


@pytest.fixture(scope="session")
def perfect() -> Perfect:
    """The rows that agree with a gold in everything."""
    return lambda gold: (
        [article_row(row) for row in _article_rows(gold)],
        [metric_row(row) for row in _metric_rows(gold)],
    )


def _write(folder: Path, articles: list[Row], metrics: list[Row], source: str) -> None:
    for name, rows in (("articles.jsonl", articles), ("metrics.jsonl", metrics)):
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / name).write_text("".join(lines), encoding="utf-8")
    text = "\n\n".join("\n".join([*article["headline"], *article["paragraphs"]]) for article in articles)
    (folder / source).write_text(text, encoding="utf-8")


def _article_rows(gold: Gold) -> list[Row]:
    return [
        {
            "article_id": f"a{article.article}",
            "headline": " ".join(article.headline),
            "author": article.author,
            "event_date": article.event_date,
            "zone": article.zone[0] if article.zone else None,
            "body": article.body,
        }
        for article in gold.articles
    ]


def _metric_rows(gold: Gold) -> list[Row]:
    rows: list[Row] = []
    for article in gold.articles:
        after = 0
        for metric in (metric for metric in gold.metrics or () if metric.article == article.article):
            start = article.body.find(metric.quote, after)
            after = start + len(metric.quote)
            rows.append({**_metric_row(metric), "metric_id": f"m{len(rows)}", "span_start": start, "span_end": after})
    ids = {(row["article_id"], row["quote"]): row["metric_id"] for row in rows}
    return [{**row, "part_of": ids.get((row["article_id"], row["part_of"]))} for row in rows]


def _metric_row(metric: GoldMetric) -> Row:
    start, end = metric.period or (None, None)
    return {
        "article_id": f"a{metric.article}",
        "quote": metric.quote,
        "value": metric.value,
        "value_low": metric.low,
        "value_high": metric.high,
        "unit": metric.unit,
        "per": metric.per,
        "qualifier": metric.qualifier[0],
        "kind": metric.kind[0],
        "basis": metric.basis[0] if metric.basis else None,
        "subject": metric.about[0][0],
        "indicator": "".join(group[0] for group in metric.about[1:]),
        "indicator_code": metric.code[0] if metric.code else None,
        "status": metric.status[0],
        "period_start": start,
        "period_end": f"{start[:4]}-12-31" if start and end == AS_OF else end,
        "zone": metric.zone[0] if metric.zone else None,
        "part_of": metric.part_of,
    }
