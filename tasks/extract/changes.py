"""Relative changes, percentage points and ranks: of what they name themselves, else of what was said before."""

import re
from dataclasses import replace
from typing import Final

from tasks.extract.about import (
    ALL_FAMILIES,
    AMOUNT_FAMILIES,
    ZONE_COUNT,
    About,
    Situation,
    full_name,
    head_of,
    inherited,
    last_part,
    latest,
    latest_subject,
    plain_name,
    subject_in,
)
from tasks.extract.clauses import clause_start
from tasks.extract.lexicons import Lexicons
from tasks.extract.phrases import last_term, trimmed, without_comparison, without_verb

_MEANS_CHANGE: Final = re.compile("(?:提高|下降|提升|增长|上升|降低|回落|收窄|增加|减少|前移|扩大|快|慢)了?$")
_COMPARED: Final = re.compile("(?:同比|环比|比增|按年|年均|年平均|平均|实际|名义)+(?:分别)?$")
_FOR_YEARS: Final = re.compile(
    "^(?:已?连续|已)(?:[数多两三四五六七八九十]|\\d{1,2})(?:多)?(?:个)?[年月季](?:度)?|^(?:[两三四五六七八九十]|\\d{1,2})年(?:来|间|累计)?$"
)
_HELD_IN: Final = re.compile(
    r"(?:(?:上?升|提升|前移|跃升)[至到]|从|由|为|保持|稳|跃|仍|均)*(?:已?连续(?:[数多两三四五六七八九十]|\d{1,2})个?(?:年|次|月|季度))?(?:保持|稳|位|跃|仍|均|居|列|排)*"
    r"(?:我[省市县区州]|本[省市])?(?:已?连续(?:[数多两三四五六七八九十]|\d{1,2})个?(?:年|次|月|季度))?(?:全国|全省|全市|全县|全区|全球|世界|亚洲|国内|同行业|中西部|[东中西]部)(?:地区|省份)?$"
)
"""In what, and since when, a rank is held: 区域创新能力连续9年全国第一."""
_UNNAMED: Final = re.compile("(?:总|个|家|人|户|件|起)?(?:数|量|数量|规模|总额|水平|额)?$")
"""What may follow a counted thing that grows itself; 企业融资成本 is another measure."""
_REACH: Final = 400
"""Characters of a sentence in which a rank is told of: longer sentences are lists that were glued together."""
_TREND: Final = re.compile(
    "([^，。；\\d]{2,20}?(?:产业|行业|企业|制造业|服务业|工业|集群|板块|领域))(?:增速|产销|生产|运行|发展|增长)?"
    "(?:逐月|逐步|持续|稳步|不断|快速|明显|较快|平稳|强劲|加快|回升|向好|走强|提速|保持)[^，。；\\d]{0,8}$"
)
"""汽车产业增速逐月回升，6月产值增长13.2%: whose the measure of the next clause is."""
_FIELD: Final = re.compile("[^，。；、\\d]{0,12}[中里]")
_MEASURES: Final = re.compile("(?:增幅|增速|涨幅|降幅|增长率)(?:为|达到?|约|超)?")
_SHARES: Final = frozenset({"rate.completion", "rate.share"})
_SEEN: Final = re.compile("从(增速|增幅|增长)(?:上|情况)?来?看，")
_DIGIT: Final = re.compile(r"\d")
_JOINS: Final = re.compile("[、和与及]")
_PLACES: Final = frozenset({"排名", "位次"})
_OF_AMOUNTS: Final = frozenset({"总量", "增速", "增幅", "总额", "总数", "数量", "质量", "规模", "金额"})


def _can_be_compared(about: About) -> bool:
    """Whether growth or a rank may be of an earlier quantity; not of the field (在全市14个开发区中列第3位)."""
    if about.quantity.unit == "rank":
        return False
    if about.quantity.classifier is not None and about.head is not None and about.head.code == ZONE_COUNT:
        return about.rule == "noun_before"
    return about.direction.kind != "growth" or about.rule in ("change", "change_subject")


