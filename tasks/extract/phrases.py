"""The words around a quantity, trimmed to the thing that they name."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from tasks.extract.lexicons import Indicator, Lexicons, either
from tasks.extract.scan import Head, Tail, head, tail
from tasks.extract.times import COUNT, RELATIVE, TO, times

_TIMES_BEHIND: Final = tail(
    r"已?连续(?:[数多两三四五六七八九十]|\d{1,2})个?(?:年|月|季度)(?:保持)?|(?:(?:提升|提高|增加|增长|上升|扩大|下降|降低|减少|缩小|缩短|降|增)?[到至]|由|从)?20\d\d年(?:\d{1,2}月)?(?:底|末)?的?|(?:户均|人均|亩均|年均|年平均|月均|日均|平均|均)|(?<=[一-龥]{2})(?<![去今明前后近])(?:[两三四五六七八九十]|\d{1,2})年(?:间|来|累计)?"
)
_ASIDE: Final = head("(?:剔除|扣除|受|按照?)[^，]{2,12}(?:后|因素|计算|影响|口径)|同期(?:相比)?(?=$)|同期相比")
_COMPARED: Final = re.compile(
    r"(?:高于|低于|高出|快于|慢于|(?<!占)比(?![例重价率])|较(?![大小多强])|[位稳跃仍均]?(?<![旅宜隐定移新安群散聚邻同独])居(?!民|住|家)|列(?!车)|位列|排(?![放水污查除产队涝灌])|排名|超过|领先|相当于|分别比|分别高于|达到全|占全).*$"
)
_LIST_MARK: Final = re.compile(
    r"^(?:\d{1,2}[.、．)）]|[①-⑳]|[一二三四五六七八九十]{1,2}(?:、(?![二两]、)|是(?=..)))\s*"
)
_ADDRESSED: Final = head("[^，。；\\d]{0,14}?(?<![需主重只])要(?:紧盯|聚焦|对照|瞄准|锚定|围绕|紧扣|盯紧|对标)")
"""各部门要对照上半年工业总产值350亿元的目标: who is told to, and is not what is measured."""
_OF_GOAL: Final = re.compile("(?:^|占|完成|为|是)(?:全?年度?|年度|全年|半年)?(?:目标|任务|计划)(?:任务|数)?$")
_LINKS: Final = head("(?:了|各类|各级|各地(?![市区方])|各|一批)(?=..)")
_SUFFIXES: Final = frozenset("性型率")
"""Behind a verb they make a name of it: 补贴性职业技能培训."""
_WITH_ABLE: Final = "产功性效职技智"
"""Characters that end a noun with 能: there is no 能达到 in 产能达到."""
_OWNS: Final = "有[^，。；：、的\\d]{2,8}的[^，。；：、的\\d]{2,6}"
"""有出口实绩的企业只有47家: which ones are counted."""
_LONGEST_TERM: Final = 12
_INNER_VERB: Final = re.compile("(?:举办|开展|召开|组织|发放|引进|培育|建成|查处|签订|新增|实现|完成)(?:了|各类)?")


def trimmed(words: str, lexicons: Lexicons) -> str:
    """The words before a number without what joins, dates or leads over: 其中，在库项目有 → 在库项目."""
    text = _ADDRESSED.cut(_LIST_MARK.sub("", words.strip(" ，。；：、（）()/")))
    leading, trailing = _leading(lexicons), _trailing(lexicons)
    while text:
        before = text
        text = trailing.cut(text)
        text = leading.cut(text).lstrip("，、：“”")
        text = _TIMES_BEHIND.cut(_ASIDE.cut(_times(lexicons).cut(text)))
        text = _per_each(lexicons).cut(text)
        if text == before:
            break
    return _per_each(lexicons).cut(_times_inside(lexicons).sub("", text).strip("，、：“的"))


def of_goal(words: str) -> bool:
    """Whether the words before an amount say that it is the goal which a share is of: 占年度目标780亿元的52.9%."""
    return _OF_GOAL.search(words) is not None


def without_verb(words: str, lexicons: Lexicons) -> str:
    """The words without the verb that opens them: 查处假冒用标产品 → 假冒用标产品."""
    previous = None
    while previous != words:
        previous = words
        stripped = _verbs(lexicons).cut(words)
        # 出口退税: what is left is no name, so the verb was a part of it
        whole = len(stripped) < 2 or stripped in lexicons.cues.verbs or stripped[0] in _SUFFIXES
        words = words if whole else stripped
        words = _LINKS.cut(words)
    inner = list(_INNER_VERB.finditer(words)) if len(words) > 8 else []
    if inner and last_term(words[inner[-1].end() :], ("count",), lexicons):
        return words[inner[-1].end() :]
    return words


def without_comparison(words: str, lexicons: Lexicons) -> str:
    """The words up to where they begin to compare: 增速高于全市平均水平 → 增速."""
    return _COMPARED.sub("", _compared_with(lexicons).sub("", words)).rstrip("分别的，")


def last_term(words: str, families: tuple[str, ...], lexicons: Lexicons) -> tuple[int, Indicator] | None:
    """The term of the vocabulary that ends last in the words (the longest that ends there), and where it begins."""
    terms, last_characters = _terms(families, lexicons)
    for end in range(len(words), 0, -1):
        if words[end - 1] in last_characters:
            for start in range(max(0, end - _LONGEST_TERM), end):
                term = terms.get(words[start:end])
                # no 高 in 高技术制造业
                if term is not None and (end - start > 1 or end == len(words) or term.family == "count"):
                    return start, term
    return None


@cache
def _terms(families: tuple[str, ...], lexicons: Lexicons) -> tuple[Mapping[str, Indicator], frozenset[str]]:
    """The terms of some families (one of two families is of the first), and the characters that they end with."""
    terms = {term: found for family in reversed(families) for term, found in lexicons.indicators[family].items()}
    return terms, frozenset(term[-1] for term in terms)


@cache
def _compared_with(lexicons: Lexicons) -> re.Pattern[str]:
    before = f"(?:{either(year for year, back in lexicons.years.items() if back == -1)})?"
    return re.compile(
        f"按年|按?(?:不变|当年)价格?计算|按可比价格计算|按可比价|同口径|同比|环比|比增|与[^，]{{2,8}}相比|{before}同期相比|(?:由|从){before}同期的?"
    )


@cache
def _per_each(lexicons: Lexicons) -> Tail:
    return tail(f"每个?{either(lexicons.denominators)}(?:可|能)?")


@cache
def _leading(lexicons: Lexicons) -> Head:
    return head(f"(?!{either(lexicons.cues.keep)}|{_OWNS}){either(lexicons.cues.leading)}(?=.{{2}}|$)")


@cache
def _trailing(lexicons: Lexicons) -> Tail:
    bounding = lexicons.qualifiers
    guards = {word: chars for word, chars in bounding.not_behind.items() if word not in bounding.of_tenths}
    guards |= {word: _WITH_ABLE for word in lexicons.cues.trailing if word.startswith("能")}
    guarded = "|".join(f"(?<![{chars}]){word}" for word, chars in guards.items())
    return tail(f"{either(word for word in lexicons.cues.trailing if word not in guards)}|{guarded}")


@cache
def _verbs(lexicons: Lexicons) -> Head:
    return head(f"(?!{either(lexicons.cues.keep)}){either(lexicons.cues.verbs)}(?=..)")


@cache
def _times(lexicons: Lexicons) -> Head:
    names = times(lexicons)
    year = rf"{names.years}|20\d\d年(?:\d{{1,2}}月)?"
    month = rf"(?:\d{{1,2}}{TO})?\d{{1,2}}月(?:份|底|末)?(?:\d{{1,2}}日)?"
    lately = f"(?:近|过去)(?:{COUNT}|几)年(?:间|来)?"
    spans = rf"“?{names.plans}”?|{year}|{month}|{names.seasons}|{RELATIVE}|[前首](?:{COUNT})个?月|{lately}"
    return head(f"(?:截至|到|至)?(?:{spans})(?:时期|以来|期间|内|底|末|前(?!期))?")


@cache
def _times_inside(lexicons: Lexicons) -> re.Pattern[str]:
    names = times(lexicons)
    return re.compile(rf"(?:{names.years}|20\d\d年)?(?:{names.parts}|\d{{1,2}}{TO}\d{{1,2}}月份?|\d{{1,2}}月份)")
