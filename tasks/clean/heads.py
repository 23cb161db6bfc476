"""What a line by itself speaks for: a headline's line, a subheading, or a label that stands above articles.

All of it is relative to the page: where headlines are centred a flush line is a subheading, where most paragraphs are
parted by one blank line two of them part articles. In nats, as the costs of tasks/clean/articles.py.
"""

import re
from collections import Counter
from collections.abc import Sequence
from math import log
from typing import Final, NamedTuple

from tasks.clean.lines import BULLETS
from tasks.clean.rules import Layout
from tasks.clean.units import Unit

_SUBHEADING: Final = 1.2
_STACKED: Final = 3.0
_NUMBERED: Final = 3.0
_NUMBERED_SUBHEADING: Final = 0.2
_DEEP_SUBHEADING: Final = 2.5
_FLUSH_TITLE: Final = 1.5
_ANNOUNCED: Final = 3.0
_UNUSED: Final = 7.0
_LABEL: Final = 0.3
_MAYBE_LABEL: Final = 1.5
_FRAMED: Final = 6.0
_DASH_FIRST: Final = 3.0
_LONGEST_LABEL: Final = 8
_FRAMES: Final = "".join(BULLETS) + "·•—－-~～*＊|｜丨《》<> 　"
_HAN: Final = re.compile("[一-龥]+")
_DASHES: Final = ("—", "－－", "--")
_DEEP_SHARE: Final = 0.3
_RARE_GAP: Final = 0.4
_MOST: Final = 3.0
_GAP_WEIGHT: Final = 1.5


class Head(NamedTuple):
    """What it costs that a line is one of a headline, opens it, is a subheading, or stands for itself."""

    title: float
    first: float
    subheading: float
    unused: float


def heads_of(units: Sequence[Unit], is_head: Sequence[bool], layout: Layout) -> list[Head]:
    """The costs for each unit that may be a headline's line; those of the others say nothing."""
    heads = [unit for unit, head in zip(units, is_head, strict=True) if head]
    deep = sum(unit.lines[0].is_deep for unit in heads)
    centred = deep >= 2 and deep >= _DEEP_SHARE * len(heads)
    times = Counter(_bare(unit.text) for unit in heads)
    costs: list[Head] = []
    for at, unit in enumerate(units):
        if not is_head[at]:
            costs.append(Head(0.0, 0.0, 0.0, _UNUSED))
            continue
        line = unit.lines[0]
        numbered = layout.enumerator.match(unit.text) is not None
        title = _NUMBERED if numbered else 0.0
        subheading = _NUMBERED_SUBHEADING if numbered else _SUBHEADING
        if at and is_head[at - 1] and not numbered:
            subheading += _STACKED
        if line.is_deep:
            subheading += _DEEP_SUBHEADING
        elif centred or line.indent >= 1:
            title += _FLUSH_TITLE
        if line.is_announced:
            title -= _ANNOUNCED / 2
            subheading += _ANNOUNCED
        dash = _DASH_FIRST if unit.text.startswith(_DASHES) else 0.0
        unused = _as_label(unit.text, times[_bare(unit.text)], layout)
        if unused <= _LABEL:
            title += _FRAMED
            subheading += _FRAMED
        costs.append(Head(title, dash, subheading + dash, unused))
    return costs


def _as_label(text: str, times: int, layout: Layout) -> float:
    """What it costs that a line is no part of an article: little where it has the looks of a label."""
    bare = _bare(text)
    if not 2 <= len(bare) <= _LONGEST_LABEL or not _HAN.fullmatch(bare) or layout.column_head.fullmatch(bare):
        return _UNUSED
    before, after = text[0] != bare[0], text[-1] != bare[-1]
    usual = layout.label_words.fullmatch(bare) is not None or times > 1
    if (before and after) or (before and usual):
        return _LABEL
    return _MAYBE_LABEL if usual else _UNUSED


def divisions_of(units: Sequence[Unit]) -> list[float]:
    """How strongly the blank lines before each unit part it from the one before: more of them than is usual here."""
    gaps = [unit.lines[0].gap for unit in units[1:] if not unit.lines[0].interrupted]
    counts = Counter(gaps)
    strength: dict[int, float] = {0: 0.0}
    more = 0
    for gap in sorted(counts, reverse=True):
        more += counts[gap]
        if gap:
            strength[gap] = min(_MOST, max(0.0, _GAP_WEIGHT * log(_RARE_GAP * len(gaps) / more)))
    return [0.0 if unit.lines[0].interrupted else strength.get(unit.lines[0].gap, 0.0) for unit in units]


def _bare(text: str) -> str:
    """A label without its frame."""
    return "".join(text.strip(_FRAMES).split())
