"""An issue's documents to articles: the one entry of the stage."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tasks.clean.assemble import assembled
from tasks.clean.bylines import is_web_line
from tasks.clean.columns import labelled
from tasks.clean.conserve import assert_conserved
from tasks.clean.continued import rejoined
from tasks.clean.dates import issue_date
from tasks.clean.masthead import Head
from tasks.clean.rules import layout
from tasks.clean.sections import sections_of
from tasks.errors import NoArticleError
from tasks.records import Article, Aside, CleanIssue, DateBasis, Document, Masthead, Sidecar


def clean_issue(documents: tuple[Document, ...], sidecar: Sidecar | None = None) -> CleanIssue:
    """The articles of an issue in reading order, what was set aside, and the issue's date.

    The documents are the issue's pages in order: an article may go on from one to the next. What a sidecar says stands
    above the masthead. Raises `NoArticleError` for a text without an article, and `LostTextError` if a character of the
    source is unaccounted for.
    """
    rules = layout()
    head: Head | None = None
    articles: list[Article] = []
    asides: list[Aside] = []
    for section in sections_of(documents, rules):
        head = head or section.head
        asides += section.asides
        whole: list[Article] = []
        for group in rejoined(section.groups, rules):
            article, taken = assembled(group, len(articles) + len(whole) + 1, rules)
            asides += taken
            if article is not None:
                whole.append(article)
        articles += labelled(whole, section.loose, rules)
    if not articles or head is None:
        raise NoArticleError(
            f"{documents[0].file.file_name}: no article was found in this text. Is it a bulletin page? "
            "An article needs at least one paragraph of whole sentences."
        )
    assert_conserved(documents, articles, asides)
    for number, document in enumerate(documents):
        asides += (replace(aside, document=number) for aside in document.asides)
    asides.sort(key=lambda aside: (aside.document, aside.page, aside.line))
    day, basis = issue_date(head.date, articles, (aside.text for aside in asides if is_web_line(aside.text, rules)))
    return _overridden(documents, head.masthead, day, basis, articles, asides, sidecar)


def _overridden(
    documents: tuple[Document, ...],
    masthead: Masthead,
    day: date | None,
    basis: DateBasis | None,
    articles: Sequence[Article],
    asides: Sequence[Aside],
    sidecar: Sidecar | None,
) -> CleanIssue:
    """The issue with what the sidecar says in the place of what the page says."""
    if sidecar is not None:
        said = {name: getattr(sidecar, name) for name in ("title", "number", "publisher")}
        masthead = replace(masthead, **{name: text for name, text in said.items() if text is not None})
        if sidecar.issue_date is not None:
            day, basis = sidecar.issue_date, "sidecar"
    return CleanIssue(documents, masthead, day, basis, tuple(articles), tuple(asides), sidecar)
