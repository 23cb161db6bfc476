"""A written number as the grammar found it, read as a quantity in the canonical unit."""

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import Final

from tasks.extract.clauses import clause_start
from tasks.extract.lexicons import Lexicons, either
from tasks.extract.numerals import number
from tasks.extract.quantity import Quantity, Writing, bounds
from tasks.records import Qualifier

_NAMES: Final = frozenset("壹贰叁肆伍陆柒捌玖拾佰仟")
"""Formal numerals: alone they are names and other words (水陆口岸)."""
_NAMES_THING: Final = re.compile("[一-龥](?<![钱的左以多上下])")
_MANY: Final = frozenset("数几")
_MAGNITUDE: Final = re.compile("[百千万亿][十百千万亿]*")
_MAGNITUDES: Final = ("万", "亿", "万亿")
_REACHES: Final = (
    "达",
    "达到",
    "突破",
    "跨越",
    "迈上",
    "跃上",
    "跨上",
    "登上",
    "踏上",
    "站上",
    "迈过",
    "迈入",
    "越",
    "破",
    "超",
    "过",
    "到",
    "近",
    "余",
)
_CUE_REACH: Final = 40
"""Characters of a clause in which it is said of what 18年 is an amount."""
_HALVES: Final[dict[str, Qualifier]] = {"近": "under", "超": "over", "过": "over", "逾": "over", "约": "about"}
_BOUND_REACH: Final = 20
"""Characters before a number in which a word may bound it: 约占全球新增病例的58%."""
_SHARE_BOUND: Final = re.compile(
    r"(?<![签节条])(约|将近|近|超过|超|逾|不足)(?:占|为|是|相当于)[^，。；、\d（）]{0,16}$"
    r"|(?<![签节条附])(约|将近|近|超过|超|逾|不足|不到)全[国省市县区球]的?$"
    r"|(?<![想料看听找得])(不超过|不高于|不低于|不少于|不到|不足)[^，。；、\d（）的]{2,8}的?$"
)
"""约占全省的三成, 以不到全国千分之四的面积, 不超过实际支付利息50%."""
_OF_A_WHOLE: Final = frozenset({"%", "％", "成"})
"""Units of shares: a word further before them bounds these only (人手不足等问题12个)."""
_CEILING: Final = re.compile("最[高多](?:可|能)?(?:享受?|获得?|补贴?|奖励?|资助|申请|给予)[^，。；、\\d]{0,8}$")
"""最高可享住房补贴5.4万元: the most that is granted, whatever it is called."""
_NEIGHBOURS: Final = re.compile(r"([一二三四五六七八])([二三四五六七八九])([十百千万]*)")


def read_figure(match: re.Match[str], lexicons: Lexicons) -> Quantity | None:
    """The quantity of a match of the grammar; None for a number without a unit and for what makes no number."""
    if match["n1"]:
        return _read_number(match, lexicons)
    if match["among"]:
        value = number(match["among"][1:])
        if value is None:
            return None
        span = match.start("among"), match.end("amongplace")
        return Quantity(
            *span, match["among"], match["amongplace"], value, None, value, "at_most", "rank", None, None, "arabic"
        )
    if match["rank"] or match["order"] or match["placed"] or match["top"]:
        return _read_rank(match)
    if match["share"] or match["half"]:
        return _read_share(match, lexicons)
    if match["whole"]:
        value = Decimal(match["whole"]) + Decimal(match["jiao"]) / 10 + Decimal(match["fen"] or 0) / 100
        return _exact(match, value, match[0], "元", "CNY")
    if match["halved"]:
        unit, factor = lexicons.units[match["halfunit"]]
        half = Decimal("0.5") * factor
        after = match["afterhalved"]
        qualifier = lexicons.qualifiers.after[after] if after else "exact"
        low_high = bounds(half, qualifier)
        return Quantity(*match.span(), "半", match["halfunit"], half, *low_high, qualifier, unit, None, None, "chinese")
    if match["large"]:
        unit, factor = lexicons.units[match["largeunit"]]
        value = (Decimal(match["large"]) * 10**8 + Decimal(match["small"]) * 10**4) * factor
        return _exact(match, value, match[0], match["largeunit"], unit, lexicons)
    return _read_bare(match, lexicons)


