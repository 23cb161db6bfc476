"""Which published issue a new text corrects, if any.

A file may be overwritten each month, and many bulletins are called source.txt: neither name nor place tells.
The rule: the same file name, no dates in different months, at least half of the text in common; the best match wins.
The common text is estimated from a sketch (bottom-k) that is kept with each issue, so the earlier text is not needed.
"""

import hashlib
import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

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
    file_name: str
    issue_date: date | None
    fingerprint: tuple[int, ...]
    texts: frozenset[str]
    """The hashes of all its revisions."""


@dataclass(frozen=True, slots=True)
class Text:
    """What identity is decided by, of a new text."""

    sha256: str
    file_name: str
    issue_date: date | None
    fingerprint: tuple[int, ...]


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
        if issue.file_name != text.file_name or _different_months(issue.issue_date, text.issue_date):
            continue
        share = common_share(text.fingerprint, issue.fingerprint)
        if share >= best_share and (best is None or share > best_share):
            best, best_share = issue, share
    return best


def published_issues(
    connection: duckdb.DuckDBPyConnection, file_names: Iterable[str], hashes: Iterable[str]
) -> list[Published]:
    """The published issues that files of these names could correct, or that had one of these texts before."""
    rows = connection.execute(
        """
        SELECT i.issue_id, i.revision, d.file_name, i.issue_date, i.fingerprint, list_distinct(list(r.sha256))
        FROM issues i JOIN documents d USING (issue_id) JOIN revisions r USING (issue_id)
        WHERE list_contains(?::VARCHAR[], d.file_name)
           OR i.issue_id IN (SELECT issue_id FROM revisions WHERE list_contains(?::VARCHAR[], sha256))
        GROUP BY ALL ORDER BY i.issue_id
        """,
        [list(file_names), list(hashes)],
    ).fetchall()
    return [
        Published(issue_id, revision, file_name, issue_date, tuple(fingerprint), frozenset(texts))
        for issue_id, revision, file_name, issue_date, fingerprint, texts in rows
    ]


def _different_months(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and (one.year, one.month) != (other.year, other.month)
