"""How wide the columns are that lines stand in, and by which measure they were broken."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from tasks.clean.lines import Printed

_WINDOW: Final = 10
"""Lines on either side that the column width is read from."""
_CLOSES: Final = frozenset("。！？”）：；:;…!?")
_SPREAD: Final = 1.3
"""Justified lines of one column differ by about a character (measured on the sample's columns)."""
_USUAL_WIDTH: Final = 18.0
_ENOUGH: Final = 5
_ENOUGH_FOR_MEASURE: Final = 8
_ENOUGH_BESIDE: Final = 3
_BESIDE: Final = 5
_WIDER: Final = 1.2
_CHANGE: Final = 3.0
_CLEARLY: Final = 0.8
_NEARLY: Final = 0.75
_ALIKE: Final = 1.6
_FEWEST_ALIKE: Final = 3
_MOST_HEADLINES: Final = 4
_SENTENCE: Final = re.compile("[，。；]")
_INSIDE: Final = re.compile("[，。；：]")
_ENOUGH_FOR_SLACK: Final = 8
_MOST_SLACK: Final = 3.0
UNWRAPPED: Final = 10_000.0
"""The width of a column in a dump that does not break its lines: every line is short."""
_Measure = Callable[[Printed], tuple[float, float]]
"""Gives the width of a line and of its indent."""


def measured(printed: Sequence[Printed]) -> list[Printed]:
    """The lines with their widths in the measure that they were broken by.

    Mostly that is their width with the thin spaces of a page; some dumps give a space half a character, some count
    characters. Told by how little the lines of an article differ that stop in mid-sentence.
    """
    of_page = _measure_of(printed)
    lines: list[Printed] = []
    for start, end in neighbourhoods(printed):
        section = printed[start:end]
        measure = None if section[0].column else _measure_of(section, of_page)
        if measure is not None:
            section = [
                line._replace(width=width, indent=indent) for line in section for width, indent in [measure(line)]
            ]
        lines += section
    return lines


def _measure_of(printed: Sequence[Printed], otherwise: _Measure | None = None) -> _Measure | None:
    """The measure in which the full lines of a stretch differ clearly less than in width; None: no other than width."""
    full = [line for line in printed if line.text[-1] not in _CLOSES and not line.stands_apart and not line.is_deep]
    if len(full) < _ENOUGH_FOR_MEASURE:
        return otherwise
    usual = _spread([line.width + line.indent for line in full])
    if usual <= _SPREAD / _USUAL_WIDTH / 2:
        return None
    best = min(_OTHER_MEASURES, key=lambda measure: _spread([sum(measure(line)) for line in full]))
    return best if _spread([sum(best(line)) for line in full]) < _CLEARLY * usual else None


def _by_halves(line: Printed) -> tuple[float, float]:
    return line.width + line.text.count(" ") / 4, line.indent


def _by_count(line: Printed) -> tuple[float, float]:
    return float(len(line.text)), float(line.strip.start) if line.indent else 0.0


_OTHER_MEASURES: Final = (_by_halves, _by_count)


def column_widths(printed: Sequence[Printed]) -> list[float]:
    """For each line the width of the column that it stands in.

    Nearly every line that stops in mid-sentence is full, so the usual one of such lines nearby is the width; where
    those before and those behind differ, the column changes, and a line belongs to the one that it fits. A dateline or
    a byline ends the neighbourhood, because the next article may be set to another width.
    """
    widths: list[float] = []
    waiting = 0
    for start, end in neighbourhoods(printed):
        section = printed[start:end]
        if end < len(printed) and _is_headline(section):
            # it says nothing of its column, which is that of the article below
            waiting += len(section)
            continue
        if section[0].column:
            widths += [line.column for line in section]
        else:
            _section_widths(section, widths)
        first = len(widths) - len(section)
        widths[first:first] = [widths[first]] * waiting
        waiting = 0
    return _with_runs(printed, widths)


def _is_headline(section: Sequence[Printed]) -> bool:
    """Whether all lines of a neighbourhood may be those of one headline."""
    return len(section) <= _MOST_HEADLINES + 1 and not any(_SENTENCE.search(line.text) for line in section)


def _section_widths(section: Sequence[Printed], widths: list[float]) -> None:
    full: list[tuple[int, float]] = []
    closing: list[float] = []
    for at, line in enumerate(section):
        if line.is_row or line.is_deep:
            continue
        if line.text[-1] in _CLOSES or line.is_byline:
            closing.append(line.width + line.indent)
        else:
            full.append((at, line.width + line.indent))
    if all(section[at].is_announced for at, _ in full):
        full = []  # headlines say nothing of the column
    whole = _usual([width for _, width in full]) if full else max(closing, default=0.0)
    if len(closing) + len(full) > 1 and _is_unwrapped(closing, whole, len(full)):
        widths += [UNWRAPPED] * len(section)
        return
    low = high = middle = 0
    near = before = behind = whole
    was = (-1, -1)
    for at, line in enumerate(section):
        while low < len(full) and full[low][0] < at - _WINDOW:
            low += 1
        while high < len(full) and full[high][0] <= at + _WINDOW:
            high += 1
        while middle < len(full) and full[middle][0] < at:
            middle += 1
        if was != (low, high):
            was = (low, high)
            near = _usual([width for _, width in full[low:high]]) if high - low >= _ENOUGH else whole
        before = behind = near
        if middle - low >= _ENOUGH_BESIDE and high - middle >= _ENOUGH_BESIDE:
            before = _usual([width for _, width in full[max(low, middle - _BESIDE) : middle]])
            behind = _usual([width for _, width in full[middle : min(high, middle + _BESIDE)]])
        if abs(before - behind) <= _CHANGE:
            widths.append(near)
        else:
            own = line.width + line.indent
            closes = line.text[-1] in _CLOSES
            fits_before = own <= before + _SPREAD if closes else abs(own - before) <= abs(own - behind)
            widths.append(before if fits_before else behind)


def _is_unwrapped(closing: list[float], whole: float, full: int) -> bool:
    """Whether the ends of paragraphs are the wide lines: in a column they stop in mid-line, and none is wider than it.

    `closing` are their widths, `whole` is that of the lines that stop in mid-sentence, of which there are `full`.
    """
    if not closing or not full:
        return bool(closing)
    widest = _WIDER * whole + _SPREAD
    wider = sum(width > widest for width in closing)
    return _middle(closing) > widest or (wider >= _FEWEST_ALIKE and wider > full)


def _with_runs(printed: Sequence[Printed], widths: list[float]) -> list[float]:
    """The widths, where neighbouring lines are as long as each other that length: a column narrower than those around.

    The lines of a headline may be alike as well, so that they must be many or hold parts of a sentence.
    """
    start = 0
    for at in range(1, len(printed) + 1):
        if at < len(printed) and _alike(printed[start], printed[at]):
            continue
        run = printed[start:at]
        own = max(line.width + line.indent for line in run)
        if any(abs(own - width) > _CHANGE for width in widths[start:at]) and _is_column(run):
            end = at + 1 if at < len(printed) and _ends_run(printed[at], own) else at
            widths[start:end] = [own] * (end - start)
        start = at
    return widths


def _alike(first: Printed, line: Printed) -> bool:
    if line.stands_apart or line.is_deep or line.opens_article or line.blank_before or line.parted:
        return False
    return abs(first.width + first.indent - line.width - line.indent) <= _ALIKE


def _is_column(run: Sequence[Printed]) -> bool:
    fewest = _FEWEST_ALIKE - (run[0].indent >= 1 > run[-1].indent)  # an indent shows where a paragraph begins
    if len(run) < fewest or run[0].stands_apart or run[0].is_deep or run[0].is_row:
        return False
    if all(line.text[-1] in _CLOSES for line in run):
        return False  # the items of a list, each in a line of its own
    return len(run) > _MOST_HEADLINES or any(_INSIDE.search(line.text, 0, len(line.text) - 1) for line in run)


def _ends_run(line: Printed, width: float) -> bool:
    """Whether the last line of a paragraph follows."""
    return line.text[-1] in _CLOSES and not line.blank_before and line.indent < 1 and line.width < width


def _spread(values: list[float]) -> float:
    """How much the longer half of the lines differs, as a share of their width."""
    values.sort()
    return (values[-1 - len(values) // 10] - values[len(values) // 4]) / max(1.0, values[-1])


def slacks(printed: Sequence[Printed], widths: Sequence[float]) -> list[float]:
    """For each line how much a full line of its article may fall short of the column."""
    usual: list[float] = []
    for start, end in neighbourhoods(printed):
        short = sorted(
            widths[at] - line.width - line.indent
            for at, line in enumerate(printed[start:end], start)
            if line.text[-1] not in _CLOSES
            and not (line.stands_apart or line.is_deep)
            and line.width > _NEARLY * widths[at]
        )
        most = short[(len(short) * 4) // 5] if len(short) >= _ENOUGH_FOR_SLACK else 0.0
        usual += [min(_MOST_SLACK, max(_SPREAD, most))] * (end - start)
    return usual


def _usual(values: list[float]) -> float:
    """The width that most lines come near to: a little above the median, which headlines pull down."""
    values.sort()
    return values[(len(values) * 2 - 1) // 3] if len(values) > 2 else values[-1]


def _middle(values: list[float]) -> float:
    values.sort()
    half = len(values) // 2
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2


def neighbourhoods(printed: Sequence[Printed]) -> list[tuple[int, int]]:
    """Stretches of lines that mostly belong to one article."""
    ends = [
        at
        for at in range(1, len(printed))
        if printed[at].opens_article
        or printed[at].parted
        or printed[at].marks == "from"
        or printed[at - 1].marks == "to"
        or printed[at - 1].is_byline
    ]
    return list(pairwise([0, *ends, len(printed)]))
