"""Connections to machines that may be asked, and to no other; what comes over them has to come in time."""

import socket
import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

import httpcore

from tasks.errors import RefusedDownloadError
from tasks.sources.addresses import may_be_asked

ANSWER_SECONDS: Final = 30.0
"""How long a server may take to connect, and between two pieces of an answer."""


@dataclass(frozen=True, slots=True)
class Time:
    """Clock and pause, so that a test need not wait."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep


def checked_addresses(host: str, port: int | None, *, private: bool) -> list[str]:
    """The addresses of a machine that may be asked; `private`: also those of the own network.

    Raises `httpcore.ConnectError` for a machine that is not known, and `RefusedDownloadError` for one without any.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"{host}: no such machine is known ({error})") from error
    addresses = list(dict.fromkeys(str(place[0]) for *_, place in found))
    allowed = [one for one in addresses if may_be_asked(one, private=private)]
    if not allowed:
        raise RefusedDownloadError(
            f"{host} is {', '.join(addresses)}, a machine of your own network, which is not asked unless the source "
            "says so: private: true in sources.yml, and the name below hosts if it is not that of the url."
        )
    return allowed


class CheckedBackend(httpcore.SyncBackend):
    """Connects to addresses that may be asked, and to no other, whatever the name server says the second time."""

    def __init__(self, private: frozenset[str], clock: Time) -> None:
        self._private, self._clock = private, clock
        self.end = 0.0
        """When the answer has to be whole."""

    def left(self) -> float:
        """The seconds until then; a timeout when there are none."""
        seconds = self.end - self._clock.now()
        if seconds <= 0:
            raise httpcore.ReadTimeout("it was not whole in time (most_seconds in sources.yml)")
        return seconds

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        allowed = checked_addresses(host, port, private=host in self._private)
        broken: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in allowed:
            try:
                return _Timed(super().connect_tcp(address, port, timeout, local_address, socket_options), self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                broken = error
        assert broken is not None
        raise broken


class _Timed(httpcore.NetworkStream):
    """A connection over which an answer has to come as a whole by a certain time, and not only each piece of it."""

    def __init__(self, stream: httpcore.NetworkStream, backend: CheckedBackend) -> None:
        self._stream, self._backend = stream, backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            return self._stream.read(max_bytes, min(timeout or ANSWER_SECONDS, self._backend.left()))
        except httpcore.ReadTimeout:
            # Of the two limits it may be this one.
            self._backend.left()
            raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, timeout), self._backend)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - as in the class above
        return self._stream.get_extra_info(info)
