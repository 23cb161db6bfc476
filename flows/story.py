"""The artifacts of the runs, which tell their story in the UI.

What was ingested, the headline metrics, the quarantine, how far a backlog is; what newer rules read differently; what
maintenance came to. Each has a key, so that the UI keeps its history. They are small: whoever wants all rows asks the
tables.
"""

import dataclasses
from typing import Any
from uuid import UUID

import duckdb
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)

from flows.headlines import headlines
from flows.summary import Reprocessed, RunSummary, count
from tasks.load.run import StagedIssue
from tasks.maintain.compact import Maintained
from tasks.numbers import told
from warehouse.home import Home

STORY, METRICS, REJECTS, PROGRESS = "ingest", "headline-metrics", "quarantine", "backlog"
DIFFERENCES, MAINTENANCE = "reprocess", "maintenance"

_MOST_ISSUES = 30
_MOST_REJECTS = 50
_MOST_CHECKS = 20
_MOST_CHANGES = 50


def tell(summary: RunSummary, connection: duckdb.DuckDBPyConnection, home: Home) -> None:
    """Leave the artifacts of a run that published or refused something; a run that did neither says so in its state."""
    if not summary.issues and not summary.rejects and not summary.down:
        return
    create_markdown_artifact(_story(summary, connection, home), key=STORY, description=summary.sentence)
    if summary.issues:
        rows = _metric_rows(connection, summary)
        create_table_artifact(
            rows, key=METRICS, description=f"The metrics that matter most, {len(rows)} of {summary.metrics:,} new ones."
        )
    rejects = _reject_rows(connection)
    create_table_artifact(rejects, key=REJECTS, description=_quarantine_title(len(rejects)))


def tell_differences(done: Reprocessed) -> str:
    """Leave the artifact of a run that read issues again: what differs, issue by issue. Its title."""
    changed = [difference for difference in done.differences if not difference.is_empty]
    verb = "read again" if done.is_published else "would be read again (a dry run: nothing was published)"
    title = f"{count(len(done.differences), 'issue')} {verb}, {len(changed)} differ."
    if done.rejects:
        title += f" {count(len(done.rejects), 'issue')} could not be read again and stays as it is."
    parts = [f"## {title}", ""]
    parts += [f"- Not read again, its rows stay: {_cell(reject.message)}" for reject in done.rejects]
    for difference in changed[:_MOST_ISSUES]:
        same, new, gone = difference.same, difference.added, difference.removed
        parts += ["", f"### {_cell(difference.file_name)} ({difference.issue_id})", ""]
        parts += [f"{same} the same, {len(difference.changed)} changed, {len(new)} new, {len(gone)} gone.", ""]
        lines = [(line, f"new: {_cell(quote)}") for line, quote in new]
        lines += [(line, f"gone: {_cell(quote)}") for line, quote in gone]
        for change in difference.changed:
            fields = ", ".join(f"{name} {told(old)} → {told(now)}" for name, old, now in change.fields)
            lines.append((change.line, f"{_cell(change.quote)}: {_cell(fields)}"))
        parts += [f"- line {line}: {words}" for line, words in sorted(lines)[:_MOST_CHANGES]]
        parts += _more(len(lines), _MOST_CHANGES, "difference")
    create_markdown_artifact("\n".join(parts) + "\n", key=DIFFERENCES, description=title)
    return title


def tell_maintained(done: Maintained, keep_days: int) -> str:
    """Leave the artifact of a maintenance run: how large the store was, and is. A sentence about it."""
    rows = [
        {"number of": name, "before": f"{before:,}", "after": f"{after:,}"}
        for name, before, after in zip(
            ("rows", "files", "bytes", "snapshots"),
            dataclasses.astuple(done.before),
            dataclasses.astuple(done.after),
            strict=True,
        )
    ]
    sentence = f"Every row is what it was before, the catalog is backed up ({done.catalog_copy})."
    young = f"Files that were merged stay for {count(keep_days, 'more day')}, for queries that are reading them."
    create_table_artifact(rows, key=MAINTENANCE, description=f"{sentence} {young}")
    return sentence


