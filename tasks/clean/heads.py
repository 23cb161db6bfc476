"""What a line by itself speaks for: a headline's line, a subheading, or a label that stands above articles.

All of it is relative to the page: where headlines are centred a flush line is a subheading, where most paragraphs are
parted by one blank line two of them part articles. In nats, as the costs of tasks/clean/page.py.
"""

import re
from collections import Counter
from collections.abc import Sequence
from math import log
from typing import Final, NamedTuple

from tasks.clean.lines import LARGE
from tasks.clean.marks import bare_label, bullet_end, is_framed_label, label_before
from tasks.clean.rules import Layout
from tasks.clean.units import Unit

_SUBHEADING: Final = 1.2
_STACKED: Final = 3.0
_NUMBERED: Final = 3.0
_NUMBERED_SUBHEADING: Final = 0.2
_COUNTED_SUBHEADING: Final = 4.0
_DEEP_SUBHEADING: Final = 2.5
_LARGE_SUBHEADING: Final = 6.0
_FLUSH_TITLE: Final = 1.5
_ANNOUNCED: Final = 3.0
_UNLISTED: Final = 4.0
"""What a list of contents that has all headlines says against another one (set on the gold `pages-*`)."""
_PROMISED: Final = 4.0
"""Below a sentence that announces a table or a list."""
_LONGEST_ANNOUNCEMENT: Final = 20
_UNUSED: Final = 7.0
_STRAY: Final = 1.0
_LABEL: Final = 0.3
_MAYBE_LABEL: Final = 2.0
_LABEL_APART: Final = 1.5
_LABEL_SUBHEADING: Final = 2.5
_LABELLED_SUBHEADING: Final = 3.0
_LENGTH: Final = 0.12
"""Headlines are longer than subheadings: for each character beyond these."""
_LONG_SUBHEADING: Final = 12
_LONGEST_COUNTED: Final = 12
_FEWEST_COUNTED: Final = 2
_MANY: Final = 3
_MARKED_SUBHEADING: Final = 2.5
_FRAMED: Final = 6.0
_SECTION_ONLY: Final = 12.0
"""What a heading of a section costs as anything else."""
_DASH_FIRST: Final = 3.0
_SECTION: Final = re.compile(r"(?:PART|Part|NO|No|第[一二三四五六七八九十]+[章节部])\.?\s*\d{0,2}")
_FIGURES: Final = re.compile(r"[一二三四五六七八九十\d\s]")
_OPENS_LABEL: Final = frozenset("【[〔［")
_LONGEST_COLUMN_NAME: Final = 8
_LONGEST_FRAMED_NAME: Final = 20
"""Of a column whose name stands between rules."""
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
    """Little where it has the looks of a label."""
    names_column: bool = False
    """Whether items may follow it that are no article each (简讯)."""
    is_long: bool = False
    """Whether it is as long as headlines are, has no number and heads no table."""


def heads_of(units: Sequence[Unit], is_head: Sequence[bool], layout: Layout) -> list[Head]:
    """The costs for each unit that may be a headline's line; those of the others say nothing."""
    heads = [unit for unit, head in zip(units, is_head, strict=True) if head]
    deep = sum(unit.lines[0].is_deep for unit in heads)
    centred = deep >= 2 and deep >= _DEEP_SHARE * len(heads)
    times = Counter(bare_label(unit.text) for unit in heads)
    bullet = _headline_bullet(heads, layout)
    inner = _subheading_bullets(heads, bullet)
    counted = _counted_style(units, is_head, layout)
    costs: list[Head] = []
    for at, unit in enumerate(units):
        if not is_head[at]:
            costs.append(Head(0.0, 0.0, 0.0, _UNUSED))
            continue
        line = unit.lines[0]
        if line.is_section or (at and layout.box.fullmatch(unit.text)):
            costs.append(Head(_SECTION_ONLY, 0.0, 0.0, _SECTION_ONLY))
            continue
        style = _style(unit.text, layout)
        numbered = style is not None or unit.text[0] in inner or layout.table_title.match(unit.text) is not None
        title = _NUMBERED if numbered and (style is None or style != counted) else 0.0
        subheading = _NUMBERED_SUBHEADING if numbered else _SUBHEADING
        if style is not None and style == counted:
            subheading += _COUNTED_SUBHEADING
        if at and is_head[at - 1] and not numbered:
            subheading += _STACKED
        if unit.scale >= LARGE:
            subheading += _LARGE_SUBHEADING
        if line.is_deep:
            subheading += _DEEP_SUBHEADING
        elif centred or line.indent >= 1:
            title += _FLUSH_TITLE
        if bullet and unit.text[0] == bullet:
            subheading += _MARKED_SUBHEADING
        if label_before(unit.text, layout):
            subheading += _LABELLED_SUBHEADING
        subheading += _LENGTH * min(_LONGEST_COUNTED, max(0, len(unit.text) - _LONG_SUBHEADING))
        if at and layout.announcement.search(units[at - 1].text, len(units[at - 1].text) - _LONGEST_ANNOUNCEMENT):
            title += _PROMISED
        if line.is_announced:
            title -= _ANNOUNCED / 2
            subheading += _ANNOUNCED
        dash = _DASH_FIRST if unit.text.startswith(_DASHES) else 0.0
        below = units[at + 1] if at + 1 < len(units) and is_head[at + 1] else None
        label = _as_label(unit, below, layout, known=times[bare_label(unit.text)] > 1)
        title, subheading = title + label.title, subheading + label.subheading + dash
        if line.is_unlisted and not _is_kicker(below):
            title, subheading = title + _UNLISTED, min(subheading, _SUBHEADING)
        # furniture parts it from a headline that the contents announce, and it is none of their lines: a caption
        stray = below is not None and below.lines[0].is_announced and below.lines[0].interrupted
        unused = min(label.unused, _STRAY) if stray and not line.is_announced else label.unused
        is_long = _is_long(units, at) and not numbered
        costs.append(Head(title, dash, subheading, unused, label.names_column, is_long))
    return costs


