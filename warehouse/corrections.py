"""A home's corrections.yml: what people decided about numbers that are printed wrong.

An entry names a number (by its metric_id, or by file and line), what has to be printed there, and the fields that it
changes. It is applied in the view `metrics_corrected` and nowhere else; `metrics` keeps what is printed.

    - metric: 9ae2d0e3f006-07-004     # or  place: {file: 2023-08.txt, line: 469}
      expect: 26.47亿元                # as printed; when it no longer is, the entry is reported and not applied
      set: {value: 2657000000}        # in the canonical unit; an exact value sets its bounds too
      reason: 与管委会核对，漏印一位
      author: 王霞云
      date: 2023-08-15
"""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from warehouse.errors import HomeFileError

_Words = Annotated[str, Field(min_length=1)]
_NUMBERS: Final = ("value", "value_low", "value_high")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Place(_Strict):
    """A printed number by the document and the line on which it begins."""

    file: _Words
    line: Annotated[int, Field(ge=1)]


class Changes(_Strict):
    """The fields that an entry changes; what is not named stays."""

    value: Decimal | None = None
    value_low: Decimal | None = None
    value_high: Decimal | None = None
    qualifier: Literal["exact", "about", "over", "under", "at_least", "at_most", "range"] | None = None
    unit: str | None = None
    per: str | None = None
    kind: Literal["level", "ratio", "growth", "delta", "rank"] | None = None
    basis: Literal["yoy", "mom", "plan", "peer", "base"] | None = None
    subject: str | None = None
    indicator: str | None = None
    indicator_code: str | None = None
    status: Literal["actual", "planned", "expected", "target"] | None = None
    period_start: date | None = None
    period_end: date | None = None
    zone: str | None = None
    region: str | None = None
    part_of: str | None = None

    @model_validator(mode="after")
    def _something(self) -> "Changes":
        if not self.model_fields_set:
            raise ValueError("set changes nothing")
        for field in ("qualifier", "unit", "kind", "indicator", "status"):
            if field in self.model_fields_set and getattr(self, field) is None:
                raise ValueError(f"{field} cannot be empty")
        return self

    def fields(self) -> dict[str, str | None]:
        """Each changed column and its value as text; a value alone is exact, and so are its bounds then."""
        changed = {name: getattr(self, name) for name in self.model_fields_set}
        if self.value is not None and not changed.keys() & {"value_low", "value_high", "qualifier"}:
            changed |= {"value_low": self.value, "value_high": self.value, "qualifier": "exact"}
        return {name: None if value is None else _text(value) for name, value in sorted(changed.items())}


class Correction(_Strict):
    """One entry of the file."""

    metric: _Words | None = None
    place: Place | None = None
    expect: _Words
    set: Changes
    reason: _Words
    author: _Words
    date: date

    @model_validator(mode="after")
    def _one_number(self) -> "Correction":
        if (self.metric is None) == (self.place is None):
            raise ValueError("name the number either by metric or by place")
        return self


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The entries of a corrections.yml, none when there is no file; HomeFileError says what is wrong in it."""
    if not path.exists():
        return ()
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8-sig")) or []
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise HomeFileError(f"{path} is not YAML in UTF-8: {' '.join(str(error).split())}") from error
    if not isinstance(entries, list):
        raise HomeFileError(f"{path} has to be a list: each entry begins with “- metric:” or “- place:”.")
    return tuple(_entry(entry, f"{path}, entry {number}") for number, entry in enumerate(entries, start=1))


def _entry(entry: object, place: str) -> Correction:
    try:
        return Correction.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the entry"
        raise HomeFileError(f"{place}: {where}: {first['msg'].removeprefix('Value error, ')}.") from error


def _text(value: object) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
