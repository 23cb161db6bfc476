"""The lexicons (lexicon/*.yml, *.csv) as validated, frozen, compiled data."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Annotated, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, RootModel, model_validator

from tasks.extract.scan import Finder, Sieve, finder
from tasks.records import Basis, Qualifier, Status
from tasks.yamltext import from_yaml
from warehouse.zones import Zone, bundled_zones

_DIVISION_SUFFIX: Final = re.compile(
    "(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治县|自治州|地区|省|市|盟|县|区)$"
)

_Word = Annotated[str, Field(min_length=1)]
_Words = Annotated[list[_Word], Field(min_length=1)]
_File = TypeVar("_File", bound=BaseModel)


class _Strict(BaseModel):
    """A lexicon file: unknown keys and empty lists are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _UnitsFile(_Strict):
    magnitudes: dict[_Word, int]
    units: dict[_Word, dict[_Word, Decimal]]
    told_by: dict[_Word, _Words]
    uncounted: _Words
    counted_before: _Words
    pieces: _Words
    plain: _Words
    classifiers: _Words
    vague: _Words
    not_counting: _Words
    in_digits: _Words
    classified_things: _Words
    denominators: _Words
    per_words: dict[_Word, _Word]

    @model_validator(mode="after")
    def _one_reading_each(self) -> "_UnitsFile":
        written = [surface for surfaces in self.units.values() for surface in surfaces]
        _refuse_duplicates("unit", written)
        unknown = self.told_by.keys() - set(written)
        if unknown:
            raise ValueError(f"told_by: {min(unknown)!r} is no unit")
        _refuse_duplicates("unit and classifier", [*written, *self.classifiers], allowed={"方", "块", "分"})
        return self


class _QualifiersFile(_Strict):
    before: dict[_Word, Qualifier]
    not_behind: dict[_Word, _Word]
    verbs: dict[_Word, Qualifier]
    middle: dict[_Word, Qualifier]
    after: dict[_Word, Qualifier]
    not_before: dict[_Word, _Word]
    of_tenths: _Words


class _ClaimsFile(RootModel[dict[_Word, _Words]]):
    @model_validator(mode="after")
    def _matches_something(self) -> "_ClaimsFile":
        for name, patterns in self.root.items():
            for pattern in patterns:
                if re.compile(pattern).match(""):
                    raise ValueError(f"{name}: the pattern {pattern!r} matches the empty text, and so everything")
        return self


class StatusCue(_Strict):
    """Words that say how sure a quantity is, and how far they hold."""

    status: Status
    scope: Literal["sentence", "phrase"]
    words: _Words


class Cues(_Strict):
    """Words that say how a quantity is meant; see lexicon/cues.yml for each list."""

    rises: _Words
    falls: _Words
    narrows: _Words
    cuts: _Words
    improves: _Words
    not_behind: dict[_Word, _Word]
    not_before: dict[_Word, _Word]
    reaches: _Words
    fillers: _Words
    basis: dict[Basis, _Words]
    status: list[StatusCue]
    actual: _Words
    no_status: _Words
    fields: _Words
    programmes: _Words
    facts: _Words
    reached: _Words
    tasks: _Words
    leading: _Words
    keep: _Words
    trailing: _Words
    economy: _Words
    pairs: dict[_Word, tuple[_Word, _Word]]
    attributive: _Words
    dependent: _Words
    opens_thing: _Words
    attributes: _Words
    milestones: _Words
    due: _Words
    adjectival: _Words
    stages: _Words
    sums: _Words
    noun_stops: _Words
    within_names: _Words
    which: _Words
    which_things: _Words
    relative: _Words
    verbs: _Words

    @model_validator(mode="after")
    def _one_sign_each(self) -> "Cues":
        _refuse_duplicates("direction", [*self.rises, *self.falls, *self.narrows])
        return self


class _Indicator(_Strict):
    code: str | None
    terms: _Words


class _IndicatorsFile(RootModel[dict[_Word, list[_Indicator]]]):
    @model_validator(mode="after")
    def _one_code_each(self) -> "_IndicatorsFile":
        for family, entries in self.root.items():
            _refuse_duplicates(f"{family} term", [term for entry in entries for term in entry.terms])
        return self


class ClassifierCode(_Strict):
    """The code of what a classifier counts, and the codes of things that stand beside it."""

    code: str
    keeps: list[str | None]


class Inspecting(_Strict):
    """Words of checking, what they count by, and codes of what is found by it."""

    words: _Words
    classifiers: _Words
    found: _Words
    names: _Words


class Industrial(_Strict):
    """Words of what is made in factories, and of what is not; see lexicon/codes.yml."""

    words: _Words
    without: _Words = Field(alias="not")


