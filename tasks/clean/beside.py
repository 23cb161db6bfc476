"""Columns that a dump sets side by side in its lines (`pdftotext -layout`): they are read one after the other."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from statistics import median
from typing import Final, NamedTuple

from tasks.records import Line

_TWO_RUNS: Final = re.compile(r"\s*(\S+(?:[ \xa0]\S+)*)\s{2,}(\S+(?:[ \xa0]\S+)*)\s*")
"""Two pieces of text in which no two blanks stand side by side, and more than one between them."""
_HAN: Final = re.compile("[一-龥]")
_MARKS: Final = re.compile("[，。；、]|(?<!\\d)[,;]")
_FEWEST_HAN: Final = 6
"""Characters on each side of a line that shows two columns of text."""
_FEWEST_LINES: Final = 4
"""Such lines that make a block."""
_NEAR: Final = 24
"""Lines in which such lines are looked for: in between a column has blank lines, or the end of a paragraph."""
_LONGEST: Final = 400
"""Characters of a line with two columns."""
_RAGGED: Final = 6
"""Columns that the lines on the left fall short of the longest ones, at the median."""
_JITTER: Final = 2
"""Columns by which a dump sets a line on the right too far to the left."""
_PROSE: Final = 3
"""Of so many lines one has a mark of punctuation on each side."""

_Width = Callable[[str], int]


class _Block(NamedTuple):
    """Lines of two columns: where each is cut, and on how many the right column begins at one and the same place."""

    first: int
    last: int
    cuts: list[int]
    exact: int


class _Shown(NamedTuple):
    """A line that shows two columns: where the left one ends and the right one begins, and whether each has marks."""

    left: int
    right: int
    marks: tuple[bool, bool]


def one_after_the_other(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, those of two columns side by side divided: the left column, and below it the right one.

    A half keeps the place that it has in its line (`Line.margin`). A table is no such page: its cells hold no prose,
    and do not reach up to the next. Dumps align columns by the width of the characters, or by their number.
    """
    if any(line.look is not None for line in lines) or sum("  " in line.text.strip() for line in lines) < _FEWEST_LINES:
        return list(lines)
    texts = [line.text.rstrip() for line in lines]
    blocks = max((list(_blocks(texts, width)) for width in (_cells, len)), key=_well_set)
    told: list[Line] = []
    at = 0
    for first, last, cuts, _ in blocks:
        told += lines[at:first]
        told += _column([_left(line, cut) for line, cut in zip(lines[first:last], cuts, strict=True)])
        told += _column([_right(line, cut) for line, cut in zip(lines[first:last], cuts, strict=True)])
        at = last
    return [*told, *lines[at:]]


def _well_set(blocks: Sequence[_Block]) -> int:
    return sum(block.exact for block in blocks)


def _cells(text: str) -> int:
    """Half-width columns: two for a Han character and for the marks that are as wide."""
    return 2 * len(text) - len(text.encode("ascii", "ignore"))


def _blocks(texts: Sequence[str], width: _Width) -> Iterator[_Block]:
    """The blocks of two columns on a page whose dump counts the places in a line so."""
    shown = [_shown(text, width) for text in texts]
    at = done = 0
    while at < len(texts):
        start, at = at, at + 1
        if shown[start] is None:
            continue
        near = [found for found in shown[start : start + _NEAR] if found]
        gutter = Counter(found.right for found in near).most_common(1)[0][0]
        cuts = _cuts(texts[start : start + _NEAR], gutter, width)
        block = [found for found in shown[start : start + len(cuts)] if found]
        if len(block) < _FEWEST_LINES or not _is_prose(block, gutter):
            at = start + _FEWEST_LINES
            continue
        cuts = _cuts(texts[start:], gutter, width)
        last = max(i for i in range(start, start + len(cuts)) if shown[i]) + 1
        above = _goes_on(texts[done:start][::-1], gutter, width, head=True)[::-1]
        below = _goes_on(texts[last:], gutter, width, head=False)
        tail = _tail(texts, last + len(below), gutter, width)
        exact = sum(found is not None and found.right == gutter for found in shown[start:last])
        at = done = last + len(below) + len(tail)
        yield _Block(start - len(above), done, [*above, *cuts[: last - start], *below, *tail], exact)


