"""A Word file as lines: a line a paragraph, a row of a table, a text box; a blank one between them.

Headers, footers, footnotes and endnotes are set aside. The XML is walked here, because the paragraphs that python-docx
gives leave out what stands in content controls, tracked insertions and text boxes. A line's number counts the
paragraphs of the document from 1, those in tables and text boxes included; the page is that on which Word last laid it
out, where it says.
"""

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from tasks.errors import UnreadableDocumentError
from tasks.read.flowing import Lines
from tasks.records import Document, Fetched
from tasks.sources.archive import ZIP_HEAD, Limits, member_names

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_LIMITS: Final = Limits(members=5_000, member_bytes=32 << 20, bytes=256 << 20)
"""Everything is held in memory while it is read."""

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_NOT_TEXT: Final = frozenset(
    {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", f"{_W}rPr", f"{_W}pPr", f"{_W}sdtPr", f"{_W}rt"}
)
"""Deleted text, the codes of fields, and properties."""
_CHARACTERS: Final = {f"{_W}tab": "    ", f"{_W}noBreakHyphen": "-", f"{_W}ptab": "    "}
_LAID_OUT: Final = f"{_W}lastRenderedPageBreak"
_ASIDES: Final = ("header", "footer", "footnotes", "endnotes")


def is_docx(head: bytes, path: Path) -> bool:
    """Whether a file is a Word document of the present format."""
    if not head.startswith(ZIP_HEAD):
        return False
    try:
        with zipfile.ZipFile(path) as package:
            return "word/document.xml" in package.namelist()
    except (zipfile.BadZipFile, NotImplementedError):
        return False


def read_docx(file: Fetched, path: Path) -> Document:
    """The lines of a Word file.

    Raises `ArchiveError` for one that would explode, and `UnreadableDocumentError` for one that is damaged.
    """
    member_names(path, file.file_name, _LIMITS)
    try:
        word = docx.Document(str(path))
        reader = _Word(word)
        reader.body()
        reader.set_aside()
    except (PackageNotFoundError, zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError, EOFError) as error:
        raise UnreadableDocumentError(
            f"{file.file_name}: this Word file is damaged ({' '.join(str(error).split())}). Save it again, as .docx."
        ) from error
    return Document(file, MEDIA_TYPE, None, reader.lines.pages, tuple(reader.lines.asides))


class _Word:
    """The walk through a document, with the number of the paragraph that it has come to."""

    def __init__(self, word: WordDocument) -> None:
        self.lines = Lines()
        self._body = word.element.body
        self._parts = [
            relation.target_part
            for relation in word.part.rels.values()
            if not relation.is_external and relation.reltype.rsplit("/", 1)[-1] in _ASIDES
        ]
        self._styles = _heading_styles(word)
        self._number = 0
        if next(self._body.iter(_LAID_OUT), None) is not None:
            # Word has noted where each page begins, also behind the breaks that a person has set.
            for broken in [one for one in self._body.iter(f"{_W}br") if one.get(f"{_W}type") == "page"]:
                del broken.attrib[f"{_W}type"]

    def body(self) -> None:
        self._blocks(self._body)
        self.lines.end()

    def set_aside(self) -> None:
        """Headers, footers and notes; they have no place in the text, so they stand at its end."""
        self.lines.begin_aside()
        for part in self._parts:
            root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
            self._blocks(root)
        self.lines.end_aside()

    def _blocks(self, parent: etree._Element) -> None:
        for child in parent:
            if child.tag == f"{_W}p":
                self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                self._table(child)
            elif child.tag == f"{_MC}AlternateContent":
                self._blocks(_chosen(child))
            elif isinstance(child.tag, str) and child.tag not in _NOT_TEXT:
                # content controls, custom XML, insertions: what they hold stands here
                self._blocks(child)

    def _paragraph(self, paragraph: etree._Element) -> None:
        self._number += 1
        boxes: list[etree._Element] = []
        has_text = turns_page = False
        for text in _texts(paragraph, boxes):
            if text == "\f":
                # A paragraph that goes on on the next page stays whole.
                if has_text:
                    turns_page = True
                else:
                    self.lines.turn_page()
            elif text == "\n":
                self.lines.break_line()
            else:
                has_text = has_text or bool(text.strip())
                self.lines.add(text, self._number)
        self.lines.end(_level(paragraph, self._styles))
        if turns_page:
            self.lines.turn_page()
        for box in boxes:
            self._blocks(box)
            self.lines.end()

    def _table(self, table: etree._Element) -> None:
        self.lines.begin_table()
        for row in _children(table, f"{_W}tr"):
            first = self._number + 1
            cells = list(_children(row, f"{_W}tc"))
            if any(next(cell.iter(f"{_W}tbl"), None) is not None for cell in cells) or len(cells) == 1:
                # a table that lays out a page, or a frame round text
                for cell in cells:
                    self._blocks(cell)
                continue
            texts, boxes = [], []
            for cell in cells:
                paragraphs = [one for one in cell.iter(f"{_W}p") if not _is_in_box(one, cell)]
                self._number += len(paragraphs)
                found: list[etree._Element] = []
                texts.append(" ".join("".join(_texts(one, found)) for one in paragraphs))
                boxes += found
            self.lines.row([" ".join(text.split()) for text in texts], first)
            for box in boxes:
                self._blocks(box)


def _texts(parent: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    """The texts of a paragraph, a line break as a line end, a page break as a form feed.

    Text boxes are collected, as they stand beside it.
    """
    for child in parent:
        tag = child.tag
        if tag in (f"{_W}t", f"{_M}t"):
            yield child.text or ""
        elif tag in _CHARACTERS:
            yield _CHARACTERS[tag]
        elif tag == _LAID_OUT or (tag == f"{_W}br" and child.get(f"{_W}type") == "page"):
            yield "\f"
        elif tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif tag == f"{_W}sym":
            yield chr(int(child.get(f"{_W}char", "20"), 16))
        elif tag == f"{_W}txbxContent":
            boxes.append(child)
        elif tag == f"{_MC}AlternateContent":
            yield from _texts(_chosen(child), boxes)
        elif isinstance(tag, str) and tag not in _NOT_TEXT:
            yield from _texts(child, boxes)


def _chosen(alternatives: etree._Element) -> etree._Element:
    """Of several ways to show the same (a text box is written twice) the first."""
    return next(iter(alternatives), alternatives)


def _children(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Rows or cells, also those that a content control holds."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins"):
            yield from _children(child, tag)


def _is_in_box(paragraph: etree._Element, cell: etree._Element) -> bool:
    parent = paragraph.getparent()
    while parent is not None and parent is not cell:
        if parent.tag == f"{_W}txbxContent":
            return True
        parent = parent.getparent()
    return False


def _level(paragraph: etree._Element, styles: Mapping[str, int]) -> int:
    """The level of a heading, that of the document's title 1; 0 for a paragraph of text."""
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        return 0
    outline = properties.find(f"{_W}outlineLvl")
    if outline is not None:
        return _outline(outline)
    style = properties.find(f"{_W}pStyle")
    return styles.get(style.get(f"{_W}val", ""), 0) if style is not None else 0


def _heading_styles(word: WordDocument) -> dict[str, int]:
    """The styles of headings by their ids: what a style is called differs from language to language, its level not."""
    levels: dict[str, int] = {}
    for style in word.styles.element.iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        outline = style.find(f"{_W}pPr/{_W}outlineLvl")
        if name is not None and name.get(f"{_W}val", "").lower() == "title":
            levels[style.get(f"{_W}styleId", "")] = 1
        elif outline is not None:
            levels[style.get(f"{_W}styleId", "")] = _outline(outline)
    return levels


def _outline(outline: etree._Element) -> int:
    """Word counts the levels of headings from 0; 9 is text."""
    level = int(outline.get(f"{_W}val", "9"))
    return level + 2 if level < 9 else 0
