"""The times that a text names, resolved against the issue's date and against one another, never against the clock."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from tasks.extract.dates import (
    days,
    lately,
    months_of,
    over_years,
    relative,
    resolved,
    time_finder,
    year_before,
    year_days,
)
from tasks.extract.lexicons import Lexicons
from tasks.records import Period

Role = Literal["told", "from", "part", "goal", "now", "open"]

_YEAR_OF_TALK: Final = re.compile("(?:当年|同年|次年|第二年)$")
"""2023年摸排…。当年10月出台: a month of the year that was named last, or of the one after it."""
_SAME_YEAR: Final = ("当年", "同年")
_NEAR: Final = 60
"""Characters in which 当年 and 今年 refer to a time that was named before them."""
_CLOSE: Final = 6
"""Characters that may stand between a time and the ” that ends a name: “全年红”, “2023年度十佳”."""
_NAMES: Final = ("举行", "召开", "举办", "开展", "启动", "组织", "参加", "举行了", "召开了", "举办了", "启动了")
"""Behind one of these a time belongs to the name of an event: 举行三季度集中开工活动."""
_NAMED_EVENT: Final = re.compile(
    "度?(?:“[^”]{2,12}”|首届|首场|第[一二三四五六七八九十\\d]{1,3}[届批次]|[春夏秋冬]季|[一-龥]{2,16}?(?:培训班|大会|推介会|招聘会|博览会|论坛|大赛|洽谈会|运动会|仪式))"
)
"""2月25日，…2026年“春风行动”首场招聘会: behind the day a year belongs to the name of the event."""
_BASE: Final = re.compile(r"的?(?:约|近|超)?[\d.]+(?:倍|%)")
_IS_BASE: Final = ("是", "为", "相当于", "达", "恢复到", "恢复至", "占")
_FROM: Final = ("由", "从")
_COMPARED: Final = ("比", "较")
_OF_THAT_TIME: Final = re.compile(r"的(?:约|近|超)?\d[\d.,]*[余多]?[百千万亿]*(?![\d.,余多百千万亿倍])")
"""相比2012年底的5500万户: an amount of the time that is compared with."""
_GOAL: Final = re.compile(
    r"的?(?:各项)?(?:目标|任务|计划|预算|指标|红|投资计划|预期)|的?(?:[一二三四五六七八九十\d]{1,2}[项个件])?重点(?:工作|任务)|\d[\d.,]*[余多]?[百千万亿]*[一-龥]{1,3}?的?(?:目标|任务)"
)
"""全年目标, 全年64亿元目标."""
_RECORD: Final = re.compile("前(?:碳达峰|实现碳)|(?:以来)?(?:单[月季日周]|同期)?(?:新高|最高|次高|新低|最低|最好)")
"""创年内单月新高, 2030年前碳达峰: since when something was not so high, and a time in a name."""
_RATED: Final = re.compile(
    "[^，。；]{0,16}(?:考核|评价|考评|评比|评估|测评|排名|榜单|竞赛)(?:结果|工作|评价)?(?:中|里|上|公布|，)"
)
_AIMED: Final = re.compile("(?:确保|力争|争取|有望|冲刺)$")
_HOURS: Final = re.compile(r"\s?0时?[-—~至]\d{1,2}时")
"""10月16日0—24时: a day that figures are summed over."""
_STARTS: Final = re.compile("起|开始|以后|之后|前[，。]")
_SAME_TIME: Final = re.compile(r"(?:为|是|的|仅|仅为|只有)?[\d.]+(?![\d.]*(?:倍|%的))|的?(?:下降|增长)")
_UP_TO: Final = ("签到", "签至", "排到", "排至", "排产到", "排产至")
"""订单已签到明年3月: until when there is work, and no year that is spoken of."""
_FIVE_YEARS: Final = frozenset({"五年来", "5年来", "这五年", "这5年", "过去五年", "过去5年"})
_PLAN_REACH: Final = 24
"""Characters before 五年来 in which the plan of these years is named."""
_HOLIDAY: Final = re.compile(
    "的?[“]?(?:国庆|春节|五一|中秋|元旦|清明|端午|暑期?|寒)[”]?[^，。；]{0,4}?(?:假期|期间|黄金周|长假|小长假)"
)
"""今年国庆节假期: a few days of the year, of which only the calendar knows which."""
_TURNED: Final = ("扭转", "扭转了", "延续", "延续了", "摆脱", "摆脱了", "改变了", "结束了", "走出", "走出了")
"""扭转了上半年下滑的局面: a time that is over."""
_YEAR: Final = 364
THIS_YEAR: Final = frozenset({"今年", "本年"})
_LAST_MONTH: Final = frozenset({"上月", "上个月"})
_NOW: Final = frozenset({"目前", "当前", "眼下", "如今", "现如今"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A time as named in a text: where, and what it resolves to (None where its beginning is open: 近年来).

    `is_span`: figures are summed over it (1—9月, 2023年), and it is no day, moment or deadline; such a time holds for
    the sentences that follow. `has_year`: the text tells its year. `role`: told of all that follows, or of the one
    quantity behind it (from: 由2020年的…),
    of a part of it only (part: 其中9月份…；), or only of plans (goal: 全年目标); or no more than 目前 (now) or 近年来
    (open).
    """

    start: int
    end: int
    period: Period | None
    is_span: bool
    has_year: bool = True
    role: Role = "told"

    @property
    def text(self) -> str:
        """The words that name it, where it resolves to something."""
        return self.period.text if self.period is not None else ""

    @property
    def is_told(self) -> bool:
        """Whether it is a time of its own, that a later 当年 or 上年 refers to."""
        return self.role in ("told", "part") and self.period is not None

    @property
    def is_month(self) -> bool:
        """Whether it is one month."""
        period = self.period
        return period is not None and (period.start.year, period.start.month) == (period.end.year, period.end.month)

    @property
    def is_of_years(self) -> bool:
        """Whether it is a whole year, or several."""
        period = self.period
        return period is not None and ((period.end - period.start).days >= _YEAR or period.text in THIS_YEAR)

    @property
    def is_day(self) -> bool:
        """Whether it is the day, or the few days, of an event."""
        period = self.period
        return self.role == "told" and not self.is_span and period is not None and period.text.endswith(("日", "号"))


