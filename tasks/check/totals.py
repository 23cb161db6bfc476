"""Parts against totals: what adds up, what claims to and does not."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Final

from pydantic import RootModel

from tasks.check.findings import failed, listed, passed, plain, quoted
from tasks.check.numbers import Interval, interval
from tasks.records import Check, Metric
from tasks.yamltext import from_yaml

_REACH: Final = 200
"""Characters in which the remainder of a total may follow its parts: a sentence or two."""
_PROVING_DIGITS: Final = 3
"""Digits that a total needs before a sum that comes out exactly, of groups that no 其中 ties to it, proves anything."""
NEAR: Final = Decimal("0.1")
"""A sum that misses a total by no more of it was meant to be the total, where something else says that it is one."""
_AMONG: Final = re.compile("^[，,；。]其中[：:，,]?[^，,。；：、]{0,16}$")
_MEAN: Final = re.compile("每|平均|均")
"""抽检量每千人6.6批次，其中…: what is said per something is no total of what follows."""
_SUMMED: Final = re.compile("合计|共计|总计|累计共|一共")
_LISTED: Final = re.compile("分别")


class _Splits(RootModel[list[list[list[str]]]]):
    pass


@cache
def splits() -> tuple[tuple[tuple[str, ...], ...], ...]:
    """The kinds of things that split a total completely, from splits.yml."""
    text = files("tasks.check").joinpath("rules/splits.yml").read_text(encoding="utf-8")
    found = _Splits.model_validate(from_yaml(text)).root
    return tuple(tuple(tuple(words) for words in split) for split in found)


def check_totals(article_text: str, metrics: Sequence[Metric]) -> Iterator[Check]:
    """The checks of an article's totals; `metrics` are those of the article, in reading order."""
    parts: dict[int, list[int]] = {}
    for index, metric in enumerate(metrics):
        total = metric.part_of
        if (
            total is not None
            and metric.unit == metrics[total].unit
            and _is_amount(metric)
            and _is_amount(metrics[total])
        ):
            parts.setdefault(total, []).append(index)
    yield from _beyond(article_text, metrics)
    for total, indices in parts.items():
        yield from _parts(metrics, total, indices)
    yield from _kinds(metrics)
    yield from _remainders(metrics, parts)
    yield from _listed(metrics)


def _is_amount(metric: Metric) -> bool:
    return metric.kind == "level" and metric.per is None and metric.value is not None and metric.value >= 0


def _beyond(text: str, metrics: Sequence[Metric]) -> Iterator[Check]:
    """在建项目19个，其中工业项目23个: what 其中 names right behind a number is a part of it, and never more."""
    for total in range(len(metrics) - 1):
        whole, part = metrics[total], metrics[total + 1]
        if not (_is_amount(whole) and _is_amount(part)) or not _AMONG.match(text[whole.end : part.start]):
            continue
        if _MEAN.search(text[max(0, whole.start - 8) : whole.start]):
            continue
        if (whole.unit, whole.classifier, whole.indicator) != (part.unit, part.classifier, part.indicator):
            continue
        stated, found = interval(whole), interval(part)
        if stated and found and not Interval(None, stated.high).meets(found):
            yield failed(
                "part_within_total",
                (
                    f"其中的{listed(part)}大于总数{listed(whole)}。",
                    f"The part {quoted(part)} is more than its total {quoted(whole)}.",
                ),
                f"at most {whole.quote}",
                part.quote,
                (total, total + 1),
            )


def _parts(metrics: Sequence[Metric], total: int, parts: Sequence[int]) -> Iterator[Check]:
    """Named parts: sums that come out, and parts that split the total completely and do not."""
    for chosen, is_complete in _ways(metrics, parts):
        found = added([metrics[index] for index in chosen])
        whole = interval(metrics[total])
        if found is None or whole is None or len(chosen) < 2:
            continue
        exact = sum((metrics[index].value or Decimal(0) for index in chosen), Decimal(0))
        if found.meets(whole):
            if _is_exact(metrics[total]) and all(_is_exact(metrics[index]) for index in chosen):
                yield adds_up("parts_total", metrics, total, chosen)
            return
        if is_complete:
            yield misses("parts_total", metrics, total, chosen, exact)
            return


def _ways(metrics: Sequence[Metric], parts: Sequence[int]) -> Iterator[tuple[list[int], bool]]:
    """The parts that may add up to their total, and whether they have to: the kinds of a split, and all of them."""
    for split in splits():
        members = [[index for index in parts if _says(metrics[index], words)] for words in split]
        if all(len(found) == 1 for found in members) and len({found[0] for found in members}) == len(split):
            chosen = sorted(found[0] for found in members)
            # a third kind beside 续建 and 新建 means that those two were not all
            yield chosen, len(chosen) == len(parts)
            break
    yield list(parts), False


