"""The time that a quantity is about: the one that its sentence names, else one that was named before."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from tasks.extract.dates import TURN_OF_YEAR, year_before, year_days
from tasks.extract.lexicons import Lexicons
from tasks.extract.mentions import THIS_YEAR, Mention, Mentions, plan_named
from tasks.records import Kind, Period, Status

_FLOWS: Final = re.compile("已(?!有)|完成|实现|新增|受理|共(?!有|计有)")
_STANDS: Final = re.compile("累计(?!完成)|现有|共有|拥有|在库|存量|余额")
_SET: Final = re.compile(
    "[^。；]{0,12}(?:安排|铺排|确定|列入|谋划|梳理|筛选|部署)(?:了|实施)?[^，。；]{0,16}(?:项目|工程|实事|任务|事项)"
    "(?:(?!已|累计|完成|截至)[^。；]){0,60}"
)
"""今年，全区共安排重点项目68个: set for all of the year."""
_LISTED: Final = re.compile(
    "[\\d余多]+[个项件][^，。；]{0,12}(?:列入|纳入|入选)[^，。；]{0,12}(?:计划|名单|清单|盘子|项目库)"
)
"""What is listed for a year is of all of it."""
_SAID: Final = re.compile("^“[^”]{2,120}”")
"""“没想到这么快就谈成了。”10月12日，…: what somebody says opens the article."""
_PAUSE: Final = re.compile("[，；]")
_REACH: Final = 400
"""Characters behind a mention in which it may stand by its quantity: longer stretches are lists glued together."""
_EVENT: Final = re.compile("开工|签约|[大年]会|会议|活动|培训|启动|仪式|论坛|大赛|比赛|开幕")
_REPORT: Final = re.compile("20\\d\\d年[一-龥]{0,10}工作报告")
"""A government's report is called by the year in which it is given, and tells of the years before."""
_UNTIL_NOW: Final = "截至目前"
_SINCE: Final = ("以来", "至今")
_LOOKING_BACK: Final = "年来"
_TO_COME: Final = timedelta(days=45)
"""A stretch of a year that ends so much later than the issue is still to come; bulletins may be dated a month off."""
_PART_OF_YEAR: Final = timedelta(days=200)
_OPENS: Final = 16
"""Characters before a time that opens a sentence: 各位代表！刚刚过去的2025年."""
_HEADING: Final = 40
"""Characters of a paragraph that only opens a part of a report."""
_THE_EVENT: Final = re.compile(
    "[“]?(?:这(?:趟|次|场|批|些|一)|此次|本次|本届|这届|活动(?:中|现场|上|期间|当天)|现场|会上|仪式上|(?:签约|开工|揭牌)仪式|培训期间|其间|期间)"
)


@dataclass(frozen=True, slots=True)
class Carried:
    """The time that holds for what follows: the last one told as a fact in the paragraph, or in the article.

    `event` is the day that was told last; it dates only what refers to the event: 这趟班列, 活动中. `section` is the
    time that the heading of a part of a report told: 三、2026年重点工作. `latest` is what the sentence before named,
    be it a moment: 其中，… goes on with it. `aim` is the time that plans were told of last: 今年要…. `of_list`
    is what held before the first item of a list.
    """

    mention: Mention | None = None
    of_article: Mention | None = None
    event: Mention | None = None
    section: Mention | None = None
    latest: Mention | None = None
    aim: Mention | None = None
    of_list: "Carried | None" = None

    def after(self, told: Mention, *, opens_article: bool) -> "Carried":
        """The same behind a sentence that told a time: 1—9月 holds for the article, 今年以来 only from its opening."""
        stays = opens_article or (told.period is not None and told.period.basis != "issue")
        return replace(self, mention=told, of_article=told if stays else self.of_article)

    def within_report(self, told: Sequence[Mention], start: int, paragraph: int, *, is_plan: bool) -> "Carried":
        """The same in a report, whose parts are of one time each, behind the sentence at `start` that tells times.

        What opens a paragraph begins another one (刚刚过去的2025年，…), and so does 五年来 at the head of a sentence; a
        quarter in the midst of a sentence (实现一季度开门红) dates that one only. 今年 in a plan is all of the year.
        """
        told = [_whole(mention) for mention in told] if is_plan else told
        first, last = told[0], next((m for m in reversed(told) if m.is_of_years or m.start - start <= _OPENS), None)
        begins = first.start - (start if first.text.endswith(_LOOKING_BACK) else paragraph) <= _OPENS
        if begins and first.is_of_years and not first.text.endswith(_SINCE):
            return replace(self, mention=last or first, of_article=first)
        return self if last is None else replace(self, mention=last)

    def in_section(self, told: Mention) -> "Carried":
        """The same behind a heading that tells the time of the part that it opens."""
        return replace(self, mention=told, of_article=told, section=told)

    @property
    def planned_year(self) -> int | None:
        """The year of the section that holds from the beginning: that of a programme."""
        period = self.section.period if self.section is not None else None
        return period.start.year if period is not None else None

    def behind(self, named: Sequence[Mention]) -> "Carried":
        """The same behind a sentence that named times."""
        told = [mention for mention in named if mention.is_told]
        return replace(self, latest=told[-1]) if told else self

    def aiming(self, named: Sequence[Mention]) -> "Carried":
        """The same behind a sentence that told the times of plans."""
        return replace(self, aim=_whole(named[-1])) if named else self

    def on(self, day: Mention) -> "Carried":
        """The same behind a sentence that told the day of an event."""
        return replace(self, event=day)

    def forgotten(self) -> "Carried":
        """The same behind a sentence that opens a time of no known beginning: 五年来."""
        return replace(self, mention=None)

    def holding(self, sentence: str) -> Mention | None:
        """What dates a sentence that names no time itself."""
        if self.latest is not None and sentence.startswith("其中"):
            return self.latest
        return self.event if self.event is not None and _THE_EVENT.match(sentence) else self.mention

    def to_next_paragraph(self, *, in_list: bool, is_plan: bool) -> "Carried":
        """What holds in the next paragraph; the items of a list go on, those of plans each with what its head says."""
        if not in_list:
            return replace(self, mention=self.of_article, latest=None, aim=None, of_list=None)
        head = self.of_list or self
        return replace(head if is_plan else self, of_list=head)


