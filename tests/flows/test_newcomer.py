"""A newcomer's first run: no server, no settings, a fresh home. Prefect starts its own; nothing leaves the machine."""

import json
from pathlib import Path

from tests.flows.conftest import Jianbao
from tests.flows.test_run_command import ARTICLES, SAMPLE
from tests.support.network import Watch


def test_a_first_run_with_nothing_set_up_talks_to_nobody(jianbao: Jianbao, tmp_path: Path) -> None:
    watch = Watch(tmp_path)
    done = jianbao("run", str(SAMPLE), **watch.environment)
    assert done.code == 0, done.err
    assert "1 new issue (8 articles" in done.out
    assert any("127.0.0.1" in place for place in watch.places), "the watch works"
    assert watch.outside == []
    rows = jianbao("sql", "-f", "json", "select seq from articles order by seq").out
    assert [row["seq"] for row in json.loads(rows)] == list(range(1, ARTICLES + 1))
