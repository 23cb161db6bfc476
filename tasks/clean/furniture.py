"""Page furniture (版面附件): the lines of a page that belong to no article, found by how they are worded and repeated.

Most of it only interrupts what is printed round it: a paragraph goes on behind a page number, a running head or a
caption. Labels and the lines of a web page stand between two articles and part them.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from tasks.clean.captions import block_end, is_caption, run_end, run_start
from tasks.clean.contents import contents_end, sections_among, with_announced
from tasks.clean.dividers import dividers_of, with_sections
from tasks.clean.lines import Printed
from tasks.clean.marks import TRIANGLES, bare_label
from tasks.clean.rules import Layout

_LONGEST: Final = 120
_LEFT_BESIDES: Final = 6
"""Characters that may stand beside the pieces of a running head: the name of the page (综合新闻)."""
_LONGEST_PAGE_NAME: Final = 8
_LONGEST_PAGE: Final = 3
_BESIDE_PAGE: Final = " 　\t|｜·-—"
_SHORTEST_TITLE: Final = 3
_EDGE: Final = 3
"""Lines at the top and at the foot of a page among which repetition is looked for."""
_LONGEST_FOOT: Final = 10
_LONGEST_BULLET: Final = 2
_UNSAID: Final = "：:"
_LONGEST_WEB_WORD: Final = 6
_OTHER_ARTICLE: Final = re.compile("[上下]一[篇条页]")
"""上一篇：, and in the next line the headline of another article."""
_WORDS: Final = re.compile(r"[^\w]+")
_PAGE_NAME: Final = re.compile(r"(?:\d{1,2}[\s　]*)?[一-龥]+(?:[·、][一-龥]+)*")
_LETTERS: Final = re.compile(r"[A-Za-z .&'’-]*[A-Za-z][A-Za-z .&'’-]*")
"""The title of a paper in English or in pinyin, beside it."""
_IN_ENGLISH: Final = re.compile(r"\s*[/／|｜]\s*[A-Z][A-Za-z &]+$|\s+[A-Z][A-Z &]{3,}$")
"""特别策划 / SPECIAL, 要闻 YAOWEN."""
_WIDE: Final = re.compile(r"[ 　]{4,}")
"""Between the pieces of a running head that stand at both edges of the page."""
_ISSUE: Final = re.compile(r"第\s*\d{1,4}\s*期\s*$")
_DIGITS: Final = re.compile(r"\d+")
_PICTURE: Final = re.compile(r"\.(?:jpe?g|png|gif|bmp|webp)\]$", re.IGNORECASE)
_LONGEST_FOOT_LINE: Final = 40
_CLOSES: Final = "。！？”"
_ADDRESS: Final = re.compile(r"https?://\S+$")
_REST_OF_ADDRESS: Final = re.compile("(?=.*[A-Za-z])[A-Za-z0-9=&?/_.%#~-]+")
"""Of an address that the line's end broke."""
_PAGED: Final = re.compile(r"([一-龥]{3,10}报)[\s　]+\d{1,2}|\d{1,2}[\s　]+([一-龥]{3,10}报)")
"""沅州日报 5: the paper and the page."""
_RULE: Final = re.compile(r"([^\w\s，。；：！？、（）()《》“”])(?:\s?\1){5,}")
"""A row of one sign: ══════."""
_SENTENCE: Final = re.compile(r"[。；！？]|，.*，")
_LONGEST_ENTRY: Final = 50


class Sorted(NamedTuple):
    """The lines of an issue: those that articles are made of, and those set aside."""

    kept: list[Printed]
    furniture: list[Printed]


