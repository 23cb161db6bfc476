"""Headlines inside of their bodies: which lines between those of a paragraph are one."""

from typing import Any

import pytest

from tasks.clean.insets import without_insets
from tasks.clean.lines import printed_lines
from tasks.clean.rules import layout
from tests.clean.pages import cases, clean, document


@pytest.mark.parametrize("case", cases("insets"))
def test_lines_inside_of_a_paragraph(case: dict[str, Any]) -> None:
    printed = printed_lines(document(case["lines"]).pages[0], layout())
    kept, insets = without_insets(printed, layout())
    assert [line.text for inset in insets for line in inset.lines] == case["inset"]
    assert len(kept) == len(printed) - len(case["inset"])


def test_the_paragraph_goes_on_and_the_headline_is_that_of_its_article() -> None:
    (case, *_) = (param.values[0] for param in cases("insets") if param.id == "a-subtitle-and-a-byline")
    opening = "本报讯 清晨，一辆印着标志的公交车驶出首末站，车\n身轻巧安静，尾管里排出的只有水。\n"
    (article,) = clean(opening + case["lines"]).articles
    assert article.headline == ("氢风徐来", "——经开区布局氢能产业记事")
    assert article.author == "高望舒"
    assert "一家公司的绿氢制备项目正在安装电解槽" in article.body
