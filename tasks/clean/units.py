"""Lines to units: paragraphs and lines of headlines, with what marks them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from tasks.clean.breaks import closes_sentence, unit_ends
from tasks.clean.bylines import dateline_names, is_byline, split_byline
from tasks.clean.figures import boxes_of, is_figure
from tasks.clean.flow import Flow, flow_of, joined
from tasks.clean.insets import Inset, without_insets
from tasks.clean.lines import LARGE, MAY_OPEN, Printed
from tasks.clean.marks import TICKS, bare_label, bullet_end
from tasks.clean.printing import as_read
from tasks.clean.rules import Layout
from tasks.clean.tables import cell_strips
from tasks.clean.widths import measured

_MANY_LINES: Final = 3
_LONG: Final = 40
_LONGEST_HEADLINE: Final = 80
_INSIDE: Final = re.compile("[，；]")
_STOPS: Final = frozenset("。；")
_EXCLAIMS: Final = frozenset("！？!?")
_SPEAKER: Final = re.compile("(?:[问問答]|[记記]者|主持人|[笔筆]者)[：:]")
"""A question in an interview is no heading."""
_LONGEST_EXCLAMATION: Final = 30
_LONGEST_TITLE: Final = 24
"""Of those that are a headline for what stands beside them only."""
_LONGEST_OPENING: Final = 30
_BRACKETS: Final = frozenset("）)")
_COLONS: Final = frozenset("：:")
_LONGEST_NAME: Final = 20
_PLACE: Final = re.compile("[一-龥]{2,8}[省市县州旗盟镇乡村]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph or a line of a headline: lines that belong together, with what marks them.

    `opens_article`: begins with a dateline; `is_signed`: the dateline names its author; `ends_signed`: a byline
    that was broken over two lines closes it; `opens_column`: 简讯; `parted`: what stands before it belongs to another
    article; `goes_on`, `comes_from`: the page that the article goes on at (下转) or comes from (上接), 0 where the mark
    names none, None without a mark; `in_body`: a subheading that stands first, below 编者按; `inset`: a line of a
    headline, or its byline, that stands inside of its body.
    """

    flow: Flow
    lines: tuple[Printed, ...]
    is_sentence: bool
    opens_article: bool = False
    opens_column: bool = False
    is_signed: bool = False
    ends_signed: bool = False
    is_note: bool = False
    is_byline: bool = False
    is_web_line: bool = False
    is_row: bool = False
    parted: bool = False
    goes_on: int | None = None
    comes_from: int | None = None
    in_body: bool = False
    inset: bool = False

    @property
    def scale(self) -> float:
        """The size of its characters, as a multiple of the body text's."""
        return self.lines[0].scale

    @property
    def text(self) -> str:
        """The joined text."""
        return self.flow.text


def units_of(printed: list[Printed], layout: Layout) -> list[Unit]:
    """The page's lines as units, in the order of the dump; a headline inside of a paragraph stands behind that."""
    if not printed:
        return []
    printed, insets = without_insets(measured(printed), layout)
    ends = unit_ends(printed, layout)
    units, start = [], 0
    for at, end in enumerate(ends):
        if end:
            units.append(_unit(printed[start : at + 1], layout))
            start = at + 1
    units = _with_figures([_as_headline(units, at, layout) for at in range(len(units))])
    return _with_insets(units, insets, layout) if insets else units


def _with_insets(units: Sequence[Unit], insets: Sequence[Inset], layout: Layout) -> list[Unit]:
    lines_before = {inset.before.strip: inset.lines for inset in insets}
    whole: list[Unit] = []
    for unit in units:
        whole.append(unit)
        for line in unit.lines:
            lines = lines_before.get(line.strip, ())
            whole += (replace(_unit([each], layout), is_sentence=False, inset=True) for each in lines)
    return whole


def _with_figures(units: list[Unit]) -> list[Unit]:
    """The units, those of a box of figures (生产总值：164.2亿元，增长7.8%) as text, where several stand together."""
    whole = list(units)
    for start, end in boxes_of(unit.scale < LARGE and is_figure(unit.text) for unit in units):
        whole[start:end] = [replace(unit, is_sentence=True) for unit in whole[start:end]]
    return whole


def _as_headline(units: Sequence[Unit], at: int, layout: Layout) -> Unit:
    """The unit, read as a line of a headline: a place (某某高新区：), above a web line, or exclaiming."""
    unit = units[at]
    if at + 1 == len(units):
        return unit
    after = units[at + 1]
    stands_alone = len(unit.lines) == 1 and len(unit.text) <= _LONG and unit.text[-1] not in _STOPS
    if after.is_web_line and stands_alone and not unit.is_byline:
        return replace(unit, is_sentence=False)
    if unit.is_sentence and _is_long_headline(units, at):
        return replace(unit, is_sentence=False)
    brief = stands_alone and len(unit.text) <= _LONGEST_TITLE
    if brief and unit.is_sentence and _exclaims(unit.text) and _heads_article(units, at):
        return replace(unit, is_sentence=False)
    if not unit.is_sentence or unit.text[-1] not in _COLONS or len(unit.text) > _LONGEST_NAME:
        return unit
    name = unit.text[bullet_end(unit.text) : -1]
    names = layout.office.fullmatch(name) is not None or _PLACE.fullmatch(name) is not None
    heads = not (after.is_sentence or after.is_byline or after.is_row or layout.enumerator.match(after.text))
    return replace(unit, is_sentence=False) if names and heads and not unit.opens_article else unit


