"""Bylines known by where they stand: under the last paragraph, at the right edge."""

import re
from collections.abc import Sequence
from typing import Final

from tasks.clean.breaks import closes_sentence
from tasks.clean.lines import Printed
from tasks.clean.rules import Layout

_BRACKETED: Final = re.compile(r"[（(]\s*[一-龥·]{2,12}(?:[\s　、]+[一-龥·]{2,8}){0,3}\s*[）)]")

_WIDEST: Final = 60.0
"""Longer lines are paragraphs that were not broken, and have no edge."""
_RAGGED: Final = 2.0


def with_signatures(printed: Sequence[Printed], layout: Layout) -> list[Printed]:
    """The lines, those marked as bylines that are signatures: short, in brackets or an office's name, behind a body."""
    lines = list(printed)
    edge = max((line.lead + line.width for line in lines if line.width <= _WIDEST), default=0.0)
    for at in range(1, len(lines)):
        line = lines[at]
        if line.is_deep and not line.stands_apart and closes_sentence(lines[at - 1].text, layout):
            at_edge = line.lead + line.width >= edge - _RAGGED
            if _BRACKETED.fullmatch(line.text) or (at_edge and layout.office.fullmatch(line.text)):
                lines[at] = line._replace(is_byline=True)
    return lines
