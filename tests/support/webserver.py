"""A web server on loopback that answers as a test tells it to, and remembers what it was asked."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Asked:
    """A question and what became of it: the path, the answer's status, and how many bytes of a body were sent."""

    path: str
    status: int
    sent: int
    headers: dict[str, str]


Route = Callable[["Handler"], None]


@dataclass
class Site:
    """What the server has: pages by path (bytes, or a function that answers), and the log."""

    url: str = ""
    pages: dict[str, bytes | Route] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    knows_versions: bool = True

    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [one.path for one in self.asked if one.path != "/robots.txt"]

    def bodies(self) -> list[str]:
        """What was sent with a body."""
        return [one.path for one in self.asked if one.status == 200]

    def list_links(self, *paths: str, page: str = "/list/") -> None:
        """A page that lists paths."""
        self.pages[page] = "".join(f'<p><a href="{path}">期</a></p>' for path in paths).encode()


class Handler(BaseHTTPRequestHandler):
    """Answers from the site; `answer` is for routes."""

    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        page = self.site.pages.get(self.path.partition("?")[0])
        if page is None:
            self.answer(404, b"nothing here")
        elif callable(page):
            page(self)
        else:
            etag = f'"{hashlib.sha256(page).hexdigest()[:16]}"'
            if self.site.knows_versions and self.headers.get("If-None-Match") == etag:
                self.answer(304, None, ETag=etag)
            elif self.site.knows_versions:
                self.answer(200, page, ETag=etag)
            else:
                self.answer(200, page)

    def answer(self, status: int, body: bytes | None = b"", **headers: str) -> None:
        """Send an answer and write it into the log."""
        self.note(status, len(body or b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if body is not None:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if body:
            self.wfile.write(body)

    def note(self, status: int, sent: int) -> None:
        """Write an answer into the log."""
        self.site.asked.append(Asked(self.path, status, sent, dict(self.headers)))

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def serving(host: str = "127.0.0.1") -> Iterator[Site]:
    """A site on a free port."""
    site = Site()
    handler = type("Own", (Handler,), {"site": site})
    with ThreadingHTTPServer((host, 0), handler) as server:
        server.daemon_threads = True
        site.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()
