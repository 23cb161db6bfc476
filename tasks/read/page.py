"""A page as it is drawn: stretches of text with their boxes, pictures, frames and rules; lengths from the top left."""

from collections.abc import Iterable
from typing import NamedTuple

from tasks.records import Box


class Run(NamedTuple):
    """A stretch of text on one baseline, in one size. `edges`: where its characters begin, and where the last ends."""

    text: str
    box: Box
    size: float
    bold: bool
    edges: tuple[float, ...]
    confidence: float | None = None
    """How sure optical recognition was; None for a text layer."""


class Page(NamedTuple):
    """What is drawn on a page."""

    number: int
    width: float
    height: float
    runs: tuple[Run, ...]
    shapes: tuple[Box, ...] = ()
    """Pictures, frames and backgrounds: what is drawn in two dimensions."""
    rules: tuple[Box, ...] = ()
    """Thin lines."""


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box round some boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def overlap(low: float, high: float, other_low: float, other_high: float) -> float:
    """How long two stretches overlap; negative: how far they are apart."""
    return min(high, other_high) - max(low, other_low)


def shared_width(one: Box, other: Box) -> float:
    """Which share of the narrower box stands above or below the other."""
    return overlap(one.left, one.right, other.left, other.right) / max(0.1, min(one.width, other.width))


def shared_height(one: Box, other: Box) -> float:
    """Which share of the lower box stands beside the other."""
    return overlap(one.top, one.bottom, other.top, other.bottom) / max(0.1, min(one.height, other.height))


def holds(outer: Box, inner: Box) -> bool:
    """Whether the middle of a box lies in another."""
    x, y = (inner.left + inner.right) / 2, (inner.top + inner.bottom) / 2
    return outer.left <= x <= outer.right and outer.top <= y <= outer.bottom
