"""Amounts with a unit of their own (money, areas, tonnes), and absolute changes."""

import re
from dataclasses import replace
from functools import cache
from typing import Final

from tasks.extract.about import (
    ALL_FAMILIES,
    TIME_UNITS,
    About,
    Situation,
    families_of,
    head_of,
    inherited,
    is_function_word,
    last_part,
    latest,
    plain_name,
    subject_in,
)
from tasks.extract.clauses import clause_end, clause_start
from tasks.extract.lexicons import Indicator, Lexicons, either
from tasks.extract.nouns import phrase_behind
from tasks.extract.phrases import last_term, of_goal, trimmed, without_comparison, without_verb

_ATTRIBUTED: Final = re.compile(r"的([^，。；：、！？（）]{2,30}?(?:项目|工程|基地|园区|生产线|产业园))")
_FROM_TO: Final = re.compile(
    r"(?:从|由)([^，。；、]{1,10}到[^，。；、]{1,10}?)(?:，(?:我们|我|他|她|大家|公司|企业|项目|他们|前后)?)?(?:只用|仅用|只需|仅需|用时|耗时|历时|共用|全程|最快|平均|需|用)*了?$"
)
_HEADS_TIME: Final = re.compile("\\s*([^，。；：\\d]{2,14})：(?:由|从|平均|最快|原来|压缩|缩短|[到至为]){0,3}")
_GOAL: Final = re.compile("的?(?:奋斗)?目标|的?(?:任务|计划)的")
_LONGEST_STEP: Final = 6
"""Characters of 三个新台阶 and the like."""
_NEAR: Final = 40
"""Characters in which a way from one step to another is told of."""
_REACH: Final = 200
"""Characters of a sentence in which a score is told of."""
_POINTS: Final = re.compile("(?:这|该|那|本|此)(?:[座个家条种项处栋片块批]|里)?")
_TERM: Final = re.compile("[比较][^，。；]{0,6}?(工期|时限|时间|周期)")
_GRANTED: Final = re.compile(r"(?:的标准)?(?:给予|发放)([^，。；：、！？（）\d]{2,14})")
_OBTAINED: Final = re.compile(
    r"(?:内|左右|以内|后)?(?:就|即可|便|才|可)?能?(?:领到|拿到|办完|办好|办结|完成|取得|办成|获得|整改到位|整改|抵达|到达|运抵|送达)了?([^，。；：！？（）\d]{2,12})"
)
_FIGURE: Final = re.compile("(?:达到?|约|近|超过?|逾|突破)?\\d")
_BY: Final = re.compile("[，；、]?(?:该项目|项目)?(?:总体)?由[^，。；]{2,20}(?:投资|出资|投建)")
_VALUES: Final = frozenset({"成交额", "成交金额", "交易额", "合同额", "合同金额"})
_LEADING: Final = re.compile(
    "([^，。；\\d]{2,14}?(?:企业|产业|行业|产品|市场|方式))(?:唱|挑|成为|是|表现|领跑|担当|担纲|占据|发挥|增势|势头|后来居上|一马当先)"
    "[^，。；\\d]{0,12}"
)
_INVESTED: Final = frozenset({"投资", "项目投资"})
_GROWING: Final = re.compile("种|植|播|面积")
_TO_BE_DONE: Final = re.compile("(?:年内|年度|全年|[今当本]年)计划完成投资$")
"""What is to be invested in the year, and not what was."""
_WORKS: Final = ("建成", "建设", "新建", "改建", "扩建", "改造", "购置", "用于")
"""投入2800万元建成面积1.5万平方米的基地: what was done with it."""
_MARK: Final = re.compile("[，；：、]")
_REALISED: Final = re.compile("(?:实现|完成|贡献|创造)(?:了)?(?:约|近|超)?$")
_EACH_YEAR: Final = re.compile("，每[年月]")
_IS: Final = re.compile("(?:为|达到?|是|有)(?:约|近|超)?$")
_ABLE: Final = re.compile("的?年?(?:设计)?(?:生产|加工|处理|制造|供应|储运|仓储|供货)?(?:产能|能力)")
_YEARLY: Final = frozenset({"年产", "日产"})
_MAKES: Final = re.compile("(?:装置|生产线|项目|基地|工厂|工程)$")
_COMPARES: Final = re.compile(
    "(?:增速|增幅|分别|同比|[比较](?:去年|上年|年初|同期)|快于|高于|连续|可?从|可?由|将|基本).*$|可$"
)
"""What is told of a measure before its amount, and is no part of its name: 居民收入增速高于经济增速、突破3万元."""
_MEAN: Final = re.compile("[户人亩地]均")
_OWNER: Final = re.compile(r"的([^，。；：、！？（）“”]{0,14})(“[^”]{1,12}”[^，。；：、！？（）“”]{0,12})?")
_ITEM: Final = re.compile(
    r"(?:^|\n)(?:[\d一二三四五六七八九十]{1,2}[.．、]|[（(][\d一二三四五六七八九十]{1,2}[）)])?([^，。；：\d\n]{4,30})。$"
)
"""2．恒岳重工起重机产业园。总投资28亿元: a sentence that is a name heads an item."""
_HEADED: Final = re.compile(
    r"(?:[\d一二三四五六七八九十]{1,2}[.．、]|[（(][\d一二三四五六七八九十]{1,2}[）)])([^，。；：\d\n]{4,30}(?:项目|工程|基地|产业园|生产线))[。，：]"
)
"""1．高端特种纸扩建项目。由某某公司投资建设…: an item of a list whose first sentence is the name of a project."""
_OPENING: Final = re.compile(r"[^，。；\d]{2,30}?(?:项目|工程|企业|公司|基地|园区|生产线|车间|工厂)")


