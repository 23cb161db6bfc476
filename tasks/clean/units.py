"""Lines to units: paragraphs and lines of headlines, with what marks them."""

import re
from dataclasses import dataclass

from tasks.clean.breaks import closes_sentence, unit_ends
from tasks.clean.bylines import dateline_names
from tasks.clean.flow import Flow, flow_of
from tasks.clean.lines import Printed
from tasks.clean.rules import Layout


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
    ends = unit_ends(printed, layout)
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
        is_sentence=closes_sentence(flow.text, layout) or len(lines) > 3,
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
