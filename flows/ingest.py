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
from flows.secret_values import secret_value
from flows.session import TIMEOUT_SECONDS, Session, open_session, utc_now
from flows.states import final_state, rename_run, run_name
from flows.steps import extract_batch, fetch_batch, find_backlog, publish_batch
from flows.story import BacklogBar, tell
from flows.summary import RunSummary
from tasks.load.commit import record_run
from tasks.load.ledger import Backlog
from tasks.load.run import Reject, Staged, StagedIssue
from tasks.records import FoundIssue, IssueFiles
from tasks.sources.addresses import is_url, shown
from tasks.sources.origins import Origins, opened_origins
from warehouse.home import Home

_log = logging.getLogger("jianbao.ingest")


def _flow_run_name() -> str:
    sources: list[str] = flow_run.parameters["sources"]
    if not sources:
        return "ingest what is new"
    more = f" and {len(sources) - 1} more" if len(sources) > 1 else ""
    first = shown(sources[0]) if is_url(sources[0]) else PurePath(sources[0]).name or sources[0]
    return f"ingest {first}{more}"


@flow(
    name="ingest",
    flow_run_name=_flow_run_name,
    persist_result=False,
    validate_parameters=False,
    timeout_seconds=TIMEOUT_SECONDS,
)
def ingest(
    sources: list[str],
    home: str,
    wait_seconds: float = 0.0,
    settle_seconds: float = 0.0,
    full: bool = False,  # noqa: FBT001, FBT002 - a parameter in the Prefect UI
) -> State[RunSummary]:
    """Ingest what is new or changed in the sources into a home.

    Right however often it is called: what the ledger knows is not touched. Batches are published one after the other,
    each whole or not at all, so that a run which dies has lost at most a batch, and the next one goes on from there.

    Args:
        sources: Files and folders with issues, addresses, names of configured sources; none means the inbox and all
            that are configured (sources.yml in the home).
        home: The place where everything lives.
        wait_seconds: How long to wait for another run to finish, before giving up.
        settle_seconds: How long a file in the inbox must not have changed; one that does is left for the next run.
        full: Look at the bytes of everything again, whatever is remembered of it: whether a file has changed without
            a trace.
    """
    place = Home.at(home)
    with (
        open_session(place, flow_run.id, wait_seconds) as session,
        opened_origins(place, secret_value, full=full) as origins,
    ):
        backlog, unreadable, unfinished = find_backlog(session, origins, sources, settle_seconds)
        parts = (
            backlog.new,
            backlog.pending,
            backlog.unchanged,
            backlog.refused,
            backlog.waiting,
            unreadable,
            unfinished,
        )
        found = sum(map(len, parts))
        rename_run(run_name(len(backlog.new) + len(backlog.pending) + len(unreadable), found))
        summary = work_off(session, origins, backlog, unreadable, unfinished)
    if summary.issues:
        refresh_pages(home)
    rename_run(run_name(len(summary.issues), found, summary))
    _log.info("run %s: %s", summary.run_id, summary.sentence)
    return final_state(summary)


def work_off(
    session: Session,
    origins: Origins,
    backlog: Backlog,
    unreadable: tuple[Reject, ...],
    unfinished: tuple[str, ...] = (),
) -> RunSummary:
    """Publish a backlog batch after batch, quarantine what cannot be read, write the run's row, and tell its story."""
    published: list[StagedIssue] = []
    rejects = list(unreadable)
    if unreadable:
        publish_batch(session, "unreadable files", Staged(session.home.staging, (), unreadable, ()))
    unchanged = len(backlog.unchanged)
    refused: list[IssueFiles | FoundIssue] = [*backlog.refused, *backlog.waiting]
    pending: deque[IssueFiles | FoundIssue] = deque([*backlog.new, *backlog.pending])
    total = len(pending)
    bar = BacklogBar(total)
    for batch in batches(pending):
        there, missing = fetch_batch(session, origins, batch)
        unchanged += len(there.unchanged)
        refused += there.refused
        if there.new or missing:
            staged = extract_batch(session, batch, there.new, missing)
            publish_batch(session, batch.label, staged)
        else:
            staged = Staged(session.home.staging, (), (), ())
        published += staged.issues
        rejects += staged.rejects
        pending.extend(staged.postponed)
        report_progress(total - len(pending), total)
        bar.show(total - len(pending))
    summary = RunSummary(
        session.run.run_id,
        tuple(published),
        unchanged,
        tuple(rejects),
        tuple(refused),
        unfinished,
        origins.down,
        backlog.later,
    )
    record_run(session.connection, session.run, summary.tally, utc_now())
    tell(summary, session.connection, session.home)
    return summary
