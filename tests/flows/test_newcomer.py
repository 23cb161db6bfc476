"""A newcomer's first run: no server, no settings, a fresh home. Prefect starts its own; nothing leaves the machine."""

import json
from pathlib import Path

from tests.flows.conftest import Jianbao
from tests.flows.test_run_command import ARTICLES, SAMPLE

# Runs in every Python process of the run, the server's too.
WATCH = """
import os, sys

def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        place = arguments[1] if event != "socket.getaddrinfo" else arguments[0]
        with open(os.environ["WATCH_LOG"], "a") as log:
            log.write(f"{event} {place!r}\\n")

sys.addaudithook(watch)
"""
LOOPBACK = ("('127.0.0.1',", "('::1',", "'127.0.0.1'", "'localhost'", "b'127.0.0.1'", "None")


def test_a_first_run_with_nothing_set_up_talks_to_nobody(jianbao: Jianbao, tmp_path: Path) -> None:
    watcher, log = tmp_path / "watch", tmp_path / "watch.log"
    watcher.mkdir()
    (watcher / "sitecustomize.py").write_text(WATCH)
    done = jianbao("run", str(SAMPLE), PYTHONPATH=str(watcher), WATCH_LOG=str(log))
    assert done.code == 0, done.err
    assert "1 new issue (8 articles" in done.out
    places = [line.partition(" ")[2] for line in log.read_text().splitlines()]
    assert any("127.0.0.1" in place for place in places), "the watch works"
    assert [place for place in places if not place.startswith(LOOPBACK)] == []
    rows = jianbao("sql", "-f", "json", "select seq from articles order by seq").out
    assert [row["seq"] for row in json.loads(rows)] == list(range(1, ARTICLES + 1))
