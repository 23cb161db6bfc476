"""The page of a PDF as it is drawn, by pypdfium2: its characters with their boxes, its pictures, frames and rules."""

import ctypes
from collections.abc import Iterable, Iterator
from math import hypot
from typing import Final, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from tasks.read.page import Page, Run, around
from tasks.records import Box

_BOLD: Final = 600
"""Weights of a font (as in CSS) from here on are bold."""
_RULE: Final = 2.5
"""Points; what is thinner is a rule."""
_SHORTEST_RULE: Final = 8.0
_LARGE: Final = 24.0
"""Points; a picture or a frame is larger than this in both directions."""
_WHOLE_PAGE: Final = 0.9
_SAME_LINE: Final = 0.35
_SAME_SIZE: Final = 0.12
_LONGEST_GAP: Final = 1.2
_LONGEST_SPACE: Final = 2.5
_BACK: Final = 1.05
"""Ems; the boxes of two full-width marks that are set closer (。“) overlap by up to one."""
_LATIN_GAP: Final = 0.15
_HAN_GAP: Final = 0.45
_TWICE: Final = 0.2
"""Ems; the same character this near to itself is one that is printed twice, for weight."""
_OPENING: Final = frozenset("“‘（《「『【〔〈［")
_CLOSING: Final = frozenset("”’）》」』】〕〉］，。、；：！？")
_WIDE: Final = 0.8
_CELL: Final = 4.0
_NESTED: Final = 8
_MOST_SHAPES: Final = 2_000
"""Of each kind; what is drawn beyond that is a picture's detail."""


class Glyph(NamedTuple):
    """A printed character."""

    char: str
    box: Box
    size: float
    bold: bool
    has_meaning: bool
    """The font says which character it is."""
    is_drawn: bool
    """It is not of the invisible text behind a scan."""
    source: int
    """The text object that it belongs to."""


def glyphs_of(page: pypdfium2.PdfPage, text: pypdfium2.PdfTextPage) -> list[Glyph]:
    """The characters of the text layer, in the order in which they are drawn; white space between runs is left out."""
    place = _Placing(page)
    handle = text.raw
    rectangle, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    glyphs: list[Glyph] = []
    modes: dict[int, bool] = {}
    for index in range(text.count_chars()):
        if pdfium.FPDFText_IsGenerated(handle, index) == 1:
            continue
        code = pdfium.FPDFText_GetUnicode(handle, index)
        pdfium.FPDFText_GetLooseCharBox(handle, index, rectangle)
        pdfium.FPDFText_GetMatrix(handle, index, matrix)
        drawn = pdfium.FPDFText_GetTextObject(handle, index)
        address = ctypes.cast(drawn, ctypes.c_void_p).value or 0
        if address not in modes:
            modes[address] = pdfium.FPDFTextObj_GetTextRenderMode(drawn) != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        glyphs.append(
            Glyph(
                chr(code) if code and not 0xD800 <= code < 0xE000 else "\ufffd",
                place.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top),
                pdfium.FPDFText_GetFontSize(handle, index) * hypot(matrix.b, matrix.d),
                pdfium.FPDFText_GetFontWeight(handle, index) >= _BOLD,
                code != 0 and pdfium.FPDFText_HasUnicodeMapError(handle, index) != 1,
                modes[address],
                address,
            )
        )
    return glyphs


def page_of(number: int, page: pypdfium2.PdfPage, glyphs: list[Glyph]) -> Page:
    """The page with its characters put together to runs."""
    width, height = page.get_size()
    shapes, rules = _drawn(page, width * height)
    return Page(number, width, height, tuple(runs_of(glyphs)), tuple(shapes), tuple(rules))


def runs_of(glyphs: list[Glyph]) -> Iterator[Run]:
    """Characters that follow each other on one baseline, in one size and without a wide gap."""
    run: list[Glyph] = []
    spaces = 0
    for glyph in without_doubles(glyphs):
        if glyph.char.isspace():
            spaces += 1
            continue
        if run and not _follows(run[-1], glyph, spaces):
            yield _run(run)
            run = []
        if run and _parted(run[-1], glyph, spaces):
            gap = run[-1].box
            run.append(
                glyph._replace(char=" ", box=Box(gap.right, gap.top, max(gap.right, glyph.box.left), gap.bottom))
            )
        run.append(glyph)
        spaces = 0
    if run:
        yield _run(run)


