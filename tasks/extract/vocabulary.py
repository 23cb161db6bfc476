"""From what a quantity is about to a code of the controlled vocabulary."""

import re
from functools import cache
from typing import Final

from tasks.extract.about import AMOUNT_FAMILIES, MILESTONE, TIME_UNITS, ZONE_COUNT, About, families_of
from tasks.extract.lexicons import Indicator, Lexicons, either
from tasks.extract.phrases import last_term
from tasks.extract.quantity import Quantity

_DONE: Final = re.compile("投资(?:累计|已|共|分别)*完成(?:了|约|近|超)*$|完成[^，。；]{2,10}投资$")
"""重大工程投资完成2510.1亿元."""
_PLANNED: Final = frozenset({"project.investment", "project.investment.planned"})
_INVESTS: Final = re.compile(
    "(?:今年|年度|全年|本年)计划(?:完成)?投资$|^[^计拟划]*(?:已|已经|累计)(?:完成)(?:投资)?(?:约|近|超)?$"
)
"""今年计划投资42亿元，到8月底已经完成31.5亿元."""
_INVESTED: Final = ("投资", "项目投资")
_ADDED: Final = "增加值"
_OF_PROJECT: Final = "project.investment"
_FISCAL: Final = "财政"
_LENT: Final = re.compile("贷款?[”’]?$")
_CAPACITY: Final = re.compile("(?:产能|[产工理造修]能力)$")
_COMPLETES: Final = re.compile("完成|任务|目标|计划")
_EQUALS: Final = re.compile("抵得上|相当于|够")
"""抵得上全厂用电量的四成."""
_RATE: Final = ("率", "面", "度")
_YEARLY: Final = ("年产", "日产")
"""Right before a count: 年产5000台机器人; what makes things (年产30万吨的3条生产线) is none."""


def code_of(about: About, total: About | None, lexicons: Lexicons) -> str | None:
    """The code, or None when none fits or what fits counts things, and the quantity does not (收入比2.2, 75个基点).

    `total` is the quantity that this one is a part of.
    """
    code = _code(about, total, lexicons)
    measured = about.direction.kind in ("level", "delta") and about.quantity.unit not in ("count", "pp")
    return None if code is not None and code.endswith(".count") and measured else code


def _code(about: About, total: About | None, lexicons: Lexicons) -> str | None:
    """The code, or None when none fits; `total` is the quantity that this one is a part of.

    Growth keeps the code of what grows, percentage points that of what they differ in; marks (98分) have none.
    """
    quantity, kind = about.quantity, about.direction.kind
    if kind == "rank":
        return "rank"
    if quantity.unit == "rank":
        return "rank"
    if quantity.unit == "point":
        return None
    if quantity.unit == "pp":
        return _points_code(about, lexicons)
    if quantity.unit in TIME_UNITS:
        found = last_term(about.phrase + about.indicator, ("time",), lexicons)
        return found[1].code if found else None
    if kind == "ratio":
        return _ratio_code(about)
    if about.rule == "capacity":
        return "capacity"
    if quantity.classifier is not None:
        return _count_code(about, total, lexicons)
    term = about.term
    if term is not None and term.family == "rank":  # 营业收入总量: of what it is the total
        found = last_term(about.subject or "", AMOUNT_FAMILIES, lexicons)
        term = found[1] if found else None
    if kind in ("level", "delta") and term is not None and term.family not in families_of(quantity.unit):
        return _by_unit(about, lexicons)
    if term is not None:
        if term.term in lexicons.codes.traded:
            return _traded_code(f"{about.subject or ''}{about.phrase}", term.code, lexicons)
        of_total = total.term.code if total is not None and total.term is not None else None
        if of_total == _OF_PROJECT and (term.code or "").startswith("investment."):
            return of_total  # 总投资12.6亿元的项目…，其中设备投资3.8亿元
        if quantity.unit == "kW" and term.code == "output.volume":
            return "capacity"  # 年产8GW的产线
        if term.code in _PLANNED and _INVESTS.search(about.phrase):
            return "project.investment.completed" if about.rule == "inherited" else "project.investment.planned"
        if _is_of_building(about, term, lexicons):
            return "floor.area"
        if term.term == _ADDED and _is_industrial(about.subject or "", lexicons):
            return "value_added.industrial"
        if term.term not in _INVESTED:
            return term.code
        if (of_total or "").startswith("investment."):
            return of_total  # 固定资产投资…，其中公路投资…: a part of an investment is of its kind
        return "project.investment.completed" if _DONE.search(about.phrase) else term.code
    if kind == "growth":
        return about.head.code if about.head else None
    if total is not None and total.term is not None:
        return total.term.code
    return _by_unit(about, lexicons)


def _is_of_building(about: About, term: Indicator, lexicons: Lexicons) -> bool:
    """Whether an area is that of a building: 公共仓库面积1.2万平方米, 实训基地面积1.8万平方米."""
    codes = lexicons.codes
    called_one = term.term in codes.areas and (about.subject or "").endswith(tuple(codes.buildings))
    return (called_one or term.code == "land.certified") and _in_square_metres(about.quantity, lexicons)


