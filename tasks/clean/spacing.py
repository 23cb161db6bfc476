"""The white space of a page: what its blank lines and its left edge say beyond what is usual on it."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from tasks.clean.lines import Printed

_CLOSES: Final = frozenset("。！？”）：；:;…!?")
_ENOUGH: Final = 8
_NEARLY_ALL: Final = 0.85
_LEAST_TEXT: Final = 0.35
"""Share of a dump's lines that stop in mid-sentence where lines are broken."""
_DEEP: Final = 3.0
_FURTHER: Final = 0.9
_PARAGRAPH: Final = 4.0
"""Indents of paragraphs are hardly ever wider (Han characters)."""


def spaced(printed: Sequence[Printed]) -> list[Printed]:
    """The lines of a document with the blank lines and the leading white space that stand behind every line taken off.

    Some dumps have a blank line behind each line, some a margin before each: neither says anything. What is set further
    in than the paragraphs is marked as deep.
    """
    every = int(_is_double_spaced(printed))
    margin = _margin(printed)
    indents = Counter(round(line.lead - margin, 1) for line in printed if 1 <= line.lead - margin <= _PARAGRAPH)
    usual = indents.most_common(1)[0][0] if indents else 0.0
    deepest = max(_DEEP, usual + _FURTHER)
    if not every and not margin:
        return [line._replace(indent=0.0, is_deep=True) if line.lead >= deepest else line for line in printed]
    lines = []
    for line in printed:
        lead = max(0.0, line.lead - margin)
        deep = lead >= deepest
        lines.append(line._replace(gap=max(0, line.gap - every), lead=lead, indent=0.0 if deep else lead, is_deep=deep))
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


def _margin(printed: Sequence[Printed]) -> float:
    """The white space before most lines that go on with a sentence."""
    leads = Counter(
        after.lead
        for line, after in pairwise(printed)
        if not (after.gap or line.text[-1] in _CLOSES or line.stands_apart or after.stands_apart)
    )
    if leads.total() < max(_ENOUGH, _LEAST_TEXT * len(printed)):
        return 0.0
    margin, count = leads.most_common(1)[0]
    return margin if margin >= 1 and 2 * count > leads.total() else 0.0
