"""Counts: the thing stands behind the number (30余个生产主体) or before it (在库项目12个)."""

import re
from dataclasses import replace
from functools import cache
from typing import Final

from tasks.extract.about import (
    ALL_FAMILIES,
    MILESTONE,
    ZONE_COUNT,
    About,
    Situation,
    full_name,
    head_of,
    is_function_word,
    last_part,
    latest,
)
from tasks.extract.lexicons import Lexicons, either
from tasks.extract.nouns import GRADED, phrase_behind
from tasks.extract.phrases import last_term, trimmed, without_verb
from tasks.extract.places import zones_in
from tasks.extract.quantity import bounds, not_smaller

_KIND_OF: Final = re.compile("的(?:共|仅|只|还|则)?(?:有|为|达|占)?$")
_LONGEST_GRADE: Final = 5
_DOING: Final = re.compile(
    "(?:现场|集中|当场|全部|初步)?(?:参加|参与|参训|参赛|到场|报名|达成|留在|通过|拿到|领到|考取|取得|获得|实现|签约|入选|晋级|受益|返乡|上岗|就业|创业)[^，。；：、！？（）\\d]{0,10}"
)
_PEOPLE: Final = frozenset(("人", "名", "位", "人次", "家", "户", "对"))
PLACES: Final = frozenset(("省", "省区", "市", "地市", "地级市", "县", "乡", "镇", "村", "国", "部门"))
"""Measure words that are the thing themselves: 覆盖14市、88县."""
_ACTS: Final = frozenset(("次", "场", "场次", "期", "届", "轮"))
"""Measure words of what was done, and of no things: 经过5次扩围，已设立21个."""
_OWNERS: Final = frozenset(("家", "户"))
_ORGANISED: Final = ("部门", "单位", "国家")
"""4个部门的执法人员: they are counted, and not whose they are."""
_DIGIT: Final = re.compile(r"\d")
_GOES_WELL: Final = re.compile(
    "(?:持续|继续|稳步|不断|快速|大幅)?(?:保持|实现|呈现|迎来|增长|提升|下降|回升|向好|走强|升级|释放)"
)
_OF_THEM: Final = re.compile("其余[^，。；、]{1,10}共(?:有|计)?$")
"""赤壁高新区6个，其余三个开发区共8个: of what is counted zone by zone."""
_REST: Final = re.compile("(?:其余|剩余|余下)的?$")
_GOT: Final = re.compile("(?:已|均已|已经|全部)?((?:完成|取得|通过|办理|启动|进入)[^，。；、\\d]{2,8})(?=[，。；、])")
_NEAR: Final = 16
"""Characters before a count in which it is said of what it is the rest."""
_ALREADY: Final = re.compile("(?:已|均已|已经|现已)(?:累计|全部)?([一-龥]{2,4}?)(?:完成|了)?$")
_PEAK: Final = re.compile("(?:最[一-龥]{1,2}|高峰)的?(?:一天|一次|一月|时候|时段|时|日|月|年|期)?")
_ALL_TOLD: Final = re.compile("，?(?:一共|总共|共|共计|合计|现)有?")
_ABILITY: Final = re.compile("(?:年)?(?:生产|加工|处理|制造)能力|产能")
"""形成年产风机1200台、叶片3600片的生产能力: no thing that is counted."""
_SURE, _UNSURE = 0.9, 0.7
"""Confidence when the vocabulary knows the counted thing, and when it does not."""