def about_amount(situation: Situation, lexicons: Lexicons) -> About:
    """What an amount measures: the indicator named before it, else the thing that it stands before."""
    s = situation
    way = (
        _FROM_TO.search(s.text, max(s.sentence, s.quantity.start - _NEAR), s.quantity.start)
        if s.quantity.unit in TIME_UNITS
        else None
    )
    if way:  # 从拿地到开工只用了43天
        before = s.text[clause_start(s.text, s.sentence, way.start()) : way.start()]
        whose = last_part(without_verb(trimmed(before, lexicons), lexicons))
        subject = f"{whose}{way[0][0]}{way[1]}" if whose else way[1]
        return About(s.quantity, s.direction, subject, plain_name(s.quantity), "from_to", 0.85, phrase=s.words)
    if s.quantity.unit == "point":
        return _of_score(s, lexicons)
    phrase = trimmed(s.direction.stem, lexicons)
    item = _HEADS_TIME.fullmatch(s.text, s.sentence, s.quantity.start) if s.quantity.unit in TIME_UNITS else None
    if item and not phrase:  # 企业开办：由3个工作日压到4小时
        return About(s.quantity, s.direction, item[1], plain_name(s.quantity), "headed", 0.8, phrase=s.words)
    if phrase in lexicons.cues.rises or phrase in lexicons.cues.falls:
        return inherited(s, phrase)
    named = phrase
    if not phrase or phrase in ("同比", "环比") or phrase.startswith(("比", "较", "每")):
        named = without_comparison(phrase, lexicons)
        bare = not named or named.removeprefix("每") in lexicons.denominators
        if bare and s.direction.kind == "delta":
            about, measured = inherited(s, phrase, _increase(s)), _TERM.search(s.words)
            # 比合同工期缩短50天
            return replace(about, indicator=measured[1]) if measured and s.quantity.unit in TIME_UNITS else about
        named = named or phrase
    families = families_of(s.quantity.unit)
    if s.direction.kind == "delta":
        families = (*families, *(family for family in ALL_FAMILIES if family not in families))
    found = last_term(named, families, lexicons)
    if found is None:
        # the verb of change may itself be part of the name: 工业增加值, 增收
        wider = trimmed(s.words, lexicons)
        found = last_term(wider, families, lexicons)
        found = found if found is None or len(found[1].term) > 1 else None  # 再提高1.5岁: 高 is of the verb
        named = wider if found else named
    due = _due(lexicons).match(s.text, s.quantity.end) if s.quantity.unit in TIME_UNITS else None
    if found is None and (_GOAL.match(s.text, s.quantity.end) or of_goal(s.words)):
        like = latest(s.context, lambda a: a.quantity.start >= s.sentence and a.quantity.unit == s.quantity.unit)
        if like is not None:
            return inherited(s, named, like)  # 成交额58.3亿元，完成全年64亿元目标的91.1%, 占年度目标64亿元的91.1%
    if due and s.direction.kind == "level":  # 一般3～5个工作日即可放款, 限期1个月整改到位
        what = f"{subject_in(named, lexicons) or ''}{due[1]}"
        return About(s.quantity, s.direction, what, plain_name(s.quantity), "due", 0.75, None, None, due[1])
    if found is not None and s.quantity.unit in TIME_UNITS and found[1].family != "time":
        subject = last_part(without_verb(named, lexicons))  # 土地承包到期后再延长30年: no count is measured in years
        return About(s.quantity, s.direction, subject, plain_name(s.quantity), "subject", 0.7, None, None, phrase)
    if found is not None:
        return _of_indicator(s, named, found, phrase, lexicons)
    return _of_thing(s, named, families, lexicons)


