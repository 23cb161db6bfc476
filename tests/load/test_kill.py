"""A load is killed at each step; the next run gives the rows of an undisturbed one."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.bulletins import bulletin, drop
from tests.support.loading import load
from tests.support.state import orphans, raw_files, rows
from warehouse.home import Home

SCRIPT = Path(__file__).with_name("dying_load.py")

STEPS = [
    "fetch",
    "before-parquet",
    "parquet 1",
    "parquet 5",
    "before-rename",
    "rename 1",
    "rename 5",
    "register 1",
    "register 5",
    "before-commit",
    "after-commit",
    "before-run-row",
]
# The write-ahead log of the commit is 74 KB long: three deaths in the midst of it, which nobody must see, and two while
# the finished log is written back into the catalog (192 KB), after which everybody must see all of it.
LOG_BYTES = [1, 30_000, 60_000]
CHECKPOINT_BYTES = [100_000, 180_000]
CREATION = ["creating", "creating-commit-byte 60000"]

RAW_FILES = 7

State = dict[str, list[Any]]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home that holds two issues; the inbox brings a correction of one, a new issue, and a file without articles."""
    home = Home.at(tmp_path_factory.mktemp("kill") / "before")
    home.prepare()
    drop(home, "a.txt", bulletin(1))
    drop(home, "b.txt", bulletin(2))
    drop(home, "was-bad.txt", "no article\n")
    load(home)
    drop(home, "a.txt", bulletin(1).replace("2.5亿元", "9.5亿元"))
    drop(home, "c.txt", bulletin(3))
    drop(home, "bad.txt", "neither\n")
    drop(home, "was-bad.txt", bulletin(4))
    return home


@pytest.fixture(scope="module")
def seen(before: Home) -> State:
    """What a reader sees before the load."""
    return rows(before)


@pytest.fixture(scope="module")
def undisturbed(before: Home, tmp_path_factory: pytest.TempPathFactory) -> State:
    """What a reader sees after a load that nothing happened to."""
    home = copy(before, tmp_path_factory.mktemp("kill") / "undisturbed")
    load(home)
    return rows(home)


def copy(home: Home, place: Path) -> Home:
    shutil.copytree(home.root, place)
    return Home.at(place)


def die(home: Home, point: str) -> int:
    """Run the load that dies; how it ended."""
    root = str(Path(__file__).parents[2])
    command = [sys.executable, str(SCRIPT), str(home.root), point]
    return subprocess.run(command, check=False, cwd=root, env={"PYTHONPATH": root}).returncode


@pytest.mark.parametrize("point", STEPS)
def test_killed_at_a_step(point: str, before: Home, seen: State, undisturbed: State, tmp_path: Path) -> None:
    home = copy(before, tmp_path / "home")
    assert die(home, point) == -signal.SIGKILL
    committed = point in ("after-commit", "before-run-row")
    assert rows(home) == (undisturbed if committed else seen), "a reader sees all of it or nothing"
    load(home)
    assert rows(home) == undisturbed
    assert len(raw_files(home)) == RAW_FILES
    assert orphans(home) == []


def test_killed_in_the_middle_of_the_commit(before: Home, seen: State, undisturbed: State, tmp_path: Path) -> None:
    for size in (*LOG_BYTES, *CHECKPOINT_BYTES):
        home = copy(before, tmp_path / str(size))
        assert die(home, f"commit-byte {size}") == -signal.SIGXFSZ
        log = Path(f"{home.catalog}-wal").stat().st_size
        assert log == size if size in LOG_BYTES else log > max(LOG_BYTES), "the death falls where it is meant to"
        assert rows(home) == (seen if size in LOG_BYTES else undisturbed), "a reader sees all of it or nothing"
        load(home)
        assert rows(home) == undisturbed, size
        assert orphans(home) == []


def test_killed_while_the_run_row_is_committed(before: Home, undisturbed: State, tmp_path: Path) -> None:
    home = copy(before, tmp_path / "home")
    assert die(home, "run-row-byte 5000") == -signal.SIGXFSZ
    load(home)
    assert rows(home) == undisturbed
    assert orphans(home) == []


@pytest.mark.parametrize("point", CREATION)
def test_killed_while_the_catalog_is_made(point: str, tmp_path: Path) -> None:
    home, other = Home.at(tmp_path / "home"), Home.at(tmp_path / "other")
    for place in (home, other):
        place.prepare()
        drop(place, "a.txt", bulletin(1))
    assert die(home, point) in (-signal.SIGKILL, -signal.SIGXFSZ)
    load(home)
    load(other)
    assert rows(home) == rows(other)
    assert orphans(home) == []
