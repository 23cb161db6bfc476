"""A file of the raw store to pages of lines: what its bytes are decides who reads it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from tasks.errors import UnreadableDocumentError, UnreadableFileError
from tasks.read.docx import is_docx, read_docx
from tasks.read.html import is_html, read_html
from tasks.read.pages import read_pdf, read_picture
from tasks.read.text import read_text
from tasks.records import Document, Fetched

Reader = Callable[[Fetched, Path], Document]
"""Reads a fetched file whose bytes lie at the path; raises `UnreadableDocumentError` or an `OSError`."""

_PDF_HEAD: Final = 1024
"""Bytes in which the mark of a PDF is found (ISO 32000-1, annex H, implementation note 13)."""
HEAD: Final = 4096
"""Bytes at the beginning of a file by which it is known."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format, and how a file of it is known: by its first bytes, and where they do not tell by the file at the path.

    `read` is None for a format that is not read; `advice` says what to do then.
    """

    name: str
    fits: Callable[[bytes, Path], bool]
    read: Reader | None = None
    advice: str = "Give the issue as a plain text dump (.txt)."


def begins_with(*signatures: bytes) -> Callable[[bytes, Path], bool]:
    """Whether a file begins with one of the signatures."""
    return lambda head, _: head.startswith(signatures)


FORMATS: Final = (
    Format("a web page", is_html, read_html),
    Format("a Word file", is_docx, read_docx),
    Format("a PDF", lambda head, _: b"%PDF-" in head[:_PDF_HEAD], read_pdf),
    Format("a ZIP or Office file", begins_with(b"PK\x03\x04")),
    Format(
        "an old or an encrypted Office file",
        begins_with(b"\xd0\xcf\x11\xe0"),
        advice="Save it as .docx, without a password.",
    ),
    Format("a PNG picture", begins_with(b"\x89PNG\r\n\x1a\n"), partial(read_picture, media_type="image/png")),
    Format("a JPEG picture", begins_with(b"\xff\xd8\xff"), partial(read_picture, media_type="image/jpeg")),
    Format("a TIFF picture", begins_with(b"II*\0", b"MM\0*"), partial(read_picture, media_type="image/tiff")),
    Format("a gzip archive", begins_with(b"\x1f\x8b")),
    Format("an RTF file", begins_with(b"{\\rtf")),
)
"""In the order in which they are tried; a file of none of them is read as text."""


def read_document(file: Fetched, home_root: Path) -> Document:
    """The pages of a fetched file, read by the first format that it fits.

    Raises `UnreadableDocumentError` for a file that is not read or cannot be, and `UnreadableFileError` if the raw copy
    cannot be opened.
    """
    path = home_root / file.raw_path
    try:
        with path.open("rb") as raw:
            head = raw.read(HEAD)
        found = next((one for one in FORMATS if one.fits(head, path)), None)
        if found is None:
            return read_text(file, path)
        if found.read is None:
            raise UnreadableDocumentError(f"{file.file_name}: this is {found.name}, not a text. {found.advice}")
        return found.read(file, path)
    except OSError as error:
        raise UnreadableFileError(f"{file.file_name}: its raw copy cannot be read ({error.strerror}).") from error
