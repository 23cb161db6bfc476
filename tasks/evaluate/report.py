"""Evaluations as text for people: a table of figures for each folder and for all, and what is behind the figures."""

from collections.abc import Iterator, Sequence

from tasks.evaluate.figures import MEASURES, Figures, pool
from tasks.evaluate.score import Evaluation

_NAME_WIDTH = 18


def report(evaluations: Sequence[Evaluation], *, verbose: bool = False) -> str:
    """The figures of every folder, and of all taken together if there are several; verbose adds every disagreement."""
    blocks = [_block(each.name, each.figures, *_remarks(each, verbose=verbose)) for each in evaluations]
    if len(evaluations) > 1:
        blocks.append(_block(f"all {len(evaluations)} folders", pool(each.figures for each in evaluations)))
    return "\n\n".join(blocks)


def _block(title: str, figures: Figures, *remarks: str) -> str:
    return "\n".join((title, *_overlap_lines(figures), *_share_lines(figures), *remarks))


def _overlap_lines(figures: Figures) -> Iterator[str]:
    yield f"  {'':{_NAME_WIDTH}}" + "".join(f"{measure:>10}" for measure in (*MEASURES, "hits", "gold", "given"))
    for name, overlap in figures.overlaps.items():
        rates = "".join(f"{rate:10.4f}" for rate in (overlap.precision, overlap.recall, overlap.f1))
        counts = "".join(f"{count:10}" for count in (overlap.hits, overlap.wanted, overlap.given))
        yield f"  {name:{_NAME_WIDTH}}{rates}{counts}"


def _share_lines(figures: Figures) -> Iterator[str]:
    yield f"  {'':{_NAME_WIDTH}}" + "".join(f"{head:>10}" for head in ("share", "", "", "right", "asked"))
    for name, share in figures.shares.items():
        yield f"  {name:{_NAME_WIDTH}}{share.rate:10.4f}{'':20}{share.right:10}{share.asked:10}"


def _remarks(evaluation: Evaluation, *, verbose: bool) -> Iterator[str]:
    for short in evaluation.shortfalls:
        reached = "not measured" if short.reached is None else f"{short.reached:.4f}"
        yield f"  below its floor: {short.figure} {reached}, floor {short.floor:.4f}"
    if verbose:
        yield from (f"  {line.where}: {line.what}" for line in evaluation.disagreements)
