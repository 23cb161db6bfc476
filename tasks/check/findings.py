"""How a check is written down: rule, severity, outcome and a sentence with the quotes."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Annotated, Final

import yaml
from pydantic import BaseModel, ConfigDict, Field, RootModel

from tasks.records import Check, Metric, Severity

_PLACES: Final = 4


class Rule(BaseModel):
    """A rule of checks.yml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    severity: Severity
    what: Annotated[str, Field(min_length=1)]


class _Rules(RootModel[dict[str, Rule]]):
    pass


@cache
def rules() -> dict[str, Rule]:
    """The rules by name, read and validated once a process."""
    text = files("tasks.check").joinpath("rules/checks.yml").read_text(encoding="utf-8")
    return _Rules.model_validate(yaml.safe_load(text)).root


def passed(rule: str, message: str, metrics: Sequence[int], value: str) -> Check:
    """A check that came out: it is kept, so that a reader can be shown the reconciliation."""
    assert rule in rules(), rule
    return Check(rule, "info", "passed", message, value, value, tuple(metrics))


def failed(
    rule: str, message: str, expected: str, found: str, metrics: Sequence[int], others: Sequence[str] = ()
) -> Check:
    """A check that did not come out, as bad as checks.yml says; `others` are ids of metrics elsewhere."""
    return Check(rule, rules()[rule].severity, "failed", message, expected, found, tuple(metrics), tuple(others))


def quoted(*metrics: Metric) -> str:
    """The quotes of some metrics as a list in a sentence."""
    quotes = [f"“{metric.quote}”" for metric in metrics]
    return quotes[0] if len(quotes) == 1 else f"{', '.join(quotes[:-1])} and {quotes[-1]}"


def plain(value: Decimal, like: Metric) -> str:
    """A computed value in the unit that a metric was printed in: 1109200000 like 33.35亿元 -> 11.092亿元."""
    try:
        factor = abs(like.value / Decimal(like.raw_value.replace(",", ""))) if like.value else Decimal(1)
    except ArithmeticError:
        factor = Decimal(1)
    shown = round(value / (factor or 1), _PLACES).normalize()
    return f"{shown:f}{like.raw_unit}"
