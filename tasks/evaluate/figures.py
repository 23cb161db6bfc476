"""The figures that come out: their names, how each is reckoned from counts, and how several folders are pooled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

OF_ARTICLES: Final = ("segmentation", "paragraph breaks")
OVERLAPS: Final = (*OF_ARTICLES, "detection", "strict")
"""Figures with a precision, a recall and an F1; those of articles, and those of metrics."""

SHARES: Final = (
    "masthead",
    "headline",
    "author",
    "event_date",
    "article zone",
    "body",
    "kinds",
    "value",
    "bounds",
    "qualifier",
    "per",
    "kind",
    "basis",
    "about",
    "code",
    "status",
    "zone",
    "period",
    "part_of",
)
"""Figures that are the share of right answers among the questions that the gold asks."""

MEASURES: Final = ("precision", "recall", "f1")

FIGURE_NAMES: Final = (*(f"{name} {measure}" for name in OVERLAPS for measure in MEASURES), *SHARES)
"""Every figure by the name that a floor uses: detection recall, strict f1, headline …"""


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many of the wanted things are among the given ones."""

    hits: int = 0
    wanted: int = 0
    given: int = 0

    def __add__(self, other: "Overlap") -> "Overlap":
        return Overlap(self.hits + other.hits, self.wanted + other.wanted, self.given + other.given)

    @property
    def precision(self) -> float:
        """The share of the given that is wanted; giving nothing is right only where nothing is wanted."""
        return self.hits / self.given if self.given else float(not self.wanted)

    @property
    def recall(self) -> float:
        """The share of the wanted that is given."""
        return self.hits / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        precision, recall = self.precision, self.recall
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the questions were answered right."""

    right: int = 0
    asked: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(self.right + other.right, self.asked + other.asked)

    @property
    def rate(self) -> float:
        """Right answers among the questions; to be asked only where there was a question."""
        return self.right / self.asked


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a folder, or of several: the overlaps and the shares for which a question was asked."""

    overlaps: Mapping[str, Overlap]
    shares: Mapping[str, Share]

    def values(self) -> dict[str, float]:
        """Every figure that was measured, by the name that a floor uses."""
        overlaps = {
            f"{name} {measure}": value
            for name, overlap in self.overlaps.items()
            for measure, value in zip(MEASURES, (overlap.precision, overlap.recall, overlap.f1), strict=True)
        }
        return overlaps | {name: share.rate for name, share in self.shares.items()}


def pool(parts: Iterable[Figures]) -> Figures:
    """The figures of several folders taken as one: counts are added, so that a large folder weighs more."""
    figures = tuple(parts)
    measured = [name for name in OVERLAPS if any(name in part.overlaps for part in figures)]
    overlaps = {name: sum((part.overlaps.get(name, Overlap()) for part in figures), Overlap()) for name in measured}
    shares = {name: sum((part.shares.get(name, Share()) for part in figures), Share()) for name in SHARES}
    return Figures(overlaps, {name: share for name, share in shares.items() if share.asked})
