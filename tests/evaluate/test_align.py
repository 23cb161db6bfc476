"""Bare texts, the way back to the full text, and carrying a stretch from one text to the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.evaluate.align import align, bare, bare_text, breaks

TEXTS = st.text(alphabet='项目19个亿元 　\n\t，,（(“"「—-～~%％：:；;', max_size=40)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (None, ""),
        (" 一 二\n三　四 ", "一二三四"),
        ("(一),50％:甲;", "（一），50%：甲；"),
        ('“甲”「乙」"丙"『丁』', "“甲““乙““丙““丁“"),
        ("———综述", "-综述"),
        ("0.5～1.5元", "0.5-1.5元"),
        ("甲— —乙", "甲-乙"),
        ("甲~~乙", "甲--乙"),
    ],
)
def test_bare_drops_what_printing_decides(text: str | None, plain: str) -> None:
    assert bare(text) == plain


@given(TEXTS)
def test_bare_twice_is_bare_once(text: str) -> None:
    once = bare_text(text).text
    assert bare_text(once).text == once


@given(TEXTS)
def test_every_bare_character_knows_where_it_came_from(text: str) -> None:
    plain = bare_text(text)
    assert [bare(text[offset]) for offset in plain.offsets] == list(plain.text)
    assert list(plain.offsets) == sorted(set(plain.offsets))


def test_a_mixed_run_of_dashes_and_tildes_is_one_dash_of_a_body() -> None:
    assert bare_text("甲—~ -乙").text == "甲-乙"


@given(TEXTS.filter(bare), st.data())
def test_a_bare_stretch_leads_back_to_the_full_one(text: str, data: st.DataObject) -> None:
    plain = bare_text(text)
    start = data.draw(st.integers(0, len(plain.text) - 1))
    end = data.draw(st.integers(start + 1, len(plain.text)))
    first, last = plain.full((start, end))
    assert bare_text(text[first:last]).text == plain.text[start:end]


def test_breaks_are_the_bare_ends_of_all_paragraphs_but_the_last() -> None:
    assert breaks(["一 二", "三", "四五"]) == {2, 3}
    assert breaks(["一"]) == frozenset()


@given(st.text(alphabet="甲乙丙", min_size=1, max_size=20), st.data())
def test_in_equal_texts_every_stretch_stays_where_it_is(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    alignment = align(text, text)
    assert alignment.similarity == 1.0
    assert alignment.carry(start, end) == (start, end)


def test_a_stretch_is_carried_over_what_was_put_in_or_lost() -> None:
    alignment = align("在库项目19个总投资", "（一）在库项目19余个投资")
    assert alignment.carry(4, 7) == (7, 11)
    assert alignment.carry(7, 8) is None


def test_a_character_that_is_everywhere_in_a_long_text_is_aligned_like_any_other() -> None:
    text = "甲乙" * 200
    assert align(text, "丙" + text).carry(10, 20) == (11, 21)
