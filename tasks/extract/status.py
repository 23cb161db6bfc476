"""Whether a quantity is a fact, a plan, an expectation or a target."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import itemgetter
from typing import Final, cast

from tasks.extract.lexicons import Lexicons
from tasks.extract.scan import Finder, finder
from tasks.records import Status

_FROM: Final = re.compile("(?:由|从)[^，。；到至]{0,6}$")
"""由31%提高到45%: what a change starts from is a fact, whatever becomes of it."""

_STARTS: Final = frozenset("由从")

_AFTER: Final = re.compile("[达投建满][产成用效]+后")
_HAPPENED: Final = re.compile(
    "(?<!明年)(?:\\d{1,2}月(?:份|底|末|以来)?|[一二三四]季度|上半年|去年|上年|今年以来)(?![^，；]*(?:将|可|预计|有望))"
    "|(?<![可将能])(?:由|从)[^，。；可将能]{1,16}(?:缩短|压缩|压减|减少|降低|降|提高|提升|增加|增|升)(?:了|到|至|为)"
)
"""投用后，通行时间由15分钟缩短到3分钟，4月份通行5400辆次: told as what has come of it."""
_AHEAD: Final = re.compile(
    r"[^，。；：已]{0,16}?(?:(?P<expected>(?<!不)可(?!再生|穿戴|视)|将|有望|预计)|(?P<planned>计划|拟))[^，。；\d]{0,4}?"
    r"(?:\d{1,2}月[底中初]?前?)?[^，。；\d]{0,6}?(?:开工|复工|完成|办结|投产|竣工|建成|投用|交付|达产|完工|启用|投运|通车|上市)"
)
"""还有21个项目年底可建成投产: of the things behind a number, what is still to come."""
_NOT_BEGUN: Final = re.compile("(?:的)?项目[未尚仍]")
_GOAL: Final = re.compile(
    "(?:的[^，。；、\\d]{1,6}?)?的?(?:奋斗)?目标(?!企业|市场|客户|人群|群体|岗位)|的?(?:任务|计划)的"
)
"""完成全年64亿元目标的91.1%, 对照全年2200亿元的产值目标."""
_SHARE_OF: Final = re.compile("投资(?:[\\d.]+[万亿]*元)?的$")
"""占年度计划投资的28.6%: a share of a plan is none."""
_DEADLINE: Final = re.compile(r"(?<!年)[到至](20\d\d)年[底末]?，")
_OVER: Final = re.compile(
    "(?:明年|今年|年底|年内|月底|\\d{1,4}年|\\d{1,2}月(?:底|初|份)?|\\d{1,2}日|前|底)*"
    "(?:交付|开工|投用|投产|竣工|完工|建成|启用|通车|入驻|上市|达产|交房|开业|运营|开园)(?:使用)?；"
)
"""680套计划明年6月交付；改造老旧小区8个: told of the things before, and of nothing behind."""
_DONE: Final = frozenset("已现目一")
"""How 已, 现有, 目前 and 一直 begin; what is 累计建成 may lie ahead."""
_NEAR: Final = 14
"""Characters before a number that name it: 年度计划投资 and the like."""
_REACH: Final = 400
"""Characters over which a plan holds: longer sentences are lists that were glued together."""


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of a sentence that tell plans from facts: where each begins and ends, and what it says."""

    sentence: str
    found: tuple[tuple[int, int, Status], ...]
    lexicons: Lexicons

    def status_of(self, at: int, phrase: str, issue: date | None) -> Status:
        """The status of the quantity at offset `at` of the sentence; `phrase` are the words that name it.

        The last cue before the quantity decides: 计划 holds until 已 or 截至 takes over.
        """
        sentence, phrases = self.sentence, _phrases(self.lexicons)
        before = sentence[max(0, at - _NEAR) : at]
        own = phrases.search(before.rpartition("，")[2]) or (
            None if _SHARE_OF.search(before) else phrases.search(phrase)
        )
        if own:
            return _told(own)
        if _FROM.search(before):
            return "actual"
        last = self._last(at)
        status = last[2] if last is not None else "actual"
        if last is not None and _AFTER.match(sentence, last[0]) and _HAPPENED.search(sentence, last[1], at):
            status = "actual"
        ahead = _DEADLINE.search(sentence, max(0, at - _REACH), at)
        if status == "actual" and ahead and issue is not None and int(ahead[1]) > issue.year:
            return "target"
        return status

    def status_behind(self, end: int, *, names_things: bool) -> Status | None:
        """What is said behind the quantity that ends at `end`, of it or of the things that it counts, if it tells."""
        if _GOAL.match(self.sentence, end):
            return "target"
        ahead = _AHEAD.match(self.sentence, end) if names_things else None
        if ahead and _NOT_BEGUN.match(self.sentence, ahead.end()):
            return "actual"  # 仍有3个计划新开工项目未开工
        return _told(ahead) if ahead else None

    def are_done(self, since: int, at: int) -> bool:
        """Whether it is said behind `since` that what stands at `at` was done: 计划8月投用，已锁定企业11家."""
        last = self._last(at)
        return last is not None and last[0] >= since and self.sentence[last[0]] in _DONE

    def _last(self, at: int) -> tuple[int, int, Status] | None:
        last = bisect_right(self.found, at, key=itemgetter(1)) - 1
        while last >= 0 and self.sentence[self.found[last][0] - 1 : self.found[last][0]] in _STARTS:
            last -= 1  # 将由目前5小时缩短至2小时: told of what the change starts from
        if last < 0 or self.found[last][0] < at - _REACH:
            return None
        return None if _OVER.match(self.sentence, self.found[last][1], at) else self.found[last]


def cues_in(sentence: str, lexicons: Lexicons) -> Cues:
    """The cues of a sentence, found once for all of its quantities."""
    matches = _scoped(lexicons).all(sentence)
    return Cues(sentence, tuple((*match.span(), _told(match)) for match in matches if not match["no"]), lexicons)


def is_start(sentence: str, at: int) -> bool:
    """Whether the quantity at offset `at` is what a change starts from: 由31%提高到45%."""
    return _FROM.search(sentence[max(0, at - _NEAR) : at]) is not None


def _told(found: re.Match[str]) -> Status:
    return cast("Status", found.lastgroup)


@cache
def _phrases(lexicons: Lexicons) -> re.Pattern[str]:
    own = [f"(?P<{cue.status}>{'|'.join(cue.words)})" for cue in lexicons.cues.status if cue.scope == "phrase"]
    return re.compile("|".join(own))


@cache
def _scoped(lexicons: Lexicons) -> Finder:
    cues = lexicons.cues
    scoped = [f"(?P<{cue.status}>{'|'.join(cue.words)})" for cue in cues.status if cue.scope == "sentence"]
    # 计划投资 names an indicator, and says nothing of what follows it
    named = [word for cue in cues.status if cue.scope == "phrase" for word in cue.words]
    no = "|".join((*cues.no_status, *named))
    return finder(f"(?P<no>{no})|{'|'.join(scoped)}|(?P<actual>{'|'.join(cues.actual)})")
