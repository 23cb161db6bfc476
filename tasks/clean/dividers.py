"""Lines that do nothing but part the articles of a web newsletter: 01, 02, 03; ▼; ————.

A row of signs stands in many places, and so does a number. What they do here is told by all of a kind: something has
ended before each of them, behind each stands what may be a headline, and the pieces are signed or have long headlines
(the sections of one article have short ones).
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from statistics import median
from typing import Final

from tasks.clean.breaks import closes_sentence
from tasks.clean.lines import Printed
from tasks.clean.rules import Layout

_NUMBER: Final = re.compile("[0０][1-9１-９]|[1１][0-9０-９]")
_SIGNS: Final = re.compile(r"[^\w\s（）()《》“”]+(?:\s+[^\w\s（）()《》“”]+)*")
_LABEL: Final = re.compile("[一-龥]{2,6}")
_LONGEST: Final = 40
_LONG_HEADLINE: Final = 11
"""Characters of the median headline of articles; subheadings have four to ten."""
_FEWEST: Final = 2
_LEAD_LINES: Final = 6
_INSIDE: Final = re.compile("[。；]")
_LAST: Final = "。；：:;"
_TELLS: Final = "。；"


def dividers_of(
    printed: Sequence[Printed], running: Callable[[str], bool], layout: Layout
) -> tuple[frozenset[int], range]:
    """The lines behind which another article begins, and the lines of a lead-in (下面跟小编一起看) before 01.

    `running` says whether a line is a running head: what stands above one (01) is the number of a page.
    """
    kinds: dict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(printed):
        if line.is_furniture and (kind := _kind(line.text)):
            kinds[kind].append(at)
    if not kinds:
        return frozenset(), range(0)
    skipped = [line.is_furniture or running(line.text) for line in printed]
    before, after = _neighbours(printed, skipped), _neighbours(printed[::-1], skipped[::-1])[::-1]
    told = next((at for at, line in enumerate(printed) if line.text[-1] in _TELLS), len(printed))
    parting: set[int] = set()
    lead = range(0)
    for kind, places in kinds.items():
        if len(places) < _FEWEST or (kind == "number" and not _counts(printed, places)):
            continue
        # before the first of them may stand the title and the account
        heads = [
            head
            for at in places
            if (head := after[at]) is not None
            and _may_be_headline(head, layout)
            and ((last := before[at]) is None or at < told or _has_ended(last, layout))
        ]
        if len(heads) < len(places):
            continue
        signed = sum((last := before[at]) is not None and last.is_byline for at in places)
        if 2 * signed >= len(places) or median(len(head.text) for head in heads) >= _LONG_HEADLINE:
            parting.update(places)
            lead = _lead(printed, places[0], layout) if kind == "number" else lead
    return frozenset(parting), lead


def with_sections(printed: Sequence[Printed], dividers: Collection[int], layout: Layout) -> list[Printed]:
    """The lines, those in brackets as headings of sections where numbers part the articles: 【主导产业“挑大梁”】.

    What stands right behind a number is a label of the article; without brackets, where each has one above a headline.
    """
    numbers = [at for at in dividers if _NUMBER.fullmatch(printed[at].text)]
    first = min(numbers, default=len(printed))
    lines = list(printed)
    if all(_is_label(printed[at + 1 : at + 3], layout) for at in numbers):
        for at in numbers:
            lines[at + 1] = lines[at + 1]._replace(is_furniture=True)
    for at in range(first + 1, len(lines)):
        line = lines[at]
        if line.is_furniture and at - 1 not in dividers and layout.column_label.fullmatch(line.text):
            lines[at] = line._replace(is_furniture=False, is_section=True)
    return lines


def _is_label(below: Sequence[Printed], layout: Layout) -> bool:
    """Whether a few characters stand below a number, and apart from them a headline."""
    if len(below) < 2 or not _LABEL.fullmatch(below[0].text):
        return False
    return below[1].blank_before and not below[0].blank_before and _may_be_headline(below[1], layout)


def _neighbours(printed: Sequence[Printed], skipped: Sequence[bool]) -> list[Printed | None]:
    """For each line the last one before it that is not skipped."""
    last: Printed | None = None
    neighbours: list[Printed | None] = []
    for line, skip in zip(printed, skipped, strict=True):
        neighbours.append(last)
        last = last if skip else line
    return neighbours


def _kind(text: str) -> str:
    if _NUMBER.fullmatch(text):
        return "number"
    return "".join(sorted(set(text) - {" ", "　"})) if _SIGNS.fullmatch(text) else ""


def _counts(printed: Sequence[Printed], places: Sequence[int]) -> bool:
    return [int(printed[at].text) for at in places] == list(range(1, len(places) + 1))


def _may_be_headline(line: Printed, layout: Layout) -> bool:
    return (
        len(line.text) <= _LONGEST
        and line.text[-1] not in _LAST
        and not (line.is_byline or _INSIDE.search(line.text) or layout.enumerator.match(line.text))
    )


def _has_ended(line: Printed, layout: Layout) -> bool:
    return line.is_byline or closes_sentence(line.text, layout) or line.text[-1] in "↓⬇"


def _lead(printed: Sequence[Printed], first: int, layout: Layout) -> range:
    """The few lines without a whole sentence before the first number."""
    start = first
    while start and (printed[start - 1].is_furniture or not _is_told(printed[start - 1], layout)):
        start -= 1
    lines = sum(not line.is_furniture for line in printed[start:first])
    return range(start, first) if lines <= _LEAD_LINES else range(0)


def _is_told(line: Printed, layout: Layout) -> bool:
    return (
        line.is_byline
        or line.opens_article
        or len(line.text) > _LONGEST
        or (closes_sentence(line.text, layout) and line.text[-1] not in "？?！!")
    )
