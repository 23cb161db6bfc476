"""The box of a metric holds the number: what the PDF itself says stands in it."""

import re
from datetime import datetime
from pathlib import Path

import pypdfium2

from tasks.clean.issue import clean_issue
from tasks.extract.issue import read_issue
from tasks.load.boxes import lines_with_look, printed_at
from tasks.load.rows import issue_rows
from tasks.read.document import read_document
from tasks.records import Box, Document, Fetched, Line, Look, OffsetMap, Place
from tests.support.newspaper import masthead_of, printed, sheet, source_of
from tests.support.typeset.stories import stories

GOLD = Path(__file__).parents[1] / "gold"
FILE = Fetched("file:///inbox/page.pdf", "page.pdf", "ab" * 32, 1, "raw")


def test_the_digits_of_every_metric_stand_in_its_box(tmp_path):
    folder = GOLD / "open-4"
    pdf = printed(source_of(stories(folder), sheet(8), masthead_of(folder)))
    (tmp_path / "raw").write_bytes(pdf)
    read = read_issue(clean_issue((read_document(FILE, tmp_path),)))
    rows = issue_rows(read, "0123456789ab", 1, (1,), "run", datetime(2026, 1, 1))  # noqa: DTZ001
    pages = [(page, page.get_textpage()) for page in pypdfium2.PdfDocument(pdf)]
    assert len(rows["metrics"]) > 150
    for row in rows["metrics"]:
        page, text = pages[row["source_page"] - 1]
        boxes = row["source_box"]
        height = page.get_height()
        inside = "".join(
            text.get_text_bounded(left - 0.5, height - bottom, right + 0.5, height - top)
            for left, top, right, bottom in zip(*[iter(boxes)] * 4, strict=True)
        )
        for number in re.findall(r"\d+", row["quote"]):
            assert number in "".join(inside.split()), (row["quote"], inside)
        assert row["read_confidence"] is None
    assert all(row["source_box"] for row in rows["paragraphs"])


def test_a_stretch_over_two_lines_has_two_boxes_and_the_lower_confidence():
    def line(number: int, block: int, confidence: float) -> Line:
        box = Box(10, 10 * number, 30, 10 * number + 8)
        return Line(
            "甲乙", 1, number, Look(box, (10.0, 20.0, 30.0), 10, 1, False, 10, 30, block, confidence=confidence)
        )

    lines = lines_with_look((Document(FILE, "application/pdf", None, ((line(1, 0, 0.9), line(2, 0, 0.6)),)),))
    offsets = OffsetMap((0, 2), (Place(1, 1, 0), Place(1, 2, 0)))
    assert printed_at(lines, offsets, 1, 3, by_line=True) == ([20, 10, 30, 18, 10, 20, 20, 28], 0.6)
    assert printed_at(lines, offsets, 1, 3, by_line=False) == ([10, 10, 30, 28], 0.6)
    assert printed_at(lines, offsets, 0, 1, by_line=True) == ([10, 10, 20, 18], 0.9)
    assert printed_at({}, offsets, 0, 1, by_line=True) == (None, None)
