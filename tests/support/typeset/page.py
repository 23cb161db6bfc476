"""Articles and what stands round them as the files of a dump."""

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tests.support.typeset.article import article
from tests.support.typeset.furniture import contents, foot, imprint, label, masthead
from tests.support.typeset.stories import Story
from tests.support.typeset.style import Style, style
from tests.support.typeset.wrap import size_of

_LONG_ENOUGH_TO_JUMP = 8
_MOST_STORIES = 6
_CLOSES = "。！？；：”）"


def laid_out(issues: Sequence[Sequence[Story]], seed: int) -> tuple[list[Story], Style, list[str]]:
    """Some stories of one of the issues, how they are set, and the files of the dump."""
    rng = random.Random(seed)
    whole = rng.choice(issues)
    chosen = rng.sample(whole, rng.randint(2, min(_MOST_STORIES, len(whole))))
    how = style(rng, chosen)
    if how.headless:
        chosen = [replace(one, headline=()) if not one.is_column and rng.random() < 0.4 else one for one in chosen]
    return chosen, how, lay_out(chosen, how, rng)


def lay_out(articles: Sequence[Story], how: Style, rng: random.Random) -> list[str]:
    """The files of the dump, in page order."""
    lines = [*masthead(how), *contents(articles, how)]
    rest: list[str] = []
    for number, story in enumerate(articles):
        if number:
            lines += [""] * how.gap
        if how.place == "before":
            lines += label(how, rng)
        set_lines = article(story, how, rng)
        if how.jump and not number and len(set_lines) > _LONG_ENOUGH_TO_JUMP and len(articles) > 1:
            half = _inside(set_lines)
            set_lines, rest = [*set_lines[:half], "（下转第2版）"], set_lines[half:]
        lines += set_lines
        if number == 1 and rest:
            lines += ["", "（上接第1版）", *rest]
    lines += imprint(how)
    if how.double_spaced:
        lines = [one for line in lines for one in (line, "")]
    return _paged(_cut(lines, how), how)


def _inside(lines: Sequence[str]) -> int:
    """A line in the middle of an article behind which a paragraph goes on, if there is one."""
    half = len(lines) // 2
    while half < len(lines) - 2 and (lines[half - 1][-1:] in ("", *_CLOSES) or lines[half].strip() != lines[half]):
        half += 1
    return half


def _paged(lines: list[str], how: Style) -> list[str]:
    """Lines cut into pages with their heads and feet."""
    size = -(-len(lines) // how.pages)
    ends = [_page_end(lines, number * size, how) for number in range(1, how.pages)]
    pages = []
    for number, (start, end) in enumerate(pairwise([0, *ends, len(lines)]), start=1):
        above, below = foot(number, how)
        pages.append(how.line_end.join([*above, *lines[start:end], *below]))
    if how.page_end == "file":
        return [page + how.line_end for page in pages]
    joint = f"{how.line_end}\f" if how.page_end == "\f" else how.line_end
    return [joint.join(pages)]


def _page_end(lines: list[str], at: int, how: Style) -> int:
    """Where a page may end: not where nobody could say whether the paragraph goes on."""
    while at < len(lines) - 1 and not how.indent and "".join(lines[:at])[-1:] in _CLOSES:
        at += 1
    return at


def _cut(lines: list[str], how: Style) -> list[str]:
    """Columns cut by a blank line in the middle of a sentence."""
    if not how.cut_every:
        return lines
    cut: list[str] = []
    for number, line in enumerate(lines, start=1):
        cut.append(line)
        behind = lines[number] if number < len(lines) else ""
        full = size_of(line, how) >= how.width - 1 and line[-1:] not in _CLOSES and behind.strip() == behind != ""
        if number % how.cut_every == 0 and full and "  " not in line and size_of(behind, how) > 2:
            cut.append("")
    return cut
