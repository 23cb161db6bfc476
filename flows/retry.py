"""The flow that tries quarantined files again."""

import logging

from prefect import flow
from prefect.runtime import flow_run

from flows.ingest import work_off
from flows.session import open_session
from flows.summary import RunSummary
from tasks.errors import DocumentError
from tasks.load.ledger import Backlog
from tasks.load.quarantined import quarantined
from tasks.load.run import Reject
from tasks.records import Fetched, Found
from tasks.sources.fetch import identify
from warehouse.home import Home

_log = logging.getLogger("jianbao.retry")


def _flow_run_name() -> str:
    names: list[str] = flow_run.parameters["names"]
    return f"try again {', '.join(names[:3]) or 'everything in quarantine'}"


@flow(name="retry", flow_run_name=_flow_run_name, persist_result=False, validate_parameters=False)
def retry(home: str, names: list[str], wait_seconds: float = 0.0) -> RunSummary:
    """Try files that are in quarantine once more: those of `names` (ids or file names), without names all of them.

    The bytes are taken from the raw store, so a file that has left its folder can be tried as well; the bytes of a file
    that could not be read at all are looked for where it was found.
    """
    place = Home.at(home)
    with open_session(place, flow_run.id, wait_seconds) as session:
        files: list[Fetched] = []
        rejects: list[Reject] = []
        for reject in quarantined(session.connection, names):
            found = Found(reject.source_uri, reject.file_name)
            try:
                files.append(reject.kept(place) or identify(found, place))
            except DocumentError as error:
                rejects.append(Reject.of(found, error, "fetch"))
        summary = work_off(session, Backlog(tuple(files), (), ()), tuple(rejects))
    _log.info("run %s: %s", summary.run_id, summary.sentence)
    return summary
