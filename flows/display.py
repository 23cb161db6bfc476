"""What a person sees while a run is at work: a bar on a terminal, plain lines elsewhere; both on stderr."""

import contextlib
import logging
from collections.abc import Iterator
from typing import Protocol

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

from flows import environment, progress


class Display(Protocol):
    """Shows what is going on."""

    def step(self, words: str) -> None:
        """Something begins that takes a while."""


@contextlib.contextmanager
def following() -> Iterator[Display]:
    """Follow a run by listening to its loggers, until the block ends."""
    console = Console(stderr=True)
    shown = _on_terminal(console) if console.is_terminal else _in_lines()
    with shown as (display, handlers):
        for name, handler in handlers.items():
            logging.getLogger(name).addHandler(handler)
            logging.getLogger(name).setLevel(logging.INFO)
        try:
            yield display
        finally:
            for name, handler in handlers.items():
                logging.getLogger(name).removeHandler(handler)


@contextlib.contextmanager
def _on_terminal(console: Console) -> Iterator[tuple[Display, dict[str, logging.Handler]]]:
    # How many files there are is not known before they are found: no count until then.
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(20), TextColumn("{task.fields[files]}"))
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bar:
        shown = _Bar(bar, bar.add_task("", total=None, files=""))
        yield shown, {environment.LOGGER: shown, progress.LOGGER: shown}


@contextlib.contextmanager
def _in_lines() -> Iterator[tuple[Display, dict[str, logging.Handler]]]:
    lines = _Lines()
    yield lines, {environment.LOGGER: lines}


class _Bar(logging.Handler):
    def __init__(self, bar: Progress, task: TaskID) -> None:
        super().__init__()
        self._bar, self._task = bar, task

    def step(self, words: str) -> None:
        self._bar.update(self._task, description=words)

    def emit(self, record: logging.LogRecord) -> None:
        if record.name == progress.LOGGER:
            done, total = vars(record)["done"], vars(record)["total"]
            self._bar.update(self._task, completed=done, total=total, files=f"{done}/{total}")
        else:
            self.step(record.getMessage().splitlines()[0][:80])


class _Lines(logging.Handler):
    def step(self, words: str) -> None:
        typer.echo(words, err=True)

    def emit(self, record: logging.LogRecord) -> None:
        # The progress of batches is for bars; the lines about them say the same and more.
        if record.name != progress.LOGGER:
            self.step(record.getMessage())
