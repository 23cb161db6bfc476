"""Which line breaks are the column's, and which end a paragraph or a line of a headline.

Every break between two lines costs something as a join and something as an end; the cheapest reading of the whole page
is taken. The evidence is the width of the line against its column, the punctuation on both sides, brackets left
open, the indent (also a lost one: a first line is then narrower by two characters), and blank lines, which say as much
as they do on this page: on some they stand between paragraphs, on others also where a column was cut.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from tasks.clean.bylines import says_of_whom
from tasks.clean.figures import boxes_of, is_figure
from tasks.clean.lines import Printed, ends_broken_byline
from tasks.clean.marks import TICKS
from tasks.clean.rules import Layout
from tasks.clean.setting import SLACK, alike_of, blanks_of, indents_of, is_seam, left_open_of, lost_indents
from tasks.clean.typeset import ends_unit
from tasks.clean.weights import DASHES, SPREAD, SURE, TIMES_WIDER, Break, costs, cuts_word, inside_sentence, sticks
from tasks.clean.widths import column_widths, slacks

_QUOTE_ENDS: Final = "”’」』）)》】 "
_LONGEST_DATELINE: Final = 40
_BRACKETS: Final = "（("
_MARKS: Final = re.compile("[，。、；：！？]")
_PHRASES: Final = re.compile("[^，。、；：！？（）0-9]*[一-龥”][ 　]+[一-龥“][^，。、；：！？0-9]*$")
"""Two phrases with a space between them, as headlines have: 聚力攻坚二季度 奋战项目最前沿."""
_RARE: Final = 0.1
_NO_MARKS: Final = 2.5
_COMMAS: Final = "，,"
_CLAUSES: Final = 0.4
"""Share of the lines of a block that end with a comma where each clause has a line of its own."""
_RAGGED: Final = 4.0
"""By how much the lines of such a block differ (Han characters); those of a column do by one."""
_WIDEST: Final = 24.0
_FEWEST_CLAUSES: Final = 2
_NEVER: Final = 1000.0
_FLUSH: Final = 4.0
"""What speaks for a headline in lines without an indent above a byline, or above a text that is not wrapped."""
_MOST_OVER: Final = 4
_LOOSE: Final = 6.0
"""What it costs that a unit of several lines ends in mid-sentence, where it must end."""


def unit_ends(printed: Sequence[Printed], layout: Layout) -> list[bool]:
    """For each line whether a unit ends with it (dynamic programming over 'is this line the first of its unit')."""
    widths = column_widths(printed)
    closed = [
        closes_sentence(line.text, layout) or ends_broken_byline(printed, at, layout) for at, line in enumerate(printed)
    ]
    left_open = left_open_of(printed)
    blanks = blanks_of(printed, widths, closed)
    indents = indents_of(printed)
    wholes = _wholes(printed, widths)
    alike = alike_of(printed, closed, layout)
    usual = slacks(printed, widths)
    spread = _spread_of(printed)
    lost = lost_indents(printed, widths, closed)
    set_apart = [
        ends_unit(line, after, closed=end) for (line, after), end in zip(pairwise(printed), closed, strict=False)
    ]
    over_text = _over_texts(printed, closed, indents)
    first_best, inner_best = 0.0, _NEVER
    first_came: list[bool] = []  # for each break: was the line the first of its unit, if the next one is
    inner_came: list[bool] = []  # and if the next one is not
    for at in range(len(printed) - 1):
        line, after = printed[at], printed[at + 1]
        if (
            not (closed[at] or wholes[at])
            and not after.blank_before
            and not after.interrupted
            and not (after.is_tail or _stands_apart(line, after))
            and set_apart[at] is None
            and -2 * SLACK <= widths[at] - line.width - line.indent <= usual[at]
            and after.width <= widths[at + 1] + 2 * SLACK
            and (after.indent < 1 or not indents[at])
        ):
            # nearly all breaks: a full line in mid-sentence
            join = inner_join = 0.0
            if left_open[at] or sticks(line.text, after.text, layout):
                end = inner_end = SURE
            else:
                join, end, inner_join, inner_end = _full_line(
                    line, after, spread=spread[at], next_spread=spread[at + 1], heading=at in over_text
                )
        elif (
            after.is_cell
            or after.is_tail
            or _is_one_byline(line, after, layout)
            or (wholes[at] and wholes[at] == wholes[at + 1])
        ):
            join = inner_join = 0.0
            end = inner_end = _NEVER
        elif wholes[at] != wholes[at + 1]:
            join = inner_join = _NEVER
            end = inner_end = 0.0
        elif _is_dateline_alone(line, after, layout):
            # below it the article goes on, or stands the heading of a first item
            headed = not closed[at + 1] and after.width + after.indent < widths[at + 1] - 2 * SLACK
            join = inner_join = _NEVER if headed else 0.0
            end = inner_end = 0.0 if headed else _NEVER
        elif _stands_apart(line, after) or set_apart[at]:
            join = inner_join = _NEVER
            end, inner_end = 0.0, 0.0 if closed[at] or line.marks == "to" else _LOOSE
        elif set_apart[at] is False:
            join = inner_join = 0.0
            end = inner_end = SURE
        else:
            known = Break(
                line,
                after,
                widths[at],
                widths[at + 1],
                closed[at],
                closed[at + 1],
                left_open[at],
                indents[at],
                blanks[at],
                usual[at],
                not closed[at] and _is_cut(printed, at, layout),
                alike[at + 1],
                at + 2 == len(printed) or printed[at + 2].indent >= 1 or printed[at + 2].blank_before,
                spread[at],
                spread[at + 1],
                lost,
            )
            join, end = costs(known, layout, first=True)
            inner_join, inner_end = costs(known, layout, first=False)
        first_came.append(first_best + end <= inner_best + inner_end)
        inner_came.append(first_best + join <= inner_best + inner_join)
        first_best, inner_best = (
            min(first_best + end, inner_best + inner_end),
            min(first_best + join, inner_best + inner_join),
        )
    ends = [True]
    first = first_best <= inner_best + (0.0 if closed[-1] else _LOOSE)
    for at in range(len(printed) - 2, -1, -1):
        ends.append(first)
        first = first_came[at] if first else inner_came[at]
    return ends[::-1]


def _wholes(printed: Sequence[Printed], widths: Sequence[float]) -> list[int]:
    """For each line the number of the unit that it is of whatever its end looks like; 0 where that has to be found.

    No mark ends a ticked item, and in a text with a clause a line, or broken at its tags, no line's end says anything.
    """
    wholes = [0] * len(printed)
    count = 0
    for at, line in enumerate(printed):
        before = printed[at - 1] if at else None
        if line.text[0] in TICKS:
            count += 1
            wholes[at] = count
        elif before and wholes[at - 1] and not (line.blank_before or line.begins or line.stands_apart):
            goes_on = widths[at - 1] - before.width - before.indent <= 2 * SLACK
            wholes[at] = wholes[at - 1] if goes_on else 0
    for start, end in boxes_of(is_figure(line.text) for line in printed):
        wholes[start:end] = range(count + 1, count + 1 + end - start)
        count += end - start
    for at, line in enumerate(printed):
        if line.whole:
            count += not (at and printed[at - 1].whole == line.whole)
            wholes[at] = count
    for start, end in _blocks(printed):
        inner = printed[start : end - 1]
        widest = max((line.width for line in inner), default=0.0)
        ragged = widest <= _WIDEST and widest - min((line.width for line in inner), default=0.0) >= _RAGGED
        short = [line for line in inner if ragged and line.text[-1] in _COMMAS and line.width < widest - SLACK]
        clauses = len(short)
        if clauses >= max(_FEWEST_CLAUSES, _CLAUSES * len(inner)) and not any(wholes[start:end]):
            count += 1
            wholes[start:end] = [count] * (end - start)
    return wholes


def _blocks(printed: Sequence[Printed]) -> Iterator[tuple[int, int]]:
    """The stretches of lines between blank lines, and between lines that stand apart."""
    start = 0
    for at in range(1, len(printed) + 1):
        if (
            at == len(printed)
            or printed[at].blank_before
            or printed[at].begins
            or _stands_apart(*printed[at - 1 : at + 1])
        ):
            yield start, at
            start = at


def closes_sentence(text: str, layout: Layout) -> bool:
    """Whether a text ends as a paragraph does."""
    last = text[-1]
    if last in layout.sentence_ends or last in layout.paragraph_ends:
        return True
    if last not in _QUOTE_ENDS:
        return False
    bare = text.rstrip(_QUOTE_ENDS)
    return bool(bare) and bare[-1] in layout.sentence_ends


def _full_line(
    line: Printed, after: Printed, *, spread: bool, next_spread: bool, heading: bool
) -> tuple[float, float, float, float]:
    """What it costs to join a full line in mid-sentence, and to end a unit there: as its first line, as another."""
    inside = inside_sentence(line.text)
    shaped = not inside and (" " in line.text or line.text[0] in "—“")
    end = 3.0 + inside - (0.8 if shaped else 0.0)
    if not inside and after.text.startswith(DASHES):
        end -= 3.0  # a title and its subtitle
    join = SPREAD if not inside and (spread or next_spread) else 0.0
    if shaped and not line.opens_article and _PHRASES.match(line.text) and not _MARKS.search(after.text):
        join += _NO_MARKS  # two lines of running text without any mark are rare
    if heading:
        join, end = join + _FLUSH, max(0.0, end - _FLUSH)
    return join, end, SPREAD if spread else 0.0, 7.0 + inside


def _over_texts(printed: Sequence[Printed], closed: Sequence[bool], indents: Sequence[bool]) -> set[int]:
    """The lines without an indent, and without the end of a sentence, between what is over and a byline or a text.

    Below them paragraphs are indented, or are not wrapped at all.
    """
    found: set[int] = set()
    for at in range(1, len(printed)):
        line, before = printed[at], printed[at - 1]
        if before.is_byline or not (line.is_byline or (line.blank_before and not line.stands_apart)):
            continue
        first = at
        while first and not (closed[first - 1] or printed[first - 1].stands_apart or printed[first - 1].indent >= 1):
            first -= 1
        if not 0 < at - first <= _MOST_OVER:
            continue
        below = next((one.width for one in printed[at:] if not one.is_byline), 0.0)
        unwrapped = below > TIMES_WIDER * max(one.width for one in printed[first:at])
        if unwrapped or (line.is_byline and all(indents[first:at])):
            found.update(range(first, at))
    return found


def _spread_of(printed: Sequence[Printed]) -> list[bool]:
    """For each line whether white space parts two phrases in it, where running text has hardly any such lines."""
    spread = [" " in line.text and not line.opens_article and _PHRASES.match(line.text) is not None for line in printed]
    return spread if sum(spread) <= _RARE * len(printed) else [False] * len(printed)


def _is_cut(printed: Sequence[Printed], at: int, layout: Layout) -> bool:
    """Whether a break parts what belongs together: the halves of a word (突⏎破), a number and its unit (12⏎处)."""
    text, after = printed[at].text, printed[at + 1].text
    cut = cuts_word(text, after, layout) or (text[-1].isdigit() and (after[0].isdigit() or "一" <= after[0] <= "龥"))
    return cut or is_seam(printed, at)


def _is_dateline_alone(line: Printed, after: Printed, layout: Layout) -> bool:
    """Whether nothing follows a dateline on its line: its names, or the article, stand on the next one."""
    if not line.opens_article or len(line.text) > _LONGEST_DATELINE:
        return False
    goes_on = not after.stands_apart and (not after.opens_article or after.text[0] in _BRACKETS)
    return goes_on and layout.dateline.fullmatch(line.text) is not None


def _is_one_byline(line: Printed, after: Printed, layout: Layout) -> bool:
    """Whether a byline was broken: 本报记者⏎王五, 张三⏎李四."""
    both = line.is_byline and after.is_byline and not (line.is_web_line or after.is_web_line)
    if not both or after.blank_before or line.text[-1] in _QUOTE_ENDS or after.text[0] in _BRACKETS:
        return False
    each = says_of_whom(line.text, layout) and says_of_whom(after.text, layout)
    return not each and layout.byline_roles.match(after.text) is None


def _stands_apart(line: Printed, after: Printed) -> bool:
    return (
        line.stands_apart
        or after.stands_apart
        or after.opens_article
        or after.begins
        or line.is_deep
        or after.is_deep
        or line.is_announced
        or after.is_announced
        or after.parted
        or after.marks == "from"
        or line.marks == "to"
    )
