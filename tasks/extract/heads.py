"""The head of a small table: what each of its columns measures, in which unit, and how it is meant."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Final, Literal

from tasks.extract.cells import Cell
from tasks.extract.lexicons import Lexicons, either
from tasks.extract.phrases import last_term
from tasks.extract.written import scale

Role = Literal["label", "serial", "unit", "level", "change", "share", "rank", "note"]

_BRACKET: Final = re.compile("[（(【\\[]([^（）()【】\\[\\]]{1,20})[）)】\\]]")
_PARTED: Final = re.compile("[、，,；; ]|和")
_UNIT_LINE: Final = re.compile("单位[:：]\\s*([^）)]{1,24})")
_WIDEST: Final = 60
"""Cells of a row of a small table: enough for any that is printed, and a bound for any that is not."""
_TIMES: Final = re.compile(
    "20\\d\\d年?(?:度)?|\\d{1,2}月?[-—~至到]\\d{1,2}月份?|\\d{1,2}月(?:份|底|末)?|前?[一二三四1-4两]?季度|[上下]半年"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of a column or a row: as written, canonical, and the factor of a number in it."""

    written: str
    unit: str
    factor: Decimal
    classifier: str | None = None
    per: str | None = None

    @property
    def is_relative(self) -> bool:
        """Whether it is of shares and relative changes."""
        return self.unit in ("%", "pp", "x", "番")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its words without units, its units, its role, and the cells of the head that name it."""

    words: str
    units: tuple[Unit, ...]
    role: Role
    cells: tuple[Cell, ...]
    thing: str = ""
    """The measure that it names, without its time."""
    is_generic: bool = True
    """Whether it names no measure (绝对值, 1—6月, 累计), so that the row does."""

    @property
    def is_value(self) -> bool:
        """Whether its cells are numbers to be read."""
        return self.role in ("level", "change", "share", "rank")


def is_generic(words: str, lexicons: Lexicons) -> bool:
    """Whether words name no measure: 绝对值, 累计, 本月完成."""
    return _patterns(lexicons).generic.fullmatch(words) is not None


def unit_line(text: str) -> str | None:
    """What 单位：亿元、% says of a whole table."""
    found = _UNIT_LINE.search(text)
    return found[1].strip() if found else None


def units_in(words: str, lexicons: Lexicons, *, surely: bool = False) -> tuple[Unit, ...]:
    """The units of a bracket (亿元、%); one that is not known is kept as written where words are `surely` units."""
    found = [_unit(part.strip("±+-/ "), lexicons, surely=surely) for part in _PARTED.split(words)]
    return tuple(unit for unit in found if unit is not None)


def _unit(words: str, lexicons: Lexicons, *, surely: bool) -> Unit | None:
    found = _unit_pattern(lexicons).fullmatch(words)
    if found is not None:
        unit, factor = lexicons.units[found["unit"]]
        classifier = found["unit"] if found["unit"] in lexicons.classifiers else None
        return Unit(words, unit, factor * scale(found["magnitude"], lexicons), classifier, found["per"])
    if words in ("亿", "万亿"):
        return Unit(words, "CNY", scale(words, lexicons))
    if not surely or not words or any(sign.isdigit() for sign in words):
        return None
    magnitude = re.match(lexicons.magnitude_pattern, words)
    bare = words[magnitude.end() :] if magnitude else words
    return Unit(words, bare, scale(magnitude[0] if magnitude else None, lexicons)) if bare else None


def split_name(words: str, lexicons: Lexicons) -> tuple[str, tuple[Unit, ...]]:
    """A name and the units that it carries: 规上工业总产值（亿元）, 同比±%, 产值/亿元, 总额亿元."""
    units: list[Unit] = []

    def without(bracket: re.Match[str]) -> str:
        known = units_in(bracket[1], lexicons)
        units.extend(known)
        # 增加值（±%） is a change of it
        return "±" if "±" in bracket[1] else "" if known else bracket[0]

    name = _BRACKET.sub(without, words)
    if not units:
        trailing = _trailing_unit(lexicons).search(name)
        if trailing is not None and trailing.start() > 0:
            units.extend(units_in(trailing[1] or trailing[2], lexicons))
            # 同比±% stays a change when the % is cut off
            name = name[: trailing.start()] + ("±" if "±" in trailing[0] else "")
    return name.strip(), tuple(units)


def columns_of(heads: Sequence[Sequence[Cell]], width: int, lexicons: Lexicons) -> list[Column]:
    """The columns of rows with `width` cells, the first one that of the names; empty where the head does not fit."""
    rows = [_merged(head, width) for head in heads]
    if not rows or width > _WIDEST:
        return []
    stacked: list[tuple[Cell, ...]] | None = [(cell,) for cell in rows[0]]
    for lower in rows[1:]:
        stacked = _stacked(stacked, lower, width, lexicons) if stacked is not None else None
    if stacked is None or len(stacked) not in (width, width - 1):
        return []
    if len(stacked) == width - 1 and not _is_label(stacked[0], lexicons):
        stacked = [(), *stacked]
    columns = [_column(cells, lexicons) for cells in stacked]
    names = next((at for at, column in enumerate(columns) if column.role not in ("serial", "rank")), 0)
    columns[names] = replace(columns[names], role="label")
    return columns


def count_unit(words: str, lexicons: Lexicons) -> Unit | None:
    """The unit of a measure that says itself what it counts: 企业数, 从业人数."""
    found = _patterns(lexicons).counted.search(words)
    if found is None:
        return None
    classifier = found["classifier"] or lexicons.heads.counted[found["thing"]]
    return Unit("", "count", Decimal(1), classifier)


def percent_if_said(column: Column, lexicons: Lexicons) -> Unit | None:
    """The % that 同比 and 占比 leave out."""
    said = column.role == "share" or _patterns(lexicons).percent.search(column.words)
    return _unit("%", lexicons, surely=False) if said else None


def _merged(head: Sequence[Cell], width: int) -> list[Cell]:
    """A head whose unit was printed apart from its name (同比 （%）) has that unit put back."""
    merged: list[Cell] = []
    for at, cell in enumerate(head):
        too_many = len(merged) + len(head) - at > width
        if merged and too_many and cell.text[0] in "（(" and "（" not in merged[-1].text:
            merged[-1] = Cell(merged[-1].text + cell.text, merged[-1].start, cell.end)
        else:
            merged.append(cell)
    return merged


def _stacked(
    upper: list[tuple[Cell, ...]], lower: Sequence[Cell], width: int, lexicons: Lexicons
) -> list[tuple[Cell, ...]] | None:
    """Two lines of a head, one above the other; a cell above may stand over several below."""
    labelled = _is_label(upper[0], lexicons)
    if len(lower) == len(upper) and not (labelled and len(upper) < width):
        return [(*above, below) for above, below in zip(upper, lower, strict=True)]
    if len(lower) == len(upper) - 1 == width - 1:
        return [upper[0], *((*above, below) for above, below in zip(upper[1:], lower, strict=True))]
    over = upper[1:] if labelled else upper
    wide = [at for at, cells in enumerate(over) if not split_name(cells[-1].text, lexicons)[1]]
    if not wide or len(over) - len(wide) + len(lower) != width - 1:
        wide = list(range(len(over)))
    if not wide or len(over) - len(wide) + len(lower) != width - 1:
        return None
    parts = _shared_out(lower, len(wide), lexicons)
    if parts is None:
        return None
    below = dict(zip(wide, parts, strict=True))
    columns = [(*cells, *part) for at, cells in enumerate(over) for part in below.get(at, [()])]
    return [upper[0] if labelled else (), *columns]


def _is_label(cells: Sequence[Cell], lexicons: Lexicons) -> bool:
    return bool(cells) and _patterns(lexicons).label.fullmatch(cells[0].text) is not None


def _shared_out(lower: Sequence[Cell], groups: int, lexicons: Lexicons) -> list[list[tuple[Cell]]] | None:
    """总量 同比 总量 同比 under two cells: a group begins with what is no change, share or rank."""
    starts = [at for at, cell in enumerate(lower) if not _patterns(lexicons).of_another.search(cell.text)]
    if len(starts) != groups or starts[0] != 0:
        if len(lower) % groups:
            return None
        starts = list(range(0, len(lower), len(lower) // groups))
    return [[(cell,) for cell in lower[a:b]] for a, b in zip(starts, [*starts[1:], len(lower)], strict=True)]


def _column(cells: tuple[Cell, ...], lexicons: Lexicons) -> Column:
    words, units = split_name("".join(cell.text for cell in cells), lexicons)
    thing = _TIMES.sub("", words).strip("：:、，的")
    return Column(words, units, _role(words, units, lexicons), cells, thing, is_generic(thing, lexicons))


def _role(words: str, units: Sequence[Unit], lexicons: Lexicons) -> Role:
    patterns = _patterns(lexicons)
    if patterns.serial.fullmatch(words):
        return "serial"
    if patterns.unit.fullmatch(words):
        return "unit"
    if patterns.note.fullmatch(words):
        return "note"
    if patterns.rank.search(words) or any(unit.unit == "rank" for unit in units):
        return "rank"
    if patterns.change.search(words):
        return "change"
    relative = bool(units) and all(unit.unit == "%" for unit in units)
    if (relative or not units) and (patterns.share.search(words) or last_term(words, ("rate",), lexicons)):
        return "share"
    return "level"


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The words of lexicon/tables.yml, compiled; `of_another`: what a column says of the one before it."""

    change: re.Pattern[str]
    percent: re.Pattern[str]
    share: re.Pattern[str]
    rank: re.Pattern[str]
    of_another: re.Pattern[str]
    label: re.Pattern[str]
    serial: re.Pattern[str]
    unit: re.Pattern[str]
    note: re.Pattern[str]
    generic: re.Pattern[str]
    counted: re.Pattern[str]


