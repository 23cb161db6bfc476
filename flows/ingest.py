"""The flow that turns what is new in the sources into published rows."""

import logging
from collections import deque
from pathlib import PurePath

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run

from flows.batches import batches
from flows.progress import report_progress
from flows.report_pages import refresh_pages
from flows.session import TIMEOUT_SECONDS, Session, open_session, utc_now
from flows.states import final_state, rename_run, run_name
from flows.steps import extract_batch, fetch_batch, find_backlog, publish_batch
from flows.story import BacklogBar, tell
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


@flow(
    name="ingest",
    flow_run_name=_flow_run_name,
    persist_result=False,
    validate_parameters=False,
    timeout_seconds=TIMEOUT_SECONDS,
)
def ingest(sources: list[str], home: str, wait_seconds: float = 0.0, settle_seconds: float = 0.0) -> State[RunSummary]:
    """Ingest what is new or changed in the sources into a home.

    Right however often it is called: what the ledger knows is not touched. Batches are published one after the other,
    each whole or not at all, so that a run which dies has lost at most a batch, and the next one goes on from there.

    Args:
        sources: Files and folders with issues; none means the inbox.
        home: The place where everything lives.
        wait_seconds: How long to wait for another run to finish, before giving up.
        settle_seconds: How long a file in the inbox must not have changed; one that does is left for the next run.
    """
    with open_session(Home.at(home), flow_run.id, wait_seconds) as session:
        backlog, unreadable, unfinished = find_backlog(session, sources, settle_seconds)
        found = sum(map(len, (backlog.new, backlog.unchanged, backlog.refused, unreadable, unfinished)))
        rename_run(run_name(len(backlog.new) + len(unreadable), found))
        summary = work_off(session, backlog, unreadable, unfinished)
    if summary.issues:
        refresh_pages(home)
    rename_run(run_name(len(summary.issues), found, summary))
    _log.info("run %s: %s", summary.run_id, summary.sentence)
    return final_state(summary)


def work_off(
    session: Session, backlog: Backlog, unreadable: tuple[Reject, ...], unfinished: tuple[str, ...] = ()
) -> RunSummary:
    """Publish a backlog batch after batch, quarantine what cannot be read, write the run's row, and tell its story."""
    published: list[StagedIssue] = []
    rejects = list(unreadable)
    if unreadable:
        publish_batch(session, "unreadable files", Staged(session.home.staging, (), unreadable, ()))
    pending = deque(backlog.new)
    bar = BacklogBar(len(pending))
    for batch in batches(pending):
        files, missing = fetch_batch(session, batch)
        staged = extract_batch(session, batch, files, missing)
        publish_batch(session, batch.label, staged)
        published += staged.issues
        rejects += staged.rejects
        pending.extend(staged.postponed)
        report_progress(len(backlog.new) - len(pending), len(backlog.new))
        bar.show(len(backlog.new) - len(pending))
    summary = RunSummary(
        session.run.run_id, tuple(published), len(backlog.unchanged), tuple(rejects), backlog.refused, unfinished
    )
    record_run(session.connection, session.run, summary.tally, utc_now())
    tell(summary, session.connection, session.home)
    return summary
