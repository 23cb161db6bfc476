"""Parquet: the types of the tables as they are, decimals and lists included."""

from pathlib import Path

import pyarrow.parquet as pq

from tasks.export.result import Exported, Result

_BATCH = 100_000


def write_parquet(result: Result, draft: Path, path: Path) -> Exported:
    """Write `draft`, which will become `path`."""
    reader = result.connection.to_arrow_reader(_BATCH)
    names, rows = result.columns, 0
    schema = reader.schema
    for place, name in enumerate(names):
        schema = schema.set(place, schema.field(place).with_name(name))
    with pq.ParquetWriter(draft, schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_batch(batch.rename_columns(names))
            rows += batch.num_rows
    return Exported(path, rows)
