"""The quarantine: one row a file that could not be ingested, with how often and since when."""

from collections.abc import Iterable
from datetime import datetime

import duckdb

from tasks.load.run import Reject, StagedIssue
from warehouse.reference import insert
from warehouse.schema import REJECTS


def quarantine(
    connection: duckdb.DuckDBPyConnection, rejects: Iterable[Reject], extractor_version: str, now: datetime
) -> None:
    """Write or renew the rows of files that failed; `now` is UTC. Runs in the caller's transaction."""
    latest = {reject.source_uri: reject for reject in rejects}
    if not latest:
        return
    uris = list(latest)
    earlier = {
        (source_uri, sha256): (attempts, first_seen)
        for source_uri, sha256, attempts, first_seen in connection.execute(
            "SELECT source_uri, sha256, attempts, first_seen FROM rejects "
            "WHERE list_contains(?::VARCHAR[], source_uri)",
            [uris],
        ).fetchall()
    }
    connection.execute("DELETE FROM rejects WHERE list_contains(?::VARCHAR[], source_uri)", [uris])
    rows = []
    for reject in latest.values():
        attempts, first_seen = earlier.get((reject.source_uri, reject.sha256), (0, now))
        document_id = reject.sha256[:16] if reject.sha256 else None
        rows.append(
            (
                document_id,
                reject.source_uri,
                reject.sha256,
                reject.stage,
                reject.error,
                reject.message,
                attempts + 1,
                first_seen,
                now,
                extractor_version,
            )
        )
    insert(connection, REJECTS, rows)


def release(connection: duckdb.DuckDBPyConnection, issues: Iterable[StagedIssue]) -> None:
    """Take files that are published now out of the quarantine. Runs in the caller's transaction."""
    published = list(issues)
    uris = [place for issue in published for place in issue.places]
    hashes = [sha256 for issue in published for sha256 in issue.hashes]
    connection.execute(
        "DELETE FROM rejects WHERE list_contains(?::VARCHAR[], source_uri) OR list_contains(?::VARCHAR[], sha256)",
        [uris, hashes],
    )
