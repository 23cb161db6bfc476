"""One file through the stages: whatever happens in it stays with it."""

import logging
import shutil
from pathlib import Path

import pytest

import flows.documents
from flows.documents import read_file
from tasks.load.run import Reject
from tasks.records import CleanIssue, Document, Found, FoundIssue, IssueFiles, ReadIssue, Sidecar
from tasks.sources.group import fetch_issue, identify_issue
from warehouse.home import Home

SAMPLE = Path(__file__).parents[1] / "gold" / "shanxi-2023" / "shanxi-2023.txt"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home.at(tmp_path)
    home.prepare()
    return home


def fetched(home: Home, path: Path) -> IssueFiles:
    file = identify_issue(FoundIssue(path.name, (Found(str(path), path.name),)), home)
    fetch_issue(file, home)
    return file


def test_an_issue_comes_out_with_its_articles(home: Home) -> None:
    read = read_file(fetched(home, SAMPLE), home)
    assert isinstance(read, ReadIssue)
    assert len(read.readings) == 8


def test_an_empty_file_is_a_reject_with_its_reason(home: Home, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    reject = read_file(fetched(home, tmp_path / "empty.txt"), home)
    assert isinstance(reject, Reject)
    assert (reject.stage, reject.error, reject.is_fault) == ("read", "UnreadableDocumentError", False)
    assert "empty.txt" in reject.message


def test_a_fault_of_our_own_is_quarantined_with_its_stage_and_logged_with_its_traceback(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(documents: tuple[Document, ...], _sidecar: Sidecar | None) -> CleanIssue:
        raise KeyError(documents[0].file.file_name)

    shutil.copy(SAMPLE, tmp_path / "issue.txt")
    monkeypatch.setattr(flows.documents, "clean_issue", broken)
    with caplog.at_level(logging.WARNING):
        reject = read_file(fetched(home, tmp_path / "issue.txt"), home)
    assert isinstance(reject, Reject)
    assert (reject.stage, reject.error, reject.is_fault) == ("clean", "KeyError", True)
    assert "issue.txt" in reject.message
    assert "fault of jianbao" in reject.message
    assert "Traceback" in caplog.text
