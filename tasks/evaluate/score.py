"""Rows against gold: every figure, and every disagreement behind it."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from tasks.evaluate.align import Alignment, align, bare_text, breaks
from tasks.evaluate.figures import OF_ARTICLES, SHARES, Figures, Overlap, Share
from tasks.evaluate.floors import Shortfall, shortfalls
from tasks.evaluate.gold import Gold, GoldArticle, GoldMetric
from tasks.evaluate.judge import STRICT, Verdict, judge_article, judge_masthead, judge_metric
from tasks.evaluate.match import Sought, choose_metrics, pair_articles, place_metrics
from tasks.evaluate.rows import ArticleRow, IssueRow, MetricRow

_ALWAYS_ASKED: Final = ("headline", "author", "body")
"""What is wrong with an article that was not found; the other questions about it are not asked."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A difference between the rows and the gold: where it is and what it is, for people."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A gold folder's figures, the disagreements behind them in reading order, and the figures below their floor."""

    name: str
    figures: Figures
    disagreements: tuple[Disagreement, ...]
    shortfalls: tuple[Shortfall, ...]


@dataclass(frozen=True, slots=True)
class _ArticleResult:
    """An article's answers, its paragraph breaks, and where its metrics (the optional ones, too) should be found."""

    verdicts: tuple[Verdict, ...]
    breaks: Overlap
    places: tuple[Sought, ...]
    disagreements: tuple[Disagreement, ...]


def score(
    gold: Gold, articles: Sequence[ArticleRow], metrics: Sequence[MetricRow], issue: IssueRow | None = None
) -> Evaluation:
    """What the rows of one issue are worth against the gold of the same issue; `issue` is what it says of itself.

    Where the gold says nothing of metrics, none of their figures is measured.
    """
    if gold.metrics is None:
        metrics = ()
    masthead = tuple(judge_masthead(gold.masthead, issue)) if gold.masthead and issue else ()
    pairs = pair_articles(gold.articles, articles)
    results = [_score_article(article, gold.metrics or (), pairs.get(article.article)) for article in gold.articles]
    places = [place for result in results for place in result.places]
    sought = [place for place in places if not place.metric.optional]
    chosen = choose_metrics(sought, metrics)
    answers = _judge_metrics(sought, metrics, chosen)
    inventions = _inventions(metrics, set(chosen.values()), [place for place in places if place.metric.optional])
    given = len(chosen) + len(inventions)
    overlaps = {
        "segmentation": Overlap(_paired_alone(pairs.values()), len(gold.articles), len(articles)),
        "paragraph breaks": sum((result.breaks for result in results), Overlap()),
        "detection": Overlap(len(chosen), len(sought), given),
        "strict": Overlap(sum(map(_is_strict, answers.values())), len(sought), given),
    }
    figures = Figures(
        overlaps if gold.metrics is not None else {name: overlaps[name] for name in OF_ARTICLES},
        shares=_shares(chain(masthead, *(result.verdicts for result in results), *answers.values())),
    )
    disagreements = (
        *_wrong("masthead", masthead),
        *chain.from_iterable(result.disagreements for result in results),
        *chain.from_iterable(_disagree(place.metric, answers.get(index)) for index, place in enumerate(sought)),
        *map(_invented, inventions),
    )
    return Evaluation(str(gold.folder), figures, disagreements, shortfalls(figures, gold.floors))


def _score_article(article: GoldArticle, metrics: Iterable[GoldMetric], row: ArticleRow | None) -> _ArticleResult:
    where = f"article {article.article}"
    mine = [metric for metric in metrics if metric.article == article.article]
    if row is None:
        return _ArticleResult(
            verdicts=tuple(Verdict(figure, right=False, given="none", gold=where) for figure in _ALWAYS_ASKED),
            breaks=Overlap(),
            places=tuple(map(Sought, mine)),
            disagreements=(Disagreement(where, "not found"),),
        )
    gold, given = bare_text(article.body), bare_text(row.body)
    alignment = align(gold.text, given.text)
    verdicts = tuple(judge_article(article, row, alignment.similarity))
    return _ArticleResult(
        verdicts=verdicts,
        breaks=_score_breaks(breaks(article.paragraphs), breaks(row.body.split("\n")), alignment),
        places=tuple(place_metrics(mine, row.article_id, gold, given, alignment)),
        disagreements=tuple(_wrong(where, verdicts)),
    )


def _score_breaks(wanted: frozenset[int], given: frozenset[int], alignment: Alignment) -> Overlap:
    """A break is found where the row breaks right behind the last character of the gold paragraph."""
    carried = {last[0] + 1 for end in wanted if (last := alignment.carry(end - 1, end))}
    return Overlap(len(carried & given), len(wanted), len(given))


def _judge_metrics(
    sought: Sequence[Sought], metrics: Sequence[MetricRow], chosen: Mapping[int, int]
) -> dict[int, tuple[Verdict, ...]]:
    totals = {row.metric_id: row for row in metrics}
    return {
        index: tuple(judge_metric(sought[index].metric, metrics[at], totals.get(metrics[at].part_of)))
        for index, at in chosen.items()
    }


def _inventions(
    metrics: Sequence[MetricRow], chosen: Collection[int], optional: Sequence[Sought]
) -> tuple[MetricRow, ...]:
    """The rows that stand for no gold metric and touch no optional one."""
    return tuple(
        row
        for index, row in enumerate(metrics)
        if index not in chosen and not any(_touches(row, place) for place in optional)
    )


def _touches(row: MetricRow, place: Sought) -> bool:
    if place.span is None or place.article_id != row.article_id:
        return False
    return row.span_start < place.span[1] and place.span[0] < row.span_end


def _paired_alone(rows: Iterable[ArticleRow]) -> int:
    """How many gold articles have a row to themselves: one that two of them share was cut wrongly."""
    return list(Counter(row.article_id for row in rows).values()).count(1)


def _is_strict(verdicts: Iterable[Verdict]) -> bool:
    return all(verdict.right for verdict in verdicts if verdict.figure in STRICT)


def _shares(verdicts: Iterable[Verdict]) -> dict[str, Share]:
    counts = Counter((verdict.figure, verdict.right) for verdict in verdicts)
    shares = {name: Share(counts[name, True], counts[name, True] + counts[name, False]) for name in SHARES}
    return {name: share for name, share in shares.items() if share.asked}


def _disagree(metric: GoldMetric, verdicts: Iterable[Verdict] | None) -> Iterator[Disagreement]:
    where = f"article {metric.article} {metric.quote}"
    return iter((Disagreement(where, "missed"),)) if verdicts is None else _wrong(where, verdicts)


def _wrong(where: str, verdicts: Iterable[Verdict]) -> Iterator[Disagreement]:
    for verdict in verdicts:
        if not verdict.right:
            yield Disagreement(where, f"{verdict.figure} {verdict.given}, gold {verdict.gold}")


def _invented(row: MetricRow) -> Disagreement:
    return Disagreement(row.article_id, f"not a metric: {row.quote!r} {row.subject!r} {row.indicator!r}")
