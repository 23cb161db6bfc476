"""Where on the page a stretch of text is printed, and how surely it was read there: from the looks of its lines."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from tasks.records import Box, Document, Line, Look, OffsetMap, Place

Lines = Mapping[tuple[int, int], Line]
"""The lines that have a look, by document (counted from 0) and number."""


def lines_with_look(documents: Sequence[Document]) -> Lines:
    """The lines of typeset pages and pictures; none of a text dump."""
    return {
        (number, line.number): line
        for number, document in enumerate(documents)
        for page in document.pages
        for line in page
        if line.look is not None
    }


def printed_at(
    lines: Lines, offsets: OffsetMap, start: int, end: int, *, by_line: bool
) -> tuple[list[float] | None, float | None]:
    """The boxes of a stretch, one for each line or for each column that it runs through, and its lowest confidence.

    Left, top, right, bottom of the boxes stand one behind another. None where the format has no positions, and where no
    optical recognition took part.
    """
    pieces = list(_pieces(lines, offsets, start, end)) if lines else []
    if not pieces:
        return None, None
    parts = groupby(pieces, key=lambda piece: (piece[0].page, piece[0].number if by_line else _look(piece[0]).block))
    boxes = [_around([box for _, box in part]) for _, part in parts]
    confidences = [confidence for line, _ in pieces if (confidence := _look(line).confidence) is not None]
    return [round(edge, 1) for box in boxes for edge in box], min(confidences, default=None)


def _pieces(lines: Lines, offsets: OffsetMap, start: int, end: int) -> Iterator[tuple[Line, Box]]:
    """The parts of lines that a stretch is made of."""
    for place, length in _runs(offsets, start, end):
        line = lines.get((place.document, place.line))
        if line is not None:
            yield line, _part(_look(line), place.column, place.column + length)


def _look(line: Line) -> Look:
    assert line.look is not None
    return line.look


def _runs(offsets: OffsetMap, start: int, end: int) -> Iterator[tuple[Place, int]]:
    """The runs of characters between two offsets that stand side by side in the source, and how long they are."""
    cuts = [start, *(at for at in offsets.starts if start < at < end), end]
    for first, last in pairwise(cuts):
        yield offsets.place(first), last - first


def _part(look: Look, first: int, last: int) -> Box:
    edges = look.edges
    return look.box._replace(left=edges[min(first, len(edges) - 1)], right=edges[min(last, len(edges) - 1)])


def _around(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))
