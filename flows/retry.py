"""The flow that tries quarantined files again."""

import logging

from prefect import State, flow
from prefect.runtime import flow_run

from flows.ingest import work_off
from flows.session import TIMEOUT_SECONDS, open_session
from flows.states import final_state
from flows.summary import RunSummary
from tasks.errors import DocumentError
from tasks.load.ledger import Backlog
from tasks.load.quarantined import Quarantined, quarantined
from tasks.load.run import Reject
from tasks.records import Found, FoundIssue, IssueFiles
from tasks.sources.discover import discover
from tasks.sources.group import identify_issue, issues_of
from warehouse.home import Home

_log = logging.getLogger("jianbao.retry")


def _flow_run_name() -> str:
    names: list[str] = flow_run.parameters["names"]
    return f"try again {', '.join(names[:3]) or 'everything in quarantine'}"


@flow(name="retry", flow_run_name=_flow_run_name, persist_result=False, timeout_seconds=TIMEOUT_SECONDS)
def retry(home: str, names: list[str], wait_seconds: float = 0.0) -> "State[RunSummary]":
    """Try files that are in quarantine once more.

    The bytes are taken from the raw store, so a file that has left its folder can be tried as well; the bytes of a file
    that could not be read at all, and the pages of an issue of several files, are looked for where they were found.

    Args:
        home: The place where everything lives.
        names: Ids, as `jianbao quarantine list` shows them, or file names; without one, all that is in quarantine.
        wait_seconds: How long to wait for another run to finish, before giving up.
    """
    place = Home.at(home)
    with open_session(place, flow_run.id, wait_seconds) as session:
        files: list[IssueFiles] = []
        rejects: list[Reject] = []
        for reject in quarantined(session.connection, names):
            found = FoundIssue(reject.file_name, (Found(reject.source_uri, reject.file_name),))
            try:
                files.append(_stored(reject, place) or identify_issue(_rediscovered(found, place), place))
            except DocumentError as error:
                rejects.append(Reject.of(found, error, "fetch"))
        summary = work_off(session, Backlog(tuple(files), (), ()), tuple(rejects))
    _log.info("run %s: %s", summary.run_id, summary.sentence)
    return final_state(summary)


def _stored(reject: Quarantined, home: Home) -> IssueFiles | None:
    kept = reject.kept(home)
    return IssueFiles(kept.file_name, (kept,)) if kept else None


def _rediscovered(wanted: FoundIssue, home: Home) -> FoundIssue:
    """The issue with all its pages, as its folder offers it now; only the file itself when it is not there any more."""
    folder = (home.root / wanted.source_uri).parent
    if not folder.is_dir():
        return wanted
    offered = issues_of(discover([str(folder)], home), home)
    return next((issue for issue in offered if issue.source_uri == wanted.source_uri), wanted)
