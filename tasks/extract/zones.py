"""The zone, or the region, that an article is about."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from tasks.extract.headlines import is_of_column, is_of_government
from tasks.extract.lexicons import Lexicons
from tasks.extract.openings import opens_sentence
from tasks.extract.parks import titled_park
from tasks.extract.places import ZoneMention, full_zone, longest_names, zones_in
from tasks.extract.regions import first_region, governed_region, region_of_passage, regions_of
from tasks.extract.sender import Sender
from tasks.records import Article, ZoneName

_SURVEY: Final = 3
"""An article that names so many zones, and none of them half of the time, is about their province."""
_LONGEST_PLACE: Final = 5
"""Characters of a place that is taken for one without being known."""
_ITEMS: Final = 5
"""Paragraphs of an article that are so many that a zone named in a single one of them may be that of one item."""
_IN_LIST: Final = re.compile("等[一二三四五六七八九十\\d]*[个批家项]?")
_OF_ALL_ZONES: Final = re.compile(
    "(全[省市县区州盟旗]|自治区)各?(?:国家级|省级)?(?:(?:开发|经开|高新)区|(?:工业)?园区)"
)
_OF_CITY: Final = re.compile("[全我][市县]")
_LATE: Final = 400
"""Characters in which an article names the zone that it is about."""
_OPENING: Final = 60
"""Characters in which an article names the zone that a city's measure is about."""
_ZONES_ALL: Final = re.compile(
    "(?:各|部分|国家级|省级|年度|半年|季度|全部|多个)(?:国家级|省级)?(?:经济技术)?(?:开发区|园区|经开区|高新区)"
)
_CIRCULAR: Final = re.compile(
    "(?P<name>[一-龥]{2,6}?(?:自治区|[省市县州盟旗])|自治区|[省市])[^，。；]{0,6}?(?:通报|公布|发布|印发|出台|部署)"
    "[^，。；]{0,14}?(?:开发区|园区|产业园|集聚区)"
)
"""自治区通报重点园区项目建设情况: what a region tells of its zones is about the region."""
_HOLDING: Final = "(?:召开|举行|举办|启动|开幕|开班)"
_HELD: Final = re.compile(f"(?:隆重|正式|成功)?{_HOLDING}")
_VENUE: Final = re.compile(f"在([一-龥]{{2,8}}?){_HOLDING}")
_OWN: Final = re.compile("[全我该区本][区园]|经开区|高新区|农高区|开发区|示范区|新区|保税区|综保区|自贸区|园区|管委会")
"""How a bulletin of one zone speaks of that zone."""


@dataclass(frozen=True, slots=True)
class _Case:
    """An article whose zone is asked: the zones that its headline and its text name, and who publishes it."""

    article: Article
    headline: str
    titled: Sequence[ZoneMention]
    named: Sequence[ZoneMention]
    counts: Counter[tuple[str, str]]
    sender: Sender
    lexicons: Lexicons

    @property
    def text(self) -> str:
        """The headline and the body."""
        return f"{self.headline}。{self.article.body}"

    @property
    def opening_region(self) -> ZoneName | None:
        """The first region that the headline or the body speaks of.

        A passage without a headline names places of its province before it says whose they are.
        """
        first = first_region(self.text, self.sender.region, self.lexicons)
        if self.headline or self.sender.region is not None:
            return first
        opens = first is not None and self.article.body.startswith(first.name)
        return first if opens else region_of_passage(self.article.body, self.lexicons) or first

    def most(self, mentions: Sequence[ZoneMention]) -> ZoneMention:
        """That of the mentions which the text names most."""
        return max(mentions, key=lambda mention: self.counts[mention.place, mention.kind])

    def full(self, mention: ZoneMention) -> ZoneName:
        """The zone of a mention with the longest name that the text uses."""
        return _named(mention, self.named, self.lexicons)

    def whole(self, word: str, places: Sequence[str]) -> ZoneName | None:
        """The region that 全市 or 全省 means here."""
        regions = regions_of(self.article.body, None, places, self.sender.region, self.lexicons)
        whole = regions.called(word) or (regions.called("全省") if word != "全县" else None)
        if whole is None and self.sender.division is not None:
            return self.sender.division
        return whole or governed_region(self.text, self.sender.province, self.lexicons)


