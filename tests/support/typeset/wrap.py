"""Text broken into the lines of a column, as typesetters break it."""

import random
import re

from tests.support.typeset.style import Style

NEVER_FIRST = "，。、；：！？）》」』】”’％%,;:!?)]〉·…"
NEVER_LAST = "（《「『【“‘〈([—"
_WORD = re.compile(r"[0-9.%A-Za-z]+")


def width_of(how: Style, rng: random.Random) -> int:
    """The width of a column that need not be as wide as the others."""
    return max(12, how.width + rng.choice([-8, -6, -4, 4, 6, 8])) if rng.random() < 0.5 else how.width


def wrapped(text: str, how: Style, width: int, indent: str) -> list[str]:
    """The lines of a paragraph in a column; one line where lines are not broken (width 0)."""
    if not width:
        return [indent + text]
    lines: list[str] = []
    line = indent
    at = 0
    while at < len(text):
        piece = text[at]
        if how.whole_numbers and (found := _WORD.match(text, at)) and len(found[0]) < width:
            piece = found[0]
        if size_of(line, how) + size_of(piece, how) > width and line.strip() and piece[0] not in NEVER_FIRST:
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


def size_of(text: str, how: Style) -> float:
    """The width of a text as this page's typesetter counts it."""
    if how.by_count:
        return len(text)
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def spaced_digits(text: str) -> str:
    """Spaces between numbers and the characters beside them: 投资 6.88 亿元."""
    text = re.sub(r"(?<=[一-龥])(?=\d)", " ", text)
    return re.sub(r"(?<=[\d%])(?=[一-龥])", " ", text)


def centred(text: str, how: Style) -> str:
    """A line in the middle of its column."""
    room = max(0.0, (how.width or 40) - size_of(text, how))
    return "　" * int(room // 2) + text


def to_the_right(text: str, how: Style) -> str:
    """A line at the right edge of its column."""
    return "　" * int(max(4.0, (how.width or 40) - size_of(text, how))) + text