def is_no_amount(match: re.Match[str], lexicons: Lexicons) -> bool:
    """Whether a number with a unit only says when or who (连续5年, 30岁的工人), or is a part of a name (千万吨基地)."""
    if not match["n1"]:
        return False
    text, start, surface = match.string, match.start(), match["u2"] or match["u1"]
    if surface in lexicons.told_by:
        return not tells_amount(match, lexicons)
    bounded = match["before"] or match["after"] or match["m1"] or match["k1"] or match["n2"]
    if bounded or not _MAGNITUDE.fullmatch(match["n1"]):
        return False
    return not text.endswith(_REACHES, 0, start)


def tells_amount(match: re.Match[str], lexicons: Lexicons) -> bool:
    """Whether the clause says of what a number of years is the amount: 工期18年, 受教育年限从9.6年提升至10.2年."""
    cues = lexicons.told_by.get(match["u2"] or match["u1"] or "", ())
    text, start = match.string, match.start()
    clause = text[clause_start(text, max(0, start - _CUE_REACH), start) : start] if cues else ""
    return any(cue in clause for cue in cues)


def scale(magnitude: str | None, lexicons: Lexicons) -> Decimal:
    """The factor of a magnitude word."""
    return lexicons.magnitudes[magnitude] if magnitude else Decimal(1)


def qualifier_of(match: re.Match[str], lexicons: Lexicons) -> Qualifier:
    """What the words around a number say of its bounds."""
    q = lexicons.qualifiers
    before, after, middle, many = match.group("before", "after", "m1", "k1")
    surface = match["u2"] or match["u1"] or ""
    if surface.startswith("个多"):
        many = "多"  # 5个多小时
    if before:
        return q.before[before]
    if after:
        return q.after[after]
    if middle or many:
        return q.middle[middle or many]
    words = match.string[max(0, match.start() - _BOUND_REACH) : match.start()]
    per = _bounds_a_rate(lexicons).search(words)
    if per:  # 不超过每小时2.4万元
        return q.before[per[1]]
    if _CEILING.search(words):
        return "at_most"
    share = _SHARE_BOUND.search(words)
    if share and (share[3] is None or surface in _OF_A_WHOLE):
        return q.before[share[1] or share[2] or share[3]]
    if surface.endswith("内"):
        return "at_most"  # 30日内
    return next((meaning for word, meaning in q.verbs.items() if words.endswith(word)), "exact")


def _read_number(match: re.Match[str], lexicons: Lexicons) -> Quantity | None:
    n1, g1, u1, n2, g2, u2, per = match.group("n1", "g1", "u1", "n2", "g2", "u2", "per")
    surface = u2 or u1
    if surface is None:
        return None
    unit, factor = lexicons.units[surface]
    classifier = surface if surface in lexicons.classifiers else None
    if classifier is not None and unit != "count" and _counts_things(match, lexicons):
        unit, factor = "count", Decimal(1)
    elif unit != "count":
        classifier = None
    first = _value(n1)
    if first is None:
        return None
    start, end = match.span()
    raw_unit = ((g2 if n2 else g1) or "") + surface
    writing: Writing = "arabic" if n1[0].isdigit() else "chinese"

    def ranging(raw: str, low: Decimal, high: Decimal) -> Quantity:
        return Quantity(start, end, raw, raw_unit, None, low, high, "range", unit, classifier, per, writing)

    if n2:
        second = _value(n2)
        if second is None:
            return None
        low = first * scale(g1 or (None if u1 else g2), lexicons) * (lexicons.units[u1][1] if u1 else factor)
        high = second * scale(g2, lexicons) * factor
        return ranging(f"{n1}{match['sep']}{n2}", low, high) if low < high else None
    pair = _neighbours(n1)
    times = scale(g1, lexicons) * factor
    if pair is not None:  # 五六个: five to six
        return ranging(n1, pair[0] * times, pair[1] * times)
    value = first * times
    if match["tenth"]:
        value += Decimal(5) if match["tenth"] == "半" else number(match["tenth"]) or 0
    if surface.startswith("个半") or surface.endswith("半"):
        value += factor / 2  # 四个半小时, 2天半
    if n1[0] in _MANY:
        return Quantity(start, end, n1, raw_unit, None, value, None, "over", unit, classifier, per, writing)
    if match["minus"]:
        value = -value
    qualifier = qualifier_of(match, lexicons)
    low_high = bounds(value, qualifier)
    return Quantity(start, end, n1, raw_unit, value, *low_high, qualifier, unit, classifier, per, writing)


