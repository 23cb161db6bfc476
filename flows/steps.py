"""The steps of `ingest` as Prefect tasks: thin, named for what they do, with log lines that tell what came of it.

Nothing large passes through Prefect: files are handed over as paths and hashes, rows as Parquet files in staging.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.runtime import task_run

from flows.batches import Batch
from flows.documents import read_file
from flows.retries import DELAYS_SECONDS, is_last_try, may_pass
from flows.session import Session, utc_now
from tasks.errors import DocumentError, TransientError
from tasks.extract.issue import EXTRACTOR_VERSION
from tasks.load.commit import publish
from tasks.load.ledger import Backlog, read_ledger, sort_out
from tasks.load.run import Reject, Staged
from tasks.load.stage import stage_batch
from tasks.records import Fetched, IssueFiles, ReadIssue
from tasks.sources.archive import MEMBER_MARK
from tasks.sources.group import fetch_issue
from tasks.sources.origins import Origins
from tasks.sources.settle import look, restless

_log = logging.getLogger("jianbao.ingest")


def _labelled() -> str:
    parameters: dict[str, Any] = task_run.parameters
    return f"{task_run.task_name} {parameters.get('label') or parameters['batch'].label}"


def _place(file: Fetched) -> str:
    """Where a file lies; for one of an archive that is the archive."""
    return file.source_uri.partition(MEMBER_MARK)[0]


@task(name="discover", task_run_name="discover", cache_policy=NO_CACHE, persist_result=False, tags=["discover"])
def find_backlog(
    session: Session, origins: Origins, sources: Sequence[str], settle_seconds: float
) -> tuple[Backlog, tuple[Reject, ...], tuple[str, ...]]:
    """List the sources, look at what is not known from the last time, and ask the ledger which bytes are new.

    Returns the backlog, the files that cannot be read, and those of the inbox that are still being written: they
    changed within `settle_seconds` (zero takes all as they are).
    """
    before = look(session.home) if settle_seconds else {}
    ledger = read_ledger(session.connection, EXTRACTOR_VERSION)
    scan = origins.scan(sources, ledger.refused)
    rejects = [Reject.of(found, error, "fetch") for found, error in scan.failed]
    backlog = sort_out(scan.files, ledger)
    unfinished: frozenset[str] = frozenset()
    if settle_seconds and (backlog.new or rejects):
        time.sleep(settle_seconds)
        unfinished = restless(before, look(session.home))
        settled = [file for file in scan.files if unfinished.isdisjoint(map(_place, file.every_file))]
        backlog = sort_out(settled, ledger)
        rejects = [reject for reject in rejects if reject.source_uri not in unfinished]
    backlog = replace(backlog, pending=scan.pending, waiting=scan.waiting, later=len(scan.later))
    for reject in rejects:
        _log.warning("quarantined at %s: %s", reject.stage, reject.message)
    _log.info(
        "issues found: %d; %d new, %d to be fetched, %d unchanged, %d unreadable, %d still in quarantine, "
        "%d still being written, %d for the next run, %d sources down",
        len(scan.files) + len(scan.pending) + len(scan.waiting) + len(rejects),
        len(backlog.new),
        len(backlog.pending),
        len(backlog.unchanged),
        len(rejects),
        len(backlog.refused) + len(backlog.waiting),
        len(unfinished),
        len(scan.later),
        len(origins.down),
    )
    return backlog, tuple(rejects), tuple(sorted(unfinished))


@task(
    name="fetch",
    task_run_name=_labelled,
    cache_policy=NO_CACHE,
    persist_result=False,
    tags=["fetch"],
    retries=len(DELAYS_SECONDS),
    retry_delay_seconds=list(DELAYS_SECONDS),
    retry_condition_fn=may_pass,
)
def fetch_batch(session: Session, origins: Origins, batch: Batch) -> tuple[Backlog, tuple[Reject, ...]]:
    """Copy the bytes of a batch into the raw store: what of it is new, and what cannot be read.

    Of a source that goes down meanwhile, the rest is left for the next run.
    """
    files: list[IssueFiles] = []
    arrived: list[IssueFiles] = []
    rejects: list[Reject] = []
    for file in batch.files:
        try:
            if isinstance(file, IssueFiles):
                fetch_issue(file, session.home)
                files.append(file)
            elif not origins.is_down(file):
                scan = origins.fetch(file)
                arrived += scan.files
                rejects += (Reject.of(found, error, "fetch") for found, error in scan.failed)
        except DocumentError as error:
            if isinstance(error, TransientError) and not is_last_try():
                # What has been fetched is there, so the next try costs little.
                raise
            if isinstance(file, IssueFiles) or origins.give_up(file, error):
                rejects.append(Reject.of(file, error, "fetch"))
                _log.warning("quarantined at %s: %s", error.stage, error)
    backlog = sort_out(arrived, read_ledger(session.connection, EXTRACTOR_VERSION)) if arrived else Backlog((), (), ())
    hashes = {file.sha256 for file in files}
    again = tuple(file for file in backlog.new if file.sha256 in hashes)
    new = (*files, *(file for file in backlog.new if file.sha256 not in hashes))
    return replace(backlog, new=new, unchanged=(*backlog.unchanged, *again)), tuple(rejects)


@task(name="extract", task_run_name=_labelled, cache_policy=NO_CACHE, persist_result=False, tags=["extract"])
def extract_batch(session: Session, batch: Batch, files: Sequence[IssueFiles], rejects: Sequence[Reject]) -> Staged:
    """Read, clean and extract the documents of a batch and stage their rows as Parquet."""
    read: list[tuple[IssueFiles, ReadIssue]] = []
    refused = list(rejects)
    for file in files:
        result = read_file(file, session.home)
        if isinstance(result, Reject):
            refused.append(result)
        else:
            read.append((file, result))
    folder = session.home.staging / session.run.run_id / f"{batch.number:05d}"
    return stage_batch(read, refused, session.connection, session.run, folder, utc_now())


@task(name="publish", task_run_name=_labelled, cache_policy=NO_CACHE, persist_result=False, tags=["publish"])
def publish_batch(session: Session, label: str, staged: Staged) -> None:  # noqa: ARG001 - the task run's name
    """Make a staged batch visible in one catalog transaction."""
    publish(session.connection, session.home, session.run, staged, EXTRACTOR_VERSION, utc_now())
    for issue in staged.issues:
        _log.info(
            "published %d articles, %d metrics from %s (issue %s, revision %d)",
            issue.articles,
            issue.metrics,
            issue.file_name,
            issue.issue_id,
            issue.revision,
        )
    for reject in staged.rejects:
        _log.info("quarantined %s: %s", reject.source_uri, reject.error)
