"""An error that may pass is tried again, one that stays is not: its class decides."""

import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from prefect.states import Failed

from flows.environment import prepare_environment
from flows.retries import DELAYS_SECONDS, may_pass
from tasks.errors import BusyError, DocumentError, JianbaoError, TransientError, UnreadableFileError
from tests.flows.conftest import clean_environment
from warehouse.home import Home


def descendants(error: type[JianbaoError]) -> list[type[JianbaoError]]:
    return [error, *(one for child in error.__subclasses__() for one in descendants(child))]


@pytest.mark.parametrize("error", descendants(JianbaoError), ids=lambda error: error.__name__)
def test_the_class_decides(error: type[JianbaoError]) -> None:
    assert may_pass(None, None, Failed(data=error("a sentence"))) is issubclass(error, TransientError)


def test_nothing_else_is_tried_again() -> None:
    assert not may_pass(None, None, Failed(data=OSError("no space")))
    assert {BusyError, UnreadableFileError} <= set(descendants(TransientError))
    assert UnreadableFileError in descendants(DocumentError)


def test_a_file_that_cannot_be_had_is_set_aside_after_the_last_try(server: str, home: Home) -> None:
    home.prepare()
    environment = clean_environment(PREFECT_API_URL=server)
    prepare_environment(home, environment)
    done = subprocess.run(
        [sys.executable, "-m", "tests.flows.fetching", str(home.root)],
        check=False,
        cwd=Path(__file__).parents[2],
        env=environment,
    )
    assert done.returncode == 1, "one file is set aside"
    query = {"flows": {"name": {"any_": ["fetching"]}}}
    (task,) = httpx.post(f"{server}/task_runs/filter", json=query).json()
    assert (task["state_name"], task["run_count"]) == ("Completed", 1 + len(DELAYS_SECONDS))