def _run(glyphs: list[Glyph]) -> Run:
    letters = [glyph for glyph in glyphs if glyph.char != " "]
    box = around(glyph.box for glyph in letters)
    first, last = letters[0], letters[-1]
    # the blank half of a full-width mark may hang over the column's edge
    if first.char in _OPENING and first.box.width > _WIDE * first.size:
        box = box._replace(left=box.left + 0.5 * first.size)
    if last.char in _CLOSING and last.box.width > _WIDE * last.size:
        box = box._replace(right=box.right - 0.5 * last.size)
    sizes = sorted(glyph.size for glyph in letters)
    return Run(
        "".join(glyph.char for glyph in glyphs),
        box,
        sizes[len(sizes) // 2],
        2 * sum(glyph.bold for glyph in letters) > len(letters),
        (*(glyph.box.left for glyph in glyphs), glyphs[-1].box.right),
    )


def _follows(before: Glyph, glyph: Glyph, spaces: int) -> bool:
    if glyph.box == before.box and glyph.source == before.source:
        return True  # the next character of a ligature
    em = max(before.size, glyph.size)
    gap = glyph.box.left - before.box.right
    middle = (before.box.top + before.box.bottom - glyph.box.top - glyph.box.bottom) / 2
    return (
        abs(middle) < _SAME_LINE * em
        and abs(before.size - glyph.size) < _SAME_SIZE * em + (0.5 * em if _is_latin(before) != _is_latin(glyph) else 0)
        and -_BACK * em < gap < (_LONGEST_SPACE if spaces else _LONGEST_GAP) * em
    )


def _parted(before: Glyph, glyph: Glyph, spaces: int) -> bool:
    """Whether white space stands between two characters: as a character of its own, or as a gap."""
    gap = (glyph.box.left - before.box.right) / max(before.size, glyph.size)
    return spaces > 0 or gap > (_LATIN_GAP if _is_latin(before) and _is_latin(glyph) else _HAN_GAP)


def _is_latin(glyph: Glyph) -> bool:
    return glyph.char.isascii()


def without_doubles(glyphs: Iterable[Glyph]) -> Iterator[Glyph]:
    """The characters without those that are printed once more in nearly the same place and size, for weight.

    Characters of one text object are no doubles: a ligature (———) stands for several of them in one place.
    """
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    for glyph in glyphs:
        x, y = int(glyph.box.left / _CELL), int(glyph.box.top / _CELL)
        near = [other for dx in (-1, 0, 1) for dy in (-1, 0, 1) for other in seen.get((glyph.char, x + dx, y + dy), ())]
        if not any(_is_double(glyph, other) for other in near):
            yield glyph
            seen.setdefault((glyph.char, x, y), []).append(glyph)


def _is_double(glyph: Glyph, other: Glyph) -> bool:
    reach = min(_CELL, _TWICE * glyph.size)
    return (
        glyph.source != other.source
        and abs(glyph.size - other.size) < 0.5
        and abs(glyph.box.left - other.box.left) < reach
        and abs(glyph.box.top - other.box.top) < reach
    )


def _drawn(page: pypdfium2.PdfPage, area: float) -> tuple[list[Box], list[Box]]:
    place = _Placing(page)
    shapes: list[Box] = []
    rules: list[Box] = []
    kinds = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING)
    for one in page.get_objects(filter=kinds, max_depth=_NESTED):
        if max(len(shapes), len(rules)) >= _MOST_SHAPES:
            break
        try:
            box = place.box(*one.get_bounds())
        except pypdfium2.PdfiumError:
            continue
        if min(box.width, box.height) < _RULE:
            if max(box.width, box.height) >= _SHORTEST_RULE:
                rules.append(box)
        elif min(box.width, box.height) >= _LARGE and box.width * box.height < _WHOLE_PAGE * area:
            shapes.append(box)
    return shapes, rules


class _Placing:
    """From the coordinates of a PDF page, which may be rotated and cropped, to points from its top left corner."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        width, height = page.get_size()
        scale = 1000
        x, y = ctypes.c_int(), ctypes.c_int()
        corners = []
        for at in ((0.0, 0.0), (scale, 0.0), (0.0, scale)):
            pdfium.FPDF_PageToDevice(page.raw, 0, 0, int(width * scale), int(height * scale), 0, *at, x, y)
            corners.append((x.value / scale, y.value / scale))
        (self.x0, self.y0), across, up = corners
        self.ax, self.ay = (across[0] - self.x0) / scale, (across[1] - self.y0) / scale
        self.bx, self.by = (up[0] - self.x0) / scale, (up[1] - self.y0) / scale

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the PDF on the page as it is shown."""
        xs = [self.x0 + self.ax * x + self.bx * y for x, y in ((left, bottom), (right, top))]
        ys = [self.y0 + self.ay * x + self.by * y for x, y in ((left, bottom), (right, top))]
        return Box(min(xs), min(ys), max(xs), max(ys))
