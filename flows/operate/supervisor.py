"""The supervisor behind `jianbao up`: starts the server and the runner, keeps them running, stops them in order.

It does no work itself and imports nothing of Prefect, so that there is little that could bring it down.
"""

import os
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

import httpx

from flows.environment import prepare_environment
from flows.operate.children import Child, ChildDiedError
from flows.operate.place import Address, announce, operating, ready_runner
from flows.operate.runner import OWN_SERVER
from flows.operate.settings import Settings
from tasks.errors import UsageError
from warehouse.home import Home

_DAY_SECONDS = 24 * 3600
# Three quarters of what a run adds to the server's database are events; its logs and artifacts tell what it did.
_EVENT_DAYS = 3
_TICK_SECONDS = 0.5
_PATIENCE_SECONDS = 300.0
_RUNNER_GRACE, _SERVER_GRACE = 8.0, 4.0


@dataclass(frozen=True, slots=True)
class Operation:
    """What is being operated: the home, its settings, where its server is, and where people see the UI."""

    home: Home
    settings: Settings
    address: Address
    ui_url: str


class Supervisor:
    """Runs until it is told to stop."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._stop = False

    def run(self, home: Home, settings: Settings, greet: Callable[[Operation], None]) -> None:
        """Operate a home; `greet` is called once, when everything works. Raises when it cannot go on."""
        home.prepare()
        signal.signal(signal.SIGTERM, self._on_signal)
        signal.signal(signal.SIGINT, self._on_signal)
        with operating(home):
            own = "PREFECT_API_URL" not in os.environ
            listener = _listen(settings) if own else None
            operation = _operation(home, settings, listener)
            children = _children(operation, listener)
            try:
                self._operate(children, operation, greet)
            finally:
                # The runner first: it ends its runs, and tells the server so.
                for child, grace in zip(reversed(children), (_RUNNER_GRACE, _SERVER_GRACE), strict=False):
                    child.stop(grace)
                if listener:
                    listener.close()

    def _operate(self, children: list[Child], operation: Operation, greet: Callable[[Operation], None]) -> None:
        self._say(f"starting in {operation.home.root} (the first time in a home takes up to a minute)")
        *servers, runner = children
        for server in servers:
            server.start(time.monotonic())
        self._wait(servers, lambda: _answers(operation.address), "the Prefect server")
        if self._stop:
            return
        announce(operation.home, operation.address)
        runner.start(time.monotonic())
        self._wait(children, lambda: ready_runner(operation.home) == runner.pid, "the runner")
        if self._stop:
            return
        greet(operation)
        while not self._stop:
            self._look_after(children)

    def _wait(self, children: list[Child], ready: Callable[[], bool], name: str) -> None:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not self._stop and not ready():
            self._look_after(children)
            if time.monotonic() > deadline:
                words = "\n".join(child.last_words() for child in children)
                raise ChildDiedError(f"{name} was not ready after {_PATIENCE_SECONDS:g} s. Its last words:\n{words}")

    def _look_after(self, children: list[Child]) -> None:
        for child in children:
            if sentence := child.look_after(time.monotonic()):
                self._say(sentence)
        time.sleep(_TICK_SECONDS)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the shape of a handler
        self._stop = True


def _operation(home: Home, settings: Settings, listener: socket.socket | None) -> Operation:
    if listener is None:
        api_url = os.environ["PREFECT_API_URL"]
        address = Address(api_url, os.environ.get("PREFECT_API_AUTH_STRING", settings.auth))
        return Operation(home, settings, address, os.environ.get("PREFECT_UI_URL", api_url.removesuffix("/api")))
    port = listener.getsockname()[1]
    host = settings.host if settings.host not in ("0.0.0.0", "::") else "127.0.0.1"  # noqa: S104 - compared only
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    return Operation(home, settings, Address(f"{url}/api", settings.auth), os.environ.get("PREFECT_UI_URL", url))


def _listen(settings: Settings) -> socket.socket:
    """Take the port, and keep it while the server is started again."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=256)
    except OSError as error:
        # (Python adds the address to the words of the operating system.)
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error
        raise UsageError(
            f"{settings.host}:{settings.port} cannot be listened on ({reason}). If another program "
            "has the port, choose another one with --port NUMBER, or let a free one be found with --port 0."
        ) from error


def _children(operation: Operation, listener: socket.socket | None) -> list[Child]:
    environment = _environment(operation, own=listener is not None)
    home = operation.home
    runner = Child("the runner", "flows.operate.runner", [str(home.root)], home.prefect / "runner.log", environment)
    if listener is None:
        return [runner]
    handle = listener.fileno()
    log = home.prefect / "server.log"
    return [Child("the Prefect server", "flows.operate.server", [str(handle)], log, environment, [handle]), runner]


def _environment(operation: Operation, *, own: bool) -> dict[str, str]:
    """For the children: what the user has set, and the rest as jianbao wants it."""
    settings, home = operation.settings, operation.home
    environment = dict(os.environ)
    wanted = {
        "PREFECT_UI_URL": operation.ui_url,
        # A folder named tasks in the place where jianbao was started must not be taken for ours.
        "PYTHONSAFEPATH": "1",
        # The server has a thread for each connection to its database; glibc would keep a heap for each of them.
        "MALLOC_ARENA_MAX": "2",
        # What goes wrong stands in the logs of the children; what a run did stands on its page.
        "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "ERROR",
        "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
        "PREFECT_INTERNAL_LOGGING_LEVEL": "ERROR",
        "PREFECT_RUNNER_POLL_FREQUENCY": "3",
    }
    if own:
        wanted |= {
            OWN_SERVER: "1",
            "PREFECT_API_URL": operation.address.api_url,
            # Seen from the browser: the server that the page came from, whatever its name and port are there.
            "PREFECT_UI_API_URL": "/api",
            "PREFECT_UI_STATIC_DIRECTORY": str(home.prefect / "ui"),
            "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
            # In memory they would be lost when the server is started again, and a second run could begin.
            "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
            "PREFECT_SERVER_EVENTS_CAUSAL_ORDERING": "flows.operate.ordering",
            "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
            "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(settings.keep_days * _DAY_SECONDS),
            "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": f"P{min(settings.keep_days, _EVENT_DAYS)}D",
        }
    for name, value in wanted.items():
        environment.setdefault(name, value)
    if operation.address.auth:
        environment["PREFECT_API_AUTH_STRING"] = operation.address.auth
        if own:
            environment["PREFECT_SERVER_API_AUTH_STRING"] = operation.address.auth
    environment["JIANBAO_HOST"], environment["JIANBAO_PORT"] = settings.host, str(settings.port)
    prepare_environment(home, environment)
    return environment


def _answers(address: Address) -> bool:
    try:
        return _client(address).get("/health").is_success
    except httpx.HTTPError:
        return False


def _client(address: Address) -> httpx.Client:
    user, _, password = (address.auth or "").partition(":")
    return httpx.Client(base_url=address.api_url, auth=(user, password) if address.auth else None, timeout=5)
