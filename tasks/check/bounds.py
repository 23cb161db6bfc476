"""Values and units that an indicator cannot have."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, RootModel

from tasks.check.findings import failed, listed, plain, quoted
from tasks.records import Check, Metric
from tasks.yamltext import from_yaml

_REGION: Final = Decimal(1000)
_NAMING: Final = 3
"""Characters that the full and the short name of a zone share (朔州经济开发区, 朔州经开区)."""
_FALL: Final = ("降幅不会超过全部", "nothing falls by more than all of it")
_SIGNED: Final = "profit"
"""What may turn negative: a profit that becomes a loss falls by more than all of it."""
_LOWEST_GROWTH: Final = Decimal(-100)
_HIGHEST_GROWTH: Final = Decimal(100000)


class Bounds(BaseModel):
    """What an indicator can be; see rules/bounds.yml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    units: Annotated[tuple[str, ...], Field(min_length=1)]
    low: Decimal
    high: Decimal
    region: Decimal | None = None
    why: tuple[Annotated[str, Field(min_length=1)], Annotated[str, Field(min_length=1)]]


class _Bounds(RootModel[dict[str, Bounds]]):
    pass


@cache
def bounds() -> dict[str, Bounds]:
    """The bounds by indicator code, read and validated once a process."""
    text = files("tasks.check").joinpath("rules/bounds.yml").read_text(encoding="utf-8")
    return _Bounds.model_validate(from_yaml(text)).root


def check_bounds(headline: str, metrics: Sequence[Metric]) -> Iterator[Check]:
    """The metrics that are beyond what their indicator can have, or in a unit that it cannot have.

    A zone's bounds hold where the headline or the sentence names it: a text that mentions one speaks of others too.
    """
    for index, metric in enumerate(metrics):
        if metric.kind == "growth" and metric.unit == "%":
            if metric.indicator_code != _SIGNED:
                yield from _outside(metric, index, _LOWEST_GROWTH, _HIGHEST_GROWTH, _FALL)
            continue
        known = bounds().get(metric.indicator_code or "")
        if known is None or metric.per is not None or metric.kind not in ("level", "ratio", "rank"):
            continue
        if metric.kind == "level" and metric.unit not in known.units:
            yield failed(
                "unit",
                (
                    f"{listed(metric)}读作{metric.indicator}（{metric.indicator_code}），其单位应为{'或'.join(known.units)}。",
                    (
                        f"{quoted(metric)} is read as {metric.indicator_code}, which is stated in "
                        f"{' or '.join(known.units)}."
                    ),
                ),
                " or ".join(known.units),
                metric.unit,
                (index,),
            )
        elif metric.unit == known.units[0]:
            high = known.high if _is_named(metric, headline) else known.region or known.high * _REGION
            yield from _outside(metric, index, known.low, high, known.why)


def _is_named(metric: Metric, headline: str) -> bool:
    zone = metric.zone
    return zone is not None and zone.name != zone.region and zone.name[:_NAMING] in headline + metric.sentence


def _outside(metric: Metric, index: int, low: Decimal, high: Decimal, why: tuple[str, str]) -> Iterator[Check]:
    said = [value for value in (metric.value, metric.value_low, metric.value_high) if value is not None]
    if said and not (low <= min(said) and max(said) <= high):
        yield failed(
            "magnitude",
            (
                f"{metric.indicator}不可能是{listed(metric)}：{why[0]}。",
                f"{quoted(metric)} is beyond what {metric.indicator_code or metric.indicator} can be: {why[1]}.",
            ),
            f"{plain(low, metric)} to {plain(high, metric)}",
            metric.quote,
            (index,),
        )
