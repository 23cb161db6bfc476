"""Figures from counts, and pooling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.evaluate.figures import FIGURE_NAMES, OVERLAPS, Figures, Overlap, Share, pool

COUNTS = st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50)).map(
    lambda counts: Overlap(counts[0], counts[0] + counts[1], counts[0] + counts[2])
)
SHARES = st.tuples(st.integers(0, 20), st.integers(0, 20)).map(lambda counts: Share(counts[0], sum(counts)))
FIGURES = st.builds(
    Figures,
    st.fixed_dictionaries(dict.fromkeys(OVERLAPS, COUNTS)),
    st.dictionaries(st.sampled_from(["value", "code", "body"]), SHARES.filter(lambda share: share.asked)),
)


@pytest.mark.parametrize(
    ("overlap", "precision", "recall", "f1"),
    [
        (Overlap(3, 4, 6), 0.5, 0.75, 0.6),
        (Overlap(0, 4, 6), 0.0, 0.0, 0.0),
        (Overlap(0, 4, 0), 0.0, 0.0, 0.0),
        (Overlap(0, 0, 6), 0.0, 1.0, 0.0),
        (Overlap(0, 0, 0), 1.0, 1.0, 1.0),
    ],
)
def test_precision_recall_and_f1(overlap: Overlap, precision: float, recall: float, f1: float) -> None:
    assert (overlap.precision, overlap.recall) == (precision, recall)
    assert overlap.f1 == pytest.approx(f1)


def test_every_figure_has_the_name_that_a_floor_uses() -> None:
    figures = Figures(dict.fromkeys(OVERLAPS, Overlap(3, 4, 6)), {"body": Share(1, 2)})
    values = figures.values()
    assert values.keys() <= set(FIGURE_NAMES)
    assert values["detection recall"] == 0.75
    assert values["body"] == 0.5
    assert "value" not in values


def test_a_larger_folder_weighs_more() -> None:
    large = Figures(dict.fromkeys(OVERLAPS, Overlap(90, 100, 100)), {"value": Share(9, 10), "code": Share(1, 1)})
    small = Figures(dict.fromkeys(OVERLAPS, Overlap(0, 10, 10)), {"value": Share(0, 2)})
    both = pool([large, small])
    assert both.overlaps["strict"] == Overlap(90, 110, 110)
    assert both.shares == {"value": Share(9, 12), "code": Share(1, 1)}


@given(st.lists(FIGURES, min_size=1, max_size=4))
def test_pooling_keeps_every_figure_between_the_smallest_and_the_largest(parts: list[Figures]) -> None:
    pooled = pool(parts).values()
    for name in ("detection recall", "value"):
        values = [part.values()[name] for part in parts if name in part.values()]
        assert (name in pooled) == bool(values)
        if values:
            assert min(values) - 1e-9 <= pooled[name] <= max(values) + 1e-9


@given(FIGURES)
def test_one_folder_pooled_is_itself(figures: Figures) -> None:
    assert pool([figures]).values() == figures.values()
