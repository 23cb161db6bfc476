"""When a text is a correction of a published issue, and when it is an issue of its own."""

from datetime import date

import pytest

from tasks.load.identity import (
    SKETCH_SIZE,
    Published,
    Text,
    common_share,
    corrected_issue,
    sketch,
)
from tests.support.bulletins import bulletin

JULY, AUGUST = date(2023, 7, 31), date(2023, 8, 31)


def published(text: str, file_name: str = "a.txt", day: date | None = JULY) -> Published:
    pages = frozenset({"sha-1"})
    return Published("first", 1, frozenset({file_name}), day, sketch([text]), pages, pages)


def new(text: str, file_name: str = "a.txt", day: date | None = JULY, sha256: str = "sha-2") -> Text:
    return Text(sha256, frozenset({file_name}), day, sketch([text]), frozenset({sha256}), is_named=False)


def mixed(share: float) -> str:
    """The bulletin of seed 1 with only a share of it left, the rest another one."""
    one, other = bulletin(1, articles=20), bulletin(2, articles=20)
    cut = int(len(one) * share)
    return one[:cut] + other[cut:]


@pytest.mark.parametrize(("share", "expected"), [(1.0, 1.0), (0.8, 0.8), (0.5, 0.5), (0.2, 0.2), (0.0, 0.0)])
def test_the_sketch_estimates_the_common_share(share: float, expected: float) -> None:
    estimate = common_share(sketch([bulletin(1, articles=20)]), sketch([mixed(share)]))
    assert estimate == pytest.approx(expected, abs=0.13)


def test_whitespace_does_not_count() -> None:
    assert sketch(["开发区项目建设产业园投资"]) == sketch(["开发区 项目建\n设产业园投资"])


def test_a_sketch_is_bounded_and_an_empty_text_is_like_nothing() -> None:
    assert len(sketch([bulletin(1, articles=50)])) == SKETCH_SIZE
    assert common_share((), ()) == 0.0


@pytest.mark.parametrize(
    ("text", "is_correction"),
    [
        (new(mixed(0.9)), True),
        (new(mixed(0.2)), False),
        (new(mixed(0.9), file_name="b.txt"), False),
        (new(mixed(0.9), day=AUGUST), False),
        (new(mixed(0.9), day=None), True),
        (new(mixed(0.0), sha256="sha-1"), True),
    ],
    ids=["mostly the same", "mostly other", "other name", "other month", "no date", "an earlier revision's bytes"],
)
def test_which_text_is_a_correction(text: Text, *, is_correction: bool) -> None:
    issue = published(bulletin(1, articles=20))
    assert corrected_issue(text, [issue]) is (issue if is_correction else None)


def test_the_best_match_wins() -> None:
    good, better = published(mixed(0.7)), published(mixed(0.95))
    text = new(bulletin(1, articles=20))
    assert corrected_issue(text, [good, better]) is better
    assert corrected_issue(text, [better, good]) is better
