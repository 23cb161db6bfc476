"""Searching only where a match can begin or end: the same matches as searching everywhere."""

import re
from importlib.resources import files

import pytest
import yaml
from hypothesis import given, settings

from tasks.extract.dates import time_finder
from tasks.extract.grammar import quantity_finder
from tasks.extract.lexicons import lexicons
from tasks.extract.phrases import _leading, _per_each, _times, _trailing, _verbs
from tasks.extract.scan import WHOLE, Finder, Sieve, finder, head, starts_of, tail
from tasks.extract.status import _scoped
from tests.extract.test_extract_laws import TEXTS

_RULES = lexicons()
_FINDERS = {
    "titles": _RULES.titles,
    "quantities": quantity_finder(_RULES),
    "times": time_finder(_RULES),
    "status": _scoped(_RULES),
}
_LAWS = settings(deadline=None, max_examples=60)


@pytest.mark.parametrize("name", _FINDERS)
@_LAWS
@given(TEXTS)
def test_a_finder_finds_what_a_search_everywhere_finds(name: str, text: str) -> None:
    found = _FINDERS[name]
    everywhere = [match.span() for match in found.pattern.finditer(text) if match[0]]
    assert [match.span() for match in found.all(text)] == everywhere


@_LAWS
@given(TEXTS)
def test_a_sieve_finds_what_a_search_for_each_sort_finds(text: str) -> None:
    patterns = yaml.safe_load(files("tasks.extract").joinpath("lexicon/claims.yml").read_text(encoding="utf-8"))
    found = list(Sieve(patterns).all(text))
    for sort, some in patterns.items():
        everywhere = re.compile(f"{WHOLE}(?:{'|'.join(f'(?:{pattern})' for pattern in some)})")
        assert [(at, end) for of, at, end in found if of == sort] == [
            match.span() for match in everywhere.finditer(text) if match[0]
        ]


@_LAWS
@given(TEXTS)
def test_a_head_and_a_tail_cut_what_an_anchored_pattern_cuts(text: str) -> None:
    for cut in (_leading(_RULES), _verbs(_RULES), _times(_RULES)):
        assert cut.cut(text) == re.sub(rf"\A(?:{cut.pattern.pattern})", "", text)
    for cut in (_trailing(_RULES), _per_each(_RULES)):
        assert cut.cut(text) == cut.pattern.sub("", text, count=1)


@pytest.mark.parametrize(
    ("pattern", "starts"),
    [
        ("(?:近|约)?[0-3]+", "近约0123"),
        (r"(?<!\d)\d+[强号]", "059"),
        ("(?:a*|b)c|(?=x)d", "abcd"),
        ("(?:《|“)?f|$", "《“f"),
    ],
)
def test_the_characters_that_a_match_can_begin_with(pattern: str, starts: str) -> None:
    allowed = starts_of([pattern])
    for character in "近约0123459强号abcdefx《“。中":
        assert bool(allowed.match(character)) == (character in starts or (character.isdigit() and "059" in starts))


@pytest.mark.parametrize("pattern", ["[^，]中", ".中", r"(a)\1|\w", r"\s?x"])
def test_a_pattern_that_can_begin_with_anything_is_tried_everywhere(pattern: str) -> None:
    assert starts_of([pattern]).match("。")


def test_part_of_a_text_is_searched_as_if_it_ended_there() -> None:
    years = finder(r"\d{4}年(?!底)")
    assert [match.span() for match in years.all("2021年2022年底", 2, 10)] == [(5, 10)]
    assert isinstance(years, Finder)
    assert head("的").cut("") == tail("的").cut("") == ""
