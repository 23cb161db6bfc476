"""The provinces, cities and counties that a text is about, beside and around its development zones."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from tasks.extract.lexicons import Lexicons, either
from tasks.records import ZoneName

_NAME: Final = re.compile("[一-龥]{2,7}?[省市县区州盟]省?市?(?![长委场面级民]|政(?!府))")
_UNLISTED: Final = re.compile("[一-龥]{2,3}?(?:省|市|县|州|盟|旗)(?![长场民委级])")
_COMMON: Final = re.compile("[城都上门集超股夜早]市$|[全各本我该多]省?[市县州盟旗]$")
"""Words that end like a division and are none: 城市, 全市."""
_OWN: Final = {
    "自治区": re.compile("全区|自治区(?:党委|政府|人大|级)"),
    "市": re.compile("[全我]市|市委部署"),
    "省": re.compile("[全我]省|省委(?!书记)|省政府|省重点实验室|省级以上"),
}
"""How a text speaks of its own province, by how the province's name ends."""
_REACH: Final = 400
"""Characters of a text in which the region that it is about is named."""
_LONGEST: Final = 8
"""Characters of the longest name of a division that a masthead begins with."""
_OF_ALL: Final = re.compile("(?<![居列占])全省(?!第|首)|省际|省属|省委|省政府")
_MUNICIPALITIES: Final = frozenset({"北京市", "上海市", "天津市", "重庆市"})
_OF_CITY: Final = re.compile("[全我]市")
_OF_CITIES: Final = "市州盟"
_CITIES: Final = 3
"""Cities of one province, and of no other, that tell that a text is about it."""
_PROVINCE, _CITY = 2, 4
"""Digits of a division's code that name its province and its city."""


@dataclass(frozen=True, slots=True)
class Regions:
    """What 全省, 全市 and 全县 mean in an article; None where the text does not say."""

    province: str | None = None
    city: str | None = None
    county: str | None = None

    def called(self, word: str) -> ZoneName | None:
        """The region that 全省, 全市 or 全县 means here."""
        kinds = {"省": self.province, "区": self.province, "县": self.county, "旗": self.county}
        name = kinds.get(word[-1], self.city if word[-1] in _OF_CITIES else None)
        return ZoneName(name, name) if name else None


def regions_of(
    text: str, zone: ZoneName | None, places: Sequence[str], publisher: str | None, lexicons: Lexicons
) -> Regions:
    """The regions of an article: those of its zone, else of the zones that it names, else the publisher's.

    `places` are those of the zones named in its text.
    """
    region = zone.region if zone is not None else None
    anchors = [name for name in (region, publisher) if name]
    return Regions(
        _province(region, places, publisher, lexicons),
        next((city for name in anchors if (city := _city(name, lexicons))), None) or _beside(text, places, "市"),
        next((name for name in anchors if name.endswith(("县", "旗"))), None) or _beside(text, places, "县"),
    )


def publisher_region(names: Iterable[str | None], lexicons: Lexicons) -> str | None:
    """The division whose name the publisher or the title of an issue begins with: 江西省商务厅, 陕西开发区动态.

    A full name that the lexicon does not list (湘东市) is the division itself, and no short name that it begins with.
    """
    for name in filter(None, names):
        known = next((name[:n] for n in range(min(len(name), _LONGEST), 1, -1) if name[:n] in lexicons.divisions), None)
        unlisted = _UNLISTED.match(name)
        if unlisted and len(unlisted[0]) > len(known or "") and not _COMMON.search(unlisted[0]):
            return unlisted[0]
        if known is not None:
            return lexicons.divisions[known]
    return None


def first_region(text: str, publisher: str | None, lexicons: Lexicons) -> ZoneName | None:
    """The first division that a text names in full: one of the lexicon, or the publisher's."""
    for match in _NAME.finditer(text[:_REACH]):
        for length in range(len(match[0]), 1, -1):
            name = match[0][-length:]
            own = lexicons.divisions.get(name) == name and name not in lexicons.zone_common  # 老矿区添新活力
            if name == publisher or own:
                return ZoneName(name, name)
    return None


def region_named(text: str, lexicons: Lexicons) -> ZoneName | None:
    """The region of an item by its title: the division before its colon (新疆玛纳斯：…), else its one province."""
    label, colon, _ = text.partition("：")
    labelled = lexicons.divisions.get(label) or lexicons.divisions.get(_provinces(lexicons).sub("", label, count=1))
    if colon and labelled:
        return ZoneName(labelled, labelled)
    provinces = _provinces_in(text, lexicons)
    name = provinces.pop() if len(provinces) == 1 else None
    return ZoneName(name, name) if name else None


