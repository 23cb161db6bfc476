"""The pages of `jianbao status`."""

from typing import Any

import duckdb
from rich.console import Console
from rich.text import Text

from flows.hints import command
from flows.report import make_console
from flows.tables import print_section
from tasks.errors import BusyError
from warehouse.catalog import open_reader
from warehouse.home import Home
from warehouse.lock import check_free
from warehouse.schema import DICTIONARY, META, TABLES


def overview(home: Home) -> None:
    """Print the state of a home on stdout; a home without a catalog is no error."""
    console = make_console()
    console.print(Text(f"jianbao home {home.root}", style="bold"))
    if not home.catalog.exists():
        console.print("There is no catalog yet: nothing was ever loaded.")
        console.print(f"Load something: {command(home, 'run', 'FILE')}, or drop issues into {home.inbox}")
        return
    with open_reader(home) as connection:
        _freshness(console, connection, home)
        _counts(console, connection)
        _issues(console, connection)
        _runs(console, connection)
        _quarantine(console, connection)


def _freshness(console: Console, connection: duckdb.DuckDBPyConnection, home: Home) -> None:
    newest, last = _rows(
        connection, "SELECT (SELECT max(issue_date) FROM issues), (SELECT max(finished_at) FROM runs)"
    )[0]
    console.print(f"newest issue  {newest or 'none with a date'}")
    console.print(f"last run      {f'{last:%Y-%m-%d %H:%M:%S} UTC' if last else 'none has finished'}")
    try:
        check_free(home.lock)
    except BusyError:
        console.print("at work       a run is loading now")


def _counts(console: Console, connection: duckdb.DuckDBPyConnection) -> None:
    names = [table.name for table in TABLES if table not in (META, DICTIONARY)]
    query = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in names)
    counts = ", ".join(f"{name} {number:,}" for name, number in _rows(connection, query))
    console.print(f"rows          {counts}")


def _issues(console: Console, connection: duckdb.DuckDBPyConnection) -> None:
    rows = _rows(
        connection,
        """
        SELECT i.issue_id, string_agg(d.file_name, ', '), i.issue_date, i.article_count, i.metric_count, i.revision
        FROM issues i JOIN documents d USING (issue_id)
        GROUP BY ALL ORDER BY i.issue_date DESC NULLS LAST, i.issue_id
        """,
    )
    print_section(console, "issues", ("issue", "file", "date", "articles", "metrics", "revision"), rows, "none yet")


def _runs(console: Console, connection: duckdb.DuckDBPyConnection) -> None:
    rows = _rows(
        connection,
        """
        SELECT strftime(started_at, '%Y-%m-%d %H:%M:%S'), round(epoch(finished_at - started_at), 1) || ' s', outcome,
               documents_new, documents_unchanged, documents_failed, metrics
        FROM runs ORDER BY started_at DESC LIMIT 5
        """,
    )
    columns = ("started (UTC)", "took", "outcome", "new", "unchanged", "quarantined", "metrics")
    print_section(console, "last runs", columns, rows, "none has finished")


def _quarantine(console: Console, connection: duckdb.DuckDBPyConnection) -> None:
    rows = _rows(
        connection,
        """
        SELECT source_uri, stage, error, attempts, strftime(first_seen, '%Y-%m-%d %H:%M'), message
        FROM rejects ORDER BY last_seen DESC, source_uri
        """,
    )
    print_section(console, "quarantine", ("file", "stage", "error", "tries", "since (UTC)", "why"), rows, "empty")


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return connection.execute(query).fetchall()
