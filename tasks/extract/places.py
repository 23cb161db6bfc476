"""Development zones by name: where a text names one, and which."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from tasks.extract.lexicons import Lexicons, either
from tasks.extract.scan import Finder, finder
from tasks.records import ZoneName

_PLACE: Final = 12
"""Characters before a zone's suffix that may belong to its name."""

_LONGEST_LEAD: Final = 3
"""Characters of a word that stands before a zone's name, and is none of it."""

_LIST: Final = re.compile("(?:[一-龥]{2,4}[、和与及]){1,8}$")
_LIST_REACH: Final = 40
_BRACKETED: Final = re.compile("中国[（(]([一-龥]{2,4})[）)]$")
_PART: Final = re.compile("((?:(?![的各个两三四和与及])[一-龥]){2,6}?)新?片区")
"""中国（广西）自由贸易试验区钦州港片区: a free trade zone is administered by its parts."""
_JOINT: Final = re.compile("[、和与及]")
_PROVINCES: Final = ("省", "自治区")
_OF_SEVERAL: Final = re.compile("[级省国各该本我全类型内两三家个性的等型]$|[全各我本该地城][市县]$|其他|国家|多数|部分")
"""Before a kind of zone that is no name of one."""
_CITY_OR_COUNTY: Final = "市县"
_ENDS_PLACE: Final = "国省市县区州盟旗"
_EVENT: Final = "会"
"""上届农高会示范区签约的项目: no place ends so that is not among the divisions (新会)."""
_RANK: Final = re.compile("(?:国家级?|省级)$")


@dataclass(frozen=True, slots=True)
class ZoneMention:
    """A zone named in a text: `text[start:end]`, its place (朔州), its kind and its name as written."""

    start: int
    end: int
    place: str
    kind: str
    name: str
    is_named: bool = True
    """Whether its place stands in the text, and is not only that of the bulletin."""


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


def named_zones(text: str, start: int, end: int, lexicons: Lexicons, city: str | None = None) -> NamedZones:
    """The zones that the paragraph `text[start:end]` names; in a bulletin of a `city` 经开区 alone is that city's."""
    mentions = zones_in(text, start, end, lexicons)
    if city is not None:
        bare = [mention for mention in _bare(text, start, end, city, lexicons) if not _overlaps(mention, mentions)]
        mentions = sorted([*mentions, *bare], key=lambda mention: mention.start)
    return _named(mentions, end)


def _named(mentions: Sequence[ZoneMention], end: int) -> NamedZones:
    """The zones that a text names which ends at `end`."""
    if not mentions:
        return _NONE
    place = mentions[0].place
    alone = next((mention.start for mention in mentions if mention.place != place), end)
    return NamedZones(mentions, [mention.start for mention in mentions], longest_names(mentions), alone)


def zones_named(
    headline: str,
    text: str,
    spans: Sequence[tuple[int, int]],
    city: str | None,
    own: ZoneName | None,
    lexicons: Lexicons,
) -> list[NamedZones]:
    """The zones of the headline of an article and of each of its paragraphs, the spans of its text.

    `city` is the one whose zones the bulletin is about (empty: it says of none, and a headline that names a zone by its
    kind alone means a certain one), `own` the zone whose bulletin it is.
    """
    heading = named_zones(headline, 0, len(headline), lexicons, city)
    alone = heading.mentions and not any(mention.is_named for mention in heading.mentions)
    among = city if city or alone else None
    return settled([heading, *(named_zones(text, *span, lexicons, among) for span in spans)], own, lexicons)


def settled(zones: Sequence[NamedZones], own: ZoneName | None, lexicons: Lexicons) -> list[NamedZones]:
    """The zones of the parts of an article, none with a word before its name that the others show to be none of it.

    So does the zone whose bulletin it is (`own`).

    出炉宁州综保区 is 宁州综保区 where that is named, too; 天津滨海高新区 stays, since 天津 is a place. 高新区 alone is
    the one that the article names in full.
    """
    places = {mention.place for named in zones for mention in named.mentions}
    told = {mention.kind for named in zones for mention in named.mentions if mention.is_named}
    zones = [_without_bare(named, told) for named in zones]
    if own is not None:
        places |= {mention.place for mention in zones_in(own.name, 0, len(own.name), lexicons)}
    return [_settled(named, places, lexicons) for named in zones]


def _without_bare(named: NamedZones, told: Collection[str]) -> NamedZones:
    if all(mention.is_named or mention.kind not in told for mention in named.mentions):
        return named
    mentions = [mention for mention in named.mentions if mention.is_named or mention.kind not in told]
    return _named(mentions, named.alone)


def _bare(text: str, start: int, end: int, city: str, lexicons: Lexicons) -> Iterable[ZoneMention]:
    """The zones of a city that are named by their kind alone: 经开区企稳回升, and not 全省经开区, 3家高新区."""
    for match in _alone(lexicons).finditer(text, start, end):
        if not _OF_SEVERAL.search(text, max(start, match.start() - _LONGEST_LEAD), match.start()):
            at = match.start() - (match.start() > start and text[match.start() - 1] in _CITY_OR_COUNTY)  # 市经开区
            yield ZoneMention(at, match.end(), city, lexicons.zone_suffixes[match[0]], city + match[0], is_named=False)