def _shown(text: str, width: _Width) -> _Shown | None:
    """What a line of two pieces of text shows, where they may be lines of columns."""
    may_be = len(text) <= _LONGEST and "  " in text and "\t" not in text
    found = _TWO_RUNS.fullmatch(text) if may_be else None
    if found is None or min(len(_HAN.findall(found[1])), len(_HAN.findall(found[2]))) < _FEWEST_HAN:
        return None
    marks = (_MARKS.search(found[1]) is not None, _MARKS.search(found[2]) is not None)
    return _Shown(width(text[: found.end(1)]), width(text[: found.start(2)]), marks)


def _cuts(texts: Sequence[str], gutter: int, width: _Width) -> list[int]:
    """Where the first lines are cut, up to one that runs across the gutter."""
    cuts: list[int] = []
    for text in texts:
        cut = _cut(text, gutter, width, gap=1) if text else 0
        if cut is None:
            break
        cuts.append(cut)
    return cuts


def _cut(text: str, gutter: int, width: _Width, *, gap: int) -> int | None:
    """Where the right column begins in a line; None where text runs across the gutter, or a line is blank.

    `gap` are the blanks that have to stand before it.
    """
    for column in range(gutter, gutter - _JITTER - 1, -1):
        at = _offset(text, column, width)
        if at is None or not at:
            continue
        parted = not text[max(0, at - gap) : at].strip() or (gap == 1 and text[at : at + 1].isspace())
        if at == len(text) or parted:
            return at
    return None


def _goes_on(texts: Sequence[str], gutter: int, width: _Width, *, head: bool) -> list[int]:
    """Where the lines next to a block are cut, from it on, as long as they are of its columns.

    Behind a blank line they are so only with text on both sides, the right one in its place. At the `head` of a column
    larger type moves what stands beside it.
    """
    cuts: list[int] = []
    behind_blank = False
    for text in texts:
        cut = _in_place(text, gutter, width)
        if cut is None and not behind_blank:
            cut = _cut(text, gutter, width, gap=2) or (_moved(text) if head else None)
        if text and cut is None:
            break
        if not text and behind_blank:
            break
        behind_blank = not text
        cuts.append(cut or 0)
    return cuts[:-1] if behind_blank and cuts else cuts


def _in_place(text: str, gutter: int, width: _Width) -> int | None:
    """Where the right column begins in a line with text on both sides, the right one (or its indent) at the gutter."""
    at = _offset(text, gutter, width)
    if not at or at == len(text) or text[at] in " \xa0" or not text[at - 1].isspace() or not text[:at].strip():
        return None
    return at


def _moved(text: str) -> int | None:
    """Where the second of two pieces of text begins, wherever it stands."""
    found = _TWO_RUNS.fullmatch(text) if len(text) <= _LONGEST and "  " in text else None
    return found.start(2) if found and len(_HAN.findall(found[2])) >= _FEWEST_HAN else None


def _tail(texts: Sequence[str], start: int, gutter: int, width: _Width) -> list[int]:
    """What is left of a longer left column, where nothing else follows on the page but its foot."""
    end = len(texts)
    while end > start and not _HAN.search(texts[end - 1]):
        end -= 1
    rest = texts[start:end]
    return [len(text) for text in rest] if all(width(text) < gutter for text in rest) else []


def _offset(text: str, column: int, width: _Width) -> int | None:
    """The offset of a column in a line, the line's length where it ends before; None inside of a wide character."""
    if len(text) > _LONGEST:
        return None
    if width(text) <= column:
        return len(text)
    low, high = 0, len(text)
    while low < high:
        middle = (low + high) // 2
        if width(text[:middle]) < column:
            low = middle + 1
        else:
            high = middle
    return low if width(text[:low]) == column else None


def _is_prose(block: Sequence[_Shown], gutter: int) -> bool:
    """Whether the sides of a block are columns of text: full lines on the left, and marks of punctuation in both."""
    ends = sorted(line.left for line in block if line.left < gutter)
    edge = ends[-1 - (len(ends) + 5) // 10] if ends else gutter  # a line of digits is longer
    return (
        bool(ends)
        and edge - median(ends) <= _RAGGED
        and all(_PROSE * sum(side) >= len(block) for side in zip(*(line.marks for line in block), strict=True))
    )


def _left(line: Line, cut: int) -> Line:
    return line._replace(text=line.text[:cut].rstrip())


def _right(line: Line, cut: int) -> Line:
    begins = line.begins and not line.text[:cut].strip()
    return line._replace(text=" " * cut + line.text[cut:], margin=cut, begins=begins)


def _column(lines: Sequence[Line]) -> list[Line]:
    """The lines of a column, from the first to the last that has text."""
    filled = [at for at, line in enumerate(lines) if line.text.strip()]
    return list(lines[filled[0] : filled[-1] + 1]) if filled else []
