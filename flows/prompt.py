"""The prompt of `jianbao sql`: statements end with a semicolon, names complete, the history is kept in the home."""

import sys
from pathlib import Path

import duckdb
import typer
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.lexers import PygmentsLexer
from pygments.lexers.sql import SqlLexer

from flows.output import Format, write_rows
from warehouse.query import QueryError, run_query

_TABLES = """
    SELECT table_name AS name, 'table' AS kind, comment
    FROM duckdb_tables() WHERE NOT internal AND database_name = 'lake'
    UNION ALL
    SELECT view_name, 'view', comment FROM duckdb_views() WHERE NOT internal AND database_name = 'lake'
    ORDER BY kind, name
"""
_WORDS = """
    SELECT table_name FROM duckdb_tables() UNION SELECT column_name FROM duckdb_columns()
    UNION SELECT view_name FROM duckdb_views() WHERE NOT internal
    UNION SELECT function_name FROM duckdb_functions() WHERE regexp_full_match(function_name, '\\w+')
    UNION SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category = 'reserved'
"""
_HELP = """\
Statements end with a semicolon and may take several lines.
  .tables          the tables and views, and what a row is
  .columns TABLE   the columns of a table or view, and what they mean
  .quit            leave (also Ctrl-D)"""


def converse(connection: duckdb.DuckDBPyConnection, style: Format, history: Path) -> None:
    """Read statements from the terminal until it ends, and write their rows."""
    session: PromptSession[str] = _session(connection, history)
    typer.echo("jianbao: read-only SQL on the warehouse. .tables shows the tables, .help the rest, .quit leaves.")
    while True:
        try:
            entry = session.prompt("jianbao> ").strip()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        if entry in (".quit", ".exit", ".q"):
            return
        if entry:
            answer(connection, entry, style)


def answer(connection: duckdb.DuckDBPyConnection, entry: str, style: Format) -> None:
    """Answer one entry: a statement, or a command that begins with a dot."""
    query = entry
    if entry.startswith("."):
        name, _, rest = entry.partition(" ")
        if name == ".tables":
            query = _TABLES
        elif name == ".columns" and rest.strip():
            query = f"SELECT column_name, data_type, comment FROM duckdb_columns() WHERE table_name = '{_bare(rest)}'"
        else:
            typer.echo(_HELP)
            return
    try:
        write_rows(run_query(connection, query), style, sys.stdout, sys.stderr)
    except QueryError as error:
        typer.echo(error)
    except KeyboardInterrupt:
        connection.interrupt()
        typer.echo("stopped")


def is_complete(entry: str) -> bool:
    """Whether an entry can be answered: a dot command, or a statement with its semicolon."""
    entry = entry.strip()
    return not entry or entry.startswith(".") or entry.endswith(";")


def _session(connection: duckdb.DuckDBPyConnection, history: Path) -> PromptSession[str]:
    # Enter goes on to the next line while the statement has no semicolon.
    session: PromptSession[str] = PromptSession(
        history=_history(history),
        completer=WordCompleter(_words(connection), ignore_case=True),
        lexer=PygmentsLexer(SqlLexer),
        complete_while_typing=False,
        prompt_continuation="    ...> ",
    )
    session.multiline = Condition(lambda: not is_complete(session.default_buffer.text))
    return session


def _history(path: Path) -> History:
    try:
        path.touch()
    except OSError:
        # A reader need not be allowed to write into the home.
        return InMemoryHistory()
    return FileHistory(str(path))


def _words(connection: duckdb.DuckDBPyConnection) -> list[str]:
    names = connection.execute(_WORDS).fetchall()
    return [*sorted(name for (name,) in names), ".tables", ".columns", ".help", ".quit"]


def _bare(name: str) -> str:
    return name.strip().rstrip(";").replace("'", "''")
