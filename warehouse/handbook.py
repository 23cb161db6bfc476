"""docs/tables.md: every table, view and macro with its columns, written from the schema.

`python -m warehouse.handbook > docs/tables.md` writes it anew; a test says when that is due.
"""

import sys
from collections.abc import Iterable, Iterator

import duckdb

from warehouse.analysis import Part, View, bilingual, create_views, views
from warehouse.schema import TABLES

_INTRODUCTION = """\
# Tables, views and macros

Written from the schema by `make docs`; do not edit. The same words stand in the warehouse itself: in the table
`dictionary`, and as comments on tables, their columns and views.

Views follow every load. What a view said at an earlier time is asked of the warehouse as it was then, in DuckDB:
`ATTACH 'ducklake:sqlite:data/catalog.sqlite' AS then (READ_ONLY, SNAPSHOT_VERSION 42); USE then;`
"""


def page() -> str:
    """The page as Markdown."""
    with duckdb.connect() as connection:
        for table in TABLES:
            for statement in table.ddl():
                connection.execute(statement)
        create_views(connection)
        return "\n".join(_lines(connection))


def _lines(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    yield _INTRODUCTION
    yield "## Views\n"
    for view in views():
        if view.kind == "view":
            yield from _section(view, "", connection.execute(f"DESCRIBE {view.name}").fetchall())
    yield "## Macros\n"
    for view in views():
        if view.kind == "macro":
            yield from _macro(view, connection)
    yield "## Tables\n"
    for table in TABLES:
        yield f"### {table.name}\n\n{table.comment}\n"
        yield from _table("column", ((Part(c.name, *bilingual(c.comment)), c.type) for c in table.columns))


def _macro(view: View, connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    arguments = ", ".join("NULL" for _ in view.parameters)
    described = connection.execute(f"DESCRIBE FROM main.{view.name}({arguments})").fetchall() if view.columns else []
    yield from _section(view, f"({', '.join(part.name for part in view.parameters)})", described)


def _section(view: View, signature: str, described: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"### {view.name}{signature}\n\n{view.zh}\n\n{view.en}\n"
    if view.parameters:
        yield from _table("parameter", ((part, "VARCHAR") for part in view.parameters))
    types = {row[0]: row[1] for row in described}
    if view.columns:
        yield from _table("column", ((part, types[part.name]) for part in view.columns))


def _table(what: str, parts: Iterable[tuple[Part, str]]) -> Iterator[str]:
    yield f"| {what} | type | 说明 | meaning |\n| --- | --- | --- | --- |"
    for part, kind in parts:
        zh, en = (text.replace("|", "\\|") for text in (part.zh, part.en))
        yield f"| {part.name} | {kind} | {zh} | {en} |"
    yield ""


if __name__ == "__main__":
    sys.stdout.write(page())
