"""Web pages as lines: what is text, what is set aside, where each stands, and that no digit is lost."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.errors import UnreadableDocumentError
from tasks.read.document import read_document
from tasks.read.html import is_html
from tasks.records import Document, Fetched

SENTENCE = "目前，全区重点推进在建项目有19个，总投资33.35亿元。"


def read(folder: Path, source: str | bytes, name: str = "issue.html") -> Document:
    data = source if isinstance(source, bytes) else source.encode()
    (folder / "raw").write_bytes(data)
    return read_document(Fetched(f"inbox/{name}", name, "ab" * 32, len(data), "raw"), folder)


def lines(document: Document) -> list[str]:
    return [line.text for page in document.pages for line in page if line.text]


def asides(document: Document) -> list[str]:
    return [aside.text for aside in document.asides]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>一\n二</p>", ["一二"]),
        ("<p>有 19\n  个</p>", ["有 19 个"]),
        ("<p>总<b>投</b>资<font color=red>3</font>亿元</p>", ["总投资3亿元"]),
        ("<p>&#24635;&nbsp;3&#20159;&lt;5&gt;</p>", ["总\xa03亿<5>"]),
        ("<p>　　一<br>　　二<br/>三</p>", ["　　一", "　　二", "三"]),
        ("<p>一<p>二<div>三<div>四</div>五</div>", ["一", "二", "三", "四", "五"]),
        ("<h2>引题</h2><h1>题</h1><p>文</p>", ["引题", "题", "文"]),
        ("<p>一<o:p></o:p><st1:d>2</st1:d>三</p>", ["一2三"]),
        ("<ul><li>一是</li><li>二是</li></ul>", ["一是", "二是"]),
        ("<pre>一  二\n三</pre>", ["一  二", "三"]),
        ("<table><tr><th>指标<th>值<tr><td>产值<td>3.5\n亿元</table>", ["指标    值", "产值    3.5 亿元"]),
        ("<table><tr><td>产值<td><td>3%</table>", ["产值    -    3%"]),
        (f"<table><tr><td>左<td><p>{SENTENCE}</p><p>{SENTENCE}</p></table>", ["左", SENTENCE, SENTENCE]),
        ("<table><caption>表1</caption><tr><td>甲<td>1</table>", ["表1", "甲    1"]),
        ("<form><p>一<input value=5></p></form>", ["一"]),
    ],
)
def test_text_is_read_as_a_browser_shows_it(source: str, expected: list[str], tmp_path: Path) -> None:
    document = read(tmp_path, f"<html><body>{source}</body></html>")
    assert lines(document) == expected
    assert asides(document) == []


@pytest.mark.parametrize(
    "source",
    [
        "<nav>5</nav>",
        "<footer>5</footer>",
        "<figure><img alt=7><figcaption>5</figcaption></figure>",
        '<div role="navigation">5</div>',
        '<div class="main-nav">5</div>',
        '<div id="footer">5</div>',
        '<p style="display: none">5</p>',
        "<p hidden>5</p>",
        "<noscript>5</noscript>",
        "<select><option>5</option></select>",
        "<ul><li><a href=1>甲</a></li><li><a href=2>乙</a></li><li><a href=3>5</a></li></ul>",
    ],
)
def test_what_is_no_text_is_set_aside(source: str, tmp_path: Path) -> None:
    document = read(tmp_path, f"<html><body><p>{SENTENCE}</p>\n{source}</body></html>")
    assert lines(document) == [SENTENCE]
    assert "5" in asides(document)
    assert {aside.line for aside in document.asides} == {2}


def test_scripts_and_comments_are_no_text(tmp_path: Path) -> None:
    source = f"<html><script>var a = '<p>5</p>'</script><style>p {{ width: 5 }}</style><!-- 5 --><p>{SENTENCE}</html>"
    document = read(tmp_path, source)
    assert (lines(document), asides(document)) == ([SENTENCE], [])


def test_what_is_only_called_navigation_stays_when_it_is_the_text(tmp_path: Path) -> None:
    assert lines(read(tmp_path, f'<html><div class="nav-content"><p>{SENTENCE}</p></div></html>')) == [SENTENCE]


def test_a_paragraph_may_be_full_of_links(tmp_path: Path) -> None:
    source = (
        "<html><p>" + "、".join(f"<a href=/{n}>企业{n}</a>" for n in range(3)) + "等到会，并就合作事宜座谈交流。</p>"
    )
    assert len(lines(read(tmp_path, source))) == 1


def test_a_line_is_found_again_in_the_source(tmp_path: Path) -> None:
    rows = [
        "<!doctype html>",
        "<html",
        " lang=zh><body>",
        "<!-- a",
        "b --><p",
        "class=a>",
        "",
        "甲<br>",
        "乙</p>",
        "丙</body>",
    ]
    found = [(line.number, line.text) for page in read(tmp_path, "\r\n".join(rows)).pages for line in page if line.text]
    assert found == [(8, "甲"), (9, "乙"), (10, "丙")]


def test_lines_behind_the_first_65535_are_counted_on(tmp_path: Path) -> None:
    source = "<html><body><p>甲" + "\n" * 70_000 + "</p><p>乙</p></body></html>"
    last = read(tmp_path, source).pages[0][-1]
    assert (last.text, last.number) == ("乙", 70_001)


@pytest.mark.parametrize(
    ("source", "marked"),
    [
        ("<h1>刊名</h1><h2>甲</h2><p>{s}</p><h3>小</h3><p>{s}</p><h2>乙</h2><p>{s}</p>", ["刊名", "乙"]),
        ("<h1>刊名</h1><p>第6期</p><h2>甲</h2><p>{s}</p><h2>乙</h2><p>{s}</p>", ["甲", "乙"]),
        ("<h1>甲</h1><p>{s}</p><h2>小</h2><p>{s}</p>", ["甲"]),
        ("<h3>引</h3><h2>甲</h2><p>{s}</p><h2>乙</h2><h3>副</h3><p>{s}</p><h2>丙</h2><p>{s}</p>", ["引", "丙"]),
        ("<p>{s}</p>", []),
    ],
)
def test_headings_tell_where_articles_begin(source: str, marked: list[str], tmp_path: Path) -> None:
    document = read(tmp_path, f"<html><body>{source.format(s=SENTENCE)}</body></html>")
    assert [line.text for page in document.pages for line in page if line.begins] == marked


@pytest.mark.parametrize(
    ("encoding", "stated", "found"),
    [
        ("utf-8", "utf-8", "utf-8"),
        ("gb18030", "gb2312", "gb18030"),
        ("gb18030", "gbk", "gb18030"),
        ("gb18030", "utf-8", "gb18030"),
        ("big5", "big5", "big5"),
        ("utf-16", "utf-16", "utf-16"),
        ("utf-8-sig", "gb2312", "utf-8-sig"),
    ],
)
def test_the_bytes_say_what_they_are(encoding: str, stated: str, found: str, tmp_path: Path) -> None:
    sentence = "本區重點項目有19個。" * 9 if encoding == "big5" else SENTENCE * 3
    source = f'<html><head><meta charset="{stated}"></head><body><p>{sentence}</p></body></html>'
    document = read(tmp_path, source.encode(encoding))
    assert (lines(document), document.encoding) == ([sentence], found)


def test_a_page_is_known_by_its_beginning_whatever_its_name(tmp_path: Path) -> None:
    for head in (
        "<!DOCTYPE html>",
        '<?xml version="1.0" encoding="utf-8"?>\n<html>',
        "<!-- a\n -->\n<HTML>",
        "\ufeff <p>",
    ):
        document = read(tmp_path, f"{head}<p>{SENTENCE}</p>", "issue.txt")
        assert (document.media_type, lines(document)) == ("text/html", [SENTENCE])


def test_a_beginning_of_comments_is_looked_through_in_one_go() -> None:
    assert not is_html(b"<!-- -->" * 500 + b"text", Path())
    assert is_html(b"<!-- -->" * 400 + b"<html>", Path())


def test_a_page_of_unlikely_size_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocumentError, match="a web page of 8 MiB is no issue"):
        read(tmp_path, b"<html>" + b" " * (8 << 20))


def test_a_page_that_nests_too_deep_is_refused_and_not_cut_off(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocumentError, match=r"issue.html: this web page cannot be read as a whole \(.*depth"):
        read(tmp_path, "<html>" + "<div>" * 5000 + SENTENCE)
    assert lines(read(tmp_path, "<html>" + "<div>" * 1500 + SENTENCE)) == [SENTENCE]


TAGS = (
    "p",
    "div",
    "b",
    "span",
    "td",
    "tr",
    "table",
    "li",
    "ul",
    "h2",
    "a",
    "nav",
    "section",
    "br",
    "o:p",
    "pre",
    "font",
)


def pieces() -> st.SearchStrategy[str]:
    digits = st.text("0123456789.亿元 \n", min_size=1, max_size=8)
    tag = st.sampled_from(TAGS)
    return st.one_of(
        digits,
        st.builds("<{}>".format, tag),
        st.builds("</{}>".format, tag),
        st.builds('<{} class="{}">'.format, tag, st.sampled_from(("nav", "text", "footer"))),
        st.sampled_from(("<!-- 7 -->", "<script>7</script>", "<style>7</style>", "<img alt='7'>", "&nbsp;", "<hr>")),
    )


@settings(deadline=None, max_examples=150)
@given(st.lists(pieces(), max_size=40))
def test_whatever_the_mark_up_no_digit_is_lost_and_none_is_added(
    tmp_path_factory: pytest.TempPathFactory, parts: list[str]
) -> None:
    document = read(tmp_path_factory.getbasetemp(), "<html><body>" + "".join(parts))
    written = "".join(part for part in parts if not part.startswith("<") and part != "&nbsp;")
    found = "".join([*lines(document), *asides(document)])
    assert digits(found) == digits(written)


def digits(text: str) -> Counter[str]:
    return Counter(char for char in text if char.isdigit())
