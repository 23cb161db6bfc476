"""Issues that were read -> a staged batch: who each one is, its rows, and the Parquet files."""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import duckdb

from tasks.load.identity import (
    Published,
    Text,
    corrected_issue,
    published_issues,
    sketch,
)
from tasks.load.parquet import write_batch
from tasks.load.rows import Rows, first_issue_id, issue_rows
from tasks.load.run import Reject, Run, Staged, StagedIssue
from tasks.records import IssueFiles, ReadIssue
from tasks.sources.group import page_of

_log = logging.getLogger("jianbao.load")


def stage_batch(
    read: Sequence[tuple[IssueFiles, ReadIssue]],
    rejects: Iterable[Reject],
    connection: duckdb.DuckDBPyConnection,
    run: Run,
    folder: Path,
    now: datetime,
) -> Staged:
    """Give each issue its id and revision, make its rows and write them to Parquet files in `folder` (made here).

    `rejects` are the files of the batch that earlier stages could not read; `now` is UTC.
    """
    names = {page.file_name for file, _ in read for page in file.files}
    known = published_issues(connection, names, {page.sha256 for file, _ in read for page in file.files})
    refused = list(rejects)
    postponed: list[IssueFiles] = []
    issues: dict[str, StagedIssue] = {}
    rows: list[Rows] = []
    for file, issue in read:
        text = _text(file, issue)
        earlier = corrected_issue(text, known)
        if earlier and earlier.issue_id in issues:
            postponed.append(file)
            continue
        issue_id = earlier.issue_id if earlier else first_issue_id(issue)
        revision = earlier.revision + 1 if earlier else 1
        try:
            rows.append(issue_rows(issue, issue_id, revision, text.fingerprint, run.run_id, now))
        except Exception as error:  # noqa: BLE001 - whatever breaks at a document, the others of its batch go on
            _log.exception("%s: the rows of this document could not be made", file.source_uri)
            refused.append(Reject.of(file, error, stage="load"))
            continue
        issues[issue_id] = staged_issue(file, issue, issue_id, revision)
        known.append(
            Published(
                issue_id,
                revision,
                text.file_names,
                text.issue_date,
                text.fingerprint,
                frozenset({text.sha256}),
                text.pages,
            )
        )
    if rows:
        write_batch(rows, folder)
    return Staged(folder, tuple(issues.values()), tuple(refused), tuple(postponed))


def _text(file: IssueFiles, issue: ReadIssue) -> Text:
    fingerprint = sketch(reading.article.body for reading in issue.readings)
    return Text(
        sha256=file.sha256,
        file_names=frozenset(page.file_name for page in file.files),
        issue_date=issue.issue.issue_date,
        fingerprint=fingerprint,
        pages=frozenset(page.sha256 for page in file.files),
        is_named=all(page_of(page.source_uri).is_named for page in file.files),
    )


def staged_issue(file: IssueFiles, issue: ReadIssue, issue_id: str, revision: int) -> StagedIssue:
    """What the load has to know of an issue beside its rows."""
    return StagedIssue(
        issue_id=issue_id,
        revision=revision,
        file_name=file.name,
        source_uri=file.source_uri,
        sha256=file.sha256,
        places=tuple(each.source_uri for each in file.every_file),
        hashes=(file.sha256, *(each.sha256 for each in file.every_file)),
        issue_date=issue.issue.issue_date,
        articles=len(issue.readings),
        metrics=sum(len(reading.metrics) for reading in issue.readings),
        replaces=revision > 1,
    )
