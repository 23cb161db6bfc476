"""An issue's lines to groups of units, by sections: what is decided over a whole page needs all of it in memory.

An issue is one section. Only a text of millions of characters, which no bulletin is, is taken in several, so that
memory does not grow with it: each section gives its articles but the last, whose lines are read again with the next.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from tasks.clean.articles import grouped
from tasks.clean.assemble import printed_asides
from tasks.clean.beside import one_after_the_other
from tasks.clean.boxes import with_boxes, without_boxes
from tasks.clean.cells import with_cells
from tasks.clean.fragments import with_fragments
from tasks.clean.furniture import sort_out
from tasks.clean.hyphens import without_hyphens
from tasks.clean.lines import Printed, printed_lines
from tasks.clean.masthead import Head, completed, read_block, read_head, with_account
from tasks.clean.page import Group
from tasks.clean.quoted import with_tails, without_marks
from tasks.clean.roundups import with_subheadings
from tasks.clean.rules import Layout
from tasks.clean.signatures import with_signatures
from tasks.clean.spacing import spaced
from tasks.clean.tables import marked_rows, without_bars
from tasks.clean.units import units_of
from tasks.records import Aside, Document, Line, Masthead

MOST_CHARACTERS: Final = 1_000_000
MOST_LINES: Final = 50_000
"""Of a section: about 150 MiB (benchmarks/cleaning.py), and ten times the longest issue that was seen."""

_Numbered = tuple[int, Line]
"""A line and the number of its document."""
_At = tuple[int, int, int]
"""Document, page, line."""


class Section(NamedTuple):
    """What was found in a stretch of an issue."""

    head: Head
    groups: list[Group]
    asides: list[Aside]
    loose: list[Printed]
    """Lines that are in no article, where labels of columns may stand."""


def sections_of(
    documents: Sequence[Document], layout: Layout, characters: int = MOST_CHARACTERS, lines: int = MOST_LINES
) -> Iterator[Section]:
    """The sections of an issue in order; `characters` and `lines` are the most that one is read from."""
    every = [(number, page) for number, document in enumerate(documents) for page in _pages(document, characters)]
    waiting = ((number, line) for number, page in every for line in page)
    head: Head | None = None
    taken: list[_Numbered] = []
    size = 0
    for numbered in waiting:
        if taken and (size + len(numbered[1].text) > characters or len(taken) >= lines):
            section = _section(taken, head, layout)
            head = section.head
            rest = _unfinished(section, taken)
            size = sum(len(line.text) for _, line in rest)
            if not rest or size > characters // 2 or len(rest) > lines // 2:
                rest, size = [], 0  # one article that fills a section is divided, or it would be read again and again
                yield section
            else:
                yield _before(section, _at(rest[0]))
            taken = rest
        taken.append(numbered)
        size += len(numbered[1].text)
    yield _section(taken, head, layout)


def _pages(document: Document, characters: int) -> Iterator[Sequence[Line]]:
    """A document's pages in reading order; one that is taken in sections is read line by line, as it stands."""
    if sum(len(line.text) for page in document.pages for line in page) > characters:
        yield from document.pages
    else:
        yield from map(one_after_the_other, document.pages)


def _section(lines: Sequence[_Numbered], head: Head | None, layout: Layout) -> Section:
    """What stands in some lines; the masthead is that of the first section, whose head is None."""
    printed: list[Printed] = []
    lines, quotes, tails = without_marks(lines)
    for number, group in groupby(lines, key=itemgetter(0)):
        page = with_tails(printed_lines((line for _, line in group), layout, number), tails)
        printed += with_fragments(spaced(page))
    found = read_head(printed, layout) if head is None else head._replace(lines=0)
    if head is None and found.masthead == Masthead():
        found, block = read_block(printed, layout)
        found = found._replace(lines=0)
        printed = [line._replace(is_furniture=True) if at in block else line for at, line in enumerate(printed)]
    sorted_lines = sort_out(with_cells(printed[found.lines :]), found.masthead.title, layout)
    furniture = [*printed[: found.lines], *sorted_lines.furniture]
    kept, hyphens = without_hyphens(with_signatures(marked_rows(sorted_lines.kept), layout))
    kept, boxes = without_boxes(kept, layout)
    groups, unused = grouped(with_subheadings(units_of(kept, layout), layout), layout)
    for box in boxes:
        beside, none = grouped(units_of(box, layout), layout)
        groups, unused = with_boxes(groups, beside), [*unused, *none]
    left = [line for unit in unused for line in unit.lines]
    found = completed(found, [*furniture, *left], layout)
    asides = printed_asides("furniture", [*left, *furniture])
    asides += [
        *quotes,
        *printed_asides("control", [*hyphens, *without_bars([*kept, *(line for box in boxes for line in box)])]),
    ]
    loose = [*sorted_lines.furniture, *left]
    return Section(with_account(found, printed, layout), groups, asides, loose)


def _unfinished(section: Section, lines: Sequence[_Numbered]) -> list[_Numbered]:
    """The lines from the last article on, which the section's end may have cut; none if another one ends on its first.

    A headline that stands before its body, or behind it, comes with it.
    """
    reaches = [_reach(group) for group in section.groups[-2:]]
    if not reaches or (len(reaches) == 2 and reaches[0][1] >= reaches[1][0]):
        return []
    return [numbered for numbered in lines if _at(numbered) >= reaches[-1][0]]


def _before(section: Section, end: _At) -> Section:
    """The section without its last article and all that stands behind its beginning."""
    return section._replace(
        groups=section.groups[:-1],
        asides=[aside for aside in section.asides if (aside.document, aside.page, aside.line) < end],
        loose=[line for line in section.loose if line.strip.printed_at < end],
    )


def _reach(group: Group) -> tuple[_At, _At]:
    """The first and the last line of a group."""
    units = (*group.headline, *group.notes, *group.body, *group.bylines, *group.repeated)
    places = [line.strip.printed_at for unit in units for line in unit.lines]
    return min(places), max(places)


def _at(numbered: _Numbered) -> _At:
    document, line = numbered
    return document, line.page, line.number
