"""The rows of the overview. All lists but that of the issues are bounded, so that the page stays light."""

from datetime import datetime
from typing import Final

import duckdb

from tasks.report.read_issues import CHECKS, read_records
from tasks.report.records import (
    Change,
    Check,
    Figure,
    ListedIssue,
    Overview,
    Refused,
    Score,
    Seen,
    StageCount,
    Totals,
)

FRESH_ISSUES: Final = 6
_FIGURES_AN_ISSUE = 3
_CHANGES = 40
_SCORES = 80
_MONTHS = 24
_ZONES = 80
_CHECKS_SHOWN = 60
_REFUSED = 30

_TOTALS = """
    SELECT (SELECT count(*) FROM issues) AS issues, (SELECT count(*) FROM articles) AS articles,
           (SELECT count(*) FROM metrics) AS metrics, (SELECT count(*) FROM freshness) AS zones,
           (SELECT min(issue_date) FROM issues) AS first_issue_date,
           (SELECT max(issue_date) FROM issues) AS last_issue_date,
           (SELECT count(*) FROM checks WHERE outcome = 'failed') AS checks_failed,
           (SELECT count(*) FROM rejects) AS rejects
"""

_ISSUES = """
    SELECT i.*, coalesce(i.title, d.file_name, i.issue_id) AS name, coalesce(a.zones, []) AS zones,
           coalesce(a.headlines, []) AS headlines
    FROM issues i
    LEFT JOIN (SELECT issue_id, min(file_name) AS file_name FROM documents GROUP BY 1) d USING (issue_id)
    LEFT JOIN (
        SELECT issue_id, list(DISTINCT zone ORDER BY zone) FILTER (WHERE zone IS NOT NULL) AS zones,
               list(headline ORDER BY seq) FILTER (WHERE headline IS NOT NULL) AS headlines
        FROM (SELECT issue_id, seq, headline, canonical_zone(zone) AS zone FROM articles) GROUP BY 1
    ) a USING (issue_id)
    ORDER BY i.issue_date DESC NULLS LAST, i.issue_id
"""

# What came in last, and of that the newest.
_FRESH = (
    f"SELECT issue_id FROM issues ORDER BY ingested_at DESC, issue_date DESC NULLS LAST, issue_id LIMIT {FRESH_ISSUES}"
)

# Money for projects and their number come first: that is what a bulletin is read for; of an article only the first.
_FIGURES = f"""
    SELECT * FROM (
        SELECT *, CASE WHEN indicator_code LIKE 'project.investment%' THEN 0 WHEN indicator_code LIKE 'contract%' THEN 1
                       WHEN indicator_code = 'project.count' THEN 2 WHEN unit = 'CNY' AND kind = 'level' THEN 3
                       WHEN indicator_code IS NOT NULL AND kind = 'level' THEN 4 ELSE 5 END AS choice
        FROM metrics_corrected WHERE issue_id IN ({_FRESH}) AND status = 'actual'
        QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY choice, coalesce(value, value_high, value_low) DESC,
                                   metric_id) = 1
    )
    QUALIFY row_number() OVER (PARTITION BY issue_id ORDER BY choice, coalesce(value, value_high, value_low) DESC,
                               metric_id) <= {_FIGURES_AN_ISSUE}
    ORDER BY issue_id, choice, metric_id
"""

# Restated: another value for the same time. Moved: the same figure of a later time, said by a later issue. A count
# needs a subject, else unlike things would be compared.
_CHANGES_OF_FIGURES = f"""
    WITH facts AS (
        SELECT * FROM metric_history
        WHERE NOT is_ambiguous AND last_value IS NOT NULL AND first_value IS NOT NULL AND zone IS NOT NULL
    ),
    restated AS (
        SELECT true AS is_restated, *, first_value AS before_value, period_start AS before_start, as_of AS before_as_of,
               first_issue_id AS before_issue_id, metric_ids[1] AS before_metric_id
        FROM facts WHERE is_restated AND first_value <> last_value
    ),
    moved AS (
        SELECT false AS is_restated, *, lag(last_value) OVER by_time AS before_value,
               lag(period_start) OVER by_time AS before_start, lag(as_of) OVER by_time AS before_as_of,
               lag(last_issue_id) OVER by_time AS before_issue_id, lag(last_metric_id) OVER by_time AS before_metric_id
        FROM facts
        WHERE status = 'actual' AND last_qualifier = 'exact' AND (subject IS NOT NULL OR unit <> 'count')
        -- what holds on a day is not compared with what was summed up over months
        WINDOW by_time AS (PARTITION BY zone, indicator_code, indicator, subject, kind, basis, unit, per,
                                        coalesce(period_start = as_of, true)
                           ORDER BY as_of, last_said, last_metric_id)
    )
    SELECT *, last_value AS after_value, period_start AS after_start, as_of AS after_as_of,
           last_issue_id AS after_issue_id, last_metric_id AS after_metric_id
    FROM (FROM restated UNION ALL BY NAME
          FROM moved WHERE before_value <> last_value AND before_issue_id <> last_issue_id AND before_as_of < as_of)
    ORDER BY is_restated DESC, last_said DESC, zone, last_metric_id LIMIT {_CHANGES}
"""

