"""The watch on the inbox, look by look: when a run is started, and what happens when it does not do its work."""

from uuid import UUID, uuid4

import pytest

from flows.operate.inbox import Watch

A, B = {"a": (1, 1, 1)}, {"b": (2, 2, 2)}


class Runs:
    """Runs whose end is told by the test."""

    def __init__(self) -> None:
        self.started: list[UUID] = []
        self.busy = False
        self.end: str | None = None

    def at_work(self) -> bool:
        return self.busy

    def start(self) -> UUID:
        self.started.append(uuid4())
        return self.started[-1]

    def outcome(self, run: UUID) -> str | None:
        assert run == self.started[-1]
        return self.end


@pytest.fixture
def runs() -> Runs:
    return Runs()


@pytest.fixture
def watch(runs: Runs) -> Watch:
    return Watch(runs, looked={}, known={})


def test_a_file_that_rests_starts_one_run(watch: Watch, runs: Runs) -> None:
    watch.step(A)
    assert runs.started == []
    watch.step(A)
    assert len(runs.started) == 1
    runs.end = "done"
    for _ in range(3):
        watch.step(A)
    assert len(runs.started) == 1


def test_a_file_that_grows_waits(watch: Watch, runs: Runs) -> None:
    for size in range(5):
        watch.step({"a": (size, size, 1)})
    assert runs.started == []


def test_a_changed_file_is_new(watch: Watch, runs: Runs) -> None:
    runs.end = "done"
    for look in (A, A, {"a": (3, 3, 1)}, {"a": (3, 3, 1)}):
        watch.step(look)
    assert len(runs.started) == 2


def test_a_file_that_comes_during_a_run_gets_its_own(watch: Watch, runs: Runs) -> None:
    watch.step(A)
    watch.step(A)
    for _ in range(3):
        watch.step(A | B)
    assert len(runs.started) == 1
    runs.end = "done"
    watch.step(A | B)
    assert len(runs.started) == 2


def test_it_waits_for_runs_of_others(watch: Watch, runs: Runs) -> None:
    runs.busy = True
    for _ in range(3):
        watch.step(A)
    assert runs.started == []
    runs.busy = False
    watch.step(A)
    assert len(runs.started) == 1


def test_a_cancelled_run_is_tried_until_one_was_not(watch: Watch, runs: Runs) -> None:
    runs.end = "cancelled"
    for _ in range(12):
        watch.step(A)
    assert len(runs.started) > 5
    runs.end = "done"
    done = len(runs.started)
    for _ in range(3):
        watch.step(A)
    assert len(runs.started) == done


def test_runs_that_break_are_left_to_the_schedule_in_the_end(watch: Watch, runs: Runs) -> None:
    runs.end = "broken"
    for _ in range(20):
        watch.step(A)
    assert len(runs.started) == 3
