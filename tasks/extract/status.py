"""Whether a quantity is a fact, a plan, an expectation or a target."""

import re
from datetime import date
from functools import cache
from typing import Final, cast

from tasks.extract.lexicons import Lexicons
from tasks.extract.scan import Finder, finder
from tasks.records import Status

_FROM: Final = re.compile("(?:由|从)[^，。；到至]{0,6}$")
"""由31%提高到45%: what a change starts from is a fact, whatever becomes of it."""

_SHARE_OF: Final = re.compile("投资的$")
"""占年度计划投资的28.6%: a share of a plan is none."""
_DEADLINE: Final = re.compile(r"[到至](20\d\d)年[底末]?，")
_NEAR: Final = 14
"""Characters before a number that name it: 年度计划投资 and the like."""
_REACH: Final = 400
"""Characters over which a plan holds: longer sentences are lists that were glued together."""


def status_of(sentence: str, at: int, phrase: str, issue: date | None, lexicons: Lexicons) -> Status:
    """The status of the quantity at offset `at` of a sentence; `phrase` are the words that name it.

    The last cue before the quantity decides: 计划 holds until 已 or 截至 takes over.
    """
    phrases, scoped = _patterns(lexicons)
    before = sentence[max(0, at - _NEAR) : at]
    own = phrases.search(before.rpartition("，")[2]) or (None if _SHARE_OF.search(before) else phrases.search(phrase))
    if own:
        return _told(own)
    if _FROM.search(before):
        return "actual"
    status: Status = "actual"
    for found in scoped.all(sentence, max(0, at - _REACH), at):
        if not found["no"]:
            status = _told(found)
    ahead = _DEADLINE.search(sentence, max(0, at - _REACH), at)
    if status == "actual" and ahead and issue is not None and int(ahead[1]) > issue.year:
        return "target"
    return status


def is_start(sentence: str, at: int) -> bool:
    """Whether the quantity at offset `at` is what a change starts from: 由31%提高到45%."""
    return _FROM.search(sentence[max(0, at - _NEAR) : at]) is not None


def _told(found: re.Match[str]) -> Status:
    return cast("Status", found.lastgroup)


@cache
def _patterns(lexicons: Lexicons) -> tuple[re.Pattern[str], Finder]:
    cues = lexicons.cues
    own = [f"(?P<{cue.status}>{'|'.join(cue.words)})" for cue in cues.status if cue.scope == "phrase"]
    scoped = [f"(?P<{cue.status}>{'|'.join(cue.words)})" for cue in cues.status if cue.scope == "sentence"]
    # 计划投资 names an indicator, and says nothing of what follows it
    named = [word for cue in cues.status if cue.scope == "phrase" for word in cue.words]
    no = "|".join((*cues.no_status, *named))
    return re.compile("|".join(own)), finder(f"(?P<no>{no})|{'|'.join(scoped)}|(?P<actual>{'|'.join(cues.actual)})")
