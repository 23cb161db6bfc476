"""A child process ends with the one that started it, however that one ends: a killed supervisor leaves no orphan."""

import ctypes
import os
import signal
import sys
import threading
import time

RUNNER = "JIANBAO_RUNNER"
"""The process id of the runner, in the environment of the flow runs that it starts."""

_PR_SET_PDEATHSIG = 1
_LOOK_SECONDS = 1.0


def end_with(parent: int) -> None:
    """Kill this process as soon as its parent, the process `parent`, is gone; at once when it is gone already.

    Nothing is lost by a kill: what is published is whole, and the next run goes on from there.
    """
    if sys.platform == "linux":
        # The kernel's own promise. It is about the thread that started this process, so children are started by the
        # main thread.
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    else:
        threading.Thread(target=_watch, args=(parent,), name="lifeline", daemon=True).start()
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def end_with_runner() -> None:
    """The same for a flow run that a runner of ours started, also when that has died since; nothing elsewhere."""
    if runner := os.environ.get(RUNNER):
        end_with(int(runner))


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)
