"""Web and Word editions of an issue: the articles of a gold folder as a site or an office program writes them."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

import docx

from tests.support.typeset.stories import Story

MASTHEAD = ("滨江开发区简报", "第6期（总第88期）", "滨江市商务局主办　　　{date}")


def page(
    stories: Sequence[Story], date: str, *, minified: bool = False, told: bool = True, encoding: str = "utf-8"
) -> bytes:
    """A page that holds every article of an issue, with what sites put round it.

    `told`: each article says where it comes from, in a line below its headline.
    """
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="zh"><head><meta charset="{encoding}">',
        "<title>开发区简报 2024年第6期 - 首页</title>",
        "<style>.a { width: 120px }</style><script>var count = 35;</script></head>",
        '<body><nav><a href="/">首页</a> | <a href="/1">要闻</a> | <a href="/2">公告 12</a></nav>',
        "<header><h1>滨江开发区简报</h1>",
        f"<p>第6期（总第88期） {date}</p></header>",
        '<div id="list"><ul>',
        *(f'<li><a href="#a{n}">{escape("".join(story.headline))}</a></li>' for n, story in enumerate(stories)),
        "</ul></div>",
        *(line for number, story in enumerate(stories) for line in _article(story, number, told=told)),
        '<div class="footer"><p>主办单位：滨江市商务局 电话：0350-1234567</p><p>晋ICP备05001234号</p></div>',
        '<script src="count.js"></script></body></html>',
    ]
    return ("" if minified else "\n").join(lines).encode(encoding, errors="xmlcharrefreplace")


def _article(story: Story, number: int, *, told: bool) -> list[str]:
    body: list[str] = []
    at_table = False
    for text, kind in zip(story.paragraphs, story.kinds, strict=True):
        if (kind == "table") != at_table:
            body.append("<table>" if kind == "table" else "</table>")
            at_table = kind == "table"
        if kind == "table":
            body.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in text.split()) + "</tr>")
        elif kind == "subheading":
            body.append(f"<p><strong>{escape(text)}</strong></p>")
        else:
            body.append(f"<p>　　{escape(text)}</p>")
    if at_table:
        body.append("</table>")
    heads = [f"<h2>{escape(line)}</h2>" for line in story.headline]
    source = f"来源：{escape(story.author)} " if story.author else ""
    about = "" if not told else f'<div class="info">{source}发布时间：2024-06-18 09:30 浏览次数：316</div>'
    return [f'<article id="a{number}">', *heads, about, *body, "</article>"]


def word(stories: Sequence[Story], date: str, path: Path, *, told: bool = True) -> Path:
    """The issue as a Word file; `told` as in `page`."""
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "内部资料 第88页"
    made.add_paragraph(MASTHEAD[0], style="Title")
    for line in MASTHEAD[1:]:
        made.add_paragraph(line.format(date=date))
    for story in stories:
        for line in story.headline:
            made.add_paragraph(line, style="Heading 1")
        if told:
            source = f"来源：{story.author} " if story.author else ""
            made.add_paragraph(f"{source}发布时间：2024-06-18 09:30")
        _paragraphs(made, story)
    made.save(str(path))
    return path


def _paragraphs(made: "docx.document.Document", story: Story) -> None:
    rows: list[list[str]] = []
    for text, kind in [*zip(story.paragraphs, story.kinds, strict=True), ("", "end")]:
        if kind == "table":
            rows.append(text.split())
            continue
        if rows:
            table = made.add_table(len(rows), max(map(len, rows)))
            for row, cells in zip(table.rows, rows, strict=True):
                for cell, value in zip(row.cells, cells, strict=False):
                    cell.text = value
            rows = []
        if kind != "end":
            made.add_paragraph(text)
