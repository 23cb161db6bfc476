"""Issues of the gold folders as web pages and Word files: read at least as well as the text dump of the same issue."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tasks.clean.issue import clean_issue
from tasks.evaluate.figures import Figures
from tasks.evaluate.gold import read_gold
from tasks.evaluate.rows import rows_of
from tasks.evaluate.run import evaluate_gold
from tasks.evaluate.score import score
from tasks.extract.issue import read_issue
from tasks.read.document import read_document
from tasks.records import Fetched
from tests.support.editions import page, word
from tests.support.typeset.stories import stories

GOLD = Path(__file__).parents[1] / "gold"
# the second and the third have tables and subheadings
DATES = {"shanxi-2023": "2023年7月31日", "open-12": "2025年6月18日", "open-14": "2025年7月18日"}


@cache
def of_the_text(name: str, workspace: Path) -> dict[str, float]:
    return evaluate_gold(GOLD / name, workspace).figures.values()


def figures(name: str, path: Path) -> Figures:
    gold = replace(read_gold(GOLD / name), masthead=None)
    document = read_document(Fetched(path.name, path.name, "ab" * 32, 1, path.name), path.parent)
    articles, metrics = rows_of(read_issue(clean_issue((document,))))
    return score(gold, articles, metrics).figures


@pytest.mark.parametrize("name", DATES)
@pytest.mark.parametrize("edition", ["page", "page without line ends", "page without sources", "word", "bare word"])
def test_an_edition_is_read_as_well_as_the_text(name: str, edition: str, tmp_path: Path) -> None:
    path = tmp_path / "issue"
    told = edition in ("page", "page without line ends", "word")
    if "word" in edition:
        word(stories(GOLD / name), DATES[name], path, told=told)
    else:
        minified = edition == "page without line ends"
        path.write_bytes(page(stories(GOLD / name), DATES[name], minified=minified, told=told))
    found, text = figures(name, path).values(), of_the_text(name, tmp_path)
    assert {"segmentation f1": 1.0, "headline": 1.0, "body": 1.0}.items() <= found.items()
    for figure in ("detection f1", "strict f1"):
        assert found[figure] >= text[figure], figure
    if told:
        assert found["author"] == 1.0
