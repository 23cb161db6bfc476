"""A cleaned issue to metrics: the one entry of the stage."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from tasks.extract.about import About
from tasks.extract.claims import claims_in
from tasks.extract.clauses import sentences_in
from tasks.extract.columns import column_zones, titles_of
from tasks.extract.denominators import denominators
from tasks.extract.glyphs import plain
from tasks.extract.lexicons import Lexicons, lexicons
from tasks.extract.mentions import THIS_YEAR, Mention, Mentions, mentions_in
from tasks.extract.mood import is_plan, is_programme, plans_in, sets_goals, tells_facts
from tasks.extract.parts import Group, totals
from tasks.extract.periods import (
    Carried,
    ends_ahead,
    event_day,
    goal_year,
    headline_period,
    is_ahead,
    period_of,
    section_time,
    since_january,
    whole_year,
)
from tasks.extract.phrases import of_goal
from tasks.extract.places import NamedZones, longest_names, zones_named
from tasks.extract.quantities import quantities_in
from tasks.extract.quantity import Quantity, Unread
from tasks.extract.regions import Regions, regions_of
from tasks.extract.rowfacts import period_in, place_named, status_in
from tasks.extract.sender import Sender, sender_of, shared_province, shared_zone
from tasks.extract.speakers import Stage, opening_region, sentence_zones
from tasks.extract.status import Cues, cues_in, is_start
from tasks.extract.subjects import about_sentence
from tasks.extract.tables import Row, rows_in
from tasks.extract.traditional import as_printed, is_traditional, simplified, simplified_masthead
from tasks.extract.vocabulary import code_of
from tasks.extract.zones import article_zone
from tasks.records import Article, Check, CleanIssue, Metric, Paragraph, Period, Reading, ReadIssue, Status, ZoneName
from warehouse.zones import Zone

EXTRACTOR_VERSION: Final = "13"
"""Raised by every change of rules or lexicons that can change a row."""

_STANDING: Final = re.compile("现有|共有|拥有|累计|达到|在库|存量")
"""Words of what stands at a moment, and is not summed over a time."""

_OF_THE_YEAR: Final = re.compile("年度(?:完成|投资|目标|任务|计划)")
_TODAY: Final = re.compile("今[天日](?![起后])")
_CLOSE: Final = 12
"""Characters between an amount and its growth: 23.4亿元，同比增长9.6%."""
_LASTS: Final = re.compile("[^，。；]{0,12}(?:期间|活动中|行动中)")
_BETWEEN_CELLS: Final = re.compile("(?<=[一-龥）”》。；，、]) (?=[^\\d \\n])")
_NEAR: Final = 60
"""Characters before a number in which 比年初 still tells since when it is counted."""


def read_issue(issue: CleanIssue, own_zones: tuple[Zone, ...] = ()) -> ReadIssue:
    """The metrics of every article, each with what it is about and where it stands.

    `own_zones` are development zones that a home adds to the bundled list.
    """
    rules = lexicons(own_zones)
    sender = sender_of(simplified_masthead(issue.masthead), rules)
    readings = tuple(_read(article, issue.issue_date, sender, rules) for article in issue.articles)
    neighbours = sender
    if sender == Sender():
        about = [reading.zone for reading in readings]
        neighbours = Sender(zone=shared_zone(about, rules), province=shared_province(about, rules))
    if neighbours != sender:
        readings = tuple(
            reading if reading.zone is not None else _read(reading.article, issue.issue_date, neighbours, rules)
            for reading in readings
        )
    return ReadIssue(issue, readings, EXTRACTOR_VERSION)


@dataclass(frozen=True, slots=True)
class _Scene:
    """An article as the rules see it: its text with one glyph for each sign, and the times that it names."""

    article: Article
    text: str
    mentions: Mentions
    issue_date: date | None
    rules: Lexicons


@dataclass(frozen=True, slots=True)
class _Where:
    """A paragraph: its number, what the zones of its sentences are read against, and whether it tells a plan."""

    number: int
    stage: Stage
    is_plan: bool = False


@dataclass(frozen=True, slots=True)
class _Fact:
    """What a quantity is about beyond its words: how sure, when, where, and in which sentence it is told."""

    status: Status
    period: Period | None
    zone: ZoneName | None
    paragraph: int
    sentence_start: int
    sentence: str


def _read(article: Article, issue_date: date | None, sender: Sender, rules: Lexicons) -> Reading:
    if is_traditional(article):
        return as_printed(_read_article(simplified(article), issue_date, sender, rules), article)
    return _read_article(article, issue_date, sender, rules)


def _read_article(article: Article, issue_date: date | None, sender: Sender, rules: Lexicons) -> Reading:
    text = plain(article.body)
    headline = " ".join(article.headline)
    bounds = [(paragraph.start, paragraph.end) for paragraph in article.paragraphs]
    in_title, *named = zones_named(headline, text, bounds, sender.city, sender.zone, rules)
    titled = in_title.mentions
    every = [mention for zones in named for mention in zones.mentions]
    zone = article_zone(article, titled, every, sender, rules)
    programme = is_programme(headline, rules) or (not headline and is_plan(text, rules))
    plans = plans_in((text[p.start : p.end] for p in article.paragraphs), rules, is_programme=programme)
    names = longest_names((*titled, *every))
    titles = titles_of([paragraph.text for paragraph in article.paragraphs])
    items = column_zones(article, zone, titled, named, titles, rules)
    regions = regions_of(text, zone, [mention.place for mention in (*titled, *every)], sender.region, rules)

    def place(at: int, name: str, head: str) -> ZoneName | None:
        return place_named(name, head, named[at], regions, rules)

    rows = rows_in(article.paragraphs, text, place, rules)
    text = _cells_apart(text, article, rows)
    prose = _without_rows(text, article, rows)
    quantities, unread = quantities_in(prose, claims_in(prose, rules), rules)
    starts = [quantity.start for quantity in quantities]
    begun = carried = _begun(headline, issue_date, rules, programme=programme)
    scene = _Scene(article, text, mentions_in(text, issue_date, rules, begun.planned_year), issue_date, rules)
    abouts: list[About] = []
    facts: list[_Fact] = []
    groups: list[Group] = []
    for number, (paragraph, zones, item, begins) in enumerate(
        zip(article.paragraphs, named, items, _items_begin(titles, items), strict=True), start=1
    ):
        around = _around(item, paragraph, zones, regions, rules) if item is not None else regions
        stage = Stage(paragraph.start, zones, item or zone, around, is_programme=programme, every=names)
        opening = opening_region(text, paragraph.start, paragraph.end, stage, rules)
        carried = begun if begins else carried
        section = _section(scene, number, starts) if programme and number - 1 not in rows else None
        if section is not None:
            carried = carried.in_section(section)
            continue
        plan = _is_plan(carried, issue_date, plans[number - 1])
        where = _Where(number, replace(stage, opening=opening), plan)
        row = rows.get(number - 1)
        if row is not None:
            facts += _row_facts(scene, where, row, carried)
            abouts += [figure.about for figure in row.figures]
            unread += row.unread
            carried = _to_next(article, number, carried)
            continue
        told, here, spans, carried = _prose(scene, where, quantities, starts, carried)
        facts += told
        groups += [replace(span, first=span.first + len(abouts), last=span.last + len(abouts)) for span in spans]
        abouts += here
        carried = _to_next(article, number, carried, is_plan=plan)
    return Reading(
        article,
        _event_day(article, text, issue_date),
        zone,
        _metrics(scene, abouts, facts, totals(text, abouts, groups) | _row_totals(rows, abouts)),
        tuple(_question(article, span) for span in sorted(unread, key=lambda span: span.start)),
    )


def _metrics(
    scene: _Scene, abouts: Sequence[About], facts: Sequence[_Fact], whole: Mapping[int, int]
) -> tuple[Metric, ...]:
    """The quantities of an article as metrics; `whole` says of which other one each is a part."""
    facts = [_dated_by_total(fact, facts[whole[i]] if i in whole else None) for i, fact in enumerate(facts)]
    abouts = _named_by_totals(abouts, whole)
    per = denominators(scene.text, abouts, [fact.sentence_start for fact in facts], scene.rules)
    codes = _codes(abouts, whole, scene.rules)
    return tuple(_metric(scene, about, facts[i], whole.get(i), per[i], codes[i]) for i, about in enumerate(abouts))


def _begun(headline: str, issue_date: date | None, rules: Lexicons, *, programme: bool) -> Carried:
    """The time that a headline states; a programme for a year to come (2026年重点工作计划) is all of that year."""
    told = headline_period(headline, mentions_in(headline, issue_date, rules))
    mention = told.mention
    if not programme or mention is None or mention.period is None or issue_date is None:
        return told
    return told.in_section(mention) if is_ahead(mention.period, issue_date) else told


def _around(item: ZoneName, paragraph: Paragraph, zones: NamedZones, regions: Regions, rules: Lexicons) -> Regions:
    """The regions of an item of a column: 全县 is that of the item's zone, and of no other item's."""
    own = regions_of(paragraph.text, item, [mention.place for mention in zones.mentions], None, rules)
    return replace(own, province=own.province or regions.province)


def _event_day(article: Article, text: str, issue_date: date | None) -> date | None:
    """The day that the first sentence states, else that of a speech: ——2026年2月4日在…会议上.

    今天 is the day of the dateline: 青溪7月26日讯.
    """
    printed = event_day(article.dateline, issue_date) if article.dateline else None
    day = event_day(text[: article.paragraphs[0].end], printed or issue_date) if article.paragraphs else None
    day = printed if day is None and printed is not None and _TODAY.match(text) else day
    spoken = (line for line in article.headline if line.startswith("—") and "日在" in line)
    return day or next((event_day(line, issue_date) for line in spoken), None)


def _items_begin(titles: Sequence[bool], items: Sequence[ZoneName | None]) -> list[bool]:
    """For each paragraph whether an item of a column begins with it: the times of the item before do not hold there."""
    others = [item is not None and item != before for item, before in zip(items, (None, *items), strict=False)]
    return [title or other for title, other in zip(titles, others, strict=True)]


def _facts(
    scene: _Scene,
    where: _Where,
    cues: Cues,
    start: int,
    end: int,
    told: Sequence[About],
    carried: Carried,
    *,
    goals: bool,
    aims: bool,
) -> Iterator[_Fact]:
    """Status, period and zone of the quantities of the sentence `text[start:end]`.

    `goals`: it goes on with goals; `aims`: it does, or sets some itself.
    """
    text, issue_date, rules = scene.text, scene.issue_date, scene.rules
    sentence, shown = text[start:end], scene.article.body[start:end].strip()
    spans = [(about.quantity.start, about.quantity.end) for about in told]
    zones = sentence_zones(text, start, end, spans, where.stage, rules)
    behind, holding = start, carried.holding(sentence)
    ahead = (goals or where.is_plan) and not tells_facts(sentence, rules)
    period: Period | None = None
    for about, after, zone in zip(told, (*told[1:], None), zones, strict=True):
        at = about.quantity.start
        status = cues.status_of(at - start, about.phrase, issue_date)
        if status in ("actual", "planned"):
            names_things = about.quantity.classifier is not None and about.direction.kind == "level"
            status = cues.status_behind(about.quantity.end - start, names_things=names_things) or status
        if about.direction.kind == "level" and of_goal(about.phrase):
            status = "target"
        # a project's investment is of no time, that of the projects counted before it of theirs
        of_project = about.term is not None and about.term.code == "project.investment" and not _grows(about, after)
        since = holding if (period is not None if of_project else _flows(about)) else None
        since = carried.aim if status != "actual" and carried.aim is not None else since
        period = period_of(text, start, at, behind, scene.mentions, since, status, issue_date)
        if ahead and status == "actual":
            meant: Status = "target" if goals else "planned"
            to_come = period_of(text, start, at, behind, scene.mentions, since, meant, issue_date)
            if to_come is None or issue_date is None or to_come.end >= issue_date:
                status, period = meant, to_come
        behind = about.quantity.end
        period = goal_year(issue_date) if aims and period is None else period
        period = since_january(period, about.direction.kind, text[max(start, at - _NEAR) : at])
        of_year = about.term is not None and about.term.code == "project.investment.planned"
        if of_year or (status != "actual" and _OF_THE_YEAR.search(about.phrase)):
            period = whole_year(period, issue_date)
        if status == "actual" and period is not None and issue_date is not None:
            named = scene.mentions.between(start, at)
            if is_ahead(period, issue_date) or (named and ends_ahead(period, issue_date)):
                # what lies ahead is no fact, and what it starts from has no such time
                done = named and cues.are_done(named[-1].end - start, at - start)
                status, period = ("actual", None) if done or is_start(sentence, at - start) else ("planned", period)
        yield _Fact(status, period, zone, where.number, start, shown)


def _grows(about: About, after: About | None) -> bool:
    """Whether an amount is of a stretch of time: growth against last year, and what the next tells to have grown so."""
    if about.direction.kind != "level":
        return about.direction.basis == "yoy"
    return (
        after is not None
        and after.direction.kind == "growth"
        and after.direction.basis == "yoy"
        and after.rule == "inherited"
        and after.quantity.start - about.quantity.end <= _CLOSE
    )


def _cells_apart(text: str, article: Article, rows: Mapping[int, Row]) -> str:
    """The text with a mark between the cells of the rows that hold sentences and are read as such."""
    apart = {at for at, p in enumerate(article.paragraphs) if p.kind == "table" and at not in rows}
    if not apart:
        return text
    prose = [text[p.start : p.end] for p in article.paragraphs]
    return "\n".join(_BETWEEN_CELLS.sub("；", told) if at in apart else told for at, told in enumerate(prose))


def _without_rows(text: str, article: Article, rows: Mapping[int, Row]) -> str:
    """The text with blanks for the rows of its tables, which are read by their columns."""
    if not rows:
        return text
    prose = [
        text[p.start : p.end] if at not in rows else " " * (p.end - p.start) for at, p in enumerate(article.paragraphs)
    ]
    return "\n".join(prose)


def _row_facts(scene: _Scene, where: _Where, row: Row, carried: Carried) -> Iterator[_Fact]:
    """Status, period and zone of the numbers of a table's row."""
    paragraph = scene.article.paragraphs[where.number - 1]
    zone = row.zone or where.stage.zone
    counts = any(figure.about.quantity.classifier for figure in row.figures)
    for figure in row.figures:
        status = status_in(figure.words, row.title)
        period = period_in(
            figure.words, figure.cells, row.named, scene.mentions, carried.mention, status, scene.issue_date
        )
        term = figure.about.term
        if term is not None and term.code == "project.investment" and not counts:
            period = None  # a project's investment is of no time, that of projects counted beside it of theirs
        yield _Fact(status, period, zone, where.number, paragraph.start, paragraph.text.strip())


