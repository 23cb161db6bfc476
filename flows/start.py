"""What a command does before and around a flow: the home is there and free, Prefect knows where it is."""

import contextlib
import os
import signal
from collections.abc import Iterator

from flows.display import following
from flows.environment import prepare_environment
from warehouse.catalog import open_reader
from warehouse.home import Home
from warehouse.lock import check_free


@contextlib.contextmanager
def started(home: Home, wait_seconds: float) -> Iterator[None]:
    """Check that there is something to work on, then start Prefect and follow the run on stderr.

    Raises NoCatalogError, HomeError and BusyError before Prefect, which takes long, is started.
    """
    open_reader(home).close()
    home.prepare()
    if not wait_seconds:
        check_free(home.lock)
    prepare_environment(home, os.environ)
    # Ended by a supervisor or by Ctrl-C, the run has to stop the server that Prefect starts for it.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with following() as display:
        display.step("starting Prefect")
        from prefect import tags

        with tags("jianbao", "by hand"):
            yield
