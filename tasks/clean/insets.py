"""Headlines that stand inside of their bodies: a column was dumped down to its foot, with the headline across it.

The paragraph before such a headline breaks off in mid-sentence, and goes on behind it. What shows it: a bracket that
is open before it and closed behind it, a mark that no line begins with, the two halves of a word, a full line without
the indent that paragraphs have; and that the lines
between are set otherwise than the column: shorter or longer, with spaces, apart, with a subtitle's dash or a byline.
"""

import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final, NamedTuple

from tasks.clean.breaks import closes_sentence
from tasks.clean.lines import Printed, ends_broken_byline
from tasks.clean.rules import Layout
from tasks.clean.setting import SLACK, is_seam, left_open_of
from tasks.clean.weights import cuts_word, sticks

_MOST_LINES: Final = 4
_COLUMN: Final = 5
"""Lines on either side by whose widths the column's is told."""
_SENTENCE: Final = re.compile("[，。；]")
_SPREAD: Final = re.compile("[一-龥”][ 　]+[一-龥“]")
_HAN: Final = re.compile("[—－“‘《-]*[一-龥]|\\d+[^A-Za-z]*[一-龥]")
_DASHES: Final = ("——", "－－", "--")
"""A single dash joins words: 初创—成长."""
_INDENT: Final = 2
"""Characters by which the first line of a paragraph is indented."""
_FEWEST_INDENTED: Final = 5
"""Lines nearby whose indent shows that paragraphs have one."""
_OPEN_BEFORE: Final = 3
"""Lines back in which the bracket may have been opened."""
_LONGEST: Final = 40
_NEARBY: Final = 50
"""Lines on either side in which the word is looked for that a headline may have cut."""


class Inset(NamedTuple):
    """Lines of a headline (and its byline) that stand before the line with which a paragraph goes on."""

    lines: tuple[Printed, ...]
    before: Printed


def without_insets(printed: Sequence[Printed], layout: Layout) -> tuple[list[Printed], list[Inset]]:
    """The lines without the headlines inside of paragraphs, and these."""
    kept: list[Printed] = []
    insets: list[Inset] = []
    at = 0
    while at < len(printed):
        end = max(_ends(printed, at, layout), default=at) if 0 < at < len(printed) - 1 else at
        if end > at:
            going_on = printed[end]._replace(gap=0, interrupted=True)
            insets.append(Inset(tuple(printed[at:end]), going_on))
            kept.append(going_on)
            at = end + 1
        else:
            kept.append(printed[at])
            at += 1
    return kept, insets


def _ends(printed: Sequence[Printed], at: int, layout: Layout) -> Iterator[int]:
    """Behind which lines the headline may end that begins with a line; nothing where none does."""
    before = printed[at - 1]
    if before.stands_apart or before.marks or not _may_be_headline(printed[at], layout):
        return
    if closes_sentence(before.text, layout):
        return
    stuck = sticks(before.text, printed[at].text, layout)  # as if the sentence went on in the headline
    if ends_broken_byline(printed, at, layout):
        return
    column = _column(printed, at)
    if before.width < column - 2 * SLACK:
        return
    for end in range(at + 1, min(at + 1 + _MOST_LINES, len(printed))):
        block, after = printed[at:end], printed[end]
        begins = after.opens_article or after.begins or after.lead >= _INDENT
        goes_on = not (after.stands_apart or begins or after.marks)
        goes_on = goes_on and (not stuck or (_is_signed(block) and block[0].blank_before))
        apart = block[0].blank_before and after.blank_before and cuts_word(before.text, after.text, layout)
        if goes_on and (apart or _is_set_apart(block, after, column)) and _goes_on(printed, at, end, layout):
            yield end
        if not _may_be_headline(after, layout):
            return


def _may_be_headline(line: Printed, layout: Layout) -> bool:
    if line.is_furniture or line.is_row or line.opens_article or line.marks or line.is_tail:
        return False
    if line.is_byline:  # □ 本报通讯员 马文斌
        return not line.is_web_line
    if line.begins or len(line.text) > _LONGEST:
        return False
    return not _SENTENCE.search(line.text) and not closes_sentence(line.text, layout)