@dataclass(frozen=True, slots=True)
class Mentions:
    """The times that a text names, in order."""

    items: tuple[Mention, ...]
    starts: tuple[int, ...]

    def between(self, start: int, end: int) -> Sequence[Mention]:
        """Those that begin in `text[start:end]`."""
        return self.items[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


def mentions_in(text: str, issue: date | None, lexicons: Lexicons, planned: int | None = None) -> Mentions:
    """The times that a text names; what the issue's date would have to resolve is left out without one.

    `planned` is the year that a programme is made for: its 一季度 and 全年 are of that year.
    """
    named = _mentions(text, issue, lexicons, planned)
    found = tuple(mention for mention in named if mention.role == "open" or not _HOLIDAY.match(text, mention.end))
    return Mentions(found, tuple(mention.start for mention in found))


def _mentions(text: str, issue: date | None, lexicons: Lexicons, planned: int | None) -> Iterator[Mention]:
    # 《三年行动计划（2020-2022年）》: the years of a plan's title are no time of what the text reports
    titles = [title.span() for title in lexicons.titles.all(text)]
    title_starts = [start for start, _ in titles]
    said = _Said()
    for match in time_finder(lexicons).all(text):
        start, end = match.span()
        title = bisect_right(title_starts, start) - 1
        in_title = title >= 0 and start < titles[title][1]
        if in_title or _in_name(text, start, end) or _RECORD.match(text, end):
            continue
        mention = _mention(match, issue, said, lexicons, planned)
        if mention is None or (mention.period is not None and _compares(text, start, end, lexicons)):
            continue
        if said.last is not None and start - said.last.end <= _NEAR and text.endswith(_NAMES, 0, start):
            continue
        if (
            match["bareday"] is None
            and said.last is not None
            and said.last.is_day
            and start - said.last.end <= _NEAR
            and _NAMED_EVENT.match(text, end)
        ):
            continue
        mention = _with_role(text, mention, match)
        if mention.is_told:
            said.remember(mention, year_of_talk=match["told"] != "上年")
        yield mention


class _Said:
    """The times named so far, that 当月, 当年, 同期 and 上年 refer back to."""

    last: Mention | None = None
    span: Mention | None = None
    day: Mention | None = None
    year: int | None = None
    year_end: int = 0
    """Where the year was named."""

    def remember(self, mention: Mention, *, year_of_talk: bool) -> None:
        period = mention.period
        if period is None:
            return
        self.last = mention
        if mention.is_span:
            self.span = mention
        if period.start == period.end:
            self.day = mention
        if year_of_talk and mention.has_year:
            self.year, self.year_end = period.start.year, mention.end


def _mention(
    match: re.Match[str], issue: date | None, said: _Said, lexicons: Lexicons, planned: int | None
) -> Mention | None:
    start, end = match.span()
    if match[0] in _FIVE_YEARS and (plan := _five_years(match, lexicons)) is not None:
        return Mention(start, end, plan, is_span=True)
    if match["open"]:
        return Mention(start, end, None, is_span=False, role="now" if match["open"] in _NOW else "open")
    if match["lately"]:
        return _lately(match, issue, said)
    if match["bareday"]:
        return _of_that_month(match, said)
    if match["back"]:
        return _back(match, issue, said)
    if match["plan"]:
        first, last = _of_plan(match["plan"], lexicons)
        at_end = match["planned"].endswith("末")
        if match["planned"] == "以来":
            last = min(issue, last) if issue is not None and issue >= first else last
        begin = last if at_end else first
        return Mention(start, end, Period(begin, last, match[0], "stated"), is_span=not at_end)
    if match["toyear"] or match["year2"]:
        period = over_years(match)
        return Mention(start, end, period, is_span=True) if period else None
    if match["fromday"]:
        period = days(match, issue)
        return Mention(start, end, period, is_span=False, has_year=bool(match["dayyear"])) if period else None
    if match["since"]:
        first_month = int(match["sincemonth"] or 1)
        if issue is None or not 1 <= first_month <= 12:
            return None
        begin = date(int(match["since"]), first_month, 1)
        return Mention(start, end, Period(begin, issue, match[0], "stated"), is_span=False) if begin < issue else None
    return _plain(match, issue, said, lexicons, planned)


def _five_years(match: re.Match[str], lexicons: Lexicons) -> Period | None:
    """2025年是“十四五”收官之年。五年来: the years of the plan that was named right before."""
    plan = plan_named(match.string[max(0, match.start() - _PLAN_REACH) : match.start()], lexicons)
    return replace(plan, text=match[0]) if plan is not None else None


def plan_named(text: str, lexicons: Lexicons) -> Period | None:
    """The years of the five-year plan that a text names, whatever it says of it: “十五五”主要目标任务."""
    found = next((name for name in lexicons.plans if name in text), None)
    return Period(*_of_plan(found, lexicons), found, "stated") if found is not None else None


def _of_plan(name: str, lexicons: Lexicons) -> tuple[date, date]:
    first = lexicons.plans[name]
    return date(first, 1, 1), date(first + 4, 12, 31)


def _lately(match: re.Match[str], issue: date | None, said: _Said) -> Mention:
    """过去一年, 五年来; 这一年 is the year that was named right before it."""
    start, end = match.span()
    near = said.last if said.last is not None and start - said.last.end <= _NEAR else None
    if match["lately"] == "这一年" and near is not None and near.period is not None:
        return Mention(start, end, replace(near.period, text="这一年"), is_span=near.is_span)
    period = lately(match["lately"], issue) if issue is not None else None
    return Mention(start, end, period, is_span=period is not None, role="told" if period else "open")


def _year_of_talk(
    match: re.Match[str], told: int | None, issue: date | None, said: _Said, planned: int | None
) -> int | None:
    """The year that a time without one refers back to: that of 当年 and 上年, and of 全年 unless it is the issue's."""
    text, start = match.string, match.start()
    that = _YEAR_OF_TALK.search(text, max(0, start - 3), start)
    if that is not None and told is None and said.year is not None:
        return said.year + (that[0] not in _SAME_YEAR)
    if match["told"] == "上年":
        return said.year
    aimed = _AIMED.search(text, max(0, start - 2), start) is not None  # 确保全年: of the issue's year
    if match["season"] != "全年" or told is not None or aimed:
        return None
    year, last = said.year, said.last
    if year is None or issue is None:
        return year
    if last is not None and year > issue.year and text.endswith(_UP_TO, 0, last.start):
        return None  # 订单已签到明年3月，预计全年销售额
    far = start - said.year_end > _NEAR or "\n" in text[said.year_end : start]
    if far and year > issue.year:
        return None  # 预计明年3月投产, and of another project: 预计全年新增产值
    since = last.period if last is not None and not last.has_year and last.start >= said.year_end else None
    if since is not None and since.end.year == (planned or issue.year):
        return None  # 去年秋季签约的项目…。四季度要再推动300个；全年投资增速不低于10%
    return year


def _plain(
    match: re.Match[str], issue: date | None, said: _Said, lexicons: Lexicons, planned: int | None
) -> Mention | None:
    """A year, a stretch of a year, a month or a day, each with the words that say how it is meant."""
    start, end = match.span()
    stretch = match["from"] or match["first"] or match["month"] or match["season"] or match["of"]
    if not (match["year"] or match["told"] or stretch):
        return None
    told = lexicons.years[match["told"]] if match["told"] else None
    of_talk = _year_of_talk(match, told, issue, said, planned)
    base = of_talk or (planned if told is None else None) or (issue.year if issue else None)
    year = int(match["year"]) if match["year"] else base + (told or 0) if base is not None else None
    if year is None:
        return None
    bare = not stretch
    period, is_point = resolved(match, year, issue, lexicons, bare=bare)
    if period is None:
        return None
    if told == 0 and bare and said.last is not None and start - said.last.end <= _NEAR:
        last = said.last.period
        # 截至7月末，…今年累计发放: the year up to that day
        until = match.string.startswith("截", said.last.start) and "。" not in match.string[said.last.end : start]
        if until and last is not None and last.end.year == year:
            period = replace(period, end=last.end, basis="stated")
    whole = bool(match["day"]) and _HOURS.match(match.string, end) is not None
    is_span = (whole or not is_point) and not match["until"]
    has_year = bool(match["year"] or match["told"]) or of_talk is not None
    return Mention(start, end, period, is_span=is_span, has_year=has_year)


def _of_that_month(match: re.Match[str], said: _Said) -> Mention | None:
    """A day whose month was named before it: 10月10日至13日，…。在11日举行的推介会上."""
    told = said.last.period if said.last is not None else None
    if told is None:
        return None
    try:
        day = told.start.replace(day=int(match["bareday"]))
    except ValueError:
        return None
    return Mention(*match.span(), Period(day, day, match[0], "stated"), is_span=False)


def _back(match: re.Match[str], issue: date | None, said: _Said) -> Mention | None:
    """A time told from another: 本月 and 上周 from the issue's date, 当月 and 同期 from what was named before."""
    words, text, start = match["back"], match.string, match.start()
    near = said.last if said.last is not None and start - said.last.end <= _NEAR else None
    if words in ("当年", "当日", "当天", "同日"):
        source = said.day if words != "当年" else near
        if source is None or source.period is None:
            return None
        day = source.period.end
        begin, end = year_days(day.year) if words == "当年" else (day, day)
        return Mention(*match.span(), Period(begin, end, words, "stated"), is_span=False)
    if words.endswith("同期"):
        return _same_time(match, said)
    if words == "当月" and near is not None and near.end == start and near.is_month and near.period is not None:
        return Mention(*match.span(), replace(near.period, text=words), is_span=False)  # 6月当月
    if words == "当月" and said.span is not None and said.span.period is not None:
        last = said.span.period.end
        return Mention(*match.span(), months_of(last.year, last.month, last.month, words), is_span=False)
    if words in _LAST_MONTH and near is not None and near.is_month and near.period is not None and near.is_span:
        told = near.period.start  # 10月份，…由上月上涨0.9%转为下降1.3%
        year, month = (told.year, told.month - 1) if told.month > 1 else (told.year - 1, 12)
        return Mention(*match.span(), months_of(year, month, month, words), is_span=False, role="from")
    if issue is None or text.startswith("底", match.end()):
        return None
    period = relative(words, issue)
    return Mention(*match.span(), period, is_span=True) if period else None


def _same_time(match: re.Match[str], said: _Said) -> Mention | None:
    """同期 alone is the time named before; 由去年同期的186家 is that time a year earlier, of that one number."""
    period = said.span.period if said.span is not None else None
    text, (start, end) = match.string, match.span()
    if period is None:
        return None
    if match["back"] == "同期":
        is_told = text.startswith("，", end) and (start == 0 or text[start - 1] in "。；，\n")
        return Mention(start, end, replace(period, text="同期"), is_span=True) if is_told else None
    opens = text[max(0, start - 1) : start] in "，。；（"
    if not text.endswith(_FROM, 0, start) and not (opens and _SAME_TIME.match(text, end)):
        return None
    earlier = replace(year_before(period), text=match["back"], basis="stated")
    return Mention(start, end, earlier, is_span=False, role="from")


def _in_name(text: str, start: int, end: int) -> bool:
    """“全年红”, “2023年度十佳”: a time inside of a quoted name is no time of what is told."""
    return text.endswith("“", 0, start) and text.find("”", end, end + _CLOSE) >= 0


def _compares(text: str, start: int, end: int, lexicons: Lexicons) -> bool:
    """Whether a time is only the base of a comparison: 比2019年, 是2021年的1.6倍, 8月起."""
    compared = text.endswith(lexicons.comparing, 0, start) and not text.endswith("关于", 0, start)
    if compared and _OF_THAT_TIME.match(text, end):
        return False
    if compared or text.startswith("同期", end) or _STARTS.match(text, end) or text.endswith(_TURNED, 0, start):
        return True
    return text.endswith(_IS_BASE, 0, start) and _BASE.match(text, end) is not None


def _with_role(text: str, mention: Mention, match: re.Match[str]) -> Mention:
    start, end = mention.start, mention.end
    if mention.period is None or mention.role != "told":
        return mention
    if _RATED.match(text, end):
        return replace(mention, is_span=False)  # 在2025年度开发区综合考核中
    if match["season"] == "全年" and _GOAL.match(text, end):
        return replace(mention, role="goal", is_span=False)
    if text.endswith(_FROM, 0, start) and mention.period.start.year != mention.period.end.year:
        return mention
    if text.endswith(_FROM, 0, start) or (text.endswith(_COMPARED, 0, start) and _OF_THAT_TIME.match(text, end)):
        return replace(mention, role="from", is_span=False)
    # 1—7月…，其中7月份当月…: the months go on to be what the text tells of
    if text.endswith(("其中", "其中："), 0, start):
        return replace(mention, is_span=False, role="part")
    if text.startswith("当月", end):
        return replace(mention, is_span=False)
    # 到2025年 is a deadline, 增加到2022年的2.31万元 a time of that number
    if text.endswith("到", 0, start) or text.endswith("到“", 0, start):
        return replace(mention, is_span=False)
    return mention
