"""What is offered for ingestion, and what is said when there is nothing."""

from pathlib import Path

import pytest

from tasks.errors import UsageError
from tasks.sources.discover import discover
from warehouse.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home.at(tmp_path / "home")
    home.prepare()
    return home


def write(*paths: Path) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text", encoding="utf-8")


def names(home: Home, *sources: str) -> list[str]:
    return [found.source_uri for found in discover(sources, home)]


def test_the_inbox_is_the_default_and_may_be_empty(home: Home) -> None:
    assert names(home) == []
    write(home.inbox / "b.txt", home.inbox / "2023" / "a.txt")
    assert names(home) == ["inbox/b.txt", "inbox/2023/a.txt"]


def test_folders_are_read_in_sorted_order_without_what_is_no_issue(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "issues"
    wanted = [folder / "10.txt", folder / "9.txt", folder / "sub" / "1.txt"]
    others = [".hidden", "~$lock.docx", "x.part", "x.crdownload", "x.TMP", "9.txt.meta.yaml", ".git/config"]
    write(*reversed(wanted), *(folder / other for other in others))
    assert names(home, str(folder)) == [str(path) for path in wanted]


def test_each_file_is_offered_once(home: Home, tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    assert names(home, str(tmp_path / "a.txt"), f"{tmp_path}/./a.txt") == [str(tmp_path / "a.txt")]


def test_a_home_inside_a_named_folder_is_no_source_but_its_inbox_is(home: Home, tmp_path: Path) -> None:
    own = [home.raw / "ab" / "abc", home.lake / "main" / "x.parquet", home.catalog, home.log, home.lock]
    write(tmp_path / "a.txt", home.inbox / "b.txt", *own)
    assert names(home, str(tmp_path)) == [str(tmp_path / "a.txt"), "inbox/b.txt"]


def test_a_name_that_says_do_not_read_is_read_when_it_is_named(home: Home, tmp_path: Path) -> None:
    write(tmp_path / ".hidden.txt")
    assert names(home, str(tmp_path / ".hidden.txt")) == [str(tmp_path / ".hidden.txt")]


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("nowhere.txt", "nowhere.txt: there is no such file or folder"),
        ("empty", "there is no file in this folder"),
        ("/dev/null", "neither a file nor a folder"),
        ("dangling", "neither a file nor a folder"),
    ],
)
def test_a_source_that_gives_nothing_is_a_usage_error(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "dangling").symlink_to("gone")
    with pytest.raises(UsageError, match=sentence):
        discover([source], home)
