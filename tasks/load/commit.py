"""A staged batch becomes visible: one catalog transaction, all of it or nothing.

The Parquet files are renamed into the lake first. Until the commit nobody sees them; when the program dies before it,
`tasks.load.sweep` takes them away and the next run loads the documents again.
"""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import duckdb

from tasks.load.parquet import BATCH_TABLES
from tasks.load.rejects import quarantine, release
from tasks.load.run import Run, Staged, Tally
from warehouse.home import Home, fsync_folder
from warehouse.reference import insert
from warehouse.schema import ISSUE_TABLES, METRICS, METRICS_SUPERSEDED, RUNS, quoted


def publish(
    connection: duckdb.DuckDBPyConnection, home: Home, run: Run, staged: Staged, extractor_version: str, now: datetime
) -> None:
    """Publish a batch: its issues replace their earlier revisions, its rejects go to the quarantine; `now` is UTC."""
    files = adopt(home, run, staged)
    with transaction(connection, _message(run, staged)):
        _supersede_earlier(connection, staged, now)
        for table, path in files.items():
            register(connection, home, table, path)
        release(connection, staged.issues)
        quarantine(connection, staged.rejects, extractor_version, now)


def adopt(home: Home, run: Run, staged: Staged) -> dict[str, str]:
    """Move the Parquet files of a batch into the lake; the name of each, by table."""
    files: dict[str, str] = {}
    for table in BATCH_TABLES:
        source = staged.folder / f"{table.name}.parquet"
        if source.exists():
            folder = home.table(table.name)
            folder.mkdir(parents=True, exist_ok=True)
            files[table.name] = f"{run.run_id}-{staged.folder.name}.parquet"
            source.rename(folder / files[table.name])
            fsync_folder(folder)
    return files


def register(connection: duckdb.DuckDBPyConnection, home: Home, table: str, name: str) -> None:
    """Hand a Parquet file in the lake over to DuckLake, in the caller's transaction."""
    # Stored relative to the home only because the path begins with the DATA_PATH that the catalog was attached with.
    path = Path(home.table(table)) / name
    connection.execute(f"CALL ducklake_add_data_files('lake', {quoted(table)}, {quoted(str(path))})")


def record_run(connection: duckdb.DuckDBPyConnection, run: Run, tally: Tally, now: datetime) -> None:
    """Write the run's row, in a last transaction of its own; `now` is its end in UTC."""
    row = (run.run_id, run.flow_run_id, run.started_at, now, *dataclasses.astuple(tally))
    with transaction(connection, f"run {run.run_id}: {tally.outcome}"):
        insert(connection, RUNS, [row])


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection, message: str) -> Iterator[None]:
    """One catalog transaction, with a message that `lake.snapshots()` shows; rolled back on any error."""
    connection.execute("BEGIN")
    try:
        yield
        connection.execute(f"CALL lake.set_commit_message('jianbao', {quoted(message)})")
        connection.execute("COMMIT")
    except BaseException:
        # A failed COMMIT has ended the transaction already.
        with suppress(duckdb.TransactionException):
            connection.execute("ROLLBACK")
        raise


def _supersede_earlier(connection: duckdb.DuckDBPyConnection, staged: Staged, now: datetime) -> None:
    replaced = [issue.issue_id for issue in staged.issues if issue.replaces]
    if not replaced:
        return
    # The same text, read by other rules, is no other vintage of its numbers.
    corrected = [issue.issue_id for issue in staged.issues if issue.replaces and not issue.is_reread]
    columns = ", ".join(column.name for column in METRICS.columns)
    connection.execute(
        f"INSERT INTO {METRICS_SUPERSEDED.name} (revision, issue_date, superseded_at, {columns}) "
        f"SELECT i.revision, i.issue_date, ?, {', '.join(f'm.{column.name}' for column in METRICS.columns)} "
        "FROM metrics AS m JOIN issues AS i USING (issue_id) WHERE list_contains(?::VARCHAR[], issue_id)",
        [now, corrected],
    )
    for table in ISSUE_TABLES:
        connection.execute(f"DELETE FROM {table.name} WHERE list_contains(?::VARCHAR[], issue_id)", [replaced])


def _message(run: Run, staged: Staged) -> str:
    names = [f"{issue.file_name} (issue {issue.issue_id}, revision {issue.revision})" for issue in staged.issues]
    failed = f", {len(staged.rejects)} quarantined" if staged.rejects else ""
    return f"run {run.run_id}: {', '.join(names) or 'nothing published'}{failed}"
