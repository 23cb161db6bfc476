"""The round-up of a WeChat account as text: numbered or parted articles, signed below, between what the account adds."""

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tests.support.typeset.article import article
from tests.support.typeset.stories import Story
from tests.support.typeset.style import style

_TITLES: Final = ("滨江高新区6月要闻速览", "滨江发布｜一周要闻", "园区早知道 | 6月都有哪些大事")
_ACCOUNTS: Final = (
    ("原创 滨江发布 滨江发布 2024-06-28 18:06 江苏",),
    ("滨江发布", "2024年6月28日 18:30 江苏"),
    ("滨江高新区发布 2024-06-28 18:06",),
)
_DIVIDERS: Final = ("{:02d}", "PART.{:02d}", "▼", "————————", "· · ·", "★ ★ ★")
_SIGNED: Final = ("来源 | {}", "来源：{}", "文/{}", "图文 | {}", "（{}）", "供稿：{}", "作者 | {}")
_FOOT: Final = (
    *("END", "", "编辑：王明", "审核：李华", "往期推荐", "", "滨江高新区出台“人才十条”"),
    *("一图读懂｜滨江高新区2026年政府投资项目清单", "", "点赞", "在看"),
)
_PLAIN: Final = {
    "width": 0,
    "width_varies": "",
    "indent": "",
    "blank": True,
    "place": "before",
    "head_gap": True,
    "head_set": "left",
    "head_spaced": False,
    "dateline": "",
    "byline": "bracket",
    "captions": False,
}


def newsletter(issues: Sequence[Sequence[Story]], seed: int) -> tuple[list[Story], str]:
    """Some stories of one of the issues, and the text of the account that tells them."""
    rng = random.Random(seed)
    whole = [story for story in rng.choice(issues) if story.headline]
    chosen = rng.sample(whole, rng.randint(2, min(6, len(whole))))
    how = replace(style(rng, chosen), head_mark=rng.choice(["", "", "📌", "▍", "🔔 "]), **_PLAIN)
    divider, signed = rng.choice(_DIVIDERS), rng.choice(_SIGNED)
    lines = ["点击上方“蓝字”关注我们", "", rng.choice(_TITLES), "", *rng.choice(_ACCOUNTS), ""]
    for number, story in enumerate(chosen, start=1):
        lines += ["", divider.format(number), ""] if number > 1 or "{" in divider else []
        lines += _pictured(article(replace(story, author=None), how, rng), rng)
        lines += ["", signed.format(story.author)] if story.author else []
    return chosen, "\n".join([*lines, "", *_FOOT])


def _pictured(lines: list[str], rng: random.Random) -> list[str]:
    """The lines with a picture's place between two paragraphs, or none."""
    between = [at for at, line in enumerate(lines) if not line and at > 2]
    if not between or rng.random() < 0.5:
        return lines
    at = rng.choice(between) + 1
    return [*lines[:at], "图片", *lines[at:]]
