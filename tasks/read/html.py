"""A web page as lines: a line a paragraph, a heading, a row of a table; a blank one between them.

What is no text of the issue (navigation, lists of links, what is hidden, the page's title) is set aside with its place.
A line's number is the line of the page's source that its first character stands in.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from lxml import etree, html

from tasks.errors import UnreadableDocumentError
from tasks.read.encoding import decode
from tasks.read.flowing import Lines
from tasks.records import Document, Fetched

_MOST_BYTES: Final = 8 << 20
"""Those of an issue have a hundred kilobytes. In memory a page takes 14 times its size, and one that is all mark-up 60
times (measured with 8 MB of each)."""

_UNSEEN: Final = frozenset({"script", "style", "template"})
"""Elements whose content is no text."""

_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "noscript",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
"""Elements that begin and end a line, as the HTML standard's style sheet has them; others stand within a line."""

_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_CHROME: Final = frozenset({"head", "nav", "footer", "aside", "button", "select", "textarea", "noscript", "figcaption"})
_CHROME_ROLES: Final = frozenset({"navigation", "banner", "contentinfo", "search", "menu", "toolbar", "complementary"})
_CHROME_NAME: Final = re.compile(
    r"(?<![a-z])(?:nav|navbar|menu|bread|breadcrumbs?|crumbs?|footer|foot|sidebar|share|bdsharebuttonbox|related|pager|"
    r"pagination|copyright|toolbar|qrcode)(?![a-z])",
    re.IGNORECASE,
)
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

_MOST_IN_CHROME: Final = 1 / 3
"""An element that is only called navigation and holds more than this share of the page's text is not taken for it."""
_LEAST_LINKS, _LINKED_SHARE = 3, 0.6
"""A list of links: so many at least, and so much of its text. (jusText sets aside blocks with a share above 0.2; here
the paragraphs of articles, of which every name may be linked, have to stay.)"""
_SENTENCE_END: Final = re.compile("[。！？；]")
_LONGEST_CELL: Final = 200

_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_ANY_SPACE: Final = re.compile(r"\s+")
_HTML: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|script|style|link|div|table|section|article|center|h[1-6]|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_CHARSET: Final = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
_NARROWER: Final = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030"}
"""Pages call gb18030 by the names of its subsets, as browsers take for granted."""
_LAST_KNOWN_LINE: Final = 65_535
"""libxml2 keeps line numbers in 16 bits; behind it the line ends in the text are counted on."""


