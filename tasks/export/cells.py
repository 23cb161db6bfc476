"""Cells of a spreadsheet: no text may start a formula, no number may lose a digit."""

from decimal import Context, Decimal
from typing import Final

STARTS: Final = frozenset("=+-@\t\r\n＝＋－＠")
"""What makes a cell a formula in Excel, LibreOffice or WPS (OWASP, CSV Injection); the wide ones in CJK editions."""

_EXCEL_DIGITS: Final = 15
_PRECISE: Final = Context(prec=400)
_BLANKS: Final = " \u00a0\u3000\ufeff\u200b"


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet could take a text for a formula; blanks in front do not protect."""
    return text.lstrip(_BLANKS)[:1] in STARTS if text else False


def as_double(value: Decimal | float) -> float | None:
    """A number as Excel would hold it (15 significant digits); None when it would lose some."""
    exact = Decimal(value) if isinstance(value, int | Decimal) else Decimal(repr(value))
    if not exact.is_finite() or len(exact.normalize(_PRECISE).as_tuple().digits) > _EXCEL_DIGITS:
        return None
    number = float(exact)
    # The workbook holds the number as text with 16 digits: 9.3 as 9.300000000000001, which reads as the same double.
    return number if float(f"{number:.16G}") == number and Decimal(repr(number)) == exact else None
