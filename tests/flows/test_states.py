"""How a run shows in the UI: honest states, and names that say what it did."""

from datetime import date

import pytest

from flows.states import final_state, run_name
from flows.summary import RunSummary
from tasks.load.run import Reject, StagedIssue
from tasks.sources.origins import Down

BROKEN = Reject("inbox/b.txt", "0" * 64, "read", "UnreadableDocumentError", "b.txt: no text")
FAULT = Reject("inbox/f.txt", "1" * 64, "extract", "KeyError", "f.txt: jianbao failed", is_fault=True)
AWAY = Reject("inbox/a.txt", None, "fetch", "UnreadableFileError", "a.txt: cannot be read")


def issue(day: date | None) -> StagedIssue:
    return StagedIssue(
        issue_id="i",
        revision=1,
        file_name="a.txt",
        source_uri="inbox/a.txt",
        sha256="2" * 64,
        places=("inbox/a.txt",),
        hashes=("2" * 64,),
        issue_date=day,
        articles=8,
        metrics=60,
        replaces=False,
    )


def summary(
    *issues: StagedIssue, rejects: tuple[Reject, ...] = (), unchanged: int = 2, down: tuple[Down, ...] = ()
) -> RunSummary:
    return RunSummary("r", issues, unchanged, rejects, (), down=down)


SITE = Down("site", "https://example.org/: the server cannot be reached.")
GONE = Reject("https://example.org/c.pdf", None, "fetch", "RefusedDownloadError", "c.pdf: status 404")


@pytest.mark.parametrize(
    ("ended", "name", "message"),
    [
        (summary(), "Completed", "Nothing new, 2 unchanged, 0 quarantined."),
        (summary(issue(None)), "Completed", "1 new issue (8 articles, 60 metrics), 2 unchanged, 0 quarantined."),
        (summary(rejects=(BROKEN,)), "Quarantined", "Nothing new, 2 unchanged, 1 quarantined. b.txt: no text"),
        (
            summary(issue(None), rejects=(FAULT, BROKEN)),
            "Quarantined",
            "1 new issue (8 articles, 60 metrics), 2 unchanged, 2 quarantined. f.txt: jianbao failed (and 1 more)",
        ),
        (
            summary(down=(SITE,)),
            "Incomplete",
            "Nothing new, 2 unchanged, 0 quarantined, 1 source down. https://example.org/: the server cannot be reached.",
        ),
        (
            summary(unchanged=0, down=(SITE,)),
            "Failed",
            (
                "Nothing was published because of an error. Nothing new, 0 unchanged, 0 quarantined, 1 source down. "
                "https://example.org/: the server cannot be reached."
            ),
        ),
        (summary(rejects=(GONE,)), "Quarantined", "Nothing new, 2 unchanged, 1 quarantined. c.pdf: status 404"),
        (
            summary(rejects=(FAULT,)),
            "Failed",
            "Nothing was published because of an error. Nothing new, 2 unchanged, 1 quarantined. f.txt: jianbao failed",
        ),
        (
            summary(rejects=(AWAY,)),
            "Failed",
            "Nothing was published because of an error. Nothing new, 2 unchanged, 1 quarantined. a.txt: cannot be read",
        ),
    ],
)
def test_the_state_says_what_came_of_it(ended: RunSummary, name: str, message: str) -> None:
    state = final_state(ended)
    assert (state.name, state.message) == (name, message)
    assert state.is_failed() == (name == "Failed")


def test_the_name_says_what_was_new() -> None:
    july, august = issue(date(2023, 7, 31)), issue(date(2023, 8, 31))
    assert run_name(3, 12) == "ingest 3 new of 12"
    assert run_name(1, 12, summary(august)) == "ingest 1 new of 12 · 2023-08"
    assert run_name(2, 12, summary(july, august)) == "ingest 2 new of 12 · 2023-07 to 2023-08"
    assert run_name(0, 1, summary(rejects=(BROKEN,))) == "ingest 0 new of 1, 1 quarantined"