@cache
def _patterns(lexicons: Lexicons) -> _Patterns:
    heads = lexicons.heads
    things = either(heads.counted)

    def one_of(*words: str) -> re.Pattern[str]:
        return re.compile("|".join(words))

    return _Patterns(
        change=one_of(*heads.change),
        percent=one_of(*heads.percent),
        share=one_of(*heads.share),
        rank=one_of(*heads.rank),
        of_another=one_of(*heads.change, *heads.share, *heads.rank),
        label=one_of(*heads.label),
        serial=one_of(*heads.serial),
        unit=one_of(*heads.unit),
        note=one_of(*heads.note),
        generic=re.compile(f"(?:{'|'.join(heads.generic)})*"),
        counted=re.compile(f"(?P<classifier>[人户家])数$|(?P<thing>{things})(?:总|个)?数量?$"),
    )


@cache
def _unit_pattern(lexicons: Lexicons) -> re.Pattern[str]:
    per = f"(?:[/每](?P<per>{either(lexicons.denominators)}))?"
    return re.compile(f"(?P<magnitude>{lexicons.magnitude_pattern})?(?P<unit>{lexicons.unit_pattern}){per}")


@cache
def _trailing_unit(lexicons: Lexicons) -> re.Pattern[str]:
    """产值/亿元, 同比±%, and 产值亿元: without a mark only % and a unit with its magnitude are surely one."""
    unit = f"(?:{lexicons.magnitude_pattern})?{lexicons.unit_pattern}"
    return re.compile(f"(?:[/:：]({unit})|(±?%|个?百分点|[万亿](?:元|美元|吨|千瓦时|平方米|亩)))$")
