"""The operator's commands as a person calls them: quarantine, reprocess, maintain, verify, backup, restore."""

import contextlib
import shlex
import shutil
from datetime import date
from pathlib import Path

import pytest

from tasks.load.again import standing_issues
from tests.flows.conftest import Ended, Jianbao, caller
from tests.support.state import rows
from warehouse.catalog import open_reader, open_writer
from warehouse.home import Home

SAMPLE = Path(__file__).parents[1] / "gold" / "shanxi-2023" / "shanxi-2023.txt"
METRICS = 60


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory, server: str) -> Home:
    """A home with the sample and two files in quarantine."""
    folder = tmp_path_factory.mktemp("lived-in")
    shutil.copy(SAMPLE, folder / "issue.txt")
    (folder / "short.txt").write_text("一句\n", encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    home = Home.at(folder / "home")
    done = caller(home, folder)("run", "issue.txt", "short.txt", "empty.txt", PREFECT_API_URL=server)
    assert done.code == 3, done.err
    return home


@pytest.fixture
def home(lived_in: Home, tmp_path: Path) -> Home:
    return Home.at(shutil.copytree(lived_in.root, tmp_path / "home"))


@pytest.fixture
def flow(jianbao: Jianbao, server: str) -> Jianbao:
    """A command that runs a flow, on the session's server."""
    return lambda *words: jianbao(*words, PREFECT_API_URL=server)


def query(home: Home, sql: str) -> list[tuple[object, ...]]:
    with contextlib.closing(open_reader(home)) as connection:
        return connection.execute(sql).fetchall()


def tamper(home: Home, *statements: str) -> None:
    with contextlib.closing(open_writer(home)) as connection:
        for statement in statements:
            connection.execute(statement)


def quiet(done: Ended) -> Ended:
    assert "Traceback" not in done.out + done.err
    return done


def test_the_quarantine_is_listed_and_its_next_command_works(jianbao: Jianbao) -> None:
    done = quiet(jianbao("quarantine", "list"))
    assert done.code == 0
    assert "2 files in quarantine" in done.out
    assert "NoArticleError" in done.out
    assert "UnreadableDocumentError" in done.out
    line = next(line for line in done.out.splitlines() if line.startswith("Why:"))
    shown = quiet(jianbao(*shlex.split(line.removeprefix("Why:"))[1:]))
    assert shown.code == 0
    assert "in raw/" in shown.out


def test_showing_a_file_says_why_and_how_it_begins(jianbao: Jianbao) -> None:
    done = quiet(jianbao("quarantine", "show", "short.txt"))
    assert "no article was found" in done.out
    assert "一句" in done.out
    assert quiet(jianbao("quarantine", "show", "nothing.txt")).code == 2


def test_retry_takes_the_stored_bytes_when_the_file_has_gone(home: Home, jianbao: Jianbao, flow: Jianbao) -> None:
    (home.root.parent / "short.txt").unlink(missing_ok=True)
    done = quiet(flow("quarantine", "retry", "short.txt"))
    assert (done.code, "1 quarantined" in done.out) == (3, True)
    assert query(home, "SELECT attempts FROM rejects WHERE source_uri LIKE '%short.txt'") == [(2,)]
    assert quiet(jianbao("quarantine", "retry")).code == 2


def test_reprocess_shows_what_the_rules_of_today_read_differently(home: Home, flow: Jianbao) -> None:
    before = rows(home)
    tamper(
        home,
        "UPDATE issues SET extractor_version = '0'",
        "UPDATE metrics SET zone = '别处', status = 'planned' WHERE quote = '33.35亿元'",
        "DELETE FROM metrics WHERE quote = '26.47亿元'",
    )
    dry = quiet(flow("reprocess", "--dry-run"))
    assert dry.code == 0
    assert "nothing was published" in dry.out
    assert "~ 33.35亿元: status planned -> actual, zone 别处 -> 广灵经济技术开发区" in dry.out
    assert "+ 26.47亿元" in dry.out
    assert query(home, "SELECT count(*) FROM metrics") == [(METRICS - 1,)]
    done = quiet(flow("reprocess"))
    assert (done.code, "1 issue read again, 1 differ." in done.out) == (0, True)
    assert rows(home) == before, "ids and revision are what they were"
    assert "1 issue read again, 0 differ." in quiet(flow("reprocess", "--issue", "issue.txt")).out


def test_only_what_is_named_is_read_again(home: Home) -> None:
    with contextlib.closing(open_reader(home)) as connection:
        (issue,) = standing_issues(connection, None, None, None)
        assert standing_issues(connection, issue.issue_id[:6], None, None) == [issue]
        assert standing_issues(connection, "issue.txt", None, None) == [issue]
        assert standing_issues(connection, "other.txt", None, None) == []
        assert standing_issues(connection, None, issue.issue_date, None) == [issue]
        assert standing_issues(connection, None, date(2100, 1, 1), None) == []
        assert standing_issues(connection, None, None, issue.extractor_version) == []


def test_an_issue_that_cannot_be_read_again_keeps_its_rows(home: Home, jianbao: Jianbao, flow: Jianbao) -> None:
    ((path,),) = query(home, "SELECT raw_path FROM documents")
    raw = home.root / str(path)
    raw.chmod(0o644)
    raw.write_bytes(b"")
    done = quiet(flow("reprocess", "--all"))
    assert done.code == 3
    assert "Not read again, its rows stay" in done.out
    assert query(home, "SELECT count(*) FROM metrics") == [(METRICS,)]
    assert quiet(jianbao("verify")).code == 6


def test_maintain_tells_what_it_came_to_and_verify_finds_all_well(home: Home, jianbao: Jianbao, flow: Jianbao) -> None:
    before = rows(home)
    done = quiet(flow("maintain", "--keep-days", "0"))
    assert done.code == 0
    assert "every row of every table is what it was before" in done.out
    assert rows(home) == before
    verified = quiet(jianbao("verify"))
    assert (verified.code, "Every promise is kept." in verified.out) == (0, True)


def test_verify_names_what_is_broken(home: Home, jianbao: Jianbao) -> None:
    tamper(home, "DELETE FROM paragraphs WHERE seq = 1")
    done = quiet(jianbao("verify", "--quick"))
    assert done.code == 6
    assert "BROKEN  paragraphs make up the body" in done.out


def test_backup_and_restore(home: Home, jianbao: Jianbao, tmp_path: Path) -> None:
    assert quiet(jianbao("backup", "b.tar.gz")).code == 0
    assert quiet(jianbao("backup", "b.tar.gz")).code == 2
    assert quiet(jianbao("restore", "b.tar.gz")).code == 2
    again = Home.at(tmp_path / "again")
    assert quiet(jianbao("restore", "b.tar.gz", "--home", str(again.root))).code == 0
    assert rows(again) == rows(home)
    assert quiet(jianbao("verify", "--home", str(again.root))).code == 0


@pytest.mark.parametrize(
    "words", [["maintain"], ["reprocess"], ["verify"], ["backup", "b.tar"], ["quarantine", "list"]]
)
def test_a_home_without_a_catalog_is_a_sentence(tmp_path: Path, words: list[str]) -> None:
    done = quiet(caller(Home.at(tmp_path / "none"), tmp_path)(*words))
    assert done.code == 5
    assert "There is no catalog" in done.err