def _row_totals(rows: Mapping[int, Row], abouts: Sequence[About]) -> dict[int, int]:
    """The parts and totals of tables, as indices into the quantities of the article."""
    figures = [figure for row in rows.values() for figure in row.figures if figure.total is not None]
    at = {about.quantity.start: i for i, about in enumerate(abouts)} if figures else {}
    return {at[figure.about.quantity.start]: at[figure.total] for figure in figures if figure.total is not None}


def _to_next(article: Article, number: int, carried: Carried, *, is_plan: bool = False) -> Carried:
    following = article.paragraphs[number] if number < len(article.paragraphs) else None
    in_list = following is not None and following.kind in ("list", "table")
    return carried.to_next_paragraph(in_list=in_list, is_plan=is_plan)


def _section(scene: _Scene, number: int, starts: Sequence[int]) -> Mention | None:
    """The time of the part of a report that a paragraph opens as its heading, which tells no figures."""
    paragraph = scene.article.paragraphs[number - 1]
    start, end = paragraph.start, paragraph.end
    if bisect_left(starts, start) < bisect_left(starts, end):
        return None
    return section_time(scene.text[start:end], scene.mentions.between(start, end), scene.rules)


def _prose(
    scene: _Scene, where: _Where, quantities: Sequence[Quantity], starts: Sequence[int], carried: Carried
) -> tuple[list[_Fact], list[About], list[Group], Carried]:
    """The facts of a paragraph, what they are about, its sentences as groups of them, and the time that holds on."""
    paragraph, text, goals = scene.article.paragraphs[where.number - 1], scene.text, False
    facts: list[_Fact] = []
    here: list[About] = []
    groups: list[Group] = []
    at = bisect_left(starts, paragraph.start)
    for start, end in sentences_in(text, paragraph.start, paragraph.end):
        first, at = at, bisect_left(starts, end, lo=at)
        aims = goals or sets_goals(text[start:end])
        named = scene.mentions.between(start, end)
        if first == at and not named:
            goals = aims
            continue
        cues = cues_in(text[start:end], scene.rules)
        if first < at:
            told = about_sentence(text, start, end, quantities[first:at], here, scene.rules)
            facts += _facts(scene, where, cues, start, end, told, carried, goals=goals, aims=aims)
            here += told
            groups.append(Group(start, end, len(here) - len(told), len(here)))
        goals = aims
        if named:
            carried = _carried_on(scene, where, cues, start, named, carried, tells=first < at)
    return facts, here, groups, carried


