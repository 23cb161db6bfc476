"""`jianbao sql`: ask the warehouse."""

import sys
from typing import Annotated, Literal

import typer

from flows.commands.guard import guarded
from flows.commands.options import DEFAULT_HOME, HomeOption
from warehouse.home import Home

FormatName = Literal["table", "csv", "json", "jsonl", "markdown"]


def sql(
    query: Annotated[
        str | None, typer.Argument(help="Any SQL that reads. Without one: from stdin, or a prompt on a terminal.")
    ] = None,
    style: Annotated[FormatName, typer.Option("--format", "-f", help="How the rows are written.")] = "table",
    attach: Annotated[
        bool, typer.Option("--attach", help="Print the SQL that opens the home in another DuckDB, read-only, and end.")
    ] = False,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Ask the warehouse in SQL, read-only.

    The SQL is DuckDB's. It works while a run loads too, and sees whole issues only.

    The tables: issues, articles, paragraphs, metrics, documents, revisions, checks, asides, indicators, zones, rejects,
    runs; the views that answer questions: .tables at the prompt names them. Every column of a table has a comment.

    \b
    Examples:
      jianbao sql "select zone, subject, value, unit, quote from metrics where unit = 'CNY' order by value desc"
      jianbao sql "select column_name, comment from duckdb_columns() where table_name = 'metrics'"
      jianbao sql --format csv "from metrics" > metrics.csv
      jianbao sql "select issue_id, revision from issues at (timestamp => now() - interval 1 day)"
      jianbao sql                            a prompt, with completion; .help says more
      duckdb -cmd "$(jianbao sql --attach)"  the prompt of DuckDB itself
    """  # noqa: D301 - typer keeps the lines of a block that begins with this character
    place = Home.at(home)
    with guarded(place):
        if attach:
            _print_attach(place)
        else:
            _answer(query, style, place)


def _print_attach(home: Home) -> None:
    from warehouse.attach import attach_script
    from warehouse.catalog import open_reader

    open_reader(home).close()
    typer.echo(attach_script(home))


def _answer(query: str | None, style: FormatName, home: Home) -> None:
    from flows.output import Format, write_rows
    from warehouse.query import open_query, run_query

    with open_query(home) as connection:
        if query is None and sys.stdin.isatty():
            from flows.prompt import converse

            converse(connection, Format(style), home.history)
        else:
            answer = run_query(connection, sys.stdin.read() if query is None else query)
            write_rows(answer, Format(style), sys.stdout, sys.stderr)
