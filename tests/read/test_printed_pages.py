"""Gold issues as a browser prints them: the pages give back what the text of the issue gives."""

from pathlib import Path

import pytest

from tasks.evaluate.run import evaluate_gold
from tests.support.newspaper import as_gold, masthead_of
from tests.support.typeset.stories import GOLD, stories
from tests.support.webpages import LAYOUTS, printed_by, printer

FOLDERS = tuple(GOLD / name for name in ("open-4", "open-28"))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_page_that_a_browser_printed_gives_its_articles_back(layout: str, tmp_path: Path) -> None:
    with printer() as page:
        for folder in FOLDERS:
            pdf = printed_by(page, stories(folder), layout, masthead_of(folder))
            figures = evaluate_gold(as_gold(folder, tmp_path / folder.name, pdf), tmp_path).figures.values()
            text = evaluate_gold(folder, tmp_path).figures.values()
            for name in ("segmentation f1", "headline", "body"):
                assert figures[name] >= 0.97, (folder.name, name, figures[name])
            for name in ("detection f1", "strict f1"):
                assert figures[name] >= text[name] - 0.02, (folder.name, name, figures[name], text[name])
