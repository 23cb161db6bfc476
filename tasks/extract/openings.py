"""What may stand between the beginning of a clause and its subject: a time, or a word that leads over to it."""

import re
from functools import cache
from typing import Final

from tasks.extract.lexicons import Lexicons
from tasks.extract.times import TO, times

_WORDS: Final = (
    "[“—]|其中|此外|另外|同时|相比之下|而|但|如|比如|例如|以|据|在|位于|地处|落户在?|入驻|坐落于|坐落在|走进|来到|记者从|记者在|记者了解到|数据显示|增速较快的|"
    "(?:项目)?总投资[^，]{1,8}的|[一-龥]{2,8}最[大高多快]的|[是有]|本报讯|通讯员|[表图附]表?[一二三四五六七八九十\\d]{1,2}[：:]?|\\s"
)
_ENDS: Final = "。！？；\n"
_REACH: Final = 24
"""Characters between the beginning of a sentence and what it is about: a date, where and when."""


@cache
def leads(lexicons: Lexicons) -> re.Pattern[str]:
    """Matches any of it; what is left of a clause behind a full match begins with its subject."""
    names = times(lexicons)
    time = (
        rf"(?:20\d\d年)?(?:{names.seasons}|\d{{1,2}}{TO}\d{{1,2}}月份?|\d{{1,2}}月(?:份|底|末)?(?:\d{{1,2}}日)?)|20\d\d年|{names.years}"
        "|截至|以来|目前|当前|近日|日前|近年来|同期"
    )
    return re.compile(f"(?:{time}|{_WORDS})*")


def opens_sentence(text: str, at: int, lexicons: Lexicons) -> bool:
    """Whether nothing but a time or the like stands between the beginning of a sentence, or of its part, and `at`."""
    floor = max(0, at - _REACH)
    begin = max(text.rfind(mark, floor, at) for mark in _ENDS) + 1
    if begin == 0 < floor:
        return False
    return all(leads(lexicons).fullmatch(lead) for lead in text[begin:at].split("，"))
