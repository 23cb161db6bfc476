"""The benchmark's own reckoning; the figures themselves are printed by `make bench` and asserted nowhere."""

import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.detection import OURS, detection
from benchmarks.growth import SHAPES, growths
from benchmarks.peers import PLAIN, Found, installed_peers
from benchmarks.speed import peer_rates
from benchmarks.texts import documents_of, length_of
from benchmarks.unread import unread_in
from tasks.evaluate.run import evaluate_gold

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests/gold/shanxi-2023"


def test_the_texts_of_a_folder_are_those_that_hold_an_article(tmp_path: Path) -> None:
    sample = (SAMPLE / "shanxi-2023.txt").read_text(encoding="utf-8")
    (tmp_path / "a").mkdir()
    (tmp_path / "a/issue.md").write_text(sample, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("目录\n", encoding="utf-8")
    (tmp_path / "README.md").write_text(sample, encoding="utf-8")
    documents = documents_of(tmp_path)
    assert [document.file.file_name for document in documents] == ["issue.txt"]
    assert length_of(documents) == len(sample.replace("\n", ""))


def test_a_peer_is_timed_on_the_paragraphs_that_cleaning_leaves() -> None:
    given: list[str] = []

    def peer(paragraphs):
        given.extend(paragraphs)
        return Found(2.0, [[] for _ in paragraphs])

    ours, theirs = peer_rates(documents_of(SAMPLE), {"peer": peer})
    assert theirs.characters == sum(map(len, given)) > 0
    assert theirs.per_second == theirs.characters / 2
    assert ours.per_second > 0


def test_every_shape_is_measured_in_both_stages() -> None:
    found = [(growth.shape, growth.stage) for growth in growths(200)]
    assert found == [(shape, stage) for shape in SHAPES for stage in ("cleaning", "extraction")]


def test_detection_is_that_of_the_evaluation(tmp_path: Path) -> None:
    peers, _ = installed_peers()
    parts = dict(detection({PLAIN: peers[PLAIN]}))
    assert "held-out" in parts
    assert not any(part.startswith("held-") and part != "held-out" for part in parts)
    assert parts["shanxi-2023"][OURS] == evaluate_gold(SAMPLE, tmp_path).figures.overlaps["detection"]
    assert 0.5 < parts["all"][PLAIN].f1 < parts["all"][OURS].f1


@pytest.mark.parametrize(("folder", "told"), [("nowhere", "is no folder"), ("", "holds no text file")])
def test_a_folder_without_texts_is_named(tmp_path: Path, folder: str, told: str) -> None:
    command = [sys.executable, "-m", "benchmarks", str(tmp_path / folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert told in done.stderr
    assert str(tmp_path) in done.stderr


def test_numbers_that_nothing_explains_are_counted_among_all(tmp_path: Path) -> None:
    (tmp_path / "issue.txt").write_text("长治高新区动态\n\n园区完成投资3亿元，编码为8842。\n", encoding="utf-8")
    left = unread_in(documents_of(tmp_path))
    assert (left.numbers, left.metrics, left.unread, left.in_ten_thousand) == (2, 1, 1, 5000)
