"""What was published before of the facts that an issue speaks of, for the checks that compare."""

from collections.abc import Iterable, Mapping
from datetime import date

import duckdb

from tasks.check.history import Said, a_year_before, fact_of
from tasks.records import ReadIssue


def zone_names(connection: duckdb.DuckDBPyConnection, issues: Iterable[ReadIssue]) -> dict[str, str]:
    """The canonical name of a zone by each name: of the table `zones`, of what is published, and of the issues."""
    read = {
        metric.zone.name
        for issue in issues
        for reading in issue.readings
        for metric in reading.metrics
        if metric.zone is not None
    }
    rows = connection.execute(
        """
        SELECT name, zone FROM zone_names
        UNION
        SELECT name, canonical_zone(name) FROM (SELECT zone AS name FROM metrics UNION SELECT unnest(?::VARCHAR[]))
        WHERE name IS NOT NULL
        """,
        [sorted(read)],
    )
    return dict(rows.fetchall())


def said_before(
    connection: duckdb.DuckDBPyConnection, issues: Iterable[ReadIssue], names: Mapping[str, str]
) -> list[Said]:
    """Every published value of a zone and a period that the issues speak of, or of the same period a year before."""
    facts = {fact_of(metric, names) for issue in issues for reading in issue.readings for metric in reading.metrics}
    wanted = {fact for fact in facts if fact is not None}
    if not wanted:
        return []
    zones = {fact[0] for fact in wanted}
    written = zones | {name for name, zone in names.items() if zone in zones}
    ends: set[date] = {day for fact in wanted for day in (fact[-1], a_year_before(fact)[-1])}
    rows = connection.execute(
        """
        SELECT m.metric_id, m.issue_id, i.issue_date, m.quote, m.raw_value, m.value, m.qualifier, m.unit, m.zone,
            m.indicator, m.subject, m.kind, m.basis, m.per, m.status, m.period_start, m.period_end
        FROM metrics AS m JOIN issues AS i USING (issue_id)
        WHERE list_contains(?::VARCHAR[], m.zone) AND list_contains(?::DATE[], m.period_end) AND m.value IS NOT NULL
        ORDER BY m.metric_id
        """,
        [sorted(written), sorted(ends)],
    ).fetchall()
    return [
        Said(
            metric_id=row[0],
            issue_id=row[1],
            issue_date=row[2],
            quote=row[3],
            raw_value=row[4],
            value=row[5],
            qualifier=row[6],
            unit=row[7],
            fact=(names.get(row[8], row[8]), *row[9:13], row[7], *row[13:17]),
        )
        for row in rows
    ]
