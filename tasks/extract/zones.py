"""The zone, or the region, that an article is about, and those of the items of a column."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from tasks.extract.lexicons import Lexicons, either
from tasks.extract.places import NamedZones, ZoneMention, division_in, full_zone, longest_names, zones_in
from tasks.extract.regions import first_region, governed_region, publisher_region, region_named, regions_of
from tasks.records import Article, Masthead, Paragraph, ZoneName

_COLUMN_ITEMS: Final = 3
_SURVEY: Final = 3
"""An article that names so many zones, and none of them half of the time, is about their province."""

_LONGEST_PLACE: Final = 5
"""Characters of a place that is taken for one without being known."""
_ITEMS: Final = 5
"""Paragraphs of an article that are so many that a zone named in a single one of them may be that of one item."""
_IN_LIST: Final = re.compile("等[一二三四五六七八九十\\d]*[个批家项]?")
_WITH_WHOLE: Final = ("自治区", "州", "盟", "旗")
_OF_ALL_ZONES: Final = re.compile(
    "(全[省市县区州盟旗]|自治区)各?(?:国家级|省级)?(?:(?:开发|经开|高新)区|(?:工业)?园区)"
)
_OF_CITY: Final = re.compile("[全我][市县]")
_ADMINISTERED: Final = re.compile("(?:党政|综合|建设)?(?:管理委员会|管委会|工委|党工委|办公室)")
_COMMITTEE: Final = re.compile("管理委员会|管委会|党工委|工委")
_SHORTEST_PLACE: Final = 2
"""Characters of the name of a place."""
_CITY: Final = re.compile("([一-龥]{2,5})[市县旗]")
_PARK: Final = re.compile("[一-龥·]{5,16}")
_OPENING_WORDS: Final = 12
"""Characters before a zone that opens its sentence: 7月31日，, 近日，走进."""
_LATE: Final = 400
"""Characters in which an article names the zone that it is about."""
_OPENING: Final = 60
"""Characters of a paragraph in which an item names its zone."""
_LABEL: Final = re.compile(
    "[^，。]{0,8}(?:简讯|短讯|快讯|短波|短新闻|一句话|动态|要闻|速览|速递|集锦|点击|传真|掠影|微新闻|资讯|扫描|一览)[^，。]{0,4}"
)
"""The headline of a column of short items."""
_OWN_REGION: Final = "[全我本]"
_NOT_WHOLE: Final = "(?!首|第|前|排|重点|优秀|先进|领先|[^，。]{0,6}(?:第[一二三\\d]|前列|推广))"
_WHOLE: Final = re.compile(f"全[省市县]{_NOT_WHOLE}")
_WHOLES: Final = {kind: re.compile(f"全[省市县{kind}]{_NOT_WHOLE}") for kind in "区州盟旗"}
"""How a bulletin of an autonomous region, a prefecture, a league or a banner speaks of it."""
_ZONES_ALL: Final = re.compile(
    "(?:各|部分|国家级|省级|年度|半年|季度|全部|多个)(?:国家级|省级)?(?:经济技术)?(?:开发区|园区|经开区|高新区)"
)
_OF_GOVERNMENT: Final = re.compile("政府|工作报告|公报")
"""The headline of what a government says of its whole division, whichever zones it comes to speak of."""
_CIRCULAR: Final = re.compile(
    "(?P<name>[一-龥]{2,6}?(?:自治区|[省市县州盟旗])|自治区|[省市])[^，。；]{0,6}?(?:通报|公布|发布|印发|出台|部署)"
    "[^，。；]{0,14}?(?:开发区|园区|产业园|集聚区)"
)
"""自治区通报重点园区项目建设情况: what a region tells of its zones is about the region."""
_HOLDING: Final = "(?:召开|举行|举办|启动|开幕|开班)"
_HELD: Final = re.compile(f"(?:隆重|正式|成功)?{_HOLDING}")
_VENUE: Final = re.compile(f"在([一-龥]{{2,8}}?){_HOLDING}")
_OWN: Final = re.compile("[全我该区本][区园]|经开区|高新区|开发区|示范区|新区|保税区|综保区|自贸区|园区|管委会")
"""How a bulletin of one zone speaks of that zone."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who publishes an issue: the one zone, or the division, that its masthead names."""

    zone: ZoneName | None = None
    region: str | None = None

    @property
    def city(self) -> str | None:
        """The city or county in short whose zones the bulletin is about: 淮泽 of 淮泽市; empty if it says none."""
        if self.zone is None and self.region is None:
            return ""
        city = _CITY.fullmatch(self.region) if self.zone is None and self.region is not None else None
        return city[1] if city else None

    @property
    def whole(self) -> re.Pattern[str]:
        """How it speaks of all that it is the bulletin of: 全省, in an autonomous region 全区."""
        region = self.region if self.zone is None and self.region is not None else ""
        return _WHOLES.get(region[-1:], _WHOLE) if region.endswith(_WITH_WHOLE) else _WHOLE

    def speaks_of_itself(self, text: str) -> bool:
        """Whether a text says 全市, 我市 or 本市 of the division that stands behind the issue."""
        if self.zone is not None or self.region is None:
            return False
        return re.search(f"{_OWN_REGION}{self.region[-1]}", text) is not None


