"""Issues that were read -> a staged batch: who each one is, its rows, and the Parquet files."""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path

import duckdb

from tasks.check.issue import check_issue
from tasks.load.earlier import said_before, zone_names
from tasks.load.identity import (
    Published,
    Text,
    corrected_issue,
    published_issues,
    sketch,
)
from tasks.load.parquet import write_batch
from tasks.load.rows import Rows, article_id, first_issue_id, issue_rows, metric_id
from tasks.load.run import Reject, Run, Staged, StagedIssue
from tasks.records import IssueFiles, Reading, ReadIssue
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
    file_names = {page.file_name for file, _ in read for page in file.files}
    known = published_issues(connection, file_names, {page.sha256 for file, _ in read for page in file.files})
    names = zone_names(connection, (issue for _, issue in read))
    said = said_before(connection, (issue for _, issue in read), names)
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
            checked, own = check_issue(issue, issue_id, metric_ids(issue_id), names, said)
            rows.append(issue_rows(checked, issue_id, revision, text.fingerprint, run.run_id, now))
            said += own
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


def metric_ids(issue_id: str) -> Callable[[Reading, int], str]:
    """Gives the id of a metric of an issue, from its reading and index."""
    return lambda reading, index: metric_id(article_id(issue_id, reading), index)


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
