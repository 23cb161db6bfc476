"""Quantities: a number with its unit, its magnitude word and the words that bound it, as exact decimals."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Final, Literal

from tasks.extract.claims import Claims
from tasks.extract.lexicons import Lexicons, either
from tasks.extract.numerals import ARABIC, CHINESE, number
from tasks.records import Qualifier

Writing = Literal["arabic", "chinese"]

_SHARES_UNIT: Final = re.compile(r"[、，和与及或]|以及")
_BREAKS_LIST: Final = re.compile("[。；]")
_NOUN_NEEDED: Final = frozenset("个大项条种类支批期块片门位组点对")
_MANY: Final = {"数": "over", "几": "over"}
_MONEY: Final = frozenset({"CNY", "USD", "EUR", "HKD", "JPY"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity of a text: `text[start:end]` is its quote; values are in the canonical unit."""

    start: int
    end: int
    raw_value: str
    raw_unit: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    qualifier: Qualifier
    unit: str
    classifier: str | None
    per: str | None
    writing: Writing

    @property
    def is_money(self) -> bool:
        """Whether the unit is a currency."""
        return self.unit in _MONEY

    def negated(self) -> "Quantity":
        """The same quantity as a decrease: a fall by more than 3 lies below -3."""
        low, high = self.low, self.high
        return replace(
            self,
            value=None if self.value is None else -self.value,
            low=None if high is None else -high,
            high=None if low is None else -low,
        )


@dataclass(frozen=True, slots=True)
class Unread:
    """A number that is neither a quantity nor claimed by something else."""

    start: int
    end: int


def quantities_in(text: str, claims: Claims, lexicons: Lexicons) -> tuple[list[Quantity], list[Unread]]:
    """The quantities of a normalised text in reading order, and the numbers that nothing explains."""
    found: list[Quantity | re.Match[str]] = []
    unread: list[Unread] = []
    pattern = _pattern(lexicons)
    at = 0
    while match := pattern.search(text, at):
        start = match.start("n1") if match["n1"] else match.start()
        claim = claims.covers(start)
        if claim is not None:
            at = max(claim.end, match.start() + 1)
            continue
        cut = claims.next_start(start)
        if match["n1"] and cut is not None and cut < match.end():
            # a quantity may not run into a claim: in 3至2023年 the range ends before the year
            shorter = pattern.search(text[:cut], match.start())
            if shorter is None or shorter.start() != match.start():
                at = cut
                continue
            match = shorter
        at = match.end()
        quantity = _read(match, lexicons)
        if quantity is not None:
            if not _is_vague(quantity, text, lexicons):
                found.append(quantity)
        elif match["n1"] and not match["u1"] and not match["n2"]:
            found.append(match)
        elif match["n1"] and match["n1"][0].isdigit():
            unread.append(Unread(match.start("n1"), match.end("n1")))
    read: list[Quantity] = []
    for item in reversed(found):
        quantity = item if isinstance(item, Quantity) else _without_unit(item, read[-1] if read else None, lexicons)
        if quantity is not None:
            read.append(quantity)
        elif isinstance(item, re.Match) and item["n1"][0].isdigit():
            unread.append(Unread(item.start("n1"), item.end("n1")))
    return _points_in_lists(text, read[::-1]), sorted(unread, key=lambda span: span.start)