def governed_region(text: str, province: str | None, lexicons: Lexicons) -> ZoneName | None:
    """The one province that a text is told by, which never says its name in full.

    Its government writes 平安河北 and 美丽河北 of no other place; 全省 and 省委 are those of the one province that is
    named, else of `province`, in which the zones of the other articles lie.
    """
    told = {found for match in _epithets(lexicons).finditer(text) if (found := lexicons.divisions[match[1]])}
    if len(told) == 1:
        name = told.pop()
        return ZoneName(name, name)
    kind = next((kind for kind, words in _OWN.items() if words.search(text)), None)
    named = _provinces_in(text, lexicons) if kind else set()
    own = [name for name in named if kind is not None and name.endswith(kind)]
    if len(own) == 1:
        return ZoneName(own[0], own[0])
    if province is not None and any(province.endswith(kind) and words.search(text) for kind, words in _OWN.items()):
        return ZoneName(province, province)
    return _around_cities(text, _CITIES, lexicons)


def region_of_passage(text: str, lexicons: Lexicons) -> ZoneName | None:
    """The province that a passage without a headline is about.

    What is its own it calls so (甘肃人民, 江西特色), else it names that one only; where it speaks of 全省 and of no
    全市, a city that it names lies there.
    """
    own = {lexicons.divisions[match[1]] for match in _own_names(lexicons).finditer(text)}
    named = own if len(own) == 1 else _provinces_in(text, lexicons)
    if len(named) == 1:
        name = named.pop()
        return ZoneName(name, name)
    of_all = _OF_ALL.search(text) is not None and _OF_CITY.search(text) is None
    told = governed_region(text, None, lexicons) or (_around_cities(text, 1, lexicons) if of_all else None)
    if told is not None:
        return told
    district = first_region(text, None, lexicons)  # 优化两江新区、北碚区国土空间分区规划: of the city whose it is
    city = lexicons.above(district.name, _PROVINCE) if district is not None else None
    return ZoneName(city, city) if city in _MUNICIPALITIES else None


def _around_cities(text: str, fewest: int, lexicons: Lexicons) -> ZoneName | None:
    """The province that alone has the cities which a text names: 沈阳, 大连, 盘锦, 葫芦岛."""
    cities = {lexicons.divisions[name] for name in _cities(lexicons).findall(text)}
    province = lexicons.common_province(cities) if len(cities) >= fewest else None
    return ZoneName(province, province) if province and _provinces_in(text, lexicons) <= {province} else None


def _provinces_in(text: str, lexicons: Lexicons) -> set[str]:
    """The provinces that a text names, each by its full name."""
    return {lexicons.divisions[name] for name in _provinces(lexicons).findall(text)}


@cache
def _epithets(lexicons: Lexicons) -> re.Pattern[str]:
    return re.compile(f"{either(lexicons.zone_epithets)}({_provinces(lexicons).pattern})")


@cache
def _own_names(lexicons: Lexicons) -> re.Pattern[str]:
    return re.compile(f"({_provinces(lexicons).pattern}){either(lexicons.zone_owned)}")


@cache
def _cities(lexicons: Lexicons) -> re.Pattern[str]:
    codes = lexicons.division_codes.items()
    cities = (name for name, own in codes if any(code[2:4] != "00" and code.endswith("00") for code in own))
    return re.compile(either(name for name in cities if name not in lexicons.zone_common))


@cache
def _provinces(lexicons: Lexicons) -> re.Pattern[str]:
    codes = lexicons.division_codes.items()
    return re.compile(either(name for name, own in codes if any(code.endswith("0000") for code in own)))


def _province(region: str | None, places: Sequence[str], publisher: str | None, lexicons: Lexicons) -> str | None:
    above = lexicons.above(region, _PROVINCE) if region else None
    shared = above or lexicons.common_province(places)
    if shared or not publisher:
        return shared
    # a province that the lexicon does not list is the publisher's own
    return publisher if publisher.endswith("省") else lexicons.above(publisher, _PROVINCE)


def _city(name: str, lexicons: Lexicons) -> str | None:
    if name not in lexicons.divisions and name.endswith(("市", "州", "盟")):
        return name
    city = lexicons.above(name, _CITY)
    return city if city is not None and city != lexicons.above(name, _PROVINCE) else None


def _beside(text: str, places: Sequence[str], ending: str) -> str | None:
    """青溪县 in a text about 青溪经开区: the place of a zone as the name of a division that is not in the lexicon."""
    for place in dict.fromkeys(places):
        if not place.endswith(("市", "县")) and place + ending in text:
            return place + ending
    return None
