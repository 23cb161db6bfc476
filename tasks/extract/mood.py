"""The mood of a report: whether a paragraph tells what was done, or what is to be done.

A programme names the year of its plan once, in a heading; what follows tells 新建高标准农田400万亩 of the year to
come in the words of the year before. How its clauses open tells the two apart.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from tasks.extract.lexicons import Lexicons

_FACTS_WEIGH: Final = 4
_LEAST: Final = 3
"""A paragraph is a plan where its tasks are more than this many, and more than so many times its facts."""

_GOALS: Final = re.compile(
    "(?:预期|发展|工作|奋斗)(?:的)?(?:主要)?目标(?:是|为|：|，|包括)|主要(?:预期)?目标(?:是|为|：|包括)"
)
_AHEAD: Final = re.compile(
    "计划|(?<!现)将(?!军|来)|拟(?!合)|下一步|任务|今年要|要?(?:重点)?(?:抓好|做好|落实|完成)[^，。；]{0,6}以下|安排如下|部署如下"
)
_TOLD_TO: Final = re.compile("[一二三四五六七八九十]要(?!素|闻|件)")
"""一要扩大有效投资: what is to be done, item by item."""
_ASPECT: Final = re.compile(r"\d{1,2}[.．、][一-龥]{2,10}方面[。：]")
"""6.教育助学方面。开设课堂1万期: an item of the things that are promised for the year."""
_TASKS: Final = re.compile(
    "(?:(?:抓好|做好|落实好?|推进|抓紧抓好)(?:了)?(?:以下|下列|如下)[^，。；]{0,8}(?:工作|任务|事项)"
    "|(?:确定|明确|部署|安排)(?:了)?[^，。；]{0,12}重点(?:工作|任务|事项))[。：]$"
)
_ITEM: Final = re.compile(
    "[（(]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:[)）]|[.．、](?![0-9]))|[一二三四五六七八九十]是|[①-⑳]"
)


def is_programme(headline: str, lexicons: Lexicons) -> bool:
    """Whether a headline is that of a report or a list of tasks, which tells plans in the same words as facts."""
    return _programme(lexicons).search(headline) is not None


def is_plan(paragraph: str, lexicons: Lexicons) -> bool:
    """Whether a paragraph of a programme tells what is to be done."""
    facts, tasks, reached = _moods(lexicons)
    done = sum(1 for _ in facts.finditer(paragraph)) + sum(1 for _ in reached.finditer(paragraph))
    return sum(1 for _ in tasks.finditer(paragraph)) > _FACTS_WEIGH * done + _LEAST


def tells_facts(sentence: str, lexicons: Lexicons) -> bool:
    """Whether a sentence of a plan says that something was done; 装机达到1.5亿千瓦 does not say when."""
    return _moods(lexicons)[0].search(sentence) is not None


def sets_goals(sentence: str) -> bool:
    """Whether a sentence opens a list of goals that goes on to the end of its paragraph (主要预期目标是：)."""
    return "目标" in sentence and _GOALS.search(sentence) is not None


def plans_in(paragraphs: Iterable[str], lexicons: Lexicons, *, is_programme: bool) -> list[bool]:
    """For each paragraph whether it tells what is to be done.

    So do those of a programme, the items of a list that is announced as one (计划总投资14.7亿元，主要内容如下：), and
    those that say so themselves (一要…; 二要…).
    """
    found: list[bool] = []
    listed = False
    for paragraph in paragraphs:
        listed = listed and _ITEM.match(paragraph) is not None
        promised = _ASPECT.match(paragraph) is not None and not tells_facts(paragraph, lexicons)
        to_do = listed or promised or _TOLD_TO.match(paragraph) is not None
        found.append(to_do or (is_programme and is_plan(paragraph, lexicons)))
        listed = listed or _announces(paragraph.rstrip())
    return found


def _announces(paragraph: str) -> bool:
    """Whether a paragraph ends by saying that tasks follow: 主要内容如下： of a plan, 重点抓好以下工作。."""
    return (paragraph.endswith("：") and _AHEAD.search(paragraph) is not None) or _TASKS.search(paragraph) is not None


@cache
def _programme(lexicons: Lexicons) -> re.Pattern[str]:
    return re.compile("|".join(lexicons.cues.programmes))


@cache
def _moods(lexicons: Lexicons) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    tasks = re.compile(f"(?:^|[，。；、])(?:{'|'.join(lexicons.cues.tasks)})")
    return re.compile("|".join(lexicons.cues.facts)), tasks, re.compile("|".join(lexicons.cues.reached))
