"""Settings of the catalog that keep its files small and queries quick to plan; none of them changes a row."""

from typing import Final

import duckdb

from warehouse.schema import CORRECTIONS, METRICS_SUPERSEDED, quoted

_METADATA: Final = "__ducklake_metadata_lake"
_COMPRESSION: Final = "zstd"
_OFTEN_EMPTY: Final = (CORRECTIONS, METRICS_SUPERSEDED)


def tune(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring the settings of the attached catalog up to date, outside of a transaction; writes only what differs."""
    _compress(connection)
    _say_empty(connection)


def _compress(connection: duckdb.DuckDBPyConnection) -> None:
    """Compaction writes files as loads do. DuckLake's own choice, snappy, made them five times as large."""
    query = "SELECT value FROM lake.options() WHERE option_name = 'parquet_compression' AND scope = 'GLOBAL'"
    if connection.execute(query).fetchall() != [(_COMPRESSION,)]:
        connection.execute(f"CALL lake.set_option('parquet_compression', {quoted(_COMPRESSION)})")


def _say_empty(connection: duckdb.DuckDBPyConnection) -> None:
    """Write down that tables which most homes leave empty, and every view reads, hold no rows.

    Of a table without statistics DuckLake 1.0 asks the catalog twice a column in every query (duckdb/ducklake#1313),
    most of what a view of a small home took. A row that says 0 is statistics; DuckLake keeps it up to date.
    """
    names = ", ".join(quoted(table.name) for table in _OFTEN_EMPTY)
    connection.execute(
        f"INSERT INTO {_METADATA}.ducklake_table_stats (table_id, record_count, next_row_id, file_size_bytes) "
        f"SELECT table_id, 0, 0, 0 FROM {_METADATA}.ducklake_table AS t "
        f"WHERE table_name IN ({names}) AND end_snapshot IS NULL "
        f"AND NOT EXISTS (FROM {_METADATA}.ducklake_table_stats AS s WHERE s.table_id = t.table_id)"
    )