def article_zone(
    article: Article, titled: Sequence[ZoneMention], named: Sequence[ZoneMention], sender: Sender, lexicons: Lexicons
) -> ZoneName | None:
    """The zone that an article is about: the one of its headline, else the one that its text names most.

    `titled` are the zones of the headline, `named` those of the body. Articles about all zones of a region are about
    the region. Where no zone is named: that of the byline, the region of the headline or of the first sentence, or the
    zone whose bulletin it is.
    """
    headline = " ".join(article.headline)
    titled = [mention for mention in titled if _is_name(mention, article.body, lexicons)]
    if sender.whole.search(headline) and not any(mention.is_named for mention in titled):
        titled = []  # 全市开发园区经济稳中有进 高新区工业增速领跑
    counts = Counter((mention.place, mention.kind) for mention in named)
    case = _Case(article, headline, titled, named, counts, sender, lexicons)
    for step in _BY_HEADLINE:
        found = step(case)
        if found is not None:
            return found
    if titled:
        return case.full(case.most(titled))
    return _by_zones_named(case) if named else _without_zones(case)


def _of_government(case: _Case) -> ZoneName | None:
    """政府工作报告 and the like: of its division."""
    if not is_of_government(case.headline):
        return None
    return first_region(case.headline, case.sender.region, case.lexicons)


def _of_park(case: _Case) -> ZoneName | None:
    """A park that the list of zones does not have."""
    if case.titled or case.sender.zone is not None:
        return None
    return titled_park(case.article, case.lexicons)


def _of_circular(case: _Case) -> ZoneName | None:
    """What a region tells of its zones: by its name, or by what 自治区, 省 and 市 mean here."""
    circular = _CIRCULAR.match(case.headline) if not case.titled else None
    if circular is None:
        return None
    name = circular["name"]
    if name in ("自治区", "省", "市"):
        return case.whole("全市" if name == "市" else "全省", [mention.place for mention in case.named])
    region = first_region(name, case.sender.region, case.lexicons)
    return region or (ZoneName(name, name) if name.endswith("市") and name in case.article.body else None)


def _of_label(case: _Case) -> ZoneName | None:
    """山西：创新驱动能源产业高质量发展."""
    label = case.lexicons.divisions.get(case.headline.partition("：")[0]) if not case.titled else None
    return ZoneName(label, label) if label is not None else None


_BY_HEADLINE: Final[tuple[Callable[[_Case], ZoneName | None], ...]] = (
    _of_government,
    _of_park,
    _of_circular,
    _of_label,
)
"""What a headline says, or does not; the first that does is right."""


def _by_zones_named(case: _Case) -> ZoneName | None:
    """The zone or the region of an article whose text alone names zones."""
    if not any(mention.is_named for mention in case.named) and (
        _OF_CITY.search(case.headline) or case.named[0].start > _OPENING
    ):
        return case.sender.division  # the city's measures, of which one of its zones is an example
    event = _of_event(case)
    if event is not None:
        return event
    most, own = case.most(case.named), case.sender.zone
    if own is not None and is_of_column(case.headline) and _names(own, most, case.lexicons):
        return own
    survey = _surveyed(case)
    if survey is not None:
        return case.whole(survey, [mention.place for mention in case.named])
    if not _is_in_passing(case):
        return case.full(most)
    region = case.opening_region
    if region is None and _names(own, most, case.lexicons):
        return own
    return region or governed_region(case.text, case.sender.province, case.lexicons)


def _of_event(case: _Case) -> ZoneName | None:
    """The region that holds an event for its zones, or the zone in which it was held."""
    division, headline = case.sender.division, case.headline
    word, all_zones = case.sender.whole.search(headline), _OF_ALL_ZONES.search(headline)
    # in a city's own bulletin 全市 is about the city, wherever its people meet
    is_own = division is not None and (
        (word is not None and word[0][-1] == division.name[-1])
        or (all_zones is not None and division.name.endswith(all_zones[1]))  # 自治区开发区推介会在苏州举行
    )
    venue = _VENUE.search(headline)
    if is_own and all_zones and not (venue and _zones_of(venue[1], case.named)):
        return division  # 全市开发区三季度经济运行调度会召开
    if is_own or venue is None:
        return None
    if division is not None and venue[1] in (division.name, case.sender.city):
        return division  # 第五届交易会在内江举行, told by that city
    # or the headline names the town, the text the zone in which it was held
    at = _zones_of(venue[1], case.named) or [mention for mention in case.named if _is_held_at(case.article, mention)]
    return case.full(at[0]) if at else None


