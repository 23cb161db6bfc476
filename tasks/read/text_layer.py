"""Whether the text layer of a page says what is printed on it; from a page where it does not, nothing is published.

Fonts may not say which characters they draw, digits may be drawn as shapes, a scan may carry the guesses of an unknown
program, and text may be there that nobody sees. The layer is held against the page as it is drawn.
"""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from tasks.read.page import Page, Run, shared_height
from tasks.read.pdf_page import Glyph
from tasks.records import Box

Picture = npt.NDArray[np.uint8]

INK_SCALE: Final = 1.5
"""Pixels a point at which a page is drawn for the comparison: digits of 9 points are 7 pixels wide then."""
_DARKER: Final = 48
"""Grey levels by which ink differs from the paper round it."""
_PRIVATE: Final = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_MEASURED: Final = re.compile(r"[\d.%％万亿元个家项年月日人次米亩吨倍点名位条台套户公平千百]")
"""A number stands beside such a character: an unknown one there may be a digit."""
_MOST_UNKNOWN: Final = 3
"""Rare characters that a page may have in the private area; the names of people are written with them."""
_ALMOST_EMPTY: Final = 0.0008
"""The share of the page that is inked by a folio alone."""
_PATCH: Final = 0.6
"""Ems; the area between two runs of a line is looked at in patches that wide."""
_INKED: Final = 0.35
"""The share of the usual ink of text from which on a patch holds characters."""
_WIDEST_GAP: Final = 12.0
_CELLS: Final = 60
"""Cells of an em that are inked like text where there is none, from which on a page is drawn rather than written."""
_CELL_INK: Final = (0.06, 0.5)
_UNSEEN: Final = 20
"""Characters without ink from which on a layer says what is not printed."""


def fault_of(page: Page, glyphs: Sequence[Glyph], picture: Picture) -> str | None:
    """What is wrong with the text layer of a page, as half a sentence; None where nothing is.

    `picture` is the page in grey, `INK_SCALE` pixels a point.
    """
    ink = _ink(picture)
    printed = [glyph for glyph in glyphs if not glyph.char.isspace()]
    if not printed:
        return "it is a picture without text (a scan)" if ink.mean() > _ALMOST_EMPTY else None
    if sum(glyph.is_drawn for glyph in printed) < len(printed) / 2:
        return "its text is the invisible layer of a scan, made by an unknown program"
    return _unknown(page.runs) or _undrawn(page, ink) or _untold(page, ink)


def _ink(picture: Picture) -> npt.NDArray[np.bool_]:
    paper = np.median(picture)
    return np.abs(picture.astype(np.int16) - int(paper)) > _DARKER


def _unknown(runs: Sequence[Run]) -> str | None:
    """Characters that the fonts give no meaning; one that begins a line may be a bullet."""
    unknown = 0
    for run in runs:
        for at, char in enumerate(run.text):
            broken = char == "\ufffd" or (not char.isprintable() and not char.isspace() and not _PRIVATE.match(char))
            if not broken and not _PRIVATE.match(char):
                continue
            if at == 0 and len(run.text) > 1 and not _MEASURED.match(run.text[1]):
                continue
            unknown += 1
            beside = run.text[max(0, at - 1) : at] + run.text[at + 1 : at + 2]
            if broken or _MEASURED.search(beside):
                return f"its fonts do not say which characters they print (in {run.text[:24]!r})"
    return f"{unknown} of its characters have no meaning outside of its fonts" if unknown > _MOST_UNKNOWN else None


def _undrawn(page: Page, ink: npt.NDArray[np.bool_]) -> str | None:
    """Text of which nothing is seen: white on white, or behind a picture."""
    unseen = [run for run in page.runs if not _part(ink, run.box).any()]
    text = "".join(run.text for run in unseen)
    if len(text) >= _UNSEEN or any(char.isdigit() for char in text):
        return f"it holds text that is not seen on the page ({text[:24]!r})"
    return None


def _untold(page: Page, ink: npt.NDArray[np.bool_]) -> str | None:
    """Characters that are drawn and not in the layer: within lines, or all over the page."""
    densities = sorted(float(_part(ink, run.box).mean()) for run in page.runs if len(run.text) > 3)
    usual = densities[len(densities) // 2] if densities else 0.2
    rest = ink.copy()
    for box in (*page.shapes, *page.rules):
        _part(rest, _grown(box, 1.5))[:] = False
    for run in page.runs:
        for box in _stretches(run):
            _part(rest, box)[:] = False
    for run, gap in _gaps(page.runs):
        width = max(1, round(_PATCH * run.size * INK_SCALE))
        part = _part(rest, gap)
        if part.size and any(
            part[:, at : at + width].mean() > _INKED * usual
            for at in range(0, max(1, part.shape[1] - width + 1), width)
        ):
            return f"characters are printed that its text does not have (beside {run.text[:24]!r})"
    body = sorted(run.size for run in page.runs)[len(page.runs) // 2]
    cell = max(2, round(body * INK_SCALE))
    height, width = (side // cell * cell for side in rest.shape)
    cells = rest[:height, :width].reshape(height // cell, cell, width // cell, cell).mean(axis=(1, 3))
    low, high = _CELL_INK
    textlike = int(((cells > low) & (cells < high)).sum())
    letters = sum(len(run.text) for run in page.runs)
    if textlike > _CELLS and textlike > letters / 10:
        return "much of what it prints is not in its text (letters drawn as shapes, or a picture of text)"
    return None


def _gaps(runs: Sequence[Run]) -> list[tuple[Run, Box]]:
    """The space behind each run up to the next one on the same line."""
    gaps = []
    for run in runs:
        behind = [
            other.box.left
            for other in runs
            if other.box.left > run.box.right - 1
            and shared_height(run.box, other.box) > 0.6
            and other.size < 1.3 * run.size
        ]
        width = min(behind) - run.box.right if behind else 0.0
        if 0.4 * run.size < width < _WIDEST_GAP * run.size:
            inner = run.box.height * 0.15
            gaps.append((run, Box(run.box.right, run.box.top + inner, min(behind), run.box.bottom - inner)))
        gaps += [(run, gap) for gap in _inner_gaps(run)]
    return gaps


def _stretches(run: Run) -> list[Box]:
    """The places of the characters of a run, without its spaces."""
    inner, outer = 0.05 * run.size, 0.15 * run.size
    return [
        Box(
            run.edges[found.start()] - inner,
            run.box.top - outer,
            run.edges[found.end()] + inner,
            run.box.bottom + outer,
        )
        for found in re.finditer(r"\S+", run.text)
    ]


def _inner_gaps(run: Run) -> list[Box]:
    """The places of wide spaces in a run."""
    return [
        Box(run.edges[at], run.box.top, run.edges[at + 1], run.box.bottom)
        for at, char in enumerate(run.text)
        if char == " " and run.edges[at + 1] - run.edges[at] > 0.4 * run.size
    ]


def _grown(box: Box, by: float) -> Box:
    return Box(box.left - by, box.top - by, box.right + by, box.bottom + by)


def _part(picture: npt.NDArray[np.bool_], box: Box) -> npt.NDArray[np.bool_]:
    left, top, right, bottom = (round(edge * INK_SCALE) for edge in box)
    return picture[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
