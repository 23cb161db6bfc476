"""What a number of a table measures: the words of its column, of its row and of the table, and their unit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from tasks.extract.about import About, families_of, head_of, plain_name
from tasks.extract.cells import Value
from tasks.extract.direction import Direction, direction_of
from tasks.extract.heads import Column, Unit, count_unit, is_generic, percent_if_said
from tasks.extract.lexicons import Lexicons
from tasks.extract.phrases import last_term
from tasks.extract.quantity import Quantity
from tasks.extract.written import scale

_CHANGE_WORDS: Final = re.compile(
    "[比较]?(?:上年|去年|上月|年初|上季度?)(?:同期|同月)?|同期|[同环]比|[比较]|增长(?:率|速度|额)?|增速|"
    "增减(?:率|额|量)?|升降|[增涨降减]幅|涨跌|下降|减少|降低|±|幅度|[（(][^）)]*[）)]|：|:|、"
)
_FALL: Final = re.compile("降幅|下降|降低|减少|减幅|跌幅")
_EITHER_WAY: Final = re.compile("增|升|±|涨")
_SHARE_OF: Final = re.compile("(?:占.{0,8})?(?:占比|比重|比例|份额)|占.*|进度|完成.*(?:目标|任务|计划).*|.*完成率")
_RATE: Final = re.compile("(?:率|比重|占比|比|度|强度|面)$")
_AMOUNTS: Final = ("money", "area", "mass", "energy", "length", "rate")
_MEASURES: Final = (*_AMOUNTS, "count")
_LEFT_OVER: Final = re.compile("(?<=.)(?:总量|绝对[值额量数]|数值|累计|本月|当月|实际|金额|完成)+$")
_COUNT_WORD: Final = re.compile("总?(?:数量|个数|家数|户数|总数|数)$")
_UNSURE: Final = 0.7


@dataclass(frozen=True, slots=True)
class Named:
    """A row: its name without list marks and unit, and its units.

    `is_subject`: it names what is measured, and is no sum and no time; `is_place`: its metrics have it as their zone.
    """

    name: str
    is_subject: bool
    is_place: bool = False
    units: Sequence[Unit] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """What a cell measures: `thing` of `subject` in `unit` (`level`: that of the amounts of which it tells a change).

    `words` are those of its column; `is_of`: they say it of another measure.
    """

    thing: str
    subject: str
    unit: Unit | None
    level: Unit | None
    role: str
    words: str
    is_of: bool
    sure: float
    is_place: bool

    @property
    def is_change_of_percent(self) -> bool:
        """Whether it is a change in % of what the row gives in %."""
        of_percent = self.level is not None and self.level.unit == "%"
        return self.role == "change" and of_percent and self.unit is not None and self.unit.unit == "%"


def measure_of(
    columns: Sequence[Column], place: int | None, row: Named, units: Sequence[Unit], title: str, lexicons: Lexicons
) -> Measure:
    """The measure at a column (None: no head) of a row; `units` are those of the whole table."""
    column = columns[place] if place is not None else Column("", (), "level", ())
    base = column if column.role == "level" or place is None else base_of(columns, place)
    own = _own_words(column, lexicons)
    is_of = column.role != "level" and not own
    if base is None and not own and place:
        own = _own_words(columns[place - 1], lexicons)  # 营业收入增速, 增速位次
    words = own or (base.thing if base is not None else "")
    words = words if _known(words, lexicons) else _LEFT_OVER.sub("", words)
    named = last_term(row.name, _AMOUNTS, lexicons) is not None and not row.is_place
    if is_generic(words, lexicons) or (
        named and last_term(words, _MEASURES, lexicons) is None and count_unit(words, lexicons) is None
    ):
        said = last_term(title, _AMOUNTS, lexicons)
        if said is not None and not named and last_term(row.name, ("count",), lexicons) is None:
            thing, subject = said[1].term, row.name if row.is_subject else ""
        elif row.is_place and column.role == "level" and column.words:
            thing, subject = words or column.words, row.name  # 年度计划 of a zone: no part of its name is measured
        else:
            thing, subject = _joined(row.name, words, lexicons), ""
            if not is_generic(words, lexicons) and not thing.endswith(words):
                thing += words  # 专项债 under 发行额
    else:
        thing, subject = words, row.name if row.is_subject else ""
    level = _level_unit(base, row, units, thing, lexicons)
    stated = _unit(column, level, units, thing, lexicons)
    implied = None if stated is not None else _implied(column, level, thing, lexicons)
    return Measure(
        thing,
        subject,
        stated or implied,
        level,
        column.role,
        column.words,
        is_of,
        0.9 if stated is not None else _UNSURE,
        row.is_place,
    )


def base_of(columns: Sequence[Column], place: int) -> Column | None:
    """The column of amounts before a column of changes, shares or ranks; of two years the later one."""
    before: list[Column] = []
    for column in reversed(columns[:place]):
        if column.role == "level":
            before.append(column)
        elif before:
            break
    if not before:
        return None
    alike = [column for column in before if column.thing == before[0].thing or column.is_generic]
    facts = [column for column in alike if not re.search("上年|去年|同期|目标|任务|计划|上月", column.words)]
    return max(facts or before[:1], key=lambda column: max(re.findall("20\\d\\d", column.words), default=""))


def about_value(value: Value, measure: Measure, lexicons: Lexicons) -> About | None:
    """What a number is about; None where its unit is not known, or its sign says two things."""
    quantity = value.quantity or _in_unit(value, measure.unit, lexicons)
    if quantity is None:
        return None
    direction = _direction(quantity, measure, lexicons)
    if value.falls:
        if direction.falling or value.figure == 0:
            return None
        direction = replace(direction, falling=True)
    elif direction.falling and value.is_negative:
        return None
    sure = 0.9 if value.quantity is not None else measure.sure
    return _about(quantity, direction, measure, sure, lexicons)


def _own_words(column: Column, lexicons: Lexicons) -> str:
    """What a column of changes, shares or ranks names itself: 营业收入同比增长, 产销率; empty for 同比, 占比, 位次."""
    words = column.thing
    if column.role == "change":
        words = _CHANGE_WORDS.sub("", words)
    elif column.role == "rank" or (column.role == "share" and _SHARE_OF.fullmatch(words)):
        return ""
    return "" if is_generic(words, lexicons) else words


def _joined(name: str, words: str, lexicons: Lexicons) -> str:
    """出口 under 总额 is 出口总额 where the vocabulary knows that."""
    own, found = last_term(name, _AMOUNTS, lexicons), last_term(name + words, _AMOUNTS, lexicons)
    if not words or found is None or found[0] + len(found[1].term) < len(name + words):
        return name
    return name + words if found[0] <= (own[0] if own else len(name) - 1) else name


def _known(words: str, lexicons: Lexicons) -> bool:
    found = last_term(words, _AMOUNTS, lexicons)
    return found is not None and found[0] + len(found[1].term) == len(words)


def _level_unit(base: Column | None, row: Named, units: Sequence[Unit], thing: str, lexicons: Lexicons) -> Unit | None:
    own = base.units if base is not None else ()
    for stated in (own, row.units):
        amounts = [unit for unit in stated if not unit.is_relative]
        if stated:
            return amounts[0] if amounts else stated[0]
    amounts = [unit for unit in units if not unit.is_relative]
    found = last_term(thing, _MEASURES, lexicons)
    count = count_unit(thing, lexicons)
    fitting = [
        unit
        for unit in amounts
        if (found is not None and not count and found[1].family in families_of(unit.unit))
        or (count is not None and unit.classifier is not None)
    ]
    if fitting:
        return fitting[0]
    if len(amounts) == 1 and found is None and count is None:
        return amounts[0]
    return None


def _unit(column: Column, level: Unit | None, units: Sequence[Unit], thing: str, lexicons: Lexicons) -> Unit | None:
    if column.role == "level":
        return level
    if column.role == "rank":
        return Unit("", "rank", scale(None, lexicons))
    relative = [unit for unit in column.units if unit.is_relative]
    # 产销率 97.2, 同比 0.3: whether that is % or points no one says
    of_rate = level is not None and level.unit == "%" and _is_rate(thing, lexicons)
    if column.role == "change" and of_rate and not any(unit.unit == "pp" for unit in relative):
        return None
    if relative:
        return relative[0]
    if column.units:
        return column.units[0]
    return next((unit for unit in units if unit.is_relative and percent_if_said(column, lexicons)), None)


def _implied(column: Column, level: Unit | None, thing: str, lexicons: Lexicons) -> Unit | None:
    if column.role == "level":
        return count_unit(thing, lexicons)
    if level is not None and level.unit == "%":
        return None
    return None if column.units else percent_if_said(column, lexicons)


def _in_unit(value: Value, unit: Unit | None, lexicons: Lexicons) -> Quantity | None:
    if unit is None or value.figure is None:
        return None
    if value.magnitude and re.match(lexicons.magnitude_pattern, unit.written):
        return None  # 1.2亿 under 亿元
    if unit.unit in ("count", "rank") and not value.magnitude and unit.factor == 1 and value.figure % 1:
        return None
    amount = value.figure * scale(value.magnitude, lexicons) * unit.factor
    raw = value.cell.text[value.start - value.cell.start :].removesuffix(value.magnitude or "")
    raw_unit = (value.magnitude or "") + unit.written
    span = value.start, value.cell.end
    exact = amount, amount, amount
    return Quantity(*span, raw, raw_unit, *exact, "exact", unit.unit, unit.classifier, unit.per, "arabic")


def _direction(quantity: Quantity, measure: Measure, lexicons: Lexicons) -> Direction:
    relative = quantity.unit in ("%", "x", "pp", "番")
    if quantity.unit == "rank" or measure.role == "rank":
        return Direction("rank", None, falling=False, stem="")
    if measure.role == "change":
        falls = _FALL.search(measure.words) and not _EITHER_WAY.search(measure.words)
        clause = measure.words.replace("±", "") + ("下降" if falls else "增长")
        return direction_of(quantity, clause, "", clause, lexicons)
    if measure.role == "share" or not relative:
        found = direction_of(quantity, measure.thing, "", measure.thing, lexicons)
        return found if found.kind != "growth" else replace(found, kind="ratio", basis=None, falling=False)
    # 工业增加值 8.1%: a percentage of an amount that no share names is its growth
    clause = measure.thing + ("" if _is_rate(measure.thing, lexicons) else "增长")
    return direction_of(quantity, clause, "", clause, lexicons)


def _is_rate(thing: str, lexicons: Lexicons) -> bool:
    return _RATE.search(thing) is not None or last_term(thing, ("rate",), lexicons) is not None


def _about(quantity: Quantity, direction: Direction, measure: Measure, sure: float, lexicons: Lexicons) -> About:
    thing, subject, words = measure.thing, measure.subject, measure.words
    per_word = next((word for word in lexicons.per_words if word in thing), None)
    if per_word is not None:
        thing = thing.replace(per_word, "", 1) or thing
    if per_word is not None and quantity.per is None and direction.kind in ("level", "delta"):
        quantity = replace(quantity, per=lexicons.per_words[per_word])
    if direction.kind == "rank":
        return About(quantity, direction, subject + thing or None, words or "位次", "table", sure, phrase=words)
    if measure.is_of and direction.kind == "ratio":
        named = last_term(words, ("rate",), lexicons)
        rate = named[1] if named else lexicons.indicators["rate"]["占"]
        return About(quantity, direction, subject + thing or None, words, "table", sure, rate, phrase=words)
    grows = direction.kind in ("growth", "delta") and measure.level is not None
    if quantity.classifier or (grows and measure.level is not None and measure.level.classifier):
        things = _COUNT_WORD.sub("", thing) or thing
        head = head_of(things, lexicons)
        whose = "" if measure.is_place or subject.endswith(things) else subject
        if subject.endswith(things) and not measure.is_place:
            things = subject  # 新建工业项目: 项目数
        return About(quantity, direction, whose + things or None, "数量", "table", sure, head=head, phrase=thing)
    families = ("rate",) if direction.kind == "ratio" else _MEASURES
    found = last_term(thing, families_of(quantity.unit), lexicons) if direction.kind == "level" else None
    found = found or last_term(thing, families, lexicons)
    if found is None:
        name = thing or plain_name(quantity)
        return About(quantity, direction, subject or None, name, "table", sure - 0.2, phrase=thing)
    at, term = found
    return About(quantity, direction, subject + thing[:at] or None, thing[at:], "table", sure, term, phrase=thing)
