"""Sentences and clauses of a paragraph, and the words that stand between one quantity and the next."""

import re
from collections.abc import Iterator
from typing import Final

_SENTENCE: Final = re.compile(r"[^。！？!?\n]+[。！？!?]*[”’」）]*")
_CLAUSE_ENDS: Final = "，；：。！？（）()“”\n"

JOINS: Final = ("、", "和", "与", "及")
"""What stands between things that are named side by side."""
_LONGEST: Final = 200
"""Characters of a clause that are looked at: enough for any that is written, and a bound for any that is not."""
LEADS_OVER: Final = (
    "(?:累计|分别|共|已|达到?|完成|实现|为|约|超过?|突破|开行|发运|运行|举办|开展|发放|接待|同比|增长|下降|增加|减少|提高|降低|"
    "[增升降]|[到至])*"
)
"""What may stand between the bracket behind a name and its number: 业务收入（不含储蓄）累计完成9951亿元."""


_LEADS_OVER: Final = re.compile(LEADS_OVER)
_INSIDE: Final = re.compile("[（(][一-龥]{2,4}[）)]")
"""绿色（低碳）工厂150家: a bracket of a word, inside of a name."""


def sentences_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of `text[start:end]`; the mark that ends it belongs to it."""
    for found in _SENTENCE.finditer(text, start, end):
        yield found.span()


def clause_start(text: str, start: int, offset: int) -> int:
    """Where the clause that holds `offset` begins, not before `start`.

    A quoted word (“双百”工程) does not divide a clause, a bracket does, unless it holds a word only, or stands right
    before the offset.
    """
    at, start = offset, max(start, offset - _LONGEST)
    while at > start:
        char = text[at - 1]
        if char in _CLAUSE_ENDS:
            if char == "”" and (opened := text.rfind("“", start, at)) >= 0 and at - opened <= 16:
                at = opened
                continue
            # 实践中心（所、站）2.8万个: nor does a bracket right behind a name
            if (
                char in "）)"
                and (opened := max(text.rfind(c, start, at) for c in "（(")) >= 0
                and (at == offset or _LEADS_OVER.fullmatch(text, at, offset) or _INSIDE.fullmatch(text, opened, at))
            ):
                at = opened
                continue
            return at
        at -= 1
    return start


def clause_end(text: str, offset: int, end: int) -> int:
    """Where the clause that holds `offset` ends, not behind `end`."""
    end = min(end, offset + _LONGEST)
    for at in range(offset, end):
        if text[at] in "，；：。！？）)\n":
            return at
    return end