def _counts_things(match: re.Match[str], lexicons: Lexicons) -> bool:
    """Whether what may be a unit counts what stands behind it (17块地, and not 17块) or before it (芯片150亿块)."""
    behind = _NAMES_THING.match(match.string, match.end())
    return behind is not None or _pieces(lexicons).search(match.string, 0, match.start()) is not None


def _read_bare(match: re.Match[str], lexicons: Lexicons) -> Quantity | None:
    """超亿元, 近百家: the magnitude word is the number."""
    written = match["bareunit"] or "元"  # 产业规模过万亿: 亿 alone is money
    unit, factor = lexicons.units[written]
    bare = number("一" + match["baremag"])
    if bare is None:
        return None
    qualifier: Qualifier = "under" if match["bare"].startswith("近") else "over"  # 上百家: a hundred and more
    value = bare * factor
    classifier = written if written in lexicons.classifiers else None
    low_high = bounds(value, qualifier)
    raw, raw_unit = match["baremag"], match["bareunit"] or ""
    return Quantity(*match.span(), raw, raw_unit, value, *low_high, qualifier, unit, classifier, None, "chinese")


def _read_rank(match: re.Match[str]) -> Quantity | None:
    if match["top"]:  # 居全省首位
        one = Decimal(1)
        return Quantity(*match.span("top"), match["top"], "", one, one, one, "exact", "rank", None, None, "arabic")
    order = match["order"] or match["placed"]
    written = match["rank"] or order[1:]
    value = number(written)
    if value is None:
        return None
    span = match.span("order" if match["order"] else "placed") if order else match.span()
    place = match["place"] or ""
    return Quantity(*span, written, place, value, value, value, "exact", "rank", None, None, "arabic")


def _read_share(match: re.Match[str], lexicons: Lexicons) -> Quantity | None:
    after = match["aftershare"] or match["afterhalf"]
    qualifier: Qualifier = "about" if after == "左右" else "at_least" if after else "exact"
    bound = _SHARE_BOUND.search(match.string, 0, match.start())
    before = match["beforeshare"] or (bound and (bound[1] or bound[2] or bound[3]))
    if before:
        qualifier = lexicons.qualifiers.before[before]
    if match["half"]:
        value: Decimal = Decimal(50)
        qualifier = _HALVES.get(match["half"][0], qualifier)
    else:
        whole, _, part = match["share"].partition("分之")
        if not part:
            part, _, whole = whole.partition("/")
        of, given = number(whole), number(part)
        if of is None or given is None or not of:
            return None
        value = given * 100 / of
        if value.as_tuple().exponent < -10:  # type: ignore[operator]
            value = round(value, 10)
    low_high = bounds(value, qualifier)
    return Quantity(*match.span(), match[0], "", value, *low_high, qualifier, "%", None, None, "chinese")


def _exact(
    match: re.Match[str], value: Decimal, raw: str, raw_unit: str, unit: str, lexicons: Lexicons | None = None
) -> Quantity:
    classifier = raw_unit if lexicons and raw_unit in lexicons.classifiers else None
    return Quantity(*match.span(), raw, raw_unit, value, value, value, "exact", unit, classifier, None, "arabic")


@cache
def _pieces(lexicons: Lexicons) -> re.Pattern[str]:
    return re.compile(f"{either(lexicons.pieces)}(?:各|共|约|近|超|有|达)?$")


@cache
def _bounds_a_rate(lexicons: Lexicons) -> re.Pattern[str]:
    words = either(word for word in lexicons.qualifiers.before if word not in lexicons.qualifiers.not_behind)
    return re.compile(f"({words})每{either(lexicons.denominators)}$")


def _value(written: str) -> Decimal | None:
    if written in _NAMES:
        return None
    if written[0] in _MANY:
        return number("一" + written[1:]) if len(written) > 1 else Decimal(1)
    if written in _MAGNITUDES:
        return number("一" + written)  # 跨上万亿元台阶
    pair = _neighbours(written)
    return pair[0] if pair else number(written)


@lru_cache(maxsize=4096)
def _neighbours(written: str) -> tuple[Decimal, Decimal] | None:
    """The two numbers of 五六 or 三四十; None for an ordinary number."""
    found = _NEIGHBOURS.fullmatch(written)
    if not found:
        return None
    low, high = number(found[1] + found[3]), number(found[2] + found[3])
    follows = number(found[2]) == (number(found[1]) or 0) + 1
    return (low, high) if low is not None and high is not None and follows else None
