"""Boxes of figures: lines of a name and its number that stand together (地区生产总值：164.2亿元，增长7.8%)."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

_FIGURE: Final = re.compile(r"[一-龥（）()“”A-Z]{2,16}[：:][^。；：\d]{0,6}\d[^。；：]{0,30}")
_FEWEST: Final = 3


def is_figure(text: str) -> bool:
    """Whether a text may be a line of a box of figures."""
    return _FIGURE.fullmatch(text) is not None


def boxes_of(are_figures: Iterable[bool]) -> Iterator[tuple[int, int]]:
    """Where a box of figures begins and ends: some that may be its lines, one behind the other."""
    start = 0
    for are, run in groupby(are_figures):
        end = start + len(list(run))
        if are and end - start >= _FEWEST:
            yield start, end
        start = end
