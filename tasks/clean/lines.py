"""Printed lines with what can be seen of them: width, indent, how they begin and end."""

import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from tasks.clean.bylines import inner_byline_end, is_byline, split_byline
from tasks.clean.flow import Strip
from tasks.clean.rules import Layout
from tasks.records import Line

_SPACE_WIDTH: Final = 0.25
"""White space inside a dumped line is an artefact of the digits beside it, and hardly wide."""

_DATELINE_GAP: Final = 0.75
"""Behind a dateline stands a full space, of which the dump keeps a thin one."""

_WINDOW: Final = 10
"""Lines on either side that the column width is read from."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A strip of a line and its looks. Widths count a Han character as 1, a digit as 0.5."""

    strip: Strip
    text: str
    width: float
    indent: float
    blank_before: bool
    opens_article: bool
    is_byline: bool
    is_furniture: bool


def printed_lines(lines: list[Line], layout: Layout) -> list[Printed]:
    """The lines that carry text; a dateline or a byline in the middle of a line cuts it."""
    printed: list[Printed] = []
    blank = True
    for line in lines:
        strips = [strip for strip in _strips(line, layout) if strip.text.strip()]
        if not strips:
            blank = True
        for strip in strips:
            look = _look(strip, layout, blank_before=blank)
            printed.append(look)
            blank = False
    return printed


def column_widths(printed: list[Printed]) -> list[float]:
    """For each line the width of the column that it stands in.

    Nearly every line that stops in mid-sentence is full, so the median of such lines nearby is the width. A dateline or
    a byline ends the neighbourhood, because the next article may be set to another width.
    """
    widths: list[float] = []
    for start, end in _neighbourhoods(printed):
        section = printed[start:end]
        full = [(at, line.width) for at, line in enumerate(section) if not _may_be_short(line)]
        closing = [line.width for line in section if _may_be_short(line)]
        whole = median(width for _, width in full) if full else max(closing, default=0.0)
        if full and closing and median(closing) > whole:
            # paragraphs usually end in mid-line; where their ends are the wide lines, the text is not wrapped at all
            widths += [max(closing)] * len(section)
            continue
        low = high = 0
        for at in range(len(section)):
            while low < len(full) and full[low][0] < at - _WINDOW:
                low += 1
            while high < len(full) and full[high][0] <= at + _WINDOW:
                high += 1
            near = [width for _, width in full[low:high]]
            widths.append(median(near) if len(near) >= 5 else whole)
    return widths


def display_width(text: str) -> float:
    """Width in Han characters."""
    return sum(_SPACE_WIDTH if c == " " else 1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def _strips(line: Line, layout: Layout) -> list[Strip]:
    datelines = [match.start() for match in layout.inner_dateline.finditer(line.text)]
    cuts = [0, *(at for at in datelines if line.text[:at].strip())]
    end = inner_byline_end(line.text, layout)
    if end is not None:
        cuts.append(end)
    byline = split_byline(line.text[: end or None].rstrip(), layout)
    if byline is not None:
        cuts.append(byline[0])
    cuts = sorted({*cuts, len(line.text)})
    strips = []
    for start, stop in pairwise(cuts):
        part = line.text[start:stop]
        left, right = len(part) - len(part.lstrip()), len(part.rstrip())
        if left < right:
            strips.append(Strip(line.text, start + left, start + right, line.page, line.number))
    return strips


def _look(strip: Strip, layout: Layout, *, blank_before: bool) -> Printed:
    text = strip.text
    opens = layout.dateline.match(text) is not None
    indent = display_width(strip.line_text[: strip.start].replace(" ", "x")) if strip.start < 6 else 0.0
    return Printed(
        strip=strip,
        text=text,
        width=display_width(text) + (_DATELINE_GAP if opens and " " in text[:8] else 0.0),
        indent=indent if not strip.line_text[: strip.start].strip() else 0.0,
        blank_before=blank_before,
        opens_article=opens,
        is_byline=is_byline(text, layout),
        is_furniture=bool(layout.furniture.fullmatch(text) or layout.column_label.fullmatch(text)),
    )


def _may_be_short(line: Printed) -> bool:
    return line.text[-1] in "。！？”）" or line.indent > 0 or line.is_byline


def _neighbourhoods(printed: list[Printed]) -> list[tuple[int, int]]:
    ends = [at for at in range(1, len(printed)) if printed[at].opens_article or printed[at - 1].is_byline]
    return list(pairwise([0, *ends, len(printed)]))
