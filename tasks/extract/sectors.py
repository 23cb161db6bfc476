"""The three sectors of an economy, told as one ratio: 三次产业结构由8.7∶41.2∶50.1调整为7.4∶39.6∶53."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from tasks.extract.quantity import Quantity, bounds

_NAMES: Final = ("第一产业", "第二产业", "第三产业")
_FIGURE: Final = r"\d{1,2}(?:\.\d{1,2})?"
_THREE: Final = rf"{_FIGURE}[∶:：]{_FIGURE}[∶:：]{_FIGURE}(?![\d∶:：])"
_NAMED: Final = re.compile("三次产业|一、?二、?三(?:次)?产业?")
_STRUCTURE: Final = re.compile(rf"(?:{_NAMED.pattern})[^，。；：\d]{{0,12}}{_THREE}(?:[^。；\d]{{1,8}}{_THREE})?")
_PART: Final = re.compile(_FIGURE)
_BEFORE: Final = re.compile(rf"(?:{_FIGURE}[∶:：]){{0,2}}$")
_REACH: Final = 60
"""Characters before a share in which its structure is named."""


def sectors_in(text: str) -> Iterator[Quantity]:
    """The shares of the sectors, in per cent: no sign stands behind them."""
    for found in _STRUCTURE.finditer(text):
        for part in _PART.finditer(text, *found.span()):
            value = Decimal(part[0])
            low_high = bounds(value, "exact")
            yield Quantity(*part.span(), part[0], "", value, *low_high, "exact", "%", None, None, "arabic")


def sector_of(text: str, sentence: int, quantity: Quantity) -> str | None:
    """The sector whose share a quantity is that has no sign; None for any other one."""
    if quantity.raw_unit or quantity.unit != "%" or not quantity.raw_value[0].isdigit():
        return None
    start = max(sentence, quantity.start - _REACH)
    if not _NAMED.search(text, start, quantity.start):
        return None
    before = _BEFORE.search(text, start, quantity.start)
    return _NAMES[len(_PART.findall(before[0]))] if before else None