def about_count(situation: Situation, lexicons: Lexicons) -> About:
    """What a count counts."""
    s = situation
    phrase = trimmed(s.direction.stem, lexicons)
    head = head_of(phrase, lexicons) if s.quantity.classifier in _PEOPLE else None
    if s.quantity.classifier in PLACES:
        head = lexicons.indicators["count"].get(s.quantity.classifier)
        return About(
            s.quantity, s.direction, s.quantity.classifier, "数量", "classifier", _SURE, head=head, phrase=phrase
        )
    if s.noun and head is not None and phrase.endswith(head.term) and s.text.startswith("“", s.quantity.end):
        # 聘请专家45人次“把脉问诊”
        subject = last_part(without_verb(phrase, lexicons))
        return About(s.quantity, s.direction, subject, "数量", "noun_before", _SURE, head=head, phrase=phrase)
    if s.noun.endswith(tuple(lexicons.cues.milestones)):
        return _milestones(s, phrase, lexicons)
    if s.noun and not _ABILITY.fullmatch(s.noun):
        done = _done_to(lexicons).search(s.words)
        found = head_of(s.noun, lexicons) if done else None
        if done and found is not None:
            subject = f"{done[1]}{s.noun}"  # 签约的108个项目
            return About(s.quantity, s.direction, subject, "数量", "noun_behind", _SURE, head=found, phrase=subject)
        owner, _, owned = s.noun.partition("的")
        owners = owned and (s.quantity.classifier in _OWNERS or owner.endswith(_ORGANISED))
        # 29家合作社的加工车间: 家 counts whose they are
        head = (head_of(owner, lexicons) if owners else None) or head_of(s.noun, lexicons)
        sure = _SURE if head else _UNSURE
        return About(s.quantity, s.direction, s.noun, "数量", "noun_behind", sure, head=head, phrase=phrase + s.noun)
    bare = without_verb(phrase, lexicons)
    begun = _done_of(s, bare, lexicons)
    if begun is not None:
        return begun
    if _PEAK.fullmatch(bare):
        return _counted_before(s, "", lexicons)  # 日均通行780辆次，最忙的一天达到935辆次
    if bare in lexicons.cues.sums and bare != phrase and phrase.endswith(bare) and (own := head_of(phrase, lexicons)):
        subject = phrase.removesuffix(bare)  # 全年培训规模达到9000人次
        return About(s.quantity, s.direction, subject, bare, "noun_before", _SURE, head=own, phrase=phrase)
    topic = _topic(s.clause_before, lexicons) if bare in lexicons.cues.dependent else None
    if topic:  # 新能源汽车保持高速增长，产销量超过70万辆
        head = head_of(topic, lexicons)
        return About(s.quantity, s.direction, topic, bare, "clause_before", 0.6, head=head, phrase=bare)
    if bare in lexicons.indicators["count"]:
        bare = phrase  # 续建项目: without its verb only a kind of thing would be left
    kind_of = _KIND_OF.search(s.words)
    if kind_of and bare and head_of(bare, lexicons) is None:
        like = latest(s.context, lambda a: a.quantity.classifier == s.quantity.classifier and a.head is not None)
        if like is not None and like.head is not None:  # 增长的开发区有49家，下降的有18家
            subject = f"{last_part(bare)}的{like.head.term}"
            return About(s.quantity, s.direction, subject, "数量", "graded", 0.7, head=like.head, phrase=phrase)
    adjectival = bare.endswith(tuple(lexicons.cues.adjectival))
    if adjectival:
        like = latest(s.context, lambda a: a.quantity.classifier == s.quantity.classifier and a.head is not None)
        head = like.head if like else None
        named = latest(s.context, lambda a: a.quantity.classifier == s.quantity.classifier and a.subject is not None)
        thing = GRADED.match(named.subject or "") if named and len(bare) <= _LONGEST_GRADE else None
        if thing:  # 国家级绿色工厂2家、省级5家
            subject = last_part(bare) + thing[1]
            return About(s.quantity, s.direction, subject, "数量", "graded", 0.8, head=head, phrase=phrase)
    else:
        head = head_of(bare, lexicons)
    names_thing = (
        len(bare) > 1
        and bare not in lexicons.cues.sums
        and not bare.endswith("中")
        and not _stages(lexicons).fullmatch(bare)
    )
    if head is not None and head.code == ZONE_COUNT and zones_in(bare, 0, len(bare), lexicons):
        like = latest(s.context, lambda a: a.quantity.classifier == s.quantity.classifier and _is_of_things(a))
        if like is not None:  # 签约项目47个。其中，内江经开区16个
            return About(s.quantity, s.direction, like.subject, "数量", "inherited", 0.6, head=like.head, phrase=phrase)
    if names_thing and (head or not is_function_word(bare, lexicons)):
        sure = _SURE if head else _UNSURE
        return About(s.quantity, s.direction, last_part(bare), "数量", "noun_before", sure, head=head, phrase=phrase)
    return _in_clause_before(s, bare, lexicons) or _counted_before(s, phrase, lexicons)


@cache
def _done_to(lexicons: Lexicons) -> re.Pattern[str]:
    return re.compile(f"({either(lexicons.cues.stages)})的$")


@cache
def _done_behind(lexicons: Lexicons) -> re.Pattern[str]:
    return re.compile(f"(?:已|均已|已经)?({either(lexicons.cues.stages)})(?=[，。；、]|$)")


def _done_of(s: Situation, bare: str, lexicons: Lexicons) -> About | None:
    """规划建设的6条生产线已安装4条: so many of the things that were counted right before."""
    last = s.context[-1] if s.context and s.context[-1].quantity.start >= s.sentence else None
    done = _ALREADY.search(s.words) if last is not None and last.head is not None else None
    if last is None or done is None or head_of(bare, lexicons) is not None:
        return None
    if last.quantity.classifier != s.quantity.classifier or not not_smaller(last.quantity, s.quantity):
        return None
    name = f"{done[1]}数量"
    return About(s.quantity, s.direction, last.subject, name, "inherited", 0.7, head=last.head, phrase=done[1])


def _is_of_things(about: About) -> bool:
    """Whether a count is of things that the vocabulary knows, and of no zones."""
    return about.direction.kind == "level" and about.head is not None and about.head.code not in (None, ZONE_COUNT)


