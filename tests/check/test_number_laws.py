"""What a printed number can stand for."""

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tasks.check.bounds import bounds
from tasks.check.findings import rules
from tasks.check.numbers import Interval, half_unit, interval
from tasks.check.totals import splits
from warehouse.reference import _indicators


@dataclass(frozen=True)
class Number:
    raw_value: str
    value: Decimal | None
    unit: str = "CNY"
    qualifier: str = "exact"


@given(
    true=st.decimals(min_value=0, max_value=10**9, places=6),
    places=st.integers(0, 4),
    factor=st.sampled_from([1, 10**4, 10**8]),
)
def test_the_true_value_lies_in_the_interval_of_its_rounded_print(true: Decimal, places: int, factor: int) -> None:
    printed = round(true, places)
    found = interval(Number(str(printed), printed * factor))
    if printed != 0:
        assert found is not None
        assert found.meets(Interval(true * factor, true * factor))


@given(
    parts=st.lists(st.decimals(min_value=1, max_value=10**6, places=6), min_size=2, max_size=8),
    places=st.integers(0, 3),
)
def test_rounded_parts_never_contradict_their_rounded_total(parts: list[Decimal], places: int) -> None:
    whole = interval(Number(str(round(sum(parts), places)), round(sum(parts), places)))
    together = Interval(Decimal(0), Decimal(0))
    for part in parts:
        one = interval(Number(str(round(part, places)), round(part, places)))
        assert one is not None
        together += one
    assert whole is not None
    assert together.meets(whole)


def test_a_count_in_full_is_exact_and_a_rounded_one_is_not() -> None:
    assert half_unit(Number("19", Decimal(19), "count")) == 0
    assert half_unit(Number("2.3", Decimal(23000), "count")) == 500
    assert half_unit(Number("33.35", Decimal(3335000000))) == 500000
    assert half_unit(Number("1,100.9", Decimal(110090000000))) == 5000000
    assert half_unit(Number("三十五", Decimal(35), "count")) == 0


def test_bounds_of_the_wording() -> None:
    assert interval(Number("80", Decimal(80), "count", "over")) == Interval(Decimal(80), None)
    assert interval(Number("700", Decimal(700), "count", "under")) == Interval(None, Decimal(700))
    assert interval(Number("5", Decimal(5), "count", "about")) is None


def test_the_data_of_the_checks_is_about_what_exists() -> None:
    codes = {row[0] for row in _indicators()}
    assert set(bounds()) <= codes
    assert all(known.low < known.high for known in bounds().values())
    assert {"parts_total", "restated", "magnitude"} <= set(rules())
    assert all(len(split) > 1 for split in splits())