def _increase(s: Situation) -> About | None:
    """贷款增加2.47万亿元，同比多增8108亿元: a change of the change right before, where that names what changed."""
    before = s.context[-1] if s.context else None
    if before is None or before.quantity.start < s.sentence or before.rule == "inherited":
        return None
    return before if before.direction.kind == "delta" and before.quantity.unit == s.quantity.unit else None


def _of_score(s: Situation, lexicons: Lexicons) -> About:
    """从综合得分看，南昌高新区以912.6分居首位: the score may be named at the beginning of the sentence."""
    said = last_term(s.text[max(s.sentence, s.quantity.start - _REACH) : s.quantity.start], ("rank",), lexicons)
    own = subject_in(trimmed(s.words.rstrip("以得"), lexicons), lexicons)
    name = said[1].term if said else plain_name(s.quantity)
    return About(s.quantity, s.direction, own, name, "score", 0.75, said[1] if said else None, None, s.words)


def _of_indicator(s: Situation, named: str, found: tuple[int, Indicator], phrase: str, lexicons: Lexicons) -> About:
    at, term = found
    if _is_crop(term):  # 优良苹果7.5万亩: the crop is what is grown, and no measure
        subject = subject_in(named, lexicons)
        return About(s.quantity, s.direction, subject, plain_name(s.quantity), "subject", 0.8, term, None, phrase)
    if _TO_BE_DONE.search(s.words):
        term = lexicons.indicators["money"]["计划完成投资"]
    extra = _COMPARES.sub("", named[at + len(term.term) :])
    subject = subject_in(trimmed(named[:at], lexicons), lexicons)
    thing = _thing_behind(s, lexicons)
    if thing and subject and _POINTS.fullmatch(subject):
        subject = None  # 这座占地1.2万平方米的训练场
    if thing and (subject is None or term.term in lexicons.cues.opens_thing):
        name = plain_name(s.quantity) if extra else term.term
        head = head_of(thing, lexicons)
        if term.term in _YEARLY and _MAKES.search(thing):
            term = lexicons.indicators["mass"]["产能"]  # 年产60万吨丙烷脱氢装置
        return About(s.quantity, s.direction, thing, name, "thing_behind", 0.8, term, head, phrase + thing)
    if subject is None and len(extra) >= 2:
        subject, extra = extra, ""  # 年产各类水果5亿斤
    if subject is not None and term.term in _INVESTED and _BY.match(s.words):
        item = _ITEM.search(s.text, max(0, s.sentence - _NEAR), s.sentence)
        subject = item[1] if item else subject  # 由某某公司投资18.6亿元: of the project that heads the item
    rule, sure = "indicator", 0.95
    if subject is None:
        subject = _counted_owner(s) or _contracts(s, term) or _spoken_of(s)
    if subject is None and (term.term in lexicons.cues.dependent or s.direction.kind == "delta"):
        subject, rule = _topic(s, lexicons), "indicator_inherited"
        sure = 0.8 if subject else 0.6
    head = head_of(subject or "", lexicons)
    if term.term in lexicons.codes.traded and not _trades(lexicons).search(phrase):
        told = _trades(lexicons).findall(s.text, max(s.sentence, s.quantity.start - _REACH), s.quantity.start)
        phrase = f"{told[-1] if told else ''}{phrase}"  # 水果进口量9万吨，货值1.37亿美元
    phrase = s.words if term.term in _INVESTED else phrase or s.words
    deed = last_part(trimmed(named[:at], lexicons)) if subject is None and s.quantity.unit in TIME_UNITS else ""
    return About(s.quantity, s.direction, subject, deed + term.term + extra, rule, sure, term, head, phrase)


