"""The quantity that reading fills, and the number that nothing explains."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, Literal

from tasks.records import Qualifier

Writing = Literal["arabic", "chinese"]

_MONEY: Final = frozenset({"CNY", "USD", "EUR", "HKD", "JPY"})
_M2_A_MU: Final = Decimal(2000) / 3


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity of a text: `text[start:end]` is its quote; values are in the canonical unit."""

    start: int
    end: int
    raw_value: str
    raw_unit: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    qualifier: Qualifier
    unit: str
    classifier: str | None
    per: str | None
    writing: Writing

    @property
    def is_money(self) -> bool:
        """Whether the unit is a currency."""
        return self.unit in _MONEY

    def negated(self) -> "Quantity":
        """The same quantity as a decrease: a fall by more than 3 lies below -3."""
        low, high = self.low, self.high
        return replace(
            self,
            value=None if self.value is None else -self.value,
            low=None if high is None else -high,
            high=None if low is None else -low,
        )


@dataclass(frozen=True, slots=True)
class Unread:
    """A number that is neither a quantity nor claimed by something else."""

    start: int
    end: int


def bounds(value: Decimal, qualifier: Qualifier) -> tuple[Decimal | None, Decimal | None]:
    """What a stated value and its qualifier say of the real one: the least and the most that it can be."""
    match qualifier:
        case "exact":
            return value, value
        case "over" | "at_least":
            return value, None
        case "under" | "at_most":
            return None, value
        case _:
            return None, None


def not_smaller(total: Quantity, part: Quantity) -> bool:
    """Whether one quantity may be the total of another by its value."""
    whole, one = _size(total), _size(part)
    return whole is not None and one is not None and whole >= one


def _size(quantity: Quantity) -> Decimal | None:
    """What to compare by: the value, land in square metres (核准面积1128公顷，其中工业用地9840亩)."""
    return quantity.value * _M2_A_MU if quantity.value is not None and quantity.unit == "mu" else quantity.value
