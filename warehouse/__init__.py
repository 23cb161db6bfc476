"""The published schema, the catalog connection and the SQL that analysts see."""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

__all__ = ["connect"]


def connect(home: str | os.PathLike[str] | None = None) -> "duckdb.DuckDBPyConnection":
    """Open a home for reading: a DuckDB connection with the tables, views and macros, for Python and notebooks.

    Works while a run loads and sees whole issues only; nothing can be written into the home. Without `home` it is
    JIANBAO_HOME, else ./data. NoCatalogError when nothing was ever loaded there.
    """
    # Imported here: a command that only wants to know an error of this package does not pay for DuckDB.
    from warehouse.catalog import open_reader
    from warehouse.home import Home

    return open_reader(Home.at(home or os.environ.get("JIANBAO_HOME") or "data"))
