"""A real S3 endpoint: three issues, a changed object, and keys that are wrong."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml

from tasks.sources.config import environment
from tasks.sources.group import fetch_issue
from tasks.sources.origins import Origins, opened_origins
from tests.support.bucketserver import Endpoint, bucket_server
from warehouse.home import Home

ISSUES = {"2024/2024-01.txt": b"one", "2024/2024-02.txt": b"two", "2024/第3期.txt": "三".encode()}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[Endpoint]:
    with bucket_server("bulletins", "empty") as endpoint:
        yield endpoint


@pytest.fixture
def home(tmp_path: Path, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("BUCKET_KEY", "test")
    monkeypatch.setenv("BUCKET_SECRET", "s3cr3t")
    home = Home.at(tmp_path)
    home.prepare()
    keys = {"key": "${BUCKET_KEY}", "secret": "${BUCKET_SECRET}", "endpoint_url": endpoint.url}
    settings = {"url": "s3://bulletins/2024/", "private": True, "options": keys}
    home.sources.write_text(yaml.safe_dump({"bucket": settings}), encoding="utf-8")
    for name, data in ISSUES.items():
        endpoint.put("bulletins", name, data)
    endpoint.put("bulletins", "2023/old.txt", b"not asked for")
    del endpoint.asked[:]
    return home


@contextmanager
def opened(home: Home) -> Iterator[Origins]:
    with opened_origins(home, environment) as origins:
        yield origins


def ingested(home: Home, *words: str) -> dict[str, bytes]:
    with opened(home) as origins:
        scan = origins.scan(words)
        assert origins.down == ()
        issues = [*scan.files, *(issue for pending in scan.pending for issue in origins.fetch(pending).files)]
    for issue in issues:
        fetch_issue(issue, home)
    return {file.source_uri: (home.root / file.raw_path).read_bytes() for one in issues for file in one.every_file}


def test_only_what_changed_is_fetched(home: Home, endpoint: Endpoint) -> None:
    expected = {f"s3://bulletins/{name}": data for name, data in ISSUES.items()}
    assert ingested(home) == expected
    assert len(endpoint.fetched()) == 3
    del endpoint.asked[:]
    assert ingested(home) == expected
    assert endpoint.fetched() == []
    endpoint.put("bulletins", "2024/2024-02.txt", b"TWO")
    endpoint.put("bulletins", "2024/2024-01.txt", b"one")
    assert ingested(home) == expected | {"s3://bulletins/2024/2024-02.txt": b"TWO"}
    assert endpoint.fetched() == ["/bulletins/2024/2024-02.txt"], "of the same size; the other has a newer day only"


def test_an_object_or_a_folder_below_may_be_named(home: Home) -> None:
    assert ingested(home, "s3://bulletins/2024/2024-01.txt") == {"s3://bulletins/2024/2024-01.txt": b"one"}


def test_a_bucket_that_is_not_there_is_a_source_that_is_down(home: Home) -> None:
    text = home.sources.read_text(encoding="utf-8")
    for bucket, why in (("missing", "no such place|does not exist"), ("empty", "nothing lies there|no such place")):
        home.sources.write_text(text.replace("bulletins/2024/", f"{bucket}/"), encoding="utf-8")
        with opened(home) as origins:
            assert origins.scan(()).pending == ()
            (down,) = origins.down
        assert re.search(why, down.message)
        assert "s3cr3t" not in down.message
