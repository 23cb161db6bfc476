"""Floors: which figures are below theirs, and what a floors.yml may hold."""

from pathlib import Path

import pytest

from tasks.errors import UsageError
from tasks.evaluate.figures import OVERLAPS, Figures, Overlap, Share
from tasks.evaluate.floors import Shortfall, read_floors, shortfalls

FIGURES = Figures(dict.fromkeys(OVERLAPS, Overlap(3, 4, 6)), {"body": Share(1, 2)})


def test_a_figure_at_its_floor_is_high_enough() -> None:
    assert shortfalls(FIGURES, {"detection recall": 0.75, "body": 0.5}) == ()


def test_a_figure_below_its_floor_is_reported_with_what_it_reached() -> None:
    short = shortfalls(FIGURES, {"strict precision": 0.51, "body": 0.4, "detection recall": 0.8})
    assert short == (Shortfall("strict precision", 0.51, 0.5), Shortfall("detection recall", 0.8, 0.75))


def test_a_figure_that_was_not_measured_is_below_any_floor() -> None:
    assert shortfalls(FIGURES, {"period": 0.0}) == (Shortfall("period", 0.0, None),)


def test_floors_are_read_in_their_order(tmp_path: Path) -> None:
    assert list(_read(tmp_path, "# measured 2024-05\nstrict f1: .5\nbody: 1\n").items()) == [
        ("strict f1", 0.5),
        ("body", 1.0),
    ]


def test_no_file_is_no_floor(tmp_path: Path) -> None:
    assert read_floors(tmp_path / "floors.yml") == {}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("body: 1\nrecall: 0.9\n", "floors.yml, line 2: 'recall' is no figure. Name one of: segmentation precision, "),
        ("body: 1\nbody: 0.9\n", "floors.yml, line 2: 'body' has a floor already."),
        ("body: 90\n", "floors.yml, line 1: a floor is a number from 0 to 1."),
        ("body: -0.1\n", "floors.yml, line 1: a floor is a number from 0 to 1."),
        ("body: nan\n", "floors.yml, line 1: a floor is a number from 0 to 1."),
        ("body: high\n", "floors.yml, line 1: a floor is a number from 0 to 1."),
        ("body: [0.9]\n", "floors.yml, line 1: a floor is a number from 0 to 1."),
        ("body:\n", "floors.yml, line 1: a floor is a number from 0 to 1."),
        ("", "floors.yml: no floors in it."),
        ("- body\n", "floors.yml: no floors in it."),
        ("body: [1\n", "floors.yml cannot be read"),
    ],
)
def test_faulty_floors_are_refused(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(UsageError) as error:
        _read(tmp_path, text)
    assert fault in str(error.value)


def test_floors_in_a_file_of_another_name_are_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "floors.yaml").write_text("body: 1", encoding="utf-8")
    with pytest.raises(UsageError, match=r"floors stand in floors\.yml alone\. Move those of floors\.yaml there\."):
        read_floors(tmp_path / "floors.yml")


def _read(folder: Path, text: str) -> dict[str, float]:
    (folder / "floors.yml").write_text(text, encoding="utf-8")
    return read_floors(folder / "floors.yml")
