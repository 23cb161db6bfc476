"""The articles of a gold folder as cleaning should have left them, so that extraction is measured apart from it."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import accumulate

from tasks.evaluate.align import bare
from tasks.evaluate.gold import Gold, GoldArticle
from tasks.records import Article, CleanIssue, OffsetMap, Paragraph, ParagraphKind, Place

Kinds = Mapping[str, ParagraphKind]


def with_gold_articles(issue: CleanIssue, gold: Gold) -> CleanIssue:
    """The issue with the gold's articles in place of those that cleaning made of its documents.

    Where the gold does not say what kind a paragraph is, it is what cleaning made of the same text. The offsets lead to
    no line of a document.
    """
    kinds = {bare(part.text): part.kind for article in issue.articles for part in article.paragraphs}
    return replace(issue, articles=tuple(_article(article, kinds) for article in gold.articles))


def _article(gold: GoldArticle, kinds: Kinds) -> Article:
    starts = list(accumulate((len(text) + 1 for text in gold.paragraphs), initial=0))[:-1]
    stated = gold.kinds or [kinds.get(bare(text), "text") for text in gold.paragraphs]
    return Article(
        seq=gold.article,
        headline=gold.headline,
        kicker=None,
        title=None,
        subtitle=None,
        author=gold.author,
        dateline=None,
        column_label=None,
        body=gold.body,
        paragraphs=tuple(
            Paragraph(kind, text, start, start + len(text))
            for kind, text, start in zip(stated, gold.paragraphs, starts, strict=True)
        ),
        offsets=OffsetMap(tuple(starts), tuple(Place(1, line, 0) for line in range(1, len(starts) + 1))),
        page=1,
        line_start=1,
        line_end=len(starts),
    )