def _in_square_metres(quantity: Quantity, lexicons: Lexicons) -> bool:
    return quantity.unit == "m2" and quantity.raw_unit.endswith(tuple(lexicons.codes.built))


def _is_industrial(subject: str, lexicons: Lexicons) -> bool:
    """Whether the value that is added is that of industry: 三大主导行业增加值."""
    industrial = lexicons.codes.industrial
    return any(word in subject for word in industrial.words) and not any(word in subject for word in industrial.without)


def _traded_code(words: str, code: str | None, lexicons: Lexicons) -> str | None:
    """货值 and 价值 are of exports or imports where the words say so."""
    return next((told for word, told in lexicons.codes.traded_words.items() if word in words), code)


def _points_code(about: About, lexicons: Lexicons) -> str | None:
    term = about.term
    if term is not None and term.family == "rank" and about.rule == "members":
        found = last_term(about.subject or "", AMOUNT_FAMILIES, lexicons)
        term = found[1] if found else term  # 工业技改投资、制造业投资增速分别高于全国…
    if term is None:
        return "rate.other" if about.indicator.endswith((*_RATE, "之比")) else None
    if term.family == "rank":
        return None
    return "rate.other" if term.family == "money" and term.code is None else term.code


def _by_unit(about: About, lexicons: Lexicons) -> str | None:
    quantity, codes = about.quantity, lexicons.codes
    if quantity.is_money:
        if _LENT.search(about.subject or about.phrase):
            return "loan.amount"
        if _FISCAL in (about.subject or ""):  # 市、县两级财政共同出资2亿元
            return "fiscal.funding"
        of = (about.subject or "") if about.indicator in codes.sums else ""
        return next((code for word, code in codes.sums_of.items() if word in of), None)  # 签约项目17个，总金额63.4亿元
    if quantity.unit == "m2":
        return "floor.area" if _in_square_metres(quantity, lexicons) else "land.area"
    if quantity.unit == "mu" and "种" in about.phrase:
        return "land.planted"
    if quantity.unit == "t" and _makes(lexicons).search(about.phrase):
        return "output.volume"
    if quantity.unit == "kW" and "产" in about.phrase:
        return None
    if quantity.unit == "count":  # 惠及23.6万婴幼儿: what needs no classifier is people
        return about.head.code if about.head else "people.count"
    return codes.units.get(quantity.unit)


def _ratio_code(about: About) -> str | None:
    term = about.term
    if about.quantity.unit == "x" and about.direction.basis is not None:  # 是去年同期的2.4倍: of what it is a multiple
        return term.code if term else about.head.code if about.head else "rate.other"
    if term is not None and term.family == "rate" and term.term != "率":
        return term.code
    if about.rule == "thing_behind":  # 98%的县市区
        return "rate.share"
    if _EQUALS.search(about.phrase):
        return "rate.share"
    if _COMPLETES.search(about.phrase) and not about.indicator.endswith(_RATE):
        return "rate.completion"
    return "rate.other"


def _count_code(about: About, total: About | None, lexicons: Lexicons) -> str | None:
    codes, classifier = lexicons.codes, about.quantity.classifier or ""
    if about.rule == MILESTONE:
        return None
    # 企业投诉减少27件: the term is behind its owner
    counted = about.term if about.term is not None and about.term.family == "count" else about.head
    head, rule = counted.code if counted else None, codes.classifiers.get(classifier)
    if rule is not None and rule.code == "people.count" and head not in rule.keeps and classifier != "户":
        return rule.code
    inspecting = codes.inspecting
    if classifier in inspecting.classifiers and _inspects(lexicons).search(about.phrase):
        return head if head in inspecting.found else "inspection.count"
    if _CAPACITY.search(about.subject or ""):
        return "capacity"
    said = about.phrase.removesuffix(about.subject or "") if about.rule == "noun_behind" else about.phrase
    if (about.rule != "noun_behind" or said.endswith(_YEARLY)) and _makes(lexicons).search(said):
        return "output.volume"
    if counted is None and about.subject == "人":
        return "people.count"
    if counted is not None:
        code = head if rule is None or head == rule.code or head in rule.keeps else rule.code
        return None if code == ZONE_COUNT and classifier not in codes.zones_by else code
    if total is not None and total.quantity.classifier == classifier and total.head is not None:
        return total.head.code
    if classifier == "条" and (about.subject or "").endswith("线"):
        return "facility.count"
    return rule.code if rule else None


def checked(phrase: str, lexicons: Lexicons) -> str:
    """The verb of checking that a phrase begins with: 检查锅炉."""
    found = _inspects(lexicons).match(phrase)
    return found[0] if found else ""


@cache
def _inspects(lexicons: Lexicons) -> re.Pattern[str]:
    """A verb of checking, which is no part of a name: 检测设备."""
    inspecting = lexicons.codes.inspecting
    return re.compile(f"{either(inspecting.words)}(?!{either(inspecting.names)})")


@cache
def _makes(lexicons: Lexicons) -> re.Pattern[str]:
    return re.compile("|".join(lexicons.codes.making))
