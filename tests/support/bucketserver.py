"""A real S3 endpoint on loopback: moto's server, with a log of what it was asked."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

import boto3
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server

KEYS = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}


@dataclass
class Endpoint:
    """The endpoint's address, a client for the test's own use, and the paths that were asked for, by method."""

    url: str
    client: Any
    asked: list[tuple[str, str]] = field(default_factory=list)

    def put(self, bucket: str, key: str, data: bytes) -> None:
        """Put an object there."""
        self.client.put_object(Bucket=bucket, Key=key, Body=data)

    def fetched(self) -> list[str]:
        """The objects whose bytes were asked for."""
        return [path for method, path in self.asked if method == "GET" and path.count("/") > 1]


class _Logged:
    """The application, with every question written down first."""

    def __init__(self, application: DomainDispatcherApplication, asked: list[tuple[str, str]]) -> None:
        self._application, self._asked = application, asked

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self._asked.append((environ["REQUEST_METHOD"], environ["PATH_INFO"]))
        answer: Iterable[bytes] = self._application(environ, start_response)
        return answer


@contextmanager
def bucket_server(*buckets: str) -> Iterator[Endpoint]:
    """An endpoint with empty buckets."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    asked: list[tuple[str, str]] = []
    application = _Logged(DomainDispatcherApplication(create_backend_app), asked)
    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=MotoRequestHandler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.port}"
    client = boto3.client("s3", endpoint_url=url, **KEYS)
    for bucket in buckets:
        client.create_bucket(Bucket=bucket)
    try:
        yield Endpoint(url, client, asked)
    finally:
        server.shutdown()
        thread.join()
