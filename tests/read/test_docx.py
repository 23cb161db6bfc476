"""Word files as lines: nothing that a reader of the printed file sees is lost, and each line has its paragraph."""

import zipfile
from collections import Counter
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.errors import ArchiveError, UnreadableDocumentError
from tasks.read.document import read_document
from tasks.records import Document, Fetched

SENTENCE = "目前，全区重点推进在建项目有19个，总投资33.35亿元。"
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
BOX = "<w:txbxContent><w:p><w:r><w:t>框中 7 个</w:t></w:r></w:p></w:txbxContent>"

TWICE = (
    f"<mc:AlternateContent><mc:Choice><wps:txbx>{BOX}</wps:txbx></mc:Choice>"
    f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
)


@pytest.fixture
def made() -> docx.document.Document:
    return docx.Document()


def read(made: docx.document.Document, folder: Path) -> Document:
    made.save(str(folder / "raw"))
    return read_raw(folder)


def read_raw(folder: Path) -> Document:
    return read_document(Fetched("inbox/issue.docx", "issue.docx", "ab" * 32, 1, "raw"), folder)


def lines(document: Document) -> list[tuple[int, str]]:
    return [(line.number, line.text) for page in document.pages for line in page if line.text]


def add(made: docx.document.Document, paragraph: str) -> None:
    made.element.body.insert(len(made.element.body) - 1, parse_xml(f"<w:p {SPACES}>{paragraph}</w:p>"))


def test_paragraphs_and_tables_stand_in_their_order(made: docx.document.Document, tmp_path: Path) -> None:
    made.add_heading("高新区加快建设", 1)
    made.add_paragraph(f"　　{SENTENCE}")
    made.add_paragraph("")
    table = made.add_table(2, 3)
    for cell, text in zip(
        [*table.rows[0].cells, *table.rows[1].cells], ["指标", "", "增速", "产值", "3.5\n亿元", "8%"], strict=True
    ):
        cell.text = text
    made.add_paragraph("完。")
    document = read(made, tmp_path)
    assert lines(document) == [
        (1, "高新区加快建设"),
        (2, f"　　{SENTENCE}"),
        (4, "指标    -    增速"),
        (7, "产值    3.5 亿元    8%"),
        (10, "完。"),
    ]
    assert [line.begins for line in document.pages[0] if line.text] == [True, False, False, False, False]
    assert (document.media_type.rsplit(".", 1)[-1], document.encoding) == ("document", None)


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("<w:r><w:t>总投资</w:t></w:r><w:r><w:t>3.5亿元</w:t></w:r>", ["总投资3.5亿元"]),
        (
            "<w:ins><w:r><w:t>新增8个</w:t></w:r></w:ins><w:del><w:r><w:delText>9个</w:delText></w:r></w:del>",
            ["新增8个"],
        ),
        ("<w:smartTag><w:r><w:t>2024年</w:t></w:r></w:smartTag>", ["2024年"]),
        ("<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>12家</w:t></w:r></w:sdtContent></w:sdt>", ["12家"]),
        ("<w:hyperlink><w:r><w:t>5万</w:t></w:r></w:hyperlink>", ["5万"]),
        ("<w:r><w:fldChar/><w:instrText>PAGE 9</w:instrText></w:r><w:r><w:t>3</w:t></w:r>", ["3"]),
        ("<w:r><w:t>一</w:t><w:br/><w:t>二</w:t><w:tab/><w:t>3</w:t></w:r>", ["一", "二    3"]),
        ("<w:r><w:t>4</w:t><w:noBreakHyphen/><w:t>5月</w:t></w:r>", ["4-5月"]),
        ("<m:oMath><m:r><m:t>6</m:t></m:r></m:oMath>", ["6"]),
        (
            f"<w:r><w:t>正文。</w:t>{TWICE}</w:r>",
            ["正文。", "框中 7 个"],
        ),
        (f"<w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r>", ["框中 7 个"]),
    ],
    ids=["runs", "tracked", "smart tag", "control", "link", "field", "break", "hyphen", "formula", "box", "old box"],
)
def test_what_is_seen_of_a_paragraph_is_read(
    made: docx.document.Document, paragraph: str, expected: list[str], tmp_path: Path
) -> None:
    add(made, paragraph)
    assert [text for _, text in lines(read(made, tmp_path))] == expected


