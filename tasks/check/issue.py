"""An issue that was read to the same issue with its checks: the one entry of the stage."""

from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from tasks.check.bounds import check_bounds
from tasks.check.changed import check_from_to
from tasks.check.growth import check_changes, check_shares
from tasks.check.history import Fact, Said, by_fact, check_growth_by_year, check_restated, said_by
from tasks.check.summed import check_code_splits, check_summed
from tasks.check.totals import check_totals
from tasks.records import Check, Reading, ReadIssue


def check_issue(
    read: ReadIssue,
    issue_id: str,
    identify: Callable[[Reading, int], str],
    names: Mapping[str, str],
    earlier: Iterable[Said] = (),
) -> tuple[ReadIssue, tuple[Said, ...]]:
    """The issue with what every check found behind the questions that extraction left, and what it says itself.

    `identify` gives the id of a metric from its reading and index, `names` leads from names of zones to canonical ones,
    `earlier` is what other issues said; what comes back as said is to be among it for the issues that follow.
    """
    known = by_fact(said for said in earlier if said.issue_id != issue_id)
    said: list[Said] = []
    readings: list[Reading] = []
    for reading in read.readings:
        ids = [identify(reading, index) for index in range(len(reading.metrics))]
        own = tuple(said_by(reading.metrics, ids, issue_id, read.issue.issue_date, names))
        checks = tuple(_checks(reading, issue_id, names, known, by_fact(own)))
        readings.append(replace(reading, checks=(*reading.checks, *checks)))
        said += own
        for one in own:
            known.setdefault(one.fact, []).append(one)
    return replace(read, readings=tuple(readings)), tuple(said)


def _checks(
    reading: Reading,
    issue_id: str,
    names: Mapping[str, str],
    earlier: Mapping[Fact, Sequence[Said]],
    own: Mapping[Fact, Sequence[Said]],
) -> Iterator[Check]:
    metrics = reading.metrics
    yield from check_totals(reading.article.body, metrics)
    yield from check_summed(reading.article.body, metrics)
    yield from check_code_splits(metrics)
    yield from check_changes(reading.article.body, metrics)
    yield from check_shares(reading.article.body, metrics)
    yield from check_from_to(reading.article.body, metrics)
    yield from check_bounds("".join(reading.article.headline), metrics)
    yield from check_restated(metrics, issue_id, names, earlier)
    # the level of a year before may stand in the article itself: 去年同期为11亿元
    yield from check_growth_by_year(metrics, names, ChainMap(own, earlier))  # type: ignore[arg-type]
