"""Texts without what printing decides, and which stretches two of them share."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import accumulate
from typing import Final

Span = tuple[int, int]

_PLAIN: Final = str.maketrans(
    {"(": "（", ")": "）", ",": "，", "％": "%", ":": "：", ";": "；", **dict.fromkeys('“”„‟＂"「」『』', "“")}
)
_DASHES: Final = re.compile("[—―–─-]+")
_TILDES: Final = re.compile("[～∼〜~]")


def bare(text: str | None) -> str:
    """The text without white space, with one form of each bracket, quotation mark and dash; a run of dashes is one."""
    packed = "".join((text or "").split()).translate(_PLAIN)
    return _TILDES.sub("-", _DASHES.sub("-", packed))


@dataclass(frozen=True, slots=True)
class BareText:
    """A bare text, and for each of its characters the offset in the full text that it came from."""

    text: str
    offsets: tuple[int, ...]

    def full(self, span: Span) -> Span:
        """The stretch of the full text from the first to the last character of a (non-empty) bare one."""
        start, end = span
        return self.offsets[start], self.offsets[end - 1] + 1


def bare_text(text: str) -> BareText:
    """The text made bare one character at a time, so that a mixed run of dashes and tildes, too, is one dash."""
    kept: list[tuple[str, int]] = []
    for offset, char in enumerate(text):
        plain = bare(char)
        if plain and not (plain == "-" and kept and kept[-1][0] == "-"):
            kept.append((plain, offset))
    return BareText("".join(plain for plain, _ in kept), tuple(offset for _, offset in kept))


def breaks(paragraphs: Sequence[str]) -> frozenset[int]:
    """The bare offsets at which a paragraph ends and another begins."""
    return frozenset(accumulate(len(bare(paragraph)) for paragraph in paragraphs[:-1]))


@dataclass(frozen=True, slots=True)
class Alignment:
    """The stretches that two bare texts share, in order, and how similar the texts are (0 to 1)."""

    blocks: tuple[Match, ...]
    similarity: float

    def carry(self, start: int, end: int) -> Span | None:
        """Where the stretch [start, end) of the first text lies in the second; None if nothing of it is there."""
        parts = [
            (block.b + max(start - block.a, 0), block.b + min(end - block.a, block.size))
            for block in self.blocks
            if block.a < end and start < block.a + block.size
        ]
        return (parts[0][0], parts[-1][1]) if parts else None


def align(first: str, second: str) -> Alignment:
    """The alignment of two bare texts."""
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return Alignment(tuple(matcher.get_matching_blocks()), matcher.ratio())
