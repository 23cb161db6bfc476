"""What is new: the ledger of every text that was ever published or refused, asked by content hash."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from tasks.errors import DocumentError, TransientError
from tasks.records import Fetched, FoundIssue, IssueFiles, hash_of
from tasks.sources.group import SIDECAR_SUFFIX, completed, page_of


@dataclass(frozen=True, slots=True)
class Ledger:
    """Hashes that are settled.

    `published` leads from the hash of a file to the issues that it is a part of, `superseded` from the hash of an
    earlier revision to the place that the present one came from; `refused` holds the hashes that these rules refuse.
    """

    published: Mapping[str, frozenset[str]]
    superseded: Mapping[str, str]
    refused: frozenset[str]
    places: Mapping[str, tuple[Fetched, ...]]
    """The published files, by the folder that they were found in: pages that a new one may belong with."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """The files of a scan, sorted out: to do, known already, and refused earlier for a reason that still stands.

    `pending` are those whose bytes have to be fetched before anybody can say; `waiting` could not be fetched lately;
    `later` counts those that are left for the next run.
    """

    new: tuple[IssueFiles, ...]
    unchanged: tuple[IssueFiles, ...]
    refused: tuple[IssueFiles, ...]
    pending: tuple[FoundIssue, ...] = ()
    waiting: tuple[FoundIssue, ...] = ()
    later: int = 0


def read_ledger(connection: duckdb.DuckDBPyConnection, extractor_version: str) -> Ledger:
    """The ledger as these rules see it: what other rules refused is tried again, and what may pass by itself too."""
    published: dict[str, set[str]] = defaultdict(set)
    places: dict[str, list[Fetched]] = defaultdict(list)
    for issue_id, *file in connection.execute(
        "SELECT issue_id, source_uri, file_name, sha256, byte_size, raw_path FROM documents"
    ).fetchall():
        fetched = Fetched(*file)
        published[fetched.sha256].add(issue_id)
        if page_of(fetched.source_uri).is_named or fetched.file_name.endswith(SIDECAR_SUFFIX):
            places[page_of(fetched.source_uri).folder].append(fetched)
    superseded = connection.execute(
        """
        WITH place AS (SELECT issue_id, min(source_uri) AS uri FROM documents GROUP BY issue_id)
        SELECT list(r.sha256), any_value(p.uri) FROM revisions r JOIN place p USING (issue_id)
        GROUP BY r.issue_id, r.revision
        """
    ).fetchall()
    refused = connection.execute(
        "SELECT sha256, error FROM rejects WHERE sha256 IS NOT NULL AND extractor_version = ?", [extractor_version]
    ).fetchall()
    transient = {error.__name__ for error in _descendants(DocumentError) if issubclass(error, TransientError)}
    return Ledger(
        {sha256: frozenset(issues) for sha256, issues in published.items()},
        {hash_of(hashes): uri for hashes, uri in superseded},
        frozenset(sha256 for sha256, error in refused if error not in transient),
        {folder: tuple(files) for folder, files in places.items()},
    )


def sort_out(files: Sequence[IssueFiles], ledger: Ledger) -> Backlog:
    """Split a scan; of several issues with the same bytes the first counts, the others are unchanged.

    A page that comes alone is an issue together with those of its pages that are published already.
    """
    new: dict[str, IssueFiles] = {}
    unchanged: list[IssueFiles] = []
    refused: list[IssueFiles] = []
    for sent in files:
        if _is_settled(sent, ledger):
            unchanged.append(sent)
            continue
        file = completed(sent, ledger.places.get(page_of(sent.source_uri).folder, ()))
        if file.sha256 in ledger.refused:
            refused.append(file)
        elif file.sha256 in new:
            unchanged.append(file)
        else:
            new[file.sha256] = file
    return Backlog(tuple(new.values()), tuple(unchanged), tuple(refused))


def _is_settled(file: IssueFiles, ledger: Ledger) -> bool:
    # Everything of it stands in one published issue; a part of an issue that is sent again changes nothing.
    parts = [ledger.published.get(each.sha256, frozenset()) for each in file.every_file]
    if frozenset.intersection(*parts):
        return True
    # An old copy beside its correction stays superseded. Only the place that holds the present revision can take it
    # back: the operator has put the earlier text there again.
    uris = sorted(each.source_uri for each in file.every_file)
    return ledger.superseded.get(file.sha256, uris[0]) != uris[0]


def _descendants(error: type[DocumentError]) -> Iterator[type[DocumentError]]:
    yield error
    for child in error.__subclasses__():
        yield from _descendants(child)
