"""Asking a web server: what is tried again, what is refused, and that no answer is taken without bounds."""

import gzip
import io
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.errors import RefusedDownloadError, SourceDownError, UnreadableFileError
from tasks.sources.addresses import may_be_asked, shown, split_secrets
from tasks.sources.config import Source, SourceSettings
from tasks.sources.connect import Time
from tasks.sources.seen import remembered
from tasks.sources.web import Web
from tests.support.webserver import Handler, Site, serving


class Clock:
    """A clock that a pause moves on at once; what was slept is in `pauses`."""

    def __init__(self) -> None:
        self.pauses: list[float] = []

    def now(self) -> float:
        return time.time() + sum(self.pauses)

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def clock() -> Clock:
    return Clock()


@contextmanager
def web(site: Site, folder: Path, clock: Clock, **settings: Any) -> Iterator[Web]:
    wanted = {"url": f"{site.url}/", "private": True, "delay_seconds": 0, "robots": False, **settings}
    source = Source("site", SourceSettings(**wanted))
    with remembered(folder / "seen.sqlite") as seen, Web(source, seen, Time(clock.now, clock.sleep)) as opened:
        yield opened


def got(opened: Web, url: str, **more: Any) -> bytes:
    sink = io.BytesIO()
    opened.get(url, sink, **more)
    return sink.getvalue()


def test_a_version_that_is_known_is_not_sent_again(site: Site, tmp_path: Path, clock: Clock) -> None:
    site.pages["/a.txt"] = b"text"
    with web(site, tmp_path, clock) as opened:
        sink = io.BytesIO()
        first = opened.get(f"{site.url}/a.txt", sink)
        assert (first.size, sink.getvalue()) == (4, b"text")
        assert opened.get(f"{site.url}/a.txt", sink, etag=first.etag).is_unchanged
        site.pages["/a.txt"] = b"other"
        assert got(opened, f"{site.url}/a.txt", etag=first.etag) == b"other"
    assert [one.status for one in site.asked] == [200, 304, 200]


def failing(times: int, status: int, **headers: str) -> Any:
    left = [times]

    def answer(handler: Handler) -> None:
        if left[0]:
            left[0] -= 1
            handler.answer(status, b"not now", **headers)
        else:
            handler.answer(200, b"text")

    return answer


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_may_pass_is_tried_again_with_growing_pauses(
    site: Site, tmp_path: Path, clock: Clock, status: int
) -> None:
    site.pages["/a.txt"] = failing(2, status)
    with web(site, tmp_path, clock) as opened:
        assert got(opened, f"{site.url}/a.txt") == b"text"
    first, second = clock.pauses
    assert 0.8 <= first <= 1.2
    assert 3.2 <= second <= 4.8


def test_a_server_that_says_when_is_waited_for(site: Site, tmp_path: Path, clock: Clock) -> None:
    site.pages["/a.txt"] = failing(1, 429, Retry_After="17")
    with web(site, tmp_path, clock) as opened:
        assert got(opened, f"{site.url}/a.txt") == b"text"
    assert clock.pauses == [17.0]


def test_a_server_that_wants_a_long_rest_gets_it_also_from_later_runs(site: Site, tmp_path: Path, clock: Clock) -> None:
    site.pages["/a.txt"] = failing(1, 503, Retry_After="3600")
    for _ in range(3):
        with (
            web(site, tmp_path, clock) as opened,
            pytest.raises(SourceDownError, match=r"left alone for (?:another )?3[56]"),
        ):
            got(opened, f"{site.url}/a.txt")
    assert len(site.asked) == 1
    clock.pauses.append(3601)
    with web(site, tmp_path, clock) as opened:
        assert got(opened, f"{site.url}/a.txt") == b"text"


def test_a_server_that_stays_out_of_order_is_given_up(site: Site, tmp_path: Path, clock: Clock) -> None:
    site.pages["/a.txt"] = failing(99, 500)
    with web(site, tmp_path, clock) as opened, pytest.raises(UnreadableFileError, match="status 500, 3 times"):
        got(opened, f"{site.url}/a.txt")
    assert len(site.asked) == 3


def test_what_the_server_does_not_give_is_not_asked_for_again(site: Site, tmp_path: Path, clock: Clock) -> None:
    with web(site, tmp_path, clock) as opened, pytest.raises(RefusedDownloadError, match=r"a.txt: .*\(status 404\)"):
        got(opened, f"{site.url}/a.txt")
    assert len(site.asked) == 1


def test_nobody_there_is_a_source_that_is_down(tmp_path: Path, clock: Clock) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with (
        web(Site(f"http://127.0.0.1:{port}"), tmp_path, clock) as opened,
        pytest.raises(SourceDownError, match="cannot be reached"),
    ):
        got(opened, f"http://127.0.0.1:{port}/a.txt")
    assert len(clock.pauses) == 2


def redirecting(target: str, status: int = 302) -> Any:
    return lambda handler: handler.answer(status, b"", Location=target)


