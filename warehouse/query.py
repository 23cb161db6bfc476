"""Questions of an analyst: any SQL that reads, nothing that writes, attaches or opens other files."""

import re

import duckdb
from duckdb import StatementType

from warehouse.catalog import open_reader
from warehouse.errors import TerminalError
from warehouse.home import Home
from warehouse.schema import quoted

# SELECT is also SHOW, DESCRIBE and SUMMARIZE. What CREATE, INSERT, UPDATE, DELETE and DROP do is limited to temporary
# tables, because the catalog is attached read-only; COPY could overwrite a file of the lake.
_ALLOWED = frozenset(
    {
        StatementType.SELECT,
        StatementType.SET,
        StatementType.VARIABLE_SET,
        StatementType.CREATE,
        StatementType.INSERT,
        StatementType.UPDATE,
        StatementType.DELETE,
        StatementType.DROP,
        StatementType.PRAGMA,
    }
)
_EXPLAIN = re.compile(r"\s*EXPLAIN(\s+ANALYZE)?(\s*\([^)]*\))?\s", re.IGNORECASE)


class QueryError(TerminalError):
    """The query is wrong, or asks for more than reading."""

    exit_code = 2


def open_query(home: Home) -> duckdb.DuckDBPyConnection:
    """A read-only connection that opens no file but the tables of the home."""
    connection = open_reader(home)
    connection.execute(f"SET allowed_directories = [{quoted(str(home.lake))}]")
    connection.execute("SET enable_external_access = false")
    return connection


def run_query(connection: duckdb.DuckDBPyConnection, query: str) -> duckdb.DuckDBPyConnection:
    """Run one or several statements; the last one's rows wait to be fetched. QueryError is a line on what is wrong."""
    try:
        statements = connection.extract_statements(query)
        for statement in statements:
            _check(connection, statement)
        if not statements:
            raise QueryError("The query is empty. Ask for example: select * from issues")
        for statement in statements:
            connection.execute(statement)
    except duckdb.Error as error:
        raise QueryError(one_line(error)) from error
    return connection


def one_line(error: duckdb.Error) -> str:
    """DuckDB's message without the excerpt of the query."""
    message = re.split(r"\n\s*\nLINE |\nLINE ", str(error))[0]
    return " ".join(message.split())


def _check(connection: duckdb.DuckDBPyConnection, statement: duckdb.Statement) -> None:
    if statement.type == StatementType.EXPLAIN:
        # EXPLAIN ANALYZE runs what it explains.
        match = _EXPLAIN.match(statement.query)
        inner = connection.extract_statements(statement.query[match.end() :]) if match else []
        if inner and all(part.type in _ALLOWED for part in inner):
            return
    elif statement.type in _ALLOWED:
        return
    raise QueryError(
        f"{statement.type.name} is not allowed: jianbao sql reads and changes nothing. "
        "To save a result, use --format csv (or json, jsonl, markdown) and redirect the output to a file."
    )
