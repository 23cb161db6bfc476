"""The first screen of the README shows what the program really does."""

from decimal import Decimal
from pathlib import Path

import pytest

from tasks.clean.issue import clean_issue
from tasks.extract.issue import read_issue
from tasks.read.document import read_document
from tasks.records import Fetched

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "tests/gold/shanxi-2023/shanxi-2023.txt"


@pytest.fixture(scope="module")
def rows():
    file = Fetched(SAMPLE.as_uri(), SAMPLE.name, "0" * 64, SAMPLE.stat().st_size, SAMPLE.name)
    issue = read_issue(clean_issue((read_document(file, SAMPLE.parent),)))
    return [
        (
            reading.article.offsets.place(metric.start).line,
            metric.zone.name if metric.zone else None,
            metric.subject,
            metric.indicator,
            metric.value,
            metric.unit,
            metric.quote,
            "" if metric.part_of is None else reading.metrics[metric.part_of].quote,
        )
        for reading in issue.readings
        for metric in reading.metrics
    ]


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_rows_of_the_first_screen_are_read_from_the_sample(readme, rows):
    lines = (ROOT / readme).read_text(encoding="utf-8").splitlines()
    shown = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| 46")]
    assert len(shown) == 4
    for line, *names, value, unit, quote, part_of in shown:
        assert (int(line), *names, Decimal(value), unit, quote, part_of) in rows


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_broken_sentence_of_the_first_screen_is_printed_in_the_sample(readme):
    shown = (ROOT / readme).read_text(encoding="utf-8").split("```text\n")[1].split("```")[0].strip()
    assert shown in SAMPLE.read_text(encoding="utf-8")
