"""Cleaning cleaned text changes nothing.

An issue is printed as plain text: labels, headlines, dateline and byline as they are printed, paragraphs apart by blank
lines. Cleaned, it gives the same articles.
"""

from pathlib import Path
from typing import Final

import pytest

from tasks.clean.issue import clean_issue
from tasks.clean.rules import layout
from tasks.evaluate.gold import read_gold
from tasks.read.encoding import decode
from tasks.records import Article, CleanIssue
from tests.clean.pages import clean, document
from tests.support.typeset.page import laid_out
from tests.support.typeset.stories import LATER_ISSUES, SET_ISSUES, stories

GOLD: Final = Path(__file__).parents[1] / "gold"
FOLDERS: Final = [*sorted(GOLD.glob("open-*")), *sorted(GOLD.glob("pages-*")), GOLD / "shanxi-2023"]

ISSUES: Final = [stories(folder) for folder in (*SET_ISSUES, *LATER_ISSUES)]


def _printed(article: Article) -> str:
    lines = [f"【{article.column_label}】", ""] if article.column_label else []
    lines += [*article.headline, ""]
    for at, paragraph in enumerate(article.paragraphs):
        dateline = f"{article.dateline} " if article.dateline and not at else ""
        # the bullet of an item is set aside: what is printed without one is no item
        bullet = "● " if paragraph.kind == "list" and not layout().enumerator.match(paragraph.text) else ""
        lines.append(bullet + dateline + paragraph.text)
        following = article.paragraphs[at + 1 : at + 2]
        if not (paragraph.kind == "table" and following and following[0].kind == "table"):
            lines.append("")
    if article.author and "（" not in (article.dateline or ""):
        are_people = all(map(layout().name.fullmatch, article.author.split(" ")))
        lines.append(f"（{article.author}）" if are_people else f"（来源：{article.author}）")
    return "\n".join(lines)


def _told(issue: CleanIssue) -> list[object]:
    return [
        (article.headline, article.author, [(paragraph.kind, paragraph.text) for paragraph in article.paragraphs])
        for article in issue.articles
    ]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_cleaned_issue_is_clean(folder: Path) -> None:
    texts = [decode(path.read_bytes(), path.name)[0] for path in read_gold(folder).documents]
    once = clean_issue(tuple(document(text.replace("\r\n", "\n")) for text in texts))
    again = clean("\n\n".join(map(_printed, once.articles)))
    assert _told(again) == _told(once)


def test_an_issue_cleaned_from_any_layout_is_clean() -> None:
    same = asked = 0
    for seed in range(100):
        files = laid_out(ISSUES, seed)[2]
        once = clean_issue(tuple(document(text.replace("\r\n", "\n")) for text in files))
        again = _told(clean("\n\n".join(map(_printed, once.articles))))
        told = _told(once)
        same += sum(article in again for article in told)
        asked += len(told)
    # 404 of 405 when this was written
    assert same >= 0.99 * asked
