"""The white space of a page: what its blank lines and its left edges say beyond what is usual on it."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from tasks.clean.lines import Printed

_CLOSES: Final = frozenset("。！？”）：；:;…!?")
_IN_SENTENCE: Final = re.compile("[，。；、]")
_ENOUGH: Final = 8
_NEARLY_ALL: Final = 0.85
_LEAST_TEXT: Final = 0.35
"""Share of a dump's lines that stop in mid-sentence where lines are broken."""
_BESIDE: Final = 4
"""Lines before and behind that show where the left edge of a block is."""
_FAR: Final = 15
_OF_PAGE: Final = 2
"""Of these so many on the same page say more than those of its neighbours: each page may have its own edge."""
_DEEP: Final = 3.0
_FURTHER: Final = 0.9
_PARAGRAPH: Final = 4.0
"""Indents of paragraphs are hardly ever wider (Han characters)."""


def spaced(printed: Sequence[Printed]) -> list[Printed]:
    """The lines of a document without the blank lines and the white space that stand behind and before every line.

    Some dumps have a blank line behind each line, some a margin before each, which may change from block to block:
    neither says anything. What is set further in than the paragraphs is marked as deep.
    """
    if any(line.block for line in printed):
        return list(printed)  # a typeset page says itself what stands where
    every = int(_is_double_spaced(printed))
    margins = _margins(printed, every)
    leads = [max(0.0, line.lead - margin) for line, margin in zip(printed, margins, strict=True)]
    indents = Counter(round(lead, 1) for lead in leads if 1 <= lead <= _PARAGRAPH)
    usual = indents.most_common(1)[0][0] if indents else 0.0
    deepest = max(_DEEP, usual + _FURTHER)
    lines: list[Printed] = []
    for line, lead in zip(printed, leads, strict=True):
        deep = lead >= deepest
        if every or deep or lead != line.lead:
            gap = max(0, line.gap - every)
            lines.append(line._replace(gap=gap, lead=lead, indent=0.0 if deep else lead, is_deep=deep))
        else:
            lines.append(line)
    return lines


def _is_double_spaced(printed: Sequence[Printed]) -> bool:
    """Whether nearly every line that stops in mid-sentence has a blank line behind it."""
    behind = [
        after.gap > 0
        for line, after in pairwise(printed)
        if line.text[-1] not in _CLOSES and not line.stands_apart and not after.stands_apart
    ]
    enough = len(behind) >= max(_ENOUGH, _LEAST_TEXT * len(printed))
    return enough and sum(behind) >= _NEARLY_ALL * len(behind)


def _margins(printed: Sequence[Printed], every: int) -> list[float]:
    """For each line the left edge of its block: the most usual one of the lines near it that go on with a sentence."""
    going_on = [
        at
        for at, (line, after) in enumerate(pairwise(printed), start=1)
        if not (after.gap > every or line.text[-1] in _CLOSES or line.stands_apart or after.stands_apart)
        and _IN_SENTENCE.search(line.text)
    ]
    if not any(printed[at].lead >= 1 for at in going_on):
        return [0.0] * len(printed)
    margins: list[float] = []
    for at, line in enumerate(printed):
        middle = bisect_left(going_on, at)
        near = going_on[max(0, middle - _BESIDE) : middle + _BESIDE]
        near = [one for one in near if abs(one - at) <= _FAR and printed[one].lead <= line.lead]
        of_page = [one for one in near if printed[one].strip.page == line.strip.page]
        edges = Counter(printed[one].lead for one in (of_page if len(of_page) >= _OF_PAGE else near))
        margin = max(edges, key=lambda lead: (edges[lead], lead)) if edges else 0.0
        margins.append(margin if margin >= 1 else 0.0)
    return margins
