"""The flow that tries quarantined files again."""

import logging

from prefect import State, flow
from prefect.runtime import flow_run

from flows.ingest import work_off
from flows.secret_values import secret_value
from flows.session import TIMEOUT_SECONDS, open_session
from flows.states import final_state
from flows.summary import RunSummary
from tasks.errors import DocumentError
from tasks.load.ledger import Backlog
from tasks.load.quarantined import Quarantined, quarantined
from tasks.load.run import Reject
from tasks.records import Found, FoundIssue, IssueFiles
from tasks.sources.addresses import is_url
from tasks.sources.archive import MEMBER_MARK
from tasks.sources.fetch import is_archive
from tasks.sources.group import identify_issue
from tasks.sources.origins import Origins, Scan, opened_origins
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
    with open_session(place, flow_run.id, wait_seconds) as session, opened_origins(place, secret_value) as origins:
        files: list[IssueFiles] = []
        rejects: list[Reject] = []
        for reject in quarantined(session.connection, names):
            if kept := _stored(reject, place):
                files.append(kept)
                continue
            scan = _rediscovered(reject, origins, place)
            files += scan.files
            rejects += (Reject.of(found, error, "fetch") for found, error in scan.failed)
        summary = work_off(session, origins, Backlog(tuple(files), (), ()), tuple(rejects))
    _log.info("run %s: %s", summary.run_id, summary.sentence)
    return final_state(summary)


def _stored(reject: Quarantined, home: Home) -> IssueFiles | None:
    kept = reject.kept(home)
    if kept is None or is_archive(home.root / kept.raw_path, kept.source_uri):
        return None
    return IssueFiles(kept.file_name, (kept,))


def _rediscovered(reject: Quarantined, origins: Origins, home: Home) -> Scan:
    """What its folder offers now of an issue, with all its pages, or of an archive with all its issues."""
    place = home.root / reject.source_uri.partition(MEMBER_MARK)[0]
    if not is_url(reject.source_uri) and place.exists():
        offered = origins.scan([str(place.parent)])
        mine = (reject.source_uri, f"{reject.source_uri}{MEMBER_MARK}")
        files = tuple(one for one in offered.files if one.source_uri == mine[0] or one.source_uri.startswith(mine[1]))
        failed = tuple(one for one in offered.failed if one[0].source_uri == mine[0])
        if files or failed:
            return Scan(files, (), (), failed)
    found = FoundIssue(reject.file_name, (Found(reject.source_uri, reject.file_name),))
    try:
        return Scan((identify_issue(found, home),), (), (), ())
    except DocumentError as error:
        return Scan((), (), (), ((found, error),))