def sender_of(masthead: Masthead, lexicons: Lexicons) -> Sender:
    """The zone (青溪农林高新技术产业示范区管委会) or the division (江西省商务厅) that stands behind an issue."""
    named = [text for text in (masthead.publisher, masthead.title) if text]
    for text in named:
        zones = zones_in(text, 0, len(text), lexicons)
        if len(zones) == 1 and not _of_all(zones[0], text, lexicons):
            return Sender(full_zone(zones[0], longest_names(zones), lexicons))
        park = _opening_park(text, lexicons) if not zones else None
        if park is not None and _ADMINISTERED.match(text, len(park.name)):
            return Sender(park)  # 西河国际陆港管理委员会
    return Sender(None, publisher_region(named, lexicons))


def _of_all(mention: ZoneMention, text: str, lexicons: Lexicons) -> bool:
    """Whether all zones of a province or a city are meant: 陕西开发区动态, 内江市开发区建设服务中心, 商务厅开发区处."""
    if mention.kind == "开发区" and mention.place.endswith("市") and not _COMMITTEE.match(text, mention.end):
        return True
    in_full = mention.place.endswith(("省", "自治区"))
    return in_full or (mention.kind == "开发区" and _city_of(mention.place, lexicons) is None)


def _city_of(place: str, lexicons: Lexicons) -> str | None:
    """The division below the provinces that a place is, if it is one."""
    region = lexicons.divisions.get(place)
    return None if region is None or region.endswith(("省", "自治区")) else region


def article_zone(
    article: Article, titled: Sequence[ZoneMention], named: Sequence[ZoneMention], sender: Sender, lexicons: Lexicons
) -> ZoneName | None:
    """The zone that an article is about: the one of its headline, else the one that its text names most.

    `titled` are the zones of the headline, `named` those of the body. Articles about all zones of a region are about
    the region. Where no zone is named: that of the byline, the region of the headline or of the first sentence, or the
    zone whose bulletin it is.
    """
    headline = " ".join(article.headline)
    counts = Counter((m.place, m.kind) for m in named)
    titled = [m for m in titled if _is_name(m, article.body, lexicons)]
    if sender.whole.search(headline) and not any(m.is_named for m in titled):
        titled = []  # 全市开发园区经济稳中有进 高新区工业增速领跑
    reports = first_region(headline, sender.region, lexicons) if _OF_GOVERNMENT.search(headline) else None
    if reports is not None:
        return reports
    park = None if titled or sender.zone is not None else _park(article, lexicons)
    if park is not None:
        return park
    circular = _CIRCULAR.match(headline) if not titled else None
    if circular is not None and (region := _region_telling(article, circular["name"], named, sender, lexicons)):
        return region
    label = lexicons.divisions.get(headline.partition("：")[0]) if not titled else None
    if label is not None:
        return ZoneName(label, label)  # 山西：创新驱动能源产业高质量发展
    if titled:
        return _named(max(titled, key=lambda m: counts[m.place, m.kind]), named, lexicons)
    if named and not any(m.is_named for m in named) and (_OF_CITY.search(headline) or named[0].start > _OPENING):
        # the city's measures, of which one of its zones is an example
        return ZoneName(sender.region, sender.region) if sender.region is not None else None
    if named:
        # in a city's own bulletin 全市 is about the city, wherever its people meet
        word = sender.whole.search(headline)
        all_zones = _OF_ALL_ZONES.search(headline)
        own = sender.region is not None and (
            (word is not None and word[0][-1] == sender.region[-1])
            or (all_zones is not None and sender.region.endswith(all_zones[1]))  # 自治区开发区推介会在苏州举行
        )
        if own and sender.region is not None and all_zones and not _is_held_in_one(headline, named):
            return ZoneName(sender.region, sender.region)  # 全市开发区三季度经济运行调度会召开
        venue = None if own else _VENUE.search(headline)
        if venue and sender.region is not None and venue[1] in (sender.region, sender.city):
            return ZoneName(sender.region, sender.region)  # 第五届交易会在内江举行, told by that city
        at = [m for m in named if venue and venue[1] in (m.place, m.place.removesuffix("市"))]
        if venue and not at:  # the headline names the town, the text the zone in which it was held
            at = [m for m in named if _is_held_at(article, m)]
        if at:
            return _named(at[0], named, lexicons)
        most = max(named, key=lambda m: counts[m.place, m.kind])
        if sender.zone is not None and _LABEL.fullmatch(headline) and _names(sender.zone, most, lexicons):
            return sender.zone
        survey = _surveyed(article, headline, named, counts, sender)
        if survey is None and len(counts) > 1 and _LABEL.fullmatch(headline):
            survey = "全省"
        if survey is not None:
            return _whole(article, survey, [m.place for m in named], sender, lexicons)
        if not _is_in_passing(article, headline, named, counts, sender, lexicons):
            return _named(most, named, lexicons)
        region = first_region(headline + "。" + article.body, sender.region, lexicons)
        return sender.zone if region is None and _names(sender.zone, most, lexicons) else region
    signed = " ".join(filter(None, (article.author, article.dateline)))
    by = zones_in(signed, 0, len(signed), lexicons)
    if by:
        return _named(by[0], by, lexicons)
    at_place = _VENUE.search(headline) if sender.whole.search(headline) is None else None
    if at_place is not None and (division := lexicons.divisions.get(at_place[1])):
        return ZoneName(division, division)
    region = first_region(headline + "。" + article.body, sender.region, lexicons)
    words = headline + article.body
    if region is None and sender.zone is not None and (_OWN.search(words) or not sender.whole.search(words)):
        return sender.zone
    if region is None and (word := sender.whole.search(headline)):
        region = _whole(article, word[0], [], sender, lexicons)
    if region is None and sender.region is not None and sender.speaks_of_itself(words):
        region = ZoneName(sender.region, sender.region)
    return region or governed_region(f"{headline}。{article.body}", lexicons)


