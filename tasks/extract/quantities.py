"""Quantities: a number with its unit, its magnitude word and the words that bound it, as exact decimals."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Final

from tasks.extract.claims import Claim, Claims
from tasks.extract.grammar import quantity_finder
from tasks.extract.lexicons import Lexicons, either
from tasks.extract.numerals import number
from tasks.extract.quantity import Quantity, Unread, bounds
from tasks.extract.sectors import sectors_in
from tasks.extract.written import is_no_amount, qualifier_of, read_figure, scale, tells_amount

_SHARES_UNIT: Final = re.compile(r"[、，和与及或]|以及")
_VOLUME: Final = re.compile("(?:产量|产能|销量|年产(?!值)|生产)[^，。；：、元资款值额]{0,12}$")
_HAN: Final = re.compile("[一-龥]")
_LIST_GAP: Final = 10
"""Characters between two numbers of a list that share a unit."""
_NOUN: Final = re.compile(r"[^，。；：、！？\d]{0,8}")
_EACH: Final = re.compile("(?:分别|均)(?:达到|突破|超过|达|为)?$")
_EACH_REACH: Final = 6
_NAMED: Final = 28
"""Characters before a number that may name what it counts or measures."""
_LEADS_OVER: Final = "(?:已|共|累计|均|分别|约|近|超|由|从|仅|为|达|到|至|突破|增加|增长|提高|稳定在|保持在|新增)*"
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_IN_NAME: Final = re.compile("[一-龥A-Za-z“”·（）()]")
_BETWEEN_POINTS: Final = frozenset("、和与及")


def quantities_in(text: str, claims: Claims, lexicons: Lexicons) -> tuple[list[Quantity], list[Unread]]:
    """The quantities of a normalised text in reading order, and the numbers that nothing explains."""
    found: list[Quantity | re.Match[str]] = []
    unread: list[Unread] = []
    for match in _unclaimed(text, claims, lexicons):
        if is_no_amount(match, lexicons):
            continue
        quantity = read_figure(match, lexicons)
        if quantity is not None:
            if not _is_vague(quantity, text, lexicons):
                found.append(quantity)
        elif match["n1"] and not match["u1"] and not match["n2"]:
            if not _is_year(match):
                found.append(match)
        elif match["n1"] and match["n1"][0].isdigit():
            unread.append(Unread(*match.span("n1")))
    read: list[Quantity] = []
    for item in reversed(found):
        quantity = item if isinstance(item, Quantity) else _without_unit(item, read[-1] if read else None, lexicons)
        if quantity is not None:
            read.append(quantity)
        elif isinstance(item, re.Match) and item["n1"][0].isdigit():
            unread.append(Unread(*item.span("n1")))
    every = sorted([*read, *sectors_in(text)], key=lambda quantity: quantity.start)
    return _bounded_together(text, _points_in_lists(text, every)), sorted(unread, key=lambda span: span.start)


def _unclaimed(text: str, claims: Claims, lexicons: Lexicons) -> Iterator[re.Match[str]]:
    """What the grammar finds outside of the claims; a quantity may not run into a claim (3至2023年)."""
    finder = quantity_finder(lexicons)
    find = finder.pattern.match
    at = 0
    for start in finder.starts.finditer(text):
        here = start.start()
        if here < at:
            continue
        match = find(text, here)
        if match is None:
            continue
        numeral = match.start("n1") if match["n1"] else here
        claim = claims.covers(numeral)
        if claim is not None and not _is_of_a_quantity(claim, match, lexicons):
            at = max(claim.end, here + 1)
            continue
        cut = claims.next_start(numeral) if match["n1"] else None
        if cut is not None and cut < match.end():
            match = find(text, here, cut)
            if match is None:
                at = cut
                continue
        if match["u1"] and match["n2"] and lexicons.units[match["u1"]][0] != lexicons.units[match["u2"]][0]:
            match = find(text, here, match.start("sep")) or match  # 上调75个基点到3.75%至4%
        at = match.end()
        yield match


def _is_of_a_quantity(claim: Claim, match: re.Match[str], lexicons: Lexicons) -> bool:
    """Whether a claim gives way: years that are an amount (工期18年), 第一 that is a rank (规模全国第一，)."""
    if claim.kind == "ordinal":
        return match["placed"] is not None
    return claim.kind == "dating" and tells_amount(match, lexicons)


def _without_unit(match: re.Match[str], after: Quantity | None, lexicons: Lexicons) -> Quantity | None:
    """A number without a unit takes that of the quantity that ends its list, else 亿 alone is money.

    出口250、进口265亿美元; 从75亿增长到640亿.
    """
    written, magnitude = match.group("n1", "g1")
    value = number(written)
    counts = magnitude is not None and _uncounted(lexicons).match(match.string, match.end()) is not None
    if value is None or not (written[0].isdigit() or counts):  # 十多万农民
        return None
    if match["minus"]:
        value = -value
    relative = after is not None and after.unit in ("%", "pp", "x")
    if after is not None and not (magnitude and relative) and _share_unit(match.string, match.end(), after.start):
        bare = _bare(after.raw_unit, lexicons)
        if bare in lexicons.units:
            own = magnitude or after.raw_unit[: len(after.raw_unit) - len(bare)] or None
            value *= scale(own, lexicons) * lexicons.units[bare][1]
            qualifier = qualifier_of(match, lexicons)
            low, high = bounds(value, qualifier)
            return replace(
                after,
                start=match.start("before") if match["before"] else match.start("n1"),
                end=match.end("g1") if magnitude else match.end("n1"),
                raw_value=written,
                value=value,
                low=low,
                high=high,
                qualifier=qualifier,
                writing="arabic",
            )
    unit = _implied(match, lexicons)
    if unit is None:
        return None
    value *= scale(magnitude, lexicons)
    qualifier = qualifier_of(match, lexicons)
    low_high = bounds(value, qualifier)
    return Quantity(*match.span(), written, magnitude or "", value, *low_high, qualifier, unit, None, None, "arabic")


def _implied(match: re.Match[str], lexicons: Lexicons) -> str | None:
    """What a number without a unit counts or measures, by the words around it."""
    text, start, end, magnitude = match.string, match.start(), match.end(), match["g1"]
    before = text[max(0, start - _NAMED) : start]
    if _counted_before(lexicons).search(before) or (magnitude and _uncounted(lexicons).match(text, end)):
        return "count"
    if magnitude in ("亿", "万亿"):
        if _VOLUME.search(before) and _HAN.match(text, end):
            return None  # 年产光缆6亿芯公里: a unit that is not known is no money
        return "count" if _people_before(lexicons).search(before) else "CNY"
    return "" if magnitude is None and _plain(lexicons).search(before) else None


def _is_year(match: re.Match[str]) -> bool:
    """2022世界VR产业大会: a year without 年 in a name."""
    return _YEAR.fullmatch(match["n1"]) is not None and _IN_NAME.match(match.string, match.end()) is not None


@cache
def _people_before(lexicons: Lexicons) -> re.Pattern[str]:
    return re.compile(f"{either(lexicons.uncounted)}[^，。；：元资款贷]{{0,24}}$")


@cache
def _uncounted(lexicons: Lexicons) -> re.Pattern[str]:
    return re.compile(
        f"(?:\\d{{2}}周?岁(?:及?以[上下])?)?[^，。；：、！？\\d（）()]{{0,10}}?{either(lexicons.uncounted)}"
    )


@cache
def _counted_before(lexicons: Lexicons) -> re.Pattern[str]:
    return re.compile(f"{either(lexicons.counted_before)}{_LEADS_OVER}$")


@cache
def _plain(lexicons: Lexicons) -> re.Pattern[str]:
    return re.compile(f"{either(lexicons.plain)}[^，。；、：]{{0,16}}$")


def _share_unit(text: str, end: int, start: int) -> bool:
    """Whether two numbers belong to a list, by what stands between them."""
    if start - end > _LIST_GAP or not _SHARES_UNIT.match(text, end, start):
        return False
    between = text[end:start]
    return "。" not in between and "；" not in between


def _points_in_lists(text: str, found: list[Quantity]) -> list[Quantity]:
    """0.6个和2.8个百分点: the 个 of the first is that of the second."""
    fixed = list(found)
    for at in range(len(fixed) - 2, -1, -1):
        one, after = fixed[at], fixed[at + 1]
        if one.classifier == "个" and after.unit == "pp" and text[one.end : after.start] in _BETWEEN_POINTS:
            fixed[at] = replace(one, unit="pp", classifier=None)
    return fixed


def _bounded_together(text: str, found: list[Quantity]) -> list[Quantity]:
    """分别突破1.5万亿元、1.4万亿元: what bounds the first bounds the others."""
    fixed = list(found)
    for at in range(1, len(fixed)):
        one, after = fixed[at - 1], fixed[at]
        together = after.qualifier == "exact" and one.qualifier not in ("exact", "range") and one.unit == after.unit
        if not together or text[one.end : after.start] not in _BETWEEN_POINTS or after.value is None:
            continue
        if fixed[at - 1] is not found[at - 1] or _EACH.search(text, max(0, one.start - _EACH_REACH), one.start):
            low, high = bounds(after.value, one.qualifier)
            fixed[at] = replace(after, qualifier=one.qualifier, low=low, high=high)
    return fixed


def _bare(raw_unit: str, lexicons: Lexicons) -> str:
    if raw_unit in lexicons.units:
        return raw_unit
    magnitude = _magnitude(lexicons).match(raw_unit)
    return raw_unit[magnitude.end() :] if magnitude else raw_unit


@cache
def _magnitude(lexicons: Lexicons) -> re.Pattern[str]:
    return re.compile(lexicons.magnitude_pattern)


def _is_vague(quantity: Quantity, text: str, lexicons: Lexicons) -> bool:
    """A Chinese numeral with 个, 大, 项 … counts only where a known thing follows (五大园区, not 四个方面)."""
    if quantity.raw_unit == "块" and quantity.raw_value == "一":
        return True  # 成熟一块、收割一块
    if quantity.writing == "arabic" or quantity.unit in ("%", "rank", "x") or quantity.classifier is None:
        return False
    if quantity.value is None:
        return False  # 五六个教学点: an estimate is meant as a quantity
    if quantity.value == 1:
        return True
    if quantity.classifier in lexicons.in_digits:
        return True
    if quantity.classifier not in lexicons.vague:
        return False
    behind = _NOUN.match(text, quantity.end)
    words = behind[0] if behind else ""
    things = lexicons.indicators["count"]
    return not any(words[a:b] in things for a in range(len(words)) for b in range(a + 1, len(words) + 1))
