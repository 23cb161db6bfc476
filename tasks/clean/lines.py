"""Printed lines with what can be seen of them: width, indent, how they begin and end."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from tasks.clean.bylines import credit_beside, inner_byline_ends, is_byline, is_web_line, split_byline
from tasks.clean.flow import Strip
from tasks.clean.marks import bare_label, bullet_end, is_dotted
from tasks.clean.printing import as_read, display_width, visible
from tasks.clean.rules import Layout
from tasks.records import Line, Look

_DATELINE_GAP: Final = 0.75
"""Behind a dateline stands a full space, of which the dump keeps a thin one."""


_LONGEST_FURNITURE: Final = 120

_MAY_BE_CUT: Final = re.compile(r"[讯訊)）〕转轉接]|[。！？”…]\s|\s□?本[报刊]|^[【\[［]\d")
"""A line without any of these holds neither a dateline nor a byline beside other text."""

_CONTINUED: Final = re.compile(
    r"[（(\[【]?\s*(?P<way>下[转轉]|上接)(?:[^（）()。，]{0,12}?(?P<sheet>\d{1,3}))?[^（）()。，]{0,4}[版页頁][^（）()。，]{0,16}[）)\]】]?"
)
"""Where an article goes on, or where it comes from: （下转第3版）, （上接第1版）."""

_CLOSING: Final = "）)"
_BROKEN_NAMES: Final = re.compile("[^（()）。，；]{1,24}[）)]")

_OPENS_DATELINE: Final = frozenset("本新据央中人（(【")
_LONGEST_DATELINE: Final = 40

_GLYPH: Final = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]+\\s*(?=\\S)")
"""A bullet that only its font knew; anywhere else such a character may be a rare Han character and stays."""

_NUMBERED: Final = re.compile(r"[【\[［]\d{1,3}[】\]］]\s*(?=\S)")
"""【1】 before a headline: which item it is."""

MAY_OPEN: Final = re.compile("[讯訊电電记記员員]|消息")


_SPAN: Final = re.compile("[（(][^（）()]{2,24}[）)]$")
"""工作简讯（10月28日—11月3日）: of which time the items are."""

LARGE: Final = 1.15
"""Type that is larger than the body text by this factor is a headline's."""


class Printed(NamedTuple):
    """A strip of a line and its looks. Widths count a Han character as 1, a digit as 0.5.

    `text` is the strip as it is read: with full-width punctuation.
    """

    strip: Strip
    text: str
    width: float
    lead: float
    """White space before it on its printed line."""
    indent: float
    """That of a paragraph's first line; 0 where a line is set further in."""
    gap: int
    """Blank lines before it."""
    opens_article: bool
    is_byline: bool
    is_furniture: bool
    interrupted: bool = False
    """Furniture stands before it."""
    parted: bool = False
    """What stands before it belongs to another article."""
    begins: bool = False
    """A bullet marks it as the beginning of something."""
    marks: str = ""
    """`to`: the article goes on elsewhere from here (下转); `from`: it goes on here (上接)."""
    is_announced: bool = False
    """It stands in the list of contents."""
    is_unlisted: bool = False
    """A list of contents that leads to pages has all of the issue's headlines, and not this line."""
    is_tail: bool = False
    """It ends the line before it: a mail program broke that once more, or it was broken inside of a name."""
    whole: int = 0
    """The paragraph that it is of whatever its end looks like; 0 where that has to be found."""
    is_framed: bool = False
    """It stands between two rules, alone."""
    is_section: bool = False
    """It heads a section of an article, whatever it looks like."""
    sheet: int = 0
    """The page that such a mark names."""
    is_row: bool = False
    """A row of a table."""
    is_cell: bool = False
    """A cell of the row that the line before is of."""
    is_web_line: bool = False
    """What a web page says of its article: 来源：… 发布时间：…"""
    column: float = 0.0
    """The width of its column; 0 where the document does not say."""
    scale: float = 1.0
    """The size of its characters, as a multiple of the body text's."""
    bold: bool = False
    block: int = 0
    """Lines that are set together on a typeset page have the same number; 0 where the document does not say."""
    is_deep: bool = False
    """Set further in than paragraphs are: centred, or at the right edge."""

    @property
    def blank_before(self) -> bool:
        """Whether a blank line stands before it."""
        return self.gap > 0

    @property
    def stands_apart(self) -> bool:
        """Whether nothing is joined with the line."""
        return self.is_byline or self.is_furniture or self.is_row


def printed_lines(lines: Iterable[Line], layout: Layout, document: int = 0) -> list[Printed]:
    """The lines that carry text; a dateline or a byline in the middle of a line cuts it."""
    printed: list[Printed] = []
    gap = int(document == 0)
    page = None if document else 1
    for line in lines:
        raw = line.text
        core = raw.strip()
        if not core:
            gap += 1
            continue
        start = 0 if len(core) == len(raw) else raw.index(core[0])
        if core.isprintable() and not _MAY_BE_CUT.search(core):
            strip = Strip(raw, start, start + len(core), line.page, line.number, document)
            look = _look(strip, core, layout, gap=gap, margin=line.margin, set_as=line.look)
            if line.begins:
                look = look._replace(parted=True)
            printed.append(look if page == line.page else look._replace(interrupted=True))
            gap, page = 0, line.page
            continue
        strips = [(strip, text) for strip in _strips(line, layout, document) if (text := strip.text.strip())]
        if not strips:
            gap += 1
        for strip, text in strips:
            look = _look(strip, text, layout, gap=gap, margin=line.margin, set_as=line.look)
            if line.begins and strip.start == strips[0][0].start:
                look = look._replace(parted=True)
            if strip.start > strips[0][0].start and printed[-1].marks == "from":
                look = look._replace(width=look.width + printed[-1].width)  # （上接第1版） fills its line as well
            printed.append(look if page == line.page else look._replace(interrupted=True))
            gap, page = 0, line.page
    return _with_broken_datelines(printed, layout)


