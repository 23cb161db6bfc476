"""Lines of a format that has paragraphs: each is a line of its own, with a blank line before the next one."""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from tasks.records import Aside, Line

CELL_GAP: Final = "    "
"""Between the cells of a row: what the cleaning stage takes for a gap in a table."""
NO_VALUE: Final = "-"
"""In the place of an empty cell, so that the values behind it stay in their columns."""

_SENTENCE: Final = re.compile(".{12}[。！？]")
"""What tells the text of an article from the lines of a masthead."""


class Lines:
    """Collects lines, and what is set aside; between `begin_aside` and `end_aside` everything is.

    `page` is the page that lines stand on. Headings that follow each other are lines of one headline. The level that
    articles have theirs on is the highest one with a text of sentences below its heading; those above it belong to the
    issue, those below it are subheadings.
    """

    def __init__(self) -> None:
        self.page = 1
        self.asides: list[Aside] = []
        self._pages: list[list[Line]] = [[]]
        self._text: list[str] = []
        self._number = 1
        self._depth = 0
        self._blank_due = False
        self._after_heading = False
        self._in_row = False
        self._levels: list[tuple[int, int, int]] = []  # page, line and level of what is no blank line; 0: no heading

    @property
    def pages(self) -> tuple[tuple[Line, ...], ...]:
        """The lines, page by page; those that begin an article say so."""
        for page, at in self._beginnings():
            self._pages[page][at] = self._pages[page][at]._replace(begins=True)
        return tuple(map(tuple, self._pages))

    def add(self, text: str, number: int) -> None:
        """Go on with the line; `number` is where the text stands."""
        if not any(part.strip() for part in self._text):
            if not text.strip():
                # An indent is kept, the white space between two elements is none.
                text = text.strip(" \t\r\n\f")
            self._text, self._number = [*filter(None, self._text), text], number
        else:
            self._text.append(text)

    def break_line(self) -> None:
        """End the line; the paragraph goes on."""
        self._flush()

    def end(self, level: int = 0) -> None:
        """End the paragraph; `level` is that of a heading, 1 the highest."""
        self._flush(level)
        self._blank_due = True

    def begin_table(self) -> None:
        """Rows that follow belong to another table."""
        self._in_row = False

    def row(self, cells: Sequence[str], number: int) -> None:
        """A row of a table; rows stand line by line."""
        self.end()
        if not any(cells):
            return
        self._blank_due = self._blank_due and not self._in_row
        self.add(CELL_GAP.join(cell or NO_VALUE for cell in cells), number)
        self._flush()
        self._in_row = True

    def begin_aside(self) -> None:
        """What follows is no text of an article."""
        self._flush()
        self._depth += 1

    def end_aside(self) -> None:
        """What follows may be text of an article again."""
        self._flush()
        self._depth -= 1

    def turn_page(self) -> None:
        """What follows stands on the next page."""
        self._flush()
        self.page += 1
        self._pages.append([])

    def _flush(self, level: int = 0) -> None:
        text, self._text = "".join(self._text).rstrip(), []
        if not text.strip():
            return
        if self._depth:
            self.asides.append(Aside("furniture", text.strip(), self.page, self._number))
            return
        lines = self._pages[-1]
        if self._blank_due and lines and not (level and self._after_heading):
            lines.append(Line("", self.page, self._number))
        self._levels.append((len(self._pages) - 1, len(lines), level))
        lines.append(Line(text.lstrip(" \t\r\n\f"), self.page, self._number))
        self._blank_due, self._after_heading, self._in_row = False, level > 0, False

    def _beginnings(self) -> list[tuple[int, int]]:
        """Where the headlines of articles begin, as page and line."""
        stretches = [(is_head, list(lines)) for is_head, lines in groupby(self._levels, key=lambda line: line[2] > 0)]
        headlines: list[tuple[tuple[int, int], int]] = []
        for at, (is_head, lines) in enumerate(stretches):
            below = stretches[at + 1][1] if at + 1 < len(stretches) else []
            if is_head and any(_SENTENCE.search(self._pages[page][line].text) for page, line, _ in below):
                # The heading right above the text is the article's, the bulletin's own may stand before it.
                headlines.append((lines[0][:2], lines[-1][2]))
        level = min((level for _, level in headlines), default=0)
        return [place for place, own in headlines if own == level]
