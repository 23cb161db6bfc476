"""Column labels (栏目, 【园区动态】): a line by itself above the article that it introduces."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from tasks.clean.lines import Printed
from tasks.clean.marks import bare_label, is_framed_label
from tasks.clean.rules import Layout
from tasks.records import Article

_HAN: Final = re.compile("[一-龥]")
_WORDS: Final = re.compile("[一-龥]{2,8}")


def labelled(articles: Sequence[Article], aside: Iterable[Printed], layout: Layout) -> list[Article]:
    """The articles of an issue, each with the label that stands between it and the article before it."""
    labels = sorted(
        ((line.strip.document, line.strip.line), text) for line in aside if (text := _label_in(line, layout))
    )
    places = [place for place, _ in labels]
    after = (0, 0)
    told: list[Article] = []
    for article in articles:
        at = bisect_right(places, (article.document, article.line_start)) - 1
        above = labels[at][1] if at >= 0 and places[at] >= after else None
        told.append(replace(article, column_label=article.column_label or above))
        after = (article.document, article.line_end)
    return told


def _label_in(line: Printed, layout: Layout) -> str | None:
    found = layout.column_label.fullmatch(line.text)
    if found and _HAN.search(found[1]):  # not [logo.png]
        return bare_label(found[1])
    bare = bare_label(line.text)
    known = layout.label_words.fullmatch(bare) or is_framed_label(line.text, layout, known=False)
    return bare if known or (line.is_framed and _WORDS.fullmatch(bare)) else None