def test_redirects_are_followed(site: Site, tmp_path: Path, clock: Clock) -> None:
    site.pages |= {"/a": redirecting("/b"), "/b": redirecting(f"{site.url}/c.txt", 308), "/c.txt": b"text"}
    with web(site, tmp_path, clock) as opened:
        assert got(opened, f"{site.url}/a") == b"text"


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("file:///etc/passwd", "redirects from http to file"),
        ("ftp://127.0.0.1/a", "redirects from http to ftp"),
        ("data:text/plain,5", "redirects from http to data"),
        ("http://[::1]:1/a", "a machine of your own network"),
        ("http://127.0.0.2:1/a", "a machine of your own network"),
        ("http://169.254.169.254/latest/meta-data", "a machine of your own network"),
        ("http://0.0.0.0:1/", "a machine of your own network"),
        ("http://[::ffff:127.0.0.1]:1/", "a machine of your own network"),
        ("http://localhost:1/", "a machine of your own network"),
        ("/a", "more than 5 redirects"),
        ("http://[bad/", "no address"),
    ],
)
def test_redirects_that_lead_astray_are_refused(
    site: Site, tmp_path: Path, clock: Clock, target: str, why: str
) -> None:
    site.pages["/a"] = redirecting(target)
    with web(site, tmp_path, clock) as opened, pytest.raises(RefusedDownloadError, match=why):
        got(opened, f"{site.url}/a")


def test_a_machine_of_the_own_network_is_not_asked_unless_it_is_allowed(
    site: Site, tmp_path: Path, clock: Clock
) -> None:
    site.pages["/a.txt"] = b"text"
    with (
        web(site, tmp_path, clock, private=False) as opened,
        pytest.raises(RefusedDownloadError, match=r"127.0.0.1 is 127.0.0.1, .* private: true in sources.yml"),
    ):
        got(opened, f"{site.url}/a.txt")
    assert site.asked == []


def test_a_name_that_leads_to_the_own_network_is_refused_when_it_is_asked(
    site: Site, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The name server's first answer is a public address, the second one is not: only the second is connected to.
    answers = iter(["93.184.216.34", "127.0.0.1"])
    real = socket.getaddrinfo

    def rebinding(host: str, *words: Any, **more: Any) -> Any:
        return real(next(answers) if host == "rebinding.example" else host, *words, **more)

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    socket.getaddrinfo("rebinding.example", 80)
    port = site.url.rpartition(":")[2]
    with (
        web(site, tmp_path, clock) as opened,
        pytest.raises(RefusedDownloadError, match=r"rebinding.example is 127.0.0.1"),
    ):
        got(opened, f"http://rebinding.example:{port}/a.txt")
    assert site.asked == []


def test_what_is_secret_is_not_sent_to_another_machine(site: Site, tmp_path: Path, clock: Clock) -> None:
    with serving() as other:
        other.pages["/b.txt"] = b"text"
        site.pages["/a"] = redirecting(other.url.replace("127.0.0.1", "localhost") + "/b.txt")
        more = {"headers": {"X-Who": "we"}, "hosts": ["localhost"]}
        with web(site, tmp_path, clock, **more) as opened:
            assert got(opened, f"{site.url}/a") == b"text"
        assert other.asked[0].headers["X-Who"] == "we", "it belongs to the source"
        site.pages["/a"] = redirecting(f"{other.url}/b.txt")
        with web(site, tmp_path, clock, url="http://localhost/", hosts=["127.0.0.1"]) as opened:
            assert got(opened, f"{site.url}/a") == b"text"
    assert "X-Who" not in other.asked[1].headers


def endless(handler: Handler) -> None:
    handler.note(200, 0)
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"10000\r\n" + bytes(0x10000) + b"\r\n")
    except OSError:
        handler.close_connection = True


def slow(handler: Handler) -> None:
    handler.note(200, 0)
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    try:
        for _ in range(1000):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)
    except OSError:
        handler.close_connection = True


def bomb(handler: Handler) -> None:
    handler.answer(200, gzip.compress(bytes(40 << 20)), Content_Encoding="gzip")


def boasting(handler: Handler) -> None:
    handler.note(200, 0)
    handler.send_response(200)
    handler.send_header("Content-Length", str(1 << 40))
    handler.end_headers()
    handler.close_connection = True


@pytest.mark.parametrize("answer", [endless, bomb, boasting])
def test_an_answer_without_end_is_broken_off(answer: Any, site: Site, tmp_path: Path, clock: Clock) -> None:
    site.pages["/a.txt"] = answer
    sink = io.BytesIO()
    with (
        web(site, tmp_path, clock, most_megabytes=2) as opened,
        pytest.raises(RefusedDownloadError, match="larger than 2 MiB"),
    ):
        opened.get(f"{site.url}/a.txt", sink)
    assert len(sink.getvalue()) <= 2 << 20
    assert len(site.asked) == 1


def test_an_answer_that_trickles_is_broken_off(site: Site, tmp_path: Path, clock: Clock) -> None:
    site.pages["/a.txt"] = slow
    with (
        web(site, tmp_path, clock, most_seconds=0.3) as opened,
        pytest.raises(SourceDownError, match=r"not whole in time \(most_seconds"),
    ):
        got(opened, f"{site.url}/a.txt")


