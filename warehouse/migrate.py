"""Catalogs of an earlier schema version, brought to the present one without touching a published row."""

import duckdb

from warehouse.schema import SCHEMA_VERSION, TABLES, quoted


def migrate(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the tables and columns that the catalog in use lacks; in the caller's transaction.

    Versions only ever add: what is there keeps its name and type, and columns that are added may be NULL.
    """
    there: dict[str, set[str]] = {}
    query = "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = current_database()"
    for table, column in connection.execute(query).fetchall():
        there.setdefault(table, set()).add(column)
    for table in TABLES:
        if table.name not in there:
            for statement in table.ddl():
                connection.execute(statement)
            continue
        for column in table.columns:
            if column.name not in there[table.name]:
                connection.execute(f"ALTER TABLE {table.name} ADD COLUMN {column.name} {column.type}")
        for statement in table.comments():
            connection.execute(statement)
    connection.execute(f"UPDATE meta SET value = {quoted(str(SCHEMA_VERSION))} WHERE key = 'schema_version'")
