"""The same bytes change nothing; a corrected text replaces its issue; different bulletins never replace each other."""

from pathlib import Path

from tests.support.bulletins import bulletin, drop
from tests.support.loading import load
from tests.support.state import orphans, rows, snapshots
from warehouse.catalog import open_reader
from warehouse.home import Home

CORRECTION = ("2.5亿元", "9.5亿元")


def issues(home: Home) -> list[tuple[str, int]]:
    """File name and revision of each issue."""
    with open_reader(home) as connection:
        return connection.execute(
            "SELECT file_name, revision FROM issues JOIN documents USING (issue_id) ORDER BY ALL"
        ).fetchall()


def test_the_same_file_twice_changes_nothing(home: Home) -> None:
    drop(home, "a.txt", bulletin(1))
    load(home)
    before, history, files = rows(home), snapshots(home), sorted(home.lake.rglob("*"))
    load(home)
    assert rows(home) == before
    assert len(snapshots(home)) == len(history) + 1, "only the run's own row"
    new = {path.parent.name for path in set(home.lake.rglob("*")) - set(files)}
    assert new == {"runs"}


def test_the_same_bytes_in_two_files_are_one_issue(home: Home) -> None:
    drop(home, "a.txt", bulletin(1))
    drop(home, "b.txt", bulletin(1))
    load(home)
    assert issues(home) == [("a.txt", 1)]


def test_a_corrected_file_replaces_and_the_earlier_text_stays_readable(home: Home) -> None:
    drop(home, "a.txt", bulletin(1))
    drop(home, "b.txt", bulletin(2))
    load(home)
    before = rows(home)
    with open_reader(home) as connection:
        version = connection.execute("SELECT max(snapshot_id) FROM lake.snapshots()").fetchone()
    assert version
    drop(home, "a.txt", bulletin(1).replace(*CORRECTION))
    load(home)
    assert issues(home) == [("a.txt", 2), ("b.txt", 1)]
    # Another run sweeps; what earlier snapshots need must survive it.
    load(home)
    with open_reader(home) as connection:
        quotes = "SELECT quote FROM metrics {} JOIN documents {} USING (issue_id) WHERE file_name = 'a.txt' ORDER BY 1"
        at = f"AT (VERSION => {version[0]})"
        assert connection.execute(quotes.format("", "")).fetchall() == [("3.5亿元",), ("9.5亿元",)]
        assert connection.execute(quotes.format(at, at)).fetchall() == [("2.5亿元",), ("3.5亿元",)]
    after = rows(home)
    assert {row[0] for row in before["issues"]} == {row[0] for row in after["issues"]}, "issue ids are kept"
    assert orphans(home) == []
    load(home)
    assert rows(home) == after


def test_a_file_overwritten_each_month_is_a_new_issue_each_month(home: Home) -> None:
    drop(home, "source.txt", bulletin(1, day="2023-07-31"))
    load(home)
    drop(home, "source.txt", bulletin(1, day="2023-08-31"))
    load(home)
    assert issues(home) == [("source.txt", 1), ("source.txt", 1)]


def test_different_bulletins_of_one_name_and_month_stay_apart(home: Home) -> None:
    for seed in (1, 2, 3):
        drop(home, f"{seed}/source.txt", bulletin(seed))
    load(home)
    assert issues(home) == [("source.txt", 1)] * 3


def test_an_old_copy_beside_its_correction_stays_superseded(home: Home) -> None:
    drop(home, "old/a.txt", bulletin(1))
    load(home)
    drop(home, "new/a.txt", bulletin(1).replace(*CORRECTION))
    load(home)
    after = rows(home)
    load(home)
    assert rows(home) == after
    assert issues(home) == [("a.txt", 2)]


def test_text_and_correction_in_one_batch_are_two_revisions(home: Home) -> None:
    drop(home, "1/a.txt", bulletin(1))
    drop(home, "2/a.txt", bulletin(1).replace(*CORRECTION))
    first, second = load(home)
    assert [issue.revision for issue in (*first.issues, *second.issues)] == [1, 2]
    assert issues(home) == [("a.txt", 2)]


def test_the_earlier_text_put_back_at_its_place_is_a_revision_of_its_own(home: Home) -> None:
    for text in (bulletin(1), bulletin(1).replace(*CORRECTION), bulletin(1)):
        drop(home, "a.txt", text)
        load(home)
    assert issues(home) == [("a.txt", 3)]
    with open_reader(home) as connection:
        assert connection.execute("SELECT quote FROM metrics ORDER BY 1 LIMIT 1").fetchall() == [("2.5亿元",)]


def test_a_refused_file_waits_in_quarantine_until_it_is_mended(home: Home) -> None:
    drop(home, "bad.txt", "no article\n")
    drop(home, "good.txt", bulletin(1))
    (batch,) = load(home)
    assert [reject.error for reject in batch.rejects] == ["NoArticleError"]
    assert issues(home) == [("good.txt", 1)], "the rest of the batch goes on"
    history = snapshots(home)
    assert load(home) == []
    assert len(snapshots(home)) == len(history) + 1
    drop(home, "bad.txt", bulletin(2))
    load(home)
    assert rows(home)["rejects"] == []
    assert len(issues(home)) == 2


def test_ids_are_the_same_in_every_home(tmp_path: Path) -> None:
    states = []
    for name in ("one", "other"):
        home = Home.at(tmp_path / name)
        home.prepare()
        drop(home, "a.txt", bulletin(1))
        load(home)
        states.append(rows(home))
    assert states[0] == states[1]
