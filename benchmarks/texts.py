"""The texts that are measured: the files of a folder, or the gold sources of the repository several times over."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from tasks.clean.issue import clean_issue
from tasks.errors import JianbaoError
from tasks.read.document import read_document
from tasks.records import CleanIssue, Document, Fetched

GOLD: Final = Path(__file__).parent.parent / "tests/gold"
_REPEATS: Final = 5
_SUFFIXES: Final = frozenset({".txt", ".md"})


def documents_of(folder: Path | None) -> list[Document]:
    """The texts of a folder (and the folders in it) that hold an article; without one, those of the gold folders."""
    paths = sorted(
        path for path in (folder or GOLD).rglob("*") if path.suffix in _SUFFIXES and path.name != "README.md"
    )
    documents = [document_of(path) for path in paths]
    return [document for document in documents if _has_article(document)] * (1 if folder else _REPEATS)


def document_of(path: Path) -> Document:
    """A text file as a document."""
    size = path.stat().st_size
    return read_document(Fetched(path.as_uri(), f"{path.stem}.txt", "0" * 64, size, path.name), path.parent)


def length_of(documents: Iterable[Document]) -> int:
    """Characters of the texts, line ends not counted."""
    return sum(len(line.text) for document in documents for page in document.pages for line in page)


def paragraphs_of(issues: Iterable[CleanIssue]) -> Sequence[str]:
    """The paragraphs of all articles."""
    return [paragraph.text for issue in issues for article in issue.articles for paragraph in article.paragraphs]


def _has_article(document: Document) -> bool:
    try:
        clean_issue((document,))
    except JianbaoError:
        return False
    return True
