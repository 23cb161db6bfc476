"""Characters: which print nothing, how wide the others are."""

import re
from typing import Final

INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)
"""Control and format characters that are no white space: zero-width, BOM, direction marks, soft hyphen."""

_HALF_WIDTH: Final = re.compile(r"(?<=[一-龥”）)%])[,;:!?.](?![A-Za-z0-9/])")
_FULL_WIDTH: Final = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。"}

_NARROW_BY: Final = 0.5
_SPACE_WIDTH: Final = 0.25
"""White space inside a dumped line is an artefact of the digits beside it, and hardly wide."""


def visible(text: str) -> str:
    """The text without the characters that print nothing."""
    return text if text.isprintable() else INVISIBLE.sub("", text)


def as_read(text: str) -> str:
    """The text with full-width punctuation where a half-width mark stands behind Chinese text; as long as before."""
    return _HALF_WIDTH.sub(_full_width, text)


def _full_width(mark: re.Match[str]) -> str:
    return _FULL_WIDTH[mark[0]]


def display_width(text: str) -> float:
    """Width in Han characters: an ASCII character counts one half, a space a quarter."""
    narrow = len(text.encode("ascii", "ignore"))
    return len(text) - _NARROW_BY * narrow - (_NARROW_BY - _SPACE_WIDTH) * text.count(" ") if narrow else len(text)
