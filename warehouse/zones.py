"""The list of development zones: the one that comes with jianbao, and the one that a home adds to it.

Knows neither a database nor a file format of ours but CSV, so that extraction can ask it too.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final, Literal

from warehouse.errors import HomeFileError

LEVELS: Final = ("national", "provincial", "municipal", "county")
KINDS: Final = ("经开区", "高新区", "示范区", "综保区", "投资区", "自贸区", "新区", "园区", "开发区")
_COLUMNS: Final = ("zone", "aliases", "level", "kind", "province", "city")
_SHORTEST: Final = 3


@dataclass(frozen=True, slots=True)
class Zone:
    """A development zone: its canonical name, its other names, and where it lies; `city` None where it lies in none."""

    zone: str
    aliases: tuple[str, ...]
    level: str
    kind: str | None
    province: str
    city: str | None
    source: Literal["bundled", "home"]

    @property
    def names(self) -> tuple[str, ...]:
        """The canonical name, then the others."""
        return (self.zone, *self.aliases)


@cache
def bundled_zones() -> tuple[Zone, ...]:
    """The zones that come with jianbao."""
    text = files("warehouse").joinpath("zones.csv").read_text(encoding="utf-8")
    return tuple(_zones(text, "warehouse/zones.csv", "bundled"))


def known_zones(own: Path | None = None) -> tuple[Zone, ...]:
    """The bundled zones and those of a home's zones.csv, if there is one; HomeFileError says what is wrong in it.

    A zone of the home replaces the bundled one of the same name. No name may stand for two zones.
    """
    mine = own_zones(own) if own else ()
    if not mine:
        return bundled_zones()
    replaced = {zone.zone for zone in mine}
    together = (*(zone for zone in bundled_zones() if zone.zone not in replaced), *mine)
    _refuse_shared_names(together, str(own))
    return together


def own_zones(path: Path) -> tuple[Zone, ...]:
    """The zones of a home's zones.csv alone; none when there is no such file."""
    if not path.exists():
        return ()
    try:
        return tuple(_zones(path.read_text(encoding="utf-8-sig"), str(path), "home"))
    except UnicodeDecodeError as error:
        raise HomeFileError(f"{path} is not UTF-8. In Excel save it as “CSV UTF-8”.") from error


def _zones(text: str, place: str, source: Literal["bundled", "home"]) -> Iterator[Zone]:
    lines = text.splitlines()
    start = next((number for number, line in enumerate(lines) if line and not line.startswith("#")), len(lines))
    rows = csv.DictReader(lines[start:])
    if tuple(rows.fieldnames or ()) != _COLUMNS:
        found = ",".join(rows.fieldnames or ()) or "nothing"
        raise HomeFileError(f"{place}: the first line has to be {','.join(_COLUMNS)}, not {found}.")
    for row in rows:
        yield _zone(row, f"{place}, line {start + rows.line_num}", source)


def _zone(row: dict[str, str], place: str, source: Literal["bundled", "home"]) -> Zone:
    if None in row or None in row.values():
        raise HomeFileError(f"{place}: there have to be {len(_COLUMNS)} fields; aliases are separated by |.")
    cells = {name: value.strip() for name, value in row.items()}
    aliases = tuple(alias.strip() for alias in cells["aliases"].split("|") if alias.strip())
    for name in (cells["zone"], *aliases):
        if len(name) < _SHORTEST or any(character.isspace() for character in name):
            raise HomeFileError(f"{place}: {name!r} is no name of a zone; give one of {_SHORTEST} characters or more.")
    for column, allowed in (("level", LEVELS), ("kind", (*KINDS, ""))):
        if cells[column] not in allowed:
            raise HomeFileError(
                f"{place}: {column} is {cells[column]!r}; it has to be {' or '.join(filter(None, allowed))}."
            )
    if not cells["province"]:
        raise HomeFileError(f"{place}: the province of {cells['zone']} is missing.")
    return Zone(
        zone=cells["zone"],
        aliases=aliases,
        level=cells["level"],
        kind=cells["kind"] or None,
        province=cells["province"],
        city=cells["city"] or None,
        source=source,
    )


def _refuse_shared_names(zones: Iterable[Zone], place: str) -> None:
    owners: dict[str, str] = {}
    for zone in zones:
        for name, times in Counter(zone.names).items():
            if times > 1:
                raise HomeFileError(f"{place}: {zone.zone} has the name {name} twice.")
            if name in owners:
                raise HomeFileError(
                    f"{place}: {name} stands for {owners[name]} and for {zone.zone}. Take it away from one of them."
                )
            owners[name] = zone.zone
