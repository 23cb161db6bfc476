"""Columns of short items: which paragraphs are the titles of items, and what each paragraph is about."""

import re
from collections.abc import Sequence
from typing import Final

from tasks.extract.headlines import is_of_column, is_of_government
from tasks.extract.lexicons import Lexicons
from tasks.extract.places import NamedZones, ZoneMention, full_zone
from tasks.extract.regions import region_named
from tasks.records import Article, Paragraph, ZoneName

_TITLES: Final = 2
"""Titles of items that an article has, the first of them at its beginning, so that it is a column."""
_LONGEST_TITLE: Final = 40
_COLUMN_ITEMS: Final = 3
_OPENING: Final = 60
"""Characters of a paragraph in which an item names its zone."""
_LABEL: Final = re.compile("([一-龥]{3,14}(?:园区?|区|基地|港|城))(?:[ 　]+|：|(?=\\d{1,2}月))(?=[^\\d]{0,40}\\d)")
_ENDS: Final = frozenset("。！？；：…")


def titles_of(paragraphs: Sequence[str]) -> list[bool]:
    """For each paragraph whether it is the title of an item below it; none is in an article that is no column."""
    ends = [not text or text[-1] in _ENDS or len(text) > _LONGEST_TITLE for text in paragraphs]
    titles = [not end and below for end, below in zip(ends, (*ends[1:], False), strict=True)]
    return titles if titles and titles[0] and sum(titles) >= _TITLES else [False] * len(titles)


def column_zones(
    article: Article,
    zone: ZoneName | None,
    titled: Sequence[ZoneMention],
    named: Sequence[NamedZones],
    titles: Sequence[bool],
    lexicons: Lexicons,
) -> list[ZoneName | None]:
    """For each paragraph of a column of short items the zone or region that it is about; None for every other one.

    `zone` is the article's, `titled` are the zones of the headline, `named` those of each paragraph; `titles` says
    which paragraphs are titles of items. A column is told by its headline, or by its paragraphs: three or more of them
    name a single zone, and not the same one. What stands below the title of an item is about what that names. What a
    government says of its whole division is no column.
    """
    headline = " ".join(article.headline)
    if titled or is_of_government(headline):
        return [None] * len(named)
    labelled = is_of_column(headline)
    single = [
        zones if _opens_with_zone(paragraph, zones, alone=not labelled) else None
        for paragraph, zones in zip(article.paragraphs, named, strict=True)
    ]
    firsts = [zones.mentions[0] if zones is not None and zones.mentions else None for zones in single]
    items: list[ZoneName | None] = [None] * len(named)
    if len({(first.place, first.kind) for first in firsts if first}) >= (2 if labelled else _COLUMN_ITEMS):
        items = [
            full_zone(first, zones.names, lexicons) if first else None
            for first, zones in zip(firsts, named, strict=True)
        ]
    if labelled:
        items = [item or _labelled(paragraph) for item, paragraph in zip(items, article.paragraphs, strict=True)]
    if zone is not None and zone.name != zone.region:
        return items
    return _below_titles(article, items, named, titles, lexicons)


def _labelled(paragraph: Paragraph) -> ZoneName | None:
    """The park whose name stands before an item, and apart from it: 红苗湖水产加工园 年加工能力15万吨."""
    label = _LABEL.match(paragraph.text) if paragraph.kind != "table" else None
    return ZoneName(label[1], None) if label else None


def _opens_with_zone(paragraph: Paragraph, zones: NamedZones, *, alone: bool) -> bool:
    """Whether a paragraph is told of the first zone that it names (`alone`: the only one); no row of a table is."""
    if paragraph.kind == "table" or not zones.mentions:
        return False
    single = not alone or len({mention.place for mention in zones.mentions}) == 1
    return single and zones.mentions[0].start - paragraph.start <= _OPENING


def _below_titles(
    article: Article,
    items: Sequence[ZoneName | None],
    named: Sequence[NamedZones],
    titles: Sequence[bool],
    lexicons: Lexicons,
) -> list[ZoneName | None]:
    """The items, those without a zone of their own with the zone or the one region that the title above them names."""
    found: list[ZoneName | None] = []
    current: ZoneName | None = None
    for paragraph, item, zones, is_title in zip(article.paragraphs, items, named, titles, strict=True):
        if is_title:
            current = item or (None if zones.mentions else region_named(paragraph.text, lexicons))
        found.append(item or (None if zones.mentions else current))
    return found
