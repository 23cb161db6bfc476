"""A plain text dump as pages of lines."""

import re
from pathlib import Path
from typing import Final

from tasks.errors import UnreadableDocumentError
from tasks.read.encoding import decode
from tasks.records import Document, Fetched, Line

TEXT_SUFFIXES: Final = frozenset({"", ".txt", ".text"})

_LINE_END: Final = re.compile(r"\r\n|[\n\r]")


def read_text(file: Fetched, path: Path) -> Document:
    """The lines of a text; a form feed begins a page, lines are numbered through the document.

    Raises `UnreadableDocumentError` for what is no text, or has the suffix of another format.
    """
    suffix = Path(file.file_name).suffix.lower()
    text, encoding = decode(path.read_bytes(), file.file_name)
    if suffix not in TEXT_SUFFIXES:
        raise UnreadableDocumentError(
            f"{file.file_name}: {suffix} files are not read. Give the issue as a plain text dump (.txt)."
        )
    return Document(file=file, media_type="text/plain", encoding=encoding, pages=pages_of(text))


def pages_of(text: str) -> tuple[tuple[Line, ...], ...]:
    """A text as pages of lines."""
    pages: list[list[Line]] = [[]]
    for number, line in enumerate(_LINE_END.split(text), start=1):
        first, *others = line.split("\f")
        pages[-1].append(Line(first, len(pages), number))
        for other in others:
            pages.append([Line(other, len(pages) + 1, number)])
    return tuple(tuple(page) for page in pages)
