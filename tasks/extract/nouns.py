"""The names behind a quantity: the thing that a count counts, or that an amount stands before."""

import re
from functools import cache
from typing import Final

from tasks.extract.clauses import JOINS
from tasks.extract.lexicons import Lexicons, either
from tasks.extract.phrases import last_term
from tasks.extract.scan import head
from tasks.extract.times import times

_LEADS_ON: Final = head("的|以[上下内]的?|左右的?|多?的|内(?![容外部资需])的?|之内的?")
_MAINLY: Final = head("以[^，。；、\\d]{2,10}为(?:主|核心|重点|特色|代表|内容)(?:题|要内容)?的")
"""16部以现实题材为主的作品."""
_QUOTED: Final = re.compile("“([^“”，。；]{2,16})”")
_REACH: Final = 18
"""Characters of the longest name behind a quantity."""
_LONGEST_WORD: Final = 3
"""Characters of a word before the one that would end a name: 公共, 中国共产党."""
_LONGEST_BEHIND: Final = 8
"""Characters of a name that may follow a quoted word in it."""
_QUALITY: Final = re.compile("[化性型式质效优强]$|成本$|突出$|显著$|明显$|鲜明$|完善$|良好$|先进$|雄厚$")
_PLACE: Final = re.compile("(?![入进到落驻在返下])[一-龥]{1,4}[区园带圈城港站馆镇村]")
"""未来产业先导区: a place behind a thing that is known."""
_THEN: Final = re.compile("就(?!业|医|读|地|学|近|餐|诊|寝)")
_TAKES: Final = frozenset("领拿")
_MARK: Final = "、"
GRADED: Final = re.compile(r".{0,6}?[级类型性](?!人|才|别|车|化)(.{2,})$")
"""国家级绿色工厂: of which kind, and what."""
_GROWS: Final = (
    "同比",
    "增长",
    "下降",
    "分别",
    "增速",
    "增幅",
    "突破",
    "达",
    "均",
    "占",
    "高于",
    "低于",
    "实现",
    "保持",
)


def noun_behind(words: str, lexicons: Lexicons) -> str:
    """The noun phrase right behind a count: 家技术企业代表 → 技术企业代表. Empty where a verb or a mark follows.

    It ends with the last thing that the vocabulary knows: 五大园区着眼 → 园区.
    """
    if _THEN.match(words):
        return ""  # 现在9份就够
    phrase = phrase_behind(words, lexicons)
    if phrase in _TAKES:
        return ""  # 3915人领到补贴
    quoted = _QUOTED.match(_LEADS_ON.cut(words))
    if quoted and phrase == quoted[1]:
        return phrase  # 9场“直播带岗”
    told = last_term(phrase, ("money",), lexicons) if words[len(phrase) :].startswith(_GROWS) else None
    if told is not None and told[0] != 1 and told[0] + len(told[1].term) == len(phrase):
        return phrase[: told[0]]  # 对14个成员国进出口同比增长8.4%; of 186 firms 129家产值实现增长
    things, size = lexicons.indicators["count"], len(phrase)
    ends = [b for a in range(size) for b in range(a + 2, size + 1) if phrase[a:b] in things]
    if not ends or (max(ends) >= size - 1 and not phrase.endswith("中")):
        return phrase
    last = max(ends)
    place = _PLACE.match(phrase, last)
    if place:
        return phrase[: place.end()]
    if size - last > 1 and phrase[:last].endswith(tuple(lexicons.cues.attributive)):
        return phrase  # 国家物流枢纽, 社区工作者: the thing known says of which kind the named one is
    goes_on = phrase[-1] in things and not any(
        phrase[a:last] in things and things[phrase[a:last]].code for a in range(last)
    )
    # 国家 goes on to be 国家重点帮扶县, 企业 in 企业新购货车 does not
    if quoted and phrase.startswith("“") and last <= len(quoted[1]) + 1:
        return quoted[1]  # 10个“二线口岸”正式启用
    return phrase if goes_on else phrase[:last]


