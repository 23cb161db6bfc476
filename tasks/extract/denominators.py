"""What a quantity is per: 每亩增收2500元, 亩均税收20万元, 元/吨."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from tasks.extract.about import About
from tasks.extract.lexicons import Lexicons, either

_CLAUSE_MARK: Final = re.compile("[，；。]")
_DIGIT: Final = re.compile(r"\d")
_NEAR: Final = 60
"""Characters before a number in which 每亩 still is its denominator."""
_HOW_OFTEN: Final = frozenset({"月", "天", "日", "次", "班"})
_GOES_ON: Final = frozenset({"becomes", "inherited"})
"""每吨废水处理成本是6.8元，现在降到4.1元."""
_ADJACENT: Final = 4
_ONE_OF: Final = "(?:亩|公斤|斤|吨|度|头|只|株|户|平方米|立方米|箱|盒|袋|瓶)(?:地|田|电|水)?[^，。；]{0,12}$"
"""一公斤卖60元: one of these is the measure that a price is for (lexicon/claims.yml, each)."""
_YIELD: Final = "单产"
"""Of land, unless the clause says of what: 每头成母牛年均单产9.6吨."""


def denominators(text: str, abouts: Sequence[About], sentences: Sequence[int], lexicons: Lexicons) -> list[str | None]:
    """What each quantity is per; `sentences` says where the sentence of each begins.

    A change is per what the amount is that it changes: 亩产498.5公斤，提高11.3公斤.
    """
    found: list[str | None] = []
    for number, (about, sentence) in enumerate(zip(abouts, sentences, strict=True)):
        quantity, kind = about.quantity, about.direction.kind
        per = quantity.per or _per(text, sentence, about, lexicons)
        goes_on = kind == "delta" or (kind == "level" and about.rule in _GOES_ON)
        if per is None and goes_on and number and sentences[number - 1] == sentence:
            amount = abouts[number - 1]
            per = found[-1] if amount.quantity.unit == quantity.unit else None
        if per is None and kind == "level" and quantity.is_money and about.term is not None:
            per = _of_whole(abouts, sentences, found, lexicons)
        found.append(per)
    return found


def _of_whole(
    abouts: Sequence[About], sentences: Sequence[int], found: Sequence[str | None], lexicons: Lexicons
) -> str | None:
    """人均可支配收入13286元；其中工资性收入5120元、经营净收入4466元: a part of an income a head is one, too."""
    at = len(found)
    term = abouts[at].term
    if term is None or term.term not in lexicons.codes.parts_of_income:
        return None
    earlier = (
        per
        for about, sentence, per in zip(abouts[:at], sentences, found, strict=False)
        if sentence == sentences[at] and about.term is not None and about.term.code == term.code
    )
    return next(earlier, None)


def _per(text: str, sentence: int, about: About, lexicons: Lexicons) -> str | None:
    """What a quantity is per: 每亩 or 亩均 in its clause; a share or a rank is per nothing."""
    quantity = about.quantity
    if about.direction.kind not in ("level", "delta") or quantity.unit == "pp":
        return None
    at = quantity.start
    clause = _CLAUSE_MARK.split(text[max(sentence, at - _NEAR) : at])[-1]
    of_one = quantity.is_money or quantity.unit == "t"  # 一公斤卖60元, 一亩地能收6000斤
    found = [match for match in _pattern(lexicons).finditer(clause) if match["one"] is None or of_one]
    if quantity.unit in lexicons.told_by:  # 人均预期寿命79岁, and no year of 每年
        found = [match for match in found if match["mean"]]
    if not found:
        return None
    last = found[-1]
    if len(found) > 1 and found[-2]["each"] and (last["mean"] == _YIELD or _is_rate_of_pay(*found[-2:])):
        last = found[-2]
    between = clause[last.end() :]
    if quantity.classifier and last["mean"] and (last["mean"] == _YIELD or _DIGIT.search(between)):
        return None  # 亩均税收不低于18万元等5项指标: of another number
    if quantity.classifier and between.endswith("等"):
        return None  # 每亩税收不低于15万元等5项指标: the same
    if last["whom"]:
        return last["whom"]  # 每个脱贫县发展起1个以上特色产业
    often = last["each"] in _HOW_OFTEN and quantity.classifier
    if often and (len(between) > _ADJACENT or "会" in between):
        return None  # 每月组织活动至少两场: says when, 每月500元 per what
    return last["each"] or lexicons.per_words[last["mean"]]


def _is_rate_of_pay(one: re.Match[str], often: re.Match[str]) -> bool:
    """每人每月746元: whose it is, and not how often."""
    return often["each"] in _HOW_OFTEN and one.end() == often.start()


@cache
def _pattern(lexicons: Lexicons) -> re.Pattern[str]:
    whom = "每个(?P<whom>[一-龥]{0,4}?(?:县|市|乡镇|街道|乡|镇|村|企业|园区|社区|家庭|学校|班级))"
    each = f"(?:每个?|(?P<one>(?<![一二三四五六七八九十百千万亿零数几第统])一)(?={_ONE_OF}))"
    mean = f"(?P<mean>{either(lexicons.per_words)})(?!提升(?:工程|行动|计划))"
    return re.compile(f"{whom}|{each}(?P<each>{either(lexicons.denominators)})|{mean}")
