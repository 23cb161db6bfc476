"""A PDF that cannot be read whole is refused with a sentence, whatever it does to the process that opens it."""

import contextlib
import random
import threading
import time
from pathlib import Path

import psutil
import pytest

from tasks.errors import UnreadableDocumentError
from tasks.read import pages
from tasks.read.document import read_document
from tasks.records import Document, Fetched
from tests.support.faulty_pdf import bomb_of_forms, bomb_of_pages, encrypted, page_with, remapped
from tests.support.newspaper import printed

FONT = b"/Font << /T << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
LINE = "其中，制造业项目9个，总投资47.3亿元；生产性服务业项目3个，总投资10.6亿元。"
SHEET = """#set page(width: 300pt, height: 200pt, margin: 20pt)
#set text(font: "Noto Serif CJK SC", size: 10pt)
"""
PAGE = printed(SHEET + LINE * 3)
DIGITS = [f"{0x30 + digit:04X}" for digit in range(10)]


@pytest.fixture
def without_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "is_installed", lambda: False)


def read(data: bytes, folder: Path, name: str = "第3期.pdf") -> Document:
    (folder / "raw").write_bytes(data)
    return read_document(Fetched("file:///inbox", name, "ab" * 32, len(data), "raw"), folder)


def refusal(data: bytes, folder: Path, name: str = "第3期.pdf") -> str:
    with pytest.raises(UnreadableDocumentError) as raised:
        read(data, folder, name)
    assert str(raised.value).startswith(f"{name}: ")
    return str(raised.value)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        pytest.param(encrypted(), "encrypted with a password. Save it without one", id="encrypted"),
        pytest.param(PAGE[: len(PAGE) // 2], "damaged or cut off", id="cut"),
        pytest.param(b"%PDF-1.7\n", "damaged or cut off", id="head-only"),
        pytest.param(bomb_of_pages(5000), "5000 pages, and an issue has at most 1000", id="pages"),
        pytest.param(page_with(b"", box=b"0 0 200000 200000"), "70556 by 70556 mm", id="huge-page"),
        pytest.param(
            page_with(b"BT /T 9 Tf 1 0 0 1 9 9 Tm " + b"(%s) Tj " % (b"1" * 1000) * 101 + b"ET", FONT),
            "which no printed page does",
            id="too-many-characters",
        ),
    ],
)
def test_a_file_that_cannot_be_opened_says_what_to_do(data, what, tmp_path):
    assert what in refusal(data, tmp_path)


def test_any_damage_is_refused_or_read(tmp_path):
    rng = random.Random(5)
    for _ in range(6):
        damaged = bytearray(PAGE)
        for _ in range(rng.choice([3, 30, 300])):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        # any other error, or a crash of this process, fails the test
        with contextlib.suppress(UnreadableDocumentError):
            read(bytes(damaged), tmp_path)


def children() -> set[psutil.Process]:
    """The processes that this one has started; servers of other tests may be among them."""
    return set(psutil.Process().children())


def test_a_page_that_never_ends_is_given_up(tmp_path):
    (tmp_path / "raw").write_bytes(bomb_of_forms(12, 12))
    file = Fetched("file:///inbox", "bomb.pdf", "ab" * 32, 1, "raw")
    before = children()
    with pytest.raises(UnreadableDocumentError, match="takes longer than 3 seconds"):
        pages.read_pages("pdf", file, tmp_path / "raw", seconds=3.0)
    assert children() <= before


def test_a_reader_that_is_killed_is_a_refusal(tmp_path):
    said: list[str] = []
    before = children()
    reading = threading.Thread(target=lambda: said.append(refusal(bomb_of_forms(12, 12), tmp_path)))
    reading.start()
    until = time.monotonic() + 30
    while not (readers := children() - before) and time.monotonic() < until:
        time.sleep(0.01)
    readers.pop().kill()
    reading.join()
    assert "the reader ended with -9" in said[0]


@pytest.mark.usefixtures("without_recognition")
@pytest.mark.parametrize(
    ("data", "what"),
    [
        pytest.param(PAGE.replace(b"/ToUnicode", b"/ToUnicodx"), "do not say which characters", id="no-table"),
        pytest.param(remapped(PAGE, {code: f"E0{code[2:]}" for code in DIGITS}), "do not say which", id="private-use"),
        pytest.param(remapped(PAGE, dict.fromkeys(DIGITS, "0020")), "its text does not have", id="digits-gone"),
        pytest.param(remapped(PAGE, {"0033": "0020"}), "its text does not have", id="one-digit-gone"),
        pytest.param(remapped(PAGE, {"0033": "FFFD"}), "do not say which characters", id="one-digit-unknown"),
        pytest.param(
            printed(SHEET + "总投资" + "#box(width: 1.2pt, height: 7pt, fill: black)#h(3pt)" * 3 + "亿元，增长较快。"),
            "its text does not have",
            id="digits-as-shapes",
        ),
        pytest.param(
            printed(SHEET + LINE + "#linebreak()#text(fill: white)[总投资99.9亿元。]"),
            "not seen on the page",
            id="white",
        ),
        pytest.param(
            page_with(b"0.5 g 50 50 400 700 re f BT 3 Tr /T 9 Tf 60 60 Td (Total 47.3) Tj ET", FONT),
            "the invisible layer of a scan",
            id="invisible",
        ),
        pytest.param(page_with(b"0 g 50 50 400 700 re f"), "a picture without text", id="picture"),
    ],
)
def test_a_text_layer_that_is_not_the_page_is_never_read(data, what, tmp_path):
    message = refusal(data, tmp_path)
    assert what in message
    assert "page 1 of 1" in message
    assert "pip install 'jianbao[ocr]'" in message


@pytest.mark.usefixtures("without_recognition")
def test_a_sound_page_is_read_and_bullets_of_a_font_are_no_fault(tmp_path):
    bullets = "".join(f"#par[\ue00b {LINE}]" for _ in range(5))
    for source in (SHEET + LINE, SHEET + bullets):
        text = "".join(line.text for page in read(printed(source), tmp_path).pages for line in page)
        assert "总投资47.3亿元" in text


def test_text_printed_twice_for_weight_is_read_once(tmp_path):
    doubled = SHEET + f"#place(top + left, [{LINE}])#place(top + left, dx: 0.3pt, [{LINE}])"
    text = "".join(line.text for page in read(printed(doubled), tmp_path).pages for line in page)
    assert text.replace(" ", "") == LINE


@pytest.mark.usefixtures("without_recognition")
def test_a_picture_without_the_extra_names_it(tmp_path):
    assert "pip install 'jianbao[ocr]'" in refusal(b"\x89PNG\r\n\x1a\n" + bytes(20), tmp_path, "第3期.png")
