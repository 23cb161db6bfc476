"""Which published issue a new text corrects, if any.

A file may be overwritten each month, and many bulletins are called source.txt: neither name nor place tells.
The rule: the same file name, no dates in different months, at least half of the text in common; the best match wins.
Of an issue of several files one common name is enough, and where the names name the issue (2024-03_p1.txt), one page in
common stands for half of the text: the others may have come late.
The common text is estimated from a sketch (bottom-k) that is kept with each issue, so the earlier text is not needed.
"""

import hashlib
import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from tasks.records import SIDECAR_TYPE, hash_of

SKETCH_SIZE = 128
"""Standard error of the estimate at one half: sqrt(0.25 / 128), about 0.04."""

SHINGLE_CHARACTERS = 8
"""Long enough that set phrases (高质量发展) do not make issues alike, short enough to survive a corrected number."""

COMMON_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Published:
    """What identity is decided by, of an issue that is published (or staged before in the same batch)."""

    issue_id: str
    revision: int
    file_names: frozenset[str]
    issue_date: date | None
    fingerprint: tuple[int, ...]
    texts: frozenset[str]
    """The hashes of all its revisions."""
    pages: frozenset[str]
    """The hashes of the files of the present one."""


@dataclass(frozen=True, slots=True)
class Text:
    """What identity is decided by, of a new text."""

    sha256: str
    file_names: frozenset[str]
    issue_date: date | None
    fingerprint: tuple[int, ...]
    pages: frozenset[str]
    is_named: bool
    """Whether the files' names tell this issue from the next one."""


def sketch(bodies: Iterable[str]) -> tuple[int, ...]:
    """The smallest hashes of all shingles of a text, ascending; whitespace does not count."""
    hashes: set[int] = set()
    for body in bodies:
        text = "".join(body.split())
        # A body shorter than a shingle is one shingle.
        for start in range(max(1, len(text) - SHINGLE_CHARACTERS + 1)):
            shingle = text[start : start + SHINGLE_CHARACTERS].encode()
            hashes.add(int.from_bytes(hashlib.blake2b(shingle, digest_size=8).digest(), "big"))
    return tuple(heapq.nsmallest(SKETCH_SIZE, hashes))


def common_share(one: Sequence[int], other: Sequence[int]) -> float:
    """The estimated share, 0 to 1, of two texts taken together that stands in both (Dice coefficient)."""
    if not one or not other:
        return 0.0
    # Among the smallest hashes of both texts, those that both hold are a fair sample of what they have in common.
    smallest = heapq.nsmallest(SKETCH_SIZE, set(one) | set(other))
    both = set(one) & set(other)
    jaccard = sum(value in both for value in smallest) / len(smallest)
    return 2 * jaccard / (1 + jaccard)


def corrected_issue(text: Text, published: Iterable[Published]) -> Published | None:
    """The issue that a text is a revision of; None when it is an issue of its own."""
    best: Published | None = None
    best_share = COMMON_SHARE
    for issue in published:
        if text.sha256 in issue.texts:
            return issue
        same_bytes = text.pages == issue.pages
        if not same_bytes and (
            issue.file_names.isdisjoint(text.file_names) or _different_months(issue.issue_date, text.issue_date)
        ):
            continue
        share = common_share(text.fingerprint, issue.fingerprint)
        if same_bytes or (text.is_named and not issue.pages.isdisjoint(text.pages)):
            share = max(share, 1.0)
        if share >= best_share and (best is None or share > best_share):
            best, best_share = issue, share
    return best


def published_issues(
    connection: duckdb.DuckDBPyConnection, file_names: Iterable[str], hashes: Iterable[str]
) -> list[Published]:
    """The published issues that files of these names could correct, or that had one of these texts before."""
    rows = connection.execute(
        """
        WITH candidate AS (
            SELECT DISTINCT issue_id FROM documents WHERE list_contains(?::VARCHAR[], file_name)
            UNION SELECT issue_id FROM revisions WHERE list_contains(?::VARCHAR[], sha256)
        ), page AS (
            SELECT issue_id, list(DISTINCT file_name) AS names, list(DISTINCT sha256) AS hashes
            FROM documents WHERE media_type <> ? GROUP BY issue_id
        ), text AS (
            SELECT issue_id, list(files) AS texts FROM (
                SELECT issue_id, revision, list(sha256) AS files FROM revisions GROUP BY issue_id, revision
            ) GROUP BY issue_id
        )
        SELECT i.issue_id, i.revision, page.names, i.issue_date, i.fingerprint, text.texts, page.hashes
        FROM issues i JOIN candidate USING (issue_id) JOIN page USING (issue_id) JOIN text USING (issue_id)
        ORDER BY i.issue_id
        """,
        [list(file_names), list(hashes), SIDECAR_TYPE],
    ).fetchall()
    return [
        Published(
            issue_id=issue_id,
            revision=revision,
            file_names=frozenset(names),
            issue_date=issue_date,
            fingerprint=tuple(fingerprint),
            texts=frozenset(map(hash_of, texts)),
            pages=frozenset(pages),
        )
        for issue_id, revision, names, issue_date, fingerprint, texts, pages in rows
    ]


def _different_months(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and (one.year, one.month) != (other.year, other.month)
