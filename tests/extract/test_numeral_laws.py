"""Numbers read back equal, in whatever writing; every offset of a normalised text is that of the printed one."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extract.glyphs import plain
from tasks.extract.numerals import number
from tests.extract.reading import read

_DIGITS = "零一二三四五六七八九"
_FINANCIAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_FULL_WIDTH = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
_FACTORS = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}


def written(value: int) -> str:
    """A number below 10^16 in Chinese digits, as it is spoken: 10020 → 一万零二十."""
    groups = []
    rest = value
    for unit in ("", "万", "亿", "万亿"):
        rest, group = divmod(rest, 10**4)
        groups.append((group, unit))
    text = ""
    for group, unit in reversed(groups[:3] if value < 10**12 else groups):
        if group:
            text += ("零" if text and group < 1000 else "") + _below_10000(group) + unit
    return text


def _below_10000(value: int) -> str:
    text, skipped = "", False
    for digit, unit in zip(f"{value:04}", ("千", "百", "十", ""), strict=True):
        if digit == "0":
            skipped = bool(text)
        else:
            text += ("零" if skipped else "") + _DIGITS[int(digit)] + unit
            skipped = False
    return text


@given(st.integers(1, 10**12 - 1))
def test_chinese_digits_read_back(value: int) -> None:
    assert number(written(value)) == value


@given(st.integers(1, 10**8 - 1))
def test_financial_digits_read_back(value: int) -> None:
    assert number(written(value).translate(_FINANCIAL)) == value


@given(st.integers(0, 10**9), st.integers(0, 10**6))
def test_chinese_decimals_read_back(whole: int, fraction: int) -> None:
    spoken = (written(whole) or "零") + "点" + "".join(_DIGITS[int(digit)] for digit in str(fraction))
    assert number(spoken) == Decimal(f"{whole}.{fraction}")


@given(st.decimals(0, 10**12, places=3))
def test_thousands_separators_change_nothing(value: Decimal) -> None:
    assert number(f"{value:,}") == value


@pytest.mark.parametrize(
    ("text", "value"), [("十", 10), ("十五", 15), ("一千二", 1200), ("三万五", 35000), ("两百", 200)]
)
def test_spoken_short_forms(text: str, value: int) -> None:
    assert number(text) == value


@pytest.mark.parametrize("text", ["一一", "十百", "百千", "万", "亿", "一二十三"])
def test_characters_that_make_no_number(text: str) -> None:
    assert number(text) is None


@settings(deadline=None)
@given(st.text(alphabet="零一二三四五六七八九十百千万亿两〇点", min_size=1, max_size=12))
def test_no_string_of_numerals_raises(text: str) -> None:
    value = number(text)
    assert value is None or value >= 0


@settings(deadline=None, max_examples=60)
@given(
    st.decimals(Decimal("0.01"), Decimal(9999), places=2),
    st.sampled_from(sorted(_FACTORS)),
    st.booleans(),
)
def test_money_is_exact_in_every_magnitude_and_width(amount: Decimal, magnitude: str, wide: bool) -> None:
    quote = f"{amount}{magnitude}元"
    quote = quote.translate(_FULL_WIDTH) if wide else quote
    metrics = read(f"项目总投资{quote}。").metrics
    assert [(m.quote, m.value, m.unit) for m in metrics] == [(quote, amount * _FACTORS[magnitude], "CNY")]


@settings(deadline=None, max_examples=60)
@given(st.integers(21, 9999))
def test_money_in_chinese_digits_is_exact(amount: int) -> None:
    metrics = read(f"项目总投资{written(amount)}元。").metrics
    assert [(m.value, m.unit) for m in metrics] == [(amount, "CNY")]


@given(st.text())
def test_normalising_keeps_every_offset(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert plain(plain(text)) == plain(text)


@given(st.text(alphabet=st.characters(max_codepoint=0x7F)))
def test_ascii_is_normal_already(text: str) -> None:
    assert plain(text) == text
