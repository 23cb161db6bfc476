"""How times are written, and the days that each stands for; never resolved against the clock."""

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import Final

from tasks.extract.lexicons import Lexicons
from tasks.extract.numerals import number
from tasks.extract.scan import WHOLE, Finder, starts_of
from tasks.extract.times import COUNT, LATELY, RELATIVE, TO, times
from tasks.records import Period, PeriodBasis

TURN_OF_YEAR: Final = 3
"""Up to this month a text still tells of the year before: 全年完成 in February."""


@cache
def time_finder(lexicons: Lexicons) -> Finder:
    """Finds every time that a text names; the groups say of which form it is."""
    names = times(lexicons)
    year = rf"(?:(?P<year>(?:19|20)\d\d)年度?|(?P<told>{names.years}))"
    stretch = (
        rf"(?<!提)[前头首](?P<first>{COUNT})个?月|(?P<from>\d{{1,2}})月?(?:{TO}|(?P<and>、))(?P<to>\d{{1,2}})月份?"
        rf"|(?P<season>(?!(?<=[一两二三四五六七八九十几])年内){names.seasons})"
        r"|(?P<month>\d{1,2})月(?:份|(?P<part>底|末|初|中旬|上旬|下旬))?(?:(?P<day>\d{1,2})[日号])?"
        r"|(?P<of>截至目前|(?<!项)目前|全年)"
    )
    told = (
        rf"“?(?P<plan>{names.plans})”?(?P<planned>(?:期间|时期)?末|期间|时期|以来)"
        rf"|(?P<back>{RELATIVE}|[上本]周(?![边末期到长密年])|当[年日天](?!地)|同日|(?:去年|上年|上年度)?同期)"
        rf"|(?P<fromyear>(?:19|20)\d\d)年?{TO}(?P<toyear>20\d\d)年"
        rf"|(?P<year1>20\d\d)年(?P<month1>\d{{1,2}})月{TO}(?P<year2>20\d\d)年(?P<month2>\d{{1,2}})月"
        rf"|(?:(?P<dayyear>20\d\d)年|今年)?(?P<daymonth>\d{{1,2}})月(?P<fromday>\d{{1,2}})日?{TO}(?:(?P<dayuntil>20\d\d)年)?(?:(?P<tomonth>\d{{1,2}})月)?(?P<today>\d{{1,2}})日"
        r"|自(?P<since>(?:19|20)\d\d)年(?:(?P<sincemonth>\d{1,2})月)?[^，。；\d]{0,24}?(?:以来|至今)"
        rf"|(?P<lately>{LATELY})"
        r"|(?<![\d月.、-])(?P<bareday>\d{1,2})[日号](?=[举召][行办开]|上午|下午|晚上?，|，)"
        r"|(?P<open>近年来|近[两三四五六七八九十\d]+年来?|(?:(?<!\d)\d{1,2}|[两三四五六七八九十])年(?:来|间)|(?:这|过去)(?:\d{1,2}|[两三四五六七八九十])年|以来|(?<!项)目前(?!的)|当前|眼下|如今|现如今|春节期间|(?<=国)庆期间|假期)"
        rf"|(?!年?[底末]|至今)(?P<until>截[至止]到?|[到至](?=\d{{1,2}}月[底末]))?{year}?(?:{stretch})?"
    )
    # none begins with 年底 or 以来 alone
    return Finder(re.compile(f"{WHOLE}(?:{told})(?P<edge>年?[底末](?!前))?(?P<ago>以来|至今)?"), starts_of([told]))


def resolved(
    match: re.Match[str], year: int, issue: date | None, lexicons: Lexicons, *, bare: bool
) -> tuple[Period | None, bool]:
    """The period, and whether it is a moment or too short to hold for more than its sentence."""
    text = match[0]
    period: Period | None = None
    is_point = False
    if match["first"]:
        months = number(match["first"])
        period = months_of(year, 1, int(months), text) if months is not None else None
    elif match["from"]:
        first, last = int(match["from"]), int(match["to"])
        period = months_of(year, first, last, text) if match["and"] is None or last == first + 1 else None
    elif match["season"]:
        period = months_of(year, *lexicons.seasons[match["season"]], text)
    elif match["month"]:
        period, is_point = _month(match, year, int(match["month"]))
    elif match["of"] == "截至目前":
        return (Period(date(year, 1, 1), issue, text, "stated") if issue and year == issue.year else None), False
    elif match["until"] and match["until"][0] == "截" and issue and year == issue.year and not match["edge"]:
        return Period(issue, issue, text, "issue"), True
    elif match["year"] or match["told"]:
        basis: PeriodBasis = "stated" if match["year"] else "issue"
        period = Period(*year_days(year), text, basis)
        if match["told"] and lexicons.years[match["told"]] == 0 and bare and not match["edge"] and issue is not None:
            period = replace(period, end=issue) if issue > period.start else None
    if period is not None and match["edge"]:
        return replace(period, start=period.end, basis="stated"), True
    if period is not None and match["ago"] and issue is not None:
        return (replace(period, end=issue) if period.start < issue else None), False
    return period, is_point


