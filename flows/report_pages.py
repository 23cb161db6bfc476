"""The flow that makes the HTML pages, by itself on a schedule or at the end of an ingest."""

import logging

from prefect import flow, tags
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.environment import TAG
from flows.pages import make_pages
from flows.session import TIMEOUT_SECONDS
from flows.summary import count
from warehouse.home import Home

_log = logging.getLogger("jianbao.report")


@flow(
    name="report",
    flow_run_name="report",
    persist_result=False,
    validate_parameters=False,
    timeout_seconds=TIMEOUT_SECONDS,
)
def report_pages(home: str) -> State[str]:
    """Bring the pages in `reports/` up to date with the tables; the state carries the path of the overview.

    Args:
        home: The place where everything lives.
    """
    made = make_pages(Home.at(home))
    pages = count(made.written, "issue page")
    _log.info("report: %s made, %d current: %s", pages, made.current, made.overview)
    return Completed(message=f"{pages} made, {made.current} current: {made.overview}", data=str(made.overview))


def refresh_pages(home: str) -> None:
    """Make the pages after a load. What was loaded is published: pages that fail are told, and do not fail the load."""
    with tags(TAG):
        state = report_pages(home, return_state=True)
    if state.is_failed():
        _log.error("report: the pages could not be made; what was loaded is published. `jianbao report` says why.")