def _counted_owner(s: Situation) -> str | None:
    """10家国家级经开区实现总收入1.52万亿元: whose it is, counted right before the verb."""
    last = s.context[-1] if s.context else None
    if last is None or last.rule != "noun_behind" or last.quantity.start < s.sentence or _MARK.search(s.words):
        return None
    return last.subject


def _contracts(s: Situation, term: Indicator) -> str | None:
    """登记技术合同1260项，成交额58.2亿元: of the contracts that were counted right before."""
    last = s.context[-1] if s.context else None
    of_contracts = last is not None and last.quantity.start >= s.sentence and last.quantity.classifier is not None
    if last is None or not of_contracts or term.term not in _VALUES or not (last.subject or "").endswith("合同"):
        return None
    return last.subject


def _spoken_of(s: Situation) -> str | None:
    """民营企业唱了主角，进出口176.9亿元: whom the clause right before speaks of."""
    found = _LEADING.fullmatch(s.clause_before) if s.quantity.is_money else None
    return found[1] if found else None


def _of_their_own(s: Situation) -> About | None:
    """9家国家级高新区实现1.67万亿元: of the measure that others were told of before them."""
    measured = latest(s.context, lambda a: a.direction.kind == "level" and a.quantity.is_money and a.term is not None)
    last = s.context[-1] if s.context else None
    if measured is None or last is None or not s.quantity.is_money or measured.quantity.unit != s.quantity.unit:
        return None
    told = last.rule == "noun_behind" and last.quantity.start >= s.sentence and _REALISED.search(s.words) is not None
    return replace(inherited(s, s.words, measured), subject=last.subject) if told else None