def _with_broken_datelines(printed: list[Printed], layout: Layout) -> list[Printed]:
    """The lines, those marked that only together with the next one make a dateline: 新华社北京6月18⏎日电."""
    for at in range(len(printed) - 1):
        line = printed[at]
        if line.opens_article or line.stands_apart or line.text[0] not in _OPENS_DATELINE:
            continue
        if len(line.text) < _LONGEST_DATELINE:
            found = layout.dateline.match(line.text + printed[at + 1].text)
            if found is not None and found.end() > len(line.text):
                printed[at] = line._replace(opens_article=True)
    return printed


def ends_broken_byline(printed: Sequence[Printed], at: int, layout: Layout) -> bool:
    """Whether a line is the second half of a byline that stands behind the last sentence: …。（沈一鸣⏎高飞）."""
    text = printed[at].text
    if not at or text[-1] not in _CLOSING or not _BROKEN_NAMES.fullmatch(text):
        return False
    both = printed[at - 1].text + text
    return split_byline(both, len(both), layout) is not None


def _strips(line: Line, layout: Layout, document: int) -> list[Strip]:
    raw = as_read(line.text)
    cuts = {0, len(raw)}
    if glyph := _GLYPH.match(raw.lstrip()) or _NUMBERED.match(raw.lstrip()):
        cuts.add(len(raw) - len(raw.lstrip()) + len(glyph[0]))
    for mark in _CONTINUED.finditer(raw):
        if mark[0][0] in "（(［[【" or not (raw[: mark.start()] + raw[mark.end() :]).strip():
            cuts |= {mark.start(), mark.end()}
    lead = len(raw) - len(raw.lstrip())
    cuts.update(at for match in layout.inner_dateline.finditer(raw) if (at := match.start()) > lead)
    ends = inner_byline_ends(raw, layout)
    cuts.update(ends)
    for end in (*ends, len(raw)):
        byline = split_byline(raw, end, layout)
        if byline is not None:
            cuts.add(byline[0])
    beside = credit_beside(raw, layout)
    if beside is not None:
        cuts.add(beside)
    strips = []
    for start, stop in pairwise(sorted(cuts)):
        part = raw[start:stop]
        left, right = len(part) - len(part.lstrip()), len(part.rstrip())
        if left < right:
            strips.append(Strip(line.text, start + left, start + right, line.page, line.number, document))
    return strips


def _look(strip: Strip, text: str, layout: Layout, *, gap: int, margin: int, set_as: Look | None) -> Printed:
    printed, text = text, as_read(text)
    web = len(text) <= _LONGEST_FURNITURE and is_web_line(text, layout)
    signs = web or is_byline(text, layout)
    width = display_width(printed)
    opens = not signs and MAY_OPEN.search(text, 0, 30) is not None and layout.dateline.match(text) is not None
    opens = opens and layout.column_head.fullmatch(bare_label(_SPAN.sub("", text))) is None  # 【一周短讯】
    mark = _CONTINUED.fullmatch(text) if "版" in text or "页" in text or "頁" in text else None
    glyph = _is_mark(text)
    before = strip.line_text[margin : strip.start]
    lead = display_width(before.replace(" ", "x")) if before and not visible(before).strip() else 0.0
    line = Printed(
        strip,
        text,
        width + (_DATELINE_GAP if opens and " " in text[:8] else 0.0),
        lead,
        lead,
        gap,
        opens,
        mark is None and signs,
        glyph
        or mark is not None
        or (
            len(text) <= _LONGEST_FURNITURE
            and (layout.furniture.fullmatch(text) is not None or (not signs and _is_label(text, layout)))
        ),
        begins=glyph or bullet_end(text) > 0 or is_dotted(text),
        marks="" if mark is None else "from" if mark["way"] == "上接" else "to",
        is_web_line=web,
        sheet=0 if mark is None or mark["sheet"] is None else int(mark["sheet"]),
    )
    return line if set_as is None else _typeset(line, set_as)


def _is_mark(text: str) -> bool:
    """Whether a strip is no more than a bullet or the number of an item."""
    if _NUMBERED.sub("", text + "x") == "x":
        return True
    return not text.isprintable() and _GLYPH.sub("", text + "x") == "x"


def _typeset(line: Printed, look: Look) -> Printed:
    """A line of a typeset page: its place says how wide it is, where it begins and what it is set with."""
    left, right = look.edges[line.strip.start], look.edges[line.strip.end]
    indent = max(0.0, (left - look.left) / look.size) if line.strip.start == 0 else 0.0
    return line._replace(
        width=(right - left) / look.size,
        lead=indent,
        indent=indent,
        gap=int(look.apart and line.strip.start == 0),
        # what a headline says by chance is no byline (通报) and no furniture
        is_byline=line.is_byline and look.scale < LARGE,
        is_furniture=look.aside or (line.is_furniture and look.scale < LARGE),
        is_row=look.row,
        column=(look.right - look.left) / look.size,
        scale=look.scale,
        bold=look.bold,
        block=look.block + 1,
    )


def _is_label(text: str, layout: Layout) -> bool:
    """Whether a line is a label in brackets; the name of a column of short items may be their headline."""
    label = layout.column_label.fullmatch(text)
    return label is not None and layout.column_head.fullmatch(label[1]) is None
