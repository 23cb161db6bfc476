"""What the sources offered the last time, so that an unchanged file is neither hashed nor fetched again.

It is a memory and no ledger: whether something is published is asked of the catalog, by the hash of its bytes. When the
file is gone or damaged everything is looked at anew, and nothing else happens. Each entry is written at once, so
that a run which is killed has lost at most one; runs of one home wait for each other, and readers do not mind.
"""

import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_log = logging.getLogger("jianbao.sources")

_TABLES: Final = """
    CREATE TABLE IF NOT EXISTS files (
        uri TEXT PRIMARY KEY, shape TEXT, sha256 TEXT, byte_size INTEGER, checked_at REAL NOT NULL,
        etag TEXT, modified TEXT, members TEXT, failures INTEGER NOT NULL DEFAULT 0, retry_at REAL
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS pages (
        url TEXT PRIMARY KEY, etag TEXT, modified TEXT, checked_at REAL NOT NULL, body TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS hosts (host TEXT PRIMARY KEY, not_before REAL NOT NULL) WITHOUT ROWID;
"""
_COLUMNS: Final = "shape, sha256, byte_size, checked_at, etag, modified, members, failures, retry_at"
_PATIENCE_SECONDS: Final = 60.0
_FIRST_PAUSE: Final = 600.0
_LONGEST_PAUSE: Final = 86_400.0
"""Seconds until a document that could not be fetched is tried again: doubled each time, from ten minutes to a day."""


@dataclass(frozen=True, slots=True)
class Inner:
    """A file of an archive: its path in it, and what its bytes are known by."""

    name: str
    sha256: str
    byte_size: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as it was seen: the shape that its listing gave, and its bytes; times are seconds of our clock.

    `members` are the files of an archive, None for any other file. `etag` and `modified` are what its server calls this
    version. `sha256` is None for a document that never could be fetched; `retry_at` is when it is tried again.
    """

    shape: str | None
    sha256: str | None
    byte_size: int
    checked_at: float
    etag: str | None = None
    modified: str | None = None
    members: tuple[Inner, ...] | None = None
    failures: int = 0
    retry_at: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page that lists documents, or a robots.txt, as it was the last time."""

    etag: str | None
    modified: str | None
    checked_at: float
    body: str


class Seen:
    """The memory of one home; `remembered` opens it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def entry(self, uri: str) -> Entry | None:
        """What is known of a file."""
        row = self._connection.execute(f"SELECT {_COLUMNS} FROM files WHERE uri = ?", [uri]).fetchone()
        return None if row is None else _entry(*row)

    def entries(self) -> dict[str, Entry]:
        """What is known of all files, by their places."""
        rows = self._connection.execute(f"SELECT uri, {_COLUMNS} FROM files")
        return {uri: _entry(*row) for uri, *row in rows}

    def put(self, uri: str, entry: Entry) -> None:
        """Remember a file."""
        members = (
            None if entry.members is None else json.dumps([[m.name, m.sha256, m.byte_size] for m in entry.members])
        )
        self._connection.execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, NULL)",
            [uri, entry.shape, entry.sha256, entry.byte_size, entry.checked_at, entry.etag, entry.modified, members],
        )

    def checked(self, uri: str, now: float) -> None:
        """Note that a file was found unchanged."""
        self._connection.execute(
            "UPDATE files SET checked_at = ?, failures = 0, retry_at = NULL WHERE uri = ?", [now, uri]
        )

    def failed(self, uri: str, now: float) -> None:
        """Note that a document could not be fetched, and leave it alone for a while."""
        entry = self.entry(uri)
        failures = entry.failures + 1 if entry else 1
        pause = min(_FIRST_PAUSE * 2 ** (failures - 1), _LONGEST_PAUSE)
        self._connection.execute(
            "INSERT INTO files (uri, byte_size, checked_at, failures, retry_at) VALUES (?, 0, ?, ?, ?) "
            "ON CONFLICT (uri) DO UPDATE SET failures = excluded.failures, retry_at = excluded.retry_at",
            [uri, now, failures, now + pause],
        )

    def page(self, url: str) -> Page | None:
        """A page as it was the last time."""
        row = self._connection.execute(
            "SELECT etag, modified, checked_at, body FROM pages WHERE url = ?", [url]
        ).fetchone()
        return None if row is None else Page(*row)

    def put_page(self, url: str, page: Page) -> None:
        """Remember a page."""
        self._connection.execute(
            "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?)",
            [url, page.etag, page.modified, page.checked_at, page.body],
        )

    def not_before(self, host: str) -> float:
        """When a host that asked to be left alone (Retry-After) may be asked again."""
        row = self._connection.execute("SELECT not_before FROM hosts WHERE host = ?", [host]).fetchone()
        return float(row[0]) if row else 0.0

    def leave_alone(self, host: str, until: float) -> None:
        """Remember that a host asked to be left alone."""
        self._connection.execute("INSERT OR REPLACE INTO hosts VALUES (?, ?)", [host, until])


def _entry(*row: Any) -> Entry:  # noqa: ANN401 - the columns
    shape, sha256, byte_size, checked_at, etag, modified, members, failures, retry_at = row
    inner = None if members is None else tuple(Inner(*member) for member in json.loads(members))
    return Entry(shape, sha256, byte_size, checked_at, etag, modified, inner, failures, retry_at)


@contextmanager
def remembered(path: Path) -> Iterator[Seen]:
    """Open the memory at a path; a damaged one is thrown away."""
    try:
        connection = _opened(path)
    except sqlite3.DatabaseError as error:
        _log.warning("%s is damaged (%s) and made anew: everything is looked at once more", path, error)
        for end in ("", "-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)
        connection = _opened(path)
    with closing(connection):
        yield Seen(connection)


def _opened(path: Path) -> sqlite3.Connection:
    # The links of a page that asks for a login may hold what it gave us.
    path.touch(mode=0o600)
    connection = sqlite3.connect(path, timeout=_PATIENCE_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        connection.executescript(f"PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; {_TABLES}")
        connection.execute("SELECT count(*) FROM hosts").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection
