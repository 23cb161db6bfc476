"""The flow that keeps the store small and fast."""

import logging
from datetime import timedelta

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed

from flows.session import TIMEOUT_SECONDS, open_session, utc_now
from flows.story import tell_maintained
from tasks.maintain.compact import Maintained, maintain_store
from warehouse.home import Home

KEEP_DAYS = 2
"""Longer than any query runs, so that no reader loses a file or a snapshot that it began with."""

_log = logging.getLogger("jianbao.maintain")


@flow(name="maintain", flow_run_name="maintain the store", persist_result=False, timeout_seconds=TIMEOUT_SECONDS)
def maintain(home: str, keep_days: int = KEEP_DAYS, wait_seconds: float = 600.0) -> State[Maintained]:
    """Back up the catalog, merge small files, forget empty history and remove files that nothing refers to.

    What was published, and time travel to every revision of it, stays: the rows are compared before and after. Readers
    are not disturbed.

    Args:
        home: The place where everything lives.
        keep_days: Nothing is taken away that is younger.
        wait_seconds: How long to wait for another run to finish, before giving up.
    """
    with open_session(Home.at(home), flow_run.id, wait_seconds) as session:
        done = maintain_store(session.connection, session.home, utc_now(), timedelta(days=keep_days))
    _log.info(
        "files %d -> %d, snapshots %d -> %d, bytes %d -> %d, rows %d",
        done.before.files,
        done.after.files,
        done.before.snapshots,
        done.after.snapshots,
        done.before.byte_size,
        done.after.byte_size,
        done.after.rows,
    )
    return Completed(message=tell_maintained(done, keep_days), data=done)
