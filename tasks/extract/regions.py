"""Where a sentence speaks of a whole region: 全市, 全省."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from tasks.extract.lexicons import Lexicons
from tasks.extract.times import TO, times

_CLAUSE_MARK: Final = re.compile("[，；：]")


@dataclass(frozen=True, slots=True)
class Regions:
    """Where a sentence says 全市 or 全省 of itself: the offset at which each clause begins, the word told before it."""

    clauses: Sequence[int]
    told: Sequence[str | None]

    def before(self, text: str, at: int, lexicons: Lexicons) -> str | None:
        """The word that holds at an offset: the one that its clause begins with, else the last one before."""
        clause = bisect_right(self.clauses, at) - 1
        return _region_word(text, self.clauses[clause], at, lexicons) or self.told[clause]


def regions_in(text: str, start: int, end: int, lexicons: Lexicons) -> Regions | None:
    """The regions that the sentence `text[start:end]` tells of; None where it cannot tell of one."""
    if text.find("全", start, end) < 0:
        return None
    clauses = [start, *(mark.end() for mark in _CLAUSE_MARK.finditer(text, start, end))]
    told: list[str | None] = [None]
    for this, following in pairwise(clauses):
        told.append(_region_word(text, this, following - 1, lexicons) or told[-1])
    return Regions(clauses, told)


def _region_word(text: str, start: int, end: int, lexicons: Lexicons) -> str | None:
    found = _region_words(lexicons).match(text, start, end)
    return found[2] if found and (not found[1] or found[1] in lexicons.divisions) else None


@cache
def _region_words(lexicons: Lexicons) -> re.Pattern[str]:
    """A clause that speaks of a region, and does not compare or count in it."""
    names = times(lexicons)
    return re.compile(
        rf"(?:\d{{4}}年)?(?:{names.seasons}|1{TO}\d{{1,2}}月|{names.years})?([一-龥]{{2,4}}?)?(全[市省县国])"
        "(?!平均|[^，。；]{0,4}第|首|各|高新|经开|开发)"
    )