def _is_plan(carried: Carried, issue_date: date | None, mood: bool) -> bool:  # noqa: FBT001 -- what mood.py says
    """Whether a paragraph tells a plan: by the time of the part of the report that it stands in, else by its mood."""
    part = carried.section.period if carried.section is not None else None
    return mood if part is None or issue_date is None else is_ahead(part, issue_date)


def _of_year(mention: Mention, issue_date: date | None) -> bool:
    return issue_date is not None and mention.period is not None and mention.period.start.year == issue_date.year


def _is_to_come(mention: Mention, issue_date: date | None) -> bool:
    return issue_date is not None and mention.period is not None and mention.period.start > issue_date


def _is_within(mention: Mention, whole: Mention) -> bool:
    """Whether a time is some months of another one."""
    one, other = mention.period, whole.period
    if one is None or other is None or mention.is_of_years or (one.start, one.end) == (other.start, other.end):
        return False
    return other.start <= one.start and one.end <= other.end


def _carried_on(
    scene: _Scene, where: _Where, cues: Cues, start: int, named: Sequence[Mention], carried: Carried, *, tells: bool
) -> Carried:
    """What holds behind a sentence that names some times: what a plan is for does not date the facts that follow it.

    A single month holds on only where the sentence `tells` figures of it (2021年2月，… may date a visit), or what goes
    on for it: 6月份“安全生产月”期间.
    """
    spans = [
        mention
        for mention in named
        if mention.is_told
        and mention.is_span
        and (tells or not mention.is_month or _LASTS.match(scene.text, mention.end))
    ]
    carried = carried.behind(named)
    days = [mention for mention in named if mention.is_day]
    if days:
        carried = carried.on(days[-1])
    if not spans and named[0].role == "open" and scene.text[start - 1 : start] in ("", "\n"):
        return carried.forgotten()
    facts = [m for m in spans if cues.status_of(m.start - start, "", scene.issue_date) == "actual"]
    if not where.stage.is_programme:
        facts = [m for m in facts if not _is_to_come(m, scene.issue_date)]  # 已经排进明年的开工清单
    if not tells and carried.of_article is not None:
        facts = [m for m in facts if not _is_within(m, carried.of_article)]  # 1—8月…。7、8月份主要指标逐月改善
    carried = carried.aiming([m for m in spans[-1:] if m not in facts[-1:] and _of_year(m, scene.issue_date)])
    if not facts:
        return carried
    if where.stage.is_programme:
        return carried.within_report(facts, start, where.stage.paragraph, is_plan=where.is_plan)
    return carried.after(facts[-1], opens_article=start == 0)


