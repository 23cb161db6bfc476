"""Where the furniture that takes several lines begins and ends: captions, and blocks under a name (往期推荐, 广告)."""

import re
from collections.abc import Sequence
from typing import Final

from tasks.clean.lines import Printed
from tasks.clean.rules import Layout

_LONGEST: Final = 120
_SENTENCE: Final = re.compile(r"[。；！？]|，.*，")
_LONGEST_ENTRY: Final = 50
_CAPTION: Final = re.compile("[。！）)]$|[摄攝圖图]$")
_NEXT_ITEM: Final = 3
"""Lines in which the next item of a list is looked for: a picture may stand between."""
_RAGGED: Final = 2.0
_LONGEST_RUN: Final = 4
"""Lines that a caption goes on for."""
_LONGEST_BLOCK: Final = 8
_ENDS_BEFORE_CAPTION: Final = re.compile("[。！？”]$|[│┃|\t]")


def block_end(printed: Sequence[Printed], at: int) -> int:
    """Behind the last line of what a line like 往期推荐 names: up to a blank line, one right below it apart.

    Of lines that stand singly between blank ones, those that no article follows: a headline is no part of the block.
    """
    end = at + 1
    limit = min(len(printed), at + _LONGEST_BLOCK)
    if end < limit and printed[end].blank_before and _is_listed(printed, end):
        end += 1
    while end < limit and (not printed[end].blank_before or (end > at + 1 and _is_single(printed, end))):
        end += 1
    if any(line.opens_article or line.is_row for line in printed[at + 1 : end]):
        # no blank line ends it before the next article
        end = next((below for below in range(at + 1, end) if not printed[below].is_furniture), end)
    return end


def _is_single(printed: Sequence[Printed], at: int) -> bool:
    """Whether a line of a block of single ones goes on with it."""
    after = printed[at + 1] if at + 1 < len(printed) else None
    return printed[at - 1].blank_before and (after is None or after.blank_before) and _is_listed(printed, at)


def _is_listed(printed: Sequence[Printed], at: int) -> bool:
    """Whether a line may be a title in a list, and not that of the article below it."""
    for line in printed[at : at + 2]:
        if line.is_furniture:
            return True
        if line.opens_article or line.is_byline or len(line.text) > _LONGEST_ENTRY or _SENTENCE.search(line.text[:-1]):
            return False
        if line.text[-1] in "。；：":
            return False
    return True


def run_end(printed: Sequence[Printed], at: int, layout: Layout) -> int:
    """Behind the last line of a caption: it closes a sentence, names who took the picture, or a blank line follows."""
    end = at + 1
    while end < len(printed) and end - at < _LONGEST_RUN and not printed[end].blank_before:
        last = printed[end - 1].text
        if layout.credit_end.search(last) or (
            last[-1] in layout.sentence_ends and not layout.credit.fullmatch(printed[end].text)
        ):
            break
        if printed[end].opens_article or printed[end].is_furniture or last[-1] in "）)":
            break
        end += 1
    credit = printed[end : end + 2]
    is_credit = len(credit) > 1 and layout.byline_roles.fullmatch(credit[0].text) is not None
    if is_credit and layout.credit.fullmatch(credit[1].text):
        end += 2  # …产品。 本报记者⏎陈秋禾 摄
    return end


def is_caption(printed: Sequence[Printed], at: int, end: int, items: int) -> bool:
    """Whether what a triangle opens is a caption, and not an item of a list (others stand nearby) or a headline."""
    mark, last = printed[at].text[0], printed[end - 1].text
    near = (*printed[max(0, at - _NEXT_ITEM) : at], *printed[end : end + _NEXT_ITEM])
    listed = at == items > 0 or any(line.text[0] == mark for line in near)
    return _CAPTION.search(last) is not None and (not listed or (last[-1] not in "。！" and at != items))


def run_start(printed: Sequence[Printed], at: int, aside: Sequence[bool], layout: Layout) -> int:
    """The first line of a caption that ends by saying who took the picture; behind `at` where it ends a paragraph."""
    start = at
    if layout.credit.fullmatch(printed[at].text):
        return _block_start(printed, at, aside)
    while at - start < _LONGEST_RUN:
        line = printed[start]
        if line.blank_before or start == 0 or aside[start - 1] or _ENDS_BEFORE_CAPTION.search(printed[start - 1].text):
            return start if line.indent < 1 or start == at else at + 1
        if printed[start - 1].width < line.width - _RAGGED:
            return start  # not a line that goes on here
        start -= 1
    return at + 1


def _block_start(printed: Sequence[Printed], at: int, aside: Sequence[bool]) -> int:
    """The first line of the caption above a line that only names who took the picture: a block of few lines."""
    start = at
    while start and at - start <= _LONGEST_RUN and not (printed[start].blank_before or aside[start - 1]):
        start -= 1
    above = printed[start:at]
    whole = bool(above) and len(above) <= _LONGEST_RUN and sum(len(line.text) for line in above) <= _LONGEST
    return start if whole and not any(line.indent or line.is_byline for line in above) else at
