"""Columns of short items: which paragraphs are the titles of items."""

from collections.abc import Sequence
from typing import Final

_TITLES: Final = 2
"""Titles of items that an article has, the first of them at its beginning, so that it is a column."""
_LONGEST_TITLE: Final = 40
_ENDS: Final = frozenset("。！？；：…")


def titles_of(paragraphs: Sequence[str]) -> list[bool]:
    """For each paragraph whether it is the title of an item below it; none is in an article that is no column."""
    ends = [not text or text[-1] in _ENDS or len(text) > _LONGEST_TITLE for text in paragraphs]
    titles = [not end and below for end, below in zip(ends, (*ends[1:], False), strict=True)]
    return titles if titles and titles[0] and sum(titles) >= _TITLES else [False] * len(titles)
