"""When two names mean the same development zone: 长治高新区 is 长治高新技术产业开发区."""

from collections.abc import Iterable
from typing import Final

from tasks.evaluate.align import bare

_FAMILIES: Final = {
    "经开": ("经济技术开发区", "经济开发区", "经开区", "开发区"),
    "高新": ("高新技术产业开发区", "高新技术开发区", "高新技术产业园区", "高新区"),
    "综保": ("综合保税区", "综保区"),
    "示范": ("现代农业产业示范区", "农业示范区", "示范区"),
}
_FAMILY_OF: Final = {ending: family for family, endings in _FAMILIES.items() for ending in endings}
_CITY: Final = "市"


def is_zone(name: str | None, accepted: Iterable[str]) -> bool:
    """Whether the name means one of the accepted zones; no name means none."""
    return bool(name) and _key(name) in {_key(other) for other in accepted}


def _key(name: str | None) -> tuple[str, str]:
    """The place and the family, which the short and the official name of a zone share."""
    plain = bare(name)
    # the longest: 经济技术开发区 ends in 开发区, too
    ending = max(filter(plain.endswith, _FAMILY_OF), key=len, default=None)
    if ending:
        return plain.removesuffix(ending).removesuffix(_CITY).removesuffix("县"), _FAMILY_OF[ending]
    place = plain.removesuffix(_CITY)
    return (place, _CITY) if len(place) > 1 and place != plain else (plain, "")
