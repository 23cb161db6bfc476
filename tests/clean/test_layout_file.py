"""A layout file with a slip in it is refused when it is loaded."""

from importlib.resources import files
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from tasks.clean.rules import _LayoutFile, layout


def _content() -> dict[str, Any]:
    return yaml.safe_load(files("tasks.clean").joinpath("rules/layout.yml").read_text(encoding="utf-8"))


def test_the_shipped_file_is_valid() -> None:
    assert _LayoutFile.model_validate(_content())


@pytest.mark.parametrize("key", sorted(_content()))
def test_a_missing_or_empty_key_is_refused(key: str) -> None:
    content = _content()
    empty = type(content[key])()
    with pytest.raises(ValidationError, match="at least 1"):
        _LayoutFile.model_validate({**content, key: empty})
    del content[key]
    with pytest.raises(ValidationError, match="Field required"):
        _LayoutFile.model_validate(content)


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        _LayoutFile.model_validate({**_content(), "typo": []})


@pytest.mark.parametrize(
    "key", ["datelines", "byline_sources", "furniture", "enumerators", "column_heads", "column_labels"]
)
@pytest.mark.parametrize(("pattern", "message"), [("讯?", "matches the empty text"), ("", "at least 1 character")])
def test_a_pattern_that_matches_everything_is_refused(key: str, pattern: str, message: str) -> None:
    content = _content()
    with pytest.raises(ValidationError, match=message):
        _LayoutFile.model_validate({**content, key: [*content[key], pattern]})


def test_the_rules_are_read_once() -> None:
    assert layout() is layout()
