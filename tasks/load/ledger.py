"""What is new: the ledger of every text that was ever published or refused, asked by content hash."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from tasks.errors import DocumentError, TransientError
from tasks.records import Fetched


@dataclass(frozen=True, slots=True)
class Ledger:
    """Hashes that are settled.

    `superseded` leads from the hash of an earlier revision to the place that the present one came from; `refused`
    holds the hashes that these rules cannot ingest.
    """

    published: frozenset[str]
    superseded: Mapping[str, str]
    refused: frozenset[str]


@dataclass(frozen=True, slots=True)
class Backlog:
    """The files of a scan, sorted out: to do, known already, and refused earlier for a reason that still stands."""

    new: tuple[Fetched, ...]
    unchanged: tuple[Fetched, ...]
    refused: tuple[Fetched, ...]


def read_ledger(connection: duckdb.DuckDBPyConnection, extractor_version: str) -> Ledger:
    """The ledger as these rules see it: what other rules refused is tried again, and what may pass by itself too."""
    published = connection.execute("SELECT sha256 FROM documents").fetchall()
    superseded = connection.execute(
        "SELECT r.sha256, any_value(d.source_uri) FROM revisions r JOIN documents d USING (issue_id) GROUP BY r.sha256"
    ).fetchall()
    refused = connection.execute(
        "SELECT sha256, error FROM rejects WHERE sha256 IS NOT NULL AND extractor_version = ?", [extractor_version]
    ).fetchall()
    transient = {error.__name__ for error in _descendants(DocumentError) if issubclass(error, TransientError)}
    return Ledger(
        frozenset(sha256 for (sha256,) in published),
        dict(superseded),
        frozenset(sha256 for sha256, error in refused if error not in transient),
    )


def sort_out(files: Sequence[Fetched], ledger: Ledger) -> Backlog:
    """Split a scan; of several files with the same bytes the first counts, the others are unchanged."""
    new: dict[str, Fetched] = {}
    unchanged: list[Fetched] = []
    refused: list[Fetched] = []
    for file in files:
        if file.sha256 in ledger.refused:
            refused.append(file)
        elif file.sha256 in new or _is_settled(file, ledger):
            unchanged.append(file)
        else:
            new[file.sha256] = file
    return Backlog(tuple(new.values()), tuple(unchanged), tuple(refused))


def _is_settled(file: Fetched, ledger: Ledger) -> bool:
    if file.sha256 in ledger.published:
        return True
    # An old copy beside its correction stays superseded. Only the place that holds the present revision can take it
    # back: the operator has put the earlier text there again.
    return ledger.superseded.get(file.sha256, file.source_uri) != file.source_uri


def _descendants(error: type[DocumentError]) -> Iterator[type[DocumentError]]:
    yield error
    for child in error.__subclasses__():
        yield from _descendants(child)