def _column(printed: Sequence[Printed], at: int) -> float:
    """The width of the column round a line: that of its full lines."""
    near = [*printed[max(0, at - _COLUMN) : at], *printed[at + 1 : at + 1 + _MOST_LINES + _COLUMN]]
    widths = sorted(line.width + line.indent for line in near)
    return median(widths[len(widths) // 2 :])


def _is_signed(block: Sequence[Printed]) -> bool:
    """Whether a byline or a subtitle shows that lines are a headline's."""
    return any(line.is_byline or line.text.startswith(_DASHES) for line in block)


def _is_set_apart(block: Sequence[Printed], after: Printed, column: float) -> bool:
    """Whether lines are set as a headline is, and not as the column round them."""
    titles = [line for line in block if not line.is_byline]
    if block[0].is_byline or block[0].text.startswith(_DASHES) or not all(_HAN.match(line.text) for line in titles):
        return False
    shaped = all(abs(line.width + line.indent - column) > SLACK or _SPREAD.search(line.text) for line in titles)
    apart = block[0].blank_before and after.blank_before
    short = any(line.width + line.indent < column - 2 * SLACK for line in titles)  # and closes no sentence
    return _is_signed(block) or (shaped and (block[0].blank_before or after.blank_before)) or (apart and short)


def _goes_on(printed: Sequence[Printed], at: int, end: int, layout: Layout) -> bool:
    """Whether the sentence that breaks off before `printed[at:end]` goes on behind it, and not in it."""
    before, after = printed[at - 1], printed[end]
    start = max(0, at - _OPEN_BEFORE)
    around = [*printed[start:at], *printed[end : end + 2]]
    if left_open_of(around)[at - 1 - start]:
        return True
    if not _is_of_a_sentence(printed, at - 1, layout):
        return False
    if _goes_on_flush(printed, at, end) or _breaks_off(printed, at, end, layout):
        return True
    nearby = [*printed[max(0, at - _NEARBY) : at - 1], *printed[at : end + _NEARBY]]
    if _is_signed(printed[at:end]) or after.text[0] in layout.never_first:
        return True
    return cuts_word(before.text, after.text, layout) or is_seam([before, after, *nearby], 0)


def _goes_on_flush(printed: Sequence[Printed], at: int, end: int) -> bool:
    """Whether paragraphs are indented here, and the full line behind a block that stands apart is not."""
    column, after = _column(printed, at), printed[end]
    near = printed[max(0, at - _NEARBY) : end + _NEARBY]
    indented = sum(line.lead >= _INDENT for line in near if not line.stands_apart)
    apart = printed[at].blank_before and after.blank_before and not after.lead
    return apart and indented >= _FEWEST_INDENTED and abs(after.width - column) <= SLACK


def _breaks_off(printed: Sequence[Printed], at: int, end: int, layout: Layout) -> bool:
    """Whether the sentence can end nowhere but behind a block that stands apart: a line of it is too short for text."""
    column = _column(printed, at)
    block, before, after = printed[at:end], printed[at - 1], printed[end]
    apart = block[0].blank_before and after.blank_before
    full = before.width >= column - SLACK
    full = full and (after.width >= column - 2 * SLACK or closes_sentence(after.text, layout))
    widths = [line.width + line.indent for line in block]
    return apart and full and any(width < column - 2 * SLACK or width > column + SLACK for width in widths)


def _is_of_a_sentence(printed: Sequence[Printed], at: int, layout: Layout) -> bool:
    """Whether a line that closes no sentence is one of a paragraph, and not of another headline."""
    line, above = printed[at], printed[at - 1] if at else None
    if _SENTENCE.search(line.text):
        return True
    return above is not None and _SENTENCE.search(above.text) is not None and not closes_sentence(above.text, layout)