def _kinds(metrics: Sequence[Metric]) -> Iterator[Check]:
    """产业类…总投资80.26亿元；基础设施类…30.66亿元: kinds that nothing but their sum ties to a total before them."""
    for split in splits():
        members = [[i for i, m in enumerate(metrics) if _is_amount(m) and _says(m, words)] for words in split]
        for first in members[0]:
            chosen = [first]
            for later in members[1:]:
                same = [i for i in later if i > chosen[-1] and _same_measure(metrics[i], metrics[first])]
                chosen += same[:1]
            if len(chosen) < len(split) or any(metrics[index].part_of is not None for index in chosen):
                continue
            total = _total_before(metrics, first, split)
            if total is None or metrics[chosen[-1]].start - metrics[total].end > 2 * _REACH:
                continue
            whole = metrics[total].value or Decimal(0)
            exact = sum((metrics[index].value or Decimal(0) for index in chosen), Decimal(0))
            found, stated = added([metrics[index] for index in chosen]), interval(metrics[total])
            if found and stated and not found.meets(stated) and abs(exact - whole) <= NEAR * whole:
                yield misses("parts_total", metrics, total, chosen, exact)


def _total_before(metrics: Sequence[Metric], first: int, split: Sequence[Sequence[str]]) -> int | None:
    for index in range(first - 1, -1, -1):
        metric = metrics[index]
        if _same_measure(metric, metrics[first]):
            is_kind = any(_says(metric, words) for words in split)
            return None if is_kind or _digits(metric) < _PROVING_DIGITS or metric.part_of is not None else index
    return None


def _same_measure(one: Metric, other: Metric) -> bool:
    return (
        _is_amount(one)
        and one.qualifier == "exact"
        and (one.unit, one.indicator, one.status) == (other.unit, other.indicator, other.status)
    )


def _says(metric: Metric, words: Sequence[str]) -> bool:
    name = f"{metric.subject or ''}{metric.indicator}"
    return any(word in name for word in words)


def _remainders(metrics: Sequence[Metric], parts: Mapping[int, Sequence[int]]) -> Iterator[Check]:
    """在库12个，总投资26.47亿元…新落地7个，总签约6.88亿元: the groups that a text sets beside a part fill up its total.

    Where the total is long enough a sum that comes out proves that they do, and then their other measure has to come
    out as well; where the other measure misses narrowly, one of the numbers is wrong.
    """
    for total, indices in parts.items():
        if len(indices) != 1:
            continue
        part = indices[0]
        for rest in _following(metrics, total, part):
            pairs = [_partner(metrics, index) for index in (total, part, rest)]
            proven = _fills(metrics, total, part, rest) and _digits(metrics[total]) >= _PROVING_DIGITS
            if proven:
                yield adds_up("parts_total", metrics, total, (part, rest))
            if None in pairs or len(set(pairs)) < len(pairs):
                continue
            other_total, other_part, other_rest = (index for index in pairs if index is not None)
            if metrics[other_part].part_of != other_total:
                continue
            if not proven and not (_fills(metrics, total, part, rest) and metrics[total].unit == "count"):
                continue
            yield from _parallel(metrics, (total, part, rest), (other_total, other_part, other_rest), is_proven=proven)


def _parallel(
    metrics: Sequence[Metric], one: tuple[int, int, int], other: tuple[int, int, int], *, is_proven: bool
) -> Iterator[Check]:
    total, part, rest = other
    if _fills(metrics, *other):
        if is_proven:
            yield adds_up("parallel_total", metrics, total, (part, rest))
        return
    exact = (metrics[part].value or Decimal(0)) + (metrics[rest].value or Decimal(0))
    whole = metrics[total].value or Decimal(0)
    if not is_proven and abs(exact - whole) > NEAR * whole:
        return
    added = plain(exact, metrics[total])
    yield failed(
        "parallel_total",
        (
            (
                f"{listed(metrics[one[1]], metrics[one[2]])}之和是{listed(metrics[one[0]])}，与之并列的"
                f"{listed(metrics[part], metrics[rest])}之和却是{added}，不是{listed(metrics[total])}。"
            ),
            (
                f"{quoted(metrics[one[1]], metrics[one[2]])} add up to {quoted(metrics[one[0]])}, but the numbers "
                f"beside them, {quoted(metrics[part], metrics[rest])}, add up to {added} and not to "
                f"{quoted(metrics[total])}."
            ),
        ),
        metrics[total].quote,
        added,
        (*other, *one),
    )


