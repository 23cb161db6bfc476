"""What is no text is refused with a sentence that names the file and says what to do."""

import random
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tasks.errors import DocumentError, TransientError, UnreadableDocumentError, UnreadableFileError
from tasks.read.document import read_document
from tasks.read.encoding import decode
from tasks.records import Fetched

_SEND_AGAIN = "Send the issue again."
_GIVE_TEXT = "Give the issue as a plain text dump (.txt)."
_SAVE_DOCX = "Save it as .docx, without a password."
_SAVE_UTF8 = "Save the issue as UTF-8 text."


@pytest.mark.parametrize(
    ("data", "what", "advice"),
    [
        pytest.param(b"", "empty", _SEND_AGAIN, id="empty"),
        pytest.param(b" \r\n\t\n", "empty", _SEND_AGAIN, id="white-space"),
        pytest.param("\u3000\n\u3000".encode(), "nothing but white space", _SEND_AGAIN, id="wide-white-space"),
        pytest.param(random.Random(1).randbytes(4000), "no known encoding|no text", _SAVE_UTF8, id="random"),
        pytest.param(b"\x01\x02\x03\x04" * 50, "no text in any known encoding", _SAVE_UTF8, id="control"),
    ],
)
def test_the_sentence_says_what_and_what_to_do(data: bytes, what: str, advice: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=what) as raised:
        decode(data, "第15期.txt")
    message = str(raised.value)
    assert message.startswith("第15期.txt: ")
    assert message.endswith(advice)
    assert raised.value.stage == "read"


@pytest.mark.parametrize(
    ("data", "what", "advice"),
    [
        pytest.param(b"PK\x03\x04\x14\0\x06\0", "a ZIP or Office file", _GIVE_TEXT, id="docx"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1", "an old or an encrypted Office file", _SAVE_DOCX, id="doc"),
        pytest.param(b"\x1f\x8b\x08\0\0", "a gzip archive", _GIVE_TEXT, id="gzip"),
        pytest.param(b"{\\rtf1\\ansi}", "an RTF file", _GIVE_TEXT, id="rtf"),
    ],
)
def test_a_format_that_is_not_read_is_known_by_its_bytes(data: bytes, what: str, advice: str, tmp_path: Path) -> None:
    (tmp_path / "raw").write_bytes(data)
    with pytest.raises(UnreadableDocumentError) as raised:
        read_document(Fetched("file:///inbox", "第15期.txt", "ab" * 32, len(data), "raw"), tmp_path)
    assert str(raised.value) == f"第15期.txt: this is {what}, not a text. {advice}"


@pytest.mark.parametrize("name", ["第15期.pdf", "第15期.docx", "第15期.HTML", "第15期.xls"])
def test_another_suffix_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "raw").write_text("长治高新区召开会议。", encoding="utf-8")
    with pytest.raises(UnreadableDocumentError) as raised:
        read_document(Fetched("file:///inbox", name, "ab" * 32, 1, "raw"), tmp_path)
    message = str(raised.value)
    assert message.startswith(f"{name}: {Path(name).suffix.lower()} files are not read")
    assert message.endswith(_GIVE_TEXT)


def test_a_raw_copy_that_is_gone_may_be_tried_again(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"第15期\.txt: its raw copy cannot be read") as raised:
        read_document(Fetched("file:///inbox", "第15期.txt", "ab" * 32, 1, "raw/gone"), tmp_path)
    assert isinstance(raised.value, TransientError)


@settings(deadline=None, max_examples=40)
@given(st.binary(max_size=400))
@example(b"\xff\xfe")
@example(b"\xfe\xff\0")
@example(b"\xef\xbb\xbf")
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    outcome = _decoded(data)
    if isinstance(outcome, DocumentError):
        assert str(outcome).startswith("issue.txt: ")
    else:
        text, encoding = outcome
        assert text.strip()
        assert data.decode(encoding) == text


def _decoded(data: bytes) -> tuple[str, str] | DocumentError:
    try:
        return decode(data, "issue.txt")
    except DocumentError as error:
        return error