def _without_unit(match: re.Match[str], after: Quantity | None, lexicons: Lexicons) -> Quantity | None:
    """A number without a unit takes that of the quantity that ends its list, else 亿 alone is money.

    出口250、进口265亿美元; 从75亿增长到640亿.
    """
    value = number(match["n1"])
    if value is None or not match["n1"][0].isdigit():
        return None
    text, magnitude = match.string, match["g1"]
    between = text[match.end() : after.start] if after else ""
    if after is not None and len(between) <= 10 and _SHARES_UNIT.match(between) and not _BREAKS_LIST.search(between):
        bare = _bare(after.raw_unit, lexicons)
        if bare in lexicons.units:
            own = magnitude or after.raw_unit[: len(after.raw_unit) - len(bare)] or None
            value *= _scale(own, lexicons) * lexicons.units[bare][1]
            end = match.end("g1") if magnitude else match.end("n1")
            return replace(
                after,
                start=match.start("n1"),
                end=end,
                raw_value=match["n1"],
                value=value,
                low=value,
                high=value,
                qualifier="exact",
                writing="arabic",
            )
    if magnitude in ("亿", "万亿"):
        value *= _scale(magnitude, lexicons)
        qualifier = _qualifier(match, text, lexicons)
        bounds = _bounds(value, qualifier)
        span = match.start(), match.end()
        return Quantity(*span, match["n1"], magnitude, value, *bounds, qualifier, "CNY", None, None, "arabic")
    return None


def _points_in_lists(text: str, found: list[Quantity]) -> list[Quantity]:
    """0.6个和2.8个百分点: the 个 of the first is that of the second."""
    fixed = list(found)
    for at in range(len(fixed) - 2, -1, -1):
        one, after = fixed[at], fixed[at + 1]
        if one.classifier == "个" and after.unit == "pp" and re.fullmatch(r"[、和与及]", text[one.end : after.start]):
            fixed[at] = replace(one, unit="pp", classifier=None)
    return fixed


@cache
def _pattern(lexicons: Lexicons) -> re.Pattern[str]:
    q = lexicons.qualifiers
    n = rf"(?:{ARABIC}|[数几]?{CHINESE}|[数几](?=[十百千万亿]))"
    middle, magnitude, unit = either(q.middle), lexicons.magnitude_pattern, lexicons.unit_pattern
    per = f"(?:[/每](?P<per>{either(lexicons.denominators)}))?"
    one = rf"(?P<n1>{n})(?P<m1>{middle})?(?P<g1>{magnitude})?(?P<k1>[余多])?(?P<u1>{unit})?"
    other = rf"(?P<sep>[-—~–]|至|到)(?P<n2>{n})(?P<m2>{middle})?(?P<g2>{magnitude})?(?P<u2>{unit})"
    guarded = [rf"(?<![{chars}]){word}" for word, chars in q.not_behind.items()]
    before = f"(?P<before>{either(word for word in q.before if word not in q.not_behind)}|{'|'.join(guarded)})?"
    return re.compile(
        rf"{either(lexicons.duration_years)}(?:为|是|约|达|达到|仅|只有|不超过)?(?P<years>\d+(?:\.\d+)?|{CHINESE})年(?![底末初前度])"
        r"|第(?P<rank>\d+|[一二三四五六七八九十百]+)(?:、第?(?:\d+|[一二三四五六七八九十]+))?(?P<place>[位名])"
        r"|(?<=[居列排位名])(?:[^，。；、]{0,12}?)(?P<order>第[一二三四五六七八九十]{1,2})(?![位名批届次期个家季产轮条方梯])"
        r"|(?P<share>(?:(?<![一二三四五六七八九十百千])[二三四五六七八九十百千两]+分之[一二三四五六七八九十百零点]+|(?<!\d)\d+分之\d+))(?P<aftershare>左右|以上)?"
        r"|(?P<half>(?:近|超过|超|过|逾|约)?(?:一半|半数))(?P<afterhalf>左右|以上)?"
        r"|(?P<whole>\d+)元(?P<jiao>\d)角(?:(?P<fen>\d)分)?"
        rf"|(?P<large>\d+(?:\.\d+)?)亿(?P<small>\d+(?:\.\d+)?)万(?P<largeunit>{unit})"
        rf"|(?P<bare>(?:超过|超|过|逾|近|上)(?P<baremag>(?:百|千|十)?[万亿]|百|千)(?P<bareunit>{unit}))"
        rf"|{before}(?<![\d.])-?{one}(?:{other})?{per}(?P<after>{either(q.after)})?"
    )


