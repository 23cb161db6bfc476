"""Which line breaks are the column's, and which end a paragraph or a line of a headline.

Every break between two lines costs something as a join and something as an end; the cheapest reading of the whole page
is taken. The evidence is the width of the line against its column, the punctuation on both sides, brackets left
open, the indent (also a lost one: a first line is then narrower by two characters), and blank lines, which say as much
as they do on this page: on some they stand between paragraphs, on others also where a column was cut.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import Final

from tasks.clean.lines import Printed, column_widths, neighbourhoods, slacks
from tasks.clean.printing import display_width
from tasks.clean.rules import Layout

_OPENERS: Final = {"（": "）", "(": ")", "《": "》", "“": "”", "「": "」", "『": "』", "【": "】"}
_CLOSERS: Final = frozenset(_OPENERS.values())
_MAY_LEAVE_OPEN: Final = re.compile("[（(《“「『【]")
_QUOTE_ENDS: Final = "”’」』）)》】 "
_LOST_INDENT: Final = 2.0
_SLACK: Final = 1.3
"""Justified lines of one column differ by about a character (measured on the sample's columns)."""
_NEVER: Final = 1000.0
_SURE: Final = 12.0
_LONGEST_OPEN: Final = 12
"""Lines within which a bracket or a quote is closed again, or was never meant to be."""
_INSIDE_SENTENCES: Final = re.compile("[，。；]")
_ENDS: Final = frozenset("。！？；：”）")
_HEADLINE_SHARE: Final = 0.75
_WEAK_ENDS: Final = frozenset("；;：:")
_GOES_ON: Final = frozenset("，、")
_HAN_PAIR: Final = re.compile("[一-龥]{2}")
_NEAR: Final = 100
"""Lines on either side in which the two halves of a word that a break may have cut are looked for."""
_SEAM: Final = 2.0
_UNBROKEN: Final = re.compile(r"[A-Za-z0-9.%]+")
_LONGEST_UNINDENTED: Final = 40
_LONG_SECTION: Final = 8
_BLANK_AT_END: Final = (3.0, 0.6)
"""How many breaks a page must show before they outweigh what is usual, and which share of paragraphs a blank ends."""
_BLANK_INSIDE: Final = (12.0, 0.1)


@dataclass(frozen=True, slots=True)
class _Blanks:
    """What a blank line, and its absence, says for an end (in nats)."""

    present: float
    absent: float


def unit_ends(printed: Sequence[Printed], layout: Layout) -> list[bool]:
    """For each line whether a unit ends with it (dynamic programming over 'is this line the first of its unit')."""
    widths = column_widths(printed)
    closed = [closes_sentence(line.text, layout) for line in printed]
    left_open = _left_open(printed)
    blanks = _blanks(printed, widths, closed)
    indents = _indents(printed)
    usual = slacks(printed, widths)
    never_first, keeps_next = layout.never_first, layout.never_last | _GOES_ON
    first_best, inner_best = 0.0, _NEVER
    first_came: list[bool] = []  # for each break: was the line the first of its unit, if the next one is
    inner_came: list[bool] = []  # and if the next one is not
    for at in range(len(printed) - 1):
        line, after = printed[at], printed[at + 1]
        if (
            not closed[at]
            and not after.blank_before
            and not line.stands_apart
            and not after.stands_apart
            and not after.opens_article
            and not after.begins
            and not after.parted
            and not after.interrupted
            and not after.marks
            and not line.marks
            and -2 * _SLACK <= widths[at] - line.width - line.indent <= usual[at]
            and after.width <= widths[at + 1] + 2 * _SLACK
            and (after.indent < 1 or not indents[at])
        ):
            # nearly all breaks: a full line in mid-sentence
            join = inner_join = 0.0
            end, inner_end = 3.0, 7.0
            if left_open[at] or line.text[-1] in keeps_next or after.text[0] in never_first:
                end = inner_end = _SURE
            elif _INSIDE_SENTENCES.search(line.text):
                inside = _inside(line.text)
                end, inner_end = end + inside, inner_end + inside
            elif " " in line.text or line.text[0] in "—“":
                end -= 0.8
        elif _is_role_of(line, after, layout):
            join = inner_join = 0.0
            end = inner_end = _NEVER
        elif _stands_apart(line, after):
            join = inner_join = _NEVER
            end, inner_end = 0.0, 0.0 if closed[at] else _LOOSE
        else:
            seam = not closed[at] and _is_seam(printed, at)
            join, end = _costs(
                line,
                after,
                widths[at],
                widths[at + 1],
                layout,
                first=True,
                closed=closed[at],
                left_open=left_open[at],
                indents=indents[at],
                blanks=blanks[at],
                next_closed=closed[at + 1],
                usual=usual[at],
                seam=seam,
            )
            inner_join, inner_end = _costs(
                line,
                after,
                widths[at],
                widths[at + 1],
                layout,
                first=False,
                closed=closed[at],
                left_open=left_open[at],
                indents=indents[at],
                blanks=blanks[at],
                next_closed=closed[at + 1],
                usual=usual[at],
                seam=seam,
            )
        first_came.append(first_best + end <= inner_best + inner_end)
        inner_came.append(first_best + join <= inner_best + inner_join)
        first_best, inner_best = (
            min(first_best + end, inner_best + inner_end),
            min(first_best + join, inner_best + inner_join),
        )
    ends = [True]
    first = first_best <= inner_best + (0.0 if closed[-1] else _LOOSE)
    for at in range(len(printed) - 2, -1, -1):
        ends.append(first)
        first = first_came[at] if first else inner_came[at]
    return ends[::-1]


_LOOSE: Final = 6.0
"""What it costs that a unit of several lines ends in mid-sentence, where it must end."""


def _costs(
    line: Printed,
    after: Printed,
    width: float,
    next_width: float,
    layout: Layout,
    *,
    first: bool,
    closed: bool,
    left_open: bool,
    indents: bool,
    blanks: _Blanks,
    next_closed: bool,
    usual: float,
    seam: bool,
) -> tuple[float, float]:
    """What it costs to join a line with the next one, and to end the unit between them."""
    if after.text[0] in layout.never_first or line.text[-1] in layout.never_last or line.text[-1] in _GOES_ON:
        return 0.0, _SURE
    if line.opens_article and not closed:
        return 0.0, _SURE  # a dateline is followed by its article
    if left_open:
        return 0.0, _SURE / 3 if closed and (after.blank_before or after.indent >= 1) else _SURE
    # a first line may have lost its indent and be full all the same
    missing = width - line.width - line.indent - (_LOST_INDENT if first and not indents else 0.0)
    slack = usual + _pushed(after.text, layout)
    short = missing > slack
    blank = after.blank_before and not after.interrupted
    join = max(0.0, blanks.present * 0.55) if blank else 0.0
    end = 0.0
    if closed and not short and line.text[-1] in _WEAK_ENDS and not layout.enumerator.match(after.text):
        end += 3.0  # a list may end its items so, a sentence goes on just as well
    elif closed:
        if short:
            join += 5.0
        elif after.interrupted:
            end += 0.7
        elif blank:
            join += max(0.0, blanks.present - 1.8) + 1.0
            end += 0.5 + max(0.0, 1.8 - blanks.present)
        else:
            end += 1.5 + max(0.0, -0.8 - blanks.absent)
        next_missing = next_width - after.width - after.indent
        if not short and abs(next_missing - _LOST_INDENT) <= 0.5 and not next_closed:
            end -= 0.8  # the next line looks like a first line whose indent was lost
        if layout.enumerator.match(after.text):
            end -= 0.3
    else:
        really_short = width - line.width - line.indent > slack
        join += min(4.0, 0.8 + 1.2 * (missing - slack)) if short else 1.2 if first and really_short and blank else 0.0
        # an unfinished line can only end a unit as a line of a headline or a subheading
        end += 1.0 if first and really_short else 3.0 if first else 7.0
        if first and really_short and not short and layout.enumerator.match(after.text):
            end -= 1.0
        inside = _inside(line.text) if _INSIDE_SENTENCES.search(line.text) else 0.0
        end += inside + (_SEAM if seam else 0.0)
        if first and blank and inside <= 1.0:
            end -= 2.2  # a line by itself with nothing of a sentence in it
            join += max(0.0, blanks.present * 0.3)
        elif first and not inside and (" " in line.text or line.text[0] in "—“"):
            end -= 0.8  # two phrases set apart by a space, a subtitle's dash: headline shape
        if first and line.width > width + 2 * _SLACK and not _INSIDE_SENTENCES.search(line.text):
            join, end = join + 3.0, min(end, 0.5)  # wider than the column: set across it
        elif after.width > next_width + 2 * _SLACK and not next_closed:
            join += 2.0
    if closed and after.indent >= 1 and not indents:
        join += 3.0
    if indents:
        if after.indent >= 1:
            join += 4.5
            if first and line.indent < 1 and not closed and not after.interrupted:
                end -= 1.5  # where paragraphs are indented, a first line that is not is a heading
        elif closed:
            end += 2.0
        elif first and line.indent >= 1:
            end += 5.0  # an indented first line begins a paragraph, and is no heading
    return join, max(end, 0.0)


def closes_sentence(text: str, layout: Layout) -> bool:
    """Whether a text ends as a paragraph does."""
    last = text[-1]
    if last in layout.sentence_ends or last in layout.paragraph_ends:
        return True
    if last not in _QUOTE_ENDS:
        return False
    bare = text.rstrip(_QUOTE_ENDS)
    return bool(bare) and bare[-1] in layout.sentence_ends


def _blanks(printed: Sequence[Printed], widths: list[float], closed: list[bool]) -> list[_Blanks]:
    """For each line what blank lines say round it.

    How often they stand behind a closed short line, and how often behind a full one in mid-sentence: an article's own
    breaks count most, those of the whole page where it shows few.
    """
    ends, inside = [(0, 0)], [(0, 0)]  # sums: how many breaks, and how many of them with a blank line
    for at in range(len(printed) - 1):
        line, after = printed[at], printed[at + 1]
        end, within = ends[-1], inside[-1]
        if not (line.stands_apart or after.stands_apart or after.interrupted):
            missing = widths[at] - line.width - line.indent
            if closed[at] and missing > _SLACK + _LOST_INDENT:
                end = end[0] + 1, end[1] + after.blank_before
            elif not closed[at] and abs(missing) <= _SLACK:
                within = within[0] + 1, within[1] + after.blank_before
        ends.append(end)
        inside.append(within)
    weight, share = _BLANK_AT_END
    page_end = (ends[-1][1] + weight * share) / (ends[-1][0] + weight)
    inner_weight, share = _BLANK_INSIDE
    page_inside = (inside[-1][1] + inner_weight * share) / (inside[-1][0] + inner_weight)
    blanks: list[_Blanks] = []
    for start, stop in neighbourhoods(printed):
        last = min(stop, len(ends) - 1)
        count, blank = ends[last][0] - ends[start][0], ends[last][1] - ends[start][1]
        at_end = (blank + weight * page_end) / (count + weight)
        count, blank = inside[last][0] - inside[start][0], inside[last][1] - inside[start][1]
        within_share = (blank + inner_weight * page_inside) / (count + inner_weight)
        one = _Blanks(log(at_end / within_share), log((1 - at_end) / (1 - within_share)))
        blanks += [one] * (stop - start)
    return blanks


def _indents(printed: Sequence[Printed]) -> list[bool]:
    """For each line whether paragraphs are indented round it: in its article, or on the page where that is short."""
    page = sum(line.indent >= 1 for line in printed) > max(3, len(printed) // 12)
    indents: list[bool] = []
    for start, stop in _stretches(printed):
        size = stop - start
        own = sum(line.indent >= 1 for line in printed[start:stop])
        indents += [own >= 1 + size // _LONGEST_UNINDENTED if size >= _LONG_SECTION else page] * size
    return indents


def _is_seam(printed: Sequence[Printed], at: int) -> bool:
    """Whether the characters on both sides of a break stand side by side elsewhere round it: 产⏎业 is a word cut in two."""
    pair = printed[at].text[-1] + printed[at + 1].text[0]
    if not _HAN_PAIR.fullmatch(pair):
        return False
    return any(pair in line.text for line in printed[max(0, at - _NEAR) : at + _NEAR])


def _stretches(printed: Sequence[Printed]) -> list[tuple[int, int]]:
    """Neighbourhoods, parted once more where a short line behind a blank one looks like a headline."""
    parts: list[tuple[int, int]] = []
    for start, stop in neighbourhoods(printed):
        heads = [
            at
            for at in range(start + 1, stop - 1)
            if printed[at].blank_before
            and printed[at].text[-1] not in _ENDS
            and printed[at].width < _HEADLINE_SHARE * max(line.width for line in printed[at + 1 : at + 4])
        ]
        parts += pairwise([start, *heads, stop])
    return parts


def _inside(text: str) -> float:
    """What speaks against a heading in a line: a comma is found in some (链条拉长，小零食做成大产业), a full stop in none."""
    return 1.0 if text.count("，") == 1 and "。" not in text and "；" not in text else 3.0


def _pushed(text: str, layout: Layout) -> float:
    """How much of a line's beginning could not have stayed on the line before: an opening quote, an unbroken number."""
    head = _UNBROKEN.match(text)
    if head:
        return max(0.0, display_width(head[0]) - 0.5)
    return 1.0 if text[0] in layout.never_last else 0.0


def _is_role_of(line: Printed, after: Printed, layout: Layout) -> bool:
    """Whether a byline was broken behind what its people did: 本报记者⏎王五."""
    return line.is_byline and after.is_byline and layout.byline_roles.fullmatch(line.text) is not None


def _stands_apart(line: Printed, after: Printed) -> bool:
    return (
        line.stands_apart
        or after.stands_apart
        or after.opens_article
        or after.begins
        or after.parted
        or after.marks == "from"
        or line.marks == "to"
    )


def _left_open(printed: Sequence[Printed]) -> list[bool]:
    """For each line whether a bracket or a quote is open behind it that is closed a few lines further on."""
    opened = [False] * len(printed)
    for at, line in enumerate(printed):
        if not _MAY_LEAVE_OPEN.search(line.text):
            continue
        expected: list[str] = []
        for char in line.text:
            if char in _OPENERS:
                expected.append(_OPENERS[char])
            elif expected and char == expected[-1]:
                expected.pop()
        if expected and (closing := _closing(printed, at, expected[-1])):
            opened[at:closing] = [True] * (closing - at)
    return opened


def _closing(printed: Sequence[Printed], at: int, closer: str) -> int | None:
    """The line on which an open bracket is closed; None if it is opened once more before, or not closed soon."""
    opener = next(key for key, value in _OPENERS.items() if value == closer)
    for later in range(at + 1, min(at + 1 + _LONGEST_OPEN, len(printed))):
        text = printed[later].text
        if printed[later].stands_apart or printed[later].opens_article:
            return None
        closes, opens = text.find(closer), text.find(opener)
        if closes >= 0 and (opens < 0 or closes < opens):
            return later
        if opens >= 0:
            return None
    return None
