"""A typesetter: lays the articles of an issue out as the dump of a page, in one of many ways that a seed chooses.

Only what a reader of the page could take apart again is set: paragraphs are always told by an indent, a blank line or a
line of their own; where an article has subheadings, all articles show where they begin or end.
"""

import json
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

NEVER_FIRST = "，。、；：！？）》」』】”’％%,;:!?)]〉·…"
NEVER_LAST = "（《「『【“‘〈([—"
COLUMNS = ("简讯", "短讯", "园区短波", "一句话新闻")
CAPTIONS = (
    "图为企业生产车间。",
    "图为项目施工现场，工人正在作业。（张伟 摄）",
    "▲园区一角。（资料图）",
    "图①：签约仪式现场。",
)


@dataclass(frozen=True)
class Story:
    """An article as it was written: the lines of its headline, who wrote it, its paragraphs and what they are."""

    headline: tuple[str, ...]
    author: str | None
    paragraphs: tuple[str, ...]
    kinds: tuple[str, ...]
    kinds_are_told: bool = True


@dataclass(frozen=True)
class Style:
    """How a page is set; each field is one of the ways in which real dumps differ."""

    width: int
    whole_numbers: bool
    by_count: bool
    indent: str
    blank: bool
    cut_every: int
    spaced_digits: bool
    headline_before: bool
    dateline: str
    byline: str
    masthead: str
    pages: int
    page_end: str
    foot: str
    captions: bool
    labels: bool
    editors: bool
    gap: int
    line_end: str


def stories(folder: Path) -> list[Story]:
    """The articles of a gold folder."""
    rows = [json.loads(line) for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines() if line]
    return [
        Story(
            tuple(row["headline"]),
            row["author"],
            tuple(row["paragraphs"]),
            tuple(row.get("kinds") or map(_kind, row["paragraphs"])),
            "kinds" in row,
        )
        for row in rows
    ]


def _kind(text: str) -> str:
    return "text" if text[-1] in "。！？；：”）" else "subheading"


def style(rng: random.Random, articles: Sequence[Story]) -> Style:
    """A style that leaves the articles readable."""
    width = rng.choice([12, 14, 16, 18, 20, 22, 26, 30, 36, 42, 0])
    indent = rng.choice(["", "　　", "  ", "    "])
    byline = rng.choice(["bracket", "bracket_line", "right", "under_headline", "reporter", "web"])
    before = rng.random() < 0.6 or byline in ("under_headline", "web")
    signed = all(story.author for story in articles)
    dateline = rng.choice(["本刊讯 ", "本报讯 ", "credit", "", ""])
    if not dateline and (not signed or (not before and any(map(is_column, articles)))):
        dateline = "本报讯 "
    pages = rng.choice([1, 1, 2, 3])
    return Style(
        width=width,
        whole_numbers=rng.random() < 0.5,
        by_count=width > 0 and rng.random() < 0.2,
        indent=indent,
        blank=not indent or rng.random() < 0.5,
        cut_every=rng.choice([0, 0, 18, 25, 40]) if width else 0,
        spaced_digits=rng.random() < 0.4,
        headline_before=before,
        dateline=dateline,
        byline=byline,
        masthead=rng.choice(["", "line", "block"]),
        pages=pages,
        page_end=rng.choice(["\f", "", "file"]) if pages > 1 else "",
        foot=rng.choice(["", "number", "dash", "running"]),
        captions=rng.random() < 0.3 and bool(indent),
        labels=rng.random() < 0.2 and before,
        editors=rng.random() < 0.3,
        gap=rng.choice([1, 1, 2, 3]),
        line_end=rng.choice(["\n", "\n", "\r\n"]),
    )


def lay_out(articles: Sequence[Story], how: Style, rng: random.Random) -> list[str]:
    """The files of the dump, in page order."""
    body = _masthead(how)
    for number, story in enumerate(articles):
        if number:
            body += [""] * how.gap
        if how.labels and rng.random() < 0.5:
            body += ["【园区动态】", ""]
        body += _article(story, how, rng)
    if how.editors:
        body += ["", "责任编辑：王明  校对：李华"]
    return _paged(body, how)


def _masthead(how: Style) -> list[str]:
    if how.masthead == "line":
        return ["滨江开发区简报  2024年第6期（总第88期）  2024年6月28日", ""]
    if how.masthead == "block":
        return ["滨江开发区简报", "第6期（总第88期）", "滨江市商务局主办　　　2024年6月28日", "━" * 20, ""]
    return []


def _article(story: Story, how: Style, rng: random.Random) -> list[str]:
    short_items = is_column(story)
    headline = list(story.headline)
    body = _body(story, how, rng, plain=short_items)
    if how.headline_before or short_items:
        lead = [*headline]
        if story.author and (how.dateline != "credit" or is_office(story)):
            if how.byline == "under_headline":
                lead += ["", f"来源：{story.author}" if is_office(story) else f"本报记者 {story.author}"]
            elif how.byline == "web":
                lead += [f"来源：{story.author} 发布时间：2024-06-18 09:30 浏览次数：316"]
        return [*lead, "", *body]
    return [*body, "", *headline]


