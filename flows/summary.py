"""What a run came to."""

from dataclasses import dataclass

from tasks.errors import RefusedDownloadError
from tasks.load.again import Difference
from tasks.load.run import Outcome, Reject, StagedIssue, Tally
from tasks.records import FoundIssue, IssueFiles
from tasks.sources.origins import Down


@dataclass(frozen=True, slots=True)
class RunSummary:
    """The result of a run: what was published, known already, quarantined now, and refused earlier (still standing).

    `unfinished` are files of the inbox that are still being written; they wait for the next run.
    """

    run_id: str
    issues: tuple[StagedIssue, ...]
    unchanged: int
    rejects: tuple[Reject, ...]
    refused: tuple[IssueFiles | FoundIssue, ...]
    unfinished: tuple[str, ...] = ()
    down: tuple[Down, ...] = ()
    """Sources that could not be asked; what they offer is looked at by a later run."""
    later: int = 0
    """Issues that the next run fetches, because a run fetches so many of a source and no more."""

    @property
    def is_broken(self) -> bool:
        """Nothing was published, and not because of the files: jianbao failed, or they could not be had."""
        # A dead link is a fault of the page that has it.
        ours = (reject for reject in self.rejects if reject.error != RefusedDownloadError.__name__)
        failed = any(reject.is_fault or reject.stage == "fetch" for reject in ours)
        return not self.issues and (failed or bool(self.down and not self.unchanged))

    @property
    def months(self) -> str | None:
        """The months of the new issues: 2023-08, or 2023-01 to 2023-08; None when none has a date."""
        dates = sorted(f"{issue.issue_date:%Y-%m}" for issue in self.issues if issue.issue_date)
        if not dates:
            return None
        return dates[0] if dates[0] == dates[-1] else f"{dates[0]} to {dates[-1]}"

    @property
    def outcome(self) -> Outcome:
        """The word for it in the run ledger."""
        if self.rejects:
            return "quarantined"
        return "published" if self.issues else "unchanged"

    @property
    def metrics(self) -> int:
        """Metrics published."""
        return sum(issue.metrics for issue in self.issues)

    @property
    def tally(self) -> Tally:
        """The counts for the run ledger."""
        return Tally(self.outcome, len(self.issues), self.unchanged, len(self.rejects), self.metrics)

    @property
    def sentence(self) -> str:
        """One line for people."""
        articles = sum(issue.articles for issue in self.issues)
        parts = [
            f"{count(len(self.issues), 'new issue')} ({count(articles, 'article')}, {count(self.metrics, 'metric')})"
            if self.issues
            else "nothing new",
            f"{self.unchanged} unchanged",
            f"{len(self.rejects)} quarantined",
        ]
        if self.refused:
            parts.append(f"{len(self.refused)} still in quarantine")
        if self.down:
            parts.append(f"{count(len(self.down), 'source')} down")
        if self.later:
            parts.append(f"{self.later} to be fetched by the next run")
        if self.unfinished:
            parts.append(f"{len(self.unfinished)} still being written")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Reprocessed:
    """What reading again came to. `rejects` are issues that these rules cannot read: their earlier rows stay."""

    run_id: str
    differences: tuple[Difference, ...]
    rejects: tuple[Reject, ...]
    is_published: bool


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: 1 article, 8 articles."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"
