"""The law of the stage: every character that prints stands in an article or was set aside (DESIGN, promise 4)."""

import re
from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tasks.clean.printing import INVISIBLE
from tasks.errors import LostTextError
from tasks.records import Article, Aside, Document

_SILENT: Final = re.compile(rf"\s|{INVISIBLE.pattern}")
_SHOWN: Final = 40


def assert_conserved(documents: Iterable[Document], articles: Iterable[Article], asides: Iterable[Aside]) -> None:
    """Raises `LostTextError` if characters of the documents are missing from what cleaning gave, or were added."""
    documents, articles = tuple(documents), tuple(articles)
    source = (line.text for document in documents for page in document.pages for line in page)
    bodies = [article.body for article in articles]
    headlines = [line for article in articles for line in article.headline]
    lost, added = difference(source, [*bodies, *headlines, *(aside.text for aside in asides)])
    if lost or added:
        raise LostTextError(
            f"{documents[0].file.file_name}: cleaning lost {lost[:_SHOWN]!r} and added {added[:_SHOWN]!r}. "
            "The document is kept back; please report it with its raw copy."
        )


def difference(source: Iterable[str], kept: Iterable[str]) -> tuple[str, str]:
    """The printing characters of some texts that others have not, and those that these have more."""
    before, after = _counts(source), _counts(kept)
    size = max(len(before), len(after))
    lost = np.pad(before, (0, size - len(before))) - np.pad(after, (0, size - len(after)))
    return _characters(lost), _characters(-lost)


def _counts(texts: Iterable[str]) -> NDArray[np.int64]:
    """How often each character that prints stands in some texts, by its code point."""
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    counts = np.bincount(codes).astype(np.int64)
    present = np.flatnonzero(counts).astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    counts[[ord(character) for character in _SILENT.findall(present)]] = 0
    return counts


def _characters(counts: NDArray[np.int64]) -> str:
    """The characters that are counted above zero, each as often as it is."""
    return "".join(chr(code) * int(counts[code]) for code in np.flatnonzero(counts > 0))