def _body(story: Story, how: Style, rng: random.Random, *, plain: bool) -> list[str]:
    lines: list[str] = []
    paragraphs = list(story.paragraphs)
    if not plain and how.dateline:
        credit = f"本报讯（记者 {story.author}） " if story.author and not is_office(story) else "本报讯 "
        paragraphs[0] = (credit if how.dateline == "credit" else how.dateline) + paragraphs[0]
    signs = story.author is not None and not plain and (how.dateline != "credit" or is_office(story))
    for number, (text, kind) in enumerate(zip(paragraphs, story.kinds, strict=True)):
        last = number == len(paragraphs) - 1
        ends_signed = signs and last and how.byline == "bracket" and kind != "table"
        if number and (how.blank or (kind == "subheading" and not how.indent)):
            lines.append("")
        if number and how.captions and not last and rng.random() < 0.3:
            lines += ["", rng.choice(CAPTIONS), ""]
        if kind == "table":
            lines.append(text.replace(" ", "    "))
        elif kind == "subheading":
            lines.append(text)
        else:
            lines += _wrapped(_digits(text + (bracketed(story) if ends_signed else ""), how), how)
    on_a_line = how.byline == "bracket_line" or (how.byline == "bracket" and story.kinds[-1] == "table")
    if (plain and story.author) or (signs and on_a_line):
        lines.append(bracketed(story))
    elif signs and how.byline == "right" and not is_office(story):
        lines.append("　" * max(4, how.width - 6) + str(story.author))
    elif signs and how.byline in ("right", "reporter"):
        lines.append(bracketed(story) if is_office(story) else f"（记者 {story.author}）")
    return lines


def is_column(story: Story) -> bool:
    """Whether a story is a column of short items (简讯): its name stands above it on every page."""
    return len(story.headline) == 1 and story.headline[0] in COLUMNS


def is_office(story: Story) -> bool:
    """Whether an office sent the article in, which is set as a source."""
    return len(str(story.author).split(" ", maxsplit=1)[0]) > 4


def bracketed(story: Story) -> str:
    return f"（来源：{story.author}）" if is_office(story) else f"（{story.author}）"


def _digits(text: str, how: Style) -> str:
    if not how.spaced_digits:
        return text
    text = re.sub(r"(?<=[一-龥])(?=\d)", " ", text)
    return re.sub(r"(?<=[\d%])(?=[一-龥])", " ", text)


def _wrapped(text: str, how: Style) -> list[str]:
    if not how.width:
        return [how.indent + text]
    lines: list[str] = []
    line, room = how.indent, float(how.width)
    at = 0
    while at < len(text):
        piece = text[at]
        if how.whole_numbers and (found := re.match(r"[0-9.%A-Za-z]+", text[at:])) and len(found[0]) < how.width:
            piece = found[0]
        size = _size(line, how) + _size(piece, how)
        if size > room and line.strip() and piece[0] not in NEVER_FIRST:
            moved = ""
            while line[-1] in NEVER_LAST:
                line, moved = line[:-1], line[-1] + moved
            lines.append(line.rstrip(" "))
            line = moved
            if piece == " ":
                at += 1
                continue
        line += piece
        at += len(piece)
    lines.append(line)
    return lines


def _size(text: str, how: Style) -> float:
    if how.by_count:
        return len(text)
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def _paged(lines: list[str], how: Style) -> list[str]:
    """Lines cut into pages with their feet, and columns cut by a blank line in the middle of a sentence."""
    lines = _cut(lines, how)
    size = -(-len(lines) // how.pages)
    ends = [_page_end(lines, number * size, how) for number in range(1, how.pages)]
    pages = []
    for number, (start, end) in enumerate(pairwise([0, *ends, len(lines)])):
        page = lines[start:end]
        if how.foot == "number":
            page = [*page, "", str(number + 1)]
        elif how.foot == "dash":
            page = [*page, "", f"— {number + 1} —", ""]
        elif how.foot == "running" and how.masthead:
            page = [*([f"滨江开发区简报　　2024年6月28日　　第{number + 1}版"] if number else []), *page]
        pages.append(how.line_end.join(page))
    if how.page_end == "file":
        return [page + how.line_end for page in pages]
    joint = f"{how.line_end}\f" if how.page_end == "\f" else how.line_end
    return [joint.join(pages)]


def _page_end(lines: list[str], at: int, how: Style) -> int:
    """Where a page may end: not where nobody could say whether the paragraph goes on."""
    while at < len(lines) - 1 and not how.indent and "".join(lines[:at])[-1:] in "。！？；：”）":
        at += 1
    return at


def _cut(lines: list[str], how: Style) -> list[str]:
    if not how.cut_every:
        return lines
    cut: list[str] = []
    for number, line in enumerate(lines, start=1):
        cut.append(line)
        behind = lines[number] if number < len(lines) else ""
        full = _size(line, how) >= how.width - 1 and line[-1:] not in "。！？：；”）" and behind.strip() == behind != ""
        if number % how.cut_every == 0 and full and "  " not in line and _size(behind, how) > 2:
            cut.append("")
    return cut
