"""What lies in quarantine, as an operator asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

import duckdb

from tasks.errors import UsageError
from tasks.records import Fetched
from warehouse.home import Home


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A file that could not be ingested; times are UTC, `document_id` is None when its bytes could not be read."""

    document_id: str | None
    source_uri: str
    sha256: str | None
    stage: str
    error: str
    message: str
    attempts: int
    first_seen: datetime
    last_seen: datetime
    extractor_version: str

    @property
    def file_name(self) -> str:
        """The name of the file where it was found."""
        return PurePosixPath(self.source_uri).name or self.source_uri

    def kept(self, home: Home) -> Fetched | None:
        """The copy in the raw store; None when the bytes never came as far, and for an issue of several files."""
        if self.sha256 is None:
            return None
        raw_path = f"raw/{self.sha256[:2]}/{self.sha256}"
        path = home.root / raw_path
        if not path.exists():
            return None
        return Fetched(self.source_uri, self.file_name, self.sha256, path.stat().st_size, raw_path)


def quarantined(connection: duckdb.DuckDBPyConnection, wanted: Sequence[str] = ()) -> list[Quarantined]:
    """What is in quarantine, newest failure first; `wanted` are document ids (or their beginnings) or file names.

    Raises UsageError for a word that names nothing.
    """
    rows = connection.execute(
        """
        SELECT document_id, source_uri, sha256, stage, error, message, attempts, first_seen, last_seen,
               extractor_version
        FROM rejects ORDER BY last_seen DESC, source_uri
        """
    ).fetchall()
    rejects = [Quarantined(*row) for row in rows]
    if not wanted:
        return rejects
    for word in wanted:
        if not any(_is_named(reject, word) for reject in rejects):
            raise UsageError(f"{word}: nothing of that name is in quarantine. Look with: jianbao quarantine list")
    return [reject for reject in rejects if any(_is_named(reject, word) for word in wanted)]


def _is_named(reject: Quarantined, word: str) -> bool:
    return word in (reject.source_uri, reject.file_name) or bool(
        reject.sha256 and len(word) >= 4 and reject.sha256.startswith(word.lower())
    )
