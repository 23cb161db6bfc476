"""Names of zones in traditional characters, as issues from Hong Kong and Taiwan print them."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from opencc import OpenCC

_STANDARDS: Final = ("s2t", "s2tw", "s2hk")
"""OpenCC's own, Taiwan's and Hong Kong's: 綜合保稅區 and 綜合保税區."""


@cache
def traditional_forms(names: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """The traditional forms of each name, without those that are names already; all at once: OpenCC is slow to load."""
    text = "\n".join(names)
    written = [OpenCC(standard).convert(text).split("\n") for standard in _STANDARDS]
    known = frozenset(names)
    return {
        name: tuple(form for form in dict.fromkeys(forms) if form not in known)
        for name, *forms in zip(names, *written, strict=True)
    }
