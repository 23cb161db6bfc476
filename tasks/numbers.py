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


def told(value: object) -> str:
    """A field of a metric in a sentence: 3,335,000,000, nothing, 2023-07-31."""
    if value is None:
        return "nothing"
    return grouped(value) if isinstance(value, Decimal) else str(value)
