"""`jianbao run` as a person calls it: what it says, and how it ends."""

import json
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from flows.session import utc_now
from tests.flows.conftest import Ended, Jianbao, caller
from tests.support.state import snapshots
from warehouse.catalog import open_writer
from warehouse.home import Home
from warehouse.lock import writer_lock
from warehouse.schema import SCHEMA_VERSION

SAMPLE = Path(__file__).parents[1] / "gold" / "shanxi-2023" / "shanxi-2023.txt"
ARTICLES = 8


def articles(jianbao: Jianbao) -> int:
    done = jianbao("sql", "--format", "jsonl", "select count(*) as n from articles")
    return int(json.loads(done.out)["n"])


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """The sample issue in the folder that the command is called in."""
    return Path(shutil.copy(SAMPLE, tmp_path / "issue.txt"))


@dataclass(frozen=True)
class SampleRun:
    """The first run on the sample, its home, and how to call more."""

    first: Ended
    home: Home
    jianbao: Jianbao


@pytest.fixture(scope="module")
def sample_run(tmp_path_factory: pytest.TempPathFactory, server: str) -> SampleRun:
    """A home into which the sample was ingested."""
    folder = tmp_path_factory.mktemp("sample")
    shutil.copy(SAMPLE, folder / "issue.txt")
    home = Home.at(folder / "home")
    jianbao = caller(home, folder)
    return SampleRun(jianbao("run", "issue.txt", PREFECT_API_URL=server), home, jianbao)


def test_the_sample_shows_what_a_person_wants_to_see(sample_run: SampleRun) -> None:
    done = sample_run.first
    assert (done.code, "Traceback" in done.err) == (0, False)
    assert "1 new issue (8 articles" in done.out
    assert "古县经济技术开发区 凝心聚力抓项目 跑出建设加速度" in done.out
    assert "3,335,000,000 CNY  33.35亿元" in done.out
    assert str(sample_run.home.root) in done.out
    assert articles(sample_run.jianbao) == ARTICLES


def test_the_suggested_query_works_as_it_stands(sample_run: SampleRun) -> None:
    line = next(line for line in sample_run.first.out.splitlines() if line.startswith("Next:"))
    done = sample_run.jianbao(*shlex.split(line.removeprefix("Next:"))[1:])
    assert done.code == 0
    assert "33.35亿元" in done.out


def test_a_second_run_finds_nothing_new(sample_run: SampleRun, server: str) -> None:
    before = snapshots(sample_run.home)
    done = sample_run.jianbao("run", "issue.txt", PREFECT_API_URL=server)
    assert done.code == 0
    assert "Nothing new, 1 unchanged" in done.out
    assert len(snapshots(sample_run.home)) == len(before) + 1


def test_bad_files_are_quarantined_and_good_ones_published(
    run: Jianbao, jianbao: Jianbao, tmp_path: Path, sample: Path
) -> None:
    folder = tmp_path / "issues"
    folder.mkdir()
    shutil.copy(sample, folder / "good.txt")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "notes.txt").write_text("12\n", encoding="utf-8")
    done = run("issues")
    assert done.code == 3
    assert "Traceback" not in done.out + done.err
    for name in ("empty.txt", "binary.txt", "notes.txt"):
        assert f"{name}:" in done.out
    assert articles(jianbao) == ARTICLES
    status = jianbao("status").out
    assert all(name in status for name in ("empty.txt", "binary.txt", "notes.txt"))
    again = run("issues")
    assert again.code == 0, "nothing new failed"
    assert "Still in quarantine" in again.out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["missing.txt"], "missing.txt: there is no such file or folder"),
        (["https://user:secret@example.org/a.txt"], "https://example.org/a.txt: a password or a token does not belong"),
        (["gopher://example.org/a.txt"], "gopher:// is no source that jianbao reads"),
        (["nothing"], "there is no file in this folder"),
    ],
)
def test_a_wrong_source_is_said_at_once(jianbao: Jianbao, tmp_path: Path, words: list[str], sentence: str) -> None:
    (tmp_path / "nothing").mkdir()
    done = jianbao("run", *words)
    assert done.code == 2
    assert sentence in done.err
    assert len(done.err.splitlines()) == 1


def test_an_empty_inbox_is_no_error(jianbao: Jianbao, home: Home) -> None:
    done = jianbao("run")
    assert done.code == 0
    assert "the inbox" in done.out
    assert home.inbox.is_dir()


@pytest.mark.usefixtures("sample")
def test_a_home_that_cannot_be_written_to(jianbao: Jianbao, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = jianbao("run", "issue.txt", "--home", "file/home")
    assert done.code == 5
    assert "cannot be written to (Not a directory" in done.err
    assert "--home DIR" in done.err


@pytest.mark.usefixtures("sample")
def test_a_catalog_of_a_newer_version(jianbao: Jianbao, home: Home) -> None:
    home.prepare()
    with open_writer(home) as connection:
        connection.execute(f"UPDATE meta SET value = '{SCHEMA_VERSION + 1}'")
    for words in (["run", "issue.txt"], ["sql", "select 1"], ["status"]):
        done = jianbao(*words)
        assert done.code == 5
        assert f"schema version {SCHEMA_VERSION + 1}" in done.err
        assert "Upgrade jianbao" in done.err


@pytest.mark.usefixtures("sample")
def test_a_damaged_catalog(jianbao: Jianbao, home: Home) -> None:
    home.prepare()
    home.catalog.write_bytes(b"nonsense" * 1000)
    for words in (["run", "issue.txt"], ["sql", "select 1"], ["status"]):
        done = jianbao(*words)
        assert done.code == 5
        assert "cannot be used" in done.err
        assert "Traceback" not in done.err


@pytest.mark.usefixtures("sample")
def test_another_run_at_work(jianbao: Jianbao, home: Home) -> None:
    home.prepare()
    with writer_lock(home.lock, utc_now()):
        done = jianbao("run", "issue.txt")
    assert done.code == 4
    assert "Another jianbao run is loading" in done.err
    assert "--wait SECONDS" in done.err


def test_the_prefect_pages_tell_what_happened(run: Jianbao, server: str, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    shutil.copy(SAMPLE, folder / "issue.txt")
    (folder / "empty.txt").write_bytes(b"")
    run("pages")
    query = {"flow_runs": {"name": {"any_": ["ingest 1 new of 2, 1 quarantined · 2023-07"]}}}
    (flow_run,) = httpx.post(f"{server}/flow_runs/filter", json=query).json()
    assert (flow_run["state_type"], flow_run["state_name"]) == ("COMPLETED", "Quarantined")
    assert "1 new issue (8 articles, " in flow_run["state"]["message"]
    assert "empty.txt" in flow_run["state"]["message"]
    assert flow_run["parameters"]["sources"] == [str(folder)]
    tasks = httpx.post(f"{server}/task_runs/filter", json=query).json()
    names = {"discover", "fetch 1-2 of 2", "extract 1-2 of 2", "publish 1-2 of 2", "report-0"}
    assert {task["name"] for task in tasks} == names
    logs = httpx.post(f"{server}/logs/filter", json={"logs": {"flow_run_id": {"any_": [flow_run["id"]]}}}).json()
    lines = [log["message"] for log in logs]
    assert any(line.startswith("published 8 articles, ") and "from issue.txt (issue " in line for line in lines)
    assert any("quarantined" in line and "empty.txt" in line for line in lines)
