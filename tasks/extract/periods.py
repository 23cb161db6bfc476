"""The time that a quantity is about, resolved against the issue's date and never against the clock."""

import re
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Final

from tasks.extract.lexicons import Lexicons
from tasks.extract.numerals import number
from tasks.extract.scan import Finder, finder
from tasks.extract.times import COUNT, RELATIVE, TO, times
from tasks.records import Period, Status

_FLOWS: Final = re.compile("已|完成|累计|实现|新增|共")
_PAUSE: Final = re.compile("[，；]")
_REACH: Final = 400
"""Characters behind a mention in which it may stand by its quantity: longer stretches are lists glued together."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A period as named in a text: where, and what it resolves to."""

    start: int
    end: int
    period: Period
    is_span: bool
    """Whether it is a stretch that figures are summed over (1—9月, 2023年), and no day or deadline."""


@dataclass(frozen=True, slots=True)
class Mentions:
    """The periods that a text names, in order."""

    items: tuple[Mention, ...]
    starts: tuple[int, ...]

    def between(self, start: int, end: int) -> Sequence[Mention]:
        """Those that begin in `text[start:end]`."""
        return self.items[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def last(self, start: int, end: int) -> Mention | None:
        """The last of those that begin in `text[start:end]`."""
        at = bisect_left(self.starts, end) - 1
        return self.items[at] if at >= 0 and self.starts[at] >= start else None


def mentions_in(text: str, issue: date | None, lexicons: Lexicons) -> Mentions:
    """The periods that a text names; what the issue's date would have to resolve is left out without one."""
    found: list[Mention] = []
    # 《三年行动计划（2020-2022年）》: the years of a plan's title are no period of what the text reports
    titles = [title.span() for title in dict(lexicons.claims)["title"].all(text)]
    title_starts = [start for start, _ in titles]
    for match in _finder(lexicons).all(text):
        start, end = match.span()
        title = bisect_right(title_starts, start) - 1
        if match[0] == match["until"] or (title >= 0 and start < titles[title][1]):
            continue
        told = lexicons.years[match["told"]] if match["told"] else None
        year = int(match["year"]) if match["year"] else issue.year + (told or 0) if issue else None
        if year is None:
            continue
        if told == 0 and not (
            match["from"] or match["first"] or match["month"] or match["season"] or match["of"] == "全年"
        ):
            if issue is not None and issue > date(issue.year, 1, 1):
                since = Period(date(issue.year, 1, 1), issue, match[0], "issue")
                found.append(Mention(start, end, since, is_span=True))
            continue
        named = _resolved(match, year, issue, lexicons)
        if named is not None and not _compares(text, start, end, lexicons):
            found.append(Mention(start, end, named, is_span=not match["day"] and not match["until"]))
    return Mentions(tuple(found), tuple(mention.start for mention in found))


def period_of(
    text: str,
    sentence_start: int,
    at: int,
    mentions: Mentions,
    carried: Mention | None,
    status: Status,
    issue: date | None,
) -> Period | None:
    """The period of a quantity at `at`: the last one named before it in its sentence, else the one carried along."""
    last = mentions.last(sentence_start, at)
    if last is not None:
        stated = at - last.end <= _REACH and not _PAUSE.search(text, last.end, at)
        period = last.period if stated or last.period.basis == "issue" else replace(last.period, basis="inherited")
        return _for_status(period, last, text[last.end : min(at, last.end + _REACH)], status, issue)
    if carried is not None and (status == "actual" or (issue is not None and carried.period.end > issue)):
        return replace(carried.period, basis="inherited")
    return None


def _for_status(period: Period, mention: Mention, between: str, status: Status, issue: date | None) -> Period:
    """今年 ends with the issue's date for facts, with the year for plans; work done 截至6月底 began in January."""
    if period.basis == "issue" and status != "actual" and issue is not None and period.end == issue:
        return replace(period, end=date(issue.year, 12, 31))
    if period.text.startswith(("截", "到", "至")) and _FLOWS.search(between) and not mention.is_span:
        return replace(period, start=date(period.end.year, 1, 1))
    return period


def whole_year(period: Period | None, issue: date | None) -> Period | None:
    """The year that 年度计划投资 is planned for: the one that is spoken of, else the issue's."""
    if period is not None:
        return replace(period, start=date(period.start.year, 1, 1), end=date(period.start.year, 12, 31))
    return Period(date(issue.year, 1, 1), date(issue.year, 12, 31), "年度", "issue") if issue else None


def event_day(text: str, issue: date | None) -> date | None:
    """The day that a first sentence states (7月31日), in the issue's year unless it names its own."""
    found = re.match(r"[^。]{0,40}?(?:(\d{4})年)?(\d{1,2})月(\d{1,2})(?:日|号|[-—至])", text.split("。", maxsplit=1)[0])
    if not found:
        return None
    year = int(found[1]) if found[1] else issue.year if issue else None
    if year is None:
        return None
    try:
        day = date(year, int(found[2]), int(found[3]))
    except ValueError:
        return None
    # a bulletin of January tells of December
    if issue and not found[1] and (day.year, day.month) > (issue.year, issue.month + 1):
        return day.replace(year=year - 1)
    return day


def _resolved(match: re.Match[str], year: int, issue: date | None, lexicons: Lexicons) -> Period | None:
    text = match[0]
    basis = (
        "stated" if match["year"] or match["from"] or match["first"] or match["month"] or match["season"] else "issue"
    )
    if match["plan"]:
        first = lexicons.plans[match["plan"]]
        return Period(date(first, 1, 1), date(first + 4, 12, 31), text, "stated")
    if match["relative"]:
        return _relative(match["relative"], issue) if issue is not None else None
    if match["fromyear"]:
        return Period(date(int(match["fromyear"]), 1, 1), date(int(match["toyear"]), 12, 31), text, "stated")
    if match["first"]:
        months = number(match["first"])
        return _months(year, 1, int(months), text) if months is not None else None
    if match["from"]:
        return _months(year, int(match["from"]), int(match["to"]), text)
    if match["season"]:
        first, last = lexicons.seasons[match["season"]]
        return _months(year, first, last, text)
    if match["month"]:
        month = int(match["month"])
        if not 1 <= month <= 12:
            return None
        last = monthrange(year, month)[1]
        if match["until"]:
            day = min(int(match["day"]), last) if match["day"] else last
            return Period(date(year, month, day), date(year, month, day), text, "stated")
        if match["day"]:
            day = int(match["day"])
            return Period(date(year, month, day), date(year, month, day), text, "stated") if 1 <= day <= last else None
        return _months(year, month, month, text)
    if match["until"] and issue is not None:
        end = issue if year == issue.year else date(year, 12, 31)
        return Period(date(year, 1, 1) if match["year"] else end, end, text, "issue")
    if match["of"] == "截至目前" and issue is not None and year == issue.year:
        return Period(date(year, 1, 1), issue, text, "stated")
    if match["year"] or match["told"]:
        return Period(date(year, 1, 1), date(year, 12, 31), text, "stated" if match["year"] else basis)  # type: ignore[arg-type]
    return None


def _relative(words: str, issue: date) -> Period | None:
    """本月, 上月 and 上季度 as seen from the issue's date."""
    if "季度" in words:
        last = (issue.month - 1) // 3 * 3
        year, last = (issue.year, last) if last else (issue.year - 1, 12)
        period = _months(year, last - 2, last, words)
    else:
        back = 0 if words[0] in "本当" else 1
        year, month = divmod(issue.year * 12 + issue.month - 1 - back, 12)
        period = _months(year, month + 1, month + 1, words)
    return replace(period, basis="issue") if period else None


def _months(year: int, first: int, last: int, text: str) -> Period | None:
    if not (1 <= first <= last <= 12):
        return None
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]), text, "stated")


