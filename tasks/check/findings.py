"""How a check is written down: rule, severity, outcome and a sentence with the quotes.

A sentence is said in Chinese and again in English: …之和是20个。 … add up to 20个.
A formula (3个 + 12个 = 15个) has no words.
"""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, RootModel

from tasks.records import Check, Metric, Severity
from tasks.yamltext import from_yaml

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
    return _Rules.model_validate(from_yaml(text)).root


def passed(rule: str, message: str, metrics: Sequence[int], value: str) -> Check:
    """A check that came out: it is kept, so that a reader can be shown the reconciliation."""
    assert rule in rules(), rule
    return Check(rule, "info", "passed", message, value, value, tuple(metrics))


def failed(
    rule: str, words: tuple[str, str], expected: str, found: str, metrics: Sequence[int], others: Sequence[str] = ()
) -> Check:
    """A check that did not come out, as bad as checks.yml says.

    `words` are the sentence in Chinese (ending with 。) and in English; `others` are ids of metrics elsewhere.
    """
    zh, en = words
    assert zh.endswith("。"), zh
    severity = rules()[rule].severity
    return Check(rule, severity, "failed", f"{zh} {en}", expected, found, tuple(metrics), tuple(others))


def quoted(*metrics: Metric) -> str:
    """The quotes of some metrics as a list in an English sentence."""
    quotes = [f"“{metric.quote}”" for metric in metrics]
    return quotes[0] if len(quotes) == 1 else f"{', '.join(quotes[:-1])} and {quotes[-1]}"


def listed(*metrics: Metric) -> str:
    """The same in a Chinese sentence."""
    return "、".join(f"“{metric.quote}”" for metric in metrics)


def plain(value: Decimal, like: Metric) -> str:
    """A computed value in the unit that a metric was printed in: 1109200000 like 33.35亿元 -> 11.092亿元."""
    try:
        factor = abs(like.value / Decimal(like.raw_value.replace(",", ""))) if like.value else Decimal(1)
    except ArithmeticError:
        factor = Decimal(1)
    shown = round(value / (factor or 1), _PLACES).normalize()
    return f"{shown:f}{like.raw_unit}"
