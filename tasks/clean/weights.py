"""What a break between two lines costs, read as a column's break and as the end of a paragraph or a headline line.

In nats, roughly: the logarithm of how much rarer such a break is in one reading than in the other. The weights were set
on the open gold issues and on the layouts of the typesetter in the tests.
"""

import re
from typing import Final, NamedTuple

from tasks.clean.lines import Printed
from tasks.clean.printing import display_width
from tasks.clean.rules import Layout
from tasks.clean.setting import LOST_INDENT, SLACK, Blanks, is_lost_indent
from tasks.clean.widths import UNWRAPPED

SURE: Final = 12.0
_SENTENCE: Final = 3.0
"""What speaks against a heading in a line that can only be one of running text."""
_SHOWN: Final = 3.0
"""What the width of a line says on a page that has lost its indents."""
_INSIDE_SENTENCES: Final = re.compile("[，。；]")
_TELLS_WHEN: Final = re.compile(
    r"(?:近日|日前|近期|近年|今年|去年|目前|截至|据|\d+\s*[年月]|[上下]半年|[前一二三四]季度)[^，]{0,12}，"
)
"""So a sentence begins, and hardly ever a headline."""
_WEAK_ENDS: Final = frozenset("；;：:")
_QUOTE_ENDS: Final = frozenset("”’」』")
_SPEAKER: Final = re.compile(
    "[^，。：；“]{2,20}(?:说|称|道|表示|介绍|坦言|感慨|感叹|告诉)(?:道|记者|小编|我们)?[，。：]"
)
DASHES: Final = ("——", "－－", "--")
"""What a subtitle begins with."""
_GOES_ON: Final = frozenset("，、")
_OTHER_COLUMN: Final = 3.0
_OTHER_ARTICLE: Final = 4.0
"""Where the column's width changes by so many characters behind a blank line or a picture, another article begins."""
_SEAM: Final = 2.0
_OPENS: Final = 3.0
"""Behind a blank line a text begins so."""
SPREAD: Final = 2.0
"""Two phrases with a space between them and no mark, where running text has hardly any such lines."""
TIMES_WIDER: Final = 3.0
"""No column is followed by a line of so many times its width: that one is not wrapped."""
_UNBROKEN: Final = re.compile(r"[A-Za-z0-9.%]+")


class Break(NamedTuple):
    """Two lines and what is known of the break between them.

    `closed`: the first ends as a paragraph does; `left_open`: inside of a bracket; `indents`: paragraphs are indented
    here; `slack`: how much a full line may fall short; `seam`: the two halves of a word stand on both sides; `alike`:
    the second begins as others do; `single`: it stands alone before an indent or a blank line; `spread`: the first is
    two phrases with a space between them; `lost`: the page has lost the indents of its paragraphs.
    """

    line: Printed
    after: Printed
    width: float
    next_width: float
    closed: bool
    next_closed: bool
    left_open: bool
    indents: bool
    blanks: Blanks
    slack: float
    seam: bool
    alike: bool
    single: bool
    spread: bool
    next_spread: bool
    lost: bool


def costs(at: Break, layout: Layout, *, first: bool) -> tuple[float, float]:
    """What it costs to join the lines, and to end the unit between them; `first`: the line is the first of its unit."""
    line, after = at.line, at.after
    if first and at.single and not at.next_closed and line.text.endswith(DASHES):
        return SPREAD, inside_sentence(after.text)  # 一季度新开工项目19个——⏎某某高新区：把“施工图”变成“实景图”
    if sticks(line.text, after.text, layout) or (line.opens_article and not at.closed):
        return 0.0, SURE  # also: a dateline is followed by its article
    if at.left_open:
        return 0.0, SURE / 3 if at.closed and (after.blank_before or after.indent >= 1) else SURE
    join, end = _closed(at, layout, first=first) if at.closed else _unfinished(at, layout, first=first)
    if first and after.blank_before and not at.closed and _TELLS_WHEN.match(after.text):
        join += _OPENS if not inside_sentence(line.text) else 0.0  # a headline above 今年以来，…
    if after.indent >= 1:
        if at.indents:
            join += 4.5
            if first and line.indent < 1 and not at.closed and not after.interrupted:
                end -= 1.5  # where paragraphs are indented, a first line that is not is a heading
        elif at.closed:
            join += 3.0
    elif at.indents:
        if at.closed:
            end += _flush(at)
        elif first and line.indent >= 1:
            end += 5.0  # an indented first line begins a paragraph, and is no heading
    return join, max(end, 0.0)


def _flush(at: Break) -> float:
    """What speaks against a paragraph that has no indent, where the others have one: it may be a heading."""
    if at.width >= UNWRAPPED or at.after.blank_before or at.after.interrupted:
        return 2.0
    return 0.0 if at.single and not at.next_closed else 5.6


def sticks(text: str, after: str, layout: Layout) -> bool:
    """Whether no paragraph ends between two lines, by the characters at their edges (避头尾)."""
    return after[0] in layout.never_first or text[-1] in layout.never_last or text[-1] in _GOES_ON


def cuts_word(text: str, after: str, layout: Layout) -> bool:
    """Whether the halves of a common word stand on both sides of a break: 突⏎破."""
    return layout.common_words.fullmatch(text[-1] + after[0]) is not None


