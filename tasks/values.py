"""Values of a result as text and as JSON, exact in both."""

import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

import simplejson

from tasks.numbers import plain


def column_names(description: Sequence[Sequence[object]]) -> list[str]:
    """The names of a result's columns, made different as DuckDB does it: a, a_1."""
    names: list[str] = []
    for column in description:
        name, number = str(column[0]), 0
        while name in names:
            number += 1
            name = f"{column[0]}_{number}"
        names.append(name)
    return names


def text(value: object) -> str:
    """A value as text: decimals exact, dates in ISO form, NULL empty, lists and structures as JSON."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case Decimal():
            return plain(value)
        case datetime():
            return value.isoformat(sep=" ")
        case list() | tuple() | dict():
            return dump(plain_data(value))
        case bytes():
            return value.hex()
        case _:
            return str(value)


def dump(data: object) -> str:
    """JSON; numbers keep their digits."""
    return simplejson.dumps(data, use_decimal=True, ensure_ascii=False)


def plain_data(value: object) -> object:
    """A value as JSON knows it."""
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            # Without exponent and trailing zeros; simplejson writes its digits as they are.
            return Decimal(plain(value))
        case float():
            return value if math.isfinite(value) else None
        case datetime() | date() | time():
            return value.isoformat()
        case Mapping():
            return {str(key): plain_data(item) for key, item in value.items()}
        case list() | tuple():
            return [plain_data(item) for item in value]
        case bytes():
            return value.hex()
        case timedelta() | UUID():
            return str(value)
        case _:
            return str(value)
