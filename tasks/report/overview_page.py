"""The overview: its rows arranged for the template index.html."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from tasks.report import charts
from tasks.report.amounts import amount
from tasks.report.issue_page import Choice
from tasks.report.labels import labels
from tasks.report.read_overview import FRESH_ISSUES
from tasks.report.records import Overview, Seen, StageCount

_WORDS: Final = {"several": "说法不一", "sum": "各部分之和", "part": "某总数的一部分"}


class Step(NamedTuple):
    """A stage of the funnel: the zones with a number of projects, those whose newest issue has several, and regions."""

    zh: str
    en: str
    total: str
    counts: list[StageCount]
    undecided: list[StageCount]
    regions: list[StageCount]


class Month(NamedTuple):
    """A cell of the coverage matrix; `much` is the share of the fullest cell, in %."""

    month: date
    issues: int
    metrics: int
    much: int


def overview_context(overview: Overview) -> dict[str, object]:
    """What index.html is filled with."""
    fresh = sorted(overview.issues, key=lambda issue: issue.ingested_at, reverse=True)[:FRESH_ISSUES]
    zones = sorted({zone for issue in overview.issues for zone in issue.zones})
    return {
        "state": "",
        "overview": overview,
        "totals": overview.totals,
        "fresh": fresh,
        "figures": {issue.issue_id: [f for f in overview.figures if f.issue_id == issue.issue_id] for issue in fresh},
        "investment": charts.investment(overview.scores),
        "projects": charts.projects(overview.funnel),
        "funnel": charts.funnel(overview.funnel),
        "steps": _steps(overview.funnel),
        "months": sorted({seen.month for seen in overview.coverage}),
        "matrix": _matrix(overview.coverage),
        "shown": len({seen.zone for seen in overview.coverage}),
        "flags": {id(score): _flags(score.flags) for score in overview.scores},
        "options": [Choice("zone", "开发区", "zone", [(zone, zone, _issues_of(zone, overview)) for zone in zones])],
    }


def _issues_of(zone: str, overview: Overview) -> int:
    return sum(zone in issue.zones for issue in overview.issues)


def _steps(counts: Iterable[StageCount]) -> list[Step]:
    by_stage: defaultdict[str, list[StageCount]] = defaultdict(list)
    for count in counts:
        by_stage[count.stage].append(count)
    steps = []
    for stage in charts.FUNNEL:
        label = labels().of("stage", stage)
        known = sorted(
            (count for count in by_stage[stage] if count.projects is not None and not count.is_region),
            key=lambda count: (-(count.projects or 0), count.zone),
        )
        undecided = [count for count in by_stage[stage] if count.projects is None]
        total = (
            amount(sum((count.projects or Decimal(0) for count in known), Decimal(0)), "count", "个") if known else "—"
        )
        regions = [count for count in by_stage[stage] if count.projects is not None and count.is_region]
        if known or undecided or regions:
            steps.append(Step(label.zh, label.en, total, known, undecided, regions))
    return steps


def _matrix(coverage: Iterable[Seen]) -> list[tuple[str, list[Month]]]:
    """Zones with their months in order; the zone that was seen last comes first."""
    zones: defaultdict[str, list[Seen]] = defaultdict(list)
    for seen in coverage:
        zones[seen.zone].append(seen)
    most = max((seen.metrics for row in zones.values() for seen in row), default=0) or 1

    def last(zone: str) -> date:
        return max((seen.month for seen in zones[zone] if seen.issues), default=date.min)

    return [
        (zone, [Month(s.month, s.issues, s.metrics, 25 + 75 * s.metrics // most) for s in zones[zone]])
        for zone in sorted(sorted(zones), key=last, reverse=True)
    ]


def _flags(flags: Iterable[str]) -> dict[str, list[str]]:
    """The flags of a row of the scorecard, cell by cell: `cell: word` as the view gives them."""
    by_cell: defaultdict[str, list[str]] = defaultdict(list)
    for flag in flags:
        cell, _, word = flag.partition(": ")
        by_cell[cell].append(_WORDS.get(word) or labels().of("qualifier", word).zh)
    return dict(by_cell)
