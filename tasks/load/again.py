"""An issue that is read again by newer rules: its rows are replaced, its text and revision stay what they were."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import duckdb

from tasks.check.issue import check_issue
from tasks.load.earlier import said_before, zone_names
from tasks.load.identity import sketch
from tasks.load.parquet import write_batch
from tasks.load.rows import Row, Rows, issue_rows
from tasks.load.run import Staged, StagedIssue
from tasks.load.stage import metric_ids, staged_issue
from tasks.records import SIDECAR_TYPE, Fetched, IssueFiles, ReadIssue
from tasks.sources.group import page_of

COMPARED: Final = (
    "value",
    "value_low",
    "value_high",
    "qualifier",
    "unit",
    "classifier",
    "per",
    "kind",
    "basis",
    "subject",
    "indicator",
    "indicator_code",
    "status",
    "period_start",
    "period_end",
    "zone",
    "region",
    "part_of",
)
"""The fields of a metric that a person would want to be told of when they change."""

_KEY: Final = ("source_page", "source_line_start", "quote")
_RENUMBERED: Final = "part_of"


@dataclass(frozen=True, slots=True)
class Standing:
    """A published issue with the files of its newest revision."""

    issue_id: str
    revision: int
    issue_date: date | None
    extractor_version: str
    files: IssueFiles


@dataclass(frozen=True, slots=True)
class Change:
    """A metric that other rules read differently: its place, and each field that changed as (name, before, after)."""

    line: int
    quote: str
    fields: tuple[tuple[str, object, object], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What reading an issue again changed: quotes that are new, that are gone, and those that are read differently."""

    issue_id: str
    file_name: str
    articles: tuple[int, int]
    added: tuple[tuple[int, str], ...]
    removed: tuple[tuple[int, str], ...]
    changed: tuple[Change, ...]
    same: int

    @property
    def is_empty(self) -> bool:
        """Whether the rows say the same as before."""
        return not (self.added or self.removed or self.changed) and self.articles[0] == self.articles[1]


def standing_issues(
    connection: duckdb.DuckDBPyConnection, issue: str | None, since: date | None, other_than: str | None
) -> list[Standing]:
    """The published issues to read again, oldest first.

    `issue` is the beginning of an issue_id or a file name; `since` the earliest issue date; `other_than` leaves out
    those that this version of the rules has read.
    """
    rows = connection.execute(
        """
        SELECT i.issue_id, i.revision, i.issue_date, i.extractor_version,
               list([d.media_type, d.source_uri, d.file_name, d.sha256, d.byte_size::VARCHAR, d.raw_path])
        FROM issues i JOIN documents d USING (issue_id)
        WHERE ($issue IS NULL OR starts_with(i.issue_id, $issue)
               OR i.issue_id IN (SELECT issue_id FROM documents WHERE file_name = $issue))
          AND ($since IS NULL OR i.issue_date >= $since)
          AND ($version IS NULL OR i.extractor_version <> $version)
        GROUP BY ALL ORDER BY i.issue_date NULLS FIRST, i.issue_id
        """,
        {"issue": issue, "since": since, "version": other_than},
    ).fetchall()
    return [
        Standing(issue_id, revision, day, version, _issue_files(files))
        for issue_id, revision, day, version, files in rows
    ]


def _issue_files(documents: Iterable[Sequence[str]]) -> IssueFiles:
    """The pages in their order and the sidecar, from media type, place, name, hash, size and raw path of each."""
    pages: list[Fetched] = []
    sidecar: Fetched | None = None
    for media_type, source_uri, file_name, sha256, byte_size, raw_path in documents:
        file = Fetched(source_uri, file_name, sha256, int(byte_size), raw_path)
        if media_type == SIDECAR_TYPE:
            sidecar = file
        else:
            pages.append(file)
    pages.sort(key=lambda file: (page_of(file.source_uri).number, file.source_uri))
    name = pages[0].file_name if len(pages) == 1 else page_of(pages[0].source_uri).stem
    return IssueFiles(name, tuple(pages), sidecar)


def stage_again(
    connection: duckdb.DuckDBPyConnection,
    read: Sequence[tuple[Standing, ReadIssue]],
    run_id: str,
    folder: Path,
    now: datetime,
) -> tuple[Staged, tuple[Difference, ...]]:
    """Stage the rows of issues that were read again, and compare them with those that are published; `now` is UTC.

    Raises UnloadableError when a row would break a promise.
    """
    rows: list[Rows] = []
    staged: list[StagedIssue] = []
    differences: list[Difference] = []
    names = zone_names(connection, (issue for _, issue in read))
    said = said_before(connection, (issue for _, issue in read), names)
    for standing, issue in read:
        fingerprint = sketch(reading.article.body for reading in issue.readings)
        checked, own = check_issue(issue, standing.issue_id, metric_ids(standing.issue_id), names, said)
        said += own
        made = dict(issue_rows(checked, standing.issue_id, standing.revision, fingerprint, run_id, now))
        made["revisions"] = []
        rows.append(made)
        differences.append(_difference(connection, standing, made))
        staged.append(
            dataclasses.replace(
                staged_issue(standing.files, issue, standing.issue_id, standing.revision), replaces=True, is_reread=True
            )
        )
    if rows:
        write_batch(rows, folder)
    return Staged(folder, tuple(staged), (), ()), tuple(differences)


def _difference(connection: duckdb.DuckDBPyConnection, standing: Standing, made: Rows) -> Difference:
    ((articles,),) = connection.execute(
        "SELECT count(*) FROM articles WHERE issue_id = ?", [standing.issue_id]
    ).fetchall()
    columns = ", ".join(f"m.{name}" for name in (*_KEY, *COMPARED) if name != _RENUMBERED)
    cursor = connection.execute(
        f"""
        SELECT {columns}, total.quote AS part_of FROM metrics m LEFT JOIN metrics total ON total.metric_id = m.part_of
        WHERE m.issue_id = ? ORDER BY m.metric_id
        """,
        [standing.issue_id],
    )
    names = [column[0] for column in cursor.description or ()]
    before = _by_place(dict(zip(names, row, strict=True)) for row in cursor.fetchall())
    quotes = {row["metric_id"]: row["quote"] for row in made["metrics"]}
    # Ids are renumbered when a metric before is new: the total is compared by its quote.
    after = _by_place({**row, "part_of": quotes.get(row["part_of"])} for row in made["metrics"])
    changed = []
    for place in before.keys() & after.keys():
        fields = _changed_fields(before[place], after[place])
        if fields:
            changed.append(Change(place[1], place[2], fields))
    return Difference(
        issue_id=standing.issue_id,
        file_name=standing.files.name,
        articles=(articles, len(made["articles"])),
        added=tuple(sorted((line, quote) for _, line, quote, _ in after.keys() - before.keys())),
        removed=tuple(sorted((line, quote) for _, line, quote, _ in before.keys() - after.keys())),
        changed=tuple(sorted(changed, key=lambda change: (change.line, change.quote))),
        same=len(before.keys() & after.keys()) - len(changed),
    )


def _by_place(rows: Iterable[Row]) -> dict[tuple[Any, ...], Row]:
    """Rows by page, line and quote; equal ones are told apart by their order."""
    seen: dict[tuple[Any, ...], int] = defaultdict(int)
    placed: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        key = tuple(row[name] for name in _KEY)
        placed[(*key, seen[key])] = row
        seen[key] += 1
    return placed


def _changed_fields(before: Row, after: Row) -> tuple[tuple[str, object, object], ...]:
    return tuple((name, before[name], after[name]) for name in COMPARED if before[name] != after[name])
