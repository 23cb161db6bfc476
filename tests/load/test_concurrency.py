"""Readers while a load runs, and two writers at once."""

import multiprocessing
import time
from multiprocessing.connection import Connection

import pytest

from flows.session import utc_now
from tests.support.bulletins import bulletin, drop
from tests.support.loading import load
from warehouse.catalog import open_reader
from warehouse.errors import BusyError
from warehouse.home import Home
from warehouse.lock import check_free, writer_lock

READS = 5
SPAWN = multiprocessing.get_context("spawn")
HALF_ISSUES = """
    SELECT i.issue_id FROM issues i
    WHERE article_count <> (SELECT count(*) FROM articles a WHERE a.issue_id = i.issue_id)
       OR metric_count <> (SELECT count(*) FROM metrics m WHERE m.issue_id = i.issue_id)
       OR document_count <> (SELECT count(*) FROM documents d WHERE d.issue_id = i.issue_id)
"""


def read_on_and_on(root: str, pipe: Connection) -> None:
    """Read each time as a new reader does and on a connection that stays open; tell what was seen until told to end."""
    home = Home.at(root)
    with open_reader(home) as lasting:
        while not pipe.poll():
            with open_reader(home) as fresh:
                pipe.send([len(connection.execute(HALF_ISSUES).fetchall()) for connection in (lasting, fresh)])


def load_and_tell(root: str, wait_seconds: float, pipe: Connection) -> None:
    """Load; tell what came of it."""
    try:
        pipe.send(len(load(Home.at(root), wait_seconds=wait_seconds)))
    except BusyError as error:
        pipe.send(str(error))


@pytest.fixture
def home(home: Home) -> Home:
    drop(home, "a.txt", bulletin(1))
    return home


def test_readers_see_whole_issues_and_no_error_while_loads_commit(home: Home) -> None:
    load(home)
    ours, theirs = SPAWN.Pipe()
    reader = SPAWN.Process(target=read_on_and_on, args=(str(home.root), theirs))
    reader.start()
    for number in range(READS):
        # New issues and corrections of one, in turn, until the reader has read often enough.
        drop(home, f"{number % 5}.txt", bulletin(number + 10))
        drop(home, "a.txt", bulletin(1).replace("2.5亿元", f"{number + 20}.5亿元"))
        load(home)
        assert ours.recv() == [0, 0], "half an issue was seen"
    ours.send("enough")
    reader.join(60)
    assert reader.exitcode == 0, "the reader met an error"


def test_a_second_writer_refuses_at_once_and_names_the_first(home: Home) -> None:
    ours, theirs = SPAWN.Pipe()
    with writer_lock(home.lock, utc_now()):
        with pytest.raises(BusyError):
            check_free(home.lock)
        other = SPAWN.Process(target=load_and_tell, args=(str(home.root), 0.0, theirs))
        other.start()
        message = ours.recv()
        other.join(30)
    assert f"process {multiprocessing.current_process().pid}" in message
    assert "--wait SECONDS" in message
    check_free(home.lock)


def test_a_second_writer_waits_when_it_is_told_to(home: Home) -> None:
    ours, theirs = SPAWN.Pipe()
    with writer_lock(home.lock, utc_now()):
        other = SPAWN.Process(target=load_and_tell, args=(str(home.root), 60.0, theirs))
        other.start()
        # It cannot be done before the lock is free.
        assert not ours.poll(3)
    assert ours.recv() == 1
    other.join(30)


def test_many_writers_at_once_all_succeed_one_after_the_other(home: Home) -> None:
    pipes = []
    started = time.monotonic()
    for number in range(3):
        drop(home, f"{number}.txt", bulletin(number + 10))
        ours, theirs = SPAWN.Pipe()
        process = SPAWN.Process(target=load_and_tell, args=(str(home.root), 60.0, theirs))
        process.start()
        pipes.append((process, ours))
    for process, pipe in pipes:
        assert isinstance(pipe.recv(), int)
        process.join(60)
        assert process.exitcode == 0
    assert time.monotonic() - started < 60
    with open_reader(home) as connection:
        assert connection.execute("SELECT count(*), count(DISTINCT issue_id) FROM issues").fetchall() == [(4, 4)]
