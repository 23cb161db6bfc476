"""Searching for patterns of many words: only where a text has a character that one of them can begin or end with.

A pattern of many alternatives is tried at every character of a text, and fails at nearly all of them. The characters
that a match can begin with are few; finding those first is many times faster, and finds the same matches.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, Final

WHOLE: Final = r"(?:(?<!\d)|(?!\d))(?:(?<![A-Za-z])|(?![A-Za-z]))"
"""Opens a pattern whose matches never begin inside of a number in digits, or of a word in letters."""
_NOT_INSIDE: Final = r"(?<!\d\d)(?<![A-Za-z]{2})"
"""Behind a character: it does not go on with a number or a word. One class is found faster than two alternatives."""
_EVERY: Final = re.compile(r"(?s:.)")
_REPEATS: Final = frozenset({op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT})
_EMPTY: Final = frozenset({op.ASSERT, op.ASSERT_NOT, op.AT})
"""What matches no character itself: lookaround, anchors."""


@dataclass(frozen=True, slots=True)
class Finder:
    """A pattern, and the class of the characters that its matches can begin with."""

    pattern: re.Pattern[str]
    starts: re.Pattern[str]

    def all(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """The matches in `text[start:end]` from left to right without overlap, the empty ones left out."""
        end = len(text) if end is None else end
        match = self.pattern.match
        for character in self.starts.finditer(text, start, end):
            here = character.start()
            if here >= start and (found := match(text, here, end)) is not None and found.end() > here:
                start = found.end()
                yield found


@dataclass(frozen=True, slots=True)
class Head:
    """Words that are cut off where a text begins with them."""

    pattern: re.Pattern[str]
    starts: re.Pattern[str]

    def cut(self, text: str) -> str:
        """The text without them."""
        if not self.starts.match(text):
            return text
        found = self.pattern.match(text)
        return text[found.end() :] if found else text


@dataclass(frozen=True, slots=True)
class Tail:
    """Words that are cut off where a text ends with them; the pattern is bound to the end."""

    pattern: re.Pattern[str]
    ends: re.Pattern[str]

    def cut(self, text: str) -> str:
        """The text without them."""
        if not self.ends.match(text, len(text) - 1):
            return text
        found = self.pattern.search(text)
        return text[: found.start()] if found else text


def finder(pattern: str) -> Finder:
    """The finder of a pattern."""
    return Finder(re.compile(f"{WHOLE}(?:{pattern})"), starts_of([pattern]))


class Sieve:
    """Several sorts of patterns, found in one pass over a text.

    At a character only those patterns of a sort are tried that a match which begins with it can be of: they are
    compiled when such a character is met for the first time.
    """

    def __init__(self, sorts: Mapping[str, Iterable[str]]) -> None:
        """The patterns of each sort by its name; the earlier of two patterns that match at one place is taken."""
        self._sorts = [
            (sort, [(pattern, starts_of([pattern])) for pattern in patterns]) for sort, patterns in sorts.items()
        ]
        self._starts = starts_of(pattern for _, patterns in self._sorts for pattern, _ in patterns)
        begin = WHOLE if self._starts is _EVERY else ""  # else the class of the starts sees to it
        self._compiled = cache(lambda patterns: re.compile(f"{begin}(?:{'|'.join(patterns)})"))
        self._narrowed = cache(self._narrow)

    def all(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Sort, begin and end of the matches from left to right; those of one sort do not overlap."""
        free = dict.fromkeys((sort for sort, _ in self._sorts), 0)
        for character in self._starts.finditer(text):
            here = character.start()
            for sort, match in self._narrowed(character[0]):
                if here >= free[sort] and (found := match(text, here)) is not None and (end := found.end()) > here:
                    free[sort] = end
                    yield sort, here, end

    def _narrow(self, character: str) -> tuple[tuple[str, Callable[[str, int], re.Match[str] | None]], ...]:
        """The sorts of which a match can begin with a character, each with what tries it."""
        sorts = [(sort, tuple(p for p, starts in some if starts.match(character))) for sort, some in self._sorts]
        return tuple((sort, self._compiled(patterns).match) for sort, patterns in sorts if patterns)


def head(pattern: str) -> Head:
    """What a pattern cuts off the beginning of a text."""
    return Head(re.compile(pattern), starts_of([pattern]))


def tail(pattern: str) -> Tail:
    """What a pattern cuts off the end of a text."""
    bound = rf"(?:{pattern})\Z"
    return Tail(re.compile(bound), _class_of([bound], last=True))


def starts_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """Finds every character with which a match of one of the patterns can begin, if it begins no inside (`WHOLE`)."""
    return _class_of(patterns, last=False)


class _AnyCharacterError(Exception):
    """A pattern can begin, or end, with nearly any character."""


def _class_of(patterns: Iterable[str], *, last: bool) -> re.Pattern[str]:
    try:
        parts = {part for pattern in patterns for part in _edge(parser.parse(pattern), last=last)[0]}
    except _AnyCharacterError:
        return _EVERY
    return re.compile(f"[{''.join(sorted(parts))}]{'' if last else _NOT_INSIDE}")


def _edge(items: Iterable[tuple[Any, Any]], *, last: bool) -> tuple[set[str], bool]:
    """The parts of a class that a parsed sequence can begin (or end) with, and whether it can match nothing."""
    found: set[str] = set()
    for kind, value in reversed(list(items)) if last else items:
        parts, empty = _edge_of(kind, value, last=last)
        found |= parts
        if not empty:
            return found, False
    return found, True


def _edge_of(kind: Any, value: Any, *, last: bool) -> tuple[set[str], bool]:  # noqa: ANN401 -- re's parser is untyped
    if kind in _EMPTY:
        return set(), True
    if kind is op.LITERAL:
        return {re.escape(chr(value))}, False
    if kind is op.IN:
        return {_part(*item) for item in value}, False
    if kind is op.BRANCH:
        branches = [_edge(branch, last=last) for branch in value[1]]
        return set().union(*(parts for parts, _ in branches)), any(empty for _, empty in branches)
    if kind is op.SUBPATTERN:
        return _edge(value[3], last=last)
    if kind in _REPEATS:
        parts, empty = _edge(value[2], last=last)
        return parts, empty or value[0] == 0
    raise _AnyCharacterError


def _part(kind: Any, value: Any) -> str:  # noqa: ANN401 -- the same
    if kind is op.LITERAL:
        return re.escape(chr(value))
    if kind is op.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    if (kind, value) == (op.CATEGORY, op.CATEGORY_DIGIT):
        return r"\d"
    raise _AnyCharacterError