def _is_kicker(below: Unit | None) -> bool:
    """Whether a line that the contents do not have stands right above one that they have."""
    return below is not None and below.lines[0].is_announced and not below.lines[0].blank_before


def _is_long(units: Sequence[Unit], at: int) -> bool:
    """Whether a line is as long as headlines are, and heads no table."""
    heads_rows = at + 1 < len(units) and units[at + 1].is_row
    return len(units[at].text) > _LONG_SUBHEADING and not (heads_rows or units[at].lines[0].is_unlisted)


def _counted_style(units: Sequence[Unit], is_head: Sequence[bool], layout: Layout) -> str | None:
    """How the articles of a page are numbered: it begins with 一、, or 二、 and 三、 stand behind bylines."""
    first = _style(units[0].text, layout) if is_head[0] else None
    if first is not None:
        return first
    behind = Counter(
        style
        for before, unit, head in zip(units, units[1:], is_head[1:], strict=False)
        if head and (before.is_byline or before.ends_signed) and (style := _style(unit.text, layout))
    )
    style, times = behind.most_common(1)[0] if behind else (None, 0)
    return style if times >= _FEWEST_COUNTED else None


def _as_label(unit: Unit, below: Unit | None, layout: Layout, *, known: bool) -> Head:
    """What a line costs more in a headline or as a subheading because it may be a label, and what it costs alone.

    `below` is the next line where it may be a headline's, `known` whether the page has the same line more than once.
    """
    column = unit.opens_column
    longest = _LONGEST_FRAMED_NAME if below is not None and below.lines[0].interrupted else _LONGEST_COLUMN_NAME
    if column and below is not None and unit.text[0] in _OPENS_LABEL:
        # 【简讯】 above 园区一周: the column has a name; above a headline that the contents have, it is a label
        column = len(below.text) > longest and not below.lines[0].is_announced
    if column:
        return Head(0.0, 0.0, 0.0, _UNUSED if below is None else _LABEL, names_column=below is None)
    section = below is not None and _SECTION.match(unit.text) is not None
    if below is not None and unit.lines[0].is_framed and not below.text.startswith(_DASHES):
        return Head(_FRAMED, 0.0, _FRAMED, _LABEL)
    if unit.opens_column or section or is_framed_label(unit.text, layout, known=known):
        return Head(_FRAMED, 0.0, _FRAMED, _LABEL)
    if layout.label_words.fullmatch(unit.text) or (known and below is not None):
        if below is None:
            return Head(0.0, 0.0, _LABEL_SUBHEADING, _UNUSED, names_column=True)
        apart = _LABEL_APART if below.lines[0].blank_before else 0.0
        return Head(0.0, 0.0, _LABEL_SUBHEADING, _MAYBE_LABEL - apart)
    return Head(0.0, 0.0, 0.0, _UNUSED)


def _bullets(heads: Sequence[Unit]) -> Counter[str]:
    return Counter(unit.text[0] for unit in heads if bullet_end(unit.text))


def _headline_bullet(heads: Sequence[Unit], layout: Layout) -> str | None:
    """The bullet before headlines, where they have one: that of the first line which can only be a headline's."""
    for unit in heads:
        if unit.opens_column or is_framed_label(unit.text, layout, known=False) or _SECTION.match(unit.text):
            continue
        bullet = unit.text[0]
        if bullet_end(unit.text) and sum(other.text[0] == bullet for other in heads) > 1:
            return bullet
        break
    # a title above all of them may have none; short lines with bullets are subheadings
    bullets = _bullets(heads)
    bullet, count = bullets.most_common(1)[0] if bullets else ("", 0)
    letters = sum(len(unit.text) for unit in heads if unit.text[0] == bullet)
    return bullet if count >= _MANY and 2 * count >= len(heads) and letters > _LONG_SUBHEADING * count else None


def _subheading_bullets(heads: Sequence[Unit], bullet: str | None) -> frozenset[str]:
    """The bullets that mark subheadings: those that come again and are not the headlines' own."""
    bullets = _bullets(heads)
    return frozenset(mark for mark, count in bullets.items() if count > 1 and mark != bullet)


def _style(text: str, layout: Layout) -> str | None:
    """How a line is numbered, as the mark without its number: 、 （ .; None where it is not."""
    found = layout.enumerator.match(text)
    return _FIGURES.sub("", found[0]) if found else None


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
