"""Asking a web server: politely, within bounds, and only machines that may be asked.

httpcore is used as it is, without the comfort of httpx above it, because what counts here lies below that: to which
address a connection is made, and how much of an answer is taken. No proxy is used: what is asked is what was checked.
"""

import base64
import io
import random
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import BinaryIO, Final, Self
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpcore
import httpx

from tasks.errors import RefusedDownloadError, SourceDownError, UnreadableFileError
from tasks.sources.config import Source
from tasks.sources.connect import ANSWER_SECONDS, CheckedBackend, Time
from tasks.sources.seen import Page, Seen

AGENT: Final = "jianbao"
_HEADERS: Final = {"User-Agent": f"{AGENT} (reads bulletins)", "Accept": "*/*", "Accept-Encoding": "identity"}
_SCHEMES: Final = ("http", "https")
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS: Final = 5
_BUSY: Final = frozenset({408, 425, 429, 500, 502, 503, 504, 507, 509})
"""What may pass by itself."""
_TRIES: Final = 3
_FIRST_PAUSE: Final = 1.0
_LONGEST_PAUSE: Final = 60.0
"""Seconds between the tries of one question; who asks for more (Retry-After) is left alone until a later run."""
_PIECE_BYTES: Final = 1 << 16
_ROBOTS_BYTES: Final = 512 << 10
"""RFC 9309, 2.5: at least so much of a robots.txt is read."""
_ROBOTS_SECONDS: Final = 86_400.0
"""RFC 9309, 2.4: a robots.txt is not kept longer than a day."""
_LONGEST_CRAWL_DELAY: Final = 60.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: 200 with a body that went into the sink, or 304 without one."""

    status: int
    url: str
    size: int = 0
    etag: str | None = None
    modified: str | None = None
    content_type: str = ""

    @property
    def is_unchanged(self) -> bool:
        """Whether the version that was named is still the present one."""
        return self.status == 304


@dataclass(slots=True)
class _Host:
    asked: float = 0.0
    delay: float = 0.0
    robots: RobotFileParser | None = None


class Web:
    """The web as one source may see it. Close it, or use it in a with statement."""

    def __init__(self, source: Source, seen: Seen, clock: Time) -> None:
        self._source, self._seen, self._clock = source, seen, clock
        own = urlsplit(source.settings.url).hostname or ""
        self.hosts = frozenset({own, *(host.lower() for host in source.settings.hosts)})
        """The machines that belong to the source."""
        self._backend = CheckedBackend(self.hosts if source.settings.private else frozenset(), clock)
        self._pool = httpcore.ConnectionPool(network_backend=self._backend, max_connections=4, keepalive_expiry=10)
        self._hosts: dict[str, _Host] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.close()

    def get(
        self, url: str, sink: BinaryIO, *, etag: str | None = None, modified: str | None = None, most_bytes: int = 0
    ) -> Answer:
        """Fetch what lies at an address into a sink that can be rewound, unless it is still the version that is named.

        Raises `SourceDownError` when the server cannot be reached, `UnreadableFileError` when it is out of order or
        busy, and `RefusedDownloadError` for what will not be had however often one asks.
        """
        named = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in named.items() if value}
        most = most_bytes or self._source.settings.most_megabytes << 20
        for attempt in range(1, _TRIES + 1):
            sink.seek(0)
            sink.truncate()
            pause = _FIRST_PAUSE * 4 ** (attempt - 1) * random.uniform(0.8, 1.2)  # noqa: S311 - spreads the tries
            try:
                return self._follow(url, sink, headers, most)
            except _BusyError as busy:
                error: Exception = busy
                pause = max(pause, busy.seconds or 0.0)
                if pause > _LONGEST_PAUSE:
                    self._seen.leave_alone(urlsplit(busy.url).netloc, self._clock.now() + pause)
                    raise SourceDownError(
                        f"{self._shown(url)}: the server asks to be left alone for {pause:.0f} s (status "
                        f"{busy.status}). A run after that tries again."
                    ) from busy
            except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, OSError) as broken:
                error = broken
            if attempt < _TRIES:
                self._clock.sleep(pause)
        if isinstance(error, _BusyError):
            raise UnreadableFileError(
                f"{self._shown(url)}: the server answers with status {error.status}, {_TRIES} times. It is tried "
                "again later."
            ) from error
        raise SourceDownError(
            f"{self._shown(url)}: the server cannot be reached ({_reason(error)}). The next run tries again."
        ) from error

    def _follow(self, url: str, sink: BinaryIO, headers: Mapping[str, str], most: int) -> Answer:
        for _ in range(_MOST_REDIRECTS + 1):
            self._wait_for_turn(url)
            self._backend.end = self._clock.now() + self._source.settings.most_seconds
            with self._asked(url, headers) as response:
                status, found = response.status, _Headers(response.headers)
                if status in _REDIRECTS and found.get("location"):
                    url = self._redirected(url, found["location"])
                    continue
                if status in _BUSY:
                    raise _BusyError(url, status, _seconds(found.get("retry-after"), self._clock.now()))
                answer = Answer(
                    status, url, 0, found.get("etag"), found.get("last-modified"), found.get("content-type") or ""
                )
                if answer.is_unchanged and headers:
                    return answer
                if status != 200:
                    raise RefusedDownloadError(f"{self._shown(url)}: the server does not give it (status {status}).")
                body = _unpacked(response.iter_stream(), found.get("content-encoding"), self._shown(url))
                size = self._taken(body, sink, url, most, _length(found))
                return Answer(200, url, size, answer.etag, answer.modified, answer.content_type)
        raise RefusedDownloadError(f"{self._shown(url)}: more than {_MOST_REDIRECTS} redirects, one after the other.")

    def _redirected(self, url: str, location: str) -> str:
        try:
            target = str(httpx.URL(urljoin(url, location)).copy_with(fragment=None))
        except (httpx.InvalidURL, ValueError) as error:
            raise RefusedDownloadError(f"{self._shown(url)}: it redirects to what is no address ({error}).") from error
        before, after = urlsplit(url), urlsplit(target)
        if after.scheme not in _SCHEMES or (before.scheme == "https" and after.scheme == "http"):
            raise RefusedDownloadError(
                f"{self._shown(url)}: it redirects from {before.scheme} to {after.scheme or 'nowhere'}, which is not "
                "followed."
            )
        return target

    @contextmanager
    def _asked(self, url: str, headers: Mapping[str, str]) -> Iterator[httpcore.Response]:
        parts = httpx.URL(url)
        own = self._source.settings.headers if parts.host in self.hosts else {}
        sent = {"Host": parts.netloc.decode("ascii"), **_HEADERS, **own, **headers}
        if parts.userinfo and parts.host in self.hosts:
            login = f"{parts.username}:{parts.password}".encode()
            sent["Authorization"] = f"Basic {base64.b64encode(login).decode('ascii')}"
        target = httpcore.URL(scheme=parts.raw_scheme, host=parts.raw_host, port=parts.port, target=parts.raw_path)
        seconds = min(ANSWER_SECONDS, self._source.settings.most_seconds)
        timeout = dict.fromkeys(("connect", "read", "write", "pool"), seconds)
        with self._pool.stream("GET", target, headers=list(sent.items()), extensions={"timeout": timeout}) as response:
            yield response

    def _taken(self, body: Iterable[bytes], sink: BinaryIO, url: str, most: int, length: int | None) -> int:
        too_large = RefusedDownloadError(
            f"{self._shown(url)}: it is larger than {most / (1 << 20):g} MiB, the most that is taken from this source "
            "(most_megabytes in sources.yml)."
        )
        if length is not None and length > most:
            raise too_large
        size = 0
        for piece in body:
            size += len(piece)
            if size > most:
                raise too_large
            sink.write(piece)
        return size

    def _wait_for_turn(self, url: str) -> None:
        """Keep to what the site asks for: robots.txt, Retry-After, and a pause between two questions."""
        parts = urlsplit(url)
        if parts.scheme not in _SCHEMES:
            raise RefusedDownloadError(f"{self._shown(url)}: {parts.scheme or 'this'} is not asked for over the web.")
        until = self._seen.not_before(parts.netloc) - self._clock.now()
        if until > 0:
            raise SourceDownError(
                f"{self._shown(url)}: the server asked to be left alone for another {until:.0f} s. A run after that "
                "tries again."
            )
        host = self._hosts.setdefault(parts.netloc, _Host(delay=self._source.settings.delay_seconds))
        is_free = not self._source.settings.robots or parts.path == "/robots.txt"
        if not is_free and host.robots is None:
            host.robots = self._robots(parts.scheme, parts.netloc)
            asked_for = float(host.robots.crawl_delay(AGENT) or 0)
            host.delay = max(host.delay, min(asked_for, _LONGEST_CRAWL_DELAY))
        if not is_free and host.robots and not host.robots.can_fetch(AGENT, url):
            raise RefusedDownloadError(
                f"{self._shown(url)}: the site asks programs not to fetch this (robots.txt). Ask its owners; with "
                "their leave set robots: false for this source."
            )
        pause = host.asked + host.delay - self._clock.now()
        if 0 < pause <= host.delay:
            self._clock.sleep(pause)
        host.asked = self._clock.now()

    def _robots(self, scheme: str, netloc: str) -> RobotFileParser:
        url = f"{scheme}://{netloc}/robots.txt"
        known = self._seen.page(url)
        parser = RobotFileParser()
        if known is None or not 0 <= self._clock.now() - known.checked_at < _ROBOTS_SECONDS:
            body = io.BytesIO()
            with suppress(RefusedDownloadError):
                # Without a robots.txt (RFC 9309, 2.3.1.3) everything may be fetched; one that fails is no leave.
                self.get(url, body, most_bytes=_ROBOTS_BYTES)
            known = Page(None, None, self._clock.now(), body.getvalue().decode("utf-8", errors="replace"))
            self._seen.put_page(url, known)
        parser.parse(known.body.splitlines())
        return parser

    def _shown(self, url: str) -> str:
        return self._source.shown(url)


class _BusyError(Exception):
    """The server says that it cannot answer now; `seconds` is when to come back, if it says so."""

    def __init__(self, url: str, status: int, seconds: float | None) -> None:
        super().__init__(status)
        self.url, self.status, self.seconds = url, status, seconds


class _Headers(dict[str, str]):
    """The headers of an answer by their names in small letters; the first of a name counts."""

    def __init__(self, raw: Iterable[tuple[bytes, bytes]]) -> None:
        super().__init__()
        for name, value in raw:
            self.setdefault(name.decode("latin-1").lower(), value.decode("latin-1").strip())


def _unpacked(pieces: Iterable[bytes], encoding: str | None, shown: str) -> Iterator[bytes]:
    """A body without its packing, a bounded piece at a time; none is asked for, and some servers pack all the same."""
    if encoding in (None, "", "identity"):
        yield from pieces
        return
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise RefusedDownloadError(f"{shown}: the server packs it as {encoding}, which was not asked for.")
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        for piece in pieces:
            rest = piece
            while rest and not unpacker.eof:
                yield unpacker.decompress(rest, _PIECE_BYTES)
                rest = unpacker.unconsumed_tail
        yield unpacker.flush()
    except zlib.error as error:
        raise httpcore.RemoteProtocolError(f"a damaged {encoding} body") from error
    if not unpacker.eof:
        raise httpcore.RemoteProtocolError(f"a {encoding} body that breaks off")


def _length(headers: Mapping[str, str]) -> int | None:
    length = headers.get("content-length", "")
    return int(length) if length.isdigit() else None


def _seconds(retry_after: str | None, now: float) -> float | None:
    """How long to wait by a Retry-After: seconds, or a day and time."""
    if not retry_after:
        return None
    if retry_after.isdigit():
        return float(retry_after)
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - now)
    except ValueError:
        return None


def _reason(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