class Codes(_Strict):
    """Codes by unit and classifier; see lexicon/codes.yml."""

    units: dict[_Word, str]
    classifiers: dict[_Word, ClassifierCode]
    inspecting: Inspecting
    traded: _Words
    traded_words: dict[_Word, str]
    making: _Words
    industrial: Industrial
    sums_of: dict[_Word, str]
    sums: _Words
    built: _Words
    buildings: _Words
    areas: _Words
    zones_by: _Words
    collected: _Words
    parts_of_income: _Words


class Heads(_Strict):
    """Words in the heads of tables (patterns); see lexicon/tables.yml."""

    change: _Words
    percent: _Words
    share: _Words
    rank: _Words
    label: _Words
    serial: _Words
    unit: _Words
    note: _Words
    generic: _Words
    counted: dict[_Word, _Word]


class _PeriodsFile(_Strict):
    seasons: dict[_Word, tuple[int, int]]
    years: dict[_Word, int]
    comparing: _Words
    plans: dict[_Word, int]


class _ZonesFile(_Strict):
    suffixes: dict[_Word, _Words]
    weak: _Words
    parks: _Words
    alone: _Words
    epithets: _Words
    owned: _Words
    common: _Words
    not_short: _Words
    before: _Words
    generic: _Words


@dataclass(frozen=True, slots=True)
class Indicator:
    """A term of the vocabulary: its name as written, its family of units, its code (None: known, without a code)."""

    term: str
    family: str
    code: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Lexicons:
    """Everything that the rules know, compiled."""

    magnitudes: Mapping[str, Decimal]
    units: Mapping[str, tuple[str, Decimal]]
    told_by: Mapping[str, tuple[str, ...]]
    uncounted: tuple[str, ...]
    counted_before: tuple[str, ...]
    pieces: tuple[str, ...]
    plain: tuple[str, ...]
    classifiers: frozenset[str]
    vague: frozenset[str]
    in_digits: frozenset[str]
    denominators: tuple[str, ...]
    per_words: Mapping[str, str]
    unit_pattern: str
    magnitude_pattern: str
    qualifiers: "Qualifiers"
    claims: Sieve
    titles: Finder
    cues: Cues
    codes: Codes
    heads: Heads
    indicators: Mapping[str, Mapping[str, Indicator]]
    seasons: Mapping[str, tuple[int, int]]
    years: Mapping[str, int]
    comparing: tuple[str, ...]
    plans: Mapping[str, int]
    zone_suffixes: Mapping[str, str]
    zone_weak: frozenset[str]
    zone_parks: frozenset[str]
    zone_alone: frozenset[str]
    zone_epithets: tuple[str, ...]
    zone_owned: tuple[str, ...]
    zone_common: frozenset[str]
    zone_before: tuple[str, ...]
    zone_generic: tuple[str, ...]
    zone_names: Mapping[str, str]
    divisions: Mapping[str, str]
    division_codes: Mapping[str, tuple[str, ...]]
    division_names: Mapping[str, str]

    def contains(self, region: str, place: str) -> bool:
        """Whether one of the divisions called `place` lies in one called `region` (by the digits of their codes)."""
        above = [code.rstrip("0") for code in self.division_codes.get(region, ())]
        return any(code.startswith(tuple(above)) for code in self.division_codes.get(place, ()))

    def common_province(self, places: Iterable[str]) -> str | None:
        """The province of the places; None when they lie in several, or when it is known of no more than half."""
        distinct = set(places)
        known = [{code[:2] for code in codes} for place in distinct if (codes := self.division_codes.get(place))]
        shared = set.intersection(*known) if 2 * len(known) > len(distinct) else set()
        return self.division_names.get(shared.pop() + "0000") if len(shared) == 1 else None

    def above(self, region: str, digits: int) -> str | None:
        """The province (2 digits) or the city (4 digits) that a division lies in; None where that is not known."""
        codes = {code[:digits].ljust(6, "0") for code in self.division_codes.get(region, ())}
        return self.division_names.get(codes.pop()) if len(codes) == 1 else None


@dataclass(frozen=True, slots=True)
class Qualifiers:
    """How a word beside a number bounds it, by where it stands."""

    before: Mapping[str, Qualifier]
    not_behind: Mapping[str, str]
    verbs: Mapping[str, Qualifier]
    middle: Mapping[str, Qualifier]
    after: Mapping[str, Qualifier]
    not_before: Mapping[str, str]
    of_tenths: tuple[str, ...]