def _settled(named: NamedZones, places: Collection[str], lexicons: Lexicons) -> NamedZones:
    mentions = [_without_lead(mention, places, lexicons) for mention in named.mentions]
    if all(one is other for one, other in zip(mentions, named.mentions, strict=True)):
        return named
    return replace(_named(mentions, named.alone), alone=named.alone)


def _without_lead(mention: ZoneMention, places: Collection[str], lexicons: Lexicons) -> ZoneMention:
    place = mention.place
    if place in lexicons.divisions or mention.name in lexicons.zone_names:
        return mention
    for cut in range(1, min(len(place) - 1, _LONGEST_LEAD + 1)):
        if place[cut:] in places and place[:cut] not in lexicons.divisions:
            return ZoneMention(mention.start + cut, mention.end, place[cut:], mention.kind, mention.name[cut:])
    return mention


def zones_in(text: str, start: int, end: int, lexicons: Lexicons) -> list[ZoneMention]:
    """The zones that `text[start:end]` names with their place; 经开区 alone names none."""
    found: list[ZoneMention] = []
    for match in _suffixes(lexicons).finditer(text, start, end):
        behind = max(match.start() - _PLACE, found[-1].end if found else start)
        kind = lexicons.zone_suffixes[match[0]]
        bracketed = _BRACKETED.search(text, behind, match.start()) if kind == "自贸区" else None
        rank = _RANK.search(text, behind, match.start())
        if kind == "综保区" and found and found[-1].end == match.start():
            # 兰州新区综合保税区 is one of its own
            of = found.pop()
            found.append(ZoneMention(of.start, match.end(), of.name, kind, of.name + match[0]))
            continue
        if bracketed:
            place, at = bracketed[1], bracketed.start()
        elif rank:
            place = _ranked_place(text[behind : rank.start()], rank[0], lexicons)
            at = rank.start() - len(place)
        else:
            place = _place(text[behind : match.start()], lexicons)
            at = match.start() - len(place)
        part = _PART.match(text, match.end(), end) if kind == "自贸区" and place else None
        if part is not None:
            found.append(ZoneMention(at, part.end(), part[1], kind, text[at : part.end()]))
            continue
        # 北港临港产业园：… is the label of an item
        is_label = at == start and text[match.end() : match.end() + 1] == "："
        if place.endswith(_PROVINCES) and (kind != "开发区" or place not in lexicons.divisions):
            continue  # 贵州省现代农业园区: all of them
        if kind == "开发区" and _is_province(place, lexicons) and place != lexicons.divisions[place]:
            continue  # 广西开发区: the same
        if place and (match[0] not in lexicons.zone_weak or place in lexicons.divisions or is_label):
            found += _named_together(text, max(at - _LIST_REACH, start), at, kind, match[0], lexicons)
            name = place + (rank[0] if rank and not bracketed else "") + match[0]
            found.append(ZoneMention(at, match.end(), place, kind, name))
    listed = [mention for mention in _listed(text, start, end, lexicons) if not _overlaps(mention, found)]
    return sorted([*found, *listed], key=lambda mention: mention.start) if listed else found


def _listed(text: str, start: int, end: int, lexicons: Lexicons) -> Iterable[ZoneMention]:
    """The zones of the list (warehouse/zones.csv, a home's zones.csv) whose names no suffix gives away: 山西农谷."""
    for match in _names(lexicons).all(text, start, end):
        yield ZoneMention(match.start(), match.end(), match[0], lexicons.zone_names[match[0]], match[0])


def _overlaps(one: ZoneMention, others: Sequence[ZoneMention]) -> bool:
    return any(other.start < one.end and one.start < other.end for other in others)


def _named_together(
    text: str, start: int, end: int, kind: str, suffix: str, lexicons: Lexicons
) -> Iterable[ZoneMention]:
    """上饶、宜春、萍乡经开区: the cities before the last one share what it is called."""
    if end == 0 or text[end - 1] not in "、和与及":
        return
    listed = _LIST.search(text, start, end)
    if listed is None:
        return
    at = listed.start()
    for name in _JOINT.split(listed[0])[:-1]:
        own = next((name[cut:] for cut in range(len(name) - 1) if _is_place(name[cut:], lexicons)), None)
        if own is not None:
            last = at + len(name)
            yield ZoneMention(last - len(own), last, own, kind, own + suffix)
        at += len(name) + 1


def _is_place(name: str, lexicons: Lexicons) -> bool:
    """Whether words by themselves name a division: 城区 is one of 晋城, and any city's."""
    return name in lexicons.divisions and name not in lexicons.zone_common


