"""Printed pages as documents, and the cases of tests/clean/cases."""

from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from tasks.clean.issue import clean_issue
from tasks.records import CleanIssue, Document, Fetched, Line

_CASES: Final = Path(__file__).parent / "cases"
FILE: Final = Fetched("file:///inbox/第15期.txt", "第15期.txt", "ab" * 32, 1, "raw/ab/ab")


def cases(name: str) -> list[Any]:
    """The rows of a file of cases as pytest parameters."""
    rows = yaml.safe_load((_CASES / f"{name}.yml").read_text(encoding="utf-8"))
    ids = [row["id"] for row in rows]
    assert len(set(ids)) == len(ids), f"{name}.yml uses an id twice"
    return [pytest.param(row, id=row["id"]) for row in rows]


def document(text: str) -> Document:
    """A text as reading would give it; a form feed begins a page."""
    pages: list[list[Line]] = [[]]
    for number, line in enumerate(text.split("\n"), start=1):
        first, *others = line.split("\f")
        pages[-1].append(Line(first, len(pages), number))
        for other in others:
            pages.append([Line(other, len(pages) + 1, number)])
    return Document(FILE, "text/plain", "utf-8", tuple(map(tuple, pages)))


def clean(text: str) -> CleanIssue:
    """A page, cleaned."""
    return clean_issue((document(text),))