def headline_period(headline: str, mentions: Mentions) -> Carried:
    """The time that a headline states (上半年全省开发区…) holds for the article, unless it dates an event."""
    if _EVENT.search(headline) or _REPORT.search(headline):
        return Carried()
    spans = [m for m in mentions.items if m.is_told and m.is_span]
    told = [m for m in spans if m.period is not None and m.period.basis == "stated"]
    return Carried(told[0], told[0]) if len(told) == 1 else Carried()


def section_time(paragraph: str, named: Sequence[Mention], lexicons: Lexicons) -> Mention | None:
    """The time that a heading of a report states for the part that it opens (一、2025年工作回顾).

    `named` are the times in the paragraph; one that names two (2025年和“十四五”时期工作回顾) begins with the first.
    """
    if len(paragraph) > _HEADING or "。" in paragraph[:-1]:
        return None
    spans = [mention for mention in named if mention.is_told and mention.is_span and mention.is_of_years]
    plan = plan_named(paragraph, lexicons)
    if not spans:
        return Mention(0, 0, plan, is_span=True) if plan is not None else None
    return _whole(spans[0])


def _whole(mention: Mention) -> Mention:
    """今年 up to its end."""
    period = mention.period
    if period is None or not mention.is_of_years or period.basis != "issue" or period.end.year != period.start.year:
        return mention
    return replace(mention, period=replace(period, end=date(period.end.year, 12, 31)))


def period_of(
    text: str,
    sentence_start: int,
    at: int,
    behind: int,
    mentions: Mentions,
    carried: Mention | None,
    status: Status,
    issue: date | None,
) -> Period | None:
    """The period of a quantity at `at`: the last one named before it in its sentence, else the one carried along.

    `behind` is the end of the quantity before it: 由2020年的21万吨 dates that one number only.
    """
    is_now = False
    for last in reversed(mentions.between(sentence_start, at)):
        if (last.role == "from" and last.end < behind) or (last.role == "goal" and status == "actual"):
            continue
        if last.role == "part" and text.find("；", last.end, at) >= 0:
            continue
        if last.role == "now":
            if text.startswith("的", last.end):
                return None  # 提高到如今的近3万元
            is_now = True
            continue
        if last.period is None:
            return None
        if status == "actual" and issue is not None and last.period.start > issue and "；" in text[last.end : at]:
            continue  # 计划明年6月交付；改造老旧小区8个
        if is_now and last.period.end.year < (issue.year if issue is not None else 0):
            return None  # 2019年落户，如今已拥有发明专利28件
        if status == "expected" and issue is not None and last.period.end < issue and "；" in text[last.end : at]:
            return None  # 2024年实现产值5.9亿元；二期满产后，预计年产值将突破10亿元
        stated = at - last.end <= _REACH and not _PAUSE.search(text, last.end, at)
        period = last.period if stated or last.period.basis == "issue" else replace(last.period, basis="inherited")
        period = _since_named(period, last, text, mentions.between(sentence_start, last.start))
        if carried is not None and carried.period is not None and period.text == _UNTIL_NOW and status == "actual":
            period = _since(carried.period, period, text[last.end : at])
        between = text[last.end : min(at, last.end + _REACH)]
        if period.text in THIS_YEAR and _LISTED.match(text, at):
            status = "planned"  # 今年，全区共有46个项目列入市级重点计划
        return _for_status(period, last, between, status, issue)
    if carried is None or carried.period is None or is_now:
        return None
    if status == "actual" or (issue is not None and carried.period.end > issue):
        return replace(_told_late(carried.period, carried, status, issue), basis="inherited")
    return None


