"""An issue's documents to articles: the one entry of the stage."""

from datetime import date

from tasks.clean.articles import grouped
from tasks.clean.assemble import asides_of, assembled
from tasks.clean.columns import labelled
from tasks.clean.conserve import assert_conserved
from tasks.clean.dates import issue_date
from tasks.clean.lines import printed_lines
from tasks.clean.masthead import read_masthead
from tasks.clean.rules import layout
from tasks.clean.units import units_of
from tasks.errors import NoArticleError
from tasks.records import Article, Aside, CleanIssue, Document, Masthead


def clean_issue(documents: tuple[Document, ...]) -> CleanIssue:
    """The articles of an issue in reading order, what was set aside, and the issue's date.

    Raises `NoArticleError` for a text without one, and `LostTextError` if a character of the source is unaccounted for.
    """
    rules = layout()
    articles: list[Article] = []
    asides: list[Aside] = []
    masthead: Masthead | None = None
    stated: date | None = None
    for document in documents:
        lines = [line for page in document.pages for line in page]
        units = units_of(printed_lines(lines, rules), rules)
        furniture = [unit for unit in units if unit.is_furniture]
        units = [unit for unit in units if not unit.is_furniture]
        if masthead is None and units and (found := read_masthead(units[0].text)):
            masthead, stated = found
            furniture.append(units.pop(0))
        groups, unused = grouped(units)
        own = asides_of("furniture", (unit.flow for unit in (*furniture, *unused)))
        own_articles: list[Article] = []
        for group in groups:
            article, taken = assembled(group, len(articles) + len(own_articles) + 1, rules)
            own += taken
            if article is not None:
                own_articles.append(article)
        if not own_articles:
            raise NoArticleError(
                f"{document.file.file_name}: no article was found in this text. Is it a bulletin page? "
                "An article needs at least one paragraph of whole sentences."
            )
        assert_conserved(document, own_articles, own)
        articles += labelled(own_articles, furniture, rules)
        asides += sorted(own, key=lambda aside: (aside.page, aside.line))
    day, basis = issue_date(stated, articles)
    return CleanIssue(documents, masthead or Masthead(), day, basis, tuple(articles), tuple(asides))
