"""What a command does before and around a flow: the home is there and free, Prefect knows where it is."""

import contextlib
import os
import signal
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from flows.display import following
from flows.environment import TAG
from flows.operate.connect import connect
from warehouse.catalog import open_reader
from warehouse.home import Home
from warehouse.lock import check_free

if TYPE_CHECKING:
    from prefect import State


@contextlib.contextmanager
def started(home: Home, wait_seconds: float) -> Iterator[None]:
    """Check that there is something to work on, then start Prefect and follow the run on stderr.

    Raises NoCatalogError, HomeError and BusyError before Prefect, which takes long, is started.
    """
    open_reader(home).close()
    home.prepare()
    if not wait_seconds:
        check_free(home.lock)
    # Ended by a supervisor or by Ctrl-C, the run has to stop the server that was started for it.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with following() as display:
        display.step("starting Prefect")
        connect(home, os.environ)
        from prefect import tags

        with tags(TAG, "by hand"):
            yield


def outcome(state: "State[Any]") -> Any:  # noqa: ANN401 - whatever the flow returns
    """What a flow that was called here came to, also when its state is Failed; raises what stopped it."""
    ended = state.result(raise_on_failure=False)
    if isinstance(ended, BaseException):
        raise ended
    return ended
