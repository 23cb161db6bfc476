"""A body cut into the pieces that a page shows: plain text, and text that metrics stand on."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from tasks.report.records import Metric, Paragraph


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a paragraph; `metrics` are those that it is part of the quote of, `begins` those that begin in it."""

    text: str
    metrics: tuple[Metric, ...]
    begins: tuple[Metric, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph in pieces; together they are its text, character by character."""

    kind: str
    segments: tuple[Segment, ...]


def blocks(body: str, paragraphs: Iterable[Paragraph], metrics: Iterable[Metric]) -> tuple[Block, ...]:
    """The paragraphs of a body with its metrics marked; quotes may touch, overlap or be the same."""
    marked = tuple(metrics)
    return tuple(Block(p.kind, _segments(body, p.span_start, p.span_end, marked)) for p in paragraphs)


def _segments(body: str, start: int, end: int, metrics: tuple[Metric, ...]) -> tuple[Segment, ...]:
    inside = [m for m in metrics if m.span_start < end and m.span_end > start]
    cuts = {start, end, *(min(max(at, start), end) for m in inside for at in (m.span_start, m.span_end))}
    segments = []
    for left, right in pairwise(sorted(cuts)):
        on_it = tuple(m for m in inside if m.span_start < right and m.span_end > left)
        begins = tuple(m for m in on_it if max(m.span_start, start) == left)
        segments.append(Segment(body[left:right], on_it, begins))
    return tuple(segments)
