"""The ways in which dumps of real pages differ, and which of them go together."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from tests.support.typeset.stories import Story

MARKED = frozenset({"本刊讯 ", "本报讯　", "credit", "【本刊讯】", "day", "city", "agency", "lead"})
"""Datelines that show where an article begins."""

TITLES = ("滨江开发区简报", "滨江开发区通讯", "滨江园区动态", "滨江高新区月报")

ABOVE = frozenset(
    {"under_headline", "centred_under", "author_under", "bullet_under", "photo_under", "role_line", "web"}
)
"""Bylines that stand between a headline and its body."""


@dataclass(frozen=True)
class Style:
    """How a page is set; each field is one of the ways in which real dumps differ."""

    # the text
    width: int
    width_varies: str
    whole_numbers: bool
    by_count: bool
    indent: str
    blank: bool
    double_spaced: bool
    cut_every: int
    spaced_digits: bool
    # headlines
    place: str
    head_set: str
    head_mark: str
    head_gap: bool
    head_spaced: bool
    headless: bool
    # who and where
    dateline: str
    byline: str
    # what stands round the articles
    title: str
    masthead: str
    contents: str
    labels: str
    captions: bool
    jump: bool
    pages: int
    page_end: str
    foot: str
    imprint: str
    table: str
    gap: int
    line_end: str


def style(rng: random.Random, articles: Sequence[Story]) -> Style:
    """A style that leaves the articles readable."""
    width = rng.choice([12, 14, 16, 18, 20, 22, 26, 30, 36, 42, 0, 0])
    indent = rng.choice(["", "　　", "　　", "  ", "    "])
    place = rng.choice(["before", "before", "before", "after", "mixed"])
    byline = rng.choice(
        ["bracket", "bracket_line", "right", "right_bracket", "reporter", "bare_end", "office_name", "writer", "supply"]
        + (sorted(ABOVE) if place == "before" else [])
    )
    dateline = rng.choice([*sorted(MARKED), "", "", "", ""])
    signed = all(story.author for story in articles)
    sections = any("subheading" in story.kinds for story in articles)
    if not dateline and (place != "before" or (sections and not signed)):
        dateline = "本报讯　"
    if place == "mixed" and not signed:
        place = "before"
    if dateline in ("credit", "lead", "agency") and byline in ABOVE:
        byline = "bracket"
    double_spaced = bool(indent) and rng.random() < 0.1
    pages = rng.choice([1, 1, 2, 3, 5])
    return Style(
        width=width,
        width_varies=rng.choice(["", "", "article", "paragraph"]) if width else "",
        whole_numbers=rng.random() < 0.5,
        by_count=width > 0 and rng.random() < 0.15,
        indent=indent,
        blank=not indent or (rng.random() < 0.4 and not double_spaced),
        double_spaced=double_spaced,
        cut_every=rng.choice([0, 0, 18, 25, 40]) if width and not double_spaced else 0,
        spaced_digits=rng.random() < 0.4,
        place=place,
        head_set=rng.choice(["left", "left", "centred", "centred", "wrapped"]),
        head_mark=rng.choice(["", "", "", "", "■", "◆ ", "▍"]),
        head_gap=not indent or rng.random() < 0.5,
        head_spaced=rng.random() < 0.1,
        headless=bool(dateline) and signed and place != "mixed" and byline not in ABOVE and rng.random() < 0.2,
        dateline=dateline,
        byline=byline,
        title=rng.choice(TITLES),
        masthead=rng.choice(
            ["", "line", "block", "centred", "official", "paper", "bilingual", "spaced", "account", "edition"]
        ),
        contents=rng.choice(["", "", "", "dots", "bullets", "plain", "numbered", "pages_below", "sections", "written"]),
        labels=rng.choice(["", "", "", "【{}】", "［{}］", "■ {}", "◆{}", "▍{}", "● {} ●", "——{}——", "★{}★"]),
        captions=rng.random() < 0.3 and bool(indent),
        jump=place == "before" and rng.random() < 0.1,
        pages=pages,
        page_end=rng.choice(["\f", "", "file"]) if pages > 1 else "",
        foot=rng.choice(
            [
                "",
                "{}",
                "— {} —",
                "- {} -",
                "第{}页 共{n}页",
                "{}/{n}",
                "·{}·",
                "〔{}〕",
                "第{}版",
                "running",
                "mirrored",
                "titled",
                "pinyin",
            ]
        ),
        imprint=rng.choice(["", "editors", "roles", "sent", "contact", "wechat", "printed"]),
        table=rng.choice(["spaces", "tabs", "bars"]),
        gap=rng.choice([1, 1, 2, 3]),
        line_end=rng.choice(["\n", "\n", "\r\n"]),
    )
