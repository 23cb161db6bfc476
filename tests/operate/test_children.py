"""Children of the supervisor: started again when they die, given up when they keep dying, gone when it is killed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.operate.children import Child, ChildDiedError
from tests.support.operating import alive, wait


def test_one_that_keeps_dying_is_given_up_with_its_last_words(tmp_path: Path) -> None:
    child = Child("the mayfly", "runpy", ["no.such.module"], tmp_path / "child.log", dict(os.environ))
    now, said = 0.0, []
    child.start(now)

    def step() -> str | None:
        wait(lambda: child.pid is None)
        return child.look_after(now)

    while len(said) < 5:
        said += filter(None, [step()])
        now += 31
    step()
    with pytest.raises(ChildDiedError) as gone:
        step()
    assert said == [
        f"the mayfly has died (exit code 1); it is started again in {pause} s" for pause in (1, 2, 4, 8, 16)
    ]
    assert "the mayfly died 6 times in a row, the last time exit code 1" in str(gone.value)
    assert "No module named" in str(gone.value)


def test_one_that_has_lived_long_is_started_again_for_ever(tmp_path: Path) -> None:
    child = Child("the phoenix", "http.server", ["0"], tmp_path / "child.log", dict(os.environ))
    now = 0.0
    child.start(now)
    for _ in range(8):
        child.look_after(now := now + 61)
        os.kill(child.pid, 9)
        wait(lambda: child.pid is None)
        assert child.look_after(now) == "the phoenix has died (killed by SIGKILL); it is started again in 1 s"
        child.look_after(now := now + 1)
    child.stop(5)
    assert child.pid is None


def test_a_log_does_not_grow_without_end(tmp_path: Path) -> None:
    talking = {**os.environ, "PYTHONUNBUFFERED": "1"}
    child = Child("the talker", "http.server", ["0"], tmp_path / "child.log", talking)
    child.start(0)
    wait(lambda: child.log.read_bytes().endswith(b"\n"))  # it says where it serves, once
    said = child.log.stat().st_size
    with child.log.open("ab") as log:
        log.write(b"x" * 5_000_001)
    child.look_after(1)
    assert child.log.stat().st_size == 0
    assert child.log.with_suffix(".log.1").stat().st_size == said + 5_000_001
    child.stop(5)


def test_a_flow_run_does_not_begin_without_its_runner(tmp_path: Path) -> None:
    code = "from flows.operate.lifeline import end_with_runner; end_with_runner(); print('at work')"
    for runner, done in ((1, (-9, "")), (os.getpid(), (0, "at work\n"))):
        environment = {**os.environ, "JIANBAO_RUNNER": str(runner)}
        words = [sys.executable, "-c", code]
        ended = subprocess.run(words, check=False, cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert (ended.returncode, ended.stdout) == done


def test_a_child_ends_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    code = "import os, time; from flows.operate.lifeline import end_with; end_with(os.getppid()); print(flush=True); time.sleep(600)"
    parent = f"import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', {code!r}], stdout=subprocess.PIPE); p.stdout.readline(); print(p.pid, flush=True); p.wait()"
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, cwd=tmp_path, text=True) as process:
        child = int(process.stdout.readline())
        assert alive(child)
        process.kill()
    wait(lambda: not alive(child), seconds=10)
