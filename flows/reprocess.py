"""The flow that reads published issues again, from the bytes in the raw store, with the rules of today."""

import logging
from datetime import date
from typing import Final

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed

from flows.documents import read_file
from flows.progress import report_progress
from flows.session import TIMEOUT_SECONDS, Session, open_session, utc_now
from flows.story import tell_differences
from flows.summary import Reprocessed
from tasks.errors import UsageError
from tasks.extract.issue import EXTRACTOR_VERSION
from tasks.load.again import Difference, Standing, stage_again, standing_issues
from tasks.load.commit import publish, record_run
from tasks.load.run import Outcome, Reject, Tally
from tasks.records import ReadIssue
from warehouse.home import Home

_log = logging.getLogger("jianbao.reprocess")

_BATCH: Final = 32
"""Issues a transaction: what a kill costs, and what the memory holds."""


def _flow_run_name() -> str:
    parameters = flow_run.parameters
    which = parameters["issue"] or ("everything" if parameters["everything"] else "what other rules have read")
    since = f" since {parameters['since']:%Y-%m-%d}" if parameters["since"] else ""
    return f"{'try to read' if parameters['dry_run'] else 'read'} {which} again{since}"


@flow(name="reprocess", flow_run_name=_flow_run_name, persist_result=False, timeout_seconds=TIMEOUT_SECONDS)
def reprocess(
    home: str,
    issue: str | None = None,
    since: date | None = None,
    everything: bool = False,  # noqa: FBT001, FBT002 - a parameter in the Prefect UI
    dry_run: bool = False,  # noqa: FBT001, FBT002 - the same
    wait_seconds: float = 0.0,
) -> State[Reprocessed]:
    """Read issues again and replace their rows; revision and ids stay, because the text is the same.

    Args:
        home: The place where everything lives.
        issue: One issue: its id (or the beginning of it) or a file name. Without it those that other rules have read.
        since: Only issues of this date and later.
        everything: Also issues that these rules have read already.
        dry_run: Compare, and publish nothing.
        wait_seconds: How long to wait for another run to finish, before giving up.
    """
    with open_session(Home.at(home), flow_run.id, wait_seconds) as session:
        other_than = None if issue or everything else EXTRACTOR_VERSION
        standing = standing_issues(session.connection, issue, since, other_than)
        if issue and not standing:
            raise UsageError(f"{issue}: no such issue is published. Look with: jianbao status")
        differences: list[Difference] = []
        rejects: list[Reject] = []
        for start in range(0, len(standing), _BATCH):
            batch = standing[start : start + _BATCH]
            done, refused = _read_batch(session, batch, f"again-{start:05d}", dry_run=dry_run)
            differences += done
            rejects += refused
            report_progress(start + len(batch), len(standing))
        result = Reprocessed(session.run.run_id, tuple(differences), tuple(rejects), not dry_run)
        if not dry_run:
            outcome: Outcome = "quarantined" if rejects else "published" if differences else "unchanged"
            metrics = sum(len(d.added) + len(d.changed) + d.same for d in differences)
            tally = Tally(outcome, len(differences), 0, len(rejects), metrics)
            record_run(session.connection, session.run, tally, utc_now())
    title = tell_differences(result)
    _log.info("%d issues read again, %d could not be read", len(differences), len(rejects))
    return Completed(message=title, data=result)


def _read_batch(
    session: Session, batch: list[Standing], name: str, *, dry_run: bool
) -> tuple[tuple[Difference, ...], list[Reject]]:
    read: list[tuple[Standing, ReadIssue]] = []
    rejects: list[Reject] = []
    for standing in batch:
        result = read_file(standing.files, session.home)
        if isinstance(result, Reject):
            rejects.append(result)
        else:
            read.append((standing, result))
    folder = session.home.staging / session.run.run_id / name
    staged, differences = stage_again(session.connection, read, session.run.run_id, folder, utc_now())
    if not dry_run:
        publish(session.connection, session.home, session.run, staged, EXTRACTOR_VERSION, utc_now())
    for difference in differences:
        _log.info(
            "%s: %d the same, %d changed, %d new, %d gone",
            difference.file_name,
            difference.same,
            len(difference.changed),
            len(difference.added),
            len(difference.removed),
        )
    return differences, rejects
