"""The child process that opens what comes from outside: a PDF, or a picture of a page. Run by `tasks.read.pages`.

It writes one JSON object a line: `{"lines": [...]}` for each page in order, or `{"fault": "..."}` and nothing more.
Its memory is limited before anything is opened; whatever kills it, the run goes on.
"""

import json
import resource
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Final

import numpy as np
import pypdfium2

from tasks.read.layout import lines_of
from tasks.read.page import Page
from tasks.read.pdf_page import glyphs_of, page_of
from tasks.read.recognition import DPI, EXTRA, Picture, Recognition
from tasks.read.text_layer import INK_SCALE, fault_of
from tasks.records import Line

_GIGABYTE: Final = 2**30
_MEMORY: Final = 2 * _GIGABYTE
_RECOGNITION_MEMORY: Final = 8 * _GIGABYTE
"""Address space, of which the libraries reserve more than they use."""
_MOST_PAGES: Final = 1000
_PAGES_AT_ONCE: Final = 20
_MOST_CHARACTERS: Final = 100_000
"""A broadsheet page has 15,000."""
_MOST_PIXELS: Final = 60_000_000
"""A broadsheet page of 400 by 580 mm has 14 million at 200 dpi."""


class FaultError(Exception):
    """What is wrong with the file, as a sentence that says what to do; not told to be a fault of jianbao."""


def main(kind: str, path: str, recognition: str) -> None:
    """Read a file (`pdf` or `picture`) and write its pages; `recognition` is `yes` where it may be used."""
    recognises = recognition == "yes"
    limit = _RECOGNITION_MEMORY if recognises else _MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        number = 1
        for page in _pages_of_pdf(path, recognises=recognises) if kind == "pdf" else _pages_of_picture(path):
            lines = lines_of(page, number)
            _assert_conserved(page, lines)
            number += len(lines)
            _write({"lines": [_plain(line) for line in lines]})
    except FaultError as fault:
        _write({"fault": str(fault)})
    except MemoryError:
        _write({"fault": "reading it takes more memory than a file may have. Give the issue in smaller files."})


def _pages_of_pdf(path: str, *, recognises: bool) -> Iterator[Page]:
    document = _opened(path)
    count = len(document)
    if count > _MOST_PAGES:
        raise FaultError(f"it has {count} pages, and an issue has at most {_MOST_PAGES}. Split it into its issues.")
    if not count:
        raise FaultError("it has no page. Send the issue again.")
    recognition: Recognition | None = None
    for index in range(count):
        if index and index % _PAGES_AT_ONCE == 0:
            # PDFium keeps the fonts of every page that it has seen
            document.close()
            document = _opened(path)
        place = f"page {index + 1} of {count}"
        try:
            sheet = document[index]
        except pypdfium2.PdfiumError as error:
            raise FaultError(f"{place} is damaged. Send the issue again, or print it to a new PDF.") from error
        text = sheet.get_textpage()
        if text.count_chars() > _MOST_CHARACTERS:
            raise FaultError(f"{place} holds {text.count_chars()} characters, which no printed page does.")
        glyphs = glyphs_of(sheet, text)
        page = page_of(index + 1, sheet, glyphs)
        fault = fault_of(page, glyphs, _drawn(sheet, INK_SCALE, grey=True))
        if fault is not None:
            if not recognises:
                raise FaultError(
                    f"{place} cannot be read from its text: {fault}. {EXTRA}, or give the issue as a text."
                )
            recognition = recognition or Recognition()
            page = recognition.page(index + 1, _drawn(sheet, DPI / 72, grey=False), DPI / 72)
        yield page
        text.close()
        sheet.close()


def _opened(path: str) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise FaultError("it is encrypted with a password. Save it without one and give it again.") from error
        raise FaultError("it is damaged or cut off, and cannot be opened. Send the issue again.") from error


def _drawn(sheet: pypdfium2.PdfPage, scale: float, *, grey: bool) -> Picture:
    width, height = sheet.get_size()
    if width * height * scale * scale > _MOST_PIXELS:
        raise FaultError(
            f"a page of it is {width / 72 * 25.4:.0f} by {height / 72 * 25.4:.0f} mm, which no printed page is."
        )
    return np.asarray(sheet.render(scale=scale, grayscale=grey).to_numpy().squeeze(), dtype=np.uint8)


def _pages_of_picture(path: str) -> Iterator[Page]:
    from PIL import Image, ImageSequence, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # it is measured here, before anything is decoded
    recognition = Recognition()
    try:
        with Image.open(path) as picture:
            for number, frame in enumerate(ImageSequence.Iterator(picture), start=1):
                if number > _MOST_PAGES or frame.width * frame.height > _MOST_PIXELS:
                    raise FaultError("it is larger than any printed page. Scan it at 200 to 300 dpi.")
                yield recognition.page(number, np.asarray(frame.convert("RGB"))[:, :, ::-1].copy(), 1.0)
    except (OSError, UnidentifiedImageError, SyntaxError) as error:
        raise FaultError("it is damaged or cut off, and cannot be opened. Send the picture again.") from error


def _assert_conserved(page: Page, lines: tuple[Line, ...]) -> None:
    """Promise 4 of the DESIGN, on this page: every printed character is in a line, and none is added."""
    wanted = Counter(char for run in page.runs for char in run.text if not char.isspace())
    given = Counter(char for line in lines for char in line.text if not char.isspace())
    if wanted != given:
        lost = "".join((wanted - given).elements())[:24]
        raise FaultError(f"putting page {page.number} in order lost {lost!r}. Please report it with the file.")


def _plain(line: Line) -> list[object]:
    look = line.look
    assert look is not None
    return [
        line.text,
        line.page,
        line.number,
        [round(edge, 1) for edge in look.box],
        [round(edge, 1) for edge in look.edges],
        round(look.size, 2),
        round(look.scale, 3),
        look.bold,
        round(look.left, 1),
        round(look.right, 1),
        look.block,
        look.apart,
        look.aside,
        look.row,
        None if look.confidence is None else round(look.confidence, 3),
    ]


def _write(message: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(message, ensure_ascii=True, separators=(",", ":")) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