def _park(article: Article, lexicons: Lexicons) -> ZoneName | None:
    """The park whose name opens the headline, or is a line of it, and comes again in the text: 广西·中国糖业产业园.

    Elsewhere such words are common nouns (`weak` and `parks` of lexicon/zones.yml).
    """
    for line in article.headline:
        if line.endswith(tuple(lexicons.zone_weak)) and _PARK.fullmatch(line) and line in article.body:
            region = lexicons.divisions.get(line.partition("·")[0]) if "·" in line else None
            return ZoneName(line, region)
        opening = _opening_park(line, lexicons)
        if opening is not None and opening.name in article.body:
            return opening
    return None


def _opening_park(text: str, lexicons: Lexicons) -> ZoneName | None:
    """The park with a name of its own that a text begins with, and the division that its name begins with."""
    park = _parks(lexicons).match(text)
    return ZoneName(park[0], division_in(park[0], lexicons)) if park and _is_proper(park[0], lexicons) else None


def _is_proper(name: str, lexicons: Lexicons) -> bool:
    """Whether a park has a name of its own: 冷链物流园 and 现代农业示范园 are any."""
    return len(_common(lexicons).sub("", name)) >= _SHORTEST_PLACE


@cache
def _common(lexicons: Lexicons) -> re.Pattern[str]:
    return re.compile(either((*lexicons.zone_generic, *lexicons.zone_parks, *lexicons.zone_weak)))


@cache
def _parks(lexicons: Lexicons) -> re.Pattern[str]:
    return re.compile(f"[一-龥（）()]{{2,14}}?{either((*lexicons.zone_parks, *lexicons.zone_weak))}(?![区城园])")


def _region_telling(
    article: Article, name: str, named: Sequence[ZoneMention], sender: Sender, lexicons: Lexicons
) -> ZoneName | None:
    """The region of a circular: by its name, or by what 自治区, 省 and 市 mean here."""
    if name in ("自治区", "省", "市"):
        return _whole(article, "全市" if name == "市" else "全省", [m.place for m in named], sender, lexicons)
    region = first_region(name, sender.region, lexicons)
    return region or (ZoneName(name, name) if name.endswith("市") and name in article.body else None)


def _is_held_in_one(headline: str, named: Sequence[ZoneMention]) -> bool:
    """Whether a headline says that something took place in a town, and the text names a zone of that town."""
    venue = _VENUE.search(headline)
    return venue is not None and any(m.place.removesuffix("市") == venue[1].removesuffix("市") for m in named)