def _read(match: re.Match[str], lexicons: Lexicons) -> Quantity | None:
    text = match.string
    if match["n1"]:
        return _read_number(match, text, lexicons)
    if match["years"]:
        value = number(match["years"])
        if value is None:
            return None
        return replace(_exact(match, value, match["years"], "年", "year"), start=match.start("years"))
    if match["rank"] or match["order"]:
        return _read_rank(match)
    if match["share"] or match["half"]:
        return _read_share(match)
    if match["whole"]:
        value = Decimal(match["whole"]) + Decimal(match["jiao"]) / 10 + Decimal(match["fen"] or 0) / 100
        return _exact(match, value, match[0], "元", "CNY")
    if match["large"]:
        unit, factor = lexicons.units[match["largeunit"]]
        value = (Decimal(match["large"]) * 10**8 + Decimal(match["small"]) * 10**4) * factor
        return _exact(match, value, match[0], match["largeunit"], unit, lexicons)
    unit, factor = lexicons.units[match["bareunit"]]
    bare = number("一" + match["baremag"])
    if bare is None:
        return None
    qualifier: Qualifier = "under" if match["bare"].startswith(("近", "上")) else "over"
    value = bare * factor
    low, high = _bounds(value, qualifier)
    classifier = match["bareunit"] if match["bareunit"] in lexicons.classifiers else None
    return Quantity(
        match.start(),
        match.end(),
        match["baremag"],
        match["bareunit"],
        value,
        low,
        high,
        qualifier,
        unit,
        classifier,
        None,
        "chinese",
    )


def _read_number(match: re.Match[str], text: str, lexicons: Lexicons) -> Quantity | None:
    surface = match["u2"] or match["u1"]
    if surface is None:
        return None
    unit, factor = lexicons.units[surface]
    classifier = surface if surface in lexicons.classifiers else None
    first, qualifier = _value(match, "1"), _qualifier(match, text, lexicons)
    if first is None or (match["n1"] in ("百", "千") and not match["before"]):
        return None  # 百米长 is no measure; 近百名 is
    end = match.end()
    raw_unit = (match["g2"] or "" if match["n2"] else match["g1"] or "") + surface
    writing: Writing = "arabic" if match["n1"][0].isdigit() else "chinese"
    if match["n2"]:
        second = _value(match, "2")
        if second is None:
            return None
        scale1 = _scale(match["g1"] or (match["g2"] if not match["u1"] else None), lexicons)
        factor1 = lexicons.units[match["u1"]][1] if match["u1"] else factor
        low, high = first * scale1 * factor1, second * _scale(match["g2"], lexicons) * factor
        if low >= high:
            return None
        raw = f"{match['n1']}{match['sep']}{match['n2']}"
        return Quantity(
            match.start(), end, raw, raw_unit, None, low, high, "range", unit, classifier, match["per"], writing
        )
    pair = _neighbours(match["n1"])
    scale = _scale(match["g1"], lexicons) * factor
    if pair is not None:  # 五六个: five to six
        low, high = pair[0] * scale, pair[1] * scale
        return Quantity(
            match.start(), end, match["n1"], raw_unit, None, low, high, "range", unit, classifier, match["per"], writing
        )
    value = first * scale
    if match["n1"][0] in _MANY:
        return Quantity(
            match.start(),
            end,
            match["n1"],
            raw_unit,
            None,
            value,
            None,
            "over",
            unit,
            classifier,
            match["per"],
            writing,
        )
    if text[match.start() : match.start("n1")].endswith("-"):
        value = -value
    bounds = _bounds(value, qualifier)
    return Quantity(
        match.start(), end, match["n1"], raw_unit, value, *bounds, qualifier, unit, classifier, match["per"], writing
    )


def _read_rank(match: re.Match[str]) -> Quantity | None:
    order = match["order"]
    written = match["rank"] or order[1:]
    value = number(written)
    if value is None:
        return None
    start = match.start("order") if order else match.start()
    end = match.end("order") if order else match.end()
    return Quantity(
        start, end, written, match["place"] or "", value, value, value, "exact", "rank", None, None, "arabic"
    )


