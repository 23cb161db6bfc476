"""Parks whose names the list of zones does not have: 广西·中国糖业产业园, 西河国际陆港."""

import re
from functools import cache
from typing import Final

from tasks.extract.lexicons import Lexicons, either
from tasks.extract.places import division_in
from tasks.records import Article, ZoneName

_SHORTEST_PLACE: Final = 2
"""Characters of the name of a place."""
_LEAD: Final = re.compile("[—－-]+(?:来自|走进|探访|写在)?")
"""——巴润绿色氢能产业园见闻."""
_PARK: Final = re.compile("[一-龥·]{5,16}")


def titled_park(article: Article, lexicons: Lexicons) -> ZoneName | None:
    """The park whose name opens the headline, or is a line of it, and comes again in the text: 广西·中国糖业产业园.

    Elsewhere such words are common nouns (`weak` and `parks` of lexicon/zones.yml).
    """
    for line in article.headline:
        if line.endswith(tuple(lexicons.zone_weak)) and _PARK.fullmatch(line) and line in article.body:
            region = lexicons.divisions.get(line.partition("·")[0]) if "·" in line else None
            return ZoneName(line, region)
        opening = opening_park(_LEAD.sub("", line), lexicons)
        if opening is not None and opening.name in article.body:
            return opening
    return None


def opening_park(text: str, lexicons: Lexicons) -> ZoneName | None:
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
