"""A load that dies at a named point; run as a script: dying_load.py HOME POINT.

The functions of the product are wrapped here, in this process only: the product needs no hook for its tests. Death is
SIGKILL by the process itself, or, inside SQLite's own writing, SIGXFSZ by the kernel at an exact byte: neither runs any
handler, so nothing is tidied up.
"""

import os
import resource
import signal
import sys
from collections.abc import Callable
from typing import Any

import duckdb

import flows.session
import tasks.load.commit
import tasks.load.parquet
import tasks.load.stage
import tasks.sources.fetch
import warehouse.create
from tests.support.loading import load
from warehouse.home import Home


def die(*_: object, **__: object) -> None:
    """End this process as a power cut would."""
    os.kill(os.getpid(), signal.SIGKILL)


def die_at_call(module: Any, name: str, number: int) -> None:
    """Replace a function by one that dies instead of its `number`-th call."""
    original: Callable[..., Any] = getattr(module, name)
    calls = 0

    def wrapped(*args: object, **kwargs: object) -> object:
        nonlocal calls
        calls += 1
        if calls == number:
            die()
        return original(*args, **kwargs)

    setattr(module, name, wrapped)


class DyingConnection:
    """A connection that does something else instead of its `number`-th COMMIT, or right after it."""

    def __init__(self, inner: duckdb.DuckDBPyConnection, number: int, act: Callable[[], None], *, after: bool) -> None:
        self._inner, self._left, self._before, self._after = inner, number, act, after

    def execute(self, query: str, *args: Any) -> Any:
        """Run a statement, unless it is the one to die at."""
        self._left -= query == "COMMIT"
        if query == "COMMIT" and self._left == 0:
            if not self._after:
                self._before()
            result = self._inner.execute(query, *args)
            if self._after:
                self._before()
            return result
        return self._inner.execute(query, *args)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def at_commit(module: Any, opener: str, before: Callable[[], None], *, after: bool = False, number: int = 1) -> None:
    """Let connections that `module.opener` makes die at a COMMIT."""
    original = getattr(module, opener)
    setattr(module, opener, lambda *args: DyingConnection(original(*args), number, before, after=after))


def limit_files(size: int) -> Callable[[], None]:
    """From now on the kernel kills this process when it writes beyond byte `size` of any file."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        # A core dump would cost seconds.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def prepare(point: str) -> None:
    """Arrange the death."""
    match point.split():
        case ["creating"]:
            die_at_call(warehouse.create, "fsync_folder", 1)
        case ["creating-commit"]:
            at_commit(warehouse.create, "connect", die)
        case ["creating-commit-byte", size]:
            at_commit(warehouse.create, "connect", limit_files(int(size)))
        case ["fetch"]:
            die_at_call(tasks.sources.fetch, "fsync_folder", 1)
        case ["before-parquet"]:
            die_at_call(tasks.load.stage, "write_batch", 1)
        case ["parquet", number]:
            die_at_call(tasks.load.parquet, "_write", int(number))
        case ["before-rename"]:
            die_at_call(tasks.load.commit, "adopt", 1)
        case ["rename", number]:
            die_at_call(tasks.load.commit, "fsync_folder", int(number))
        case ["register", number]:
            die_at_call(tasks.load.commit, "register", int(number))
        case ["before-commit"]:
            at_commit(flows.session, "open_writer", die)
        case ["commit-byte", size]:
            at_commit(flows.session, "open_writer", limit_files(int(size)))
        case ["after-commit"]:
            at_commit(flows.session, "open_writer", die, after=True)
        case ["before-run-row"]:
            at_commit(flows.session, "open_writer", die, number=2)
        case ["run-row-byte", size]:
            at_commit(flows.session, "open_writer", limit_files(int(size)), number=2)
        case _:
            raise SystemExit(f"no such point: {point}")


if __name__ == "__main__":
    prepare(sys.argv[2])
    load(Home.at(sys.argv[1]))
