"""A text of millions of characters is read in sections: its articles are those that it has when it is read at once."""

from pathlib import Path

import pytest

from tasks.clean.rules import layout
from tasks.clean.sections import sections_of
from tasks.read.text import pages_of
from tasks.records import Document, Fetched

_GOLD = Path(__file__).parents[1] / "gold"
_PAGE = "\n\n".join((_GOLD / f"open-{n}" / "source.txt").read_text(encoding="utf-8") for n in (1, 2, 3, 4))
_SMALL = 5000
"""More characters than the longest article of these has, twice."""


def _document(text: str) -> Document:
    return Document(Fetched("page.txt", "page.txt", "0" * 64, len(text), ""), "text/plain", "utf-8", pages_of(text))


def _bodies(text: str, most: int = 10**9, lines: int = 10**9) -> list[str]:
    sections = sections_of((_document(text),), layout(), most, lines)
    return ["\n".join(unit.text for unit in group.body) for section in sections for group in section.groups]


@pytest.mark.parametrize("most", range(_SMALL, 12 * _SMALL, 3 * _SMALL // 2))
def test_articles_are_the_same_wherever_a_section_ends(most: int) -> None:
    assert _bodies(2 * _PAGE, most) == _bodies(2 * _PAGE)


def test_lines_end_a_section_as_characters_do() -> None:
    assert _bodies(2 * _PAGE, lines=400) == _bodies(2 * _PAGE)


def test_every_line_is_in_one_section() -> None:
    text = 2 * _PAGE
    kept: list[tuple[int, int]] = []
    for section in sections_of((_document(text),), layout(), _SMALL):
        kept += [(aside.page, aside.line) for aside in section.asides if aside.kind == "furniture"]
        for group in section.groups:
            units = (*group.headline, *group.notes, *group.body, *group.bylines)
            kept += [(line.strip.page, line.strip.line) for unit in units for line in unit.lines]
    printed = {(line.page, line.number) for page in _document(text).pages for line in page if line.text.strip()}
    assert set(kept) == printed


def test_an_article_that_fills_a_section_is_divided() -> None:
    sentence = "高新区召开项目建设推进会，完成投资6.88亿元。\n"
    bodies = _bodies(sentence * 1000, most=_SMALL)
    assert len(bodies) > 1
    assert "".join(bodies).count("6.88") == 1000
