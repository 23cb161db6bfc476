"""Numbers as people and machines read them: exact, without trailing zeros."""

from decimal import Decimal


def plain(value: Decimal) -> str:
    """The digits of a decimal, no exponent: 33.35, 3335000000."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def grouped(value: Decimal) -> str:
    """The same with thousands separated: 3,335,000,000."""
    whole, dot, rest = plain(value).partition(".")
    return f"{int(whole):,}{dot}{rest}" if whole not in ("-0", "") else f"{whole}{dot}{rest}"