def _following(metrics: Sequence[Metric], total: int, part: int) -> Iterator[int]:
    """The quantities after a part that may be the rest of its total: of its unit, near, and no part of anything."""
    for index in range(part + 1, len(metrics)):
        metric = metrics[index]
        if metric.start - metrics[part].end > _REACH:
            return
        if metric.unit == metrics[total].unit and _is_amount(metric) and metric.part_of is None:
            yield index


def _fills(metrics: Sequence[Metric], total: int, part: int, rest: int) -> bool:
    if not all(_is_exact(metrics[index]) and _is_amount(metrics[index]) for index in (total, part, rest)):
        return False
    # what nothing but the sum proves has to come out to the last digit
    values = (metrics[total].value, metrics[part].value, metrics[rest].value)
    return None not in values and values[0] == (values[1] or Decimal(0)) + (values[2] or Decimal(0))


def _partner(metrics: Sequence[Metric], index: int) -> int | None:
    """The other measure of a group: the money right after a number of projects, the number right before money."""
    step = 1 if metrics[index].unit == "count" else -1
    other = index + step
    if not 0 <= other < len(metrics) or metrics[other].sentence != metrics[index].sentence:
        return None
    if not _is_amount(metrics[other]) or {metrics[index].unit, metrics[other].unit} != {"count", "CNY"}:
        return None
    return other


def _listed(metrics: Sequence[Metric]) -> Iterator[Check]:
    """出口合计77.8亿元，对东盟、欧盟、美国分别为38.6、21.3、17.9亿元: the list has to give the sum stated before it."""
    for total, metric in enumerate(metrics):
        before = metric.sentence[: metric.sentence.find(metric.quote)]
        if not _is_amount(metric) or metric.sentence.count(metric.quote) != 1 or not _SUMMED.search(before[-8:]):
            continue
        behind = metric.sentence[len(before) + len(metric.quote) :]
        if not _LISTED.search(behind[:30]):
            continue
        members = [
            index
            for index in range(total + 1, len(metrics))
            if metrics[index].sentence == metric.sentence
            and metrics[index].unit == metric.unit
            and _is_amount(metrics[index])
            and _of_one_kind(metrics[index], metric)
        ]
        if all(metrics[index].part_of == total for index in members):
            continue  # a stated split: _parts has added it up
        found, whole = added([metrics[index] for index in members]), interval(metric)
        if len(members) < 2 or found is None or whole is None:
            continue
        exact = sum((metrics[index].value or Decimal(0) for index in members), Decimal(0))
        if found.meets(whole):
            yield adds_up("listed_total", metrics, total, members)
        else:
            yield misses("listed_total", metrics, total, members, exact)


def _of_one_kind(one: Metric, other: Metric) -> bool:
    """Whether two numbers measure the same: by name, or, in a count, by code and measure word (企业46家, 规上12家)."""
    if one.indicator == other.indicator:
        return True
    code = one.indicator_code
    return (
        one.unit == "count" and code is not None and (code, one.classifier) == (other.indicator_code, other.classifier)
    )


def misses(
    rule: str,
    metrics: Sequence[Metric],
    total: int,
    parts: Sequence[int],
    exact: Decimal,
    called: tuple[str, str] = ("总数", "total"),
) -> Check:
    """A finding of parts that add up to `exact`, and not to what the text calls their total."""
    members = [metrics[index] for index in parts]
    together = plain(exact, metrics[total])
    zh, en = called
    return failed(
        rule,
        (
            f"{listed(*members)}之和是{together}，文中{zh}是{listed(metrics[total])}。",
            f"{quoted(*members)} add up to {together}, and the {en} is stated as {quoted(metrics[total])}.",
        ),
        metrics[total].quote,
        together,
        (total, *parts),
    )


def adds_up(rule: str, metrics: Sequence[Metric], total: int, parts: Sequence[int]) -> Check:
    """A finding of parts that add up to their total: 3个 + 12个 = 15个."""
    sentence = f"{' + '.join(metrics[index].quote for index in parts)} = {metrics[total].quote}"
    return passed(rule, sentence, (total, *parts), metrics[total].quote)


def added(metrics: Sequence[Metric]) -> Interval | None:
    """What the numbers can add up to; None where nobody can say of one of them."""
    together = Interval(Decimal(0), Decimal(0))
    for metric in metrics:
        one = interval(metric)
        if one is None:
            return None
        together += one
    return together


def _is_exact(metric: Metric) -> bool:
    return metric.qualifier == "exact"


def _digits(metric: Metric) -> int:
    return len(re.sub(r"\D", "", metric.raw_value).lstrip("0"))