def sort_out(lines: Sequence[Printed], title: str | None, layout: Layout) -> Sorted:
    """Take the furniture out of the lines of an issue; `title` is the bulletin's own, if it is known."""
    dividers, lead = dividers_of(lines, lambda text: is_running(text, title, layout), layout)
    printed = with_sections(lines, dividers, layout)
    rests = _rests(printed, layout)
    aside = [line.is_furniture or at in rests or at in lead for at, line in enumerate(printed)]
    labels = [line.is_furniture and layout.column_label.fullmatch(line.text) is not None for line in printed]
    parts = [label or at in dividers for at, label in enumerate(labels)]
    repeated = _repeated(printed, layout)
    listed: list[str] = []
    names: set[str] = set()
    at = items = 0
    below = -1
    while at < len(printed):
        line, end = printed[at], at + 1
        text = line.text
        if len(text) > _LONGEST or line.is_row or (aside[at] and not layout.contents.fullmatch(text)):
            pass
        elif layout.furniture_block.fullmatch(text):
            end = block_end(printed, at)
            aside[at:end] = [True] * (end - at)
            parts[at] = True
        elif layout.contents.fullmatch(text):
            end = contents_end(printed, at, layout)
            entries = [line.text for line in printed[at + 1 : end]]
            names |= sections_among(entries, layout)
            listed += entries
            aside[at:end] = parts[at:end] = [True] * (end - at)  # what stands above it is of no article below it
        elif names and bare_label(_IN_ENGLISH.sub("", text)) in names and not line.is_byline:
            aside[at] = True  # beside a running head it is the name of the page, and the article may go on
            parts[at] = not any(is_running(one.text, title, layout) for one in printed[max(0, at - 1) : at + 2])
        elif layout.furniture_opening.match(text):
            end = run_end(printed, at, layout)
            if text[0] not in TRIANGLES or is_caption(printed, at, end, items):
                aside[at:end] = [True] * (end - at)
            else:
                items, end = end, at + 1
        elif layout.web.fullmatch(text):
            aside[at] = True
            above = _above(at, rests)
            below = at if above >= 0 and (printed[above].is_web_line or below == above) else below
            parts[at] = below != at  # under 发布时间：… it stands inside of the article
        elif layout.credit_end.search(text) and not line.is_byline:
            start = run_start(printed, at, aside, layout)
            aside[start:end] = [True] * (end - start)
        elif layout.credit.fullmatch(text) or at in repeated or is_running(text, title, layout):
            # 青溪通讯 2025.04 and 青溪通讯　　2025年第16期 have the looks of a dateline
            opens = line.opens_article and not (_DIGITS.search(text) and is_running(text, title, layout))
            aside[at] = not (line.is_byline or opens)
        at = end
    for at in range(1, len(printed) - 1):
        aside[at] = aside[at] or _is_page_name(printed, at, aside, title, layout)
    kept, furniture = _parted(_with_frames(printed), aside, parts)
    return Sorted(with_announced(kept, listed, names), furniture)


def is_running(text: str, title: str | None, layout: Layout) -> bool:
    """Whether a line is made of the pieces of a running head: title, page, number, day, editors."""
    if _SENTENCE.search(text):
        return False
    if paged_title(text) is not None:
        return True
    rest, pieces = text, 0
    for part in _title_parts(title or ""):
        rest, found = re.subn(r"[\s　]*".join(map(re.escape, part)), " ", rest)
        pieces += found
    rest, found = layout.running.subn(" ", rest)
    if not pieces + found:
        return False
    if not pieces and (found >= 2 or (found and (_WIDE.search(text) or _ISSUE.search(text)))):
        # the name of a bulletin without a masthead
        kept = [piece for piece in rest.split() if not layout.bulletin_title.fullmatch(piece.strip("《》"))]
        pieces, rest = len(rest.split()) - len(kept), " ".join(kept)
    if pieces and _LETTERS.fullmatch(rest):
        return True  # 江汉园区 JIANGHAN YUANQU
    besides = len(_WORDS.sub("", rest).replace("_", ""))
    if found and rest.strip(_BESIDE_PAGE).isdigit() and besides <= _LONGEST_PAGE:
        return True  # 2024年第5期　05
    return besides == 0 or (
        besides <= _LEFT_BESIDES and (pieces + found >= 2 or (pieces > 0 and len(text) > 6)) and "，" not in text
    )


def paged_title(text: str) -> str | None:
    """The paper of a line that says no more than its name and the page; None for any other line."""
    found = _PAGED.fullmatch(text)
    return found and (found[1] or found[2])


def _title_parts(title: str) -> list[str]:
    """A paper and its supplement stand alone as well; 工 作 简 报 is one word."""
    parts = title.split()
    return parts if all(len(part) >= _SHORTEST_TITLE for part in parts) else ["".join(parts)]


def _is_page_name(
    printed: Sequence[Printed], at: int, aside: Sequence[bool], title: str | None, layout: Layout
) -> bool:
    """Whether a few characters stand between the lines of a running head: the page's number, its name, the day."""
    text = printed[at].text
    if len(text) > _LONGEST_PAGE_NAME or not _PAGE_NAME.fullmatch(text) or layout.column_head.fullmatch(text):
        return False
    around = [printed[beside].text for beside in (at - 1, at + 1) if aside[beside]]
    return (
        len(around) == 2
        and printed[at - 1].strip.page == printed[at].strip.page == printed[at + 1].strip.page
        and all(layout.furniture.fullmatch(one) or is_running(one, title, layout) for one in around)
        and (text[0].isdigit() or any(map(_DIGITS.search, around)))
    )


def _rests(printed: Sequence[Printed], layout: Layout) -> set[int]:
    """The rests of the lines of web pages: of those that each tag broke, and of addresses that the line's end broke."""
    rests: set[int] = set()
    broken = False
    for at, line in enumerate(printed):
        address = broken or (at > 0 and printed[at - 1].is_furniture and _ADDRESS.search(printed[at - 1].text))
        broken = bool(address) and _REST_OF_ADDRESS.fullmatch(line.text) is not None
        if broken or _is_foot(printed, at):
            rests.add(at)
        elif line.text[-1] in _UNSAID and (line.is_web_line or layout.web.fullmatch(line.text)):
            rests.update(range(at + 1, _web_block_end(printed, at)))
    return rests


