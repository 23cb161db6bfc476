"""The issue's date, when no masthead states it: what the text itself gives away."""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from tasks.records import Article, DateBasis

_TITLE: Final = re.compile(r"《[^》]*》")
_YEAR: Final = re.compile(r"(?<![\d.到比较自从由—\-–~])(?<!(?<!截)至)(20[0-4]\d)年(?!底?前(?!三)|度?末|以来|的)")
_REPORTED: Final = re.compile(
    r"\d{1,2}月\d{1,2}日|1\s*[—\-–~至到]|上半年|前三季度|一季度|[一二三四]季度|截至|\d{1,2}月"
)
_DAY: Final = re.compile(r"(?:(20[0-4]\d)年)?(?<!\d)(\d{1,2})月(\d{1,2})日")
_MONTH: Final = re.compile(r"(?:1\s*[—\-–~至到]\s*|截至(?:目前)?)(\d{1,2})月(?!\d)|(?<!\d)(\d{1,2})月(?:底|末)(?!前)")
_SEASONS: Final = (("前三季度", 9), ("上半年", 6), ("一季度", 3))
_AHEAD: Final = re.compile(
    r"将(?!军|近)|拟|计划|规划|预计|力争|争取|目标|年底前|有望|确保|预期|重点工作|展望|到(?:20\d\d|本世纪)"
)
_DATED: Final = re.compile("月|半年|季度")
_SENTENCE: Final = re.compile(r"[^。！？\n]+")
_FULL: Final = re.compile(r"(?<!\d)(20[0-4]\d)\s*[年\-./]\s*(\d{1,2})\s*[月\-./]\s*(\d{1,2})(?!\d)")
_MOST: Final = 0.6
"""Share of the years named that one must have, if a later one is reported on, for a bare month to be of that one."""
_CLAUSE: Final = re.compile(r"[^，。；！？\n]+")


def issue_date(
    stated: date | None, articles: Sequence[Article], beside: Iterable[str] = ()
) -> tuple[date | None, DateBasis | None]:
    """The date and how it is known: the masthead's, else the latest past day that the text speaks of.

    `beside`: lines that say when an article was published (时间：2026-02-05). A day in them or in a headline comes
    first; then the days of the year that most of the text reports on. Targets, plans, titles of plans and years that
    are only compared with do not count. None where no day, month or quarter is told: a year alone may be the year
    before the issue's, and no date is better than a wrong one.
    """
    if stated is not None:
        return stated, "stated"
    published = [day for text in (*beside, *(line for one in articles for line in one.headline)) for day in _days(text)]
    if published:
        return max(published), "inferred"
    texts = [_TITLE.sub("", article.body) for article in articles]
    years = _years(texts)
    if not years:
        return None, None
    year = max(years, key=lambda y: (years[y], y))
    sure = year == max(years) or years[year] >= _MOST * years.total()
    days = list(_past_days(texts, year, sure=sure))
    return (max(days), "inferred") if days else (None, None)


def _days(text: str) -> Iterator[date]:
    """The full dates in a line."""
    for year, month, day in _FULL.findall(text):
        if 1 <= int(month) <= 12 and 1 <= int(day) <= monthrange(int(year), int(month))[1]:
            yield date(int(year), int(month), int(day))


def _years(texts: Iterable[str]) -> Counter[int]:
    """The years that are reported on; a year without a day counts only in a sentence that plans nothing."""
    years: Counter[int] = Counter()
    for text in texts:
        if "20" not in text:
            continue
        for sentence in _SENTENCE.findall(text):
            plans = False  # from the word that tells of a plan to the end of its sentence
            for clause in _CLAUSE.findall(sentence):
                ahead = _AHEAD.search(clause) is not None
                plans = plans or ahead
                if "20" not in clause or ahead:
                    continue
                for named in _YEAR.finditer(clause):
                    reported = _REPORTED.match(clause, named.end()) is not None
                    years[int(named[1])] += 3 if reported else 0 if plans else 1
    return +years


def _past_days(texts: Iterable[str], year: int, *, sure: bool) -> Iterator[date]:
    """The past days of a year; `sure`: one that is named without its year is of this one."""
    for text in texts:
        for clause in _CLAUSE.findall(text):
            if not _DATED.search(clause) or _AHEAD.search(clause):
                continue
            for own, month, day in _DAY.findall(clause):
                if (
                    (own == str(year) or (not own and sure))
                    and 1 <= int(month) <= 12
                    and 1 <= int(day) <= monthrange(year, int(month))[1]
                ):
                    yield date(year, int(month), int(day))
            for before, ending in _MONTH.findall(clause):
                month = int(before or ending)
                if 1 <= month <= 12 and _of_year(clause, year, sure=sure):
                    yield date(year, month, monthrange(year, month)[1])
            if _of_year(clause, year, sure=sure):
                for season, month in _SEASONS:
                    if season in clause and not re.search(f"去年{season}|上年{season}", clause):
                        yield date(year, month, monthrange(year, month)[1])


def _of_year(clause: str, year: int, *, sure: bool) -> bool:
    named = re.findall(r"(20[0-4]\d)年", clause)
    return "去年" not in clause and "上年" not in clause and (all(int(one) == year for one in named) if named else sure)
