"""What a run holds while it works: the home, the writer's lock, the connection, and who it is."""

import contextlib
import errno
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import duckdb

from flows.operate.lifeline import end_with_runner
from tasks.errors import HomeError
from tasks.load.run import Run
from tasks.load.sweep import sweep
from warehouse.catalog import open_writer
from warehouse.home import Home
from warehouse.lock import writer_lock

TIMEOUT_SECONDS: Final = 6 * 3600
"""What hangs (a dead network drive) must not keep the next runs away for ever. What had been published stays."""

_FAULTS_OF_THE_PLACE = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO)


@dataclass(frozen=True, slots=True)
class Session:
    """A run at work on a home, alone: the lock is held."""

    home: Home
    connection: duckdb.DuckDBPyConnection
    run: Run


@contextlib.contextmanager
def open_session(home: Home, flow_run_id: str | None, wait_seconds: float) -> Iterator[Session]:
    """Take the lock, clear away what a killed run left, and hand out the connection.

    Raises BusyError while another run holds the home, HomeError when the home cannot be written to.
    """
    end_with_runner()
    home.prepare()
    started_at = utc_now()
    try:
        with writer_lock(home.lock, started_at, wait_seconds), contextlib.closing(open_writer(home)) as connection:
            sweep(connection, home)
            yield Session(home, connection, Run(_run_id(started_at), flow_run_id, started_at))
    except (OSError, duckdb.Error) as error:
        reason = _why_not_writable(error)
        if reason is None:
            raise
        raise HomeError(
            f"The home {home.root} could not be written to ({reason}). What was published is whole; free space or make "
            "it writable, and run again."
        ) from error


def utc_now() -> datetime:
    """The time as the tables hold it: UTC, without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def _why_not_writable(error: OSError | duckdb.Error) -> str | None:
    """The operating system's words, when the place is at fault; None when jianbao is."""
    if isinstance(error, OSError):
        return error.strerror if error.errno in _FAULTS_OF_THE_PLACE else None
    return next((os.strerror(number) for number in _FAULTS_OF_THE_PLACE if os.strerror(number) in str(error)), None)


def _run_id(started_at: datetime) -> str:
    """Sorts by time, and no two runs share it."""
    return f"{started_at:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