def test_headers_footers_and_notes_are_set_aside(made: docx.document.Document, tmp_path: Path) -> None:
    made.sections[0].header.paragraphs[0].text = "第88期"
    made.sections[0].footer.paragraphs[0].text = "共印 200 份"
    boxed = parse_xml(f"<w:p {SPACES}><w:r>{TWICE}</w:r></w:p>")
    made.sections[0].footer.paragraphs[0]._p.addnext(boxed)
    made.add_paragraph(SENTENCE)
    notes = f"<w:footnotes {SPACES}><w:footnote><w:p><w:r><w:t>注：含3个续建项目</w:t></w:r></w:p></w:footnote></w:footnotes>"
    add_part(made, "footnotes", notes)
    document = read(made, tmp_path)
    assert [text for _, text in lines(document)] == [SENTENCE]
    assert sorted(aside.text for aside in document.asides) == [
        "共印 200 份",
        "框中 7 个",
        "注：含3个续建项目",
        "第88期",
    ]


def add_part(made: docx.document.Document, kind: str, xml: str) -> None:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    content = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    part = Part(PackURI(f"/word/{kind}.xml"), content, xml.encode(), made.part.package)
    made.part.relate_to(part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}")


def test_a_layout_table_is_read_cell_by_cell(made: docx.document.Document, tmp_path: Path) -> None:
    frame = made.add_table(1, 1)
    frame.cell(0, 0).text = SENTENCE
    inner = frame.cell(0, 0).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "产值", "5"
    assert [text for _, text in lines(read(made, tmp_path))] == [SENTENCE, "产值    5"]


def test_pages_are_those_that_word_laid_out(made: docx.document.Document, tmp_path: Path) -> None:
    made.add_paragraph("一")
    made.add_paragraph("二").runs[0].add_break(WD_BREAK.PAGE)
    made.add_paragraph("三")
    pages = [[line.text for line in page if line.text] for page in read(made, tmp_path).pages]
    assert pages == [["一", "二"], ["三"]]
    add(made, "<w:r><w:lastRenderedPageBreak/><w:t>四</w:t></w:r>")
    pages = [[line.text for line in page if line.text] for page in read(made, tmp_path).pages]
    assert pages == [["一", "二", "三"], ["四"]]


def test_a_damaged_file_is_refused(made: docx.document.Document, tmp_path: Path) -> None:
    made.add_paragraph(SENTENCE)
    made.save(str(tmp_path / "whole"))
    with zipfile.ZipFile(tmp_path / "whole") as whole, zipfile.ZipFile(tmp_path / "raw", "w") as broken:
        for name in whole.namelist():
            data = whole.read(name)
            broken.writestr(name, data[: len(data) // 2] if name == "word/document.xml" else data)
    with pytest.raises(UnreadableDocumentError, match=r"issue.docx: this Word file is damaged \("):
        read_raw(tmp_path)


def test_a_file_that_would_explode_is_refused(made: docx.document.Document, tmp_path: Path) -> None:
    made.save(str(tmp_path / "raw"))
    with zipfile.ZipFile(tmp_path / "raw", "a", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/media/image.xml", bytes(60 << 20))
    with pytest.raises(ArchiveError, match="packed more than 200-fold"):
        read_raw(tmp_path)


def test_entities_are_not_expanded(made: docx.document.Document, tmp_path: Path) -> None:
    made.save(str(tmp_path / "whole"))
    bomb = '<!DOCTYPE w [<!ENTITY a "1234567890"><!ENTITY b "&a;&a;&a;">]>'
    with zipfile.ZipFile(tmp_path / "whole") as whole, zipfile.ZipFile(tmp_path / "raw", "w") as package:
        for name in whole.namelist():
            data = whole.read(name)
            if name == "word/document.xml":
                head, _, body = data.partition(b"?>")
                data = (
                    head
                    + b"?>"
                    + bomb.encode()
                    + body.replace(b"<w:sectPr", b"<w:p><w:r><w:t>&b;</w:t></w:r></w:p><w:sectPr", 1)
                )
            package.writestr(name, data)
    assert lines(read_raw(tmp_path)) == []


@settings(deadline=None, max_examples=25)
@given(st.lists(st.lists(st.text("0123456789.亿元 \t\n", max_size=9), min_size=1, max_size=4), min_size=1, max_size=5))
def test_no_digit_is_lost(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    made = docx.Document()
    for row in rows:
        if len(row) == 1:
            made.add_paragraph(row[0])
        else:
            for cell, text in zip(made.add_table(1, len(row)).rows[0].cells, row, strict=True):
                cell.text = text
    found = "".join(text for _, text in lines(read(made, tmp_path_factory.getbasetemp())))
    assert digits(found) == digits("".join(text for row in rows for text in row))


def digits(text: str) -> Counter[str]:
    return Counter(char for char in text if char.isdigit())