def _heads_article(units: Sequence[Unit], at: int) -> bool:
    """Whether a line stands where a headline does: below a byline, a label or another one, or above a dateline."""
    before, after = units[at - 1] if at else None, units[at + 1]
    if before is None or before.is_byline or before.ends_signed:
        return not (after.is_byline or after.is_row)
    apart = units[at].lines[0].blank_before or not before.is_sentence
    return apart and (after.opens_article or not (after.is_sentence or after.is_byline or after.is_row))


def _is_long_headline(units: Sequence[Unit], at: int) -> bool:
    """Whether a line of a dump that does not break lines ends in mid-sentence, below a byline and above a body."""
    unit, before, after = units[at], units[at - 1], units[at + 1]
    if not at or len(unit.lines) > 1 or unit.opens_article or not (before.is_byline or before.ends_signed):
        return False
    ends = unit.text[-1] in (_STOPS | _COLONS | _EXCLAIMS | _BRACKETS)
    return not ends and _STOPS.isdisjoint(unit.text) and after.is_sentence and len(unit.text) <= _LONGEST_HEADLINE


def _exclaims(text: str) -> bool:
    return text[-1] in _EXCLAIMS and len(text) <= _LONGEST_EXCLAMATION and "。" not in text and not _SPEAKER.match(text)


def _unit(lines: list[Printed], layout: Layout) -> Unit:
    first, last = lines[0], lines[-1]
    flow = _row(lines) if first.is_row else flow_of([line.strip for line in lines])
    single = first if len(lines) == 1 else None
    # a dateline that was broken over two lines is seen only in the joined text
    opens = first.opens_article or (single is None and not first.is_byline and _may_open(flow.text, layout))
    return Unit(
        flow=flow,
        lines=tuple(lines),
        is_sentence=_is_sentence(as_read(flow.text), lines, layout) or flow.text[0] in TICKS,
        opens_article=opens,
        opens_column=single is not None and layout.column_head.fullmatch(bare_label(single.text)) is not None,
        is_signed=opens and _has_credit(flow.text, layout),
        is_note=layout.editors_note.match(flow.text) is not None,
        ends_signed=single is None and _ends_signed(flow.text, last.text, layout),
        is_byline=first.is_byline or (single is None and _is_broken_byline(flow.text, layout)),
        is_web_line=first.is_web_line,
        is_row=first.is_row,
        parted=first.parted,
        goes_on=last.sheet if last.marks == "to" else None,
        comes_from=first.sheet if first.marks == "from" else None,
    )


def _row(lines: Sequence[Printed]) -> Flow:
    """The cells of a table's row; its name first, where that goes on below the values."""
    cells = flow_of([strip for line in lines if not line.is_tail for strip in cell_strips(line.strip)], cells=True)
    tails = [line.strip for line in lines if line.is_tail]
    if not tails:
        return cells
    name = flow_of([lines[0].strip, *tails])
    return joined((name, cells.cut(len(lines[0].strip.text), len(cells.text))), " ")


def _is_sentence(text: str, lines: list[Printed], layout: Layout) -> bool:
    """Whether a unit belongs to a body; a short line that only exclaims or asks may as well be a headline's."""
    if lines[0].scale >= LARGE:
        return False
    if lines[0].is_row or lines[0].marks or lines[-1].marks or (len(lines) > _MANY_LINES and len(text) > _LONG):
        return True
    if closes_sentence(text, layout):
        alone = len(lines) == 1 and lines[0].blank_before and _exclaims(text)
        return not (alone and (lines[0].parted or not _INSIDE.search(text)))
    return len(text) > _LONG and _INSIDE.search(text) is not None and not lines[0].is_announced


def _is_broken_byline(text: str, layout: Layout) -> bool:
    return len(text) <= _LONG and text[0] in "（(〔" and is_byline(text, layout)


def _may_open(text: str, layout: Layout) -> bool:
    return MAY_OPEN.search(text, 0, _LONGEST_OPENING) is not None and layout.dateline.match(text) is not None


def _ends_signed(text: str, last: str, layout: Layout) -> bool:
    if last[-1] not in _BRACKETS or "（" in last or "(" in last:
        return False
    return split_byline(text, len(text), layout) is not None


def _has_credit(text: str, layout: Layout) -> bool:
    dateline = layout.dateline.match(text)
    return dateline is not None and dateline_names(dateline[0], layout) is not None