def _of_thing(s: Situation, named: str, families: tuple[str, ...], lexicons: Lexicons) -> About:
    """No indicator is named before the amount: 兑现1.35亿元惠企资金, 优良苹果7.5万亩."""
    if named and _ABLE.match(s.text, s.quantity.end):  # 隔膜4亿平方米的生产能力
        subject, able = last_part(without_verb(named, lexicons)), lexicons.indicators["mass"]["产能"]
        return About(
            s.quantity, s.direction, subject, able.term, "capacity", 0.8, able, head_of(subject, lexicons), named
        )
    attribute = without_verb(named, lexicons)
    owner = _OWNER.match(s.text, s.quantity.end) if attribute in lexicons.cues.attributes else None
    if owner:  # 规模2亿元的外贸风险资金池
        subject = "".join(part or "" for part in owner.group(1, 2)).replace("“", "").replace("”", "")
        head, found = head_of(subject, lexicons), last_term(subject, families, lexicons)
        return About(
            s.quantity, s.direction, subject, attribute, "attribute", 0.8, found[1] if found else None, head, named
        )
    behind = _thing_behind(s, lexicons)
    if behind:
        found = last_term(behind, families, lexicons)
        head = head_of(behind, lexicons)
        phrase = named + behind
        if not named or is_function_word(named, lexicons):
            term = found[1] if found else None
            name = plain_name(s.quantity) if term is None or _is_crop(term) else term.term
            return About(s.quantity, s.direction, behind, name, "thing_behind", 0.7, term, head, phrase)
        if found is not None and (s.quantity.is_money or s.quantity.unit in ("mu", "m2")):
            at, term = found
            whose, name = (behind, plain_name(s.quantity)) if _is_crop(term) else (behind[:at] or None, behind[at:])
            return About(s.quantity, s.direction, whose, name, "thing_behind", 0.8, term, None, phrase)
        if not s.quantity.is_money:
            name = plain_name(s.quantity)
            return About(s.quantity, s.direction, behind, name, "thing_behind", 0.7, None, head, phrase)
    if not named and (own := _of_their_own(s)):
        return own
    zone = last_part(named)
    if s.quantity.is_money and zone.endswith(tuple(lexicons.zone_suffixes)) and _IS.search(s.words):
        like = latest(s.context, lambda a: a.quantity.unit == s.quantity.unit and a.term is not None)
        if like is not None and like.quantity.start >= s.sentence:
            return replace(inherited(s, named, like), subject=zone)  # 经开区研发投入21.6亿元，高新区为32.4亿元
    if not named:
        like = latest(s.context, lambda a: a.quantity.unit == s.quantity.unit) if _MEAN.search(s.words) else None
        told = _told_before(s, families, lexicons) if like is None else None
        return told or inherited(s, s.words, like)
    grown = s.context[-1] if s.context and attribute in (*lexicons.cues.sums, *lexicons.cues.attributes) else None
    if grown and grown.quantity.start >= s.sentence and grown.term is not None and grown.term.family in families:
        return inherited(s, named, grown)  # 一般公共预算收入增长4.6%，总量首次突破1900亿元
    if is_function_word(named, lexicons) and (not s.quantity.is_money or _EACH_YEAR.match(s.words)):
        like = latest(s.context, lambda a: a.quantity.unit == s.quantity.unit and a.direction.kind == "level")
        if like is not None and like.quantity.start >= s.sentence:
            return inherited(s, named, like)  # 计划种小麦28.6万亩，已播下27.2万亩
    counted = s.context[-1] if s.context and attribute in lexicons.cues.attributes else None
    if counted and counted.quantity.start >= s.sentence and counted.quantity.classifier and counted.subject:
        # 新型储能电站5座、总规模120兆瓦
        head = counted.head
        return About(s.quantity, s.direction, counted.subject, attribute, "attribute", 0.7, None, head, named)
    sums = (*lexicons.codes.sums, *lexicons.cues.attributes)
    summed = _summed(s, lexicons) if attribute in sums else None
    if summed:
        return About(s.quantity, s.direction, summed, attribute, "attribute", 0.7, None, None, named)
    subject = last_part(without_verb(named, lexicons))
    head = head_of(subject, lexicons)
    return About(s.quantity, s.direction, subject, plain_name(s.quantity), "subject", 0.7, None, head, named)


def _told_before(s: Situation, families: tuple[str, ...], lexicons: Lexicons) -> About | None:
    """经济总量不断迈上新台阶，在2021年突破110万亿元: of the measure in the clause before it."""
    if any(about.quantity.start >= s.sentence for about in s.context):
        return None
    opening = s.clause_before
    found = last_term(opening, families, lexicons)
    if found is None or found[1].family == "count":
        return None
    at, term = found
    whose = subject_in(trimmed(opening[:at], lexicons), lexicons)
    return About(s.quantity, s.direction, whose, term.term, "told_before", 0.6, term, None, opening)


def _summed(s: Situation, lexicons: Lexicons) -> str | None:
    """签约项目17个，总金额63.4亿元; 领到人生第一笔创业资助，金额20万元: of what was named before it."""
    earlier = latest(s.context, lambda a: a.quantity.start >= s.sentence and a.subject is not None)
    if earlier is not None:
        return earlier.subject
    clause = s.clause_before
    found = last_term(clause, ("money",), lexicons)
    return found[1].term if found is not None and clause.endswith(found[1].term) else None