def test_a_packed_answer_is_unpacked(site: Site, tmp_path: Path, clock: Clock) -> None:
    text = "第15期".encode() * 50_000
    site.pages["/a.txt"] = lambda handler: handler.answer(200, gzip.compress(text), Content_Encoding="gzip")
    site.pages["/b.txt"] = lambda handler: handler.answer(200, b"...", Content_Encoding="br")
    site.pages["/c.txt"] = lambda handler: handler.answer(200, gzip.compress(text)[:-20], Content_Encoding="gzip")
    with web(site, tmp_path, clock) as opened:
        assert got(opened, f"{site.url}/a.txt") == text
        with pytest.raises(RefusedDownloadError, match="packs it as br"):
            got(opened, f"{site.url}/b.txt")
        with pytest.raises(SourceDownError, match="breaks off"):
            got(opened, f"{site.url}/c.txt")


def test_questions_are_spread_and_robots_txt_is_kept_to(site: Site, tmp_path: Path, clock: Clock) -> None:
    site.pages |= {"/a.txt": b"a", "/b.txt": b"b", "/private/c.txt": b"c"}
    site.pages["/robots.txt"] = b"User-agent: *\nDisallow: /private/\nCrawl-delay: 5\n"
    with web(site, tmp_path, clock, robots=True, delay_seconds=2) as opened:
        for name in ("a.txt", "b.txt"):
            got(opened, f"{site.url}/{name}")
        with pytest.raises(RefusedDownloadError, match=r"robots.txt"):
            got(opened, f"{site.url}/private/c.txt")
    assert [one.path for one in site.asked] == ["/robots.txt", "/a.txt", "/b.txt"]
    assert [round(pause) for pause in clock.pauses] == [5, 5]
    with web(site, tmp_path, clock, robots=True) as opened:
        got(opened, f"{site.url}/a.txt")
    assert [one.path for one in site.asked].count("/robots.txt") == 1, "it is remembered for a day"


def test_a_robots_txt_that_fails_is_no_leave(site: Site, tmp_path: Path, clock: Clock) -> None:
    site.pages |= {"/a.txt": b"a", "/robots.txt": failing(99, 500)}
    with web(site, tmp_path, clock, robots=True) as opened:
        for _ in range(2):
            with pytest.raises(UnreadableFileError, match=r"robots.txt: the server answers with status 500"):
                got(opened, f"{site.url}/a.txt")
    assert "/a.txt" not in site.paths()


@pytest.mark.parametrize(
    ("address", "public", "private"),
    [
        ("93.184.216.34", True, True),
        ("2606:2800:220:1:248:1893:25c8:1946", True, True),
        ("127.0.0.1", False, True),
        ("::1", False, True),
        ("10.1.2.3", False, True),
        ("192.168.0.1", False, True),
        ("172.16.0.1", False, True),
        ("fd00::1", False, True),
        ("100.64.0.1", False, False),
        ("169.254.169.254", False, False),
        ("fe80::1%eth0", False, False),
        ("0.0.0.0", False, False),
        ("::", False, False),
        ("224.0.0.1", False, False),
        ("255.255.255.255", False, False),
        ("::ffff:10.0.0.1", False, True),
        ("::ffff:169.254.169.254", False, False),
        ("64:ff9b::7f00:1", False, True),
        ("2002:7f00:1::", False, True),
    ],
)
def test_which_machines_may_be_asked(address: str, public: bool, private: bool) -> None:
    assert may_be_asked(address, private=False) is public
    assert may_be_asked(address, private=True) is private


@given(st.integers(0, 2**32 - 1))
def test_an_address_in_another_one_counts_as_that_one(number: int) -> None:
    import ipaddress

    inner = ipaddress.IPv4Address(number)
    for wrapped in (
        ipaddress.IPv6Address(0xFFFF_0000_0000 | number),
        ipaddress.IPv6Address((0x64_FF9B << 96) | number),
    ):
        for private in (True, False):
            assert may_be_asked(str(wrapped), private=private) is may_be_asked(str(inner), private=private)


@pytest.mark.parametrize(
    ("url", "seen", "secrets"),
    [
        ("https://example.org/a.pdf", "https://example.org/a.pdf", ()),
        ("https://u:p@example.org/a", "https://example.org/a", ("u:p",)),
        ("https://example.org/a?id=5&token=abc#x", "https://example.org/a?id=5&token=…", ("abc",)),
        ("https://example.org/a?X-Amz-Signature=5f&x=1", "https://example.org/a?X-Amz-Signature=…&x=1", ("5f",)),
        ("https://example.org/a?monkey=5", "https://example.org/a?monkey=5", ()),
    ],
)
def test_what_is_secret_in_an_address_is_not_shown(url: str, seen: str, secrets: tuple[str, ...]) -> None:
    assert shown(url) == seen
    assert split_secrets(url) == secrets
