"""Spans that hold numbers and are no metric: dates, ordinals, names, titles, slogans, idioms."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from tasks.extract.lexicons import Lexicons


@dataclass(frozen=True, slots=True)
class Claim:
    """A stretch of text that a rule of lexicon/claims.yml reads as something other than a metric."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims on a text, in order and without overlap."""

    spans: tuple[Claim, ...]
    starts: tuple[int, ...]

    def covers(self, offset: int) -> Claim | None:
        """The claim that holds the character at an offset."""
        at = bisect_right(self.starts, offset) - 1
        if at >= 0 and offset < self.spans[at].end:
            return self.spans[at]
        return None

    def next_start(self, offset: int) -> int | None:
        """Where the next claim behind an offset begins."""
        at = bisect_right(self.starts, offset)
        return self.starts[at] if at < len(self.starts) else None


def claims_in(text: str, lexicons: Lexicons) -> Claims:
    """The claims on a text; where two overlap, the one that begins first holds, then the longer one."""
    found = [Claim(start, end, kind) for kind, start, end in lexicons.claims.all(text)]
    return _without_overlap(sorted(found, key=lambda claim: (claim.start, -claim.end)))


def _without_overlap(found: Iterable[Claim]) -> Claims:
    kept: list[Claim] = []
    for claim in found:
        if not kept or claim.start >= kept[-1].end:
            kept.append(claim)
    return Claims(tuple(kept), tuple(claim.start for claim in kept))
