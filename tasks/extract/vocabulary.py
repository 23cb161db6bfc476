"""From what a quantity is about to a code of the controlled vocabulary."""

import re
from typing import Final

from tasks.extract.about import TIME_UNITS, About, families_of
from tasks.extract.lexicons import Lexicons
from tasks.extract.phrases import last_term

_PEOPLE: Final = frozenset({"人", "人次", "名", "位"})
_OF_PEOPLE: Final = frozenset({"talent.count", "job.count", "people.count"})
_BY_CLASSIFIER: Final = {
    **dict.fromkeys(_PEOPLE, "people.count"),
    "家": "enterprise.count",
    "家次": "enterprise.count",
    "场": "event.count",
    "场次": "event.count",
    **dict.fromkeys(("次", "期", "列", "届"), "event.count"),
    **dict.fromkeys(("份", "张", "册"), "document.count"),
    "户": "people.count",
    "座": "facility.count",
    "起": "problem.count",
    "批次": "inspection.count",
}
_LENT: Final = re.compile("贷[”’]?$")
_BUILT: Final = frozenset({"平方米", "平米", "㎡"})
_INSPECTED: Final = frozenset({"批次", "次", "个", "家", "户", "家次", "组"})
_INSPECTING: Final = ("抽检", "检查", "抽查", "巡查", "检测")
_BY_UNIT: Final = {"mu": "land.area", "tce": "energy.use", "kWh": "energy.use", "kW": "energy.power"}


def code_of(about: About, total: About | None, lexicons: Lexicons) -> str | None:
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
        return _points_code(about)
    if quantity.unit in TIME_UNITS:
        found = last_term(about.phrase + about.indicator, ("time",), lexicons)
        return found[1].code if found else None
    if kind == "ratio":
        return _ratio_code(about)
    if quantity.classifier is not None:
        return _count_code(about, total)
    if kind == "level" and about.term is not None and about.term.family not in families_of(quantity.unit):
        return _by_unit(about)
    if about.term is not None:
        return about.term.code
    if kind == "growth":
        return about.head.code if about.head else None
    if total is not None and total.term is not None:
        return total.term.code
    return _by_unit(about)


def _points_code(about: About) -> str | None:
    if about.term is not None:
        return about.term.code if about.term.family != "rank" else None
    return "rate.other" if about.indicator.endswith(("率", "面", "度")) else None


def _by_unit(about: About) -> str | None:
    if about.quantity.is_money:
        return "loan.amount" if _LENT.search(about.subject or about.phrase) else None
    if about.quantity.unit == "m2":
        return "floor.area" if about.quantity.raw_unit.endswith(tuple(_BUILT)) else "land.area"
    if about.quantity.unit == "mu" and "种" in about.phrase:
        return "land.planted"
    if about.quantity.unit == "kW" and "产" in about.phrase:
        return None
    return _BY_UNIT.get(about.quantity.unit)


def _ratio_code(about: About) -> str | None:
    if about.term is not None and about.term.family == "rate" and about.term.term != "率":
        return about.term.code
    if any(word in about.phrase for word in ("计划的", "目标的", "任务的")):
        return "rate.completion"
    return "rate.other"


def _count_code(about: About, total: About | None) -> str | None:
    classifier = about.quantity.classifier or ""
    counted = about.head or (about.term if about.term is not None and about.term.family == "count" else None)
    head = counted.code if counted else None
    if classifier in _PEOPLE:
        return head if head in _OF_PEOPLE else "people.count"
    inspecting = any(word in about.phrase for word in _INSPECTING)
    if inspecting and classifier in _INSPECTED and head not in ("problem.count", "document.count", "team.count"):
        return "inspection.count"
    if counted is not None:
        return head
    if total is not None and total.quantity.classifier == classifier and total.head is not None:
        return total.head.code
    return _BY_CLASSIFIER.get(classifier)