def is_html(head: bytes, _path: Path) -> bool:
    """Whether a file begins as a web page does; in UTF-16 as well."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", errors="ignore").encode()
    return _HTML.match(head) is not None


def read_html(file: Fetched, path: Path) -> Document:
    """The lines of a web page. Raises `UnreadableDocumentError` for a page that cannot be parsed as a whole."""
    if path.stat().st_size > _MOST_BYTES:
        raise UnreadableDocumentError(
            f"{file.file_name}: a web page of {path.stat().st_size >> 20} MiB is no issue. Save the articles alone."
        )
    text, encoding = _decoded(path.read_bytes(), file.file_name)
    root = _parsed(text, file.file_name)
    page = _Page(root)
    page.read(root)
    return Document(file, "text/html", encoding, page.lines.pages, tuple(page.lines.asides))


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    stated = _CHARSET.search(data[:4096])
    if stated and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        label = stated[1].decode("ascii").lower()
        try:
            codec = codecs.lookup(_NARROWER.get(label, label)).name
            return data.decode(codec), codec
        except (LookupError, UnicodeDecodeError):
            # what a page says of itself may be wrong; its bytes are not
            pass
    return decode(data, name)


def _parsed(text: str, name: str) -> html.HtmlElement:
    # NUL would end the text for libxml2; HTML has U+FFFD in its place.
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=False)
    root: html.HtmlElement | None = None
    with suppress(etree.ParserError):
        root = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    stopped = [entry for entry in parser.error_log if entry.level_name == "FATAL"]
    if root is None or stopped:
        why = stopped[0].message if stopped else "it holds no element"
        raise UnreadableDocumentError(
            f"{name}: this web page cannot be read as a whole ({why}). Save it from a browser again, or as plain text."
        )
    return root


class _Weight(NamedTuple):
    """What an element holds: characters that are seen, those of them in links, and how many links."""

    seen: int = 0
    linked: int = 0
    links: int = 0


class _Page:
    """The walk through a page, with the line of the source that it has come to."""

    def __init__(self, root: html.HtmlElement) -> None:
        self.lines = Lines()
        self._source = 1
        self._weights = _weighed(root)
        self._size = self._weights[root].seen

    def read(self, root: html.HtmlElement) -> None:
        """Walk without recursion: a page may nest deeper than Python can."""
        open_elements = [(root, iter(root), self._enter(root))]
        while open_elements:
            element, children, is_chrome = open_elements[-1]
            child = next(children, None)
            if child is None:
                open_elements.pop()
                self._leave(element, is_chrome=is_chrome)
                if open_elements:
                    self._tail(element)
            else:
                self._meet(child)
                if isinstance(child.tag, str) and child.tag not in _UNSEEN and not self._row(child):
                    open_elements.append((child, iter(child), self._enter(child)))
                else:
                    self._tail(child)
        self.lines.end()

    def _meet(self, element: html.HtmlElement) -> None:
        line = element.sourceline or 0
        if line < _LAST_KNOWN_LINE:
            self._source = max(self._source, line)
        if not isinstance(element.tag, str) or element.tag in _UNSEEN:
            self._source += (element.text or "").count("\n")

    def _enter(self, element: html.HtmlElement) -> bool:
        """Begin an element; whether it is set aside."""
        tag = str(element.tag)
        if tag in _BLOCKS:
            self.lines.end(_HEADINGS.get(tag, 0))
        if tag == "table":
            self.lines.begin_table()
        if tag == "br":
            self.lines.break_line()
        is_chrome = self._is_chrome(element, tag)
        if is_chrome:
            self.lines.begin_aside()
        self._text(element.text, preformatted=tag == "pre")
        return is_chrome

    def _leave(self, element: html.HtmlElement, *, is_chrome: bool) -> None:
        tag = str(element.tag)
        if tag in _BLOCKS:
            self.lines.end(_HEADINGS.get(tag, 0))
        if is_chrome:
            self.lines.end_aside()

    def _tail(self, element: html.HtmlElement) -> None:
        parent = element.getparent()
        self._text(element.tail, preformatted=parent is not None and parent.tag == "pre")

    def _text(self, text: str | None, *, preformatted: bool = False) -> None:
        if not text:
            return
        if preformatted:
            for at, line in enumerate(text.split("\n")):
                if at:
                    self.lines.break_line()
                self.lines.add(line, self._source + at)
        else:
            lead = len(text) - len(text.lstrip(" \t\n\f"))
            self.lines.add(_SPACE.sub(_collapsed, text), self._source + text.count("\n", 0, lead))
        self._source += text.count("\n")

    def _row(self, element: html.HtmlElement) -> bool:
        """Emit a row of a table of data as one line; whether it was one."""
        if element.tag != "tr" or (cells := _cells(element)) is None:
            return False
        self.lines.row([_ANY_SPACE.sub(" ", cell).strip() for cell in cells], self._source)
        return True

    def _is_chrome(self, element: html.HtmlElement, tag: str) -> bool:
        if tag in ("html", "body"):
            return False
        if tag in _CHROME or element.get("role", "").lower() in _CHROME_ROLES or element.get("hidden") is not None:
            return True
        if _HIDDEN.search(element.get("style", "")):
            return True
        weight = self._weights[element]
        named = _CHROME_NAME.search(f"{element.get('class', '')} {element.get('id', '')}")
        if named and weight.seen <= _MOST_IN_CHROME * self._size:
            return True
        return tag in _BLOCKS and weight.links >= _LEAST_LINKS and weight.linked >= _LINKED_SHARE * weight.seen


def _weighed(root: html.HtmlElement) -> dict[html.HtmlElement, _Weight]:
    """The weight of every element, in one pass from the inside out."""
    weights: dict[html.HtmlElement, _Weight] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        seen = 0 if element.tag in _UNSEEN else _seen_length(element.text)
        linked = links = 0
        for child in element:
            weight = weights.get(child, _Weight())
            seen += weight.seen + _seen_length(child.tail)
            linked += weight.linked
            links += weight.links
        if element.tag == "a" and element.get("href") is not None:
            linked, links = seen, links + 1
        weights[element] = _Weight(seen, linked, links)
    return weights


def _cells(row: html.HtmlElement) -> list[str] | None:
    """The texts of a row that holds values side by side; None for one that lays the page out."""
    cells = [cell for cell in row if isinstance(cell.tag, str)]
    if len(cells) < 2 or any(cell.tag not in ("td", "th") for cell in cells):
        return None
    # What stands between the cells is shown before the table.
    if (row.text or "").strip() or any((child.tail or "").strip() for child in row):
        return None
    texts = []
    for cell in cells:
        if next(cell.iter("table", "ul", "ol", *_HEADINGS), None) is not None:
            return None
        text = "".join(_visible_texts(cell))
        if len(text.strip()) > _LONGEST_CELL or len(_SENTENCE_END.findall(text)) > 1:
            return None
        texts.append(text)
    return texts


def _visible_texts(cell: html.HtmlElement) -> Iterator[str]:
    """The texts of a cell; a line break or a paragraph in it parts words as a space."""
    walk = etree.iterwalk(cell, events=("start", "end", "comment"))
    for event, element in walk:
        if event == "start":
            if element.tag in _UNSEEN:
                walk.skip_subtree()
                continue
            if element.tag in _BLOCKS or element.tag == "br":
                yield " "
            yield element.text or ""
        elif element is not cell:
            yield element.tail or ""


def _collapsed(space: "re.Match[str]") -> str:
    """White space as a browser shows it; a line end between two Han characters is none."""
    text, start, end = space.string, space.start(), space.end()
    if "\n" in space[0] and start > 0 and end < len(text) and _is_wide(text[start - 1]) and _is_wide(text[end]):
        return ""
    return " "


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


def _seen_length(text: str | None) -> int:
    return len(_ANY_SPACE.sub("", text)) if text else 0
