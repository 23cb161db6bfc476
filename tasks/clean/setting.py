"""What a page shows of how it is set: what its blank lines say, whether paragraphs are indented, what is left open."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import Final

from tasks.clean.lines import Printed
from tasks.clean.rules import Layout
from tasks.clean.widths import neighbourhoods

_OPENERS: Final = {"（": "）", "(": ")", "《": "》", "“": "”", "「": "」", "『": "』", "【": "】"}
_BRACKETS: Final = re.compile(f"[{re.escape(''.join((*_OPENERS, *_OPENERS.values())))}]")
LOST_INDENT: Final = 2.0
"""Characters by which a first line falls short whose indent the dump has lost."""
_LOST_SPREAD: Final = 0.75
_FEWEST_FIRST, _LOST_SHARE, _CHANCE_SHARE = 4, 0.7, 0.25
"""First lines of paragraphs behind short lines; how many of them fall short by an indent, and how many others may."""
SLACK: Final = 1.3
"""Justified lines of one column differ by about a character (measured on the sample's columns)."""
_LONGEST_OPEN: Final = 12
"""Lines within which a bracket or a quote is closed again, or was never meant to be."""
_ENDS: Final = frozenset("。！？；：”）")
_HEADLINE_SHARE: Final = 0.75
_IN_SENTENCE: Final = re.compile("[，。；]")
_HAN_PAIR: Final = re.compile("[一-龥]{2}")
_NEAR: Final = 100
"""Lines on either side in which the two halves of a word that a break may have cut are looked for."""
_LONGEST_UNINDENTED: Final = 40
_LONG_SECTION: Final = 8
_BLANK_AT_END: Final = (3.0, 0.6)
"""How many breaks a page must show before they outweigh what is usual, and which share of paragraphs a blank ends."""
_BLANK_INSIDE: Final = (12.0, 0.1)


_TURN: Final = re.compile("([一-龥]{2,4}(?<![说道称示绍言叹])|[问答])[：:]")
"""Who speaks (问：, 骆琳：), or what is told, before what is said; 他说： stands in the midst of paragraphs."""
_FEWEST_TURNS: Final = 2
_FEWEST_ITEMS: Final = 3
_FIGURE: Final = re.compile(r"[一二三四五六七八九十]+|\d+|[①②③④⑤⑥⑦⑧⑨⑩]")
_NUMBERS: Final = {
    figure: number
    for figures in ("一二三四五六七八九十", "①②③④⑤⑥⑦⑧⑨⑩", map(str, range(1, 11)))
    for number, figure in enumerate(figures, start=1)
}


@dataclass(frozen=True, slots=True)
class Blanks:
    """What a blank line, and its absence, says for an end (in nats)."""

    present: float
    absent: float


def alike_of(printed: Sequence[Printed], closed: Sequence[bool], layout: Layout) -> list[bool]:
    """For each line whether it begins as others behind a whole sentence do: with who speaks, with the next number.

    That one item of a list that runs on stands at the beginning of a line is chance; that three in order do is none.
    """
    behind = [at > 0 and closed[at - 1] for at in range(len(printed))]
    names = [turn[1] if (turn := _TURN.match(line.text)) else None for line in printed]
    counted = Counter(name for name, is_behind in zip(names, behind, strict=True) if name and is_behind)
    alike = [name is not None and counted[name] >= _FEWEST_TURNS for name in names]
    runs: dict[str, list[int]] = {}  # of each way of numbering: the lines that count on
    for at, line in enumerate(printed):
        item = layout.enumerator.match(line.text)
        if not item or not (figure := _FIGURE.search(item[0])):
            continue
        run = runs.setdefault(_FIGURE.sub("", item[0]), [])
        if not behind[at] or _NUMBERS.get(figure[0]) != len(run) + 1:
            run.clear()
        if behind[at] and _NUMBERS.get(figure[0]) == len(run) + 1:
            run.append(at)
        if len(run) >= _FEWEST_ITEMS:
            for begun in run:
                alike[begun] = True
    return alike


def blanks_of(printed: Sequence[Printed], widths: list[float], closed: list[bool]) -> list[Blanks]:
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
            if closed[at] and missing > SLACK + LOST_INDENT:
                end = end[0] + 1, end[1] + after.blank_before
            elif not closed[at] and abs(missing) <= SLACK:
                within = within[0] + 1, within[1] + after.blank_before
        ends.append(end)
        inside.append(within)
    weight, share = _BLANK_AT_END
    page_end = (ends[-1][1] + weight * share) / (ends[-1][0] + weight)
    inner_weight, share = _BLANK_INSIDE
    page_inside = (inside[-1][1] + inner_weight * share) / (inside[-1][0] + inner_weight)
    said: list[Blanks] = []
    for start, stop in neighbourhoods(printed):
        last = min(stop, len(ends) - 1)
        count, blank = ends[last][0] - ends[start][0], ends[last][1] - ends[start][1]
        at_end = (blank + weight * page_end) / (count + weight)
        count, blank = inside[last][0] - inside[start][0], inside[last][1] - inside[start][1]
        within_share = (blank + inner_weight * page_inside) / (count + inner_weight)
        one = Blanks(log(at_end / within_share), log((1 - at_end) / (1 - within_share)))
        said += [one] * (stop - start)
    return said


def indents_of(printed: Sequence[Printed]) -> list[bool]:
    """For each line whether paragraphs are indented round it: in its article, or on the page where that is short."""
    page = sum(line.indent >= 1 for line in printed) > max(3, len(printed) // 12)
    indents: list[bool] = []
    for start, stop in _stretches(printed):
        size = stop - start
        own = sum(line.indent >= 1 for line in printed[start:stop])
        of_page = page and (own > 0 or not _begins_flush(printed[start:stop]))
        indents += [own >= 1 + size // _LONGEST_UNINDENTED if size >= _LONG_SECTION else of_page] * size
    return indents


def lost_indents(printed: Sequence[Printed], widths: Sequence[float], closed: Sequence[bool]) -> bool:
    """Whether the dump has lost the indents of paragraphs: their first lines fall short by them, and others do not."""
    first, inside = [0, 0], [0, 0]  # how many lines, and how many of them fall short by an indent
    for at in range(1, len(printed)):
        before, line = printed[at - 1], printed[at]
        apart = before.stands_apart or line.stands_apart or line.interrupted or line.blank_before or line.indent >= 1
        if apart or closed[at]:
            continue
        short = is_lost_indent(widths[at] - line.width)
        if not closed[at - 1]:
            inside = [inside[0] + 1, inside[1] + short]
        elif widths[at - 1] - before.width - before.indent > SLACK + LOST_INDENT:
            first = [first[0] + 1, first[1] + short]
    enough = first[0] >= _FEWEST_FIRST and first[1] >= _LOST_SHARE * first[0]
    return enough and inside[1] <= _CHANCE_SHARE * inside[0]


def is_lost_indent(missing: float) -> bool:
    """Whether a line falls short of its column by an indent, as far as digits and marks allow to tell."""
    return abs(missing - LOST_INDENT) <= _LOST_SPREAD


def _begins_flush(stretch: Sequence[Printed]) -> bool:
    """Whether the first paragraph of an article, which stands behind a blank line or a byline, has no indent."""
    if stretch[-1].is_byline and not any("。" in line.text for line in stretch):
        return False  # a headline and the byline below it
    for at, line in enumerate(stretch):
        if _IN_SENTENCE.search(line.text):
            first = line.blank_before or (at == 0 and not line.marks) or (at > 0 and stretch[at - 1].is_byline)
            return line.indent < 1 and first
    return False


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


def is_seam(printed: Sequence[Printed], at: int) -> bool:
    """Whether the characters on both sides of a break stand side by side elsewhere nearby: 产⏎业 is a cut word."""
    pair = printed[at].text[-1] + printed[at + 1].text[0]
    if not _HAN_PAIR.fullmatch(pair):
        return False
    return any(pair in line.text for line in printed[max(0, at - _NEAR) : at + _NEAR])


def left_open_of(printed: Sequence[Printed]) -> list[bool]:
    """For each line whether a bracket or a quote is open behind it that is closed a few lines further on."""
    opened = [False] * len(printed)
    for at, line in enumerate(printed):
        expected: list[str] = []
        for char in _BRACKETS.findall(line.text):
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
