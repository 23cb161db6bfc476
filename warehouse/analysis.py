"""The views and macros that analysts ask: one SQL file each in warehouse/views, put into a catalog in one go.

A file begins with a comment: lines `zh:` and `en:` that say what it is, then `columns:` and `parameters:` with a line
`  name: zh / en` for each. `columns: other` stands for the columns of another object, `more:` for columns behind those.
DuckLake keeps a comment on a view, none on a view's columns and none on a macro, so all of them stand in the table
`dictionary` as well.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal

import duckdb

from warehouse.schema import TABLES, quoted

NAMES: Final = (
    "zone_names",
    "common_zone_name",
    "canonical_zone",
    "correction_status",
    "metrics_corrected",
    "statements",
    "places",
    "stage_of",
    "is_farming",
    "project_statements",
    "project_pipeline",
    "three_batches",
    "agriculture",
    "activities",
    "industry",
    "zone_scorecard",
    "vintages",
    "metric_history",
    "coverage",
    "freshness",
    "timeline",
    "latest",
    "describe",
)
"""In the order in which they build on each other."""

_HEADER: Final = re.compile(r"/\*\n(.*?)\n\*/\n(.*)", re.DOTALL)
_CREATES: Final = re.compile(r'CREATE OR REPLACE (VIEW|MACRO) "?(\w+)"?')


@dataclass(frozen=True, slots=True)
class Part:
    """A column or a parameter, and what it means."""

    name: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class View:
    """A view or a macro: its statement, what it is, its columns in order (none for a scalar macro), its parameters."""

    name: str
    kind: Literal["view", "macro"]
    sql: str
    zh: str
    en: str
    columns: tuple[Part, ...]
    parameters: tuple[Part, ...]


@cache
def views() -> tuple[View, ...]:
    """All of them, in the order in which they are created."""
    found: dict[str, View] = {}
    for name in NAMES:
        found[name] = _read(name, found)
    return tuple(found.values())


def create_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Create or replace every view and macro in the catalog in use; in the caller's transaction."""
    for view in views():
        connection.execute(view.sql)
        if view.kind == "view":
            connection.execute(f"COMMENT ON VIEW {view.name} IS {quoted(f'{view.zh} {view.en}')}")


def _read(name: str, earlier: dict[str, View]) -> View:
    match = _HEADER.fullmatch(files("warehouse").joinpath(f"views/{name}.sql").read_text(encoding="utf-8"))
    creates = match and _CREATES.match(match[2])
    if not match or not creates or creates[2] != name:
        raise ValueError(f"views/{name}.sql has to be a comment and CREATE OR REPLACE VIEW (or MACRO) {name}")
    said, parts = _header(match[1])
    inherited = _inherited(said["columns"], earlier) if said.get("columns") else ()
    columns = (*inherited, *parts.get("columns", ()), *parts.get("more", ()))
    kind: Literal["view", "macro"] = "view" if creates[1] == "VIEW" else "macro"
    return View(name, kind, match[2], said["zh"], said["en"], columns, tuple(parts.get("parameters", ())))


def _header(text: str) -> tuple[dict[str, str], dict[str, list[Part]]]:
    """What the lines `key: text` say, and the parts that stand indented below a key."""
    said: dict[str, str] = {}
    parts: dict[str, list[Part]] = {}
    key = ""
    for line in text.split("\n"):
        name, _, words = line.strip().partition(": " if ": " in line else ":")
        if line.startswith("  "):
            zh, _, en = words.partition(" / ")
            parts.setdefault(key, []).append(Part(name, zh, en))
        else:
            key = name
            said[key] = words
    if unknown := {*said} - {"zh", "en", "columns", "more", "parameters"}:
        raise ValueError(f"unknown keys {sorted(unknown)} in the comment of a view")
    return said, parts


def _inherited(name: str, earlier: dict[str, View]) -> tuple[Part, ...]:
    if name in earlier:
        return earlier[name].columns
    table = next(table for table in TABLES if table.name == name)
    return tuple(Part(column.name, *bilingual(column.comment)) for column in table.columns)


def bilingual(comment: str) -> tuple[str, str]:
    """A comment of the schema as its Chinese and its English part: 期 One row an issue."""
    head, _, tail = comment.partition(" ")
    return (head, tail) if re.match("[一-龥“]", head) else ("", comment)
