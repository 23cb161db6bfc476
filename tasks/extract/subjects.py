"""The quantities of a sentence in turn, each told what it is about.

The words between one quantity and the next name the later one. Where they name only part of it (增长15.3%,
总投资33.35亿元), the rest is inherited from the quantity before; where they name several things at once (分别), each
member of the list takes its own.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from tasks.extract.about import About, Situation, families_of, inherited, is_function_word, latest, recent
from tasks.extract.amounts import about_amount
from tasks.extract.changes import about_change
from tasks.extract.clauses import LEADS_OVER, clause_end, clause_start
from tasks.extract.counts import PLACES, about_count
from tasks.extract.direction import Direction, direction_of
from tasks.extract.lexicons import Lexicons, either
from tasks.extract.lists import shared_out
from tasks.extract.nouns import noun_behind, same_grade
from tasks.extract.phrases import last_term
from tasks.extract.quantity import Quantity
from tasks.extract.shares import about_share
from tasks.extract.vocabulary import checked

_GOES_ON: Final = re.compile("，(?:增长|下降|增幅|降幅|增速)[为达]?")
"""较年初增加13.2亿元，增长20.2%: the second is measured against what the first is."""
_THING: Final = re.compile("[一-龥](?<![的以左多之])[一-龥]")
_ROSE: Final = re.compile("(?:上升|提升|前进|下降|下滑|后退|跃升|进|退)了?$")
"""排第8位，比去年同期上升5位."""
_BRACKETS: Final = frozenset("（(")
_ASIDE: Final = re.compile(f"[（(][^（()）\\d]{{1,30}}[）)](?={LEADS_OVER}$)")
"""实践中心（所、站）2.8万个: a bracket between a name and its number."""
_GROWS: Final = re.compile("(?:进出口|出口|进口|投资|贸易|产值|收入|增加值)(?:总?[额值])?(?:同比|增长|下降|分别)")
_BECOMES: Final = re.compile("[^，。；、\\d]{0,6}[到至为成](?:了|目前的?|现在的?|如今的?|今年的?)?")
"""从39个拓展到91个: the second is what the first became, whatever the verb."""
_RESPECTIVELY: Final = re.compile("(?:分别|依次)[^，。；、\\d]{0,6}$")
_TO_ANOTHER: Final = re.compile(_BECOMES.pattern + r"[近超约]?\d")
_FROM: Final = re.compile(
    "(?:从|由)(?:年初|年前|原来|原先|最初|过去|此前|当初|上年|去年|今年|眼下|现在|目前|当前|如今)?的?(?:每[一-龥]{1,3})?$"
)
_GAINED: Final = re.compile("(?:同比|比上年|较上年|比去年|比上年同期)?(增收|减收)(?:约|近|超)?")
_REVENUE, _FISCAL = "收入", "一般公共预算收入"
_MAKES: Final = re.compile("(?:形成)?[年日]产")
_JOINED: Final = frozenset("、和与及")
_SAME_THING: Final = re.compile("(?:、|(?:[、和与及]|以及)第[二三四五]批)?")
_BESIDE: Final = 3
"""Quantities back in which a rank is told that another moved from."""
_LEAD: Final = 7
"""Characters of 从, or 由去年的, or 由每立方米 before a number."""
_PLACED: Final = re.compile("(?:排名|名次|位次|排位)(?:由|从|至|到|为|居|列|升|降|前移|上升|下降|跃升|跃|跌)+$")
"""排名由369位上升到235位: places, and no persons."""
_MOVED: Final = re.compile(
    "(?:前移|后移|(?:位次|排名|名次|位居|排位)[^，。；]{0,12}(?:上升|提升|前进|下降|下滑|跃升))了?$"
)


def about_sentence(
    text: str, start: int, end: int, quantities: Sequence[Quantity], before: Sequence[About], lexicons: Lexicons
) -> list[About]:
    """What the quantities of `text[start:end]` are about; `before` are those of the paragraph's earlier sentences."""
    done: list[About] = []
    consumed = start
    respectively = False
    for written, following in zip(quantities, (*quantities[1:], None), strict=True):
        quantity = written
        clause = clause_start(text, start, quantity.start)
        words = _ASIDE.sub("", text[max(clause, consumed) : quantity.start])
        if not words and clause - 1 >= max(start, consumed) and text[clause - 1] in _BRACKETS:
            words = text[max(clause_start(text, start, clause - 1), consumed) : clause - 1]  # 综合保税区(1.28平方公里)
        if done and len(words) > 1 and words.endswith("、"):
            words = ""  # 82项获国家认可、37项全国推广: what is told of the first names the second no more
        becomes = bool(done) and _becomes(text, done[-1].quantity, quantity)
        quantity = _places_moved(quantity, words, done[-1].quantity if becomes else None, done)
        behind = text[quantity.end : clause_end(text, quantity.end, end)]
        direction = direction_of(quantity, words, behind, text[clause : quantity.start], lexicons)
        if done and direction.kind == "growth" and _GOES_ON.fullmatch(text, consumed, quantity.start):
            direction = replace(direction, basis=done[-1].direction.basis or direction.basis)
        starts = _TO_ANOTHER.match(behind) is not None and _is_start(text, quantity)
        counted = quantity.classifier is not None or quantity.unit == "count"
        noun = noun_behind(behind, lexicons) if counted and not starts else ""
        if counted and not noun and following and _SAME_THING.fullmatch(text, quantity.end, following.start):
            # 31宗、2460亩工业用地, 12批1181项政策: both of the one thing
            noun = noun_behind(text[following.end : clause_end(text, following.end, end)], lexicons)
        elif noun and following and text[quantity.end + len(noun) : following.start] in _JOINED:
            noun = same_grade(noun, text[following.end : clause_end(text, following.end, end)], lexicons)
        if direction.kind == "delta" and _improves(quantity, noun, behind, words, lexicons):
            direction = replace(direction, kind="level", basis=None, falling=False)  # 提升100所学校
        joint = _joint(lexicons).fullmatch(text[consumed : quantity.start]) if done else None
        respectively = respectively if joint else _RESPECTIVELY.search(words) is not None
        if joint and (_alike(done[-1].quantity, quantity) or (respectively and _are_amounts(done[-1], direction))):
            direction = replace(direction if joint[1] else done[-1].direction, stem="")  # 增长3.4%和下降1.6%
            situation = Situation(text, start, quantity, direction, words, noun, ())
            about = (
                about_count(situation, lexicons)
                if noun or quantity.classifier in PLACES
                else _listed(done[-1], situation, lexicons)
            )
        else:
            if joint and respectively and done[-1].direction.kind == "delta" and direction.kind == "level":
                direction, words = replace(done[-1].direction, stem=""), ""  # 分别增加3个和12.5亿元
            situation = Situation(text, start, quantity, direction, words, noun, recent(before, done))
            about = _about(situation, lexicons)
            same = becomes and not noun and direction.kind == done[-1].direction.kind
            if same and _alike(done[-1].quantity, quantity):
                about = replace(done[-1], quantity=quantity, direction=direction, rule="becomes", in_list=False)
            elif done and text[consumed : consumed + 1] == "、":
                about = _goes_on(done[-1], about, lexicons)
        about, used = _without_next(about, _used_behind(about, noun, behind), behind, following, lexicons)
        done.append(about)
        consumed = quantity.end + used
    return _with_revenues(shared_out(text, start, done, before, lexicons), before, lexicons)


