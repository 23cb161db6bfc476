"""The rows of issue pages, read for many issues at once, and the states by which a page is known to be current."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Final, TypeVar, cast

import duckdb

from tasks.report.records import Article, Check, Issue, IssuePage, Metric, Paragraph, Statement

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_Record = TypeVar("_Record")
_Key = TypeVar("_Key", bound=Hashable)

_NAMED_ISSUES = """
    SELECT i.*, coalesce(d.file_names, [i.issue_id]) AS file_names,
           lag(i.issue_id) OVER by_date AS earlier_id, lead(i.issue_id) OVER by_date AS later_id
    FROM issues i
    LEFT JOIN (SELECT issue_id, list(file_name ORDER BY file_name) AS file_names FROM documents GROUP BY 1) d
        USING (issue_id)
    WINDOW by_date AS (ORDER BY i.issue_date NULLS FIRST, i.issue_id)
"""

CHECKS: Final = """
    SELECT DISTINCT c.* EXCLUDE (issue_id, member), coalesce(m.issue_id, c.issue_id) AS on_issue_id
    FROM (SELECT *, unnest(metric_ids || [NULL]) AS member FROM checks) c LEFT JOIN metrics m ON m.metric_id = c.member
"""

# The facts that were said more than once: what one issue says of them belongs on the page of the other.
_STATEMENTS = """
    SELECT member AS metric_id, fact, p.issue_id, p.issue_date, p.quote, m.value,
           coalesce(p.issue_title, p.file_name) AS issue_name
    FROM (SELECT row_number() OVER (ORDER BY last_metric_id) AS fact, unnest(metric_ids) AS member FROM metric_history
          WHERE len(metric_ids) > 1) h
    JOIN places p ON p.metric_id = h.member JOIN metrics m ON m.metric_id = h.member
"""

# A sum of hashes does not depend on the order of the rows. Articles and paragraphs change with the row of their issue,
# which carries the run that published it.
_STATES = f"""
    WITH named AS ({_NAMED_ISSUES}), said AS ({_STATEMENTS}),
    parts AS (
        SELECT issue_id, hash(named) AS part FROM named
        UNION ALL SELECT issue_id, hash(m) FROM metrics_corrected m
        UNION ALL SELECT on_issue_id, hash(c) FROM ({CHECKS}) c
        UNION ALL SELECT a.issue_id, hash(b.metric_id, b.quote, b.value, b.issue_name, b.issue_date)
            FROM said a JOIN said b ON a.fact = b.fact AND a.issue_id <> b.issue_id
    )
    SELECT issue_id, sum(part)::VARCHAR FROM parts JOIN issues USING (issue_id) GROUP BY 1 ORDER BY 1
"""


_PAGE_ARTICLES = """
    SELECT a.*, coalesce(d.file_name, '') AS file_name FROM articles a LEFT JOIN documents d USING (document_id)
    WHERE list_contains(?, a.issue_id) ORDER BY a.issue_id, a.seq
"""
_PAGE_PARAGRAPHS = "SELECT * FROM paragraphs WHERE list_contains(?, issue_id) ORDER BY article_id, seq"
_PAGE_METRICS = """
    SELECT m.*, i.zh AS indicator_zh, i.en AS indicator_en
    FROM metrics_corrected m LEFT JOIN indicators i ON i.code = m.indicator_code
    WHERE list_contains(?, m.issue_id) ORDER BY m.article_id, m.span_start, m.metric_id
"""
_PAGE_CHECKS = f"""
    SELECT * FROM ({CHECKS}) WHERE list_contains(?, on_issue_id)
    ORDER BY outcome, CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, check_id
"""
_PAGE_STATEMENTS = f"""
    WITH said AS ({_STATEMENTS})
    SELECT * FROM said WHERE fact IN (SELECT fact FROM said WHERE list_contains(?, issue_id))
    ORDER BY issue_date NULLS FIRST, metric_id
"""


def page_states(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Every issue with a word that changes whenever something on its page does."""
    return dict(connection.execute(_STATES).fetchall())


def read_pages(connection: duckdb.DuckDBPyConnection, states: Mapping[str, str]) -> list[IssuePage]:
    """The pages of some issues, named with their states."""
    wanted = [list(states)]
    articles = _grouped(read_records(connection, Article, _PAGE_ARTICLES, wanted), lambda row: row.issue_id)
    issue_of = {article.article_id: issue_id for issue_id, rows in articles.items() for article in rows}
    paragraphs = _grouped(
        read_records(connection, Paragraph, _PAGE_PARAGRAPHS, wanted), lambda row: issue_of[row.article_id]
    )
    metrics = _grouped(read_records(connection, Metric, _PAGE_METRICS, wanted), lambda row: row.issue_id)
    checks = _grouped(read_records(connection, Check, _PAGE_CHECKS, wanted), lambda row: row.on_issue_id)
    statements = read_records(connection, Statement, _PAGE_STATEMENTS, wanted)
    facts = _grouped(statements, lambda row: row.fact)
    facts_of = _grouped(statements, lambda row: row.issue_id)
    return [
        IssuePage(
            state=states[issue.issue_id],
            issue=issue,
            articles=articles[issue.issue_id],
            paragraphs=paragraphs[issue.issue_id],
            metrics=metrics[issue.issue_id],
            checks=checks[issue.issue_id],
            statements=tuple(
                row for fact in dict.fromkeys(own.fact for own in facts_of[issue.issue_id]) for row in facts[fact]
            ),
        )
        for issue in read_records(
            connection, Issue, f"SELECT * FROM ({_NAMED_ISSUES}) WHERE list_contains(?, issue_id)", wanted
        )
    ]


def read_records(
    connection: duckdb.DuckDBPyConnection, kind: type[_Record], query: str, parameters: Sequence[object] = ()
) -> list[_Record]:
    """The rows of a query as records whose fields are columns of it."""
    names = ", ".join(field.name for field in fields(cast("type[DataclassInstance]", kind)))
    return [kind(*row) for row in connection.execute(f"SELECT {names} FROM ({query})", parameters).fetchall()]


def _grouped(rows: Iterable[_Record], key: Callable[[_Record], _Key]) -> defaultdict[_Key, tuple[_Record, ...]]:
    groups: dict[_Key, list[_Record]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return defaultdict(tuple, {name: tuple(group) for name, group in groups.items()})
