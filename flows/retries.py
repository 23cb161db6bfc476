"""When a task is tried again: its error's class decides, never the message."""

from typing import Any, Final

from prefect.client.schemas.objects import State, TaskRun
from prefect.runtime import task_run
from prefect.tasks import Task

from tasks.errors import TransientError

DELAYS_SECONDS: Final = (2.0, 10.0)
"""The pauses before the second and the third try: a network drive that stutters has come back, a dead one has not."""


def may_pass(task: Task[..., Any], run: TaskRun, state: State[Any]) -> bool:  # noqa: ARG001 - the shape of a condition
    """Whether the error of a task may pass by itself."""
    return isinstance(state.result(raise_on_failure=False), TransientError)


def is_last_try() -> bool:
    """Whether the present task run is not tried again, so that it has to settle for what it has got."""
    return int(task_run.run_count or 1) > len(DELAYS_SECONDS)
