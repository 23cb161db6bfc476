"""Numbers as written to exact decimals: 1,100.9, 二十三, 一千二百, 三点五, 贰拾, 两."""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

_DIGITS: Final = {
    **{c: n for n, c in enumerate("零一二三四五六七八九")},
    **{c: n for n, c in enumerate("零壹贰叁肆伍陆柒捌玖")},
    "〇": 0,
    "两": 2,
    "俩": 2,
}
_SMALL: Final = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_LARGE: Final = {"万": 10**4, "亿": 10**8}

ARABIC: Final = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
CHINESE: Final = f"[{''.join((*_DIGITS, *_SMALL, *_LARGE))}]+(?:点[{''.join(_DIGITS)}]+)?"
_ARABIC: Final = re.compile(ARABIC)

_LONGEST: Final = 40
"""Characters of a number: none that is meant is longer, and a page of digits is none."""
_EXACT: Final = 28
"""Digits up to which `Decimal` multiplies exactly."""


def number(text: str) -> Decimal | None:
    """The value of a written number; None when the characters make none (一一, 十百), or one beyond measure."""
    return _number(text) if len(text) <= _LONGEST else None


@lru_cache(maxsize=4096)
def _number(text: str) -> Decimal | None:
    if _ARABIC.fullmatch(text):
        figure = Decimal(text.replace(",", ""))
        return figure if len(figure.as_tuple().digits) <= _EXACT else None
    whole, _, fraction = text.partition("点")
    value = _whole(whole)
    if value is None or not fraction:
        return value
    if any(digit not in _DIGITS for digit in fraction):
        return None
    return value + Decimal("0." + "".join(str(_DIGITS[digit]) for digit in fraction))


def _whole(text: str) -> Decimal | None:
    if not text:
        return None
    if len(text) > 1 and all(char in _DIGITS for char in text):
        return Decimal("".join(str(_DIGITS[char]) for char in text)) if len(text) >= 3 else None
    total = section = 0
    digit: int | None = None
    last_small, last_large = 10**4, 10**16
    for char in text:
        if char in _DIGITS:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[char]
        elif char in _SMALL:
            if _SMALL[char] >= last_small:
                return None
            last_small = _SMALL[char]
            section += (1 if digit is None else digit) * last_small
            digit = None
        elif char not in _LARGE:
            return None
        else:
            if _LARGE[char] >= last_large:
                if total or section or digit:  # 二十万亿: a large unit over a smaller one multiplies all before it
                    total = (total + section + (digit or 0)) * _LARGE[char]
                    section, digit, last_small = 0, None, 10**4
                    continue
                return None
            last_large = _LARGE[char]
            if not section and digit is None:
                return None
            total += (section + (digit or 0)) * last_large
            section, digit, last_small = 0, None, 10**4
    if digit is not None and not section and not total:
        return Decimal(digit)
    if digit is not None and text[-2] in {**_SMALL, **_LARGE} and text[-2] not in "十拾":
        # 一千二 is 1200, 三万五 is 35000
        unit = {**_SMALL, **_LARGE}[text[-2]]
        return Decimal(total + section + digit * unit // 10)
    return Decimal(total + section + (digit or 0))
