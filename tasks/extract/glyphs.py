"""One glyph for each sign, so that the rules see one writing; a character for a character, so that offsets stay."""

import re
from string import ascii_letters, digits
from typing import Final

_FULL_WIDTH: Final = {ord(char) + 0xFEE0: ord(char) for char in digits + ascii_letters}
"""In Unicode the full-width form of an ASCII character lies this far above it."""

_SIGNS: Final = str.maketrans("％．－＋／～∼〜―", "%.-+/~~~—")
_UNIT_WORDS: Final = str.maketrans("億萬畝個噸幣兩餘約達項傢戶場縣區", "亿万亩个吨币两余约达项家户场县区")
_TABLE: Final = {chr(sign): chr(shown) for sign, shown in (_FULL_WIDTH | _SIGNS | _UNIT_WORDS).items()}
_MARKS: Final = {",": "，", ";": "；", ":": "："}
"""Half-width marks, which divide a Chinese sentence where they stand beside Chinese words: 签约17个,投资3亿元."""
_OTHER: Final = re.compile(f"[{''.join(_TABLE)}]")
_HALF: Final = re.compile("(?<=[一-龥）”])[,;:]|[,;:](?=[一-龥“])")


def plain(text: str) -> str:
    """The text with ASCII digits, letters and signs, and with the words around numbers in simplified characters."""
    text = _OTHER.sub(lambda sign: _TABLE[sign[0]], text)
    if any(mark in text for mark in _MARKS):
        text = _HALF.sub(lambda mark: _MARKS[mark[0]], text)
    return text
