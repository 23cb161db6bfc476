"""Paragraphs of a web page that were broken at every tag: 规上工业企业⏎176⏎家中仍有⏎31⏎家亏损."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tasks.clean.lines import Printed

_FIGURE: Final = re.compile("[-—–~～+±]?[0-9０-９][0-9０-９.．,，/:：%％‰—–~～-]*[万亿]?[一-龥%]{0,5}")
_MARKS: Final = "，。；：、！？）”"
_CLOSES: Final = "。！？；：”）"
_FEWEST: Final = 2
"""Figures alone in their lines in one paragraph, and paragraphs that have so many in a document."""


def with_fragments(printed: Sequence[Printed]) -> list[Printed]:
    """The lines, those of such paragraphs marked as parts of a whole: blank lines part the paragraphs.

    A figure alone in its line is then no number of a page. Pages have one each, and figures of a table whole blocks.
    """
    broken = [block for block in _blocks(printed) if _is_broken(printed[block.start : block.stop])]
    if len(broken) < _FEWEST:
        return list(printed)
    lines = list(printed)
    for number, block in enumerate(broken, start=1):
        for at in block:
            lines[at] = lines[at]._replace(whole=number, is_furniture=False, is_byline=False, is_row=False)
    return lines


def _blocks(printed: Sequence[Printed]) -> Iterator[range]:
    """The stretches of lines between blank lines."""
    start = 0
    for at in range(1, len(printed) + 1):
        if at == len(printed) or printed[at].blank_before or printed[at].is_web_line:
            yield range(start, at)
            start = at


def _is_broken(block: Sequence[Printed]) -> bool:
    """Whether lines are one text with its figures in lines of their own."""
    if len(block) <= _FEWEST or block[-1].text[-1] not in _CLOSES:
        return False
    figures = [at for at, line in enumerate(block) if _FIGURE.fullmatch(line.text)]
    if any(block[at].text[-1].isdigit() and block[at + 1].text[0].isdigit() for at in figures if at + 1 < len(block)):
        return False  # the cells of a table
    cut = any(at + 1 < len(block) and block[at + 1].text[0] in _MARKS for at in figures)
    ended = sum(line.text[-1] in _CLOSES and at not in figures for at, line in enumerate(block[:-1]))
    enough = len(figures) >= _FEWEST and len(block) > 2 * _FEWEST
    return (enough or cut) and 2 * ended <= len(block) - len(figures)
