"""An older catalog gains what the schema of this program has more."""

import duckdb

from warehouse.schema import SCHEMA_VERSION, TABLES, quoted


def upgrade(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the columns that were published since the catalog was made, in one transaction; nothing else ever changes.

    Only the writer calls it. Rows of earlier days have NULL there.
    """
    row = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
    if row is None or int(row[0]) >= SCHEMA_VERSION:
        return
    present = set(
        connection.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'lake'"
        ).fetchall()
    )
    connection.execute("BEGIN")
    for table in TABLES:
        for column in table.columns:
            if (table.name, column.name) not in present:
                connection.execute(f"ALTER TABLE {table.name} ADD COLUMN {column.name} {column.type}")
                connection.execute(f"COMMENT ON COLUMN {table.name}.{column.name} IS {quoted(column.comment)}")
    connection.execute(f"UPDATE meta SET value = '{SCHEMA_VERSION}' WHERE key = 'schema_version'")
    connection.execute(f"CALL lake.set_commit_message('jianbao', 'schema version {SCHEMA_VERSION}')")
    connection.execute("COMMIT")
