"""Rows of a batch -> one Parquet file a table, against the explicit schemas, durable on disk."""

import os
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tasks.load.rows import Row, Rows
from warehouse.schema import ISSUE_TABLES, REVISIONS, Table

BATCH_TABLES = (*ISSUE_TABLES, REVISIONS)
"""The tables that a batch brings rows for."""


def write_batch(issues: Iterable[Rows], folder: Path) -> None:
    """Write `folder`/<table>.parquet for each table that has a row; the folder is made."""
    folder.mkdir(parents=True)
    together = list(issues)
    for table in BATCH_TABLES:
        rows = [row for issue in together for row in issue[table.name]]
        if rows:
            _write(table, rows, folder / f"{table.name}.parquet")


def _write(table: Table, rows: list[Row], path: Path) -> None:
    with path.open("xb") as handle:
        pq.write_table(pa.Table.from_pylist(rows, schema=table.arrow()), handle, compression="zstd")
        handle.flush()
        os.fsync(handle.fileno())
