"""Printed lines with what can be seen of them: width, indent, how they begin and end."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from tasks.clean.bylines import inner_byline_ends, is_byline, is_web_line, split_byline
from tasks.clean.flow import Strip
from tasks.clean.printing import display_width, visible
from tasks.clean.rules import Layout
from tasks.records import Line

_DATELINE_GAP: Final = 0.75
"""Behind a dateline stands a full space, of which the dump keeps a thin one."""

_WINDOW: Final = 10
"""Lines on either side that the column width is read from."""

_LONGEST_FURNITURE: Final = 120

_MAY_BE_CUT: Final = re.compile(r"[讯訊)）转轉接]|[。！？”…]\s")
"""A line without any of these holds neither a dateline nor a byline beside other text."""

_CONTINUED: Final = re.compile(
    r"[（(\[【]?\s*(?P<way>下[转轉]|上接)(?:[^（）()。，]{0,12}?(?P<sheet>\d{1,3}))?[^（）()。，]{0,4}[版页頁][^（）()。，]{0,16}[）)\]】]?"
)
"""Where an article goes on, or where it comes from: （下转第3版）, （上接第1版）."""

_GLYPH: Final = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]+\\s*(?=\\S)")
"""A bullet that only its font knew; anywhere else such a character may be a rare Han character and stays."""

_BULLETS: Final = frozenset("●○■□▲△◆◇★☆▪◎➢➤✓※")

_MAY_OPEN: Final = re.compile("[讯訊电電]")

_CLOSES: Final = frozenset("。！？”）：；:;…!?")

_DEEPEST_INDENT: Final = 6

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
_ENOUGH_FOR_SLACK: Final = 8
_MOST_SLACK: Final = 3.0

UNWRAPPED: Final = 10_000.0
"""The width of a column in a dump that does not break its lines: every line is short."""


class Printed(NamedTuple):
    """A strip of a line and its looks. Widths count a Han character as 1, a digit as 0.5."""

    strip: Strip
    text: str
    width: float
    indent: float
    blank_before: bool
    opens_article: bool
    is_byline: bool
    is_furniture: bool
    interrupted: bool = False
    """Furniture stands before it."""
    parted: bool = False
    """What stands before it belongs to another article."""
    begins: bool = False
    """A bullet marks it as the beginning of something."""
    marks: str = ""
    """`to`: the article goes on elsewhere from here (下转); `from`: it goes on here (上接)."""
    sheet: int = 0
    """The page that such a mark names."""
    is_row: bool = False
    """A row of a table."""
    is_web_line: bool = False
    """What a web page says of its article: 来源：… 发布时间：…"""

    @property
    def stands_apart(self) -> bool:
        """Whether nothing is joined with the line."""
        return self.is_byline or self.is_furniture or self.is_row


_Measure = Callable[[Printed], tuple[float, float]]
"""Gives the width of a line and of its indent."""


def printed_lines(lines: Iterable[Line], layout: Layout, document: int = 0) -> list[Printed]:
    """The lines that carry text; a dateline or a byline in the middle of a line cuts it."""
    printed: list[Printed] = []
    blank = document == 0
    page = None if document else 1
    for line in lines:
        raw = line.text
        core = raw.strip()
        if not core:
            blank = True
            continue
        start = 0 if len(core) == len(raw) else raw.index(core[0])
        if core.isprintable() and not _MAY_BE_CUT.search(core):
            strip = Strip(raw, start, start + len(core), line.page, line.number, document)
            look = _look(strip, core, layout, blank_before=blank)
            printed.append(look if page == line.page else look._replace(interrupted=True))
            blank, page = False, line.page
            continue
        strips = [(strip, text) for strip in _strips(line, layout, document) if (text := strip.text.strip())]
        if not strips:
            blank = True
        for strip, text in strips:
            look = _look(strip, text, layout, blank_before=blank)
            printed.append(look if page == line.page else look._replace(interrupted=True))
            blank, page = False, line.page
    return printed


def measured(printed: Sequence[Printed]) -> list[Printed]:
    """The lines with their widths in the measure that they were broken by.

    Mostly that is their width with the thin spaces of a page; some dumps give a space half a character, some count
    characters. Told by how little the lines of an article differ that stop in mid-sentence.
    """
    of_page = _measure_of(printed)
    lines: list[Printed] = []
    for start, end in neighbourhoods(printed):
        section = printed[start:end]
        measure = _measure_of(section, of_page)
        if measure is not None:
            section = [
                line._replace(width=width, indent=indent) for line in section for width, indent in [measure(line)]
            ]
        lines += section
    return lines


def _measure_of(printed: Sequence[Printed], otherwise: _Measure | None = None) -> _Measure | None:
    """The measure in which the full lines of a stretch differ clearly less than in width; None: no other than width."""
    full = [line for line in printed if line.text[-1] not in _CLOSES and not line.stands_apart]
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
    for start, end in neighbourhoods(printed):
        section = printed[start:end]
        full: list[tuple[int, float]] = []
        closing: list[float] = []
        for at, line in enumerate(section):
            if line.is_row:
                continue
            if line.text[-1] in _CLOSES or line.is_byline:
                closing.append(line.width + line.indent)
            else:
                full.append((at, line.width + line.indent))
        whole = _usual([width for _, width in full]) if full else max(closing, default=0.0)
        if closing and (not full or _middle(closing) > _WIDER * whole + _SPREAD) and len(closing) + len(full) > 1:
            # paragraphs usually end in mid-line; where their ends are the wide lines, the text is not wrapped at all
            widths += [UNWRAPPED] * len(section)
            continue
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
    return widths


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
            if line.text[-1] not in _CLOSES and not line.stands_apart and line.width > _NEARLY * widths[at]
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


def _strips(line: Line, layout: Layout, document: int) -> list[Strip]:
    raw = line.text
    cuts = {0, len(raw)}
    if glyph := _GLYPH.match(raw.lstrip()):
        cuts.add(len(raw) - len(raw.lstrip()) + len(glyph[0]))
    for mark in _CONTINUED.finditer(raw):
        if mark[0][0] in "（(［[【" or not (raw[: mark.start()] + raw[mark.end() :]).strip():
            cuts |= {mark.start(), mark.end()}
    lead = len(raw) - len(raw.lstrip())
    cuts.update(at for match in layout.inner_dateline.finditer(raw) if (at := match.start()) > lead)
    ends = inner_byline_ends(raw, layout)
    cuts.update(ends)
    for end in (*ends, len(raw)):
        byline = split_byline(raw, end, layout)
        if byline is not None:
            cuts.add(byline[0])
    strips = []
    for start, stop in pairwise(sorted(cuts)):
        part = raw[start:stop]
        left, right = len(part) - len(part.lstrip()), len(part.rstrip())
        if left < right:
            strips.append(Strip(raw, start + left, start + right, line.page, line.number, document))
    return strips


def _look(strip: Strip, text: str, layout: Layout, *, blank_before: bool) -> Printed:
    opens = _MAY_OPEN.search(text, 0, 30) is not None and layout.dateline.match(text) is not None
    mark = _CONTINUED.fullmatch(text) if "版" in text or "页" in text or "頁" in text else None
    web = len(text) <= _LONGEST_FURNITURE and is_web_line(text, layout)
    glyph = not text.isprintable() and _GLYPH.sub("", text + "x") == "x"
    before = strip.line_text[: strip.start] if 0 < strip.start < _DEEPEST_INDENT else ""
    return Printed(
        strip,
        text,
        display_width(text) + (_DATELINE_GAP if opens and " " in text[:8] else 0.0),
        display_width(before.replace(" ", "x")) if before and not visible(before).strip() else 0.0,
        blank_before,
        opens,
        mark is None and (web or is_byline(text, layout)),
        glyph
        or mark is not None
        or (
            len(text) <= _LONGEST_FURNITURE
            and (layout.furniture.fullmatch(text) is not None or layout.column_label.fullmatch(text) is not None)
        ),
        begins=glyph or text[0] in _BULLETS,
        marks="" if mark is None else "from" if mark["way"] == "上接" else "to",
        is_web_line=web,
        sheet=0 if mark is None or mark["sheet"] is None else int(mark["sheet"]),
    )


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
