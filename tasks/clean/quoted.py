"""A mail that another one quotes: > before each line, and what no longer fits in it in a line of its own."""

import re
from collections.abc import Sequence
from typing import Final

from tasks.clean.lines import Printed
from tasks.records import Aside, Line

_At = tuple[int, int, int]
"""Document, page, line."""
_MARKS: Final = re.compile(r"\s*>(?:\s?>)*")
_FEWEST: Final = 8
"""Lines with a mark, which are most of those that print something."""


def without_marks(lines: Sequence[tuple[int, Line]]) -> tuple[list[tuple[int, Line]], list[Aside], set[_At]]:
    """The lines of documents with white space for the marks, the marks, and where lines stand that end the one before.

    Each line comes with the number of its document. A text without such marks stays as it is.
    """
    printing = [line.text for _, line in lines if line.text.strip()]
    marked = sum(text.lstrip().startswith(">") for text in printing)
    if marked < _FEWEST or 2 * marked < len(printing):
        return list(lines), [], set()
    bare: list[tuple[int, Line]] = []
    asides: list[Aside] = []
    tails: set[_At] = set()
    quoted = False
    for document, line in lines:
        marks = _MARKS.match(line.text)
        if marks:
            asides.append(Aside("control", marks[0].strip(), line.page, line.number, document))
            own = line._replace(text=" " * marks.end() + line.text[marks.end() :], margin=max(line.margin, marks.end()))
            quoted = bool(own.text.strip())
        else:
            own = line
            if quoted and line.text.strip():
                tails.add((document, line.page, line.number))
            quoted = False
        bare.append((document, own))
    return bare, asides, tails


def with_tails(printed: Sequence[Printed], tails: set[_At]) -> list[Printed]:
    """The printed lines, those marked that end the line before them: both are then as wide as that line was."""
    lines = list(printed)
    for at in range(1, len(lines)):
        if lines[at].strip.printed_at in tails:
            width = lines[at - 1].width + lines[at].width
            lines[at - 1] = lines[at - 1]._replace(width=width)
            lines[at] = lines[at]._replace(width=width, is_tail=True, begins=False, is_byline=False)
    return lines
