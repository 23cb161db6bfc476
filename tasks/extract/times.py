"""How times are written: the parts of patterns that several rules share, made from lexicon/periods.yml."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from tasks.extract.lexicons import Lexicons, either

RELATIVE: Final = "上(?:一|个)?季度|上个?月|[本当]月|这个月"
"""Months and quarters as seen from the issue's date."""

LATELY: Final = "(?:刚刚)?过去的?(?:一年|五年)|(?:一年|五年)来|这(?:一年|五年)(?!级)|的五年(?=[。，！；])"
"""The whole years before a report: 过去一年, 五年来, 这是城乡面貌发生显著变化的五年."""

COUNT: Final = r"\d{1,2}|[一二两三四五六七八九十]{1,2}"
"""The number in 前5个月, 前两个月."""

TO: Final = "[-—~至到]"
"""What stands between the first and the last month or year."""


@dataclass(frozen=True, slots=True)
class Times:
    """Alternatives of a pattern: 十四五; 上半年 and 全年; those of them that are a part of the year; 今年."""

    plans: str
    seasons: str
    parts: str
    years: str


@cache
def times(lexicons: Lexicons) -> Times:
    """The names of times that the lexicon knows."""
    parts = [season for season, months in lexicons.seasons.items() if months != (1, 12)]
    return Times(either(lexicons.plans), either(lexicons.seasons), either(parts), either(lexicons.years))
