"""The cells of a table's row, and the numbers in them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Final

from tasks.extract.claims import claims_in
from tasks.extract.lexicons import Lexicons
from tasks.extract.numerals import ARABIC, number
from tasks.extract.quantities import quantities_in
from tasks.extract.quantity import Quantity

_CELL: Final = re.compile(r"\S+?[）)](?=[-+]?\d[\d.,]*(?:\s|$))|\S+")
"""What white space parts; a number may stand right behind the unit of its name: 总额（亿）10.00."""
_ENTRY: Final = re.compile(r"[^，。；：、\d（()）]{2,20}[（(][^（()）\d]{1,8}[）)] ?[-+]?\d[\d.,]*")
_LONGEST_ENTRY: Final = 48
_DIGIT: Final = re.compile(r"\d")
_EMPTY: Final = re.compile("[-—–−/…·*]{1,6}|无|持平|暂无")
_YEAR: Final = re.compile("(?:19|20)\\d\\d")
_LEAD: Final = re.compile("[-—–−+]?(?:同比|环比)?(?:增长|下降|增加|减少|约|近|超|达|增|降|减|升)?")
_FALLS: Final = ("下降", "减少", "降", "减", "↓", "-", "—", "–", "−")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: `text[start:end]` of the article."""

    text: str
    start: int
    end: int

    @property
    def is_empty(self) -> bool:
        """Whether a dash or a word stands for no number."""
        return _EMPTY.fullmatch(self.text) is not None

    @property
    def is_year(self) -> bool:
        """Whether it is a year without 年."""
        return _YEAR.fullmatch(self.text) is not None


@dataclass(frozen=True, slots=True)
class Value:
    """A number that fills a cell: a figure that waits for its unit, or a quantity that the cell states whole.

    `text[start:end]` is its quote; `falls` where a word says so (下降2.6).
    """

    cell: Cell
    start: int
    figure: Decimal | None
    magnitude: str | None
    quantity: Quantity | None
    falls: bool

    @property
    def is_negative(self) -> bool:
        """Whether it is a negative number, by its sign or by a word."""
        value = self.figure if self.quantity is None else self.quantity.value
        return self.falls or (value is not None and value < 0)


def cells_in(text: str, start: int, end: int) -> list[Cell]:
    """The cells of a row."""
    return [Cell(found[0], *found.span()) for found in _CELL.finditer(text, start, end)]


def is_entry(text: str, start: int, end: int) -> bool:
    """Whether a whole paragraph is a name with its unit and one number: a row without a table."""
    short = 0 < end - start <= _LONGEST_ENTRY and text[end - 1].isdigit()
    return short and _ENTRY.fullmatch(text, start, end) is not None


def value_in(cell: Cell, lexicons: Lexicons) -> Value | None:
    """The number that fills a cell; None for names, times and marks."""
    if not _DIGIT.search(cell.text):
        return None
    bare = _figure_pattern(lexicons).fullmatch(cell.text)
    if bare is not None:
        figure, sign = number(bare["figure"]), bare["sign"] or ""
        if figure is None:
            return None
        minus = sign in _FALLS and len(sign) == 1 and not "一" <= sign <= "龥"
        start = cell.start + (bare.start("figure") if len(sign) and not minus else 0)
        return Value(cell, start, -figure if minus else figure, bare["magnitude"], None, sign in _FALLS and not minus)
    stated = quantities_of(cell, lexicons)
    if len(stated) != 1 or stated[0].end != cell.end:
        return None
    lead = cell.text[: stated[0].start - cell.start]
    if not _LEAD.fullmatch(lead):
        return None
    quantity = stated[0]
    if lead in ("—", "–", "−"):
        quantity = replace(quantity.negated(), start=cell.start)
        lead = ""
    return Value(cell, quantity.start, None, None, quantity, lead.endswith(_FALLS))


def quantities_of(cell: Cell, lexicons: Lexicons) -> Sequence[Quantity]:
    """The quantities that a cell states with units of their own; none where a number in it has none."""
    found, unread = quantities_in(cell.text, claims_in(cell.text, lexicons), lexicons)
    if unread:
        return []
    return [replace(q, start=q.start + cell.start, end=q.end + cell.start) for q in found]


def unexplained(cell: Cell, lexicons: Lexicons) -> bool:
    """Whether a cell has a number that is no time, name or ordinal."""
    found, unread = quantities_in(cell.text, claims_in(cell.text, lexicons), lexicons)
    return bool(found or unread)


@cache
def _figure_pattern(lexicons: Lexicons) -> re.Pattern[str]:
    sign = "[-—–−+↑↓]|同?比?增长?|同?比?下?降|减少?|增加|升"
    return re.compile(f"(?P<sign>{sign})?(?P<figure>{ARABIC})(?P<magnitude>{lexicons.magnitude_pattern})?")
