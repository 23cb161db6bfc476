"""The folder of pages: what has changed is written anew, whole files only; what is current stays as it is."""

import contextlib
import os
import re
import tempfile
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

import duckdb

from tasks.report.pages import issue_page, look, overview_page
from tasks.report.read_issues import page_states, read_pages
from tasks.report.read_overview import read_overview

_AT_ONCE: Final = 200
_STATE: Final = re.compile(rb'<meta name="jianbao-state" content="([^"]*)">')
_HEAD_BYTES: Final = 600


class Made(NamedTuple):
    """What a report came to: the overview, and how many issue pages were written, were current, and were taken away."""

    overview: Path
    written: int
    current: int
    removed: int


def publish_report(connection: duckdb.DuckDBPyConnection, folder: Path, now: datetime) -> Made:
    """Bring the pages in `folder` (made here) up to date with the warehouse; `now` is UTC.

    A page carries the state of the rows it was made from, so that only issues that changed are made again, and a folder
    that somebody tidied up is filled again. Every file is written aside and renamed: a reader never sees half a page.
    """
    issues = folder / "issues"
    issues.mkdir(parents=True, exist_ok=True)
    states = {issue_id: f"{look()}.{state}" for issue_id, state in page_states(connection).items()}
    changed = {issue_id: state for issue_id, state in states.items() if _state_of(issues / f"{issue_id}.html") != state}
    for some in _batches(changed):
        for page in read_pages(connection, some):
            _write(issues / f"{page.issue.issue_id}.html", issue_page(page))
    gone = [path for path in issues.glob("*.html") if path.stem not in states]
    for path in gone:
        path.unlink(missing_ok=True)
    # Last, so that it never leads to a page that is not there yet.
    _write(folder / "index.html", overview_page(read_overview(connection, now)))
    return Made(folder / "index.html", len(changed), len(states) - len(changed), len(gone))


def _batches(states: dict[str, str]) -> Iterator[dict[str, str]]:
    pending = iter(states.items())
    while some := dict(islice(pending, _AT_ONCE)):
        yield some


def _state_of(path: Path) -> str | None:
    """The state that a page was made from; None when there is none, or no page of ours."""
    try:
        with path.open("rb") as page:
            found = _STATE.search(page.read(_HEAD_BYTES))
    except FileNotFoundError:
        return None
    return found[1].decode() if found else None


def _write(path: Path, text: str) -> None:
    handle, draft = tempfile.mkstemp(prefix=f".{path.stem}-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(draft).unlink()
        raise
