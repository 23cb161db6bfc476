"""What the load knows of a run, of what it staged, and of what it published."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from tasks.errors import DocumentError
from tasks.records import FoundIssue, IssueFiles

Outcome = Literal["published", "unchanged", "quarantined"]


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the ingest flow; `started_at` is UTC."""

    run_id: str
    flow_run_id: str | None
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Tally:
    """What a run came to, as its row in the ledger says it; documents are files."""

    outcome: Outcome
    documents_new: int
    documents_unchanged: int
    documents_failed: int
    metrics: int


@dataclass(frozen=True, slots=True)
class Reject:
    """An issue (mostly one file) that could not be ingested; `sha256` is None when its bytes could not be read."""

    source_uri: str
    sha256: str | None
    stage: str
    error: str
    message: str
    is_fault: bool = False
    """A fault of jianbao itself, not of the file."""

    @classmethod
    def of(cls, file: FoundIssue | IssueFiles, error: Exception, stage: str) -> "Reject":
        """From the exception that stopped a file; one that is no DocumentError is a fault of jianbao and says so."""
        sha256 = file.sha256 if isinstance(file, IssueFiles) else None
        if isinstance(error, DocumentError):
            return cls(file.source_uri, sha256, error.stage, type(error).__name__, str(error))
        message = (
            f"{file.source_uri}: jianbao failed at this document ({type(error).__name__}: {error}). This is a fault of "
            "jianbao, not of the file; please report it."
        )
        return cls(file.source_uri, sha256, stage, type(error).__name__, message, is_fault=True)


@dataclass(frozen=True, slots=True)
class StagedIssue:
    """An issue whose rows are staged: who it is, which revision, and how much it holds."""

    issue_id: str
    revision: int
    file_name: str
    source_uri: str
    sha256: str
    places: tuple[str, ...]
    """Where its files were found."""
    hashes: tuple[str, ...]
    """What its files, one by one and together, are known by."""
    issue_date: date | None
    articles: int
    metrics: int
    replaces: bool
    """Whether rows of this issue are published already, which these replace."""
    is_reread: bool = False
    """Whether the text is the same, read again by other rules."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A batch that is ready to be committed: one Parquet file a table in `folder`, and what could not be ingested.

    `postponed` are texts that correct an issue of the same batch: they wait until that one is published, so that each
    revision is a snapshot of its own.
    """

    folder: Path
    issues: tuple[StagedIssue, ...]
    rejects: tuple[Reject, ...]
    postponed: tuple[IssueFiles, ...]
