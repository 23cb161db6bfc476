"""A web server that messages are sent to, and homes for the tests of a module."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from warehouse.home import Home


@dataclass
class Calls:
    """What was posted to `place` (host and port): path and body. `answers` are the statuses of paths that refuse."""

    place: str
    posted: list[tuple[str, str]] = field(default_factory=list)
    answers: dict[str, int] = field(default_factory=dict)


@pytest.fixture(scope="module")
def calls() -> Iterator[Calls]:
    calls = Calls("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            calls.posted.append((self.path, body.decode()))
            self.send_response(calls.answers.get(self.path, 200))
            self.end_headers()

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    calls.place = f"127.0.0.1:{server.server_port}"
    yield calls
    server.shutdown()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, migrated: Callable[[Home], Home]) -> Home:
    """A home in which nothing was done yet."""
    return migrated(Home.at(tmp_path_factory.mktemp("operated") / "home"))
