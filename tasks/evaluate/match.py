"""What stands for what: the row of an article for each gold article, the row of a metric for each gold metric."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tasks.evaluate.align import Alignment, BareText, Span, bare
from tasks.evaluate.gold import GoldArticle, GoldMetric
from tasks.evaluate.rows import ArticleRow, MetricRow, same_number

_GRAM_SIZE: Final = 6
"""Articles are compared by the runs of this many characters that they share."""

_SPARE_LENGTH: Final = 6
"""A row's span may be this much longer than twice the right one; one that swallows its sentence points at nothing."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A gold metric, the article row that should have it, and its span in the row's body; None where there is none."""

    metric: GoldMetric
    article_id: str | None = None
    span: Span | None = None


def pair_articles(wanted: Sequence[GoldArticle], given: Sequence[ArticleRow]) -> dict[int, ArticleRow]:
    """For each gold article (by number) the row that has most of its text; none where no row has half of it."""
    candidates = {row.article_id: (row, _grams(row.body)) for row in given}
    pairs: dict[int, ArticleRow] = {}
    for article in wanted:
        mine = _grams("".join(article.paragraphs))
        shared = {article_id: len(mine & grams) for article_id, (_, grams) in candidates.items()}
        best = max(shared, key=shared.__getitem__, default=None)
        if best is not None and 2 * shared[best] >= len(mine):
            pairs[article.article] = candidates[best][0]
    return pairs


def place_metrics(
    metrics: Sequence[GoldMetric], article_id: str, gold: BareText, given: BareText, alignment: Alignment
) -> Iterator[Sought]:
    """Where the metrics of an article lie in the body of its row; of equal quotes each takes the next place."""
    after = 0
    for metric in metrics:
        quote = bare(metric.quote)
        start = gold.text.find(quote, after)
        if start < 0:
            start = gold.text.index(quote)
        after = start + len(quote)
        span = alignment.carry(start, after)
        yield Sought(metric, article_id, given.full(span) if span else None)


def choose_metrics(sought: Sequence[Sought], given: Sequence[MetricRow]) -> dict[int, int]:
    """For each metric that is found (by its index in `sought`) the index of the row that stands for it.

    The row with the largest overlap is taken, of equal ones the one with the right number; no row is taken twice.
    """
    free: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(given):
        free[row.article_id].append(index)
    chosen: dict[int, int] = {}
    for index, want in enumerate(sought):
        if want.article_id is None or want.span is None:
            continue
        rivals = free[want.article_id]
        fits = {rival: fit for rival in rivals if (fit := _fit(want.metric, want.span, given[rival])) > 0}
        if fits:
            chosen[index] = max(fits, key=fits.__getitem__)
            rivals.remove(chosen[index])
    return chosen


def _fit(metric: GoldMetric, span: Span, row: MetricRow) -> float:
    """Characters that the row's span shares with the right one, and a half if the number is right, too; 0 is no fit."""
    start, end = span
    if row.span_end - row.span_start > 2 * (end - start) + _SPARE_LENGTH:
        return 0.0
    overlap = min(end, row.span_end) - max(start, row.span_start)
    if overlap <= 0:
        return 0.0
    exact = same_number(row.value, metric.value) and (
        metric.value is not None or same_number(row.value_low, metric.low)
    )
    return overlap + 0.5 * exact


def _grams(text: str) -> frozenset[str]:
    plain = bare(text)
    return frozenset(plain[start : start + _GRAM_SIZE] for start in range(max(1, len(plain) - _GRAM_SIZE + 1)))