def inside_sentence(text: str) -> float:
    """What speaks against a heading in a line: a comma is found in some (链条拉长，做成大产业), a full stop in none."""
    if not _INSIDE_SENTENCES.search(text):
        return 0.0
    once = text.count("，") == 1 and "。" not in text and "；" not in text
    return 1.0 if once and not _TELLS_WHEN.match(text) else _SENTENCE


def _closed(at: Break, layout: Layout, *, first: bool) -> tuple[float, float]:
    """Behind a line that closes a sentence: a paragraph's end where the line is short or blank lines are its sign."""
    line, after, blanks = at.line, at.after, at.blanks
    short = _missing(at, first=first) > at.slack + _pushed(after.text, layout)
    blank = after.blank_before and not after.interrupted
    listed = layout.enumerator.match(after.text) is not None
    join = max(0.0, blanks.present * 0.55) if blank else 0.0
    end = 0.0
    if line.text[-1] in _WEAK_ENDS and not listed:
        if not short:
            return join, 3.0  # a list may end its items so, a sentence goes on just as well
        end += 2.0
    if short:
        join += 5.0
        end += 0.0 if blank or after.interrupted or listed else max(0.0, -1.5 - blanks.absent)
    elif after.interrupted:
        end += 0.7
    elif blank:
        join += max(0.0, blanks.present - 1.8) + 1.0
        end += 0.5 + max(0.0, 1.8 - blanks.present)
    else:
        end += 1.5 + max(0.0, -0.8 - blanks.absent)
    if at.alike:
        join, end = join + 5.0, 0.0
    if not short and line.text[-1] in _QUOTE_ENDS and _SPEAKER.match(after.text):
        end += 2.0  # “…。”某某说: who speaks stands in the paragraph of what is said
    next_missing = at.next_width - after.width - after.indent
    if at.lost and not short and not at.next_closed and not after.interrupted:
        if is_lost_indent(next_missing):
            return join + _SHOWN, 0.0
        end += _SHOWN if next_missing <= SLACK else 0.0
    if not short and abs(next_missing - LOST_INDENT) <= 0.5 and not at.next_closed:
        end -= 0.8  # the next line looks like a first line whose indent was lost
    return join, end - 0.3 if listed else end


def _unfinished(at: Break, layout: Layout, *, first: bool) -> tuple[float, float]:
    """Behind a line in mid-sentence: it goes on, or is a line of a headline or a subheading."""
    line, after = at.line, at.after
    missing = _missing(at, first=first)
    slack = at.slack + _pushed(after.text, layout)
    short = missing > slack
    really_short = at.width - line.width - line.indent > slack
    blank = after.blank_before and not after.interrupted
    join = max(0.0, at.blanks.present * 0.55) if blank else 0.0
    if short:
        join += min(4.0, 0.8 + 1.2 * (missing - slack))
    elif first and really_short and blank:
        join += 1.2
    inside = inside_sentence(line.text)
    end = 7.0 if not first or inside >= _SENTENCE else 1.0 if really_short else 3.0
    if first and really_short and not short and layout.enumerator.match(after.text):
        end -= 1.0
    end += inside + (_SEAM if at.seam else 0.0)
    if first and at.lost and (inside or at.seam) and is_lost_indent(at.width - line.width):
        end += _SHOWN  # short by an indent that was lost, and with a comma or a cut word: it opens a paragraph
    elif first and blank and inside <= 1.0:
        # a line by itself with nothing of a sentence in it; one that fills its column and has a comma may go on
        end -= 2.2 if really_short or not inside else 1.0
        join += max(0.0, at.blanks.present * 0.3)
    if first and not inside and line.text.startswith(DASHES):
        end -= 2.0  # a subtitle; behind page furniture begins something else
        join += 1.0 if after.interrupted else 0.0
    elif first and not blank and not inside and (" " in line.text or line.text[0] in "—“"):
        end -= 0.8  # two phrases set apart by a space: headline shape
    if (after.interrupted or after.blank_before) and abs(at.next_width - at.width) > _OTHER_COLUMN:
        join += _OTHER_ARTICLE
    if at.spread or (first and not inside and at.next_spread):
        join += SPREAD
    if first and not inside and after.text.startswith(DASHES):
        end -= 3.0  # a title and its subtitle
    if first and line.width > at.width + 2 * SLACK and not inside:
        return join + 3.0, min(end, 0.5)  # wider than the column: set across it
    if after.width > at.next_width + 2 * SLACK and not at.next_closed:
        join += 2.0
    if after.width > TIMES_WIDER * max(at.width, line.width):
        join += SURE
    return join, end


def _missing(at: Break, *, first: bool) -> float:
    """How far a line falls short of its column; a first line may have lost its indent and be full all the same."""
    return at.width - at.line.width - at.line.indent - (LOST_INDENT if first and not at.indents else 0.0)


def _pushed(text: str, layout: Layout) -> float:
    """How much of a line's beginning could not have stayed on the line before: an opening quote, an unbroken number."""
    head = _UNBROKEN.match(text)
    if head:
        return max(0.0, display_width(head[0]) - 0.5)
    return 1.0 if text[0] in layout.never_last else 0.0