def _is_share(about: About) -> bool:
    """Whether a quantity is how much of a whole or of a plan another is: 完成年度计划的64.3%，同比增长9.2%."""
    return about.direction.kind == "ratio" and about.term is not None and about.term.code in _SHARES


def _names(subject: str | None) -> list[str]:
    """对东盟、美国分别: the names in a subject that is not yet shared out among its list."""
    return _JOINS.split(subject.removeprefix("对").removesuffix("分别")) if subject else []


def _bare(s: Situation, phrase: str, base: About | None, lexicons: Lexicons) -> About | None:
    """What a change is of that names no measure of its own, where that is no earlier quantity."""
    if _MEASURES.fullmatch(s.words):
        return _turned(s, lexicons)
    if phrase or base is not None or s.quantity.unit != "rank" or not s.context:
        return None
    # 97家开发区位次提升。徐州经开区由第9位升至第6位: zones that were counted do not rank
    return About(s.quantity, s.direction, None, plain_name(s.quantity), "rank_alone", 0.6, None, None, s.words)


def _turned(s: Situation, lexicons: Lexicons) -> About | None:
    """民间投资由降转增，增幅2.3%: of the amount that the clause right before speaks of."""
    clause = s.clause_before
    found = last_term(clause, ("money",), lexicons) if clause and not _DIGIT.search(clause) else None
    if found is None:
        return None
    whose = trimmed(clause[: found[0] + len(found[1].term)], lexicons)
    return About(s.quantity, s.direction, whose, plain_name(s.quantity), "change_of", 0.7, found[1], None, s.words)


def _before_field(s: Situation, lexicons: Lexicons) -> About | None:
    """投资完成率在全市17个开发区中排名第4位: what ranks stands before the field that the clause counts."""
    last = s.context[-1] if s.context else None
    if last is None or last.quantity.start < s.sentence or not _FIELD.match(s.text, last.quantity.end):
        return None
    clause = s.text[clause_start(s.text, s.sentence, last.quantity.start) : last.quantity.start]
    lead, _, _ = clause.rpartition("在")
    named = trimmed(lead, lexicons)
    found = last_term(named, (*AMOUNT_FAMILIES, "rate"), lexicons)
    if found is None:
        return None
    subject = subject_in(trimmed(named[: found[0]], lexicons), lexicons)
    return About(s.quantity, s.direction, subject, named[found[0] :], "change", 0.8, found[1], None, named)


def _is_amount(about: About) -> bool:
    return about.direction.kind == "level" and about.term is not None and about.term.family == "money"


