"""Who operates a home: one `jianbao up` at a time, and where its server is."""

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from tasks.errors import BusyError
from warehouse.home import Home
from warehouse.lock import try_lock


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server of a home is; `auth` is user:password, or None."""

    api_url: str
    auth: str | None


@contextlib.contextmanager
def operating(home: Home) -> Iterator[None]:
    """Be the one that operates a home; BusyError when another one does."""
    with try_lock(_lock(home)) as held:
        if not held:
            known = _read(home)
            where = f" Its UI is at {known.api_url.removesuffix('/api')}." if known else ""
            raise BusyError(f"jianbao up is at work on {home.root} already.{where} Stop it before you start another.")
        _file(home).unlink(missing_ok=True)
        _ready(home).unlink(missing_ok=True)
        try:
            yield
        finally:
            _file(home).unlink(missing_ok=True)


def announce(home: Home, address: Address) -> None:
    """Write down where the server is; the file is the owner's alone, because it may hold the password."""
    draft = _file(home).with_suffix(".new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(handle, "w", encoding="utf-8") as file:  # noqa: PTH123 - a handle, not a path
        json.dump(asdict(address), file)
    draft.rename(_file(home))


def running_server(home: Home) -> Address | None:
    """Where the server of the `jianbao up` that operates a home is; None when there is none that we may use."""
    with try_lock(_lock(home)) as held:
        return None if held else _read(home)


def tell_ready(home: Home) -> None:
    """Say that this process, the runner, has set everything up and runs what is due."""
    _ready(home).write_text(str(os.getpid()), encoding="utf-8")


def ready_runner(home: Home) -> int | None:
    """The process id of the runner that last said so."""
    try:
        return int(_ready(home).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _read(home: Home) -> Address | None:
    try:
        return Address(**json.loads(_file(home).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        # Not written yet, or another user's.
        return None


def _file(home: Home) -> Path:
    return home.prefect / "server.json"


def _ready(home: Home) -> Path:
    return home.prefect / "runner.pid"


def _lock(home: Home) -> Path:
    return home.prefect / "up.lock"
