"""Articles in traditional characters: read as simplified ones, told in the characters that are printed.

The rules and lexicons are written in simplified characters. One character stands for one, so every offset stays.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Final

from tasks.records import Article, Check, Masthead, Metric, Reading, ZoneName

_SHARE: Final = 0.05
"""A text in traditional characters has a fifth of them and more, a simplified one has none, or those of a name."""

_QUOTED: Final = re.compile("“([^”]+)”")


def is_traditional(article: Article) -> bool:
    """Whether an article is printed in traditional characters."""
    text = article.body
    if _traditional().isdisjoint(text):
        return False
    return sum(map(_traditional().__contains__, text)) >= _SHARE * len(text)


def simplified(article: Article) -> Article:
    """The article in simplified characters, with the same offsets."""
    return replace(
        article,
        headline=tuple(map(_folded, article.headline)),
        author=_folded(article.author) if article.author else None,
        dateline=_folded(article.dateline) if article.dateline else None,
        body=_folded(article.body),
        paragraphs=tuple(replace(part, text=_folded(part.text)) for part in article.paragraphs),
    )


def simplified_masthead(masthead: Masthead) -> Masthead:
    """The masthead in simplified characters."""
    title, publisher = (_folded(text) if text else None for text in (masthead.title, masthead.publisher))
    return replace(masthead, title=title, publisher=publisher)


def as_printed(reading: Reading, article: Article) -> Reading:
    """What was read in the simplified article, in the characters of the printed one."""
    words = _Words(reading.article, article)
    return replace(
        reading,
        article=article,
        zone=words.zone(reading.zone),
        metrics=tuple(words.metric(metric) for metric in reading.metrics),
        checks=tuple(words.check(check) for check in reading.checks),
    )


class _Words:
    """Finds how words of the simplified article are printed; words that stand in it nowhere stay as they are."""

    def __init__(self, read: Article, printed: Article) -> None:
        self._pairs = ((read.body, printed.body), (" ".join(read.headline), " ".join(printed.headline)))

    def metric(self, metric: Metric) -> Metric:
        period = metric.period
        return replace(
            metric,
            quote=self._pairs[0][1][metric.start : metric.end],
            sentence=self.of(metric.sentence),
            subject=self.of(metric.subject) if metric.subject else None,
            indicator=self.of(metric.indicator),
            per=self.of(metric.per) if metric.per else None,
            classifier=self.of(metric.classifier) if metric.classifier else None,
            period=replace(period, text=self.of(period.text)) if period else None,
            zone=self.zone(metric.zone),
        )

    def zone(self, zone: ZoneName | None) -> ZoneName | None:
        return replace(zone, name=self.of(zone.name)) if zone else None

    def check(self, check: Check) -> Check:
        message = _QUOTED.sub(lambda quoted: f"“{self.of(quoted[1])}”", check.message)
        return replace(check, message=message, found=self.of(check.found) if check.found else None)

    def of(self, words: str) -> str:
        for read, printed in self._pairs:
            at = read.find(words)
            if at >= 0:
                return printed[at : at + len(words)]
        return words


def _folded(text: str) -> str:
    return text.translate(_folding())


@cache
def _folding() -> dict[int, str]:
    """For each traditional character its simplified one; one that simplified texts use as well (著, 乾) stays.

    於 is no more than a name there, and here the 于 of 高於 and 不低於.
    """
    return {ord("於"): "于"} | {
        ord(traditional): forms[0] for traditional, forms in _rows() if traditional not in forms
    }


@cache
def _traditional() -> frozenset[str]:
    return frozenset(map(chr, _folding()))


def _rows() -> Iterable[tuple[str, list[str]]]:
    """The rows of OpenCC's table: a traditional character and the simplified ones that are written for it."""
    table = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text(encoding="utf-8")
    for row in table.splitlines():
        traditional, _, forms = row.partition("\t")
        if len(traditional) == 1 and forms:
            yield traditional, forms.split(" ")
