"""Every promise of the store, asked of the store itself."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from tasks.clean.conserve import difference
from tasks.load.again import Standing, standing_issues
from tasks.load.rows import issue_rows
from tasks.load.run import Reject
from tasks.load.sweep import known_files
from tasks.maintain.finding import Finding
from tasks.records import SIDECAR_TYPE, IssueFiles, ReadIssue
from warehouse.home import Home
from warehouse.schema import CHECKS, ISSUE_TABLES, TABLES

Read = Callable[[IssueFiles], ReadIssue | Reject]
"""Reads, cleans and extracts the files of an issue from the raw store."""

# What differs between two loads of the same text.
_OF_THE_RUN = frozenset({"run_id", "ingested_at", "fingerprint"})
_ANY_TIME = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class Store:
    """What is verified: the home, whose lock the caller holds, and a connection to it."""

    home: Home
    connection: duckdb.DuckDBPyConnection

    def rows(self, query: str, *parameters: object) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self.connection.execute(query, list(parameters)).fetchall()

    def count(self, table: str) -> int:
        """How many rows a table has."""
        ((number,),) = self.rows(f"SELECT count(*) FROM {table}")
        return int(number)


def verify(store: Store, extractor_version: str, read: Read | None) -> Iterator[Finding]:
    """Check promise after promise; with `read` every issue is also read again and compared row by row."""
    yield _whole_issues(store)
    yield _known_issues(store)
    yield _ledger(store)
    yield _quotes(store)
    yield _paragraphs(store)
    yield _raw_bytes(store)
    yield _reasons(store)
    yield _clock(store)
    yield _references(store)
    yield _files(store)
    if read:
        yield from _read_again(store, extractor_version, read)


def _whole_issues(store: Store) -> Finding:
    problems = store.rows(
        """
        WITH counted AS (
            SELECT issue_id, article_count, metric_count, document_count,
                   (SELECT count(*) FROM articles a WHERE a.issue_id = i.issue_id) AS articles,
                   (SELECT count(*) FROM metrics m WHERE m.issue_id = i.issue_id) AS metrics,
                   (SELECT count(*) FROM documents d WHERE d.issue_id = i.issue_id AND media_type <> ?) AS documents
            FROM issues i
        )
        SELECT format('issue {}: says {} articles, {} metrics, {} files, has {}, {}, {}', issue_id, article_count,
                      metric_count, document_count, articles, metrics, documents)
        FROM counted
        WHERE (article_count, metric_count, document_count) <> (articles, metrics, documents) OR articles = 0
        """,
        SIDECAR_TYPE,
    )
    return Finding.of("an issue is there whole", store.count("issues"), _sentences(problems))


def _known_issues(store: Store) -> Finding:
    problems: list[str] = []
    checked = 0
    for table in ISSUE_TABLES:
        rows = store.rows(
            f"SELECT issue_id, count(*) FROM {table.name} "
            "WHERE issue_id NOT IN (SELECT issue_id FROM issues) GROUP BY 1 ORDER BY 1"
        )
        problems += [
            f"{table.name}: {number} rows of issue {issue_id}, which is not published" for issue_id, number in rows
        ]
        checked += store.count(table.name)
    twice = store.rows("SELECT issue_id, count(*) FROM issues GROUP BY 1 HAVING count(*) > 1 ORDER BY 1")
    problems += [f"issues: {issue_id} stands there {number} times" for issue_id, number in twice]
    return Finding.of("every row belongs to one published issue", checked, problems)


def _ledger(store: Store) -> Finding:
    problems = store.rows(
        """
        SELECT format('file {} ({}) is published {} times', file_name, sha256[:12], count(*))
        FROM documents GROUP BY file_name, sha256 HAVING count(*) > 1
        UNION ALL
        SELECT format('issue {} has revision {}, its texts go up to {}', i.issue_id, i.revision, max(r.revision))
        FROM issues i LEFT JOIN revisions r USING (issue_id) GROUP BY i.issue_id, i.revision
        HAVING i.revision IS DISTINCT FROM max(r.revision)
        UNION ALL
        SELECT format('file {} of issue {} is not in revisions', d.file_name, d.issue_id)
        FROM documents d ANTI JOIN revisions r USING (issue_id, sha256)
        """
    )
    return Finding.of("the ledger knows every text once", store.count("revisions"), _sentences(problems))


def _quotes(store: Store) -> Finding:
    problems = store.rows(
        """
        SELECT format('metric {}: body[{}:{}] is not {}', metric_id, span_start, span_end, quote)
        FROM metrics m LEFT JOIN articles a USING (article_id)
        WHERE quote = '' OR a.body IS NULL OR substr(a.body, span_start + 1, span_end - span_start) <> quote
           -- an article that goes on in another file has lines of that file there
           OR m.source_line_start < a.source_line_start AND m.source_page = a.source_page
              AND coalesce(m.document_id, a.document_id) = a.document_id
        ORDER BY metric_id
        """
    )
    return Finding.of("every quote stands where it is said to stand", store.count("metrics"), _sentences(problems))


def _paragraphs(store: Store) -> Finding:
    problems = store.rows(
        """
        SELECT format('article {}: its paragraphs are not its body', article_id)
        FROM articles a LEFT JOIN (
            SELECT article_id, string_agg(text, chr(10) ORDER BY seq) AS body,
                   bool_and(length(text) = span_end - span_start) AS fits
            FROM paragraphs GROUP BY article_id
        ) p USING (article_id)
        WHERE p.body IS DISTINCT FROM a.body OR NOT fits ORDER BY article_id
        """
    )
    return Finding.of("paragraphs make up the body", store.count("paragraphs"), _sentences(problems))


def _raw_bytes(store: Store) -> Finding:
    rows = store.rows(
        "SELECT sha256, true FROM revisions UNION SELECT sha256, false FROM rejects WHERE sha256 IS NOT NULL "
        "ORDER BY ALL"
    )
    problems = []
    for sha256, is_published in rows:
        path = store.home.raw / sha256[:2] / sha256
        # A refused issue of several files is known by one hash of them all, under which nothing is stored.
        if not path.exists() and not is_published:
            continue
        if not path.exists():
            problems.append(f"raw/{sha256[:2]}/{sha256} is missing: ingest its file again, or restore a backup")
        elif _hash(path) != sha256:
            problems.append(f"raw/{sha256[:2]}/{sha256} is damaged: its bytes are not those that its name says")
    return Finding.of("the bytes as received are all there, unchanged", len(rows), problems)


def _reasons(store: Store) -> Finding:
    problems = store.rows(
        "SELECT format('{}: quarantined without a reason', source_uri) FROM rejects WHERE trim(message) = '' "
        "UNION ALL SELECT format('check {} says nothing', check_id) FROM checks WHERE trim(message) = ''"
    )
    return Finding.of(
        "what could not be read has its reason", store.count("rejects") + store.count("checks"), _sentences(problems)
    )


def _clock(store: Store) -> Finding:
    problems = store.rows(
        """
        SELECT format('metric {}: dated by an issue that has no date', metric_id)
        FROM metrics JOIN issues USING (issue_id) WHERE period_basis = 'issue' AND issue_date IS NULL
        UNION ALL
        SELECT format('metric {}: its period ends before it begins', metric_id) FROM metrics
        WHERE period_end < period_start
        """
    )
    return Finding.of("the issue's date is the only clock", store.count("metrics"), _sentences(problems))


def _references(store: Store) -> Finding:
    problems = store.rows(
        """
        SELECT format('metric {}: part of {}, which is not there', m.metric_id, m.part_of)
        FROM metrics m ANTI JOIN metrics total ON total.metric_id = m.part_of AND total.article_id = m.article_id
        WHERE m.part_of IS NOT NULL
        UNION ALL
        SELECT format('metric {}: code {} is not in indicators', metric_id, indicator_code)
        FROM metrics WHERE indicator_code NOT IN (SELECT code FROM indicators)
        UNION ALL
        SELECT format('check {}: metric {} is not there', check_id, metric_id)
        FROM (SELECT check_id, unnest(metric_ids) AS metric_id FROM checks) ANTI JOIN metrics USING (metric_id)
        UNION ALL
        SELECT format('{} has {} rows with the same id', metric_id, count(*)) FROM metrics GROUP BY metric_id
        HAVING count(*) > 1
        """
    )
    return Finding.of("what a row refers to is there", store.count("metrics"), _sentences(problems))


def _files(store: Store) -> Finding:
    known = known_files(store.connection, store.home)
    lake = store.home.lake / "main"
    missing = [f"{path} is missing: restore a backup" for path in sorted(known) if not path.exists()]
    unknown = [
        f"{path.relative_to(store.home.root)} is not known to the catalog: the next run takes it away"
        for path in sorted(lake.glob("*/*.parquet"))
        if path not in known
    ]
    comments = store.rows(
        "SELECT count(*) FROM duckdb_columns() JOIN duckdb_tables() USING (database_name, schema_name, table_name) "
        "WHERE database_name = 'lake' AND duckdb_columns.comment IS NULL"
    )
    ((silent,),) = comments
    tables = {name for (name,) in store.rows("SELECT table_name FROM duckdb_tables() WHERE database_name = 'lake'")}
    absent = [f"the table {table.name} is missing" for table in TABLES if table.name not in tables]
    wordless = [f"{silent} columns have no comment"] if silent else []
    return Finding.of("catalog and files agree", len(known), missing + unknown + absent + wordless)


def _read_again(store: Store, extractor_version: str, read: Read) -> Iterator[Finding]:
    """The same bytes and the same rules give the same rows, and every printing character is in them."""
    standing = [
        issue
        for issue in standing_issues(store.connection, None, None, None)
        if issue.extractor_version == extractor_version
    ]
    different: list[str] = []
    lost: list[str] = []
    for issue in standing:
        result = read(issue.files)
        name = f"issue {issue.issue_id} ({issue.files.name})"
        if isinstance(result, Reject):
            different.append(f"{name}: could not be read again: {result.message}")
            continue
        different += _differences(store, issue, result, name)
        lost += _lost(store, issue, result, name)
    yield Finding.of("the same bytes and rules give the same rows", len(standing), different)
    yield Finding.of("every printing character stands in an article or aside", len(standing), lost)


def _differences(store: Store, issue: Standing, read: ReadIssue, name: str) -> Iterator[str]:
    made = issue_rows(read, issue.issue_id, issue.revision, (), "", _ANY_TIME)
    for table in ISSUE_TABLES:
        if table is CHECKS:
            continue  # what was known of other issues on that day decides them, too
        columns = [column.name for column in table.columns if column.name not in _OF_THE_RUN]
        stored = store.rows(f"SELECT {', '.join(columns)} FROM {table.name} WHERE issue_id = ?", issue.issue_id)
        again = [tuple(row[column] for column in columns) for row in made[table.name]]
        if Counter(map(repr, stored)) != Counter(map(repr, again)):
            yield f"{name}: rows of {table.name} are not what reading it again gives"


def _lost(store: Store, issue: Standing, read: ReadIssue, name: str) -> Iterator[str]:
    """Compares the printing characters of the source with those of the stored rows, not of the new ones."""
    source = (line.text for document in read.issue.documents for page in document.pages for line in page)
    kept = (
        text or ""
        for query in (
            "SELECT body FROM articles WHERE issue_id = ?",
            "SELECT headline FROM articles WHERE issue_id = ?",
            "SELECT text FROM asides WHERE issue_id = ?",
        )
        for (text,) in store.rows(query, issue.issue_id)
    )
    if odd := "".join(sorted("".join(difference(source, kept)))):
        yield f"{name}: {len(odd)} characters differ between the source and the tables, first {odd[:10]!r}"


def _sentences(rows: list[tuple[Any, ...]]) -> list[str]:
    return [sentence for (sentence,) in rows]


def _hash(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
