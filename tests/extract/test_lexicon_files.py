"""A lexicon file with a slip in it is refused when it is loaded, with the word that is wrong."""

import copy
from importlib.resources import files
from typing import Any

import pytest
import yaml
from pydantic import BaseModel, ValidationError

from tasks.extract.lexicons import (
    Codes,
    Cues,
    Heads,
    _ClaimsFile,
    _IndicatorsFile,
    _PeriodsFile,
    _QualifiersFile,
    _UnitsFile,
    _ZonesFile,
    lexicons,
)

_MODELS: dict[str, type[BaseModel]] = {
    "units": _UnitsFile,
    "qualifiers": _QualifiersFile,
    "claims": _ClaimsFile,
    "cues": Cues,
    "codes": Codes,
    "tables": Heads,
    "indicators": _IndicatorsFile,
    "periods": _PeriodsFile,
    "zones": _ZonesFile,
}
_CLOSED = ("units", "qualifiers", "cues", "codes", "tables", "periods", "zones")


def _content(name: str) -> dict[str, Any]:
    return yaml.safe_load(files("tasks.extract").joinpath(f"lexicon/{name}.yml").read_text(encoding="utf-8"))


def _changed(name: str, path: tuple[Any, ...], value: object) -> dict[str, Any]:
    content = copy.deepcopy(_content(name))
    at: Any = content
    for key in path[:-1]:
        at = at[key]
    if path[-1] == "+":
        at.append(value)
    else:
        at[path[-1]] = value
    return content


@pytest.mark.parametrize("name", sorted(_MODELS))
def test_the_shipped_file_is_valid(name: str) -> None:
    assert _MODELS[name].model_validate(_content(name))


@pytest.mark.parametrize("name", _CLOSED)
def test_an_unknown_key_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        _MODELS[name].model_validate({**_content(name), "typo": ["词"]})


@pytest.mark.parametrize(("name", "key"), [(name, key) for name in _CLOSED for key in _content(name)])
def test_a_missing_key_is_refused(name: str, key: str) -> None:
    content = _content(name)
    del content[key]
    with pytest.raises(ValidationError, match="Field required"):
        _MODELS[name].model_validate(content)


@pytest.mark.parametrize(
    ("name", "path", "value", "message"),
    [
        pytest.param("units", ("units", "USD", "元"), 1, "'元' is written twice", id="unit-of-two-families"),
        pytest.param("units", ("classifiers", "+"), "家", "'家' is written twice", id="classifier-twice"),
        pytest.param("units", ("classifiers", "+"), "亩", "'亩' is written twice", id="unit-and-classifier"),
        pytest.param("units", ("classifiers",), [], "at least 1 item", id="no-classifiers"),
        pytest.param("units", ("classifiers", "+"), "", "at least 1 character", id="empty-classifier"),
        pytest.param("units", ("units", "CNY", "角"), "一", "decimal", id="factor-is-no-number"),
        pytest.param("units", ("magnitudes", "兆"), 0.5, "integer", id="magnitude-is-a-fraction"),
        pytest.param("qualifiers", ("before", "起码"), "minimum", "Input should be", id="unknown-qualifier"),
        pytest.param("claims", ("ordinal", "+"), "第?", "matches the empty text", id="claims-everything"),
        pytest.param("claims", ("ordinal", "+"), "", "at least 1 character", id="empty-claim"),
        pytest.param("claims", ("ordinal",), [], "at least 1 item", id="no-claims-of-a-kind"),
        pytest.param("cues", ("falls", "+"), "增长", "'增长' is written twice", id="word-that-rises-and-falls"),
        pytest.param("cues", ("rises",), [], "at least 1 item", id="nothing-rises"),
        pytest.param("cues", ("basis", "weekly"), ["比上周"], "Input should be", id="unknown-basis"),
        pytest.param("cues", ("status", 0, "status"), "maybe", "Input should be", id="unknown-status"),
        pytest.param("cues", ("status", 0, "scope"), "article", "Input should be", id="unknown-scope"),
        pytest.param("cues", ("status", 0, "typo"), 1, "Extra inputs", id="unknown-key-of-a-status"),
        pytest.param(
            "indicators",
            ("money", "+"),
            {"code": None, "terms": ["总投资"]},
            "'总投资' is written twice",
            id="two-codes",
        ),
        pytest.param("indicators", ("money", "+"), {"code": "tax", "terms": []}, "at least 1 item", id="no-terms"),
        pytest.param("indicators", ("money", "+"), {"terms": ["新词"]}, "Field required", id="code-left-out"),
        pytest.param("periods", ("seasons", "旺季"), [1], "Field required", id="season-without-an-end"),
        pytest.param("zones", ("suffixes", "新区"), [], "at least 1 item", id="kind-of-zone-without-names"),
    ],
)
def test_a_slip_is_refused(name: str, path: tuple[Any, ...], value: object, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        _MODELS[name].model_validate(_changed(name, path, value))


def test_a_pattern_that_does_not_compile_is_refused() -> None:
    with pytest.raises(Exception, match=r"unterminated|missing"):
        _ClaimsFile.model_validate(_changed("claims", ("ordinal", "+"), "第(一"))


def test_the_codes_of_the_lexicon_are_those_that_the_warehouse_publishes() -> None:
    published = files("warehouse").joinpath("indicators.csv").read_text(encoding="utf-8")
    codes = {line.split(",")[0] for line in published.splitlines()[1:]}
    rules = lexicons()
    used = {term.code for terms in rules.indicators.values() for term in terms.values()} - {None}
    used |= {*rules.codes.units.values(), *rules.codes.inspecting.found}
    used |= {code for rule in rules.codes.classifiers.values() for code in (rule.code, *rule.keeps) if code}
    assert used <= codes


def test_the_lexicons_are_read_once() -> None:
    assert lexicons() is lexicons()
