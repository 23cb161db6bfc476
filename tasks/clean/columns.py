"""Column labels (栏目, 【园区动态】): a line by itself above the article that it introduces."""

from collections.abc import Sequence
from dataclasses import replace

from tasks.clean.lines import Printed
from tasks.clean.rules import Layout
from tasks.records import Article


def labelled(articles: Sequence[Article], furniture: Sequence[Printed], layout: Layout) -> list[Article]:
    """The articles of a document, each with the label that stands between it and the article before it."""
    labels: list[tuple[tuple[int, int], str]] = []
    for line in furniture:
        found = layout.column_label.fullmatch(line.text)
        if found:
            labels.append(((line.strip.document, line.strip.line), found[1]))
    ends = ((0, 0), *((article.document, article.line_end) for article in articles[:-1]))
    return [
        replace(
            article,
            column_label=next(
                (text for place, text in labels[::-1] if after <= place <= (article.document, article.line_start)), None
            ),
        )
        for article, after in zip(articles, ends, strict=True)
    ]
