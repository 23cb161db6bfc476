"""`jianbao run` on web pages, buckets and archives, as a person calls it: published once, and then left alone."""

import json
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
import yaml

from tests.flows.conftest import Ended, Jianbao, clean_environment
from tests.support.bucketserver import bucket_server
from tests.support.webserver import Handler, Site, serving
from warehouse.home import Home

SAMPLE = Path(__file__).parents[1] / "gold" / "shanxi-2023" / "shanxi-2023.txt"
OTHER = Path(__file__).parents[1] / "gold" / "open-1" / "source.txt"
TOKEN = "t0k3n-of-the-site"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def configure(home: Home, **sources: dict[str, object]) -> None:
    home.prepare()
    home.sources.write_text(yaml.safe_dump(sources), encoding="utf-8")


def published(jianbao: Jianbao) -> list[tuple[str, int]]:
    query = "select source_uri, article_count from documents join issues using (issue_id) order by all"
    done = jianbao("sql", "--format", "jsonl", query)
    return [tuple(json.loads(line).values()) for line in done.out.splitlines()]


def test_a_page_that_lists_issues(run: Jianbao, jianbao: Jianbao, home: Home, site: Site) -> None:
    site.pages["/f/issue.txt"] = SAMPLE.read_bytes()
    site.list_links("/f/issue.txt")
    address = f"{site.url}/list/"
    refused = run(address)
    assert refused.code == 3
    assert "a machine of your own network" in refused.out
    configure(home, site={"url": address, "private": True, "delay_seconds": 0})
    first = run(address)
    assert first.code == 0, first.out + first.err
    assert "1 new issue (8 articles" in first.out
    assert published(jianbao) == [(f"{site.url}/f/issue.txt", 8)]
    assert site.bodies() == ["/list/", "/f/issue.txt"]
    del site.asked[:]
    second = run(address)
    assert second.code == 0
    assert "Nothing new, 1 unchanged" in second.out
    assert [(one.path, one.status) for one in site.asked] == [("/list/", 304)]


def test_a_bucket(jianbao: Jianbao, home: Home, server: str) -> None:
    with bucket_server("bulletins") as endpoint:
        endpoint.put("bulletins", "2023/issue.txt", SAMPLE.read_bytes())
        options = {"key": "${BUCKET_KEY}", "secret": "${BUCKET_SECRET}", "endpoint_url": endpoint.url}
        configure(home, bucket={"url": "s3://bulletins/", "private": True, "options": options})
        del endpoint.asked[:]

        def run(*words: str) -> Ended:
            secrets = {"BUCKET_KEY": "test", "BUCKET_SECRET": TOKEN}
            return jianbao("run", *words, PREFECT_API_URL=server, **secrets)

        first = run("s3://bulletins/2023")
        assert first.code == 0, first.out + first.err
        assert published(jianbao) == [("s3://bulletins/2023/issue.txt", 8)]
        assert endpoint.fetched() == ["/bulletins/2023/issue.txt"]
        del endpoint.asked[:]
        second = run("s3://bulletins/2023")
        assert "Nothing new, 1 unchanged" in second.out
        assert endpoint.fetched() == []


def test_all_sources_of_a_home_with_one_that_is_down(
    run: Jianbao, jianbao: Jianbao, home: Home, site: Site, server: str
) -> None:
    site.pages |= {
        "/down/": lambda handler: handler.answer(500, b""),
        "/up/": b"<a href=/a.zip>1</a><a href=/no.txt>2</a><a href=/same.txt>3</a>",
    }
    home.prepare()
    with zipfile.ZipFile(home.root / "a.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.write(OTHER, "2024-08.txt")
    site.pages["/same.txt"] = SAMPLE.read_bytes()
    site.pages["/a.zip"] = (home.root / "a.zip").read_bytes()
    (home.root / "a.zip").unlink()
    (home.inbox / "issue.txt").write_bytes(SAMPLE.read_bytes())
    common: dict[str, object] = {"private": True, "delay_seconds": 0}
    configure(home, down={"url": f"{site.url}/down/", **common}, up={"url": f"{site.url}/up/", **common})
    done = run()
    assert done.code == 3
    assert [uri for uri, _ in published(jianbao)] == [f"{site.url}/a.zip!/2024-08.txt", "inbox/issue.txt"]
    assert f"RefusedDownloadError at fetch: {site.url}/no.txt: the server does not give it (status 404)" in done.out
    assert f"down: {site.url}/down/: the server answers with status 500, 3 times" in done.out
    ended = state_of(server, "ingest 2 new of 4, 1 quarantined, 1 source down")
    assert (ended["type"], ended["name"]) == ("COMPLETED", "Quarantined")
    again = run()
    assert again.code == 3, "a source is down still"
    assert "Nothing new, 3 unchanged, 0 quarantined, 1 still in quarantine, 1 source down" in again.out
    assert "no.txt: the server does not give it" in again.out
    ended = state_of(server, "ingest 0 new of 4, 1 source down")
    assert (ended["type"], ended["name"]) == ("COMPLETED", "Incomplete")
    assert "status 500" in ended["message"]


def state_of(server: str, name: str) -> dict[str, str]:
    query = {"flow_runs": {"name": {"like_": name}}, "sort": "START_TIME_DESC"}
    (flow_run, *_) = httpx.post(f"{server}/flow_runs/filter", json=query).json()
    state: dict[str, str] = flow_run["state"]
    return state


def asking_for_the_token(body: bytes) -> object:
    def answer(handler: Handler) -> None:
        told = handler.headers.get("X-Token") == TOKEN and f"token={TOKEN}" in handler.path
        handler.answer(200 if told else 403, body)

    return answer


def test_a_secret_is_used_and_stands_nowhere(jianbao: Jianbao, home: Home, site: Site, server: str) -> None:
    site.pages["/list/"] = asking_for_the_token(f"<a href='/a.txt?id=7&token={TOKEN}'>1</a>".encode())
    site.pages["/a.txt"] = asking_for_the_token(SAMPLE.read_bytes())
    keep = f"from prefect.blocks.system import Secret; Secret(value={TOKEN!r}).save('site-token')"
    subprocess.run([sys.executable, "-c", keep], env=clean_environment(PREFECT_API_URL=server), check=True)
    source = {"url": f"{site.url}/list/?token=${{SITE_TOKEN}}", "headers": {"X-Token": "${prefect:site-token}"}}
    configure(home, guarded={**source, "documents": r"\.txt", "private": True, "delay_seconds": 0})
    done = jianbao("run", "guarded", PREFECT_API_URL=server, SITE_TOKEN=TOKEN)
    assert done.code == 0, done.out + done.err
    assert published(jianbao) == [(f"{site.url}/a.txt?id=7&token=…", 8)]
    ours = [path for path in home.root.rglob("*") if path.is_file() and not path.name.startswith(home.seen.name)]
    assert [path for path in ours if TOKEN.encode() in path.read_bytes()] == []
    assert home.seen.stat().st_mode & 0o077 == 0, "the memory holds the links of the page"
    for kind in ("flow_runs", "task_runs", "logs", "artifacts"):
        assert TOKEN not in httpx.post(f"{server}/{kind}/filter", json={}).text
    assert TOKEN not in done.out + done.err
    with closing(sqlite3.connect(home.seen)) as memory:
        uris = [uri for (uri,) in memory.execute("SELECT uri FROM files UNION SELECT url FROM pages")]
    assert not any(TOKEN in uri for uri in uris)