def _milestones(s: Situation, phrase: str, lexicons: Lexicons) -> About:
    """地区生产总值连续迈上4个万亿元台阶: steps of a measure, which the amounts behind them go on with."""
    steps, exact = s.quantity, bounds(s.quantity.value, "exact") if s.quantity.value is not None else None
    if exact is not None and steps.qualifier == "over" and steps.raw_value.isdigit():
        steps = replace(steps, qualifier="exact", low=exact[0], high=exact[1])  # 迈上 bounds no count
    found = last_term(phrase, ALL_FAMILIES, lexicons)
    subject = last_part(without_verb(phrase, lexicons)) or None
    term = found[1] if found is not None and phrase.endswith(found[1].term) else None
    return About(steps, s.direction, subject, f"{s.noun}数量", MILESTONE, _UNSURE, term, phrase=phrase)


def _topic(clause: str, lexicons: Lexicons) -> str:
    """What a clause is about: the words up to its verb; empty where it tells of a quantity itself."""
    if _DIGIT.search(clause):
        return ""
    return last_part(trimmed(_GOES_WELL.split(phrase_behind(clause, lexicons))[0], lexicons))


def _in_clause_before(s: Situation, verb: str, lexicons: Lexicons) -> About | None:
    """像这样的堵点问题，全区已化解217个: what the verb is done to opens the sentence."""
    clause = s.clause_before
    found = last_term(clause, ("count",), lexicons) if verb in lexicons.cues.verbs else None
    if found is None or _DIGIT.search(clause) or not clause.endswith(found[1].term):
        return None
    subject = last_part(trimmed(clause, lexicons))
    return About(
        s.quantity, s.direction, subject, "数量", "clause_before", 0.7, head=found[1], phrase=f"{subject}{verb}"
    )


def _counted_before(s: Situation, phrase: str, lexicons: Lexicons) -> About:
    """预计还有5个, 竣工投产8个: what is counted was named before."""
    if _ALL_TOLD.fullmatch(s.words):
        topic = _topic(s.clause_before, lexicons)
        thing = head_of(topic, lexicons)
        if thing is not None and topic.endswith(thing.term):  # 人工授精点遍布乡村，共有86个
            return About(s.quantity, s.direction, topic, "数量", "clause_before", 0.6, head=thing, phrase=topic)
    acts = s.quantity.classifier in _ACTS
    earlier = latest(
        s.context,
        lambda a: (
            a.quantity.classifier is not None and a.subject is not None and (acts or a.quantity.classifier not in _ACTS)
        ),
    )
    if _OF_THEM.search(s.text, max(s.sentence, s.quantity.start - _NEAR), s.quantity.start):
        earlier = latest(s.context, lambda a: a.quantity.classifier is not None and _is_of_things(a)) or earlier
    rest = _REST.search(s.words)
    if rest and (total := _divided_total(s)):
        others = f"其余{total.subject}"  # 规上企业132家，其中食品加工58家，其余36家
        return About(s.quantity, s.direction, others, "数量", "inherited", 0.7, head=total.head, phrase=phrase)
    if s.context and not s.words and s.context[-1].subject:
        earlier = s.context[-1]  # 60万吨丙烷脱氢装置2套
    if s.context and not phrase and s.context[-1].rule == "thing_behind" and s.context[-1].quantity.start >= s.sentence:
        earlier = s.context[-1]  # 总量超千亿元的县域达12个
    subject, head = (earlier.subject, earlier.head) if earlier else (None, None)
    if earlier and earlier.term is not None and earlier.term.family == "count":
        subject, head = full_name(earlier), earlier.term  # 高新技术企业净增31家，总数达到138家
    doing = _DOING.match(s.text, s.quantity.end) if not phrase else None
    if doing and s.quantity.classifier in _PEOPLE:  # 861人现场达成就业意向
        return About(s.quantity, s.direction, doing[0], "数量", "doing", 0.6, phrase=doing[0])
    if not phrase:  # 108个项目已有91个落地, 27个完成备案、18个取得用地手续
        stage = _done_behind(lexicons).match(s.text, s.quantity.end) or _GOT.match(s.text, s.quantity.end)
        phrase = stage[1] if stage else phrase
    sure = 0.5 if subject else 0.3
    return About(s.quantity, s.direction, subject, f"{phrase}数量", "inherited", sure, head=head, phrase=phrase)


def _divided_total(s: Situation) -> About | None:
    """The count of the sentence that those behind it and this one, which is the rest, make up."""
    alike = [a for a in s.context if a.quantity.start >= s.sentence and a.quantity.classifier == s.quantity.classifier]
    rest = s.quantity.value or 0
    for about in reversed(alike):
        if about.quantity.value == rest and about.subject is not None and about.head is not None:
            return about
        rest += about.quantity.value or 0
    return None


@cache
def _stages(lexicons: Lexicons) -> re.Pattern[str]:
    return re.compile(f"(?:当年|本年|年内|现|再|已|还有?|新)*{either(lexicons.cues.stages)}+")
