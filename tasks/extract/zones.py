"""Development zones by name: which one an article and a quantity are about."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from tasks.extract.lexicons import Lexicons, either
from tasks.records import Article, ZoneName

_PLACE: Final = 12
"""Characters before a zone's suffix that may belong to its name."""

_OPENING: Final = 40
"""Characters in which a sentence names what it is about."""

_COLUMN_ITEMS: Final = 3
_SURVEY: Final = 3
"""An article that names so many zones, and none of them half of the time, is about their province."""

_REGION_WORDS: Final = {"全市": "市", "全省": "省", "全县": "县", "全国": "国"}


@dataclass(frozen=True, slots=True)
class ZoneMention:
    """A zone named in a text: `text[start:end]`, its place (朔州), its kind and its name as written."""

    start: int
    end: int
    place: str
    kind: str
    name: str


def zones_in(text: str, lexicons: Lexicons) -> list[ZoneMention]:
    """The zones that a text names with their place; 经开区 alone names none."""
    found: list[ZoneMention] = []
    for match in _suffixes(lexicons).finditer(text):
        start = max(match.start() - _PLACE, found[-1].end if found else 0)
        place = _place(text[start : match.start()], lexicons)
        if place and (match[0] not in lexicons.zone_weak or place in lexicons.divisions):
            kind = lexicons.zone_suffixes[match[0]]
            found.append(ZoneMention(match.start() - len(place), match.end(), place, kind, place + match[0]))
    return found


def article_zone(
    article: Article, titled: Sequence[ZoneMention], named: Sequence[ZoneMention], lexicons: Lexicons
) -> ZoneName | None:
    """The zone that an article is about: the one of its headline, else the one that its text names most.

    `titled` are the zones of the headline, `named` those of the body. Where none is named, the region of the headline
    or of the first sentence.
    """
    if titled:
        first = titled[0]
    elif named:
        counts = Counter((m.place, m.kind) for m in named)
        if len(counts) >= _SURVEY and 2 * max(counts.values()) <= len(named):
            province = lexicons.common_province(m.place for m in named)
            if province:
                return ZoneName(province, province)
        first = max(named, key=lambda m: counts[m.place, m.kind])
    else:
        return _region(" ".join(article.headline) + "。" + article.body, lexicons)
    if first.kind == "开发区" and first.place in lexicons.divisions:
        own = [m for m in named if m.place.removesuffix("市") == first.place.removesuffix("市") and m.kind != "开发区"]
        if not own and first.place.endswith(("省", "自治区", "市", "州", "盟")):
            return ZoneName(lexicons.divisions[first.place], lexicons.divisions[first.place])
    return _full(first, named, lexicons)


def column_zones(
    titled: Sequence[ZoneMention], named: Sequence[Sequence[ZoneMention]], lexicons: Lexicons
) -> list[ZoneName | None]:
    """For each paragraph of a column of short items the one zone that it names; None for every other paragraph.

    `titled` are the zones of the headline, `named` those of each paragraph. A column is told by its paragraphs: three
    or more of them name a single zone, and not the same one.
    """
    single = [mentions if len({m.place for m in mentions}) == 1 else [] for mentions in named]
    places = {mentions[0].place for mentions in single if mentions}
    if len(places) < _COLUMN_ITEMS or titled:
        return [None] * len(named)
    return [_full(mentions[0], mentions, lexicons) if mentions else None for mentions in single]


def quantity_zone(
    text: str, sentence: int, at: int, mentions: Sequence[ZoneMention], article: ZoneName | None, lexicons: Lexicons
) -> ZoneName | None:
    """The zone of a quantity: one that opens its sentence or its paragraph, else the article's.

    A region (全市) takes over where it is what is spoken of, and not what something is compared with.
    """
    region = _region_word(text[sentence:at], lexicons)
    if region and article and article.region and article.region.endswith(_REGION_WORDS[region]):
        return ZoneName(article.region, article.region)
    for start in (sentence, 0):
        said = [m for m in mentions if start <= m.start < at]
        opening = [m for m in said if m.start < start + _OPENING and _is_subject(text, start, m, lexicons)]
        if opening and start == sentence:
            return _full(opening[-1], mentions, lexicons)
        if opening and len({m.place for m in said}) == 1:  # a paragraph that goes on to others is about none of them
            return _full(opening[0], mentions, lexicons)
    return article


