"""Lines to units: which line breaks are the column's, and which end a paragraph or a headline line.

Every break between two lines costs something as a join and something as an end; the cheapest reading of the whole page
is taken. The evidence is the width of the line against its column, the punctuation on both sides, brackets left
open, blank lines, and the indent (also a lost one: a first line is then narrower by two characters).
"""

import re
from dataclasses import dataclass
from typing import Final

from tasks.clean.bylines import dateline_names
from tasks.clean.flow import Flow, flow_of
from tasks.clean.lines import Printed, column_widths, display_width
from tasks.clean.rules import Layout

_OPENERS: Final = {"（": "）", "(": ")", "《": "》", "“": "”", "「": "」", "【": "】"}
_LOST_INDENT: Final = 2.0
_SLACK: Final = 1.3
"""Justified lines of one column differ by about a character (measured on the sample's columns)."""
_NEVER: Final = 1000.0
_INSIDE_SENTENCES: Final = "，。；"
_UNBROKEN: Final = re.compile(r"[A-Za-z0-9.%]+")


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph or a line of a headline: lines that belong together, with what marks them.

    `opens_article`: begins with a dateline; `is_signed`: the dateline names its author; `opens_column`: 简讯.
    """

    flow: Flow
    lines: tuple[Printed, ...]
    is_sentence: bool
    opens_article: bool
    opens_column: bool
    is_signed: bool
    is_byline: bool
    is_furniture: bool

    @property
    def text(self) -> str:
        """The joined text."""
        return self.flow.text


def units_of(printed: list[Printed], layout: Layout) -> list[Unit]:
    """The page's lines as units, in the order of the dump."""
    if not printed:
        return []
    ends = _ends(printed, column_widths(printed), layout)
    units, start = [], 0
    for at, end in enumerate(ends):
        if end:
            units.append(_unit(printed[start : at + 1], layout))
            start = at + 1
    return units


def _unit(lines: list[Printed], layout: Layout) -> Unit:
    flow = flow_of([line.strip for line in lines])
    single = lines[0] if len(lines) == 1 else None
    return Unit(
        flow=flow,
        lines=tuple(lines),
        is_sentence=_closes_sentence(flow.text, layout) or len(lines) > 3,
        opens_article=lines[0].opens_article,
        opens_column=single is not None and _fits(layout.column_head, single.text),
        is_signed=lines[0].opens_article and _has_credit(flow.text, layout),
        is_byline=single is not None and single.is_byline,
        is_furniture=single is not None and single.is_furniture,
    )


def _fits(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.fullmatch(text) is not None


def _has_credit(text: str, layout: Layout) -> bool:
    dateline = layout.dateline.match(text)
    return dateline is not None and dateline_names(dateline[0], layout) is not None


def _ends(printed: list[Printed], widths: list[float], layout: Layout) -> list[bool]:
    """For each line whether a unit ends with it (dynamic programming over 'is this line the first of its unit')."""
    indents = sum(line.indent >= 1 for line in printed) > max(3, len(printed) // 12)
    best = {True: 0.0, False: _NEVER}
    back: list[dict[bool, bool]] = []
    for at in range(len(printed) - 1):
        step: dict[bool, tuple[float, bool]] = {}
        for first in (True, False):
            join, end = _costs(printed, at, widths, layout, first=first, indents=indents)
            for next_first, cost in ((False, join), (True, end)):
                total = best[first] + cost
                if next_first not in step or total < step[next_first][0]:
                    step[next_first] = (total, first)
        back.append({state: came for state, (_, came) in step.items()})
        best = {state: total for state, (total, _) in step.items()}
    closed = _closes_sentence(printed[-1].text, layout)
    state = min(best, key=lambda first: best[first] + _loose_end(first=first, closed=closed))
    ends = [True]
    for came in reversed(back):
        ends.append(state)
        state = came[state]
    return ends[::-1]


def _costs(
    printed: list[Printed], at: int, widths: list[float], layout: Layout, *, first: bool, indents: bool
) -> tuple[float, float]:
    """What it costs to join a line with the next one, and to end the unit between them."""
    line, after = printed[at], printed[at + 1]
    closed = _closes_sentence(line.text, layout)
    if _stands_apart(line, after):
        return _NEVER, _loose_end(first=first, closed=closed)
    if after.text[0] in layout.never_first or line.text[-1] in layout.never_last or _left_open(line.text):
        return 0.0, 12.0
    # a first line may have lost its indent and be full all the same
    missing = widths[at] - line.width - line.indent - (_LOST_INDENT if first and line.indent < 1 else 0.0)
    slack = _SLACK + _pushed(after.text, layout)
    short = missing > slack
    join = 1.0 if after.blank_before else 0.0
    end = 0.0
    if closed:
        join += 5.0 if short else 1.0 if after.blank_before else 0.0
        end += 0.0 if short else 0.5 if after.blank_before else 1.5
        next_missing = widths[at + 1] - after.width - after.indent
        if not short and abs(next_missing - _LOST_INDENT) <= 0.5 and not _closes_sentence(after.text, layout):
            end -= 0.8  # the next line looks like a first line whose indent was lost
        if layout.enumerator.match(after.text):
            end -= 0.3
    else:
        really_short = widths[at] - line.width - line.indent > slack
        join += 4.0 if short else 1.2 if first and really_short and after.blank_before else 0.0
        # an unfinished line can only end a unit as a line of a headline or a subheading
        end += 1.0 if first and really_short else 3.0 if first else 7.0
        if first and really_short and not short and layout.enumerator.match(after.text):
            end -= 1.0
        if any(char in _INSIDE_SENTENCES for char in line.text):
            end += 3.0
        elif first and after.blank_before:
            end -= 2.2  # a line by itself with nothing of a sentence in it
        elif first and (" " in line.text or line.text.startswith(("—", "“"))):
            end -= 0.8  # two phrases set apart by a space, a subtitle's dash: headline shape
        if first and line.width > widths[at] + 2 * _SLACK:
            join, end = join + 3.0, min(end, 0.5)  # wider than the column: set across it
        elif after.width > widths[at + 1] + 2 * _SLACK and not _closes_sentence(after.text, layout):
            join += 2.0
    if indents:
        if after.indent >= 1:
            join += 3.0
        elif closed:
            end += 2.0
    return join, max(end, 0.0)


def _pushed(text: str, layout: Layout) -> float:
    """How much of a line's beginning could not have stayed on the line before: an opening quote, an unbroken number."""
    head = _UNBROKEN.match(text)
    if head:
        return max(0.0, display_width(head[0]) - 0.5)
    return 1.0 if text[0] in layout.never_last else 0.0


def _stands_apart(line: Printed, after: Printed) -> bool:
    return line.is_furniture or after.is_furniture or line.is_byline or after.is_byline or after.opens_article


def _loose_end(*, first: bool, closed: bool) -> float:
    """What it costs that a unit of several lines ends in mid-sentence, where it must end."""
    return 0.0 if first or closed else 6.0


def _closes_sentence(text: str, layout: Layout) -> bool:
    bare = text.rstrip("”’」』）)》】 ")
    return bool(bare) and (
        bare[-1] in layout.sentence_ends or (len(bare) == len(text) and bare[-1] in layout.paragraph_ends)
    )


def _left_open(text: str) -> bool:
    """Whether a bracket or a quote is open at the end of the line."""
    expected: list[str] = []
    for char in text:
        if char in _OPENERS:
            expected.append(_OPENERS[char])
        elif expected and char == expected[-1]:
            expected.pop()
    return bool(expected)