def _is_foot(printed: Sequence[Printed], at: int) -> bool:
    """Whether a line stands below the name of a picture inside of a text: [a3.jpg]⏎调度会现场."""
    if at < 2 or not printed[at].is_deep or len(printed[at].text) > _LONGEST_FOOT_LINE:
        return False
    web = at + 1 < len(printed) and printed[at + 1].is_web_line
    return _PICTURE.search(printed[at - 1].text) is not None and printed[at - 2].text[-1] in _CLOSES and not web


def _web_block_end(printed: Sequence[Printed], at: int) -> int:
    """Behind the rest of a line of a web page: 浏览次数：⏎1286⏎【字体：⏎大⏎中⏎小⏎】."""
    end = at + 1
    longest = _LONGEST if _OTHER_ARTICLE.match(printed[at].text) else _LONGEST_WEB_WORD
    while end < len(printed) and not printed[end].blank_before and len(printed[end].text) <= longest:
        if printed[end].is_web_line or _OTHER_ARTICLE.match(printed[end].text):
            break
        end += 1
        longest = _LONGEST_WEB_WORD
    return end


def _above(at: int, rests: set[int]) -> int:
    """The line above one that is no rest of another; -1 where there is none."""
    above = at - 1
    while above in rests:
        above -= 1
    return above


def _with_frames(printed: list[Printed]) -> list[Printed]:
    """The lines, those marked that stand alone between two rules: the name of a section of the issue."""
    rules = [line.is_furniture and _RULE.fullmatch(line.text) is not None for line in printed]
    if not any(rules):
        return printed
    return [
        line._replace(is_framed=True) if 0 < at < len(rules) - 1 and rules[at - 1] and rules[at + 1] else line
        for at, line in enumerate(printed)
    ]


def _parted(
    printed: Sequence[Printed], aside: Sequence[bool], parts: Sequence[bool]
) -> tuple[list[Printed], list[Printed]]:
    kept: list[Printed] = []
    furniture: list[Printed] = []
    interrupted = parted = begins = False
    gap = 0
    came: int | None = None
    for line, is_aside, is_part in zip(printed, aside, parts, strict=True):
        gap = max(gap, line.gap)
        if is_aside:
            furniture.append(line)
            # a bullet that stands by itself marks what follows it, one before a caption does not
            interrupted, parted = True, parted or is_part or line.parted
            begins = line.begins and len(line.text) <= _LONGEST_BULLET
            if is_part:
                continue  # · （上接第六版） in a list of contents
            if line.marks == "to" and kept:
                kept[-1] = kept[-1]._replace(marks="to", sheet=line.sheet)
            elif line.marks == "from":
                came = line.sheet
            continue
        own = line
        if interrupted:
            own = own._replace(gap=gap, interrupted=True, parted=parted or line.parted, begins=begins or line.begins)
        if came is not None and not line.is_byline:
            own = own._replace(marks="from", sheet=came)
            came = None
        kept.append(own)
        interrupted = parted = begins = False
        gap = 0
    return kept, furniture


def _repeated(printed: Sequence[Printed], layout: Layout) -> frozenset[int]:
    """The lines at the edges of pages that come again on other pages, but for their numbers.

    That a list of contents has the headline of an article is no repetition.
    """
    listed = {
        entry
        for at, line in enumerate(printed)
        if layout.contents.fullmatch(line.text)
        for entry in range(at + 1, contents_end(printed, at, layout))
    }
    pages: list[list[int]] = []
    last: tuple[int, int, int] | None = None
    feet = 0
    for at, line in enumerate(printed):
        page = (line.strip.document, line.strip.page, feet)
        if page != last:
            pages.append([])
            last = page
        pages[-1].append(at)
        # where nothing else parts the pages, their numbers do
        feet += line.is_furniture and len(line.text) <= _LONGEST_FOOT and _DIGITS.search(line.text) is not None
    if len(pages) < 2:
        return frozenset()
    edges = [{*page[:_EDGE], *page[-_EDGE:]} for page in pages]
    shapes = {
        at: _DIGITS.sub("0", "".join(printed[at].text.split()))
        for edge in edges
        for at in edge
        if at not in listed
        and len("".join(printed[at].text.split())) <= _LONGEST_ENTRY
        and not _SENTENCE.search(printed[at].text)
    }
    counts = Counter(shapes.values())  # of odd and even pages one may have it at the head, the other at the foot
    half, odd = divmod(len(pages), 2)
    return frozenset(
        at for at, shape in shapes.items() if counts[shape] >= max(2, half + (odd if "0" not in shape else 0))
    )
