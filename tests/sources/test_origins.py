"""What is known of a source's files from the last time, and that a change of them is found all the same."""

import io
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import fsspec
import pytest
import yaml

from tasks.errors import ArchiveError, RefusedDownloadError, SourceDownError, UnreadableFileError, UsageError
from tasks.records import FoundIssue, IssueFiles
from tasks.sources import origins as module
from tasks.sources.config import environment
from tasks.sources.connect import Time
from tasks.sources.group import fetch_issue
from tasks.sources.origins import Origins, Scan, check_words, opened_origins
from tests.support.webserver import Handler, Site, serving
from warehouse.home import Home

HOUR = 3600.0
DAY = 24 * HOUR


class Clock:
    """Ours, moved on by hand; a pause moves it on as well."""

    def __init__(self) -> None:
        self.ahead = 2 * HOUR

    def now(self) -> float:
        return time.time() + self.ahead

    def sleep(self, seconds: float) -> None:
        self.ahead += seconds


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home.at(tmp_path / "home")
    home.prepare()
    return home


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@contextmanager
def opened(home: Home, clock: Clock, *, full: bool = False) -> Iterator[Origins]:
    with opened_origins(home, environment, full=full, clock=Time(clock.now, clock.sleep)) as origins:
        yield origins


def configure(home: Home, **sources: dict) -> None:
    home.sources.write_text(yaml.safe_dump(sources, allow_unicode=True), encoding="utf-8")


def local(site: Site, page: str = "/list/", **settings: object) -> dict[str, object]:
    """The settings of a source on the test's server."""
    return {"url": f"{site.url}{page}", "private": True, "delay_seconds": 0, **settings}


def scanned(home: Home, clock: Clock, *words: str, full: bool = False) -> Scan:
    with opened(home, clock, full=full) as origins:
        return origins.scan(words)


def ingested(home: Home, clock: Clock, *words: str, full: bool = False) -> dict[str, bytes]:
    """What a run gets: the bytes of every file by name, all of them in the raw store."""
    with opened(home, clock, full=full) as origins:
        scan = origins.scan(words)
        issues = [*scan.files]
        for issue in scan.pending:
            issues += origins.fetch(issue).files
    for issue in issues:
        fetch_issue(issue, home)
    return {file.source_uri: (home.root / file.raw_path).read_bytes() for one in issues for file in one.every_file}


