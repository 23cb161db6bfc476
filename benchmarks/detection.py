"""What the peers find of the metrics of the gold folders, beside what we find: precision, recall, F1."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.peers import Peer, Span
from benchmarks.texts import GOLD, document_of
from tasks.clean.issue import clean_issue
from tasks.evaluate.figures import Overlap
from tasks.evaluate.gold import METRICS_FILE, Gold, read_gold
from tasks.evaluate.rows import ArticleRow, MetricRow, rows_of
from tasks.evaluate.score import score
from tasks.extract.issue import read_issue
from tasks.records import ReadIssue

OURS = "jianbao"
_HELD = "held-"


def detection(peers: Mapping[str, Peer]) -> Iterator[tuple[str, Mapping[str, Overlap]]]:
    """For each part of the gold what everyone found there; the held-out folders are one part."""
    folders = sorted(path for path in GOLD.iterdir() if (path / METRICS_FILE).exists())
    by_part: dict[str, list[Path]] = {}
    for folder in folders:
        by_part.setdefault("held-out" if folder.name.startswith(_HELD) else folder.name, []).append(folder)
    totals: dict[str, Overlap] = {}
    for part, members in by_part.items():
        found: dict[str, Overlap] = {}
        for name, overlap in (pair for folder in members for pair in _detected(folder, peers)):
            found[name] = found.get(name, Overlap()) + overlap
        for name, overlap in found.items():
            totals[name] = totals.get(name, Overlap()) + overlap
        yield part, found
    yield "all", totals


def _detected(folder: Path, peers: Mapping[str, Peer]) -> Iterator[tuple[str, Overlap]]:
    gold = read_gold(folder)
    issue = read_issue(clean_issue(tuple(document_of(path) for path in gold.documents)))
    articles, metrics = rows_of(issue)
    yield OURS, _overlap(gold, articles, metrics)
    paragraphs = [paragraph.text for reading in issue.readings for paragraph in reading.article.paragraphs]
    for name, peer in peers.items():
        yield name, _overlap(gold, articles, list(_rows(issue, peer(paragraphs).spans)))


def _overlap(gold: Gold, articles: Sequence[ArticleRow], metrics: Sequence[MetricRow]) -> Overlap:
    return score(gold, articles, metrics).figures.overlaps["detection"]


def _rows(issue: ReadIssue, spans: Sequence[Sequence[Span]]) -> Iterator[MetricRow]:
    """The spans that a peer found in the paragraphs of an issue, as rows that say where and nothing else."""
    places = ((reading.article, paragraph) for reading in issue.readings for paragraph in reading.article.paragraphs)
    for (article, paragraph), found in zip(places, spans, strict=True):
        for start, end in found:
            span = paragraph.start + start, paragraph.start + end
            yield MetricRow(
                metric_id=None,
                article_id=str(article.seq),
                span_start=span[0],
                span_end=span[1],
                quote=article.body[slice(*span)],
                value=None,
                value_low=None,
                value_high=None,
                unit=None,
                per=None,
                qualifier=None,
                kind=None,
                basis=None,
                subject=None,
                indicator=None,
                indicator_code=None,
                status=None,
                period_start="",
                period_end="",
                zone=None,
                part_of=None,
            )
