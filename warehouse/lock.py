"""One writer at a time: an exclusive `flock` beside the catalog, held for a whole run.

The kernel drops the lock when its holder dies, however it dies, so there is never a stale lock to remove. Two writers
on a SQLite catalog fail with "database is locked" (one commit in ten, measured) and have corrupted others' catalogs.
"""

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from warehouse.errors import BusyError, HomeError

_POLL_SECONDS = 0.1


@contextlib.contextmanager
def writer_lock(path: Path, now: datetime, wait_seconds: float = 0.0) -> Iterator[None]:
    """Hold the lock; `now` is written into it. BusyError names the holder after `wait_seconds` without success."""
    try:
        # Not inherited by child processes (Python's default), so a server that a run started cannot keep it.
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise HomeError(f"The lock {path} cannot be opened ({error.strerror}). Make its folder writable.") from error
    try:
        _acquire(handle, path, wait_seconds)
        os.ftruncate(handle, 0)
        os.pwrite(handle, json.dumps({"pid": os.getpid(), "since": now.isoformat(timespec="seconds")}).encode(), 0)
        yield
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def check_free(path: Path) -> None:
    """Raise BusyError when a writer is at work; takes nothing and leaves nothing behind."""
    try:
        handle = os.open(path, os.O_RDWR)
    except OSError:
        return
    try:
        _acquire(handle, path, 0.0)
    finally:
        os.close(handle)


@contextlib.contextmanager
def try_lock(path: Path) -> Iterator[bool]:
    """Take an exclusive lock on a file if it is free; whether it is held now."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError:
        # Somebody else's, or its folder is not there.
        yield False
        return
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            held = True
        except BlockingIOError:
            held = False
        yield held
    finally:
        os.close(handle)


def _acquire(handle: int, path: Path, wait_seconds: float) -> None:
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise BusyError(_sentence(handle, path, wait_seconds)) from None
            time.sleep(_POLL_SECONDS)
        else:
            return


def _sentence(handle: int, path: Path, wait_seconds: float) -> str:
    waited = f" Waited {wait_seconds:g} s for it." if wait_seconds else ""
    return (
        f"Another jianbao run is loading into {path.parent}: {_holder(handle)}.{waited} "
        "Wait until it has finished, or let this run wait for it with --wait SECONDS."
    )


def _holder(handle: int) -> str:
    try:
        holder = json.loads(os.pread(handle, 1000, 0))
        since = datetime.fromisoformat(holder["since"]).astimezone(UTC)
        return f"process {holder['pid']}, since {since:%Y-%m-%d %H:%M:%S} UTC"
    except (ValueError, KeyError, TypeError):
        # It took the lock a moment ago and has not written its name yet.
        return "a process that has just started"