def full_zone(mention: ZoneMention, names: Mapping[tuple[str, str], str], lexicons: Lexicons) -> ZoneName:
    """The longest form of a zone's name that the text uses, and the division that it lies in."""
    region = lexicons.divisions.get(mention.place) or division_in(mention.place, lexicons)
    return ZoneName(names[bare_place(mention.place), mention.kind], region)


def longest_names(mentions: Iterable[ZoneMention]) -> dict[tuple[str, str], str]:
    names: dict[tuple[str, str], str] = {}
    for mention in mentions:
        key = bare_place(mention.place), mention.kind
        names[key] = max(names.get(key, ""), mention.name, key=len)
    return names


def bare_place(place: str) -> str:
    return place.removesuffix("市").removesuffix("县")


def _place(before: str, lexicons: Lexicons) -> str:
    """The place at the end of the words before a suffix: known divisions, or what follows a word that ends a phrase."""
    for length in range(min(len(before), 8), 1, -1):
        tail = before[-length:]
        if tail in lexicons.divisions and not (tail in lexicons.zone_common and _goes_on(before[:-length], lexicons)):
            return _city_before(before[:-length], tail, lexicons) + _begun(before[:-length], lexicons) + tail
    words = _leads(lexicons).split(before)
    tail = words[-1] if words else ""
    if not 2 <= len(tail) <= 8 or tail.endswith(_EVENT):
        return ""
    if division_in(tail, lexicons) is None and (
        tail.startswith(lexicons.zone_generic) or tail.endswith(lexicons.zone_generic)
    ):
        return ""
    # 山东济南明水: what stands above a zone's city is no part of its name, its city may be
    for cut in range(2, len(tail) - 1):
        if _is_province(tail[:cut], lexicons) and len(tail) - cut >= 2:
            return tail[cut:].removeprefix("省") if len(tail) - cut > 2 else tail[cut:]  # 陕西省西咸, 山西省城
        if lexicons.divisions.get(tail[:cut], "").endswith("市") and _has_part(tail[:cut], tail[cut:], lexicons):
            return tail[cut:]
    return tail


def _ranked_place(before: str, rank: str, lexicons: Lexicons) -> str:
    """The place before 国家 or 省级 in a zone's name: 晋中国家农高区, and no verb (申报国家高新区).

    国家级 stands in the name of a known city's zone only: elsewhere it says of which kind several are.
    """
    place = _place(before, lexicons)
    if _is_province(place, lexicons):
        return ""
    unknown = place not in lexicons.divisions
    return "" if unknown and (rank != "国家" or place.startswith(tuple(lexicons.cues.verbs))) else place


def _goes_on(before: str, lexicons: Lexicons) -> bool:
    """Whether a name goes on to the left: 新城 is a district, and in 空港新城 the end of another name."""
    return bool(_leads(lexicons).split(before)[-1])


def _city_before(before: str, name: str, lexicons: Lexicons) -> str:
    """The city that is part of a zone's name: 潍坊 in 潍坊滨海, because the 滨海 among the divisions lies elsewhere."""
    for length in range(min(len(before), 4), 1, -1):
        city = before[-length:]
        if lexicons.divisions.get(city, "").endswith("市") and not lexicons.contains(city, name):
            return city
    return ""


def _begun(before: str, lexicons: Lexicons) -> str:
    """The one character with which a name begins that ends like a division's: 清 of 清河口, since 河口 is one."""
    piece = _leads(lexicons).split(before)[-1]
    return piece if len(piece) == 1 and piece not in _ENDS_PLACE else ""


def _has_part(city: str, words: str, lexicons: Lexicons) -> bool:
    """Whether words begin with a division of a city: 江门新会陈皮."""
    starts = (words[:length] for length in range(2, len(words)))
    return any(name in lexicons.divisions and lexicons.contains(city, name) for name in starts)


def _is_province(name: str, lexicons: Lexicons) -> bool:
    return lexicons.divisions.get(name, "").endswith(_PROVINCES)


def division_in(place: str, lexicons: Lexicons) -> str | None:
    """The division that a place begins with: 张掖绿洲 lies in 张掖市."""
    for length in range(len(place), 1, -1):
        if place[:length] in lexicons.divisions:
            return lexicons.divisions[place[:length]]
    return None


@cache
def _alone(lexicons: Lexicons) -> re.Pattern[str]:
    return re.compile(f"{either(lexicons.zone_alone)}(?!外|们|群)")


@cache
def _names(lexicons: Lexicons) -> Finder:
    known = tuple(lexicons.zone_suffixes)
    return finder(either([name for name in lexicons.zone_names if not name.endswith(known)]))


@cache
def _suffixes(lexicons: Lexicons) -> re.Pattern[str]:
    return re.compile(either(lexicons.zone_suffixes))


@cache
def _leads(lexicons: Lexicons) -> re.Pattern[str]:
    # 8月, and not the end of 月 in a name: 月牙湾
    return re.compile(f"[^一-龥]|丨|(?<=[一二三四五六七八九十\\d])月份?|(?<=\\d)[年日]|{either(lexicons.zone_before)}")
