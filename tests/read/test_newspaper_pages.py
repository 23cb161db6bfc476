"""Gold issues set as newspaper pages and briefings in PDF: what is read on them is what is read in their text."""

from functools import cache
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

import pytest

from tasks.evaluate.run import evaluate_gold
from tests.support.newspaper import as_gold, masthead_of, printed, sheet, source_of
from tests.support.typeset.stories import SET_ISSUES, stories

GOLD = Path(__file__).parents[1] / "gold"
FOLDERS = SET_ISSUES
SEEDS = range(14)


@cache
def figures_of_text(folder: Path) -> dict[str, float]:
    with TemporaryDirectory() as workspace:
        return evaluate_gold(folder, Path(workspace)).figures.values()


def figures_of_pages(seed: int, tmp_path: Path) -> dict[str, float]:
    folder = FOLDERS[seed % len(FOLDERS)]
    pdf = printed(source_of(stories(folder), sheet(seed), masthead_of(folder)))
    return evaluate_gold(as_gold(folder, tmp_path / f"{seed}", pdf), tmp_path / "workspace").figures.values()


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[dict[str, float], dict[str, float]]]:
    place = tmp_path_factory.mktemp("pages")
    return [(figures_of_pages(seed, place), figures_of_text(FOLDERS[seed % len(FOLDERS)])) for seed in SEEDS]


@pytest.mark.parametrize(("figure", "floor"), [("segmentation f1", 0.97), ("headline", 0.95), ("body", 0.95)])
def test_the_articles_of_a_page_come_back(figure, floor, both):
    assert mean(pages[figure] for pages, _ in both) >= floor


@pytest.mark.parametrize("figure", ["detection f1", "strict f1"])
def test_metrics_are_read_as_in_the_text(figure, both):
    assert mean(pages[figure] for pages, _ in both) >= mean(text[figure] for _, text in both) - 0.02
