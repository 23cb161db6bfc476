"""Compaction makes the store smaller, loses nothing, and disturbs nobody."""

import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from flows.session import open_session, utc_now
from tasks.errors import HomeError
from tasks.maintain import compact
from tasks.maintain.compact import Maintained, maintain_store
from tests.support.bulletins import bulletin, drop
from tests.support.loading import load
from tests.support.state import orphans, rows
from warehouse.catalog import open_reader
from warehouse.home import Home

QUOTES = "SELECT quote FROM metrics {at} ORDER BY 1"


def maintain(home: Home, keep: timedelta = timedelta(0)) -> Maintained:
    with open_session(home, None, 0) as session:
        return maintain_store(session.connection, home, utc_now(), keep)


@pytest.fixture(scope="module")
def lived_in(empty_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home after eight runs: four issues, one of them corrected, three runs without news."""
    home = Home.at(shutil.copytree(empty_home.root, tmp_path_factory.mktemp("lived-in") / "home"))
    for seed in range(4):
        drop(home, f"{seed}.txt", bulletin(seed))
        load(home)
    drop(home, "1.txt", bulletin(1).replace("2.5亿元", "9.5亿元"))
    for _ in range(4):
        load(home)
    return home


@pytest.fixture
def busy(lived_in: Home, tmp_path: Path) -> Home:
    return Home.at(shutil.copytree(lived_in.root, tmp_path / "home"))


def versions(home: Home) -> dict[int, list[tuple[str]]]:
    """What the metrics were in each snapshot that published something."""
    with open_reader(home) as connection:
        published = connection.execute(
            "SELECT snapshot_id FROM lake.snapshots() WHERE commit_message LIKE '%(issue %' ORDER BY 1"
        ).fetchall()
        return {
            version: connection.execute(QUOTES.format(at=f"AT (VERSION => {version})")).fetchall()
            for (version,) in published
        }


def test_it_gets_smaller_and_every_row_and_every_revision_stays(busy: Home) -> None:
    before, history = rows(busy), versions(busy)
    done = maintain(busy)
    assert rows(busy) == before
    assert versions(busy) == history
    assert len(history) == 5
    assert done.after.files < done.before.files / 2
    assert done.after.snapshots < done.before.snapshots
    assert done.after.rows == done.before.rows
    assert orphans(busy) == []


def test_a_later_run_goes_on_as_if_nothing_had_happened(busy: Home) -> None:
    maintain(busy)
    drop(busy, "1.txt", bulletin(1))
    drop(busy, "new.txt", bulletin(7))
    load(busy)
    maintain(busy)
    with open_reader(busy) as connection:
        revisions = connection.execute(
            "SELECT file_name, revision FROM issues JOIN documents USING (issue_id) ORDER BY 1"
        ).fetchall()
    assert revisions == [("0.txt", 1), ("1.txt", 3), ("2.txt", 1), ("3.txt", 1), ("new.txt", 1)]


def test_what_is_young_stays(busy: Home) -> None:
    files = set(busy.lake.rglob("*.parquet"))
    before = maintain(busy, timedelta(days=2)).before
    with open_reader(busy) as connection:
        ((snapshots,),) = connection.execute("SELECT count(*) FROM lake.snapshots()").fetchall()
    assert snapshots >= before.snapshots
    assert files <= set(busy.lake.rglob("*.parquet")), "a reader that began before may still need each of them"


def test_the_copy_of_the_catalog_is_a_way_back(busy: Home) -> None:
    before = rows(busy)
    done = maintain(busy, timedelta(days=2))
    for suffix in ("-wal", "-shm"):
        busy.catalog.with_name(busy.catalog.name + suffix).unlink(missing_ok=True)
    (busy.root / done.catalog_copy).rename(busy.catalog)
    assert rows(busy) == before


def test_old_copies_of_the_catalog_go(busy: Home) -> None:
    maintain(busy)
    old = busy.backups / "catalog-20200101T000000.sqlite"
    old.write_bytes(b"")
    maintain(busy, timedelta(days=2))
    assert not old.exists()


def test_a_reader_at_work_sees_no_error(busy: Home) -> None:
    code = """
import sys
from warehouse.catalog import open_reader
from warehouse.home import Home
with open_reader(Home.at(sys.argv[1])) as connection:
    connection.execute("BEGIN")
    first = connection.execute("SELECT count(*), sum(value) FROM metrics").fetchall()
    print("begun", flush=True)
    sys.stdin.readline()
    assert connection.execute("SELECT count(*), sum(value) FROM metrics").fetchall() == first
    connection.execute("COMMIT")
    assert connection.execute("SELECT count(*), sum(value) FROM metrics").fetchall() == first
"""
    command = [sys.executable, "-c", code, str(busy.root)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2], text=True
    ) as reader:
        assert reader.stdout
        assert reader.stdout.readline() == "begun\n"
        maintain(busy, timedelta(days=2))
        reader.communicate("go on\n", timeout=60)
    assert reader.returncode == 0


def test_a_compaction_that_changed_a_row_says_so(busy: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def losing(connection, _border):
        connection.execute("DELETE FROM metrics WHERE quote = '3.5亿元'")
        return []

    monkeypatch.setattr(compact, "_expired", losing)
    with pytest.raises(HomeError, match="changed the rows of metrics"):
        maintain(busy)
