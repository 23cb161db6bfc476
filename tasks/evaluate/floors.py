"""Floors: the least that a figure must reach in a gold folder, written in its floors.yml as `figure: minimum`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from tasks.errors import UsageError
from tasks.evaluate.figures import FIGURE_NAMES, Figures

FLOORS_FILE: Final = "floors.yml"


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A figure below its floor; `reached` is None where the figure could not be measured at all."""

    figure: str
    floor: float
    reached: float | None


def shortfalls(figures: Figures, floors: Mapping[str, float]) -> tuple[Shortfall, ...]:
    """The figures that are below their floor, or missing."""
    reached = figures.values()
    return tuple(
        Shortfall(figure, floor, reached.get(figure))
        for figure, floor in floors.items()
        if figure not in reached or reached[figure] < floor
    )


def read_floors(path: Path) -> dict[str, float]:
    """The floors in the order of the file, none without a file; a `UsageError` says what is wrong in which line."""
    strangers = sorted(other.name for other in path.parent.glob("floors.*") if other.name != path.name)
    if strangers:
        raise UsageError(f"{path.parent}: floors stand in {path.name} alone. Move those of {strangers[0]} there.")
    if not path.exists():
        return {}
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UsageError(f"{path} cannot be read ({error}). Write one `figure: minimum` a line.") from error
    if not isinstance(root, yaml.MappingNode):
        raise UsageError(f"{path}: no floors in it. Write one `figure: minimum` a line, or remove the file.")
    floors: dict[str, float] = {}
    for name, minimum in root.value:
        place = f"{path}, line {name.start_mark.line + 1}"
        if name.value not in FIGURE_NAMES:
            raise UsageError(f"{place}: {name.value!r} is no figure. Name one of: {', '.join(FIGURE_NAMES)}.")
        if name.value in floors:
            raise UsageError(f"{place}: {name.value!r} has a floor already. Keep one of the two.")
        floors[name.value] = _minimum(minimum, place)
    return floors


def _minimum(node: yaml.Node, place: str) -> float:
    try:
        minimum = float(node.value) if isinstance(node, yaml.ScalarNode) else None
    except ValueError:
        minimum = None
    if minimum is None or not 0 <= minimum <= 1:
        raise UsageError(f"{place}: a floor is a number from 0 to 1. Correct it.")
    return minimum
