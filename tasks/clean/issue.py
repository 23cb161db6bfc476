"""An issue's documents to articles: the one entry of the stage."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tasks.clean.articles import grouped
from tasks.clean.assemble import asides_of, assembled
from tasks.clean.columns import labelled
from tasks.clean.conserve import assert_conserved
from tasks.clean.dates import issue_date
from tasks.clean.lines import Printed, printed_lines
from tasks.clean.masthead import read_masthead
from tasks.clean.rules import layout
from tasks.clean.units import units_of
from tasks.errors import NoArticleError
from tasks.records import Article, Aside, CleanIssue, DateBasis, Document, Masthead, Sidecar


def clean_issue(documents: tuple[Document, ...], sidecar: Sidecar | None = None) -> CleanIssue:
    """The articles of an issue in reading order, what was set aside, and the issue's date.

    The documents are the issue's pages in order: an article may go on from one to the next. What a sidecar says stands
    above the masthead. Raises `NoArticleError` for a text without an article, and `LostTextError` if a character of the
    source is unaccounted for.
    """
    rules = layout()
    printed: list[Printed] = []
    for number, document in enumerate(documents):
        lines = (line for page in document.pages for line in page)
        printed += printed_lines(lines, rules, number)
    units = units_of(printed, rules)
    furniture = [unit for unit in units if unit.is_furniture]
    units = [unit for unit in units if not unit.is_furniture]
    masthead: Masthead | None = None
    stated: date | None = None
    if units and (found := read_masthead(units[0].text)):
        masthead, stated = found
        furniture.append(units.pop(0))
    groups, unused = grouped(units)
    asides = asides_of("furniture", (unit.flow for unit in (*furniture, *unused)))
    articles: list[Article] = []
    for group in groups:
        article, taken = assembled(group, len(articles) + 1, rules)
        asides += taken
        if article is not None:
            articles.append(article)
    if not articles:
        raise NoArticleError(
            f"{documents[0].file.file_name}: no article was found in this text. Is it a bulletin page? "
            "An article needs at least one paragraph of whole sentences."
        )
    assert_conserved(documents, articles, asides)
    articles = labelled(articles, furniture, rules)
    asides.sort(key=lambda aside: (aside.document, aside.page, aside.line))
    day, basis = issue_date(stated, articles)
    return _overridden(documents, masthead or Masthead(), day, basis, articles, asides, sidecar)


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
