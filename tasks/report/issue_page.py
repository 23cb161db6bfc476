"""The page of an issue: its rows arranged for the template issue.html."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tasks.report.labels import labels
from tasks.report.records import Article, Check, IssuePage, Metric, Statement
from tasks.report.segments import Block, blocks


class Told(NamedTuple):
    """An article with its paragraphs in pieces, and its metrics."""

    row: Article
    blocks: tuple[Block, ...]
    metrics: tuple[Metric, ...]


class Choice(NamedTuple):
    """A filter: the name of the attribute, its label, and the values to choose from with their words and counts."""

    name: str
    zh: str
    en: str
    values: list[tuple[str, str, int]]


def issue_context(page: IssuePage) -> dict[str, object]:
    """What issue.html is filled with."""
    articles = tuple(_told(article, page) for article in page.articles)
    metrics = tuple(metric for article in articles for metric in article.metrics)
    failed = tuple(check for check in page.checks if check.outcome == "failed")
    return {
        "state": page.state,
        "issue": page.issue,
        "articles": articles,
        "metrics": metrics,
        "by_id": {metric.metric_id: metric for metric in metrics},
        "number": {metric.metric_id: number for number, metric in enumerate(metrics, 1)},
        "files": {article.row.article_id: article.row.file_name for article in articles},
        "parts_of": _parts(metrics),
        "checks": page.checks,
        "checks_of": _checks(page.checks),
        "failed": failed,
        "doubted": {metric_id for check in failed for metric_id in check.metric_ids},
        "said": _history(page.statements),
        "options": choices(metrics),
    }


def choices(metrics: Iterable[Metric]) -> list[Choice]:
    """The filters of a page of metrics: zone, indicator, status, kind; the most frequent values first."""
    rows = tuple(metrics)
    names = {m.indicator_code: m.indicator_zh or m.indicator_code for m in rows if m.indicator_code}
    zones = Counter(m.zone for m in rows if m.zone)
    codes = Counter(m.indicator_code or "-" for m in rows)
    return [
        Choice("zone", "开发区", "zone", [(zone, zone, n) for zone, n in zones.most_common()]),
        Choice("code", "指标", "indicator", [(c, names.get(c, "其他（无代码）"), n) for c, n in codes.most_common()]),
        Choice("status", "状态", "status", _coded("status", (m.status for m in rows))),
        Choice("kind", "种类", "kind", _coded("kind", (m.kind for m in rows))),
    ]


def _coded(what: str, codes: Iterable[str]) -> list[tuple[str, str, int]]:
    return [(code, labels().of(what, code).zh, number) for code, number in Counter(codes).most_common()]


def _told(article: Article, page: IssuePage) -> Told:
    metrics = tuple(metric for metric in page.metrics if metric.article_id == article.article_id)
    paragraphs = [paragraph for paragraph in page.paragraphs if paragraph.article_id == article.article_id]
    return Told(article, blocks(article.body, paragraphs, metrics), metrics)


def _parts(metrics: Iterable[Metric]) -> Mapping[str, list[Metric]]:
    parts: defaultdict[str, list[Metric]] = defaultdict(list)
    for metric in metrics:
        if metric.part_of:
            parts[metric.part_of].append(metric)
    return parts


def _checks(checks: Iterable[Check]) -> Mapping[str, list[Check]]:
    by_metric: defaultdict[str, list[Check]] = defaultdict(list)
    for check in checks:
        for metric_id in dict.fromkeys(check.metric_ids):
            by_metric[metric_id].append(check)
    return by_metric


def _history(statements: Iterable[Statement]) -> Mapping[str, list[Statement]]:
    """For each metric what else was said of the same fact."""
    facts: defaultdict[int, list[Statement]] = defaultdict(list)
    for statement in statements:
        facts[statement.fact].append(statement)
    said: defaultdict[str, list[Statement]] = defaultdict(list)
    for members in facts.values():
        for member in members:
            said[member.metric_id] = [other for other in members if other.metric_id != member.metric_id]
    return said