class BacklogBar:
    """How far a backlog of more than one batch is, as a bar in the UI."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._artifact: UUID | None = None

    def show(self, done: int) -> None:
        """So many files are done. A backlog that is done in one go needs no bar."""
        if self._artifact is None and done >= self._total:
            return
        percent = 100.0 * done / self._total
        description = f"{done:,} of {count(self._total, 'new file')} done."
        if self._artifact is None:
            created = create_progress_artifact(percent, key=PROGRESS, description=description)
            assert isinstance(created, UUID)
            self._artifact = created
        else:
            update_progress_artifact(self._artifact, percent, description=description)


def _story(summary: RunSummary, connection: duckdb.DuckDBPyConnection, home: Home) -> str:
    parts = [f"## {summary.sentence[0].upper()}{summary.sentence[1:]}", ""]
    if summary.issues:
        parts += _issues(summary.issues, connection)
    if summary.rejects:
        parts += ["### Set aside", ""]
        parts += [
            f"- **{_cell(reject.source_uri)}**, at {reject.stage}: {_cell(reject.message)}"
            for reject in summary.rejects[:_MOST_REJECTS]
        ]
        parts += _more(len(summary.rejects), _MOST_REJECTS, "file")
    if summary.down:
        parts += ["### Sources that could not be asked", ""]
        parts += [f"- **{_cell(down.name)}**: {_cell(down.message)}" for down in summary.down]
    if summary.unfinished:
        names = ", ".join(f"`{name}`" for name in summary.unfinished[:_MOST_ISSUES])
        parts += ["### Still being written", "", f"{names}: left for the next run.", ""]
    if summary.issues:
        parts += _failed_checks(summary.issues, connection)
    parts += ["### Go on", ""]
    # The pages are made right behind this, and after every run that published something.
    if summary.issues or (home.reports / "index.html").exists():
        parts.append(f"- Report: `{home.reports / 'index.html'}`")
    parts.append(
        f"- All new numbers: `select * from metrics join issues using (issue_id) where run_id = '{summary.run_id}'`"
    )
    if summary.rejects:
        parts.append("- When a file is mended, drop it again: it is ingested, and leaves the quarantine by itself.")
    return "\n".join(parts) + "\n"


def _issues(issues: tuple[StagedIssue, ...], connection: duckdb.DuckDBPyConnection) -> list[str]:
    parts = ["### New", "", "| issue | date | articles | metrics | revision |", "| --- | --- | ---: | ---: | ---: |"]
    parts += [
        f"| {_cell(one.file_name)} | {one.issue_date or 'none'} | {one.articles} | {one.metrics} | {one.revision} |"
        for one in issues[:_MOST_ISSUES]
    ]
    parts += _more(len(issues), _MOST_ISSUES, "issue")
    rows = connection.execute(
        """
        SELECT a.zone, a.headline, count(m.metric_id)
        FROM articles a LEFT JOIN metrics m USING (article_id)
        WHERE list_contains(?::VARCHAR[], a.issue_id)
        GROUP BY a.issue_id, a.seq, a.zone, a.headline ORDER BY a.issue_id, a.seq
        LIMIT ?
        """,
        [[issue.issue_id for issue in issues], _MOST_ISSUES],
    ).fetchall()
    parts += ["### Articles", "", "| zone | headline | metrics |", "| --- | --- | ---: |"]
    parts += [f"| {_cell(zone or '')} | {_cell(headline or '')} | {metrics} |" for zone, headline, metrics in rows]
    return parts + _more(sum(issue.articles for issue in issues), _MOST_ISSUES, "article")


def _failed_checks(issues: tuple[StagedIssue, ...], connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute(
        """
        SELECT severity, rule, message FROM checks
        WHERE outcome = 'failed' AND list_contains(?::VARCHAR[], issue_id)
        ORDER BY CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, check_id
        """,
        [[issue.issue_id for issue in issues]],
    ).fetchall()
    if not rows:
        return ["### Checks", "", "None failed.", ""]
    parts = ["### Checks that failed", "", "| how bad | rule | what |", "| --- | --- | --- |"]
    parts += [f"| {severity} | {rule} | {_cell(message)} |" for severity, rule, message in rows[:_MOST_CHECKS]]
    return parts + _more(len(rows), _MOST_CHECKS, "check")


def _metric_rows(connection: duckdb.DuckDBPyConnection, summary: RunSummary) -> list[dict[str, Any]]:
    return [
        {
            "开发区 zone": metric.zone or "",
            "what": metric.what,
            "value": metric.stated,
            "as printed": metric.quote,
            "period": metric.period or "",
            "status": metric.status,
            "file": metric.file,
            "line": metric.line,
        }
        for metric in headlines(connection, [issue.issue_id for issue in summary.issues])
    ]


def _reject_rows(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    rows = connection.execute(
        """
        SELECT source_uri, stage, attempts, strftime(first_seen, '%Y-%m-%d %H:%M'), message
        FROM rejects ORDER BY last_seen DESC, source_uri LIMIT ?
        """,
        [_MOST_REJECTS],
    ).fetchall()
    names = ("file", "stage", "tries", "since (UTC)", "why")
    return [dict(zip(names, row, strict=True)) for row in rows]


def _quarantine_title(number: int) -> str:
    if number == 0:
        return "The quarantine is empty."
    least = "at least " if number == _MOST_REJECTS else ""
    return f"What is in quarantine now: {least}{count(number, 'file')}."


def _more(number: int, shown: int, noun: str) -> list[str]:
    return ["", *([f"… and {count(number - shown, f'more {noun}')}", ""] if number > shown else [])]


def _cell(text: str) -> str:
    """A text as a part of a line of markdown."""
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
