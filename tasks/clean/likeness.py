"""How much of a headline is said again in a body: what joins a headline with its article where nothing else does."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import accumulate, chain, pairwise
from math import log
from operator import add
from typing import Final, NamedTuple

_LEAST: Final = 0.2
"""The share of a headline's character pairs that its body must say again, those of several bodies counting less."""


class _Met(NamedTuple):
    """The pairs of a headline in the order in which they are met from it, as units and as sums of their weights."""

    at: list[int]
    shares: list[float]


class Likeness:
    """Which share of a headline's character pairs stands in a body, rare pairs counting more."""

    def __init__(self, texts: Sequence[str], heads: Sequence[bool], bodies: Sequence[bool]) -> None:
        """The texts of a page's units, which of them may be lines of a headline, and which belong to a body."""
        self._size = len(texts)
        self._pairs = [_pairs(text) if head else frozenset() for text, head in zip(texts, heads, strict=True)]
        wanted = frozenset(chain.from_iterable(self._pairs))
        self._places: dict[str, list[int]] = defaultdict(list)
        for index, text in enumerate(texts):
            for pair in wanted.intersection(map(add, text, text[1:])) if bodies[index] else ():
                self._places[pair].append(index)
        self._behind: dict[int, _Met] = {}
        self._before: dict[int, _Met] = {}

    def of_headline_before(self, heads: range, first: int, last: int) -> float:
        """For a headline with its body `first:last` behind it; every body of one headline has the same `first`."""
        met = self._behind.get(heads.start)
        if met is None:
            met = self._behind[heads.start] = self._met(heads, lambda places: _next(places, first))
        return met.shares[bisect_left(met.at, last)]

    def of_headline_after(self, heads: range, first: int, last: int) -> float:
        """For a headline with its body `first:last` before it; every body of one headline has the same `last`."""
        met = self._before.get(heads.stop)
        if met is None:
            met = self._before[heads.stop] = self._met(heads, lambda places: _previous(places, last))
        return met.shares[bisect_right(met.at, -first)]

    def _met(self, heads: range, distance_of: Callable[[Sequence[int]], int | None]) -> _Met:
        met: list[tuple[int, float]] = []
        whole = 0.0
        for pair in {pair for head in heads for pair in self._pairs[head]}:
            places = self._places.get(pair, ())
            weight = log(1 + self._size / (1 + len(places)))
            whole += weight
            distance = distance_of(places)
            if distance is not None:
                met.append((distance, weight))
        met.sort()
        sums = accumulate((weight for _, weight in met), initial=0.0)
        return _Met([at for at, _ in met], [weight / whole if whole else 0.0 for weight in sums])


def likest(headlines: Sequence[str], bodies: Sequence[str]) -> list[int] | None:
    """For each headline the body that says most of it again; None where two share one, or one has none of its own."""
    said = [frozenset(map(add, body, body[1:])) for body in bodies]
    own: list[int] = []
    for pairs in map(_pairs, headlines):
        weights = {pair: 1 / times for pair in pairs if (times := sum(pair in body for body in said))}
        shares = [sum(weight for pair, weight in weights.items() if pair in body) for body in said]
        best = max(range(len(bodies)), key=shares.__getitem__)
        if shares[best] < _LEAST * len(pairs) or best in own:
            return None
        own.append(best)
    return own


def _next(places: Sequence[int], first: int) -> int | None:
    at = bisect_left(places, first)
    return places[at] if at < len(places) else None


def _previous(places: Sequence[int], last: int) -> int | None:
    """The nearest place before `last`, negative: the nearer, the smaller."""
    at = bisect_left(places, last)
    return -places[at - 1] if at else None


def _pairs(text: str) -> frozenset[str]:
    return frozenset(a + b for a, b in pairwise(text) if "一" <= a <= "龥" and "一" <= b <= "龥")
