"""Rows of a table that sum up others: 合计 the whole table, 小计 the rows before it, a row the 其中 behind it."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from tasks.extract.about import About

_GRAND: Final = re.compile("合计|总计|共计|总数|汇总|全区|全部|全[省市县]")
_PART: Final = re.compile("其中|[#＃]")
_NO_SUM: Final = re.compile("均|价|密度|强度|指数|得分|单产|率")
_NEVER_ADDED: Final = frozenset({"%", "x", "pp", "rank", "point"})


def totals_of(names: Sequence[tuple[str, str]], rows: Sequence[Mapping[int | None, About]]) -> dict[int, int]:
    """For the offset of each part that of its total.

    `names` has each row's name as written and without its marks, `rows` its numbers by column.
    """
    totals: dict[int, int] = {}

    def divide(whole: int, parts: Sequence[int]) -> None:
        for column, total in rows[whole].items():
            for part in parts:
                about = rows[part].get(column)
                if about is not None and part != whole and _adds_up(about, total):
                    totals.setdefault(about.quantity.start, total.quantity.start)

    outer: list[int] = []
    subtotals: list[int] = []
    since = 0
    for at, (written, _) in enumerate(names):
        if _PART.match(written):
            if outer:
                divide(outer[-1], [at])
            continue
        outer.append(at)
        if written.endswith("小计"):
            divide(at, outer[since:-1])
            subtotals.append(at)
            since = len(outer)
    grand = [at for at in outer if _GRAND.fullmatch(names[at][1])]
    if len(grand) == 1:
        divide(grand[0], [*subtotals, *outer[since:]])
    return totals


def _adds_up(part: About, total: About) -> bool:
    one, whole = part.quantity, total.quantity
    if part.direction.kind != "level" or total.direction.kind != "level" or one.per is not None:
        return False
    if one.unit != whole.unit or one.value is None or whole.value is None or one.unit in _NEVER_ADDED:
        return False
    return one.value <= whole.value and not _NO_SUM.search(part.indicator)
