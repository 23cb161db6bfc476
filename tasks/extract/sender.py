"""The zone, or the division, that stands behind an issue: the one that its masthead names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tasks.extract.lexicons import Lexicons
from tasks.extract.parks import opening_park
from tasks.extract.places import ZoneMention, full_zone, longest_names, zones_in
from tasks.extract.regions import publisher_region
from tasks.records import Masthead, ZoneName

_SHARED: Final = 2
"""Places that are enough to tell the province of an issue."""
_WITH_WHOLE: Final = ("自治区", "州", "盟", "旗")
_ADMINISTERED: Final = re.compile("(?:党政|综合|建设)?(?:管理委员会|管委会|工委|党工委|办公室)")
_COMMITTEE: Final = re.compile("管理委员会|管委会|党工委|工委")
_CITY: Final = re.compile("([一-龥]{2,5})[市县旗]")
_OWN_REGION: Final = "[全我本]"
_NOT_WHOLE: Final = "(?!首|第|前|排|重点|优秀|先进|领先|[^，。]{0,6}(?:第[一二三\\d]|前列|推广))"
_WHOLE: Final = re.compile(f"全[省市县]{_NOT_WHOLE}")
_WHOLES: Final = {kind: re.compile(f"全[省市县{kind}]{_NOT_WHOLE}") for kind in "区州盟旗"}
"""How a bulletin of an autonomous region, a prefecture, a league or a banner speaks of it."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who publishes an issue: the one zone, or the division, that its masthead names.

    Where it names none, `province` is the one in which the zones of the issue's articles lie.
    """

    zone: ZoneName | None = None
    region: str | None = None
    province: str | None = None

    @property
    def division(self) -> ZoneName | None:
        """The division that publishes, as the region that an article is about."""
        return ZoneName(self.region, self.region) if self.region is not None else None

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
        of_a_department = text == masthead.title and publisher_region([masthead.publisher], lexicons) is not None
        if zones and zones[0].kind == "开发区" and of_a_department:
            break  # 龙江开发区月报 of 黑龙江省商务厅
        if len(zones) == 1 and not _of_all(zones[0], text, lexicons):
            return Sender(full_zone(zones[0], longest_names(zones), lexicons))
        park = opening_park(text, lexicons) if not zones else None
        if park is not None and _ADMINISTERED.match(text, len(park.name)):
            return Sender(park)  # 西河国际陆港管理委员会
    return Sender(None, publisher_region(named, lexicons))


def shared_province(zones: Iterable[ZoneName | None], lexicons: Lexicons) -> str | None:
    """The province of the zones, two or more of them, that the articles of an issue are about."""
    regions = {zone.region for zone in zones if zone is not None and zone.region is not None}
    return lexicons.common_province(regions) if len(regions) >= _SHARED else None


def shared_zone(zones: Iterable[ZoneName | None], lexicons: Lexicons) -> ZoneName | None:
    """The one zone that the articles of an issue are about, two or more of them and no other zone or region."""
    told = [zone for zone in zones if zone is not None]
    named = [zones_in(zone.name, 0, len(zone.name), lexicons) for zone in told]
    kinds = {(mentions[0].place, mentions[0].kind) if len(mentions) == 1 else None for mentions in named}
    if len(told) < _SHARED or len(kinds) > 1 or None in kinds:
        return None
    return max(told, key=lambda zone: len(zone.name))


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
