"""An issue of several files: published and replaced as one, whichever of them comes when."""

import pytest

from tests.support.bulletins import bulletin, drop
from tests.support.loading import load
from tests.support.state import rows
from warehouse.catalog import open_reader
from warehouse.home import Home

FIRST, SECOND = bulletin(1, articles=3), "\n".join(bulletin(2, articles=3).split("\n")[1:])
CORRECTION = ("2.5亿元", "9.5亿元")


def issues(home: Home) -> list[tuple[int, int, list[str]]]:
    """Revision, number of articles and files of each issue."""
    with open_reader(home) as connection:
        return connection.execute(
            "SELECT revision, article_count, list_sort(list(file_name)) FROM issues JOIN documents USING (issue_id) "
            "GROUP BY issue_id, revision, article_count ORDER BY ALL"
        ).fetchall()


def issue_ids(home: Home) -> set[str]:
    with open_reader(home) as connection:
        return {row[0] for row in connection.execute("SELECT issue_id FROM issues").fetchall()}


def send(home: Home, **pages: str) -> None:
    for name, text in pages.items():
        drop(home, f"2023-07_{name}.txt", text)
    load(home)


def test_the_pages_are_one_issue(home: Home) -> None:
    send(home, p1=FIRST, p2=SECOND)
    assert issues(home) == [(1, 6, ["2023-07_p1.txt", "2023-07_p2.txt"])]
    before = rows(home)
    load(home)
    load(home, [str(home.inbox / "2023-07_p2.txt")])
    assert rows(home) == before


def test_a_page_sent_again_with_other_bytes_corrects_the_issue(home: Home) -> None:
    send(home, p1=FIRST, p2=SECOND)
    first = issue_ids(home)
    send(home, p2=SECOND.replace("3.5亿元", "8.5亿元"))
    assert issues(home) == [(2, 6, ["2023-07_p1.txt", "2023-07_p2.txt"])]
    assert issue_ids(home) == first


@pytest.mark.parametrize("gone", [False, True], ids=["beside the first", "when the first has left the inbox"])
def test_a_late_page_belongs_to_the_issue(home: Home, *, gone: bool) -> None:
    send(home, p1=FIRST)
    first = issue_ids(home)
    if gone:
        (home.inbox / "2023-07_p1.txt").unlink()
    send(home, p2=SECOND)
    assert issues(home) == [(2, 6, ["2023-07_p1.txt", "2023-07_p2.txt"])]
    assert issue_ids(home) == first


def test_pages_that_are_overwritten_each_month_are_an_issue_each_month(home: Home) -> None:
    for day, seed in (("2023-07-31", 10), ("2023-08-31", 20)):
        drop(home, "p1.txt", bulletin(seed, day=day))
        drop(home, "p2.txt", "\n".join(bulletin(seed + 5).split("\n")[1:]))
        load(home)
    assert [(revision, count) for revision, count, _ in issues(home)] == [(1, 4), (1, 4)]


def test_an_unreadable_page_keeps_the_whole_issue_back(home: Home) -> None:
    drop(home, "2023-07_p1.txt", "无")
    drop(home, "2023-07_p2.txt", "")
    load(home)
    with open_reader(home) as connection:
        assert connection.execute("SELECT count(*) FROM issues").fetchone() == (0,)
        assert connection.execute("SELECT source_uri, attempts FROM rejects").fetchall() == [
            ("inbox/2023-07_p1.txt", 1)
        ]
    load(home)
    send(home, p1=FIRST, p2=SECOND)
    with open_reader(home) as connection:
        assert connection.execute("SELECT count(*) FROM rejects").fetchone() == (0,)


def test_a_sidecar_and_its_change_are_a_revision(home: Home) -> None:
    drop(home, "a.txt", FIRST)
    load(home)
    drop(home, "a.meta.yaml", "title: 甲")
    load(home)
    drop(home, "a.meta.yaml", "title: 乙")
    load(home)
    load(home)
    assert issues(home) == [(3, 3, ["a.meta.yaml", "a.txt"])]
    drop(home, "a.txt", FIRST.replace(*CORRECTION))
    load(home)
    assert issues(home) == [(4, 3, ["a.meta.yaml", "a.txt"])]
