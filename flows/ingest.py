"""The flow that turns what is new in the sources into published rows."""

import logging
from collections import deque
from pathlib import PurePath

from prefect import flow
from prefect.runtime import flow_run

from flows.batches import batches
from flows.progress import report_progress
from flows.session import Session, open_session, utc_now
from flows.steps import extract_batch, fetch_batch, find_backlog, publish_batch
from flows.summary import RunSummary
from tasks.load.commit import record_run
from tasks.load.ledger import Backlog
from tasks.load.run import Reject, Staged, StagedIssue
from warehouse.home import Home

_log = logging.getLogger("jianbao.ingest")


def _flow_run_name() -> str:
    sources: list[str] = flow_run.parameters["sources"]
    if not sources:
        return "ingest the inbox"
    more = f" and {len(sources) - 1} more" if len(sources) > 1 else ""
    return f"ingest {PurePath(sources[0]).name or sources[0]}{more}"


@flow(name="ingest", flow_run_name=_flow_run_name, persist_result=False, validate_parameters=False)
def ingest(sources: list[str], home: str, wait_seconds: float = 0.0) -> RunSummary:
    """Ingest what is new or changed in `sources` (files and folders; none means the inbox) into a home.

    Right however often it is called: what the ledger knows is not touched. Batches are published one after the other,
    each whole or not at all, so that a run which dies has lost at most a batch, and the next one goes on from there.
    """
    with open_session(Home.at(home), flow_run.id, wait_seconds) as session:
        backlog, unreadable = find_backlog(session, sources)
        summary = work_off(session, backlog, unreadable)
    _log.info("run %s: %s", summary.run_id, summary.sentence)
    return summary


def work_off(session: Session, backlog: Backlog, unreadable: tuple[Reject, ...]) -> RunSummary:
    """Publish a backlog batch after batch, quarantine what cannot be read, and write the run's row."""
    published: list[StagedIssue] = []
    rejects = list(unreadable)
    if unreadable:
        publish_batch(session, "unreadable files", Staged(session.home.staging, (), unreadable, ()))
    pending = deque(backlog.new)
    for batch in batches(pending):
        files, missing = fetch_batch(session, batch)
        staged = extract_batch(session, batch, files, missing)
        publish_batch(session, batch.label, staged)
        published += staged.issues
        rejects += staged.rejects
        pending.extend(staged.postponed)
        report_progress(len(backlog.new) - len(pending), len(backlog.new))
    unchanged = len(backlog.unchanged)
    summary = RunSummary(session.run.run_id, tuple(published), unchanged, tuple(rejects), backlog.refused)
    record_run(session.connection, session.run, summary.tally, utc_now())
    return summary
