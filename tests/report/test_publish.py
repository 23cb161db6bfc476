"""Which pages are made, when, and how they get into place."""

import shutil

import pytest

from tasks.report import publish
from tasks.report.publish import publish_report
from tests.report.conftest import NOW
from tests.support.bulletins import bulletin, drop
from tests.support.loading import load
from warehouse.catalog import open_reader, open_writer
from warehouse.home import Home


@pytest.fixture(scope="module")
def two_issues(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home.at(tmp_path_factory.mktemp("publish") / "home")
    home.prepare()
    drop(home, "a.txt", bulletin(1, day="2023-07-31"))
    drop(home, "b.txt", bulletin(5, day="2023-08-31"))
    load(home)
    assert make(home) == (2, 0, 0)
    return home


@pytest.fixture
def home(two_issues: Home, tmp_path) -> Home:
    return Home.at(shutil.copytree(two_issues.root, tmp_path / "home"))


def make(home: Home) -> tuple[int, int, int]:
    with open_reader(home) as connection:
        made = publish_report(connection, home.reports, NOW)
    assert made.overview.is_file()
    return made.written, made.current, made.removed


def drafts(home: Home) -> list[str]:
    return [path.name for path in home.reports.rglob(".*")]


def test_only_what_changed_is_made_again(home):
    assert make(home) == (0, 2, 0)
    drop(home, "c.txt", bulletin(9, day="2023-07-15"))
    load(home)
    # The new one, and its neighbour in time, which has a link to it now.
    assert make(home) == (2, 1, 0)
    assert drafts(home) == []


def test_a_check_that_is_made_later_changes_the_page_of_its_issue(home):
    with open_writer(home) as connection:
        connection.execute("UPDATE checks SET outcome = 'failed', message = '两处不一致' WHERE article_id LIKE '%-01'")
        (issue_id,) = connection.execute("SELECT issue_id FROM checks WHERE message = '两处不一致' LIMIT 1").fetchone()
    assert make(home) == (2, 0, 0)
    assert "两处不一致" in (home.reports / f"issues/{issue_id}.html").read_text(encoding="utf-8")
    assert "两处不一致" in (home.reports / "index.html").read_text(encoding="utf-8")


def test_what_somebody_deleted_or_spoilt_is_made_again_and_what_no_issue_has_is_taken_away(home):
    one, other = sorted(home.reports.glob("issues/*.html"))
    one.unlink()
    other.write_text("spoilt", encoding="utf-8")
    (home.reports / "issues/ffffffffffff.html").write_text("of an issue that is gone", encoding="utf-8")
    assert make(home) == (2, 0, 1)


def test_a_look_that_changed_makes_all_pages_again(home, monkeypatch):
    monkeypatch.setattr(publish, "look", lambda: "other")
    assert make(home) == (2, 0, 0)


def test_a_page_that_cannot_be_put_in_its_place_leaves_no_draft(home):
    place = home.reports / "index.html"
    place.unlink()
    place.mkdir()
    with pytest.raises(IsADirectoryError):
        make(home)
    assert drafts(home) == []