def _with_revenues(abouts: Sequence[About], before: Sequence[About], lexicons: Lexicons) -> list[About]:
    """一般公共预算收入268.9亿元。…三个区收入分别为…: 收入 alone is the revenue that the paragraph has told of."""
    found: list[About] = []
    last = latest(before, lambda about: about.quantity.is_money and about.term is not None)
    term = last.term if last is not None else None
    for about in abouts:
        whole = about
        if about.term is not None and about.term.term == _REVENUE and term and term.code in lexicons.codes.collected:
            whole = replace(about, term=lexicons.indicators["money"][_FISCAL])
        if whole.quantity.is_money and whole.term is not None:
            term = whole.term
        found.append(whole)
    return found


def _about(situation: Situation, lexicons: Lexicons) -> About:
    quantity, kind = situation.quantity, situation.direction.kind
    taxed = _gained(situation, lexicons)
    if taxed is not None:
        return taxed
    if kind == "ratio":
        return about_share(situation, lexicons)
    if kind in ("growth", "rank") or quantity.unit in ("pp", "rank"):
        return about_change(situation, lexicons)
    # 4436.5万困难群众: a count may have no measure word
    if quantity.unit == "count" and (situation.noun or (kind == "level" and quantity.classifier is not None)):
        return about_count(situation, lexicons)
    return about_amount(situation, lexicons)


def _gained(situation: Situation, lexicons: Lexicons) -> About | None:
    """税收收入24.68亿元，同比增长7.9%，增收1.81亿元: by how much it grew, and no one's income."""
    s = situation
    gained = _GAINED.fullmatch(s.words.strip("，、 "))
    if gained is None or not s.quantity.is_money:
        return None
    earlier = latest(s.context, lambda about: about.direction.kind == "level")
    code = earlier.term.code if earlier is not None and earlier.term is not None else None
    if earlier is None or earlier.quantity.start < s.sentence or code not in lexicons.codes.collected:
        return None
    direction = replace(s.direction, kind="delta", basis="yoy", falling=gained[1] == "减收")
    return replace(inherited(s, s.words, earlier), direction=direction)


