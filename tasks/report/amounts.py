"""Amounts as people read them: 33.35 亿元 for 3335000000 CNY. Every digit stays; only the point moves."""

from decimal import Context, Decimal

from tasks.numbers import grouped
from tasks.report.labels import Unit, labels

# The default context keeps 28 digits, a value of the tables has up to 38.
_EVERY_DIGIT = Context(prec=60)

_SIGNS = {"about": "约 ", "over": "＞", "under": "＜", "at_least": "≥", "at_most": "≤"}


def amount(value: Decimal, unit: str, classifier: str | None = None, per: str | None = None) -> str:
    """A value with its unit: 19 个, 33.35 亿元, 2,500 元/亩."""
    known = labels().units.get(unit, Unit(unit, unit, {}))
    name = classifier or known.zh
    digits, scale = _scaled(value, known.scales if not classifier else {})
    tail = f"{scale}{name}" + (f"/{per}" if per else "")
    return f"{digits}{tail}" if unit == "%" else f"{digits} {tail}".rstrip()


def stated(
    value: Decimal | None,
    low: Decimal | None,
    high: Decimal | None,
    qualifier: str,
    unit: str,
    classifier: str | None = None,
    per: str | None = None,
) -> str:
    """What a text asserts: an amount with the sign of its qualifier, or both ends of a range."""
    if value is not None:
        return _SIGNS.get(qualifier, "") + amount(value, unit, classifier, per)
    ends = [amount(end, unit, classifier, per) for end in (low, high) if end is not None]
    return " – ".join(ends)


def exact(value: Decimal | None, unit: str) -> str:
    """A value in its canonical unit with all digits: 3,335,000,000 CNY."""
    return "" if value is None else f"{grouped(value)} {unit}"


def _scaled(value: Decimal, scales: dict[str, int]) -> tuple[str, str]:
    for name, factor in scales.items():
        if abs(value) >= factor:
            return grouped(value.scaleb(1 - len(str(factor)), _EVERY_DIGIT)), name
    return grouped(value), ""
