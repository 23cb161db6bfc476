"""A dump reads back as it was written, whatever encoding it came in."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.read.document import read_document
from tasks.read.encoding import decode
from tasks.records import Document, Fetched

TEXT = (
    "本刊讯 7月31日，长治高新区召开项目建设推进会。今年以来，全区在库项目19个，总投资110.92亿元，同比增长6.5%。\n"
    "其中，新建项目5个，总投资33.35亿元。下一步，该区将紧扣“三个一批”滚动接续机制，确保完成全年任务。\n"
)
TRADITIONAL = (
    "本刊訊 開發區召開項目建設推進會。今年以來，全區在庫項目19個，總投資110.92億元，同比增長6.5%。\n"
    "其中，新建項目5個，總投資33.35億元。下一步，該區將確保完成全年任務，推動產業轉型升級。\n"
)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(TEXT.encode(), TEXT, id="utf-8"),
        pytest.param(codecs.BOM_UTF8 + TEXT.encode(), TEXT, id="utf-8-bom"),
        pytest.param(TEXT.encode("gb18030"), TEXT, id="gb18030"),
        pytest.param(TRADITIONAL.encode("big5"), TRADITIONAL, id="big5"),
        pytest.param(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), TEXT, id="utf-16-le-bom"),
        pytest.param(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), TEXT, id="utf-16-be-bom"),
        pytest.param(b"GDP 3.5%\n", "GDP 3.5%\n", id="ascii"),
    ],
)
def test_the_text_and_its_encoding(data: bytes, text: str) -> None:
    read, encoding = decode(data, "issue.txt")
    assert read == text
    assert data.decode(encoding) == text


def test_the_document_says_how_it_was_read(tmp_path: Path) -> None:
    (tmp_path / "raw").write_bytes(TEXT.encode("gb18030"))
    file = Fetched("file:///inbox/issue.txt", "issue.txt", "ab" * 32, 1, "raw")
    document = read_document(file, tmp_path)
    assert isinstance(document, Document)
    assert (document.file, document.media_type, document.encoding) == (file, "text/plain", "gb18030")


_ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])
_PRINTED = st.text(alphabet=st.characters(categories=["L", "N", "P", "Z"]) | st.just("\n"), min_size=1)


@settings(deadline=None)
@given(_PRINTED.filter(str.strip).filter(lambda text: text[0] not in "\ufeff%{"), _ENCODINGS)
def test_unicode_reads_back(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "issue.txt")[0] == text
