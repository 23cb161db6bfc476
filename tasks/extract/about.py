"""What a quantity is about: the record that attribution fills, and what it reads from what was said before."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from tasks.extract.direction import Direction
from tasks.extract.lexicons import Indicator, Lexicons, either
from tasks.extract.phrases import last_term, without_verb
from tasks.extract.quantity import Quantity

TIME_UNITS: Final = frozenset({"year", "month", "day", "workday", "hour", "minute"})
AMOUNT_FAMILIES: Final = ("money", "area", "mass", "energy")
ALL_FAMILIES: Final = ("money", "area", "mass", "energy", "rate", "count", "length", "time", "rank")

ZONE_COUNT: Final = "zone.count"
"""The code of development zones that are counted."""
MILESTONE: Final = "milestone"
"""The rule of steps (4个万亿元台阶): what is told behind them is told of what took them."""

_MEMORY: Final = 40
"""Earlier quantities of a paragraph that a later one may refer to."""

_CLAUSES: Final = 400
"""Characters before a quantity in which the clauses before its own are looked at."""
_LONGEST_NAME: Final = 80
"""Characters of a name that is made of names: enough for any that is meant, and a bound for a chain of them."""

_FAMILIES: Final = {
    **dict.fromkeys(("CNY", "USD", "EUR", "HKD", "JPY"), ("money",)),
    **dict.fromkeys(("mu", "m2"), ("area",)),
    **dict.fromkeys(("kW", "m3"), ("energy", "mass")),
    **dict.fromkeys(("kWh", "tce"), ("energy",)),
    "t": ("mass",),
    "m": ("length",),
    "count": ("count",),
    "point": ("rank",),
}
_LEADS_TO: Final = re.compile(
    "[、，]?(?:稳步|首次|历史性|成功)?(?:突破|超过|达到?|增至|升至|降至|增加到|增长到|提高到|提升至|提升到|上升到|下降到|扩大到)了?"
)
_COMPLETED: Final = re.compile("完成(?:了|约|近|超)?$")
_PLAIN_NAMES: Final = {
    "mu": "面积",
    "m2": "面积",
    "rank": "位次",
    "%": "比率",
    "pp": "变化",
    "m": "长度",
    "kW": "装机容量",
    "kWh": "电量",
    "point": "得分",
}


@dataclass(frozen=True, slots=True)
class About:
    """What a quantity is about, how it is meant, and how that was found (rule, confidence 0 to 1).

    `term` is the indicator in the vocabulary, `head` the counted thing in the subject, where the vocabulary knows
    them. `phrase` holds the words that name the quantity with their verbs: a status or a code may be read from it.
    """

    quantity: Quantity
    direction: Direction
    subject: str | None
    indicator: str
    rule: str
    confidence: float
    term: Indicator | None = None
    head: Indicator | None = None
    phrase: str = ""
    in_list: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """A quantity where it stands: the words back to the quantity before it, and what was said before.

    `text[sentence:]` begins its sentence; `noun` is the noun phrase right behind a count; `context` are the earlier
    quantities of the paragraph.
    """

    text: str
    sentence: int
    quantity: Quantity
    direction: Direction
    words: str
    noun: str
    context: Sequence[About]

    @property
    def clauses_before(self) -> str:
        """The sentence up to the clause that the quantity stands in."""
        start = max(self.sentence, self.quantity.start - _CLAUSES)
        return self.text[start : self.quantity.start].rpartition("，")[0]

    @property
    def clause_before(self) -> str:
        """The clause of the sentence before the one that the quantity stands in."""
        return self.clauses_before.rpartition("，")[2].rpartition("；")[2]


def families_of(unit: str) -> tuple[str, ...]:
    """The families of indicators that a level in a unit can be of."""
    if unit in TIME_UNITS:
        return ("time", "count")
    return _FAMILIES.get(unit, ("mass", "energy", "count"))


def plain_name(quantity: Quantity) -> str:
    """The indicator of a quantity whose measure is not named."""
    if quantity.is_money:
        return "金额"
    return "时长" if quantity.unit in TIME_UNITS else _PLAIN_NAMES.get(quantity.unit, "数量")


def inherited(situation: Situation, phrase: str, whose: About | None = None) -> About:
    """Subject and indicator of `whose`, else of the last amount named: 增长15.3% grows what stands before it."""
    s = situation
    if whose is None and s.context and s.context[-1].quantity.start >= s.sentence and _LEADS_TO.fullmatch(s.words):
        whose = s.context[-1]  # 资产总额增长16%、达到23万亿元
    earlier = whose or latest(s.context, lambda about: about.direction.kind in ("level", "ratio")) or latest(s.context)
    if earlier is None:
        return About(s.quantity, s.direction, None, plain_name(s.quantity), "none", 0.2, phrase=phrase)
    subject, indicator = earlier.subject, earlier.indicator
    planned = earlier.term is not None and earlier.term.code == "project.investment.planned"
    if planned and s.direction.kind == "level" and _COMPLETED.search(phrase or s.words):
        indicator = "完成投资"  # 年度计划投资38亿元，已完成27.36亿元
    if earlier.rule == MILESTONE and earlier.term is not None and subject is not None:
        subject, indicator = subject.removesuffix(earlier.term.term) or None, earlier.term.term
    return About(
        s.quantity,
        s.direction,
        subject,
        indicator,
        "inherited",
        0.8,
        term=earlier.term,
        head=earlier.head,
        phrase=phrase,
    )


def recent(before: Sequence[About], done: Sequence[About]) -> list[About]:
    """The quantities that a later one may refer to: the last ones of those said before and those done since."""
    last = done[-_MEMORY:]
    return [*before[max(0, len(before) + len(last) - _MEMORY) :], *last]


def latest(context: Sequence[About], wanted: Callable[[About], bool] = lambda _: True) -> About | None:
    """The last quantity said before that fits."""
    return next((about for about in reversed(context) if wanted(about)), None)


def latest_subject(context: Sequence[About]) -> str | None:
    """The subject that was named last."""
    earlier = latest(context, lambda about: about.subject is not None)
    return earlier.subject if earlier else None


def full_name(about: About) -> str:
    """Subject and indicator as one name, as a share or a rank refers to them."""
    plain = about.indicator == plain_name(about.quantity) or (about.subject or "").endswith(about.indicator)
    return ((about.subject or "") + ("" if plain else about.indicator))[-_LONGEST_NAME:]


def head_of(words: str, lexicons: Lexicons) -> Indicator | None:
    """The counted thing that a phrase names last."""
    found = last_term(words, ("count",), lexicons)
    return found[1] if found else None


def last_part(words: str) -> str:
    """The last stretch of a phrase that marks divide."""
    for mark in "，：；":
        words = words.rpartition(mark)[2] or words.rstrip(mark)
    words = words.strip("的、，和与“")
    return f"“{words}" if words.count("”") > words.count("“") else words


def subject_in(words: str, lexicons: Lexicons) -> str | None:
    """The thing that words name before an indicator, None where they are only a verb."""
    subject = last_part(without_verb(words, lexicons))
    return None if not subject or is_function_word(subject, lexicons) else subject


def is_function_word(words: str, lexicons: Lexicons) -> bool:
    """Whether words only lead over, and name nothing: verbs, be it two of them (协调解决)."""
    known = words in lexicons.cues.trailing or words in lexicons.cues.leading
    return known or _verbs(lexicons).fullmatch(words) is not None


@cache
def _verbs(lexicons: Lexicons) -> re.Pattern[str]:
    return re.compile(f"(?:协调|推动|帮助)?{either(lexicons.cues.verbs)}")
