"""Running text with its way back: what printed lines become when they are joined."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from tasks.clean.printing import INVISIBLE, visible
from tasks.records import OffsetMap, Place

_WORD: Final = re.compile(r"\S+")
_RUN: Final = re.compile(r"[^\s" + INVISIBLE.pattern[1:] + "+")
_OPEN_ADDRESS: Final = re.compile(r"(?:https?://|www\.)[!-~]*$")
_CAPITALISED: Final = re.compile("(?<![A-Za-z])[A-Z][a-z]*$")
_GOES_ON: Final = re.compile("[a-z]+")
_SMALL_WORDS: Final = frozenset(
    {"of", "and", "in", "for", "the", "on", "to", "by", "at", "with", "from", "de", "la", "von", "van", "der", "x"}
)
"""Words that stand in lower case inside of names: Bank⏎of China."""
_FEWEST_SPREAD: Final = 4
_LONGEST_ADDRESS: Final = 200
HYPHEN: Final = "-"
_SOFT_HYPHEN: Final = "\xad"
_QUOTES: Final = "“”‘’《》「」"


class Strip(NamedTuple):
    """A stretch of one printed line: `line_text[start:end]` at its place."""

    line_text: str
    start: int
    end: int
    page: int
    line: int
    document: int = 0

    @property
    def printed_at(self) -> tuple[int, int, int]:
        """Which line it is of: document, page, line."""
        return self.document, self.page, self.line

    @property
    def text(self) -> str:
        """The stretch without the characters that print nothing."""
        return visible(self.line_text[self.start : self.end])


@dataclass(frozen=True, slots=True)
class Flow:
    """Text and, for each run of characters that stood side by side in the source, where it begins."""

    text: str
    starts: tuple[int, ...]
    places: tuple[Place, ...]

    def offsets(self) -> OffsetMap:
        """The map from an offset in the text to the source."""
        return OffsetMap(self.starts, self.places)

    def cut(self, start: int, end: int) -> "Flow":
        """The part `text[start:end]`, without white space at its ends."""
        part = self.text[start:end]
        start += len(part) - len(part.lstrip())
        end = start + len(part.strip())
        if start >= end:
            return Flow("", (), ())
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, end - 1)
        head = self.places[first]
        begin = head._replace(column=head.column + start - self.starts[first])
        starts = (0, *(at - start for at in self.starts[first + 1 : last]))
        return Flow(self.text[start:end], starts, (begin, *self.places[first + 1 : last]))

    @property
    def first_place(self) -> Place:
        """Where the first character stands."""
        return self.places[0]

    @property
    def last_place(self) -> Place:
        """Where the last character stands."""
        return self.offsets().place(len(self.text) - 1)


def flow_of(strips: Sequence[Strip], *, cells: bool = False) -> Flow:
    """Strips joined into running text.

    Between lines nothing is put, but a space between two Latin words. Inside a line white space is kept, as one space,
    only between two Han characters (the halves of a headline) or two Latin ones: `7 月 31 日` is typesetting. Between
    the cells of a table's row it is always kept.
    """
    parts: list[str] = []
    starts: list[int] = []
    places: list[Place] = []
    length = 0
    hyphenated = False
    for strip in strips:
        line_text, begin, end, page, line, document = strip
        line_break = length > 0 and not cells
        spread = not cells and is_spread(line_text[begin:end])
        if cells and length:
            parts.append(" ")
            length += 1
        gap_start = begin
        for start, run in _runs(line_text, begin, end):
            if (
                length
                and not (hyphenated and line_break)
                and not (line_break and _cuts_word(parts[-1], run))
                and not (spread and not line_break and _is_wide_letter(run[0]) and start - gap_start == 1)
                and _needs_space(parts, run[0], line_text[gap_start:start], line_break=line_break, cells=cells)
            ):
                parts.append(" ")
                length += 1
            starts.append(length)
            places.append(Place(page, line, start, document))
            parts.append(run)
            length += len(run)
            gap_start, line_break = start + len(run), False
        # a hyphen that was left out, or prints only at a line's end: the word goes on without a space
        hyphenated = line_text[end : end + 1] == HYPHEN or line_text[gap_start:end].endswith(_SOFT_HYPHEN)
    return Flow("".join(parts), tuple(starts), tuple(places))


def _cuts_word(before: str, after: str) -> bool:
    """Whether a line ends inside of a Latin name: Coati⏎ngs GmbH."""
    rest = _GOES_ON.match(after)
    return rest is not None and rest[0] not in _SMALL_WORDS and _CAPITALISED.search(before) is not None


def is_spread(text: str) -> bool:
    """Whether a line is set with a space between its characters: 工 作 简 报."""
    words = text.split()
    return len(words) >= _FEWEST_SPREAD and 2 * sum(len(word) == 1 for word in words) > len(words) + len(words) // 2


def joined(flows: Iterable[Flow], separator: str) -> Flow:
    """Flows one behind another; the separator belongs to the flow before it."""
    parts: list[str] = []
    starts: list[int] = []
    places: list[Place] = []
    length = 0
    for flow in flows:
        if parts:
            parts.append(separator)
            length += len(separator)
        starts += [length + at for at in flow.starts]
        places += flow.places
        parts.append(flow.text)
        length += len(flow.text)
    return Flow("".join(parts), tuple(starts), tuple(places))


def _runs(line_text: str, begin: int, end: int) -> list[tuple[int, str]]:
    """The stretches of a line between white space and characters that print nothing, each with its column."""
    part = line_text[begin:end]
    if " " not in part and part.isprintable():
        return [(begin, part)] if part else []
    run = _WORD if "".join(part.split()).isprintable() else _RUN
    return [(found.start(), found[0]) for found in run.finditer(line_text, begin, end)]


def _needs_space(parts: list[str], after: str, gap: str, *, line_break: bool, cells: bool) -> bool:
    before = parts[-1][-1:]
    if line_break:
        if not (_is_latin_letter(before) and _is_latin_letter(after)):
            return False
        return not _OPEN_ADDRESS.search("".join(parts[-8:])[-_LONGEST_ADDRESS:])
    if not any(map(str.isspace, gap)):
        return False
    if cells:
        return True
    return (_is_wide_letter(before) and _is_wide_letter(after)) or (before.isascii() and after.isascii())


def _is_latin_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _is_wide_letter(char: str) -> bool:
    return not char.isascii() and (char.isalpha() or char in _QUOTES)
