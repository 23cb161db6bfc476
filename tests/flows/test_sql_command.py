"""`jianbao sql` and `jianbao status` as a person calls them."""

import json
import subprocess

import pytest

from flows.session import utc_now
from tests.flows.conftest import COMMAND, Jianbao, clean_environment
from tests.support.bulletins import bulletin, drop
from tests.support.loading import load
from warehouse.home import Home
from warehouse.lock import writer_lock


@pytest.fixture
def loaded(home: Home) -> Home:
    home.prepare()
    drop(home, "a.txt", bulletin(1))
    drop(home, "bad.txt", "no article\n")
    load(home)
    return home


@pytest.mark.usefixtures("loaded")
def test_formats_and_sources_of_a_query(jianbao: Jianbao) -> None:
    query = "select quote, value from metrics order by value"
    assert json.loads(jianbao("sql", "-f", "json", query).out)[0] == {"quote": "2.5亿元", "value": 250000000}
    assert jianbao("sql", "-f", "csv", stdin=query).out == "quote,value\n2.5亿元,250000000\n3.5亿元,350000000\n"
    assert jianbao("sql", "-f", "markdown", query).out.splitlines()[2] == "| 2.5亿元 | 250000000 |"
    assert "250000000" in jianbao("sql", query).out


@pytest.mark.parametrize(
    ("query", "sentence"),
    [("select nope from metrics", "nope"), ("delete from metrics", "read-only"), ("copy metrics to 'x'", "COPY")],
)
@pytest.mark.usefixtures("loaded")
def test_a_wrong_query_is_one_line(jianbao: Jianbao, query: str, sentence: str) -> None:
    done = jianbao("sql", query)
    assert done.code == 2
    assert done.out == ""
    assert sentence in done.err
    assert len(done.err.splitlines()) == 1


def test_sql_before_the_first_run_says_what_to_do(jianbao: Jianbao) -> None:
    done = jianbao("sql", "select 1")
    assert done.code == 5
    assert "jianbao run FILE" in done.err


def test_a_reader_who_has_seen_enough_is_no_error(loaded: Home) -> None:
    query = f"{COMMAND} sql -f csv 'select * from range(5000000)' --home {loaded.root}"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", f"{query} | head -n 1"],
        check=False,
        capture_output=True,
        text=True,
        env=clean_environment(),
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "range\n", "")


def test_status_before_the_first_run(jianbao: Jianbao, home: Home) -> None:
    done = jianbao("status")
    assert done.code == 0
    assert "nothing was ever loaded" in done.out
    assert "jianbao run" in done.out
    assert not home.root.exists()


def test_status_tells_what_is_there_also_while_a_run_loads(jianbao: Jianbao, loaded: Home) -> None:
    with writer_lock(loaded.lock, utc_now()):
        done = jianbao("status")
    assert done.code == 0
    parts = ("newest issue  2023-07-31", "a run is loading now", "metrics 2", "a.txt", "quarantined", "NoArticleError")
    assert [part for part in parts if part not in done.out] == []


def test_help_is_fast_and_teaches(jianbao: Jianbao) -> None:
    for command in ("run", "sql", "status", "report", "export"):
        assert "Examples:" in jianbao(command, "--help").out
    # What makes it slow is imports; the time itself depends on the machine.
    imported = jianbao("--help", PYTHONPROFILEIMPORTTIME="1").err
    assert " typer\n" in imported
    for heavy in ("prefect", "duckdb", "pyarrow", "pydantic"):
        assert f" {heavy}\n" not in imported