_SCORECARD = f"""
    WITH scores AS (
        SELECT * FROM zone_scorecard
        WHERE coalesce(projects_planned, projects_started, projects_under_construction, projects_in_production,
                       investment_total, investment_planned, investment_completed, signed) IS NOT NULL
        ORDER BY as_of DESC, zone, period_start DESC NULLS LAST LIMIT {_SCORES}
    ),
    placed AS (
        SELECT zone, period_start, as_of,
               list({{'issue_id': p.issue_id, 'metric_id': p.metric_id, 'quote': p.quote}} ORDER BY p.metric_id)
                   AS places
        FROM (SELECT zone, period_start, as_of, unnest(metric_ids) AS metric_id FROM scores) s
        JOIN places p USING (metric_id) GROUP BY ALL
    )
    SELECT s.*, coalesce(p.places, []) AS places FROM scores s
    LEFT JOIN placed p ON p.zone = s.zone AND p.as_of = s.as_of AND p.period_start IS NOT DISTINCT FROM s.period_start
    ORDER BY s.as_of DESC, s.zone, s.period_start DESC NULLS LAST
"""

# Of every zone and stage what its newest issue counts, totals only. Where that issue gives several different numbers
# none is chosen and nothing is added up. A region counts its zones once more: it is no zone of the funnel.
_FUNNEL = """
    SELECT stage, zone, CASE WHEN count(DISTINCT projects) = 1 THEN max(projects) END AS projects,
           CASE WHEN count(DISTINCT projects) = 1 THEN max(subject) END AS subject,
           bool_or(is_region) AS is_region, bool_or(len(coalesce(inexact, [])) > 0) AS is_bound,
           max(issue_id) AS issue_id,
           max(issue_date) AS issue_date, min(metric_ids[1]) AS metric_id
    FROM (
        SELECT * FROM project_pipeline
        WHERE is_newest AND zone IS NOT NULL AND projects IS NOT NULL AND status = 'actual' AND NOT is_part
    )
    WHERE stage IS NOT NULL GROUP BY stage, zone ORDER BY stage, zone
"""

_COVERAGE = f"""
    WITH recent AS (
        SELECT * FROM coverage
        QUALIFY dense_rank() OVER (ORDER BY month DESC) <= {_MONTHS}
    ),
    shown AS (
        SELECT zone FROM freshness ORDER BY last_issue_date DESC NULLS LAST, issues DESC, zone LIMIT {_ZONES}
    )
    SELECT * FROM recent SEMI JOIN shown USING (zone) ORDER BY zone, month
"""

_FAILED = f"""
    SELECT * FROM ({CHECKS}) WHERE outcome = 'failed'
    QUALIFY row_number() OVER (PARTITION BY check_id ORDER BY on_issue_id DESC) = 1
    ORDER BY CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, on_issue_id, check_id
    LIMIT {_CHECKS_SHOWN}
"""

_QUOTES = "SELECT metric_id, quote FROM metrics WHERE list_contains(?::VARCHAR[], metric_id)"

_REJECTS = f"SELECT * FROM rejects ORDER BY last_seen DESC, source_uri LIMIT {_REFUSED}"


def read_overview(connection: duckdb.DuckDBPyConnection, now: datetime) -> Overview:
    """The rows of the overview as they are now (UTC)."""
    checks = tuple(read_records(connection, Check, _FAILED))
    return Overview(
        made_at=now,
        totals=read_records(connection, Totals, _TOTALS)[0],
        issues=tuple(read_records(connection, ListedIssue, _ISSUES)),
        figures=tuple(read_records(connection, Figure, _FIGURES)),
        changes=tuple(read_records(connection, Change, _CHANGES_OF_FIGURES)),
        scores=tuple(read_records(connection, Score, _SCORECARD)),
        funnel=tuple(read_records(connection, StageCount, _FUNNEL)),
        coverage=tuple(read_records(connection, Seen, _COVERAGE)),
        checks=checks,
        quotes=dict(connection.execute(_QUOTES, [[one for check in checks for one in check.metric_ids]]).fetchall()),
        refused=tuple(read_records(connection, Refused, _REJECTS)),
    )
