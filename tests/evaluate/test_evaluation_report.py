"""The report: every figure of every folder, all folders together, floors and disagreements."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tasks.evaluate.figures import OVERLAPS, SHARES
from tasks.evaluate.gold import Gold
from tasks.evaluate.report import report
from tasks.evaluate.rows import ArticleRow, MetricRow
from tasks.evaluate.score import Evaluation, score

Perfect = Callable[[Gold], tuple[list[ArticleRow], list[MetricRow]]]


@pytest.fixture
def flawed(small_gold: Gold, perfect: Perfect) -> Evaluation:
    """An evaluation with a wrong kind, a missed metric and a floor that is not reached."""
    articles, metrics = perfect(small_gold)
    metrics[0] = replace(metrics[0], kind="delta")
    return score(replace(small_gold, floors={"kind": 1.0, "body": 0.9}), articles, metrics[:-1])


def test_every_figure_has_its_line(flawed: Evaluation) -> None:
    lines = report([flawed]).splitlines()
    assert lines[0] == flawed.name
    asked = [name for name in SHARES if name not in ("masthead", "kinds")]  # questions of richer gold folders
    for name in (*OVERLAPS, *asked):
        assert any(line.startswith(f"  {name} ") for line in lines)
    assert [line.split() for line in lines if line.startswith("  detection")] == [
        ["detection", "1.0000", "0.9000", "0.9474", "9", "10", "9"]
    ]
    assert [line.split() for line in lines if line.startswith("  kind")] == [["kind", "0.8889", "8", "9"]]


def test_a_figure_below_its_floor_is_named_always_and_disagreements_when_asked_for(flawed: Evaluation) -> None:
    below = "  below its floor: kind 0.8889, floor 1.0000"
    disagreements = ["  article 1 19个: kind delta, gold level", "  article 2 近700批次: missed"]
    assert report([flawed]).splitlines()[-1] == below
    assert report([flawed], verbose=True).splitlines()[-3:] == [below, *disagreements]


def test_a_figure_that_could_not_be_measured_is_below_its_floor(small_gold: Gold) -> None:
    nothing = score(replace(small_gold, floors={"value": 0.5}), [], [])
    assert report([nothing]).splitlines()[-1] == "  below its floor: value not measured, floor 0.5000"


def test_several_folders_are_also_pooled(small_gold: Gold, perfect: Perfect, flawed: Evaluation) -> None:
    blocks = report([flawed, score(small_gold, *perfect(small_gold))]).split("\n\n")
    assert [block.splitlines()[0] for block in blocks] == [flawed.name, flawed.name, "all 2 folders"]
    assert ["detection", "1.0000", "0.9500", "0.9744", "19", "20", "19"] in [
        line.split() for line in blocks[2].splitlines()
    ]