def _read_share(match: re.Match[str]) -> Quantity | None:
    after = match["aftershare"] or match["afterhalf"]
    qualifier: Qualifier = "about" if after == "左右" else "at_least" if after else "exact"
    if match["half"]:
        value: Decimal = Decimal(50)
        head = match["half"][0]
        qualifier = {"近": "under", "超": "over", "过": "over", "逾": "over", "约": "about"}.get(head, qualifier)  # type: ignore[assignment]
    else:
        whole, _, part = match["share"].partition("分之")
        of, given = number(whole), number(part)
        if of is None or given is None or not of:
            return None
        value = given * 100 / of
        if value.as_tuple().exponent < -10:  # type: ignore[operator]
            value = round(value, 10)
    bounds = _bounds(value, qualifier)
    return Quantity(match.start(), match.end(), match[0], "", value, *bounds, qualifier, "%", None, None, "chinese")


def _exact(
    match: re.Match[str], value: Decimal, raw: str, raw_unit: str, unit: str, lexicons: Lexicons | None = None
) -> Quantity:
    classifier = raw_unit if lexicons and raw_unit in lexicons.classifiers else None
    return Quantity(
        match.start(), match.end(), raw, raw_unit, value, value, value, "exact", unit, classifier, None, "arabic"
    )


def _value(match: re.Match[str], which: str) -> Decimal | None:
    written = match[f"n{which}"]
    if written[0] in _MANY:
        return number("一" + written[1:]) if len(written) > 1 else Decimal(1)
    pair = _neighbours(written)
    return pair[0] if pair else number(written)


def _neighbours(written: str) -> tuple[Decimal, Decimal] | None:
    """The two numbers of 五六 or 三四十; None for an ordinary number."""
    found = re.fullmatch(r"([一二三四五六七八])([二三四五六七八九])([十百千万]*)", written)
    if not found:
        return None
    low, high = number(found[1] + found[3]), number(found[2] + found[3])
    return (
        (low, high)
        if low is not None and high is not None and number(found[2]) == (number(found[1]) or 0) + 1
        else None
    )


def _scale(magnitude: str | None, lexicons: Lexicons) -> Decimal:
    return Decimal(lexicons.magnitudes[magnitude]) if magnitude else Decimal(1)


def _qualifier(match: re.Match[str], text: str, lexicons: Lexicons) -> Qualifier:
    q = lexicons.qualifiers
    if match["before"]:
        return q.before[match["before"]]
    if match["after"]:
        return q.after[match["after"]]
    if match["m1"]:
        return q.middle[match["m1"]]
    if match["k1"]:
        return q.middle[match["k1"]]
    before = text[max(0, match.start() - 6) : match.start()]
    return next((meaning for word, meaning in q.verbs.items() if before.endswith(word)), "exact")


def _bounds(value: Decimal, qualifier: Qualifier) -> tuple[Decimal | None, Decimal | None]:
    match qualifier:
        case "exact":
            return value, value
        case "over" | "at_least":
            return value, None
        case "under" | "at_most":
            return None, value
        case _:
            return None, None


def _bare(raw_unit: str, lexicons: Lexicons) -> str:
    magnitude = re.match(lexicons.magnitude_pattern, raw_unit)
    return raw_unit[magnitude.end() :] if magnitude and raw_unit not in lexicons.units else raw_unit


def _is_vague(quantity: Quantity, text: str, lexicons: Lexicons) -> bool:
    """A Chinese numeral with 个, 大, 项 … counts only where a known thing follows (五大园区, not 四个方面)."""
    if quantity.writing == "arabic" or quantity.unit in ("%", "rank", "x") or quantity.classifier is None:
        return False
    if quantity.value == 1:
        return True
    if quantity.classifier not in _NOUN_NEEDED:
        return False
    behind = re.match(r"[^，。；：、！？\d]{0,8}", text[quantity.end :])
    words = behind[0] if behind else ""
    things = lexicons.indicators["count"]
    return not any(words[a:b] in things for a in range(len(words)) for b in range(a + 1, len(words) + 1))
