"""Bylines known by where they stand: under the last paragraph at the right edge, never as the end of a full line."""

import re
from collections.abc import Sequence
from typing import Final

from tasks.clean.breaks import closes_sentence
from tasks.clean.lines import LARGE, Printed, ends_broken_byline
from tasks.clean.rules import Layout
from tasks.clean.setting import is_seam
from tasks.clean.weights import DASHES, cuts_word

_BRACKETED: Final = re.compile(r"[（(〔]\s*[一-龥·]{2,12}(?:[\s　、]+[一-龥·]{2,8}){0,3}\s*[）)〕]")
_BARE: Final = re.compile("[一-龥]{2,3}")
_END_OF_NAME: Final = re.compile(r"[一-龥]{1,2}(?:[\s　]+[一-龥]{2,4})*")
_SPEAKS: Final = re.compile("[一-龥]{1,2}[：:].")
_OPENING: Final = "（(〔"
_CLOSING: Final = "）)〕"
_SHORTEST_POST: Final = 8
"""Characters of a post with its office, in a line of its own."""
_WRITE: Final = tuple("局委会部厅处科心司团院社室府组")
"""How the offices end that write; places of which a headline may end with the name do not."""
_FEWEST_SIGNED: Final = 2
_WIDEST: Final = 60.0
"""Longer lines are paragraphs that were not broken, and have no edge."""
_RAGGED: Final = 2.0
_DEPARTMENT: Final = re.compile(
    "[一-龥]{0,6}[省市县区州盟旗][一-龥·]{2,16}(?:[部室科处局委组所站院队]|协会|学会|办公室)"
)
"""省开发区协会统计信息部: who wrote, and no line of a headline."""


def with_signatures(printed: Sequence[Printed], layout: Layout) -> list[Printed]:
    """The lines, with the bylines that only their place tells, and without those that it denies.

    A signature is short, in brackets or an office's name, and stands deep behind a body. Two or three characters behind
    a full line in mid-sentence (稳中⏎向好) are the rest of it, and behind a name (何文⏎博) the rest of that.
    """
    lines = list(printed)
    for at in _offices_above(lines, layout):
        lines[at] = lines[at]._replace(is_byline=True)
    edge = max((line.lead + line.width for line in lines if line.width <= _WIDEST), default=0.0)
    for at in range(1, len(lines)):
        line, before = lines[at], lines[at - 1]
        if before.is_byline and not line.blank_before and _is_post(line, layout):
            lines[at] = line._replace(is_byline=True)  # □ 沈砚秋⏎某某开发区党工委副书记、管委会主任
        elif line.is_deep and not line.stands_apart and closes_sentence(before.text, layout):
            at_edge = line.lead + line.width >= edge - _RAGGED and not _is_centred(lines, at)
            if _BRACKETED.fullmatch(line.text) or (at_edge and layout.office.fullmatch(line.text)):
                lines[at] = line._replace(is_byline=True)
        elif line.is_deep and _on_one_axis(before, line) and _is_department(lines, at):
            lines[at] = line._replace(is_byline=True)
        elif line.blank_before or line.lead or before.is_furniture:
            continue
        elif line.is_byline and line.text[0] in _OPENING and _is_dateline(before, layout):
            lines[at] = line._replace(is_byline=False)  # 新华社太原6月18日电⏎（记者 李若谷）
        elif before.is_byline and not (before.is_web_line or line.is_byline) and _SPEAKS.match(line.text):
            lines[at - 1] = before._replace(is_byline=False)  # 某某公司项目经理 余海⏎涛：现在工地上有…
            lines[at] = line._replace(is_tail=True)
        elif line.is_byline and ends_broken_byline(lines, at, layout):
            lines[at] = line._replace(is_byline=False)  # it is joined with the line on which the bracket opens
        elif _goes_on(before, line):
            lines[at] = line._replace(is_byline=True)
        elif line.is_byline and _BARE.fullmatch(line.text) and not before.is_byline:
            # the rest of a line in mid-sentence, or of a word: 高质量发⏎展综述
            rest = (
                _is_full(lines, at - 1, layout) or cuts_word(before.text, line.text, layout) or is_seam(lines, at - 1)
            )
            lines[at] = line._replace(is_byline=not rest)
    return lines


def _offices_above(lines: Sequence[Printed], layout: Layout) -> list[int]:
    """The offices that stand alone between headlines and blank lines, where others who wrote stand so too."""
    places = [
        at
        for at in range(1, len(lines) - 1)
        if (lines[at + 1].blank_before or lines[at + 1].lead >= 1 > lines[at].lead)
        and not (lines[at].blank_before or lines[at].is_furniture or lines[at - 1].stands_apart)
        and not (lines[at + 1].stands_apart or closes_sentence(lines[at - 1].text, layout))
    ]
    offices = [at for at in places if lines[at].text.endswith(_WRITE) and layout.office.fullmatch(lines[at].text)]
    if len(offices) + sum(lines[at].is_byline for at in places) >= _FEWEST_SIGNED:
        return offices
    return [at for at in offices if lines[at - 1].text.startswith(DASHES)]  # nothing of a headline follows its subtitle


def _is_post(line: Printed, layout: Layout) -> bool:
    """Whether a line says of whoever is named above it what he is, and where."""
    return not line.stands_apart and len(line.text) >= _SHORTEST_POST and layout.post.fullmatch(line.text) is not None


def _is_dateline(line: Printed, layout: Layout) -> bool:
    return line.opens_article and layout.dateline.fullmatch(line.text) is not None


def _goes_on(before: Printed, line: Printed) -> bool:
    """Whether a line is the rest of a name behind a paragraph: 何文⏎博; what stands in brackets is whole."""
    is_open = before.is_byline and before.strip.start > 0 and before.text[-1] not in _CLOSING
    return is_open and line.scale < LARGE and _END_OF_NAME.fullmatch(line.text) is not None


def _is_department(lines: Sequence[Printed], at: int) -> bool:
    """Whether a centred line names a department, and the text begins below it."""
    after = lines[at + 1] if at + 1 < len(lines) else None
    return _DEPARTMENT.fullmatch(lines[at].text) is not None and after is not None and not after.is_deep


def _is_centred(lines: Sequence[Printed], at: int) -> bool:
    """Whether a deep line stands in the middle above the next one: an office in a headline's first line."""
    line, after = lines[at], lines[at + 1] if at + 1 < len(lines) else None
    if after is None or not after.is_deep:
        return False
    return _on_one_axis(line, after)


def _on_one_axis(line: Printed, after: Printed) -> bool:
    return abs(line.lead + line.width / 2 - after.lead - after.width / 2) <= _RAGGED


def _is_full(lines: Sequence[Printed], at: int, layout: Layout) -> bool:
    """Whether a line stops in mid-sentence, and is as wide as those near it."""
    line = lines[at]
    if line.is_byline or line.opens_article or closes_sentence(line.text, layout):
        return False
    widest = max(other.width + other.indent for other in lines[max(0, at - 4) : at + 8] if not other.is_deep)
    return line.width + line.indent >= widest - _RAGGED