def _is_held_at(article: Article, mention: ZoneMention) -> bool:
    opening = article.paragraphs[0]
    return (
        mention.end <= opening.end
        and article.body[mention.start - 1 : mention.start] == "在"
        and _HELD.match(article.body, mention.end) is not None
    )


def _is_name(mention: ZoneMention, body: str, lexicons: Lexicons) -> bool:
    """Whether a headline names a zone, and does not only end in 高新区: 金融活水精准滴灌高新区."""
    if len(mention.place) <= _LONGEST_PLACE or mention.name in body:
        return True
    return full_zone(mention, longest_names([mention]), lexicons).region is not None


def _names(zone: ZoneName | None, mention: ZoneMention, lexicons: Lexicons) -> bool:
    """Whether a mention is one of that zone."""
    own = zones_in(zone.name, 0, len(zone.name), lexicons) if zone is not None else []
    return any((m.place, m.kind) == (mention.place, mention.kind) for m in own)


def _is_in_passing(
    article: Article,
    headline: str,
    named: Sequence[ZoneMention],
    counts: Counter[tuple[str, str]],
    sender: Sender,
    lexicons: Lexicons,
) -> bool:
    """Whether a text names zones only late and seldom, or once in a list of things: a report on a province."""
    if len(named) == 1 and _IN_LIST.match(article.body, named[0].end) and article.body[named[0].start - 1] in "、和":
        return True
    if not headline and len(named) == 1 and not _opens_sentence(article.body, named[0].start):
        return True  # a passage that comes to speak of one
    opening = article.paragraphs[0].end if article.paragraphs else 0
    seldom = len(named) == 1 and len(article.paragraphs) >= _ITEMS
    if named[0].start < (opening if seldom else max(opening, _LATE)):
        return False
    return max(counts.values()) < _SURVEY or first_region(headline, sender.region, lexicons) is not None


def _opens_sentence(text: str, at: int) -> bool:
    """Whether nothing but a day or the like stands between the beginning of a sentence and a zone."""
    begin = max(text.rfind(mark, 0, at) for mark in "。！？；\n") + 1
    return at - begin <= _OPENING_WORDS


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
    if titled or _OF_GOVERNMENT.search(headline):
        return [None] * len(named)
    labelled = _LABEL.fullmatch(headline) is not None
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
    if zone is not None and zone.name != zone.region:
        return items
    return _below_titles(article, items, named, titles, lexicons)


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


def _surveyed(
    article: Article, headline: str, named: Sequence[ZoneMention], counts: Counter[tuple[str, str]], sender: Sender
) -> str | None:
    """What an article without a zone in its headline calls the region whose zones it compares (全市); else None."""
    most = max(counts.values())
    if len(counts) == 1 or (most > _SURVEY and 2 * most > len(named)):
        return None
    word = sender.whole.search(headline) or sender.whole.search(article.body[: min(named[0].start, _LATE)])
    if word is not None:
        return word[0]
    several = len(counts) >= _SURVEY and 2 * most <= len(named)
    if several or _ZONES_ALL.search(headline) or _are_rows(article, named):
        return "全省"
    return None


def _are_rows(article: Article, named: Sequence[ZoneMention]) -> bool:
    """Whether zones are named in the rows of tables only."""
    starts = [paragraph.start for paragraph in article.paragraphs]
    return all(article.paragraphs[bisect_right(starts, m.start) - 1].kind == "table" for m in named)


def _whole(article: Article, word: str, places: Sequence[str], sender: Sender, lexicons: Lexicons) -> ZoneName | None:
    regions = regions_of(article.body, None, places, sender.region, lexicons)
    whole = regions.called(word) or (regions.called("全省") if word != "全县" else None)
    if whole is None and sender.region is not None:
        return ZoneName(sender.region, sender.region)
    return whole or governed_region(article.body, lexicons)


def _named(first: ZoneMention, named: Sequence[ZoneMention], lexicons: Lexicons) -> ZoneName:
    """The zone of a mention with the longest name that the text uses; 大同市开发区 alone is the city's zones."""
    if first.kind == "开发区" and (first.place in lexicons.divisions or first.place.endswith(("市", "州", "盟"))):
        own = [m for m in named if m.place.removesuffix("市") == first.place.removesuffix("市") and m.kind != "开发区"]
        region = lexicons.divisions.get(first.place, first.place)
        if not own and (first.place.endswith(("市", "州", "盟")) or region.endswith(("省", "自治区"))):
            return ZoneName(region, region)
    return full_zone(first, longest_names((*named, first)), lexicons)
