"""`jianbao report` and `jianbao export` as a person calls them, and the pages that a run leaves."""

import shutil

import pytest

from tests.flows.conftest import Jianbao
from tests.flows.test_run_command import SAMPLE
from tests.support.bulletins import bulletin, drop
from tests.support.loading import load
from warehouse.home import Home


@pytest.fixture
def loaded(home: Home) -> Home:
    home.prepare()
    drop(home, "a.txt", bulletin(1))
    load(home)
    return home


def test_a_run_that_loads_something_makes_the_pages(run: Jianbao, home: Home) -> None:
    done = run(str(SAMPLE))
    assert done.code == 0, done.err
    assert f"Report:  {home.reports / 'index.html'}" in done.out
    made = {path: path.stat().st_mtime_ns for path in home.reports.rglob("*.html")}
    assert len(made) == 2
    assert run(str(SAMPLE)).code == 0
    assert {path: path.stat().st_mtime_ns for path in home.reports.rglob("*.html")} == made, "nothing new, nothing made"


def test_pages_that_cannot_be_made_do_not_fail_the_load(run: Jianbao, home: Home, jianbao: Jianbao) -> None:
    home.root.mkdir()
    home.reports.write_text("somebody's file")
    done = run(str(SAMPLE))
    assert done.code == 0
    assert "the pages could not be made" in done.err
    assert "1\n" in jianbao("sql", "-f", "csv", "select count(*) from issues").out
    told = jianbao("report")
    assert told.code == 5
    assert f"cannot be written to {home.reports}" in told.err


def test_report_and_export(jianbao: Jianbao, loaded: Home) -> None:
    done = jianbao("report")
    assert "1 made, 0 up to date" in done.out
    assert str(loaded.reports / "index.html") in done.out
    shutil.rmtree(loaded.reports)
    assert jianbao("report", "-o", "elsewhere").code == 0
    assert not loaded.reports.exists()
    done = jianbao("export", "metrics", "-o", "m.csv")
    assert (done.code, done.out) == (0, "m.csv  2 rows\n")
    assert jianbao("export", "delete from metrics", "-o", "m.csv").code == 2


def test_before_the_first_run_both_say_what_to_do(jianbao: Jianbao) -> None:
    for words in (("report",), ("export", "metrics", "-o", "m.csv")):
        done = jianbao(*words)
        assert done.code == 5
        assert "jianbao run FILE" in done.err
