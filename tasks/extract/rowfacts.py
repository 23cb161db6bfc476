"""Where and when a number of a table is told of: by the name of its row and the words of its column."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from tasks.extract.cells import Cell
from tasks.extract.dates import months_of, year_before, year_days
from tasks.extract.lexicons import Lexicons
from tasks.extract.mentions import Mention, Mentions
from tasks.extract.periods import whole_year
from tasks.extract.places import NamedZones, full_zone
from tasks.extract.regions import Regions
from tasks.records import Period, Status, ZoneName

_PLACES: Final = re.compile("地区|区域|[县市区旗]|园区|开发区|单位")
_OWN_CITY: Final = ("市", "县")
_DIVISION: Final = ("省", "自治区", "市", "县", "区", "州", "盟", "旗", "地区")
_WHOLE: Final = re.compile("全[省市县]")
_YEAR_BEFORE: Final = re.compile("(?:上年|去年)(?:同期|同月)|同期")
_LAST_YEAR: Final = re.compile("上年|去年")
_THIS_MONTH: Final = re.compile("本月|当月")
_UP_TO_NOW: Final = re.compile("累计|自年初")
_YEAR: Final = re.compile("(20\\d\\d)年?")
_OF_YEAR: Final = re.compile("全年|年度|本年|年")
_TARGET: Final = re.compile("目标|任务")
_NOT_YET: Final = re.compile("计划|预计|预期")
_DONE: Final = re.compile("完成|占|率|进度|超|比")


def place_named(name: str, head: str, zones: NamedZones, regions: Regions, lexicons: Lexicons) -> ZoneName | None:
    """The zone, or the division, that the name of a row is; `head` is what stands over the names."""
    for mention in zones.mentions:
        before = name.removesuffix(mention.name if mention.is_named else mention.name.removeprefix(mention.place))
        if before != name and (not before or before in lexicons.divisions or before in _OWN_CITY):
            return full_zone(mention, zones.names, lexicons)
    if name == "全国":
        return ZoneName(name, None)
    if _WHOLE.fullmatch(name):
        return regions.called(name)
    full = lexicons.divisions.get(name)
    if full is not None and (name.endswith(_DIVISION) or (_PLACES.search(head) and name not in lexicons.zone_common)):
        return ZoneName(full, full)
    return None


def status_in(words: str, title: str) -> Status:
    """年度目标 and 计划 head what is not yet done; 完成计划的% heads a fact."""
    for said in (words, title):
        if _DONE.search(said):
            return "actual"
        if _TARGET.search(said):
            return "target"
        found = _NOT_YET.search(said)
        if found:
            return "planned" if found[0] == "计划" else "expected"
    return "actual"


def period_in(
    words: str,
    cells: Sequence[Cell],
    row: tuple[Cell, ...],
    mentions: Mentions,
    carried: Mention | None,
    status: Status,
    issue: date | None,
) -> Period | None:
    """The time of a number: of its column, else of its row or its table, else the one that was told before."""
    told = _told(row, mentions)
    whole = told or (replace(carried.period, basis="inherited") if carried and carried.period else None)
    year = _YEAR.fullmatch(row[-1].text) if row else None
    if told is None and year is not None:
        whole = _in_year(int(year[1]), whole)
    if status in ("target", "planned") and _OF_YEAR.search(words):
        return whole_year(whole, issue)
    own = _told(cells, mentions)
    months = re.search("\\d月|季度|半年", words)
    if own is not None and months:
        return own
    if whole is not None and _YEAR_BEFORE.search(words):
        return year_before(whole)
    if whole is not None and _THIS_MONTH.search(words):
        last = whole.end
        return replace(months_of(last.year, last.month, last.month, words) or whole, basis="inherited")
    years = _YEAR.search(words)
    if years is not None:
        return _in_year(int(years[1]), whole)
    if own is not None:
        return own
    if whole is None:
        return None
    last = whole.end
    if _LAST_YEAR.search(words):
        return _year(last.year - 1)
    if _UP_TO_NOW.search(words) and whole.start.month == last.month:
        return replace(whole, start=date(last.year, 1, 1))
    return whole


def _told(cells: Sequence[Cell], mentions: Mentions) -> Period | None:
    found = [mention for cell in cells for mention in mentions.between(cell.start, cell.end) if mention.is_told]
    return found[-1].period if found else None


def _in_year(year: int, whole: Period | None) -> Period:
    """2022年 over a column of a table of the first half of 2023 is the first half of 2022."""
    if whole is None or whole.start.year != whole.end.year:
        return _year(year)
    period = replace(whole, text=f"{year}年", basis="stated")
    while period.end.year > year:
        period = year_before(period)
    return period if period.end.year == year else _year(year)


def _year(year: int) -> Period:
    return Period(*year_days(year), f"{year}年", "stated")
