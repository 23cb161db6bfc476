"""Development zones by name: which one an article and a quantity are about."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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
_REGION_NAME: Final = re.compile("[一-龥]{2,7}?[省市县区州盟](?![长委政场面级场民])")
_REGION_REACH: Final = 400
"""Characters of a text in which the region that it is about is named."""

_LEAD: Final = re.compile("[“—]*(?:[^，。；]{0,16}[，,]){0,2}([^，。；]{0,6})")
"""What may stand before the zone that a sentence is about: a date, where and when."""


@dataclass(frozen=True, slots=True)
class ZoneMention:
    """A zone named in a text: `text[start:end]`, its place (朔州), its kind and its name as written."""

    start: int
    end: int
    place: str
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class NamedZones:
    """The zones that a paragraph names, in order; `names` has the longest form of each by place and kind.

    `alone` is the offset up to which the first of them is the only place that is named.
    """

    mentions: Sequence[ZoneMention]
    starts: Sequence[int]
    names: Mapping[tuple[str, str], str]
    alone: int

    def between(self, start: int, end: int) -> Sequence[ZoneMention]:
        """Those that begin in `text[start:end]`."""
        return self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


_NONE: Final = NamedZones((), (), {}, 0)


def named_zones(text: str, start: int, end: int, lexicons: Lexicons) -> NamedZones:
    """The zones that the paragraph `text[start:end]` names."""
    mentions = zones_in(text, start, end, lexicons)
    if not mentions:
        return _NONE
    place = mentions[0].place
    alone = next((mention.start for mention in mentions if mention.place != place), end)
    return NamedZones(mentions, [mention.start for mention in mentions], _names(mentions), alone)


def zones_in(text: str, start: int, end: int, lexicons: Lexicons) -> list[ZoneMention]:
    """The zones that `text[start:end]` names with their place; 经开区 alone names none."""
    found: list[ZoneMention] = []
    for match in _suffixes(lexicons).finditer(text, start, end):
        behind = max(match.start() - _PLACE, found[-1].end if found else start)
        place = _place(text[behind : match.start()], lexicons)
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
        return _region(" ".join(article.headline) + "。" + article.body[:_REGION_REACH], lexicons)
    if first.kind == "开发区" and first.place in lexicons.divisions:
        own = [m for m in named if m.place.removesuffix("市") == first.place.removesuffix("市") and m.kind != "开发区"]
        if not own and first.place.endswith(("省", "自治区", "市", "州", "盟")):
            return ZoneName(lexicons.divisions[first.place], lexicons.divisions[first.place])
    return _full(first, _names((*named, first)), lexicons)


def column_zones(
    titled: Sequence[ZoneMention], named: Sequence[NamedZones], lexicons: Lexicons
) -> list[ZoneName | None]:
    """For each paragraph of a column of short items the one zone that it names; None for every other paragraph.

    `titled` are the zones of the headline, `named` those of each paragraph. A column is told by its paragraphs: three
    or more of them name a single zone, and not the same one.
    """
    single = [zones if len({m.place for m in zones.mentions}) == 1 else _NONE for zones in named]
    places = {zones.mentions[0].place for zones in single if zones.mentions}
    if len(places) < _COLUMN_ITEMS or titled:
        return [None] * len(named)
    return [_full(zones.mentions[0], zones.names, lexicons) if zones.mentions else None for zones in single]


def quantity_zone(
    text: str,
    paragraph: int,
    sentence: int,
    at: int,
    zones: NamedZones,
    region: str | None,
    article: ZoneName | None,
    lexicons: Lexicons,
) -> ZoneName | None:
    """The zone of the quantity at `at`: one that opens its sentence or its paragraph, else the article's.

    `text[paragraph:]` and `text[sentence:]` begin its paragraph and its sentence. A `region` that is spoken of (全市)
    takes over.
    """
    if region and article and article.region and article.region.endswith(_REGION_WORDS[region]):
        return ZoneName(article.region, article.region)
    for mention in reversed(zones.between(sentence, min(at, sentence + _OPENING))):
        if _is_subject(text, sentence, mention, lexicons):
            return _full(mention, zones.names, lexicons)
    if at <= zones.alone:  # a paragraph that goes on to others is about none of them
        for mention in zones.between(paragraph, min(at, paragraph + _OPENING)):
            if _is_subject(text, paragraph, mention, lexicons):
                return _full(mention, zones.names, lexicons)
    return article


def _full(mention: ZoneMention, names: Mapping[tuple[str, str], str], lexicons: Lexicons) -> ZoneName:
    """The longest form of a zone's name that the text uses, and the division that it lies in."""
    region = lexicons.divisions.get(mention.place) or _division_in(mention.place, lexicons)
    return ZoneName(names[_bare_place(mention), mention.kind], region)


def _names(mentions: Iterable[ZoneMention]) -> dict[tuple[str, str], str]:
    names: dict[tuple[str, str], str] = {}
    for mention in mentions:
        key = _bare_place(mention), mention.kind
        names[key] = max(names.get(key, ""), mention.name, key=len)
    return names


def _bare_place(mention: ZoneMention) -> str:
    return mention.place.removesuffix("市").removesuffix("县")


def _place(before: str, lexicons: Lexicons) -> str:
    """The place at the end of the words before a suffix: known divisions, or what follows a word that ends a phrase."""
    for length in range(min(len(before), 8), 1, -1):
        tail = before[-length:]
        if tail in lexicons.divisions:
            return _city_before(before[:-length], tail, lexicons) + tail
    words = _leads(lexicons).split(before)
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
    for match in _REGION_NAME.finditer(text[:_REGION_REACH]):
        for length in range(len(match[0]), 1, -1):
            name = match[0][-length:]
            if name in lexicons.divisions and lexicons.divisions[name] == name:
                return ZoneName(name, name)
    return None


def _is_subject(text: str, start: int, mention: ZoneMention, lexicons: Lexicons) -> bool:
    """Whether a mention opens its sentence (behind a date), and is not what something is compared with or done at."""
    before = text[start : mention.start]
    behind = text[mention.end : mention.end + 1]
    lead = _LEAD.fullmatch(before)
    return lead is not None and (not lead[1] or lead[1] in lexicons.divisions) and behind not in "与和、及"


@cache
def _suffixes(lexicons: Lexicons) -> re.Pattern[str]:
    return re.compile(either(lexicons.zone_suffixes))


@cache
def _leads(lexicons: Lexicons) -> re.Pattern[str]:
    return re.compile(f"[^一-龥]|{either(lexicons.zone_before)}")
