"""A run without Prefect: the same functions in the same order as the flow, with the reader of the tests."""

from collections import deque
from collections.abc import Callable, Sequence

from flows.batches import batches
from flows.session import Session, open_session, utc_now
from tasks.clean.issue import clean_issue
from tasks.errors import DocumentError
from tasks.extract.issue import read_issue
from tasks.load.commit import publish, record_run
from tasks.load.ledger import read_ledger, sort_out
from tasks.load.run import Outcome, Reject, Staged, Tally
from tasks.load.stage import stage_batch
from tasks.read.document import read_document
from tasks.records import IssueFiles, ReadIssue
from tasks.sources.discover import discover
from tasks.sources.group import fetch_issue, identify_issue, issues_of
from tests.support.bulletins import VERSION, read_bulletin
from warehouse.home import Home

Reader = Callable[[IssueFiles, Home], ReadIssue]


def read_text(file: IssueFiles, home: Home) -> ReadIssue:
    """What the real stages read in the files of an issue in the raw store."""
    return read_issue(clean_issue(tuple(read_document(page, home.root) for page in file.files)))


def load(
    home: Home, sources: Sequence[str] = (), wait_seconds: float = 0.0, read: Reader = read_bulletin
) -> list[Staged]:
    """Load what is new (from the inbox when no source is named); the batches that were published."""
    done: list[Staged] = []
    with open_session(home, None, wait_seconds) as session:
        files = [identify_issue(found, home) for found in issues_of(discover(sources, home), home)]
        backlog = sort_out(files, read_ledger(session.connection, VERSION))
        pending = deque(backlog.new)
        for batch in batches(pending):
            staged = stage(session, batch.files, f"{batch.number:05d}", read)
            publish(session.connection, home, session.run, staged, VERSION, utc_now())
            pending.extend(staged.postponed)
            done.append(staged)
        new, failed = sum(len(batch.issues) for batch in done), sum(len(batch.rejects) for batch in done)
        outcome: Outcome = "quarantined" if failed else "published" if new else "unchanged"
        record_run(session.connection, session.run, Tally(outcome, new, len(backlog.unchanged), failed, 0), utc_now())
    return done


def stage(session: Session, files: Sequence[IssueFiles], name: str, read_one: Reader = read_bulletin) -> Staged:
    """Fetch, read and stage some files."""
    read: list[tuple[IssueFiles, ReadIssue]] = []
    rejects: list[Reject] = []
    for file in files:
        fetch_issue(file, session.home)
        try:
            read.append((file, read_one(file, session.home)))
        except DocumentError as error:
            rejects.append(Reject.of(file, error, "read"))
    folder = session.home.staging / session.run.run_id / name
    return stage_batch(read, rejects, session.connection, session.run, folder, utc_now())
