"""Shares and rates: 覆盖率达52.1%, 占耕地面积的78.8%, 监测面积占总面积30%以上."""

import re
from dataclasses import replace
from functools import cache
from typing import Final

from tasks.extract.about import (
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
from tasks.extract.clauses import clause_end
from tasks.extract.lexicons import Lexicons
from tasks.extract.nouns import phrase_behind
from tasks.extract.phrases import last_term, of_goal, trimmed
from tasks.extract.sectors import sector_of

_OF_BASE: Final = re.compile(
    "(?<!由)(?<!从)(?<!由上年)(?<!由去年)(?<!从上年)(?<!从去年)(?:同期|平均水平|上年|去年|上年度|原来|以往)的?$"
)
_TIMES_OF: Final = re.compile(r"[，、]?约?(?:是|为|相当于)[^，。；、\d]{2,20}的")
"""是大田作物的15倍: a multiple is of what was named before it."""
_ALSO: Final = re.compile("[、，和](?:和|以及)?占?([^，。；、\\d]{2,10})的(?:近|超|约|逾)?")
_AMONG: Final = re.compile("其中(?:有)?$")
_SOME: Final = re.compile("个别|部分|少数|多数|有的|有些|一些|其他|其余|不少")
"""空置率11.3%，个别园区超过三成."""
_NEAR: Final = 30
_COMPLETE: Final = 6
"""Characters of the name of a rate that says itself whose it is: 城镇调查失业率, 保交房交付率."""
_COMPLETES: Final = ("完成", "为")
"""财政收入28.6亿元，完成年度计划的79.4%: of what was told before it."""
_TOLD: Final = re.compile(r"([^，。；：！？\d]{2,24})，$")
_FROM_BASE: Final = re.compile("(?:由|从)(?:上年|去年|年初|原来|过去)?(?:同期)?的?$")
_OF_WHOLE: Final = re.compile(r"((?:占(?!比)|相当于)(?:到|了)?[^，。；、]{1,24}?)(?:的比重|的比例|比重|比例|的)?$")
_PART_OF: Final = re.compile("(?:还)?(?:不到|不足|超过?|接近|约为?|近)([^，。；、\\d]{2,12})的")
_RATE: Final = re.compile(r"[一-龥A-Za-z&]{1,10}(?:率|面|度|比重|占比|比例|份额)$")
_OF_THINGS: Final = re.compile(
    "的(?!产能|增量|预期|增长|目标|比例|比重|份额|速度|增速|增幅|水平|标准|概率|折扣|利率|股权|股份|资金|补贴|补助|奖励|价格|优惠)"
)
"""98%的县市区, 60%的耕地: the share is of the things behind it."""
_NAMED: Final = re.compile("[前达为到占至超过率比降长高少低减升增有]$|率|比例|比重|占")
"""Words before a share that name it: 合格率达98%的产品."""
_BECOMES: Final = re.compile(
    "(?:进一步|逐步|稳步)?(?:提高|提升|上升|攀升|升|增加|增长|增|扩大|下降|降低|降|减少|回落|压减|压降)(?:了|到|至|为)*"
)
_REACHES: Final = re.compile("(?:实现|达到?|确保|保持|做到)了?$")
_DONE_BEHIND: Final = re.compile(
    "(交付|开工|复工|达标|投产|办结|兑付|完工|竣工|覆盖|整改|入库|就业|回收|利用|接入|联网)(?=[，。；、！]|$)"
)
_WITH_SHARE: Final = re.compile("以(?:仅|只|不足|不到|约)?占([^，。；\\d]{1,12})$")
_BY_RATE: Final = re.compile("按照?[^，。；]{2,16}$")
_GRANTED: Final = re.compile(
    "(?:的标准|的比例|比例)?(?:给予|予以)[^，。；\\d]{0,6}?(补助|补贴|奖励|贴息|资助|奖补|支持)"
)
_OF_PLAN: Final = re.compile("(?:为|是|相当于)([^，。；、\\d]{0,6}(?:预算|计划|任务|目标))(?:数|任务)?的$")
_OF_GOAL: Final = re.compile("的?(?:目标|任务|计划)(?:任务|数)?的")
_IS: Final = re.compile("(?:都)?(?:是|为|来自)([^，。；、\\d]{2,12})")
_ENDS_RATE: Final = "率度"
_ARE: Final = re.compile("[为是]([^，。；、\\d]{2,14})")
"""其中约三成为硕士及以上学历."""
_USED: Final = re.compile("^[^，。；、\\d]{2,12}(?:用于|用在|投向|投入到|来自|来源于|流向)")
"""每年70%左右财政支出用于民生事业."""
_DONE: Final = re.compile("(?:完成|完工|竣工|施工|收获|收割|播种|栽插)(?:了|达|约|近|过|超)?$")
_LEADS_OVER: Final = re.compile(
    r"(?:分别)?(?:达到?|为|到|至|约|超过?|近|提高到|提高至|提升至|提升到|上升到|上升至|[升增降][至到])*(?:分别)?$"
)


def about_share(situation: Situation, lexicons: Lexicons) -> About:
    """What a share or a rate is of."""
    s = situation
    sector = sector_of(s.text, s.sentence, s.quantity)
    if sector is not None:
        share = lexicons.indicators["rate"]["占"]
        return About(s.quantity, s.direction, sector, "占比", "sector", 0.9, share, None, s.words)
    phrase = trimmed(_FROM_BASE.sub("", s.words), lexicons)
    if _OF_THINGS.match(s.text, s.quantity.end) and not _NAMED.search(s.words):
        thing = _things(s, lexicons)
        rate = last_term(thing, ("rate",), lexicons)
        if (
            rate is not None
            and len(rate[1].term) > 1
            and (rate[1].term[-1] in _ENDS_RATE or thing.endswith(rate[1].term))
        ):
            subject = thing[: rate[0]] or None  # 87.5%的森林覆盖率
            return About(s.quantity, s.direction, subject, rate[1].term, "rate", 0.8, rate[1], None, thing)
        if thing:
            return About(s.quantity, s.direction, thing, "占比", "thing_behind", 0.7, None, head_of(thing, lexicons))
    granted = _GRANTED.match(s.text, s.quantity.end) if _BY_RATE.search(s.words) else None
    if granted:  # 按设备投资额的10%给予补助
        term = lexicons.indicators["rate"]["补助比例"]
        return About(s.quantity, s.direction, granted[1], "比例", "granted", 0.75, term, None, s.words)
    with_share = _WITH_SHARE.search(s.words)
    if with_share and _OF_THINGS.match(s.text, s.quantity.end) and (thing := _things(s, lexicons)):
        name = f"占{with_share[1]}的比重"  # 以占全市1.6%的国土面积，贡献了超七成的总产值
        return About(s.quantity, s.direction, thing, name, "thing_behind", 0.7, None, head_of(thing, lexicons))
    if _OF_BASE.search(s.words) or (s.quantity.unit == "x" and s.context and _TIMES_OF.fullmatch(s.words)):
        return inherited(s, phrase)  # 是去年同期的2.4倍, 是大田作物的15倍
    last = s.context[-1] if s.context else None
    also = _ALSO.fullmatch(s.text, last.quantity.end, s.quantity.start) if last and last.rule == "share" else None
    if also and last:  # 约占全国的60%、世界的两成以上
        return replace(last, quantity=s.quantity, direction=s.direction, indicator=f"占{also[1]}的比重")
    if last and (_OF_GOAL.fullmatch(s.words) or (s.words == "的" and of_goal(last.phrase))):
        # 成交额58.3亿元，完成全年64亿元目标的91.1%
        term = lexicons.indicators["rate"]["完成率"]
        return replace(
            last,
            quantity=s.quantity,
            direction=s.direction,
            subject=full_name(last),
            indicator="目标完成率",
            rule="share_of_goal",
            term=term,
        )
    words = _LEADS_OVER.sub("", _FROM_BASE.sub("", s.words).strip(" ，、"))
    if words.endswith("占"):
        part = subject_in(trimmed(words[:-1], lexicons), lexicons)
        like = latest(s.context, lambda a: a.rule == "share" and a.quantity.start >= s.sentence)
        if like is not None and part is not None and part.endswith(_zones(lexicons)):
            # 3家合计完成工业总产值1152.3亿元，占全市的73%，其中某某高新区占35.6%
            return replace(inherited(s, phrase, like), subject=f"{part}{like.subject or ''}")
        words, phrase = words + "比", f"{part or ''}占比"  # 女学员占四成
    of_part = _PART_OF.fullmatch(words.strip("，、"))
    if of_part and last and last.direction.kind == "level" and last.quantity.start >= s.sentence:
        # 有出口实绩的企业只有47家，不到规上企业的四成
        share = lexicons.indicators["rate"]["占"]
        return About(
            s.quantity, s.direction, full_name(last), f"占{of_part[1]}的比重", "share", 0.8, share, None, phrase
        )
    whole = _OF_WHOLE.search(words)
    if whole is not None:
        return _of_whole(s, words, whole, phrase, lexicons)
    found = last_term(phrase, ("rate",), lexicons)
    if found is None:
        return _unknown(s, phrase, lexicons)
    at, term = found
    indicator, subject = phrase[at:], subject_in(trimmed(phrase[:at], lexicons), lexicons)
    named = _RATE.search(phrase)
    if term.term == "率" and named:
        indicator, subject = last_part(named[0]), last_part(trimmed(phrase[: named.start()], lexicons)) or None
    if subject is None and (len(indicator) < _COMPLETE or indicator.startswith(_COMPLETES)):
        earlier = latest(s.context, lambda a: a.direction.kind == "level")
        of_amount = term.code == "rate.share" or indicator.startswith(_COMPLETES)
        subject = full_name(earlier) if earlier and of_amount else latest_subject(s.context)
    elif subject is not None and last is not None and last.rule == "noun_behind" and last.subject:
        # 六大高耗能行业增加值占比: the measure is theirs
        theirs = s.text.endswith(last.subject, 0, s.quantity.start - len(s.words))
        subject = f"{last.subject}{subject}" if theirs and subject in lexicons.indicators["money"] else subject
    return About(s.quantity, s.direction, subject, indicator, "rate", 0.95, term, None, phrase)


def _things(s: Situation, lexicons: Lexicons) -> str:
    behind = s.text[s.quantity.end : clause_end(s.text, s.quantity.end, len(s.text))]
    return phrase_behind(behind, lexicons)


def _of_whole(s: Situation, words: str, whole: re.Match[str], phrase: str, lexicons: Lexicons) -> About:
    """占…的比重: the part is what stands before 占, or what was named last."""
    subject = last_part(trimmed(words[: whole.start()], lexicons)) or None
    earlier = latest(s.context, lambda a: a.direction.kind in ("level", "ratio") or a.rule == "change")
    lead = s.clauses_before
    if subject is None and lead and (earlier is None or earlier.quantity.start < s.sentence):
        subject = (
            last_part(trimmed(phrase_behind(lead, lexicons), lexicons)) or None
        )  # 东盟为第一大伙伴，占外贸总值的15.2%
    if earlier is not None and (subject is None or subject in lexicons.indicators["rank"]):
        subject = full_name(earlier) + (subject or "")
    found = last_term(words, ("rate",), lexicons)
    completes = found is not None and found[1].code == "rate.completion"
    term = found[1] if found and completes else lexicons.indicators["rate"]["占"]
    indicator = whole[1].removesuffix("的") + "的比重"
    return About(s.quantity, s.direction, subject, indicator, "share", 0.85 if subject else 0.6, term, None, phrase)


def _unknown(s: Situation, phrase: str, lexicons: Lexicons) -> About:
    if _DONE.search(s.words):  # 秋粮已收获8.63亿亩，完成66%
        earlier = latest(s.context, lambda a: a.direction.kind == "level")
        whose = phrase or (full_name(earlier) if earlier else None)
        rate = lexicons.indicators["rate"]["完成率"]
        return About(s.quantity, s.direction, whose, "完成率", "done", 0.7, rate, None, s.words)
    if _BECOMES.fullmatch(phrase) and (was := latest(s.context, lambda a: a.direction.kind == "ratio")):
        return inherited(s, "", was)  # 占比从上年同期的31%升到44%
    done = _DONE_BEHIND.match(s.text, s.quantity.end) if _REACHES.search(s.words) else None
    if done:  # 保交房项目提前3个月实现100%交付
        rates = lexicons.indicators["rate"]
        rate = rates.get(f"{done[1]}率", rates["完成率"])
        whose = phrase or latest_subject(s.context)
        return About(s.quantity, s.direction, whose, f"{done[1]}率", "done_behind", 0.7, rate, None, s.words)
    planned = _OF_PLAN.search(s.words)
    if planned:  # 完成一般公共预算收入15.93亿元，为年度预算的78.1%
        earlier = latest(s.context, lambda a: a.direction.kind == "level")
        rate = lexicons.indicators["rate"]["完成率"]
        whose = full_name(earlier) if earlier else None
        return About(s.quantity, s.direction, whose, f"{planned[1]}完成率", "done", 0.7, rate, None, phrase)
    if not phrase:
        behind = s.text[s.quantity.end : clause_end(s.text, s.quantity.end, len(s.text))]
        used = _USED.search(behind)
        are = _IS.match(behind) if not s.words.strip("，。；：、 ") else None
        if are:  # 从业人员6300多人，七成以上是本地农民
            share = lexicons.indicators["rate"]["占"]
            return About(s.quantity, s.direction, are[1], "占比", "among", 0.6, share, head_of(are[1], lexicons))
        opens = (s.words.strip("，。；：、") == "" or s.words.endswith("有") or used) and not s.text.endswith(
            "、", 0, s.quantity.start
        )
        thing = phrase_behind(behind, lexicons) if behind.startswith("的") or opens else ""
        told = _TOLD.search(s.text[max(s.sentence, s.quantity.start - _NEAR) : s.quantity.start])
        is_first = not any(about.quantity.start >= s.sentence for about in s.context)
        if told and not behind.startswith("的") and is_first and head_of(thing, lexicons) is None:
            subject = last_part(trimmed(told[1], lexicons)) or None  # 走出的学员，四分之三留在本地
            return About(s.quantity, s.direction, subject, plain_name(s.quantity), "told_before", 0.5)
        if thing:  # 99%的乡镇通公路, 60%公办中小学校纳入集团化管理
            name = "占比" if used else plain_name(s.quantity)
            return About(s.quantity, s.direction, thing, name, "thing_behind", 0.6, None, head_of(thing, lexicons))
        are = _ARE.match(s.text, s.quantity.end) if _AMONG.search(s.words) else None
        if are:
            thing = are[1]
            return About(s.quantity, s.direction, thing, "占比", "thing_behind", 0.6, None, head_of(thing, lexicons))
        if _AMONG.search(s.words) and (whole := latest(s.context, lambda a: a.direction.kind == "level")):
            share = lexicons.indicators["rate"]["占"]  # 人均年收入超2.8万元，其中近七成来自香菇
            return About(s.quantity, s.direction, full_name(whole), "占比", "among", 0.6, share, None, s.words)
        like = latest(s.context, lambda a: a.direction.kind == "ratio" and a.quantity.start >= s.sentence)
        return inherited(s, phrase, like)
    zone = last_part(phrase)
    others = zone.endswith(_zones(lexicons)) or _SOME.match(zone)
    like = latest(s.context, lambda a: a.direction.kind == "ratio") if others else None
    if like is not None:  # 陇泉经开区履约率96.4%；洮滨经开区仅有58.3%
        return replace(inherited(s, phrase, like), subject=zone)
    term = lexicons.indicators["rate"]["率"] if phrase.endswith(("率", "面", "度")) else None
    indicator = last_part(phrase)
    named = term is not None or indicator.endswith("之比")
    whose = None if named and len(indicator) >= _COMPLETE else latest_subject(s.context)
    return About(s.quantity, s.direction, whose, indicator, "rate_unknown", 0.6, term, None, phrase)


@cache
def _zones(lexicons: Lexicons) -> tuple[str, ...]:
    return tuple(lexicons.zone_suffixes)
