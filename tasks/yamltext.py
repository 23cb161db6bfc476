"""YAML, read by the parser in C: rules are read at every start, and the one in Python takes half a second for it."""

from typing import Any

import yaml


def from_yaml(text: str) -> Any:  # noqa: ANN401 -- whatever the text says; models validate it
    """What a YAML text says, as plain Python values. Raises `yaml.YAMLError`."""
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 -- both are safe loaders
