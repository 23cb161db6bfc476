"""`python -m benchmarks.sources [DOCUMENTS]`: what an unchanged listing costs, in a folder, on a page and in a bucket.

Real servers on loopback; the bucket's in a process of its own, since it takes more time to answer than jianbao to ask.
The files count as old: what changed in the last minute is read again.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

import yaml
from moto.s3.models import s3_backends

from tasks.sources.config import environment
from tasks.sources.connect import Time
from tasks.sources.fetch import fetched
from tasks.sources.origins import Origins, Scan, opened_origins
from tasks.sources.seen import Entry, remembered
from tests.support.bucketserver import KEYS, bucket_server
from tests.support.webserver import serving
from warehouse.home import Home

_HOUR = 3600.0
_ACCOUNT, _PARTITION = "123456789012", "aws"


class _Seconds(NamedTuple):
    """By the clock, and of CPU time of this process: the page's server is in it, the bucket's is not."""

    wall: float
    cpu: float


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sources", description=__doc__)
    parser.add_argument("documents", nargs="?", type=int, default=100_000)
    many = parser.parse_args().documents
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        home = Home.at(folder)
        home.prepare()
        _print(f"A folder of {many:,} files", *_folder(home, many))
        site = stack.enter_context(serving())
        site.list_links(*(f"/{number // 1000:03}/{number:06}.txt" for number in range(many)))
        _configure(home, {"url": f"{site.url}/list/", "private": True, "delay_seconds": 0, "robots": False})
        _print(
            f"A page with {many:,} links", *_listed(home), f"{len(site.asked)} questions, {site.bodies()} with a body"
        )
        url, told = stack.enter_context(_bucket(many))
        keys = {"key": KEYS["aws_access_key_id"], "endpoint_url": url, "anon": False}
        _configure(home, {"url": "s3://bulletins/", "private": True, "options": {**keys, "secret": "${BENCH_SECRET}"}})
        first, second = _listed(home)
        told.send(None)
        _print(f"A bucket with {many:,} objects", first, second, f"{told.recv()} objects fetched")


@contextmanager
def _bucket(many: int) -> Iterator[tuple[str, Connection]]:
    """The address of a full bucket's server, and the line on which it tells how many objects were fetched."""
    spawned = get_context("spawn")
    told, line = spawned.Pipe()
    server = spawned.Process(target=_serve, args=(many, line), daemon=True)
    server.start()
    try:
        yield told.recv(), told
    finally:
        server.terminate()
        server.join()


def _serve(many: int, line: Connection) -> None:
    with bucket_server("bulletins") as endpoint:
        backend = s3_backends[_ACCOUNT][_PARTITION]
        for number in range(many):
            backend.put_object("bulletins", f"{number // 1000:03}/{number:06}.txt", b"%d" % number)
        line.send(endpoint.url)
        line.recv()
        line.send(len(endpoint.fetched()))
        line.recv()


def _folder(home: Home, many: int) -> tuple[_Seconds, _Seconds]:
    for number in range(many):
        path = home.inbox / f"{number // 1000:03}" / f"{number:06}.txt"
        if number % 1000 == 0:
            path.parent.mkdir()
        path.write_bytes(b"%d " % number * 200)
    (first, _), (second, _) = (_timed(home, (), "files") for _ in range(2))
    return first, second


def _listed(home: Home) -> tuple[_Seconds, _Seconds]:
    """A first look at a list, and one when all of it is known; nothing is downloaded for the figures in between."""
    first, scan = _timed(home, ("source",), "pending")
    with remembered(home.seen) as seen:
        for issue in scan.pending:
            for found in issue.files:
                sha256 = found.file_name.encode().hex().ljust(64, "0")[:64]
                file = fetched(found, sha256, 1)
                seen.put(found.source_uri, Entry(found.shape, file.sha256, 1, time.time() + _HOUR))
    second, _ = _timed(home, ("source",), "files")
    return first, second


def _timed(home: Home, words: Sequence[str], kind: str) -> tuple[_Seconds, Scan]:
    with _opened(home) as origins:
        wall, cpu = time.perf_counter(), time.process_time()
        scan = origins.scan(words)
        seconds = _Seconds(time.perf_counter() - wall, time.process_time() - cpu)
    assert not origins.down, origins.down
    assert len(getattr(scan, kind)) == sum(map(len, (scan.files, scan.pending, scan.waiting, scan.failed))) > 0
    return seconds, scan


@contextmanager
def _opened(home: Home) -> Iterator[Origins]:
    secrets = {"BENCH_SECRET": KEYS["aws_secret_access_key"]}
    clock = Time(lambda: time.time() + _HOUR)
    with opened_origins(home, lambda name: secrets.get(name) or environment(name), clock=clock) as origins:
        yield origins


def _configure(home: Home, settings: dict[str, object]) -> None:
    Path(home.sources).write_text(yaml.safe_dump({"source": settings}), encoding="utf-8")


def _print(what: str, first: _Seconds, second: _Seconds, more: str = "") -> None:
    told = [f"{seconds.wall:7.2f} s ({seconds.cpu:6.2f} s of CPU time)" for seconds in (first, second)]
    print(f"{what:32} first {told[0]}   unchanged {told[1]}   {more}", flush=True)


if __name__ == "__main__":
    main()
