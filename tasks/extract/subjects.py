"""The quantities of a sentence in turn, each told what it is about.

The words between one quantity and the next name the later one. Where they name only part of it (增长15.3%,
总投资33.35亿元), the rest is inherited from the quantity before; where they name several things at once (分别), each
member of the list takes its own.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from tasks.extract.about import About, Situation, recent
from tasks.extract.amounts import about_amount
from tasks.extract.changes import about_change
from tasks.extract.clauses import clause_end, clause_start
from tasks.extract.counts import about_count
from tasks.extract.direction import direction_of
from tasks.extract.lexicons import Lexicons
from tasks.extract.lists import shared_out
from tasks.extract.phrases import noun_behind
from tasks.extract.quantity import Quantity
from tasks.extract.shares import about_share

_GOES_ON: Final = re.compile("，(?:增长|下降|增幅|降幅|增速)[为达]?")
"""较年初增加13.2亿元，增长20.2%: the second is measured against what the first is."""
_LIST_JOINT: Final = re.compile(r"(?:[、和与及]|以及|，和)(?:第)?$")


def about_sentence(
    text: str, start: int, end: int, quantities: Sequence[Quantity], before: Sequence[About], lexicons: Lexicons
) -> list[About]:
    """What the quantities of `text[start:end]` are about; `before` are those of the paragraph's earlier sentences."""
    done: list[About] = []
    consumed = start
    for quantity in quantities:
        clause = clause_start(text, start, quantity.start)
        words = text[max(clause, consumed) : quantity.start]
        behind = text[quantity.end : clause_end(text, quantity.end, end)]
        direction = direction_of(quantity, words, behind, text[clause : quantity.start], lexicons)
        if done and direction.kind == "growth" and _GOES_ON.fullmatch(text, consumed, quantity.start):
            direction = replace(direction, basis=done[-1].direction.basis or direction.basis)
        noun = noun_behind(behind, lexicons) if quantity.classifier else ""
        if done and _LIST_JOINT.fullmatch(text[consumed : quantity.start]) and _alike(done[-1].quantity, quantity):
            direction = replace(done[-1].direction, stem="")
            situation = Situation(text, start, quantity, direction, words, noun, ())
            about = about_count(situation, lexicons) if noun else _listed(done[-1], situation)
        else:
            situation = Situation(text, start, quantity, direction, words, noun, recent(before, done))
            about = _about(situation, lexicons)
        done.append(about)
        consumed = quantity.end + _used_behind(about, noun, behind)
    return shared_out(text, start, done, before, lexicons)


def _about(situation: Situation, lexicons: Lexicons) -> About:
    quantity, kind = situation.quantity, situation.direction.kind
    if kind == "ratio":
        return about_share(situation, lexicons)
    if kind in ("growth", "rank") or quantity.unit in ("pp", "rank"):
        return about_change(situation, lexicons)
    if quantity.classifier is not None and kind == "level":
        return about_count(situation, lexicons)
    return about_amount(situation, lexicons)


def _listed(previous: About, situation: Situation) -> About:
    """The next number of a list: it is about what the number before it is about."""
    return replace(
        previous,
        quantity=situation.quantity,
        direction=situation.direction,
        in_list=True,
        rule="list",
        confidence=0.7,
    )


def _used_behind(about: About, noun: str, behind: str) -> int:
    """How many characters behind a quantity name it, and so do not name the next one."""
    if about.rule == "thing_behind" and about.subject:
        return len(about.subject) + behind.startswith("的")
    return len(noun) if noun and behind.startswith(noun) else 0


def _alike(one: Quantity, other: Quantity) -> bool:
    relative = {one.unit, other.unit} <= {"%", "x"}  # 分别增长2.1倍和96.4%
    return (relative or one.unit == other.unit) and (one.classifier is None) == (other.classifier is None)
