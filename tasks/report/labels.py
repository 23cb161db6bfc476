"""The words for the codes of the tables (labels.yml), in Chinese and English, as validated data."""

from functools import cache
from importlib.resources import files
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from tasks.yamltext import from_yaml


class Label(NamedTuple):
    """A code in words."""

    zh: str
    en: str


class Unit(NamedTuple):
    """A canonical unit in words, and the magnitudes (万, 亿) that it is read in, the largest first."""

    zh: str
    en: str
    scales: dict[str, Annotated[int, Field(gt=1)]]


_Labels = dict[str, Label]


class Labels(BaseModel):
    """labels.yml; unknown lists are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    status: _Labels
    kind: _Labels
    basis: _Labels
    qualifier: _Labels
    period_basis: _Labels
    issue_date_basis: _Labels
    severity: _Labels
    outcome: _Labels
    rule: _Labels
    stage: _Labels
    units: dict[str, Unit]

    def of(self, what: str, code: str) -> Label:
        """The words for a code of one of the lists; a code that has none stands for itself."""
        known: _Labels = getattr(self, what)
        return known.get(code, Label(code, code))


@cache
def labels() -> Labels:
    """The file, read once."""
    return Labels.model_validate(from_yaml(files(__package__).joinpath("labels.yml").read_text(encoding="utf-8")))
