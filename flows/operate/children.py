"""A child process that is kept running: started, looked after, started again when it dies, stopped in the end."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tasks.errors import TransientError

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
_STEADY_SECONDS = 60.0
_MOST_DEATHS = 5
_LOG_BYTES = 5_000_000
_TAIL_LINES = 15


class ChildDiedError(TransientError):
    """A child process died again and again."""

    exit_code = 6


@dataclass
class Child:
    """One child: `module` is run with `words`; its output goes to `log`, `handles` are open files that it inherits."""

    name: str
    module: str
    words: Sequence[str]
    log: Path
    environment: Mapping[str, str]
    handles: Sequence[int] = ()
    _process: "subprocess.Popen[bytes] | None" = None
    _started: float = 0.0
    _deaths: int = 0
    _start_at: float = field(default=0.0)

    @property
    def pid(self) -> int | None:
        """The process, while there is one."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def start(self, now: float) -> None:
        """Start it; `now` is a monotonic clock. Called by the main thread (see `lifeline`)."""
        if self._deaths == 0 and self.log.exists():
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", self.module, *self.words],
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=self.handles,
                # Ctrl-C on the terminal is for the supervisor, which stops the children in order.
                start_new_session=True,
            )
        self._started = now

    def look_after(self, now: float) -> str | None:
        """Start it again when it has died; a sentence when there is news. ChildDiedError after too many deaths."""
        self._trim_log()
        if self._process is None:
            if now >= self._start_at:
                self.start(now)
            return None
        code = self._process.poll()
        if code is None:
            if now - self._started > _STEADY_SECONDS:
                self._deaths = 0
            return None
        self._bury()
        self._deaths += 1
        if self._deaths > _MOST_DEATHS:
            raise ChildDiedError(
                f"{self.name} died {self._deaths} times in a row, the last time {_cause(code)}. Its last words, from "
                f"{self.log}:\n{self.last_words()}"
            )
        pause = min(_FIRST_PAUSE * 2 ** (self._deaths - 1), _LONGEST_PAUSE)
        self._start_at = now + pause
        return f"{self.name} has died ({_cause(code)}); it is started again in {pause:g} s"

    def stop(self, seconds: float) -> None:
        """Tell it to stop, wait so long, then kill it and whatever it has started."""
        if self._process is None:
            return
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        self._bury()

    def last_words(self) -> str:
        """The end of its log."""
        try:
            lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return "(nothing)"
        return "\n".join(f"    {line}" for line in lines[-_TAIL_LINES:]) or "(nothing)"

    def _bury(self) -> None:
        assert self._process is not None
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None

    def _trim_log(self) -> None:
        # The child appends, so the file may be cut under its hands.
        with suppress(FileNotFoundError):
            if self.log.stat().st_size > _LOG_BYTES:
                self.log.with_suffix(".log.1").write_bytes(self.log.read_bytes())
                os.truncate(self.log, 0)


def _cause(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
