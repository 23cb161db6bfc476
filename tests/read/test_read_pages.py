"""Text as pages of numbered lines, from which nothing is lost."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.read.document import read_document
from tasks.records import Document, Fetched


def read(text: str, name: str = "issue.txt") -> Document:
    with TemporaryDirectory() as folder:
        (Path(folder) / "raw").write_bytes(text.encode())
        return read_document(Fetched("file:///inbox", name, "ab" * 32, len(text.encode()), "raw"), Path(folder))


def lines(document: Document) -> list[list[tuple[str, int, int]]]:
    return [[(line.text, line.page, line.number) for line in page] for page in document.pages]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    assert lines(read(f"甲{end}{end}乙")) == [[("甲", 1, 1), ("", 1, 2), ("乙", 1, 3)]]


def test_a_line_end_at_the_end_opens_an_empty_line() -> None:
    assert lines(read("甲\n")) == [[("甲", 1, 1), ("", 1, 2)]]


def test_a_form_feed_begins_a_page_and_lines_are_numbered_through() -> None:
    assert lines(read("甲\n乙\n\f丙\n丁")) == [
        [("甲", 1, 1), ("乙", 1, 2), ("", 1, 3)],
        [("丙", 2, 3), ("丁", 2, 4)],
    ]


def test_two_form_feeds_leave_an_empty_page() -> None:
    assert [len(page) for page in read("甲\f\f乙").pages] == [1, 1, 1]


def test_white_space_inside_a_line_stays() -> None:
    assert lines(read("　　甲 乙\t丙 ")) == [[("　　甲 乙\t丙 ", 1, 1)]]


def test_other_separators_are_no_line_ends() -> None:
    text = "甲\u2028乙\x0b丙丁"
    assert lines(read(text)) == [[(text, 1, 1)]]


@pytest.mark.parametrize("name", ["issue.txt", "issue.TXT", "issue.text", "issue"])
def test_names_of_text_dumps(name: str) -> None:
    assert lines(read("甲。", name)) == [[("甲。", 1, 1)]]


@settings(deadline=None)
@given(st.lists(st.text(alphabet="长治高新区12.5%，。 　\f", max_size=12), min_size=1, max_size=8))
def test_pages_and_lines_hold_the_whole_text(written: list[str]) -> None:
    text = "开头。\n" + "\n".join(written)
    document = read(text)
    joined = "".join(line.text for page in document.pages for line in page)
    assert joined == text.replace("\n", "").replace("\f", "")
    assert len(document.pages) == text.count("\f") + 1
    numbers = [line.number for page in document.pages for line in page]
    assert numbers == sorted(numbers)
    assert numbers[-1] == text.count("\n") + 1
    assert all(line.page == at for at, page in enumerate(document.pages, 1) for line in page)
