"""An issue's documents to articles: the one entry of the stage."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tasks.clean.articles import grouped
from tasks.clean.assemble import assembled, printed_asides
from tasks.clean.bylines import is_web_line
from tasks.clean.cells import with_cells
from tasks.clean.columns import labelled
from tasks.clean.conserve import assert_conserved
from tasks.clean.continued import rejoined
from tasks.clean.dates import issue_date
from tasks.clean.furniture import sort_out
from tasks.clean.hyphens import without_hyphens
from tasks.clean.lines import Printed, printed_lines
from tasks.clean.masthead import completed, read_head
from tasks.clean.roundups import with_subheadings
from tasks.clean.rules import layout
from tasks.clean.signatures import with_signatures
from tasks.clean.spacing import spaced
from tasks.clean.tables import marked_rows, without_bars
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
        printed += spaced(printed_lines((line for page in document.pages for line in page), rules, number))
    head = read_head(printed, rules)
    sorted_lines = sort_out(with_cells(printed[head.lines :]), head.masthead.title, rules)
    furniture = [*printed[: head.lines], *sorted_lines.furniture]
    head = completed(head, furniture, rules)
    lines, hyphens = without_hyphens(with_signatures(marked_rows(sorted_lines.kept), rules))
    groups, unused = grouped(with_subheadings(units_of(lines, rules), rules), rules)
    asides = printed_asides("furniture", (line for unit in unused for line in unit.lines))
    asides += printed_asides("furniture", furniture)
    asides += printed_asides("control", [*hyphens, *without_bars(lines)])
    articles: list[Article] = []
    for group in rejoined(groups, rules):
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
    for number, document in enumerate(documents):
        asides += (replace(aside, document=number) for aside in document.asides)
    articles = labelled(articles, [*sorted_lines.furniture, *(line for unit in unused for line in unit.lines)], rules)
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
