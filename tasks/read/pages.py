"""PDF files and pictures of pages to lines, read in a child process that may be killed: they come from outside."""

import json
import selectors
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final

from tasks.errors import UnreadableDocumentError
from tasks.read.recognition import EXTRA, is_installed
from tasks.records import Box, Document, Fetched, Line, Look

_MOST_BYTES: Final = 500_000_000
_SECONDS: Final = 120.0
_RECOGNITION_SECONDS: Final = 600.0
"""For one page, by the clock; recognition of a broadsheet page takes about 25 seconds of processor time."""
_CHUNK: Final = 1 << 16
_LONGEST_MESSAGE: Final = 200_000_000


def read_pdf(file: Fetched, path: Path) -> Document:
    """The pages of a PDF, each in reading order; raises `UnreadableDocumentError` for one that cannot be read whole."""
    return Document(file, "application/pdf", None, read_pages("pdf", file, path))


def read_picture(file: Fetched, path: Path, media_type: str) -> Document:
    """The page (or the pages, of a TIFF) in a picture, by optical recognition; raises `UnreadableDocumentError`."""
    if not is_installed():
        raise UnreadableDocumentError(
            f"{file.file_name}: this is a picture of a page. {EXTRA}, or give the issue as a text."
        )
    return Document(file, media_type, None, read_pages("picture", file, path))


def read_pages(kind: str, file: Fetched, path: Path, seconds: float | None = None) -> tuple[tuple[Line, ...], ...]:
    """The lines of each page, which may take so many seconds (None: as many as recognition takes, where it is there).

    Raises `UnreadableDocumentError`.
    """
    size = path.stat().st_size
    if size > _MOST_BYTES:
        raise UnreadableDocumentError(
            f"{file.file_name}: it has {size:,} bytes, and at most {_MOST_BYTES:,} are read. Give it in smaller files."
        )
    limit = seconds or (_RECOGNITION_SECONDS if is_installed() else _SECONDS)
    pages = []
    for message in _messages(kind, file, path, limit):
        if "fault" in message:
            raise UnreadableDocumentError(f"{file.file_name}: {message['fault']}")
        pages.append(tuple(_line(*fields) for fields in message["lines"]))
    return tuple(pages)


def _messages(kind: str, file: Fetched, path: Path, seconds: float) -> Iterator[dict[str, Any]]:
    """What the child says, page by page; it is killed when it says nothing for too long."""
    command = [sys.executable, "-P", "-m", "tasks.read.pdf_worker", kind, str(path), "yes" if is_installed() else "no"]
    with subprocess.Popen(  # noqa: S603 - our own module, with a path of the raw store
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        assert child.stdout is not None
        try:
            for text in _lines(child.stdout, seconds):
                yield json.loads(text)
            ended = child.wait(seconds)
        except (TimeoutError, subprocess.TimeoutExpired) as error:
            raise UnreadableDocumentError(
                f"{file.file_name}: a page of it takes longer than {seconds:.0f} seconds to read. "
                "Print it to a new PDF, or give the issue as a text."
            ) from error
        finally:
            child.kill()
        if ended != 0:
            raise UnreadableDocumentError(
                f"{file.file_name}: reading it failed (the reader ended with {ended}): the file is damaged, or "
                "takes more memory than a file may have. Print it to a new PDF, or give the issue as a text."
            )


def _lines(pipe: IO[bytes], seconds: float) -> Iterator[bytes]:
    with selectors.DefaultSelector() as selector:
        selector.register(pipe, selectors.EVENT_READ)
        rest = b""
        until = time.monotonic() + seconds
        while True:
            if not selector.select(max(0.0, until - time.monotonic())) or len(rest) > _LONGEST_MESSAGE:
                raise TimeoutError
            chunk = pipe.read1(_CHUNK)  # type: ignore[attr-defined]
            if not chunk:
                return
            *whole, rest = (rest + chunk).split(b"\n")
            yield from whole
            if whole:
                until = time.monotonic() + seconds


def _line(text: str, page: int, number: int, box: list[float], edges: list[float], *look: Any) -> Line:  # noqa: ANN401
    return Line(text, page, number, Look(Box(*box), tuple(edges), *look))
