"""A file that is still being written is known by two looks at the inbox."""

import os
from pathlib import Path

import pytest

from tasks.sources.settle import look, restless
from warehouse.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home.at(tmp_path / "home")
    home.prepare()
    return home


def test_what_does_not_change_has_settled(home: Home) -> None:
    (home.inbox / "a.txt").write_text("whole")
    before = look(home)
    assert set(before) == {"inbox/a.txt"}
    assert restless(before, look(home)) == set()


def test_what_grows_comes_or_goes_has_not(home: Home) -> None:
    for name in ("grows", "goes", "rests"):
        (home.inbox / f"{name}.txt").write_text("text")
    before = look(home)
    (home.inbox / "grows.txt").write_text("more text")
    (home.inbox / "goes.txt").unlink()
    (home.inbox / "comes.txt").write_text("new")
    assert restless(before, look(home)) == {"inbox/grows.txt", "inbox/goes.txt", "inbox/comes.txt"}


def test_the_same_size_written_again_is_a_change(home: Home) -> None:
    path = home.inbox / "a.txt"
    path.write_text("1234")
    before = look(home)
    path.write_text("5678")
    os.utime(path, ns=(1, 1))
    assert restless(before, look(home)) == {"inbox/a.txt"}


def test_unfinished_downloads_are_not_even_looked_at(home: Home) -> None:
    for name in ("a.part", "b.tmp", "~$c.docx", ".d.txt"):
        (home.inbox / name).write_text("half")
    assert look(home) == {}
