"""Running text with its way back: what printed lines become when they are joined."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tasks.records import OffsetMap, Place


@dataclass(frozen=True, slots=True)
class Strip:
    """A stretch of one printed line: `line_text[start:end]` at its place."""

    line_text: str
    start: int
    end: int
    page: int
    line: int

    @property
    def text(self) -> str:
        """The stretch without the characters that print nothing."""
        return "".join(char for char in self.line_text[self.start : self.end] if not prints_nothing(char))


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
        begin = Place(head.page, head.line, head.column + start - self.starts[first])
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


def prints_nothing(char: str) -> bool:
    """Whether a character is a control or format character: zero-width, BOM, direction marks."""
    return unicodedata.category(char) in ("Cc", "Cf") and not char.isspace()


def flow_of(strips: Sequence[Strip]) -> Flow:
    """Strips joined into running text.

    Between lines nothing is put, but a space between two Latin words. Inside a line white space is kept, as one space,
    only between two Han characters (the halves of a headline) or two Latin ones: `7 月 31 日` is typesetting.
    """
    text: list[str] = []
    starts: list[int] = []
    places: list[Place] = []
    next_column = -1
    for number, strip in enumerate(strips):
        line_break, space = number > 0, False
        for column in range(strip.start, strip.end):
            char = strip.line_text[column]
            if char.isspace():
                space = True
                continue
            if prints_nothing(char):
                continue
            if text and _needs_space(text[-1], char, space=space, line_break=line_break):
                text.append(" ")
            if line_break or column != next_column or not starts or text[-1] == " ":
                starts.append(len(text))
                places.append(Place(strip.page, strip.line, column))
            text.append(char)
            next_column, space, line_break = column + 1, False, False
    return Flow("".join(text), tuple(starts), tuple(places))


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


def _needs_space(before: str, after: str, *, space: bool, line_break: bool) -> bool:
    if before == " ":
        return False
    if line_break:
        return _is_latin_letter(before) and _is_latin_letter(after)
    if not space:
        return False
    return (_is_wide_letter(before) and _is_wide_letter(after)) or (before.isascii() and after.isascii())


def _is_latin_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _is_wide_letter(char: str) -> bool:
    return not char.isascii() and (char.isalpha() or char in "“”‘’《》「」")
