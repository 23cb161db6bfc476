"""The law of the stage: every character that prints stands in an article or was set aside (DESIGN, promise 4)."""

from collections import Counter
from collections.abc import Iterable

from tasks.clean.printing import INVISIBLE
from tasks.errors import LostTextError
from tasks.records import Article, Aside, Document


def assert_conserved(documents: Iterable[Document], articles: Iterable[Article], asides: Iterable[Aside]) -> None:
    """Raises `LostTextError` if characters of the documents are missing from what cleaning gave, or were added."""
    documents = tuple(documents)
    source = printed(line.text for document in documents for page in document.pages for line in page)
    kept = printed(article.body for article in articles)
    kept += printed(line for article in articles for line in article.headline)
    kept += printed(aside.text for aside in asides)
    if source != kept:
        lost, added = "".join((source - kept).elements()), "".join((kept - source).elements())
        raise LostTextError(
            f"{documents[0].file.file_name}: cleaning lost {lost[:40]!r} and added {added[:40]!r}. "
            "The document is kept back; please report it with its raw copy."
        )


def printed(texts: Iterable[str]) -> Counter[str]:
    """How often each character that prints stands in some texts."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(text)
    for char in [char for char in counts if not char.isprintable() or char == " "]:
        if char.isspace() or INVISIBLE.match(char):
            del counts[char]
    return counts