def same_grade(noun: str, behind: str, lexicons: Lexicons) -> str:
    """3个万亿级和7个千亿级产业集群: what only says of which kind is of the things behind the next number."""
    if not noun.endswith(tuple(lexicons.cues.adjectival)):
        return noun
    thing = GRADED.match(noun_behind(behind, lexicons))
    return noun + thing[1] if thing else noun


def phrase_behind(words: str, lexicons: Lexicons) -> str:
    """The words behind a quantity up to where a verb or a mark follows."""
    text = _MAINLY.cut(_LEADS_ON.cut(words))
    relative = _relative(lexicons).match(text)
    if relative:
        stop = _noun_end(text, relative.end(), lexicons)
        thing = last_term(text[relative.end() : stop], ("count",), lexicons)
        if thing is not None and relative.end() + thing[0] + len(thing[1].term) == stop:
            return text[:stop]
    quoted = _QUOTED.match(text)
    stop = _noun_end(text, quoted.end() if quoted else 0, lexicons)
    if quoted and stop == quoted.end():
        return quoted[1]
    # 低成本、定制化高层厂房, 国际性和全国性赛事: qualities of one thing
    while text.startswith(JOINS, stop) and _QUALITY.search(text, 0, stop) and stop < _REACH:
        after = _noun_end(text, stop + 1, lexicons)
        if after == stop + 1:
            break
        stop = after
    if 0 < stop < _REACH and text.startswith(_MARK, stop) and last_term(text[:stop], ("count",), lexicons) is None:
        thing = last_term(text[stop + 1 : _noun_end(text, stop + 1, lexicons)], ("count",), lexicons)
        if thing is not None and thing[0] >= _LONGEST_WORD:
            return text[: stop + 1 + thing[0] + len(thing[1].term)]  # 黄浦江、苏州河滨水驿站
    return text[:stop].removesuffix("的")  # 4个省的9个园区


def _noun_end(text: str, start: int, lexicons: Lexicons) -> int:
    """Where a name that begins at `start` ends: at a verb or mark that is no part of a word (共 in 公共卫生)."""
    stops, within = _noun_stops(lexicons), _within_names(lexicons)
    end = min(len(text), start + _REACH)
    opening = _opening(lexicons).match(text, start)
    at = opening.end() if opening else start
    while found := stops.search(text, at, end):
        first = found.start()
        words = [within.match(text, before) for before in range(max(at, first - _LONGEST_WORD), first + 1)]
        inside = max((word.end() for word in words if word), default=0)
        quoted = _QUOTED.match(text, first)
        goes_on = quoted and first > start and quoted.end() < len(text) and not stops.match(text, quoted.end())
        if quoted and goes_on:  # 专精特新“小巨人”企业: a quoted word inside a name
            inside, end = quoted.end(), min(len(text), max(end, quoted.end() + _LONGEST_BEHIND))
        if inside <= first:
            return first
        at = inside
    return end


@cache
def _noun_stops(lexicons: Lexicons) -> re.Pattern[str]:
    names = times(lexicons)
    return re.compile("|".join((*lexicons.cues.noun_stops, names.years, names.parts)))


@cache
def _within_names(lexicons: Lexicons) -> re.Pattern[str]:
    return re.compile(either(lexicons.cues.within_names))


@cache
def _relative(lexicons: Lexicons) -> re.Pattern[str]:
    """18项支持联盟发展的举措, 12个投资超10亿元的项目, 40个吸引力强、带动面广的消费场景."""
    quality = "[^，。；：、\\d]{2,8}[强高好广大优多快]"
    size = "[高长宽深重]\\d"
    opening = f"(?:{either(lexicons.cues.relative)}|{size})"
    return re.compile(f"(?:{opening}[^，。；：、]{{1,20}}?|{quality}(?:、{quality})+)的")


@cache
def _opening(lexicons: Lexicons) -> re.Pattern[str]:
    """30个开工项目: a verb that says which, right before a thing."""
    return re.compile(f"(?:集中|新|已|拟|未)?{either(lexicons.cues.which)}(?={either(lexicons.cues.which_things)})")