def _full(mention: ZoneMention, named: Iterable[ZoneMention], lexicons: Lexicons) -> ZoneName:
    """The longest form of a zone's name that the text uses, and the division that it lies in."""
    place = mention.place.removesuffix("市").removesuffix("县")
    same = [
        m
        for m in (*named, mention)
        if m.place.removesuffix("市").removesuffix("县") == place and m.kind == mention.kind
    ]
    name = max((m.name for m in same), key=len)
    return ZoneName(name, lexicons.divisions.get(mention.place) or _division_in(mention.place, lexicons))


def _place(before: str, lexicons: Lexicons) -> str:
    """The place at the end of the words before a suffix: known divisions, or what follows a word that ends a phrase."""
    for length in range(min(len(before), 8), 1, -1):
        tail = before[-length:]
        if tail in lexicons.divisions:
            return _city_before(before[:-length], tail, lexicons) + tail
    words = re.split("[^一-龥]|" + either(lexicons.zone_before), before)
    tail = words[-1] if words else ""
    if not 2 <= len(tail) <= 8 or tail.startswith(lexicons.zone_generic) or tail.endswith(lexicons.zone_generic):
        return ""
    # 山东济南明水: what stands above a zone's city is no part of its name, its city may be
    for cut in range(2, len(tail) - 1):
        if _is_province(tail[:cut], lexicons) and len(tail) - cut >= 2:
            return tail[cut:]
    return tail


def _city_before(before: str, name: str, lexicons: Lexicons) -> str:
    """The city that is part of a zone's name: 潍坊 in 潍坊滨海, because the 滨海 among the divisions lies elsewhere."""
    for length in range(min(len(before), 4), 1, -1):
        city = before[-length:]
        if lexicons.divisions.get(city, "").endswith("市") and not lexicons.contains(city, name):
            return city
    return ""


def _is_province(name: str, lexicons: Lexicons) -> bool:
    return lexicons.divisions.get(name, "").endswith(("省", "自治区"))


def _division_in(place: str, lexicons: Lexicons) -> str | None:
    """The division that a place begins with: 张掖绿洲 lies in 张掖市."""
    for length in range(len(place), 1, -1):
        if place[:length] in lexicons.divisions:
            return lexicons.divisions[place[:length]]
    return None


def _region(text: str, lexicons: Lexicons) -> ZoneName | None:
    for match in re.finditer(r"[一-龥]{2,7}?[省市县区州盟](?![长委政场面级场民])", text[:400]):
        for length in range(len(match[0]), 1, -1):
            name = match[0][-length:]
            if name in lexicons.divisions and lexicons.divisions[name] == name:
                return ZoneName(name, name)
    return None


def _region_word(before: str, lexicons: Lexicons) -> str | None:
    for words in reversed(re.split("[，；：]", before)):
        found = re.match(
            r"(?:\d{4}年)?(?:上半年|前三季度|1[-—]\d+月|去年|今年)?([一-龥]{2,4}?)?(全[市省县国])(?!平均|[^，。；]{0,4}第|首|各|高新|经开|开发)",
            words,
        )
        if found and (not found[1] or found[1] in lexicons.divisions):
            return found[2]
    return None


def _is_subject(text: str, start: int, mention: ZoneMention, lexicons: Lexicons) -> bool:
    """Whether a mention opens its sentence (behind a date), and is not what something is compared with or done at."""
    before = text[start : mention.start]
    behind = text[mention.end : mention.end + 1]
    lead = re.fullmatch(r"[“—]*(?:[^，。；]{0,16}[，,]){0,2}([^，。；]{0,6})", before)
    return lead is not None and (not lead[1] or lead[1] in lexicons.divisions) and behind not in "与和、及"


@cache
def _suffixes(lexicons: Lexicons) -> re.Pattern[str]:
    return re.compile(either(lexicons.zone_suffixes))
