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
_AHEAD: Final = re.compile(r"将|拟|计划|预计|力争|目标|年底前|有望|确保")
_DATED: Final = re.compile("月|半年|季度")
_CLAUSE: Final = re.compile(r"[^，。；！？\n]+")


def issue_date(stated: date | None, articles: Sequence[Article]) -> tuple[date | None, DateBasis | None]:
    """The date and how it is known: the masthead's, else the latest past day that the articles speak of.

    The year is the one that most clauses report on; targets, titles of plans and years that are only compared with do
    not count. None when no year is named.
    """
    if stated is not None:
        return stated, "stated"
    texts = [_TITLE.sub("", article.body) for article in articles]
    years = _years(texts)
    if not years:
        return None, None
    year = max(years, key=lambda y: (years[y], y))
    days = list(_past_days(texts, year))
    return max(days, default=date(year, 1, 1)), "inferred"


def _years(texts: Iterable[str]) -> Counter[int]:
    years: Counter[int] = Counter()
    for text in texts:
        for clause in _CLAUSE.findall(text):
            if "20" not in clause or _AHEAD.search(clause):
                continue
            for named in _YEAR.finditer(clause):
                years[int(named[1])] += 3 if _REPORTED.match(clause, named.end()) else 1
    return years


def _past_days(texts: Iterable[str], year: int) -> Iterator[date]:
    for text in texts:
        for clause in _CLAUSE.findall(text):
            if not _DATED.search(clause) or _AHEAD.search(clause):
                continue
            for own, month, day in _DAY.findall(clause):
                if (
                    own in ("", str(year))
                    and 1 <= int(month) <= 12
                    and 1 <= int(day) <= monthrange(year, int(month))[1]
                ):
                    yield date(year, int(month), int(day))
            for before, ending in _MONTH.findall(clause):
                month = int(before or ending)
                if 1 <= month <= 12 and not _other_year(clause, year):
                    yield date(year, month, monthrange(year, month)[1])
            if not _other_year(clause, year):
                for season, month in _SEASONS:
                    if season in clause and not re.search(f"去年{season}|上年{season}", clause):
                        yield date(year, month, monthrange(year, month)[1])


def _other_year(clause: str, year: int) -> bool:
    return any(int(named) != year for named in re.findall(r"(20[0-4]\d)年", clause)) or "去年" in clause