def _listed(previous: About, situation: Situation, lexicons: Lexicons) -> About:
    """The next number of a list: it is about what the one before it is about, or the first with a thing behind it."""
    if previous.rule == "thing_behind" and situation.text.startswith("的", situation.quantity.end):
        own = _about(situation, lexicons)
        if own.rule == "thing_behind":
            return own  # 全市57.6%的工业增加值、44.9%的税收: each names its own
    if previous.subject is None or is_function_word(previous.subject, lexicons):
        own = _about(situation, lexicons)
        if own.rule == "thing_behind":
            return replace(own, in_list=True)
    return replace(
        previous,
        quantity=situation.quantity,
        direction=situation.direction,
        in_list=True,
        rule="list",
        confidence=0.7,
    )


def _goes_on(previous: About, about: About, lexicons: Lexicons) -> About:
    """年产鲜果15万吨、陈皮7000吨; 检查锅炉43台、电梯1268部: the measure, or the verb, of the first holds on."""
    if about.quantity.classifier is not None:
        checks = previous.quantity.classifier is not None and checked(previous.phrase, lexicons)
        makes = _MAKES.match(previous.phrase) if about.rule == "noun_before" else None
        if makes:
            return replace(about, phrase=f"{makes[0]}{about.phrase}")  # 年产风机1200台、叶片3600片
        return replace(about, phrase=f"{checks}{about.phrase}") if checks and about.rule == "noun_before" else about
    same = previous.quantity.unit == about.quantity.unit and previous.quantity.classifier is None
    if not same or about.term is not None or about.rule != "subject" or previous.term is None:
        return about
    if previous.direction.kind != about.direction.kind or previous.term.family not in families_of(about.quantity.unit):
        return about
    return replace(about, indicator=previous.term.term, term=previous.term, rule="goes_on")


def _used_behind(about: About, noun: str, behind: str) -> int:
    """How many characters behind a quantity name it, and so do not name the next one."""
    if about.rule == "thing_behind" and about.subject:
        return len(about.subject) + behind.startswith("的")
    if not noun or not behind.startswith(noun):
        return 0
    # 对14个成员国进出口同比增长8.4%: what grows is theirs
    return 0 if _GROWS.match(behind, len(noun)) else len(noun)


def _without_next(
    about: About, used: int, behind: str, following: Quantity | None, lexicons: Lexicons
) -> tuple[About, int]:
    """421亩水稻产量达到294吨: the thing behind an area ends with the measure of the next amount."""
    thing, own = about.subject or "", about.quantity
    if following is None or about.rule != "thing_behind" or not behind.startswith(thing) or own.is_money:
        return about, used
    if following.start >= own.end + len(behind) or own.unit == following.unit:
        return about, used
    families = [family for family in families_of(following.unit) if family not in ("count", *families_of(own.unit))]
    found = last_term(thing, tuple(families), lexicons)
    if found is None or not found[0] or found[0] + len(found[1].term) != len(thing):
        return about, used
    return replace(about, subject=thing[: found[0]]), 0


def _improves(quantity: Quantity, noun: str, behind: str, words: str, lexicons: Lexicons) -> bool:
    """Whether a verb makes the things behind a number better, and is no change of their number."""
    thing = noun or (quantity.unit in ("m", "mu", "m2") and _THING.match(behind))
    return bool(thing) and words.endswith(tuple(lexicons.cues.improves))


@cache
def _joint(lexicons: Lexicons) -> re.Pattern[str]:
    verbs = either((*lexicons.cues.rises, *lexicons.cues.falls))
    return re.compile(rf"(?:[、和与及]|以及|，和)(?:第)?({verbs})?")


def _becomes(text: str, earlier: Quantity, quantity: Quantity) -> bool:
    """Whether a quantity is what the one before it became: 从39个拓展到91个."""
    return _BECOMES.fullmatch(text, earlier.end, quantity.start) is not None and _is_start(text, earlier)


def _is_start(text: str, quantity: Quantity) -> bool:
    return _FROM.search(text, max(0, quantity.start - _LEAD), quantity.start) is not None


def _places_moved(quantity: Quantity, words: str, earlier: Quantity | None, done: Sequence[About]) -> Quantity:
    """前移5位: places of a ranking, no persons; `earlier` is what this one started from, `done` what came before."""
    placed = earlier.unit == "rank" if earlier is not None else _PLACED.search(words) is not None
    if placed and quantity.classifier in ("位", "名"):
        return replace(quantity, unit="rank", raw_unit=quantity.classifier, classifier=None)
    if quantity.classifier not in ("位", "名"):
        return quantity
    told = _ROSE.search(words) is not None and any(about.quantity.unit == "rank" for about in done[-_BESIDE:])
    if told or _MOVED.search(words):
        return replace(quantity, unit="rank", raw_unit=f"{quantity.classifier}次", classifier=None)
    return quantity


def _alike(one: Quantity, other: Quantity) -> bool:
    relative = {one.unit, other.unit} <= {"%", "x"}  # 分别增长2.1倍和96.4%
    return (relative or one.unit == other.unit) and (one.classifier is None) == (other.classifier is None)


def _are_amounts(previous: About, direction: Direction) -> bool:
    """分别为3260台、1840万片和21.7万吨: the members of a list may have units of their own."""
    return previous.direction.kind == direction.kind == "level"
