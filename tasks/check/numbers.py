"""Numbers as intervals: what a printed number can stand for, given the places that it was printed with."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final, Protocol

_HALF: Final = Decimal("0.5")


class Printed(Protocol):
    """A number as a metric holds it."""

    @property
    def raw_value(self) -> str: ...
    @property
    def value(self) -> Decimal | None: ...
    @property
    def qualifier(self) -> str: ...
    @property
    def unit(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from `low` to `high`, both included; None where there is no bound."""

    low: Decimal | None
    high: Decimal | None

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(
            None if self.low is None or other.low is None else self.low + other.low,
            None if self.high is None or other.high is None else self.high + other.high,
        )

    def meets(self, other: "Interval") -> bool:
        """Whether one value can be in both."""
        return not (_above(self.low, other.high) or _above(other.low, self.high))


def interval(number: Printed) -> Interval | None:
    """What a printed number can stand for: half a unit in its last printed place either way; None when nobody can say.

    A count written out in full is exact: 19个 is 19. 约 says nothing that could be checked, a range has its own bounds.
    """
    value = number.value
    if value is None or number.qualifier in ("about", "range"):
        return None
    if number.qualifier in ("over", "at_least"):
        return Interval(value, None)
    if number.qualifier in ("under", "at_most"):
        return Interval(None, value)
    half = half_unit(number)
    return Interval(value - half, value + half)


def half_unit(number: Printed) -> Decimal:
    """Half a unit in the last printed place, in the canonical unit: 33.35亿元 -> 500000."""
    written = _written(number.raw_value)
    if written is None or written == 0 or number.value is None:
        return Decimal(0)
    factor = abs(number.value / written)
    exponent = written.as_tuple().exponent
    if not isinstance(exponent, int) or (number.unit in ("count", "rank") and factor == 1 and exponent >= 0):
        return Decimal(0)
    return factor * _HALF * Decimal(1).scaleb(min(exponent, 0))


def _written(raw: str) -> Decimal | None:
    try:
        return Decimal(raw.replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None


def _above(low: Decimal | None, high: Decimal | None) -> bool:
    return low is not None and high is not None and low > high
