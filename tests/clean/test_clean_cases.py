"""How a page is taken apart, by the rows of tests/clean/cases."""

from typing import Any

import pytest

from tasks.clean.bylines import byline_names, dateline_names, is_byline
from tasks.clean.flow import Strip, flow_of
from tasks.clean.masthead import read_masthead
from tasks.clean.rules import layout
from tasks.errors import NoArticleError
from tests.clean.pages import cases, clean

Case = dict[str, Any]


@pytest.mark.parametrize("case", cases("bylines"))
def test_a_line_is_a_byline(case: Case) -> None:
    assert is_byline(case["text"], layout()) == (case["names"] is not None)
    if case["names"]:
        assert byline_names(case["text"], layout()) == case["names"]


@pytest.mark.parametrize("case", cases("datelines"))
def test_a_dateline(case: Case) -> None:
    found = layout().dateline.match(case["text"])
    assert (found[0].strip() if found else None) == case["dateline"]
    if found:
        assert dateline_names(found[0], layout()) == case["names"]


@pytest.mark.parametrize("case", cases("furniture"))
def test_furniture(case: Case) -> None:
    assert (layout().furniture.fullmatch(case["text"]) is not None) == case["is"]


@pytest.mark.parametrize("case", cases("mastheads"))
def test_a_masthead(case: Case) -> None:
    found = read_masthead(case["text"])
    if case["number"] is None:
        assert found is None
    else:
        assert found is not None
        masthead, day = found
        assert (masthead.title, masthead.number, day) == (case["title"], case["number"], case["date"])


@pytest.mark.parametrize("case", cases("joins"))
def test_lines_become_running_text(case: Case) -> None:
    strips = [Strip(line, 0, len(line), 1, number) for number, line in enumerate(case["lines"], start=1)]
    assert flow_of(strips).text == case["text"]


@pytest.mark.parametrize("case", [*cases("pages"), *cases("layouts")])
def test_a_page(case: Case) -> None:
    issue = clean(case["page"])
    if "bodies" in case:
        assert [article.body for article in issue.articles] == case["bodies"]
    if "articles" in case:
        assert len(issue.articles) == len(case["articles"])
        for article, wanted in zip(issue.articles, case["articles"], strict=True):
            shown = {
                "headline": list(article.headline),
                "title": article.title,
                "subtitle": article.subtitle,
                "author": article.author,
                "dateline": article.dateline,
                "column_label": article.column_label,
                "paragraphs": [paragraph.text for paragraph in article.paragraphs],
                "kinds": [paragraph.kind for paragraph in article.paragraphs],
                "count": len(article.paragraphs),
                "first_and_last": [article.paragraphs[0].text[:12], article.paragraphs[-1].text[-12:]],
                "lines": [article.line_start, article.line_end],
                "page": article.page,
            }
            assert {key: shown[key] for key in wanted} == wanted
    if "asides" in case:
        assert [[aside.kind, aside.text, aside.line] for aside in issue.asides] == case["asides"]
    if "masthead" in case:
        masthead = issue.masthead
        told = {
            "title": masthead.title,
            "number": masthead.number,
            "publisher": masthead.publisher,
            "date": issue.issue_date,
        }
        assert {key: told[key] for key in case["masthead"]} == case["masthead"]
        assert issue.issue_date_basis == "stated"


@pytest.mark.parametrize("case", cases("dates"))
def test_the_date_that_the_articles_give_away(case: Case) -> None:
    issue = clean(case["text"])
    assert issue.issue_date == case["date"]
    assert issue.issue_date_basis == ("inferred" if case["date"] else None)


@pytest.mark.parametrize("page", ["", "\n\n", "第3版", "\u200b", "本刊讯", "本刊讯 本刊讯 "], ids=repr)
def test_a_page_without_an_article_is_refused(page: str) -> None:
    with pytest.raises(NoArticleError, match="no article was found"):
        clean(page)