def _compares(text: str, start: int, end: int, lexicons: Lexicons) -> bool:
    if text.startswith("同期", end) or text.endswith(lexicons.comparing, 0, start):
        return True
    # 到2025年 is a deadline, 增加到2022年的2.31万元 a period
    return text.endswith(("到“", "到"), 0, start) and not text.startswith("的", end)


@cache
def _finder(lexicons: Lexicons) -> Finder:
    names = times(lexicons)
    return finder(
        rf"“?(?P<plan>{names.plans})”?(?:期间|时期)"
        rf"|(?P<relative>{RELATIVE})"
        rf"|(?P<fromyear>20\d\d)年?{TO}(?P<toyear>20\d\d)年"
        rf"|(?P<until>截[至止]到?|[到至](?=\d{{1,2}}月[底末]))?(?:(?P<year>20\d\d)年度?|(?P<told>{names.years}))?"
        rf"(?:前(?P<first>{COUNT})个?月|(?P<from>\d{{1,2}})月?{TO}(?P<to>\d{{1,2}})月份?|(?P<season>{names.seasons})"
        r"|(?P<month>\d{1,2})月(?:份|底|末|初|中旬|上旬|下旬)?(?:(?P<day>\d{1,2})日)?|(?P<of>截至目前|目前|以来|全年))?"
    )
