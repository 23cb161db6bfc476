"""The questions that a gold article and a gold metric ask of the row that stands for them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from tasks.evaluate.align import bare
from tasks.evaluate.gold import AS_OF, GoldArticle, GoldMasthead, GoldMetric
from tasks.evaluate.rows import ArticleRow, IssueRow, MetricRow, Number, same_number
from tasks.evaluate.zones import is_zone
from tasks.records import ParagraphKind

STRICT: Final = frozenset({"value", "kind", "about", "status", "zone", "period"})
"""A metric counts as strictly right when every question among these that was asked is answered right."""

_SAME_BODY: Final = 0.995
"""Bodies at least this similar are the same; less is a lost or a foreign sentence."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One answer: the figure that it counts for, whether it is right, and what was given against what the gold says."""

    figure: str
    right: bool
    given: str
    gold: str


def judge_article(wanted: GoldArticle, row: ArticleRow, similarity: float) -> Iterator[Verdict]:
    """The answers about an article as a whole; `similarity` is that of the bodies."""
    headline, given = bare("".join(wanted.headline)), bare(row.headline)
    yield Verdict("headline", headline == given, repr(given), repr(headline))
    yield Verdict("author", bare(wanted.author) == bare(row.author), repr(row.author), repr(wanted.author))
    if wanted.event_date:
        yield Verdict("event_date", row.event_date == wanted.event_date, row.event_date or "none", wanted.event_date)
    if wanted.zone:
        yield Verdict("article zone", is_zone(row.zone, wanted.zone), repr(row.zone), _any_of(wanted.zone))
    if wanted.kinds is not None and row.kinds is not None:
        yield from _judge_kinds(wanted, row, wanted.kinds, row.kinds)
    yield Verdict("body", similarity >= _SAME_BODY, f"similarity {similarity:.4f}", f"at least {_SAME_BODY}")


def judge_masthead(wanted: GoldMasthead, row: IssueRow) -> Iterator[Verdict]:
    """The answers about what the issue says of itself, a question for each field."""
    for name in ("title", "number", "publisher"):
        given, gold = getattr(row, name), getattr(wanted, name)
        yield Verdict("masthead", bare(given) == bare(gold), f"{name} {given!r}", repr(gold))
    day = wanted.issue_date or ""
    yield Verdict("masthead", row.issue_date == day, f"date {row.issue_date or 'none'}", day or "none")


def _judge_kinds(
    wanted: GoldArticle, row: ArticleRow, kinds: tuple[ParagraphKind, ...], given: tuple[str, ...]
) -> Iterator[Verdict]:
    """A question for each paragraph of the gold: whether it was found, and is of that kind."""
    found = {bare(text): kind for text, kind in zip(row.body.split("\n"), given, strict=True)}
    for text, kind in zip(wanted.paragraphs, kinds, strict=True):
        is_kind = found.get(bare(text), "not found")
        yield Verdict("kinds", is_kind == kind, f"{is_kind} {text[:12]}", kind)


def judge_metric(wanted: GoldMetric, row: MetricRow, total: MetricRow | None) -> Iterator[Verdict]:
    """The answers about one metric; `total` is the row that the metric's row says it is a part of."""
    yield from _judge_quantity(wanted, row)
    yield from _judge_meaning(wanted, row)
    if wanted.period:
        given = f"{row.period_start or 'none'}..{row.period_end or 'none'}"
        yield Verdict("period", _in_period(row, wanted.period), given, "..".join(wanted.period))
    if wanted.part_of:
        same = total is not None and _one_in_other(bare(wanted.part_of), bare(total.quote))
        yield Verdict("part_of", same, repr(total.quote if total else None), repr(wanted.part_of))


def _judge_quantity(wanted: GoldMetric, row: MetricRow) -> Iterator[Verdict]:
    bounded = same_number(row.value_low, wanted.low) and same_number(row.value_high, wanted.high)
    same = same_number(row.value, wanted.value) and row.unit == wanted.unit and (wanted.value is not None or bounded)
    given_bounds = f"[{_shown(row.value_low)}, {_shown(row.value_high)}]"
    gold_bounds = f"[{_shown(wanted.low)}, {_shown(wanted.high)}]"
    yield Verdict(
        "value",
        same,
        f"{_shown(row.value)} {given_bounds} {row.unit}",
        f"{_shown(wanted.value)} {gold_bounds} {wanted.unit}",
    )
    yield Verdict("bounds", bounded, given_bounds, gold_bounds)
    yield _judge_choice("qualifier", row.qualifier, wanted.qualifier)
    yield Verdict("per", bare(row.per) == bare(wanted.per), str(row.per), str(wanted.per))


def _judge_meaning(wanted: GoldMetric, row: MetricRow) -> Iterator[Verdict]:
    yield _judge_choice("kind", row.kind, wanted.kind)
    if wanted.basis:
        yield _judge_choice("basis", row.basis, wanted.basis)
    text = bare((row.subject or "") + (row.indicator or ""))
    named = all(any(bare(name) in text for name in group) for group in wanted.about)
    yield Verdict("about", named, repr(text), " and ".join(map(_any_of, wanted.about)))
    if wanted.code:
        yield _judge_choice("code", row.indicator_code, wanted.code)
    yield _judge_choice("status", row.status, wanted.status)
    if wanted.zone:
        yield Verdict("zone", is_zone(row.zone, wanted.zone), repr(row.zone), _any_of(wanted.zone))


def _judge_choice(figure: str, given: str | None, accepted: tuple[str | None, ...]) -> Verdict:
    return Verdict(figure, given in accepted, str(given), _any_of(accepted))


def _in_period(row: MetricRow, period: tuple[str, str]) -> bool:
    start, end = period
    if end == AS_OF:
        ends = row.period_end[:4] == start[:4] and row.period_end > row.period_start
    else:
        ends = row.period_end == end
    return row.period_start == start and ends


def _one_in_other(one: str, other: str) -> bool:
    return one in other or other in one


def _shown(number: Number) -> str:
    return "none" if number is None or number == "" else f"{float(number):.15g}"


def _any_of(names: Iterable[str | None]) -> str:
    return " or ".join(str(name) for name in names)