def _month(match: re.Match[str], year: int, month: int) -> tuple[Period | None, bool]:
    if not 1 <= month <= 12:
        return None, False
    text, last = match[0], monthrange(year, month)[1]
    if match["day"]:
        day = int(match["day"])
        stated = Period(date(year, month, day), date(year, month, day), text, "stated") if 1 <= day <= last else None
        return stated, True
    first, until, is_point = 1, last, True
    match match["part"]:
        case "上旬":
            until = 10
        case "中旬":
            first, until = 11, 20
        case "下旬":
            first = 21
        case "底" | "末":
            first = last
        case "初":
            pass
        case _:
            is_point = False
    if match["until"]:
        first = until
    return Period(date(year, month, first), date(year, month, until), text, "stated"), is_point


def year_days(year: int) -> tuple[date, date]:
    """The first and the last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def over_years(match: re.Match[str]) -> Period | None:
    """2021—2025年, 2022年9月至2023年8月."""
    if match["toyear"]:
        return Period(date(int(match["fromyear"]), 1, 1), date(int(match["toyear"]), 12, 31), match[0], "stated")
    first, last = int(match["month1"]), int(match["month2"])
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return None
    start, end = date(int(match["year1"]), first, 1), _last_day(int(match["year2"]), last)
    return Period(start, end, match[0], "stated") if start < end else None


def days(match: re.Match[str], issue: date | None) -> Period | None:
    """3月18日至20日, 6月28日—7月2日, 2025年12月20日至2026年1月5日."""
    year = int(match["dayyear"]) if match["dayyear"] else issue.year if issue else None
    if year is None:
        return None
    month = int(match["daymonth"])
    try:
        start = date(year, month, int(match["fromday"]))
        end = date(int(match["dayuntil"] or year), int(match["tomonth"] or month), int(match["today"]))
    except ValueError:
        return None
    if start >= end:
        return None
    return Period(start, end, match[0], "stated")


def lately(words: str, issue: date) -> Period | None:
    """过去一年 and 五年来 as told in the first months of a year: the whole years before it; later their end is open."""
    if issue.month > TURN_OF_YEAR:
        return None
    years = 5 if "五" in words else 1
    return Period(date(issue.year - years, 1, 1), date(issue.year - 1, 12, 31), words, "issue")


def relative(words: str, issue: date) -> Period | None:
    """本月, 上周 and 上季度 as seen from the issue's date."""
    if "周" in words:
        monday = issue - timedelta(days=issue.weekday() + (7 if words[0] == "上" else 0))
        period: Period | None = Period(monday, monday + timedelta(days=6), words, "issue")
    elif "季度" in words:
        last = (issue.month - 1) // 3 * 3
        year, last = (issue.year, last) if last else (issue.year - 1, 12)
        period = months_of(year, last - 2, last, words)
    else:
        back = 0 if words[0] in "本当这" else 1
        year, month = divmod(issue.year * 12 + issue.month - 1 - back, 12)
        period = months_of(year, month + 1, month + 1, words)
    return replace(period, basis="issue") if period else None


def months_of(year: int, first: int, last: int, text: str) -> Period | None:
    if not (1 <= first <= last <= 12):
        return None
    return Period(date(year, first, 1), _last_day(year, last), text, "stated")


def year_before(period: Period) -> Period:
    """The same days a year earlier."""
    start, end = period.start, period.end
    return replace(
        period,
        start=date(start.year - 1, start.month, min(start.day, monthrange(start.year - 1, start.month)[1])),
        end=date(end.year - 1, end.month, min(end.day, monthrange(end.year - 1, end.month)[1])),
    )


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])
