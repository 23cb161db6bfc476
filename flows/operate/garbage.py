"""Cyclic garbage of the server is collected aside, never by the thread that serves.

Python collects it in whatever thread happens to allocate. Prefect's server leaves cursors of SQLite in it, and to end a
cursor is to wait for its connection. When that connection waited for the lock of the database, and the transaction that
held the lock waited for the thread that serves, all of them stood still until SQLite gave up: a minute without an
answer, seen again and again on a busy machine.
"""

import gc
import threading
import time
from typing import Final, NoReturn

_PAUSE_SECONDS: Final = 0.2


def collect_aside() -> None:
    """Leave the collection to a thread of its own from now on; called when what stays for ever has been loaded."""
    gc.disable()
    gc.collect()
    gc.freeze()
    threading.Thread(target=_collect, name="garbage", daemon=True).start()


def _collect() -> NoReturn:
    while True:
        time.sleep(_PAUSE_SECONDS)
        counts, limits = gc.get_count(), gc.get_threshold()
        # As Python does: the oldest generation whose turn it is. All of it would be half a second on a busy machine.
        due = [generation for generation in (2, 1, 0) if counts[generation] > limits[generation]]
        if due:
            gc.collect(due[0])