def _is_crop(term: Indicator) -> bool:
    """Whether a term of planted land is what grows on it (苹果), and not its area (种植面积)."""
    return term.code == "land.planted" and _GROWING.search(term.term) is None


def _topic(s: Situation, lexicons: Lexicons) -> str | None:
    """The thing whose 总投资 or 产值 this is: the thing named last, or the project that opens the sentence."""
    headed = _HEADED.match(s.text, s.text.rfind("\n", 0, s.sentence) + 1, s.quantity.start)
    if headed:
        return headed[1]
    item = _ITEM.search(s.text, max(0, s.sentence - _NEAR), s.sentence)
    opening = _OPENING.match(s.text, s.sentence, s.quantity.start) if item is None else None
    opens = last_part(without_verb(trimmed(opening[0], lexicons), lexicons)) if opening else item[1] if item else None
    if opens and not any(about.quantity.start >= s.sentence for about in s.context):
        return opens
    whole = _divided_whole(s)
    if whole is not None:
        return whole.subject
    named = latest(
        s.context,
        lambda a: a.subject is not None and bool(a.quantity.classifier or a.term or a.quantity.start >= s.sentence),
    )
    return named.subject if named else opens


def _divided_whole(s: Situation) -> About | None:
    """谋划19个，其中续建3个、新建12个、前期4个，总投资110.92亿元: a list that used up its whole leads back to it."""
    if not s.context:
        return None
    mark = s.text.rfind("其中", max(s.sentence, s.context[0].quantity.end), s.quantity.start)
    counts = [
        about for about in s.context if about.quantity.classifier is not None and about.quantity.value is not None
    ]
    parts = [about for about in counts if about.quantity.start > mark >= 0]
    whole = latest(counts, lambda about: about.quantity.end <= mark)
    divided = any(about.quantity.start > mark >= 0 and about.quantity.classifier is None for about in s.context)
    if divided or len(parts) < 2 or whole is None or len({a.quantity.classifier for a in (*parts, whole)}) > 1:
        return None
    return whole if sum(about.quantity.value or 0 for about in parts) == whole.quantity.value else None


def _thing_behind(s: Situation, lexicons: Lexicons) -> str:
    """The thing that an amount stands before: 10亿元产业引导基金, 总投资28.6亿元的20万千瓦共享储能项目."""
    attributed = _ATTRIBUTED.match(s.text, s.quantity.end)
    if attributed is None and s.quantity.is_money:
        attributed = _GRANTED.match(s.text, s.quantity.end)
    elif attributed is None and s.quantity.unit in TIME_UNITS:
        attributed = _OBTAINED.match(s.text, s.quantity.end)
    if attributed:
        return attributed[1]
    clause = s.text[s.quantity.end : clause_end(s.text, s.quantity.end, len(s.text))]
    thing = "" if clause.startswith(_WORKS) else phrase_behind(clause, lexicons)
    if thing in lexicons.cues.stages:
        return ""  # 屋顶光伏已并网36.8兆瓦，另有24兆瓦在建
    if thing.endswith(tuple(lexicons.cues.milestones)) and len(thing) <= _LONGEST_STEP:
        return ""  # 迈上6万亿元台阶, 跨越8万亿、9万亿两个大台阶
    measure = last_term(thing, ("money",), lexicons)
    if measure is not None and measure[0] and thing.endswith(measure[1].term) and _FIGURE.match(clause, len(thing)):
        return thing[: measure[0]]  # 6.5万平方米智能保税仓总投资4.8亿元
    return thing


@cache
def _trades(lexicons: Lexicons) -> re.Pattern[str]:
    return re.compile(either(lexicons.codes.traded_words))


@cache
def _due(lexicons: Lexicons) -> re.Pattern[str]:
    lead = "(?:内|左右|以内|后)?(?:即可|便可|就能|就可|即|可|能|就)?"
    return re.compile(f"{lead}({either(lexicons.cues.due)})(?=[，。；！？”）\\d]|$)")