def _metric(scene: _Scene, about: About, fact: _Fact, total: int | None, per: str | None, code: str | None) -> Metric:
    quantity = about.quantity.negated() if about.direction.falling else about.quantity
    return Metric(
        start=quantity.start,
        end=quantity.end,
        quote=scene.article.body[quantity.start : quantity.end],
        sentence=fact.sentence,
        paragraph=fact.paragraph,
        raw_value=quantity.raw_value,
        raw_unit=quantity.raw_unit,
        value=quantity.value,
        value_low=quantity.low,
        value_high=quantity.high,
        qualifier=quantity.qualifier,
        unit=quantity.unit,
        classifier=quantity.classifier,
        per=per,
        kind=about.direction.kind,
        basis=about.direction.basis,
        subject=about.subject or None,
        indicator=about.indicator,
        indicator_code=code,
        status=fact.status,
        period=fact.period,
        zone=fact.zone,
        part_of=total,
        confidence=about.confidence,
        rule=about.rule,
    )


def _codes(abouts: Sequence[About], whole: Mapping[int, int], rules: Lexicons) -> list[str | None]:
    """The code of each quantity; what a part grows by is a part of the same total: 其中公路投资20573亿元，增长10%."""
    codes: list[str | None] = []
    for i, about in enumerate(abouts):
        total = whole.get(i)
        if total is None and about.rule == "inherited" and about.direction.kind == "growth":
            total = whole.get(i - 1)
        codes.append(code_of(about, None if total is None else abouts[total], rules))
    return codes


