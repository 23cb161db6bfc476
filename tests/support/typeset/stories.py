"""What is laid out: articles as they were written, read from the gold."""

import json
from dataclasses import dataclass
from pathlib import Path

GOLD = Path(__file__).parents[2] / "gold"
SET_ISSUES = tuple(GOLD / f"open-{number}" for number in (1, *range(10, 15), *range(2, 10)))
"""The issues that are set as pages, in a fixed order, so that a seed always sets the same page."""
LATER_ISSUES = tuple(GOLD / f"open-{number}" for number in (*range(15, 20), 21))
"""Issues that came later, set by themselves. open-20 is left out: the wide heads of its tables are set over several
lines, as no printer would, and 72 % of its articles come back."""

COLUMNS = (
    *("简讯", "短讯", "园区短波", "一句话新闻", "一线快报", "园区速递", "信息集萃", "簡訊"),
    *("九月要事速览", "园区微讯", "园区快讯", "园区速览", "工作动态"),
)


@dataclass(frozen=True)
class Story:
    """An article as it was written: the lines of its headline, who wrote it, its paragraphs and what they are."""

    headline: tuple[str, ...]
    author: str | None
    paragraphs: tuple[str, ...]
    kinds: tuple[str, ...]

    @property
    def is_column(self) -> bool:
        """Whether it is a column of short items (简讯): its name stands above it on every page."""
        return len(self.headline) == 1 and self.headline[0] in COLUMNS

    @property
    def is_from_office(self) -> bool:
        """Whether an office sent it in, which is set as a source."""
        first = str(self.author).split(" ", maxsplit=1)[0]
        return len(first) > 4 or first.endswith("日报")


def bracketed(story: Story) -> str:
    """Who wrote it, or sent it in, in brackets."""
    return f"（来源：{story.author}）" if story.is_from_office else f"（{story.author}）"


def stories(folder: Path) -> list[Story]:
    """The articles of a gold folder."""
    rows = [json.loads(line) for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines() if line]
    return [
        Story(
            tuple(row["headline"]),
            row["author"],
            tuple(text.lstrip("▌\u200b") for text in row["paragraphs"]),
            tuple(row.get("kinds") or map(_kind, row["paragraphs"])),
        )
        for row in rows
    ]


def _kind(text: str) -> str:
    return "text" if text[-1] in "。！？；：”）" else "subheading"
