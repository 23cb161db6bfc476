"""A body in pieces: nothing of the text is lost, and every metric begins once and covers exactly its quote."""

from hypothesis import given
from hypothesis import strategies as st

from tasks.report.records import Paragraph
from tasks.report.segments import blocks
from tests.report.conftest import metric


@st.composite
def marked_bodies(draw):
    parts = draw(st.lists(st.text("一二12<&", min_size=1, max_size=12), min_size=1, max_size=4))
    body = "\n".join(parts)
    paragraphs, at = [], 0
    for part in parts:
        paragraphs.append(Paragraph("i-01", "text", at, at + len(part)))
        at += len(part) + 1
    spans = draw(st.lists(st.tuples(st.integers(0, len(body) - 1), st.integers(1, 6)), max_size=6))
    metrics = [
        metric(number, body, start, min(start + length, len(body))) for number, (start, length) in enumerate(spans)
    ]
    return body, paragraphs, metrics


@given(marked_bodies())
def test_the_pieces_are_the_text_and_each_metric_covers_its_quote(case):
    body, paragraphs, metrics = case
    made = blocks(body, paragraphs, metrics)
    texts = ["".join(segment.text for segment in block.segments) for block in made]
    assert "\n".join(texts) == body
    for one in metrics:
        covered = "".join(segment.text for block in made for segment in block.segments if one in segment.metrics)
        assert covered == one.quote.replace("\n", "")


@given(marked_bodies())
def test_a_metric_begins_in_one_piece_of_each_paragraph_that_it_stands_in(case):
    body, paragraphs, metrics = case
    for paragraph, block in zip(paragraphs, blocks(body, paragraphs, metrics), strict=True):
        for one in metrics:
            inside = one.span_start < paragraph.span_end and one.span_end > paragraph.span_start
            assert sum(one in segment.begins for segment in block.segments) == inside