def _zones_of(town: str, named: Sequence[ZoneMention]) -> list[ZoneMention]:
    return [mention for mention in named if mention.place.removesuffix("市") == town.removesuffix("市")]


def _without_zones(case: _Case) -> ZoneName | None:
    """The zone or the region of an article that names no zone."""
    article, headline, sender, lexicons = case.article, case.headline, case.sender, case.lexicons
    signed = " ".join(filter(None, (article.author, article.dateline)))
    by = zones_in(signed, 0, len(signed), lexicons)
    if by:
        return _named(by[0], by, lexicons)
    word = sender.whole.search(headline)
    venue = _VENUE.search(headline) if word is None else None
    if venue is not None and (division := lexicons.divisions.get(venue[1])):
        return ZoneName(division, division)
    region = case.opening_region
    words = headline + article.body
    if region is None and sender.zone is not None and (_OWN.search(words) or not sender.whole.search(words)):
        return sender.zone
    if region is not None and _speaks_of_own(case, region):
        return sender.zone  # 农高区 in the bulletin of a 农高区, which names a place of its own city
    if region is None and word is not None:
        region = case.whole(word[0], [])
    if region is None and sender.speaks_of_itself(words):
        region = sender.division
    return region or governed_region(case.text, sender.province, lexicons)


def _speaks_of_own(case: _Case, region: ZoneName) -> bool:
    """Whether an article begins with the zone whose bulletin it is, and the region that it names is that zone's."""
    own = case.sender.zone
    if own is None or own.region is None or not _OWN.search(case.headline + case.article.body[:_OPENING]):
        return False
    return region.name == own.region or case.lexicons.contains(own.region, region.name)


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


def _is_in_passing(case: _Case) -> bool:
    """Whether a text names zones only late and seldom, or once in a list of things: a report on a province."""
    article, first, single = case.article, case.named[0], len(case.named) == 1
    if single and _IN_LIST.match(article.body, first.end) and article.body[first.start - 1] in "、和":
        return True
    if not case.headline and single:
        beside = article.body[first.end : first.end + 1] == "、"
        if beside or not opens_sentence(article.body, first.start, case.lexicons):
            return True  # a passage that comes to speak of one
    opening = next((each.end for each in article.paragraphs if each.kind != "subheading"), 0)
    seldom = single and len(article.paragraphs) >= _ITEMS
    if first.start < (opening if seldom else max(opening, _LATE)):
        return False
    return (
        max(case.counts.values()) < _SURVEY
        or first_region(case.headline, case.sender.region, case.lexicons) is not None
    )


def _surveyed(case: _Case) -> str | None:
    """What an article without a zone in its headline calls the region whose zones it compares (全市); else None."""
    counts, named = case.counts, case.named
    most = max(counts.values())
    if len(counts) > 1 and (most <= _SURVEY or 2 * most <= len(named)):
        whole, opening = case.sender.whole, case.article.body[: min(named[0].start, _LATE)]
        word = whole.search(case.headline) or whole.search(opening)
        if word is not None:
            return word[0]
        several = len(counts) >= _SURVEY and 2 * most <= len(named)
        if several or _ZONES_ALL.search(case.headline) or _are_rows(case.article, named):
            return "全省"
    return "全省" if len(counts) > 1 and is_of_column(case.headline) else None


def _are_rows(article: Article, named: Sequence[ZoneMention]) -> bool:
    """Whether zones are named in the rows of tables only."""
    starts = [paragraph.start for paragraph in article.paragraphs]
    return all(article.paragraphs[bisect_right(starts, m.start) - 1].kind == "table" for m in named)


def _named(first: ZoneMention, named: Sequence[ZoneMention], lexicons: Lexicons) -> ZoneName:
    """The zone of a mention with the longest name that the text uses; 大同市开发区 alone is the city's zones."""
    if first.kind == "开发区" and (first.place in lexicons.divisions or first.place.endswith(("市", "州", "盟"))):
        own = [m for m in named if m.place.removesuffix("市") == first.place.removesuffix("市") and m.kind != "开发区"]
        region = lexicons.divisions.get(first.place, first.place)
        if not own and (first.place.endswith(("市", "州", "盟")) or region.endswith(("省", "自治区"))):
            return ZoneName(region, region)
    return full_zone(first, longest_names((*named, first)), lexicons)
