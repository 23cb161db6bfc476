"""Scans of pages: recognised without a network, each line with its confidence, and low confidence kept to the metric."""

from pathlib import Path

import numpy as np
import pypdfium2
import pytest

from tasks.evaluate.run import evaluate_gold
from tasks.read.document import read_document
from tasks.read.recognition import straightened
from tasks.records import Fetched
from tests.support.newspaper import as_gold, masthead_of, printed, sheet, source_of
from tests.support.scans import scanned
from tests.support.typeset.stories import stories

GOLD = Path(__file__).parents[1] / "gold"
LINE = "其中，制造业项目9个，总投资47.3亿元；生产性服务业项目3个，总投资10.6亿元。"
SHEET = '#set page(width: 320pt, height: 90pt, margin: 20pt)\n#set text(font: "Noto Serif CJK SC", size: 11pt)\n'


@pytest.mark.parametrize(("name", "seed"), [("open-5", 9), ("open-13", 4)])
def test_the_metrics_of_a_scanned_issue_are_found(name, seed, tmp_path):
    folder = GOLD / name
    scan = scanned(printed(source_of(stories(folder), sheet(seed), masthead_of(folder))))
    figures = evaluate_gold(as_gold(folder, tmp_path / "gold", scan), tmp_path / "workspace").figures.values()
    assert figures["detection f1"] >= 0.93


@pytest.mark.parametrize("kind", ["pdf", "tiff"])
def test_what_a_picture_says_has_its_place_and_confidence(kind, tmp_path):
    scan = scanned(printed(SHEET + LINE), degrees=0.2, noise=3.0)
    if kind != "pdf":
        (page,) = pictures_of(scan)
        page.save(tmp_path / "raw", kind.upper())
    else:
        (tmp_path / "raw").write_bytes(scan)
    document = read_document(Fetched("file:///inbox", f"第3期.{kind}", "ab" * 32, 1, "raw"), tmp_path)
    assert document.media_type == ("application/pdf" if kind == "pdf" else f"image/{kind}")
    assert document.encoding is None
    (lines,) = document.pages
    assert "".join(line.text for line in lines) == LINE
    for line in lines:
        assert line.look is not None
        assert 0.8 < line.look.confidence <= 1
        assert len(line.look.edges) == len(line.text) + 1


def test_lines_of_a_crooked_page_are_turned_straight():
    turned = straightened(np.array([[[0, 0], [100, 2], [100, 12], [0, 10]]], dtype=float))
    assert abs(turned[0, 0, 1] - turned[0, 1, 1]) < 0.01


def pictures_of(pdf: bytes) -> list:
    return [page.render(scale=200 / 72).to_pil() for page in pypdfium2.PdfDocument(pdf)]