def about_change(situation: Situation, lexicons: Lexicons) -> About:
    """What grows, shifts or ranks."""
    s = situation
    stem = s.words if s.direction.kind == "delta" else s.direction.stem
    phrase = _FOR_YEARS.sub("", without_comparison(trimmed(stem, lexicons), lexicons))
    phrase = _MEANS_CHANGE.sub("", trimmed(_COMPARED.sub("", phrase), lexicons))
    if s.quantity.unit == "rank":
        phrase = _HELD_IN.sub("", phrase)
    found = last_term(phrase, ALL_FAMILIES, lexicons)
    if s.quantity.unit == "rank" and found is not None and found[1].code == ZONE_COUNT:
        found, phrase = None, ""  # 在全省国家级开发区中居第3位: the field, not what is ranked
    grows = s.quantity.unit in ("%", "x")
    base = latest(s.context, lambda about: _can_be_compared(about) and not (grows and _is_share(about)))
    base = base or latest(s.context, _can_be_compared)
    if s.quantity.unit == "rank" and found is None:
        said = last_term(s.text[max(s.sentence, s.quantity.start - _REACH) : s.quantity.start], ("rank",), lexicons)
        field = _before_field(s, lexicons) if not phrase else None
        if field is not None:
            return field
        if said is not None and said[1].term in _PLACES and base is not None and not phrase:
            return inherited(s, phrase, base)  # 亩均税收达21.5万元，在开发区中排名第3位
        if said is not None and (base is None or said[1].term not in _OF_AMOUNTS):
            own = None if phrase.endswith(tuple(lexicons.zone_suffixes)) else phrase or None
            return About(s.quantity, s.direction, own, said[1].term, "rank_of", 0.7, said[1], None, phrase)
    if not phrase and s.quantity.unit == "rank" and s.context and s.context[-1].direction.kind == "rank":
        base = s.context[-1]  # 从第12位跃升至第5位
    bare = _bare(s, phrase, base, lexicons)
    if bare is not None:
        return bare
    if not phrase or phrase.startswith("每"):
        return inherited(s, s.words, base)
    if phrase in _OF_AMOUNTS and found is None and base is not None and base.quantity.start >= s.sentence:
        return replace(inherited(s, s.words, base), subject=full_name(base), indicator=phrase)  # 规模居全省第1位
    seen = _SEEN.match(s.text, s.sentence, s.quantity.start) if s.quantity.unit == "pp" else None
    amount = latest(s.context, _is_amount) if seen else None
    if seen and amount is not None and amount.term is not None and phrase.endswith(tuple(lexicons.zone_suffixes)):
        # 从增速看，某某高新区高于全市平均水平2.2个百分点: of what the sentence before tells
        subject = f"{last_part(phrase)}{amount.term.term}"
        return About(s.quantity, s.direction, subject, seen[1], "change_of", 0.7, amount.term, None, phrase)
    if found is not None and found[1].code == ZONE_COUNT and phrase.endswith(found[1].term) and s.context:
        return replace(inherited(s, s.words), subject=last_part(phrase))  # 全年产值要突破…，某某高新区要确保增长10%
    if found is None or (found[1].family == "count" and not _UNNAMED.match(phrase, found[0] + len(found[1].term))):
        subject = last_part(without_verb(phrase, lexicons))
        if phrase in lexicons.cues.economy:  # 经济增长5%左右
            gdp = lexicons.indicators["money"]["GDP"]
            return About(s.quantity, s.direction, subject, plain_name(s.quantity), "economy", 0.8, gdp, None, phrase)
        same = latest(s.context, lambda a: a.term is not None and subject.removeprefix("对") in _names(a.subject))
        if same is not None:  # 对东盟出口38.6亿元，…，其中对东盟增长45.1%
            return inherited(s, phrase, same)
        return About(s.quantity, s.direction, subject, plain_name(s.quantity), "change_subject", 0.7, phrase=phrase)
    at, term = found
    if term.family == "rank":  # 增速高于全市4.1个百分点, 总量居全市第2位: of what was named last
        before = trimmed(phrase[:at], lexicons)
        whose = before or (full_name(base) if base else None)
        said = last_term(before, ALL_FAMILIES, lexicons)
        kept = term if s.quantity.unit == "rank" else said[1] if said else base.term if base else None
        return About(s.quantity, s.direction, whose, phrase[at:], "change_of", 0.8, kept, None, phrase)
    named = subject_in(trimmed(phrase[:at], lexicons), lexicons)
    if named is None and term.term in lexicons.cues.dependent:
        trend = _TREND.match(trimmed(s.clause_before, lexicons))
        named = trend[1] if trend else latest_subject(s.context)
    if phrase.startswith("占") and base is not None and base.quantity.start >= s.sentence:
        named = f"{full_name(base)}{named or ''}"  # 绿电交易电量5.92亿千瓦时，占工业用电的比重提升8.3个百分点
    head = head_of(phrase, lexicons)
    return About(s.quantity, s.direction, named, phrase[at:], "change", 0.9, term, head, phrase)