@cache
def lexicons(own: tuple[Zone, ...] = ()) -> Lexicons:
    """The lexicons, read and validated once a process; `own` are zones that a home adds to the bundled ones."""
    units = _load("units.yml", _UnitsFile)
    qualifiers = _load("qualifiers.yml", _QualifiersFile)
    periods = _load("periods.yml", _PeriodsFile)
    zones = _load("zones.yml", _ZonesFile)
    claims = _load("claims.yml", _ClaimsFile)
    divisions = _divisions()
    surfaces = {surface: (unit, factor) for unit, table in units.units.items() for surface, factor in table.items()}
    classified = [c + thing for c in ("个", "只") for thing in units.classified_things]
    counted = dict.fromkeys((*units.classifiers, *classified), ("count", Decimal(1)))
    return Lexicons(
        magnitudes={word: Decimal(factor) for word, factor in units.magnitudes.items()},
        units={**counted, **surfaces},
        told_by={unit: tuple(words) for unit, words in units.told_by.items()},
        uncounted=tuple(units.uncounted),
        counted_before=tuple(units.counted_before),
        pieces=tuple(units.pieces),
        plain=tuple(units.plain),
        classifiers=frozenset((*units.classifiers, *classified)),
        vague=frozenset(units.vague),
        in_digits=frozenset(units.in_digits),
        denominators=tuple(sorted(units.denominators, key=len, reverse=True)),
        per_words=units.per_words,
        unit_pattern=f"(?!{'|'.join(units.not_counting)}){either((*counted, *surfaces))}",
        magnitude_pattern=either(units.magnitudes),
        qualifiers=Qualifiers(**{**dict(qualifiers), "of_tenths": tuple(qualifiers.of_tenths)}),
        claims=Sieve(claims.root),
        titles=finder("|".join(claims.root["title"])),
        cues=_load("cues.yml", Cues),
        codes=_load("codes.yml", Codes),
        heads=_load("tables.yml", Heads),
        indicators={
            family: {term: Indicator(term, family, entry.code) for entry in entries for term in entry.terms}
            for family, entries in _load("indicators.yml", _IndicatorsFile).root.items()
        },
        seasons=periods.seasons,
        years=periods.years,
        comparing=tuple(periods.comparing),
        plans=periods.plans,
        zone_suffixes={
            **dict.fromkeys(zones.weak, "园区"),
            **{suffix: kind for kind, suffixes in zones.suffixes.items() for suffix in suffixes},
        },
        zone_weak=frozenset(zones.weak),
        zone_parks=frozenset(zones.parks),
        zone_alone=frozenset(zones.alone),
        zone_epithets=tuple(zones.epithets),
        zone_owned=tuple(zones.owned),
        zone_common=frozenset(zones.common),
        zone_before=tuple(zones.before),
        zone_generic=tuple(zones.generic),
        zone_names={name: zone.kind or "园区" for zone in (*bundled_zones(), *own) for name in zone.names},
        divisions={name: full for name, (full, _) in divisions.items() if name not in zones.not_short},
        division_codes={name: codes for name, (_, codes) in divisions.items()},
        division_names={code: name for name, (full, codes) in divisions.items() if name == full for code in codes},
    )


def either(words: Iterable[str]) -> str:
    """A pattern that matches one of the words, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(set(words), key=len, reverse=True))) + ")"


def _divisions() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Full name and codes of the administrative divisions by full and short name, which several may share.

    A short name is that of the highest of them: 河北 is 河北省, and not 河北区 in Tianjin.
    """
    names: dict[str, tuple[str, tuple[str, ...]]] = {}
    with files("tasks.extract").joinpath("lexicon/divisions.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            full, code = row["name"], row["code"]
            for name in {full, _DIVISION_SUFFIX.sub("", full)}:
                if len(name) >= 2:
                    first, codes = names.get(name, (full, ()))
                    higher = first != name and all(_level(code) < _level(other) for other in codes)
                    names[name] = (full if name == full or higher else first, (*codes, code))
    return names


def _level(code: str) -> int:
    """1 for a province, 2 for a city, 3 for a county."""
    return 1 if code.endswith("0000") else 2 if code.endswith("00") else 3


def _load(name: str, model: type[_File]) -> _File:
    text = files("tasks.extract").joinpath(f"lexicon/{name}").read_text(encoding="utf-8")
    return model.model_validate(from_yaml(text))


def _refuse_duplicates(what: str, words: Iterable[str], allowed: frozenset[str] | set[str] = frozenset()) -> None:
    seen: set[str] = set()
    for word in words:
        if word in seen and word not in allowed:
            raise ValueError(f"the {what} {word!r} is written twice")
        seen.add(word)
