"""Whether a quantity is a level, a share, a change or a rank, in which direction, and against what."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from tasks.extract.lexicons import Lexicons, either
from tasks.extract.quantity import Quantity
from tasks.records import Basis, Kind

_YEARLY: Final = re.compile(
    "年均|年平均|(?<!去)(?:[两三四五六七八九十]|\\d{1,2})年(?:累计|间|来)?(?:增长|提高|提升|翻|下降|增加)"
)
"""年均增长5.7%, 五年增长64.1%: growth over several years."""
_FALLING: Final = re.compile("低于|下降|减少|回落|下滑|慢于|降低|收窄|放缓|[低慢]$")
_OF_A_FALL: Final = re.compile("[降跌减]幅[^，。；]*$|降速[^，。；]*$")
"""收窄 of a fall is no fall."""
_COMPARED: Final = re.compile("同比(?:约|近)?(?:达到|高达|达|为)?(?:约|近|超|超过)?$|环比(?:达到|高达|达|为)$")
"""同比达27.6%: growth by the word that compares."""
_AHEAD_OF: Final = re.compile("(高出|高于|多于|超出|低于|少于)[^，。；、]{1,12}$")
"""高出全县平均水平18%: by how much it differs from another place."""
_MORE_OF: Final = re.compile(
    "(?:[比较](?:去年|上年|上月|同期|年初|原来|以前|以往|往年)[^，。；、]{0,6}|同比|环比)(多|少|增(?=产)|减(?=产))[一-龥]{1,2}$"
    "|比[^，。；、\\d]{2,10}?(多|少)(?:[收用赚挣产卖花采摘运打存]|出|了)(?:将近|约|近|了|出)*$"
)
"""比去年同期多开38列, 比上年增产1400吨: the verb of what there is more of stands behind 多."""
_TIMES: Final = frozenset({"month", "day", "workday", "hour", "minute"})
_CUTTING: Final = re.compile(
    "(?:缩短|压缩|压减|减少|降低|节约|节省)了?[^，。；、的到至为在从由]{2,8}(?<![率比重例度])$"
)
"""缩短研发周期40%: the verb stands before what changes."""
_GROWTH_NAMES: Final = re.compile(r"(增速|增幅|增长率|涨幅|增长速度|降幅|降速|减幅|跌幅)[^，。；、]{0,8}$")
_OTHER_BASE: Final = re.compile("(?<![占同环对正反成])[比较](?![重例优快好高大为如对照亚])|与[^，。；]{1,10}相比")
"""A comparison with something that is no time: 较法定时限, 比人工巡检."""
_NO_CHANGE: Final = re.compile("改造提升了?$|(?:加计)?抵减了?$")
"""道路改造提升9条, 增值税加计抵减2.15亿元: work that was done, and a sum of its own."""
_AT_ONCE: Final = re.compile("压缩|精简|压减|缩短|缩减|节约|节省|提速|减至")
"""What a reform brings about, and no year does."""
_TIME_OF_LEVEL: Final = re.compile(r"(?<=[到至为成])(?:去年|上年|今年|现在|目前|如今|当前|20\d\d年[底末]?)的?$")
_YIELDING: Final = re.compile(
    r"(?:增产|增收|增效|增值|减产|减损|减排|节本|降本|降耗|节能|节水|节电|节约)(?:了|约|近|达|超)*$"
)
_MORE_TONNES: Final = re.compile("[一-龥]{2}(增|减)产(?:了|约|近|超)*$")
_SOONER: Final = ("快", "缩短", "提速")
"""平均3.5小时办结，比上年快1.2小时: time that is saved."""
_LESS: Final = frozenset("减节降")
_GROWTH_BEHIND: Final = re.compile(
    r"(?:以上|左右)?的(?:年均)?(?:增长|增速|增幅|速度增长|增长率)|(?:以上|左右)?增长(?=[，。；、]|$)"
)
"""以8%的速度增长, 保持20%以上增长."""

_GROWTH_OF: Final = re.compile(
    r"(?:以上|左右)?的([^，。；、\d的]{2,10}?)(?:年均)?(?:增速|增幅|增长率|增长速度)(?![的达为高快])"
)
"""以年均3%的能源消费增速: growth of what stands behind it."""


@dataclass(frozen=True, slots=True)
class Direction:
    """How a quantity is meant; `stem` is what is left of the words before it without the verb of change."""

    kind: Kind
    basis: Basis | None
    falling: bool
    stem: str


def direction_of(quantity: Quantity, before: str, behind: str, clause: str, lexicons: Lexicons) -> Direction:
    """Reads the words before a quantity (back to the one before it), those behind it, and its clause so far."""
    before = _TIME_OF_LEVEL.sub("", before)
    verb = _pattern(lexicons).search(before)
    cues = lexicons.cues
    if verb is not None and verb["reach"]:
        verb_word, stem = None, before[: verb.start()]
    elif verb is not None:
        verb_word, stem = verb["verb"], before[: verb.start()]
    else:
        verb_word, stem = None, before
    falling = verb_word in cues.falls
    named = _GROWTH_NAMES.search(before)
    if quantity.unit == "rank":
        kind: Kind = "rank" if not quantity.raw_unit.endswith("位次") else "delta"
        return Direction(kind, _basis(clause, lexicons) if kind == "delta" else None, falling=False, stem=stem)
    if quantity.unit == "pp":
        below = bool(_FALLING.search(before)) and _OF_A_FALL.search(clause) is None
        return Direction("delta", _basis(clause, lexicons), falling=below, stem=stem)
    if quantity.unit == "番":
        return Direction("growth", _basis(clause, lexicons) or _default_basis(clause), falling=False, stem=stem)
    if quantity.unit in ("%", "x"):
        if verb_word or _GROWTH_BEHIND.match(behind) or (quantity.unit == "%" and _COMPARED.search(before)):
            return Direction("growth", _basis(clause, lexicons) or _default_basis(clause), falling=falling, stem=stem)
        of = _GROWTH_OF.match(behind) if quantity.unit == "%" else None
        if of:
            return Direction("growth", _basis(clause, lexicons) or _default_basis(clause), falling=False, stem=of[1])
        yields = _YIELDING.search(before)
        if yields:  # 增产15%
            basis = _basis(clause, lexicons) or _default_basis(clause)
            return Direction("growth", basis, falling=yields[0][0] in _LESS, stem=before)
        more = _MORE_OF.search(before) if quantity.unit == "%" else None
        if more:  # 比去年多收一成
            less = (more[1] or more[2]) in ("少", "减")
            return Direction("growth", _basis(clause, lexicons), falling=less, stem=before[: more.start()])
        gap = _AHEAD_OF.search(before) if quantity.unit == "%" else None
        if gap:
            return Direction("growth", "peer", falling=gap[1] in ("低于", "少于"), stem=before)
        if quantity.unit == "%" and _CUTTING.search(before):
            basis = _basis(clause, lexicons) or _default_basis(clause)
            return Direction("growth", basis, falling=True, stem=before)
        if named and quantity.unit == "%":
            down = named[1] in ("降幅", "降速", "减幅", "跌幅")
            return Direction("growth", _basis(clause, lexicons) or _default_basis(clause), falling=down, stem=before)
        return Direction("ratio", _basis_of_multiple(quantity, clause, lexicons), falling=False, stem=stem)
    if verb_word and not _NO_CHANGE.search(before):
        falling = falling or (quantity.unit in _TIMES and verb_word in _SOONER)
        return Direction("delta", _basis(clause, lexicons), falling=falling, stem=stem)
    more = _MORE_OF.search(before)
    if more:
        return Direction(
            "delta",
            _basis(clause, lexicons),
            falling=(more[1] or more[2]) in ("少", "减"),
            stem=before[: more.start()],
        )
    if quantity.unit in _TIMES and _CUTTING.search(before):  # 比原计划缩短工期45天
        return Direction("delta", _basis(clause, lexicons), falling=True, stem=before)
    yields = _MORE_TONNES.search(before) if quantity.unit == "t" else None
    if yields:  # 煤炭增产9301万吨
        return Direction("delta", _basis(clause, lexicons), falling=yields[1] == "减", stem=before)
    cuts = _cuts(lexicons).match(before)
    if cuts:  # 压减地下水开采量21.5亿立方米
        return Direction("delta", _basis(clause, lexicons), falling=True, stem=before[cuts.end() :])
    return Direction("level", None, falling=False, stem=stem)


def _basis(clause: str, lexicons: Lexicons) -> Basis | None:
    for basis, pattern in _basis_patterns(lexicons):
        if pattern.search(clause):
            return basis
    return None


def _default_basis(clause: str) -> Basis | None:
    """Bulletins give growth against the same months of the year before, and say so once for a whole paragraph."""
    return None if _YEARLY.search(clause) or _OTHER_BASE.search(clause) or _AT_ONCE.search(clause) else "yoy"


def _basis_of_multiple(quantity: Quantity, clause: str, lexicons: Lexicons) -> Basis | None:
    """是去年同期的2.4倍 is no growth, and told against a time; against others it is only a multiple."""
    basis = _basis(clause, lexicons) if quantity.unit == "x" else None
    return basis if basis in ("yoy", "base") else None


@cache
def _cuts(lexicons: Lexicons) -> re.Pattern[str]:
    return re.compile(f"[^，。；\\d]{{0,8}}?[，、]?(?:累计|共|再)?{either(lexicons.cues.cuts)}(?=.)(?!.*[到至为在内])")


@cache
def _basis_patterns(lexicons: Lexicons) -> tuple[tuple[Basis, re.Pattern[str]], ...]:
    return tuple((basis, re.compile("|".join(words))) for basis, words in lexicons.cues.basis.items())


@cache
def _pattern(lexicons: Lexicons) -> re.Pattern[str]:
    cues = lexicons.cues
    words = (*cues.rises, *cues.falls, *cues.narrows)
    behind = {verb: f"(?![{chars}])" for verb, chars in cues.not_before.items()}
    guarded = "|".join(f"(?<![{chars}]){verb}{behind.get(verb, '')}" for verb, chars in cues.not_behind.items())
    verbs = f"{either(word for word in words if word not in cues.not_behind)}|{guarded}"
    return re.compile(f"(?P<verb>{verbs})(?P<reach>{either(cues.reaches)})?{either(cues.fillers)}*$")
