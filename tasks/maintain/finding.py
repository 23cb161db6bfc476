"""What one check of the store came to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

MOST_NAMED: Final = 5
"""Examples that are named of each problem: enough to find it, not so many that the next one drowns."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One promise, checked on the real store: how many things were looked at, and a sentence for each that fails."""

    promise: str
    checked: int
    problems: tuple[str, ...]

    @classmethod
    def of(cls, promise: str, checked: int, problems: Iterable[str]) -> "Finding":
        """With the first problems named and the rest counted."""
        found = list(problems)
        named = found[:MOST_NAMED]
        if len(found) > MOST_NAMED:
            named.append(f"and {len(found) - MOST_NAMED:,} more")
        return cls(promise, checked, tuple(named))