def _named_by_totals(abouts: Sequence[About], whole: Mapping[int, int]) -> list[About]:
    """其中风电1610万千瓦，增长8%: what is measured is said of the total only, and what the part grows by is of that."""
    named: list[About] = []
    for i, about in enumerate(abouts):
        grown = about.rule == "inherited" and about.direction.kind == "growth" and i > 0 and about.term is None
        of_part = grown and i not in whole and i - 1 in whole and abouts[i - 1].subject == about.subject
        total = abouts[whole[i]] if i in whole else named[i - 1] if of_part else None
        named.append(_named_by_total(about, total))
    return named


def _named_by_total(about: About, total: About | None) -> About:
    if total is None or about.term is not None or total.term is None or about.quantity.classifier is not None:
        return about
    return replace(about, indicator=total.indicator, term=total.term)


def _dated_by_total(fact: _Fact, total: _Fact | None) -> _Fact:
    """The parts of a total are of the time that it is of, unless they tell their own."""
    if total is None or total.period is None or fact.status != total.status:
        return fact
    up_to_now = fact.period is not None and fact.period.text in THIS_YEAR and fact.period.start == total.period.start
    if fact.period is not None and not (up_to_now and total.period.text == fact.period.text):
        return fact
    return replace(fact, period=replace(total.period, basis="inherited"))


def _flows(about: About) -> bool:
    """Whether a quantity can inherit a period: what is summed over time, not what stands at a moment."""
    if about.direction.kind in ("growth", "rank", "delta"):
        return True
    if about.quantity.classifier is not None:
        return not _STANDING.search(about.phrase)
    return True


def _question(article: Article, span: Unread) -> Check:
    shown = article.body[max(0, span.start - 12) : span.end + 8].replace("\n", " ")
    return Check(
        rule="unread_number",
        severity="warning",
        outcome="failed",
        message=f"“{shown}”中的数字没有读作指标，也不知是别的什么。 "
        f"The number in “{shown}” was not read as a metric and is not known to be anything else.",
        found=article.body[span.start : span.end],
    )