def names(issues: tuple[IssueFiles | FoundIssue, ...]) -> list[str]:
    return [issue.name for issue in issues]


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files whose bytes were looked at."""
    seen: list[str] = []
    real = module.identify

    def noting(found: module.Found, home: Home) -> module.Fetched:
        seen.append(found.file_name)
        return real(found, home)

    monkeypatch.setattr(module, "identify", noting)
    return seen


def test_an_unchanged_file_is_not_hashed_again(home: Home, clock: Clock, hashed: list[str]) -> None:
    (home.inbox / "a.txt").write_text("text")
    first = scanned(home, clock).files
    assert scanned(home, clock).files == first
    assert hashed == ["a.txt"]
    assert scanned(home, clock, full=True).files == first
    assert hashed == ["a.txt", "a.txt"]


def test_a_file_of_the_last_minute_is_hashed_again(home: Home, clock: Clock, hashed: list[str]) -> None:
    clock.ahead = 0
    path = home.inbox / "a.txt"
    path.write_text("1234")
    first = scanned(home, clock).files
    status = path.stat()
    path.write_text("5678")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert scanned(home, clock).files != first
    assert hashed == ["a.txt", "a.txt"]


@pytest.mark.parametrize("how", ["rewritten", "rewritten and dated back", "replaced", "grown"])
def test_a_change_is_found(home: Home, clock: Clock, how: str) -> None:
    path = home.inbox / "a.txt"
    path.write_text("1234")
    first = scanned(home, clock).files
    before = path.stat()
    if how == "replaced":
        other = home.root / "other"
        other.write_text("5678")
        other.rename(path)
    else:
        path.write_text("5678" if how != "grown" else "56789")
    if how != "grown":
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert scanned(home, clock).files != first


def test_a_memory_that_is_damaged_or_gone_costs_a_look_and_no_more(home: Home, clock: Clock, hashed: list[str]) -> None:
    (home.inbox / "a.txt").write_text("text")
    first = scanned(home, clock).files
    home.seen.write_bytes(b"nonsense" * 2000)
    assert scanned(home, clock).files == first
    home.seen.unlink()
    assert scanned(home, clock).files == first
    assert hashed == ["a.txt"] * 3


def archive(path: Path, files: dict[str, bytes]) -> Path:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    path.write_bytes(buffer.getvalue())
    return path


ISSUES = {
    "2024-03/p1.txt": b"one",
    "2024-03/p2.txt": b"two",
    "2024-04.txt": b"four",
    "2024-04.meta.yaml": b"number: 4",
    "__MACOSX/._2024-04.txt": b"rubbish",
    ".DS_Store": b"rubbish",
}
PLACES = {"2024-03/p1.txt", "2024-03/p2.txt", "2024-04.txt", "2024-04.meta.yaml"}


def test_an_archive_is_a_folder(home: Home, clock: Clock) -> None:
    archive(home.inbox / "2024.zip", ISSUES)
    scan = scanned(home, clock)
    assert names(scan.files) == ["2024-03", "2024-04.txt"]
    got = ingested(home, clock)
    assert got == {f"inbox/2024.zip!/{name}": ISSUES[name] for name in PLACES}


def test_a_file_of_an_archive_is_mended_from_it(home: Home, clock: Clock) -> None:
    archive(home.inbox / "2024.zip", ISSUES)
    ingested(home, clock)
    for path in home.raw.glob("*/*"):
        path.unlink()
    assert set(ingested(home, clock).values()) == {ISSUES[name] for name in PLACES}


def test_an_unchanged_archive_is_not_opened_again(home: Home, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    archive(home.inbox / "2024.zip", ISSUES)
    first = scanned(home, clock).files
    monkeypatch.setattr(module, "members_of", None)
    assert scanned(home, clock).files == first


def test_an_archive_that_would_escape_is_refused_with_its_hash(home: Home, clock: Clock) -> None:
    archive(home.inbox / "bad.zip", {"../../etc/cron.d/a.txt": b"text"})
    (home.inbox / "good.txt").write_text("text")
    scan = scanned(home, clock)
    assert names(scan.files) == ["good.txt"]
    ((issue, error),) = scan.failed
    assert isinstance(error, ArchiveError)
    assert isinstance(issue, IssueFiles)
    with opened(home, clock) as origins:
        again = origins.scan((), frozenset({issue.sha256}))
    assert names(again.files) == ["bad.zip", "good.txt"], "the ledger knows that it is refused"
    assert again.failed == ()


def test_a_page_that_lists_issues_is_read_once(home: Home, clock: Clock, site: Site) -> None:
    site.pages |= {"/f/a.txt": b"one", "/f/b.txt": b"two", "/f/logo.png": b"png"}
    site.list_links("../f/a.txt", "/f/b.txt#top", "/f/logo.png", "https://elsewhere.example/c.txt", "mailto:a@b.c")
    configure(home, site=local(site))
    assert ingested(home, clock) == {f"{site.url}/f/a.txt": b"one", f"{site.url}/f/b.txt": b"two"}
    del site.asked[:]
    second = scanned(home, clock)
    assert (names(second.files), second.pending) == (["a.txt", "b.txt"], ())
    assert [(one.path, one.status) for one in site.asked] == [("/list/", 304)]
    site.pages["/f/c.txt"] = b"three"
    site.list_links("/f/a.txt", "/f/b.txt", "/f/c.txt")
    assert len(ingested(home, clock)) == 3
    assert site.bodies() == ["/list/", "/f/c.txt"]


def test_a_corrected_document_under_the_same_address_is_found_in_time(home: Home, clock: Clock, site: Site) -> None:
    site.pages |= {f"/{name}.txt": name.encode() for name in "abc"}
    site.list_links("/a.txt", "/b.txt", "/c.txt")
    configure(home, site=local(site, recheck_days=2, rechecks_a_run=2))
    ingested(home, clock)
    site.pages["/c.txt"] = b"corrected"
    clock.ahead += DAY
    assert scanned(home, clock).pending == ()
    clock.ahead += DAY
    del site.asked[:]
    assert len(scanned(home, clock).pending) == 2
    ingested(home, clock)
    got = ingested(home, clock)
    assert got[f"{site.url}/c.txt"] == b"corrected"
    assert site.bodies() == ["/c.txt"], "the others are asked for by their versions"
    assert ingested(home, clock, full=True) == got
    assert site.bodies() == ["/c.txt", "/list/", "/a.txt", "/b.txt", "/c.txt"]


def test_a_document_that_is_gone_when_it_is_looked_at_again_stays_known(home: Home, clock: Clock, site: Site) -> None:
    site.pages["/a.txt"] = b"text"
    site.list_links("/a.txt")
    configure(home, site=local(site, recheck_days=1))
    first = ingested(home, clock)
    del site.pages["/a.txt"]
    clock.ahead += 2 * DAY
    assert ingested(home, clock) == first


def test_lists_go_on_over_pages_feeds_and_sitemaps(home: Home, clock: Clock, site: Site) -> None:
    site.pages |= {f"/{name}.pdf": b"%PDF-" for name in "abcd"}
    site.list_links("/a.pdf", "/list/2.html")
    site.list_links("/b.pdf", "/list/", "/rss.xml", page="/list/2.html")
    site.pages["/rss.xml"] = (
        b'<?xml version="1.0"?><rss><item><link>/c.pdf</link><enclosure url="/d.pdf"/></item></rss>'
    )
    configure(home, site=local(site, follow=r"/list/\d|\.xml$"))
    assert [issue.source_uri[-5] for issue in scanned(home, clock).pending] == list("abcd")


def test_an_address_may_be_a_document_or_a_page_that_is_one(home: Home, clock: Clock, site: Site) -> None:
    site.pages |= {"/a.txt": b"text", "/issue": b"<html><p>text</p><a href='/'>up</a></html>"}
    configure(home, site=local(site, page=""))
    assert ingested(home, clock, f"{site.url}/a.txt") == {f"{site.url}/a.txt": b"text"}
    assert ingested(home, clock, f"{site.url}/issue") == {f"{site.url}/issue": site.pages["/issue"]}


def test_a_configured_page_that_lists_nothing_is_said(home: Home, clock: Clock, site: Site) -> None:
    site.pages["/list/"] = b"<html><p>We have moved.</p></html>"
    configure(home, site=local(site, documents=r"\.docx$"))
    with opened(home, clock) as origins:
        assert origins.scan(()) == Scan((), (), (), ())
        (down,) = origins.down
    assert r"lists no link that fits '\\.docx$'" in down.message


def test_an_archive_on_the_web_may_hold_several_issues(home: Home, clock: Clock, site: Site, tmp_path: Path) -> None:
    site.pages["/2024.zip"] = archive(tmp_path / "a.zip", ISSUES).read_bytes()
    site.list_links("/2024.zip")
    configure(home, site=local(site, recheck_days=1))
    expected = {f"{site.url}/2024.zip!/{name}": ISSUES[name] for name in PLACES}
    assert ingested(home, clock) == expected
    del site.asked[:]
    assert ingested(home, clock) == expected
    assert site.bodies() == []
    site.pages["/2024.zip"] = archive(tmp_path / "a.zip", ISSUES | {"2024-04.txt": b"new"}).read_bytes()
    clock.ahead += DAY
    assert ingested(home, clock) == expected | {f"{site.url}/2024.zip!/2024-04.txt": b"new"}


def test_a_bad_archive_on_the_web_is_said_with_its_hash(home: Home, clock: Clock, site: Site, tmp_path: Path) -> None:
    site.pages["/a.zip"] = archive(tmp_path / "a.zip", {"/etc/passwd": b"x"}).read_bytes()
    site.list_links("/a.zip")
    configure(home, site=local(site))
    with opened(home, clock) as origins:
        (issue,) = origins.scan(()).pending
        ((failed, error),) = origins.fetch(issue).failed
    assert isinstance(failed, IssueFiles)
    assert isinstance(error, ArchiveError)
    with opened(home, clock) as origins:
        (known,) = origins.scan((), frozenset({failed.sha256})).files
    assert known == failed


def test_pages_of_an_issue_on_the_web_are_one_issue(home: Home, clock: Clock, site: Site) -> None:
    pages = {"/2024-03_p2.txt": b"two", "/2024-03_p1.txt": b"one"}
    site.pages |= pages
    site.list_links(*pages)
    configure(home, site=local(site))
    with opened(home, clock) as origins:
        (issue,) = origins.scan(()).pending
        (whole,) = origins.fetch(issue).files
    assert [file.file_name for file in whole.files] == ["2024-03_p1.txt", "2024-03_p2.txt"]


def test_what_is_offered_twice_is_one_issue(home: Home, clock: Clock, site: Site) -> None:
    site.pages["/a.txt"] = b"text"
    site.list_links("/a.txt", "/a.txt#2")
    (home.inbox / "b.txt").write_text("text")
    configure(home, one=local(site), two=local(site), inbox={"url": "inbox"})
    scan = scanned(home, clock)
    assert (names(scan.files), names(scan.pending)) == (["b.txt"], ["a.txt"])
    place = str(home.inbox / "b.txt")
    assert names(scanned(home, clock, place, f"{home.inbox}/./b.txt", "inbox").files) == ["b.txt"]


def test_a_long_list_is_fetched_in_portions_unless_it_is_named(home: Home, clock: Clock, site: Site) -> None:
    paths = [f"/{number}.txt" for number in range(5)]
    site.pages |= {path: path.encode() for path in paths}
    site.list_links(*paths)
    configure(home, site=local(site, documents_a_run=2, recheck_days=0))
    assert names(scanned(home, clock, "site").pending) == [path[1:] for path in paths]
    for expected in (2, 4, 5):
        ingested(home, clock)
        assert len({path for path in site.paths() if path.endswith(".txt")}) == expected, "new ones come first"
    assert len(scanned(home, clock).later) == 3


def busy(handler: Handler) -> None:
    handler.answer(500, b"")


def test_a_source_that_is_down_stops_no_other(home: Home, clock: Clock, site: Site, tmp_path: Path) -> None:
    (home.inbox / "a.txt").write_text("text")
    site.pages |= {"/down/": busy, "/up/": b"<a href=/b.txt>b</a>"}
    configure(
        home,
        down=local(site, "/down/"),
        folder={"url": str(tmp_path / "gone")},
        secret=local(site, headers={"Authorization": "${NOT_SET}"}),
        bucket={"url": "gs://bucket/"},
        off={"url": "http://127.0.0.1:1/", "enabled": False},
        up=local(site, "/up/"),
    )
    with opened(home, clock) as origins:
        scan = origins.scan(())
        down = {one.name: one.message for one in origins.down}
    assert (names(scan.files), names(scan.pending)) == (["a.txt"], ["b.txt"])
    assert set(down) == {"down", "folder", "secret", "bucket"}
    assert "status 500" in down["down"]
    assert "no such file or folder" in down["folder"]
    assert "${NOT_SET} has no value" in down["secret"]
    assert "pip install 'gcsfs'" in down["bucket"]


def test_a_document_that_fails_is_left_alone_for_a_while(home: Home, clock: Clock, site: Site) -> None:
    site.pages |= {"/a.txt": b"text"}
    site.list_links("/a.txt", "/gone.txt")
    configure(home, site=local(site))
    with opened(home, clock) as origins:
        first, gone = origins.scan(()).pending
        origins.fetch(first)
        with pytest.raises(RefusedDownloadError, match="status 404") as raised:
            origins.fetch(gone)
        asked = len(site.asked)
        for _ in range(3):
            assert origins.give_up(gone, raised.value), "the document is to blame"
            with pytest.raises(RefusedDownloadError):
                origins.fetch(gone)
        assert len(site.asked) == asked, "not in this run, whose tasks are tried again"
        assert origins.down == ()
    again = scanned(home, clock)
    assert (names(again.files), names(again.waiting), again.pending) == (["a.txt"], ["gone.txt"], ())
    assert names(scanned(home, clock, "site").pending) == ["gone.txt"], "who names it wants it now"
    clock.ahead += HOUR
    assert names(scanned(home, clock).pending) == ["gone.txt"]


def test_a_source_that_fails_again_and_again_is_down(home: Home, clock: Clock, site: Site) -> None:
    paths = [f"/{number}.txt" for number in range(8)]
    site.pages |= dict.fromkeys(paths, busy)
    site.list_links(*paths)
    configure(home, site=local(site))
    tried = 0
    with opened(home, clock) as origins:
        for issue in origins.scan(()).pending:
            if origins.is_down(issue):
                continue
            tried += 1
            with pytest.raises(UnreadableFileError) as raised:
                origins.fetch(issue)
            origins.give_up(issue, raised.value)
        assert [down.name for down in origins.down] == ["site"]
    assert tried == 5


def test_a_run_that_is_killed_has_lost_what_it_was_fetching(home: Home, clock: Clock, site: Site) -> None:
    site.pages |= {f"/{name}.txt": name.encode() for name in "abc"}
    site.list_links("/a.txt", "/b.txt", "/c.txt")
    configure(home, site=local(site))
    with opened(home, clock) as origins:
        origins.fetch(origins.scan(()).pending[0])
        # The next one begins while the first holds what it knows: as behind a kill.
        second = scanned(home, clock)
    assert (names(second.files), names(second.pending)) == (["a.txt"], ["b.txt", "c.txt"])


@pytest.fixture
def bucket() -> Iterator[Callable[[str, bytes], None]]:
    files = fsspec.filesystem("memory")
    yield lambda name, data: files.pipe(f"/bulletins/{name}", data)
    files.rm("/bulletins", recursive=True)


def test_a_bucket_is_listed_and_only_what_changed_is_fetched(
    home: Home, clock: Clock, bucket: Callable[[str, bytes], None]
) -> None:
    for name, data in ISSUES.items():
        bucket(name, data)
    configure(home, bucket={"url": "memory://bulletins"})
    expected = {f"memory://bulletins/{name}": ISSUES[name] for name in PLACES}
    assert ingested(home, clock) == expected
    assert names(scanned(home, clock).files) == ["2024-03", "2024-04.txt"]
    bucket("2024-03/p2.txt", b"corrected")
    (changed,) = scanned(home, clock).pending
    assert changed.name == "2024-03"
    assert ingested(home, clock) == expected | {"memory://bulletins/2024-03/p2.txt": b"corrected"}


def test_a_bucket_takes_only_what_is_wanted_and_not_too_large(
    home: Home, clock: Clock, bucket: Callable[[str, bytes], None]
) -> None:
    bucket("a.txt", b"x" * (1 << 20))
    bucket("b.txt", b"x" * (1 << 20) + b"x")
    bucket("c.csv", b"x")
    configure(home, bucket={"url": "memory://bulletins", "documents": r"\.txt$", "most_megabytes": 1})
    with opened(home, clock) as origins:
        first, second = origins.scan(()).pending
        origins.fetch(first)
        with pytest.raises(RefusedDownloadError, match="larger than 1 MiB"):
            origins.fetch(second)


def test_an_empty_bucket_is_said(home: Home, clock: Clock) -> None:
    configure(home, bucket={"url": "memory://nothing"})
    with opened(home, clock) as origins:
        origins.scan(())
        assert "nothing lies there" in origins.down[0].message or "no such place" in origins.down[0].message


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("nowhere.txt", "there is no such file or folder"),
        ("gopher://example.org/", "no source that jianbao reads"),
        ("file:///etc/passwd", "no source that jianbao reads"),
        ("simplecache::s3://a/b", "no source that jianbao reads|no such file"),
        ("sftp://example.org/a", "pip install 'paramiko'"),
        ("https://u:secret@example.org/", "does not belong on the command line"),
        ("https://example.org/?token=secret", "does not belong on the command line"),
    ],
)
def test_a_word_that_names_nothing_is_said_before_the_run(home: Home, word: str, sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence) as raised:
        check_words([word], home)
    assert "secret" not in str(raised.value).replace("of the secret", "")


def test_there_is_nothing_to_look_at(home: Home, site: Site) -> None:
    assert check_words([], home) is None
    configure(home, off=local(site, enabled=False))
    assert check_words([], home) is None
    configure(home, on=local(site))
    assert check_words([], home) == []
    assert check_words(["on", "https://example.org/"], home) == ["on", "https://example.org/"]
    shutil.copy(__file__, home.inbox / "a.txt")
    assert check_words([str(home.inbox)], home) == [str(home.inbox)]


def test_a_bucket_that_names_a_machine_of_the_own_network_is_refused(home: Home, clock: Clock) -> None:
    options = {"endpoint_url": "http://127.0.0.1:9"}
    configure(home, bucket={"url": "s3://bulletins", "options": options}, files={"url": "ftp://10.0.0.1/a"})
    with opened(home, clock) as origins:
        origins.scan(())
        assert ["machine of your own network" in down.message for down in origins.down] == [True, True]


def test_a_server_that_is_gone_is_a_source_that_is_down(home: Home, clock: Clock) -> None:
    configure(home, site={"url": "http://127.0.0.1:1/", "private": True})
    with opened(home, clock) as origins:
        origins.scan(("site",))
        (down,) = origins.down
    assert "cannot be reached" in down.message
    assert issubclass(SourceDownError, Exception)


DYING = """
import os, sys
from tasks.sources.config import environment
from tasks.sources.origins import opened_origins
from warehouse.home import Home

with opened_origins(Home.at(sys.argv[1]), environment) as origins:
    for issue in origins.scan(("site",)).pending:
        origins.fetch(issue)
"""


def test_a_kill_while_a_document_arrives_costs_that_document(home: Home, clock: Clock, site: Site) -> None:
    site.pages |= {"/a.txt": b"one", "/c.txt": b"three"}
    site.list_links("/a.txt", "/b.txt", "/c.txt")
    configure(home, site=local(site))
    dying = subprocess.Popen([sys.executable, "-c", DYING, str(home.root)], cwd=Path(__file__).parents[2])

    def killing(handler: Handler) -> None:
        handler.note(200, 0)
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"half of i")
        handler.wfile.flush()
        dying.kill()
        handler.close_connection = True

    site.pages["/b.txt"] = killing
    assert dying.wait() == -signal.SIGKILL
    site.pages["/b.txt"] = b"two"
    del site.asked[:]
    assert set(ingested(home, clock).values()) == {b"one", b"two", b"three"}
    assert site.bodies() == ["/b.txt", "/c.txt"]
    assert len(list(home.raw.glob("*/*"))) == 3
