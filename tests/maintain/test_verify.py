"""Every promise that is broken by hand is found, and nothing is found in a sound store."""

import contextlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from flows.documents import read_file
from tasks.extract.issue import EXTRACTOR_VERSION
from tasks.load.run import Reject
from tasks.maintain.verify import Store, verify
from tasks.records import IssueFiles, ReadIssue
from tests.support.bulletins import VERSION, bulletin, drop, read_bulletin
from tests.support.loading import load, read_text
from warehouse.catalog import open_reader, open_writer
from warehouse.home import Home


def broken(home: Home, read: Callable[[IssueFiles], ReadIssue | Reject] | None = None) -> dict[str, str]:
    """The promises that are broken, with the first sentence of each."""
    with contextlib.closing(open_reader(home)) as connection:
        findings = list(verify(Store(home, connection), VERSION, read or (lambda files: read_bulletin(files, home))))
    assert len(findings) == 12
    return {finding.promise: finding.problems[0] for finding in findings if finding.problems}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home.at(tmp_path_factory.mktemp("sound") / "home")
    home.prepare()
    for seed in range(3):
        drop(home, f"{seed}.txt", bulletin(seed))
    drop(home, "bad.txt", "no article\n")
    load(home)
    drop(home, "1.txt", bulletin(1).replace("2.5亿元", "9.5亿元"))
    load(home)
    return home


@pytest.fixture
def home(sound: Home, tmp_path: Path) -> Home:
    return Home.at(shutil.copytree(sound.root, tmp_path / "home"))


def test_a_sound_store_keeps_every_promise(sound: Home) -> None:
    assert broken(sound) == {}


BY_SQL = [
    ("DELETE FROM metrics WHERE quote = '9.5亿元'", "an issue is there whole", "has 2, 1, 1"),
    ("DELETE FROM issues WHERE revision = 2", "every row belongs to one published issue", "is not published"),
    ("INSERT INTO issues FROM issues", "every row belongs to one published issue", "stands there 2 times"),
    ("INSERT INTO documents FROM documents", "the ledger knows every text once", "is published 2 times"),
    ("DELETE FROM revisions WHERE revision = 2", "the ledger knows every text once", "has revision 2"),
    ("UPDATE metrics SET span_start = span_start - 1", "every quote stands where it is said to stand", "is not"),
    ("UPDATE articles SET body = replace(body, '亿', '万')", "every quote stands where it is said to stand", "is not"),
    ("UPDATE paragraphs SET text = text || '。'", "paragraphs make up the body", "are not its body"),
    ("UPDATE rejects SET message = ''", "what could not be read has its reason", "without a reason"),
    ("UPDATE metrics SET period_basis = 'issue', period_start = '2023-02-01', period_end = '2023-01-01'",
     "the issue's date is the only clock", "ends before it begins"),
    ("UPDATE metrics SET part_of = 'nowhere'", "what a row refers to is there", "part of nowhere"),
    ("UPDATE metrics SET indicator_code = 'no.such'", "what a row refers to is there", "not in indicators"),
    ("UPDATE metrics SET value = value + 1", "the same bytes and rules give the same rows", "rows of metrics"),
    ("DELETE FROM asides", "every printing character stands in an article or aside", "characters differ"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "promise", "words"), BY_SQL, ids=[row[0][:40] for row in BY_SQL])
def test_rows_that_were_tampered_with(home: Home, statement: str, promise: str, words: str) -> None:
    with contextlib.closing(open_writer(home)) as connection:
        connection.execute(statement)
    assert words in broken(home)[promise]


def test_a_raw_file_that_is_missing_or_damaged(home: Home) -> None:
    first, second = sorted(home.raw.glob("*/*"))[:2]
    first.unlink()
    second.chmod(0o644)
    second.write_bytes(b"other bytes")
    with contextlib.closing(open_reader(home)) as connection:
        findings = {f.promise: f for f in verify(Store(home, connection), VERSION, None)}
    problems = findings["the bytes as received are all there, unchanged"].problems
    assert [sentence.split(" is ")[1].split(":")[0] for sentence in problems] == ["missing", "damaged"]


def test_a_parquet_file_that_is_missing_or_unknown(home: Home) -> None:
    (home.table("metrics") / "stray.parquet").write_bytes(b"")
    assert "stray.parquet is not known" in broken(home)["catalog and files agree"]


def test_an_issue_that_cannot_be_read_again(home: Home) -> None:
    found = broken(home, lambda files: read_file(files, Home(home.root / "elsewhere")))
    assert "could not be read again" in found["the same bytes and rules give the same rows"]


def test_an_issue_of_several_files_with_articles_that_go_on_in_another(home: Home) -> None:
    pages = Path(__file__).parents[1] / "gold" / "open-5" / "source"
    load(home, [str(pages)], read=read_text)
    with contextlib.closing(open_reader(home)) as connection:
        findings = list(verify(Store(home, connection), EXTRACTOR_VERSION, lambda files: read_text(files, home)))
    assert [finding.problems for finding in findings if finding.problems] == []
