"""What a run shows at its end: what was new, the articles, the metrics that matter, where to go on."""

import sys
from collections.abc import Sequence
from typing import Any

import duckdb
from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.headlines import headlines
from flows.hints import command
from flows.summary import RunSummary, count
from tasks.load.run import StagedIssue
from tasks.records import FoundIssue, IssueFiles
from warehouse.catalog import open_reader
from warehouse.home import Home

_MOST_ISSUES_IN_FULL = 2
_MOST_LINES = 20

_QUESTION = "select zone, subject, indicator, value, unit, quote from metrics where unit = 'CNY' order by value desc"


def report(summary: RunSummary, home: Home) -> None:
    """Print the end of a run on stdout."""
    console = make_console()
    console.print(Text(summary.sentence[0].upper() + summary.sentence[1:] + ".", style="bold"))
    with open_reader(home) as connection:
        if summary.issues:
            _issues(console, connection, summary.issues)
        _quarantine(console, connection, summary)
        _down(console, summary)
        (total,) = connection.execute("SELECT count(*) FROM metrics").fetchall()[0]
    console.print()
    console.print(f"Tables:  {home.root} (catalog.sqlite and lake/), {count(total, 'metric')} in all")
    if (home.reports / "index.html").exists():
        console.print(f"Report:  {home.reports / 'index.html'}", highlight=False)
    console.print(f"Next:    {command(home, 'sql', _QUESTION)}", highlight=False)
    console.print(f"         {command(home, 'status')}", highlight=False)


def nothing_there(home: Home) -> None:
    """Say that the inbox is empty, and what to do."""
    console = make_console()
    console.print(f"Nothing to ingest: the inbox {home.inbox} is empty.")
    console.print(f"Drop issues into it, or name them: {command(home, 'run', 'FILE')}; sources: docs/sources.md")


def make_console() -> Console:
    """A console on stdout; where that is no terminal, wide enough that no line is broken."""
    return Console(soft_wrap=True, width=None if sys.stdout.isatty() else 400, highlight=False)


def _issues(console: Console, connection: duckdb.DuckDBPyConnection, issues: Sequence[StagedIssue]) -> None:
    if len(issues) > _MOST_ISSUES_IN_FULL:
        _issue_lines(console, issues)
    else:
        for issue in issues:
            console.print()
            console.print(Text(_title(issue), style="bold"))
            _articles(console, connection, issue.issue_id)
        _metrics(console, connection, issues)


def _title(issue: StagedIssue) -> str:
    dated = f", dated {issue.issue_date}" if issue.issue_date else ", without a date"
    corrected = f", revision {issue.revision} (it replaces the earlier text)" if issue.revision > 1 else ""
    return (
        f"{issue.file_name}: issue {issue.issue_id}{dated}{corrected}, "
        f"{count(issue.articles, 'article')}, {count(issue.metrics, 'metric')}"
    )


def _issue_lines(console: Console, issues: Sequence[StagedIssue]) -> None:
    console.print()
    for issue in issues[:_MOST_LINES]:
        console.print(f"  {_title(issue)}")
    if len(issues) > _MOST_LINES:
        console.print(f"  and {len(issues) - _MOST_LINES} more issues")


def _articles(console: Console, connection: duckdb.DuckDBPyConnection, issue_id: str) -> None:
    table = _table("#", "zone", "headline", "author", "metrics")
    rows = connection.execute(
        """
        SELECT a.seq, a.zone, a.headline, a.author, count(m.metric_id)
        FROM articles a LEFT JOIN metrics m USING (article_id)
        WHERE a.issue_id = ? GROUP BY ALL ORDER BY a.seq
        """,
        [issue_id],
    ).fetchall()
    for seq, zone, headline, author, metrics in rows:
        table.add_row(str(seq), zone or "", headline or "", author or "", str(metrics))
    console.print(table)


def _metrics(console: Console, connection: duckdb.DuckDBPyConnection, issues: Sequence[StagedIssue]) -> None:
    rows = headlines(connection, [issue.issue_id for issue in issues])
    if not rows:
        return
    total = sum(issue.metrics for issue in issues)
    console.print()
    console.print(Text(f"The metrics that matter ({len(rows)} of {total}; line: of the source file)", style="bold"))
    table = _table("line", "zone", "what", "value", "as printed", "period", "status")
    for row in rows:
        table.add_row(str(row.line), row.zone or "", row.what, row.stated, row.quote, row.period or "", row.status)
    console.print(table)


def _quarantine(console: Console, connection: duckdb.DuckDBPyConnection, summary: RunSummary) -> None:
    if summary.rejects:
        console.print()
        console.print(Text("Quarantined now", style="bold red"))
        for reject in summary.rejects[:_MOST_LINES]:
            console.print(f"  {reject.error} at {reject.stage}: {reject.message}", markup=False)
    if summary.refused:
        _refused(console, connection, summary.refused)


def _down(console: Console, summary: RunSummary) -> None:
    if summary.down:
        console.print()
        console.print(Text("Sources that could not be asked", style="bold yellow"))
        for down in summary.down:
            console.print(f"  {down.name}: {down.message}", markup=False)


def _refused(
    console: Console, connection: duckdb.DuckDBPyConnection, refused: Sequence[IssueFiles | FoundIssue]
) -> None:
    hashes = [file.sha256 for file in refused if isinstance(file, IssueFiles)]
    uris = [file.source_uri for file in refused if isinstance(file, FoundIssue)]
    rows: list[tuple[Any, ...]] = connection.execute(
        "SELECT error, stage, message, first_seen FROM rejects WHERE list_contains(?::VARCHAR[], sha256) "
        "OR list_contains(?::VARCHAR[], source_uri) ORDER BY first_seen",
        [hashes, uris],
    ).fetchall()
    console.print()
    console.print(Text("Still in quarantine (the same bytes, or tried again later)", style="bold yellow"))
    for error, stage, message, first_seen in rows[:_MOST_LINES]:
        console.print(f"  {error} at {stage}, since {first_seen:%Y-%m-%d %H:%M} UTC: {message}", markup=False)


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for column in columns:
        right = column in ("#", "line", "metrics", "value")
        table.add_column(column, justify="right" if right else "left", overflow="fold")
    return table
