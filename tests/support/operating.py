"""A real `jianbao up`: started, asked through its API, killed in parts."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from prefect.settings import PREFECT_API_URL, PREFECT_UI_URL, temporary_settings

from flows.operate import supervisor
from flows.operate.place import running_server
from flows.operate.settings import Settings
from tests.flows.conftest import COMMAND, clean_environment
from warehouse.home import Home

PATIENCE_SECONDS = 300
T = TypeVar("T")
SAMPLE = Path(__file__).parents[1] / "gold" / "shanxi-2023" / "shanxi-2023.txt"


@dataclass
class Up:
    """`jianbao up` at work on a home."""

    home: Home
    process: "subprocess.Popen[str]"
    out: Path

    @property
    def client(self) -> httpx.Client:
        """To its API, with its password."""
        address = running_server(self.home)
        assert address
        user, _, password = (address.auth or "").partition(":")
        auth = (user, password) if address.auth else None
        return httpx.Client(base_url=address.api_url, auth=auth, timeout=PATIENCE_SECONDS)

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """An answer of the API."""
        with self.client as client:
            # The server's word for a database that is busy; Prefect's own clients ask again as well.
            answer = wait(lambda: _unless_busy(client.request(method, path, json=body)))
        return answer.raise_for_status().json()

    def find(self, kind: str, **query: Any) -> list[dict[str, Any]]:
        """What the API knows of a kind of things."""
        found: list[dict[str, Any]] = self.ask("POST", f"/{kind}/filter", query)
        return found

    def runs(self, *states: str, **query: Any) -> list[dict[str, Any]]:
        """Flow runs in these states (names), the newest first."""
        found = self.find("flow_runs", sort="EXPECTED_START_TIME_DESC", **query)
        return [run for run in found if not states or run["state_name"] in states]

    def child(self, name: str) -> int | None:
        """The process id of the child that runs this module."""
        return next((pid for pid in children(self.process.pid) if name in words(pid)), None)

    def everybody(self) -> set[int]:
        """All processes that belong to it."""
        return family(self.process.pid)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal, wait for the end; the exit code."""
        self.process.send_signal(number)
        return self.process.wait(60)


def _unless_busy(answer: httpx.Response) -> httpx.Response | None:
    return None if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE else answer


@contextmanager
def operated(home: Home, **environment: str) -> Iterator[Up]:
    """`jianbao up` on a free port, until the block ends."""
    out = home.root.with_name(f"up-{time.monotonic_ns()}.txt")
    with out.open("w") as file:
        process = subprocess.Popen(
            [COMMAND, "up", "--port", "0"],
            env=clean_environment(JIANBAO_HOME=str(home.root), PYTHONUNBUFFERED="1", **environment),
            stdout=file,
            stderr=subprocess.STDOUT,
            text=True,
        )
    up = Up(home, process, out)
    try:
        wait(lambda: process.poll() is not None or "jianbao is up" in out.read_text())
        assert process.poll() is None, out.read_text()
        yield up
    finally:
        if process.poll() is None:
            up.stop()


@contextmanager
def served(home: Home, settings: Settings, **environment: str) -> Iterator[str]:
    """The Prefect server of `jianbao up` and nothing else, also for this process; the address of its API."""
    home.prepare()
    with pytest.MonkeyPatch.context() as patch:
        for name in set(os.environ) - set(clean_environment()):
            patch.delenv(name)
        for name, value in environment.items():
            patch.setenv(name, value)
        listener = supervisor._listen(settings)
        operation = supervisor._operation(home, settings, listener)
        server, _ = supervisor._children(operation, listener)
        server.start(0)
        try:
            wait(lambda: supervisor._answers(operation.address))
            with temporary_settings({PREFECT_API_URL: operation.address.api_url, PREFECT_UI_URL: operation.ui_url}):
                yield operation.address.api_url
        finally:
            server.stop(PATIENCE_SECONDS)
            listener.close()


def wait(ready: Callable[[], T | None], seconds: float = PATIENCE_SECONDS) -> T:
    """Until something is true; its value."""
    deadline = time.monotonic() + seconds
    while not (value := ready()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.2)
    return value


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    found: list[int] = []
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    return found


def family(pid: int) -> set[int]:
    """A process and all that came of it."""
    return {pid}.union(*map(family, children(pid)))


def alive(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def words(pid: int) -> str:
    """What a process was called with."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def drop(home: Home, name: str, text: bytes) -> None:
    """Put a file into the inbox as a careful copy does: written aside, then renamed."""
    draft = home.inbox / f"{name}.part"
    draft.write_bytes(text)
    draft.rename(home.inbox / name)


def copies(number: int) -> dict[str, bytes]:
    """Issues that differ, made of the sample: file names and texts."""
    sample = SAMPLE.read_text(encoding="utf-8")
    return {f"issue-{n}.txt": sample.replace("33.35", f"33.{n + 10}").encode() for n in range(number)}


def start(up: Up) -> str:
    """Start a run of `ingest` as the schedule does; its id."""
    (deployment,) = (one for one in up.find("deployments") if one["name"] == "ingest")
    path = f"/deployments/{deployment['id']}/create_flow_run"
    return str(up.ask("POST", path, {"state": {"type": "SCHEDULED"}})["id"])


def ended(up: Up, run: str) -> dict[str, Any]:
    """A flow run that has come to its end."""

    def look() -> dict[str, Any] | None:
        found: dict[str, Any] = up.ask("GET", f"/flow_runs/{run}")
        return found if found["state_type"] in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED") else None

    return wait(look)