def _since_named(period: Period, until: Mention, text: str, before: Sequence[Mention]) -> Period:
    """“十四五”以来，截至今年8月底，累计签约…: from the first time to the second."""
    begun = before[-1] if before else None
    if begun is None or begun.period is None or not begun.text.endswith(_SINCE) or not period.text.startswith("截"):
        return period
    beside = text[begun.end : until.start].strip("，")
    return replace(period, start=begun.period.start) if not beside and begun.period.start < period.end else period


def _since(begun: Period, until: Period, between: str) -> Period:
    """今年以来，…。截至目前，减免租金87亿元: what is told until now is of the time that was told of before."""
    goes_on = begun.text.endswith(_SINCE) and begun.end == until.end and not _STANDS.search(between)
    return replace(until, start=begun.start) if goes_on else until


def _for_status(period: Period, mention: Mention, between: str, status: Status, issue: date | None) -> Period:
    """今年 ends with the issue's date for facts, with the year for plans; work done 截至6月底 began in January."""
    ahead = status != "actual" or (period.text in THIS_YEAR and _SET.fullmatch(between) is not None)
    if period.basis == "issue" and ahead and issue is not None and period.end == issue:
        return replace(period, end=date(issue.year, 12, 31))
    if period.text.startswith(("截", "到", "至")) and not mention.is_span and _FLOWS.search(between):
        return period if _STANDS.search(between) else replace(period, start=date(period.end.year, 1, 1))
    return _told_late(period, mention, status, issue)


def _told_late(period: Period, mention: Mention, status: Status, issue: date | None) -> Period:
    """全年 or 12月 without a year, told as a fact in January, was last year's."""
    if mention.has_year or status != "actual" or issue is None or issue.month > TURN_OF_YEAR:
        return period
    if (period.end.year, period.end.month) <= (issue.year, issue.month):
        return period
    return year_before(period)


def is_ahead(period: Period, issue: date) -> bool:
    """Whether a time lies ahead of the issue, or, in the first months of a year, is that year: no fact can be of it."""
    if period.start > issue:
        return True
    ends_later = (period.end.year, period.end.month) > (issue.year, issue.month + 2)
    return issue.month <= TURN_OF_YEAR and ends_later and period.start.year == issue.year


def ends_ahead(period: Period, issue: date) -> bool:
    """Whether a stretch of a year, told beside a quantity, is far from over: 三季度完成工业总产值205亿元 in July."""
    return period.end > issue + _TO_COME and period.end - period.start < _PART_OF_YEAR


def whole_year(period: Period | None, issue: date | None) -> Period | None:
    """The year that 年度计划投资 is planned for: the one that is spoken of, else the issue's."""
    if period is not None:
        start, end = year_days(period.start.year)
        return replace(period, start=start, end=end)
    return Period(*year_days(issue.year), "年度", "issue") if issue else None


def goal_year(issue: date | None) -> Period | None:
    """The year of goals that name none: 主要预期目标是：地区生产总值增长5%, told in its first months."""
    if issue is None or issue.month > TURN_OF_YEAR:
        return None
    return Period(*year_days(issue.year), "目标", "issue")


def since_january(period: Period | None, kind: Kind, clause: str) -> Period | None:
    """截至6月底，…比年初净增37家: what is counted from the beginning of the year is of the year up to then."""
    if period is None or kind != "delta" or "年初" not in clause:
        return period
    return replace(period, start=date(period.end.year, 1, 1))


_DAYS_BACK: Final = re.compile("[^。“]{0,12}?(?:(?P<one>昨)[天日晚]|(?:^|(?<=，))前[天日](?=[，上下]))")
"""昨天上午, and at the head of a clause 前天; 目前日均 says no day."""


def event_day(text: str, issue: date | None) -> date | None:
    """The day that a first sentence states (7月31日), in the issue's year unless it names its own."""
    text = _SAID.sub("", text)
    found = re.match(r"[^。]{0,40}?(?:(\d{4})年)?(\d{1,2})月(\d{1,2})(?:日|号|[-—至])", text.split("。", maxsplit=1)[0])
    if not found:
        back = _DAYS_BACK.match(text)
        return issue - timedelta(days=1 if back["one"] else 2) if back and issue else None
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
