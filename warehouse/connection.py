"""A DuckDB connection that has DuckLake and reaches for nothing on the network."""

import importlib.util
from pathlib import Path
from typing import Final

import duckdb

from warehouse.errors import HomeError
from warehouse.schema import quoted

EXTENSIONS: Final = ("sqlite_scanner", "ducklake")
"""What a home needs, in the order in which they are loaded."""


def connect() -> duckdb.DuckDBPyConnection:
    """An in-memory DuckDB with the extensions from the installed packages; HomeError when one is missing."""
    connection = duckdb.connect(
        config={"autoinstall_known_extensions": False, "autoload_known_extensions": False},
    )
    for name in EXTENSIONS:
        connection.execute(f"LOAD {quoted(str(extension_file(name)))}")
    return connection


def extension_file(name: str) -> Path:
    """The extension's file in its PyPI package; DuckDB checks the signature when it loads it."""
    package = f"duckdb_extension_{name}"
    spec = importlib.util.find_spec(package)
    found = sorted(Path(spec.origin).parent.glob("extensions/*/*.duckdb_extension")) if spec and spec.origin else []
    if not found:
        raise HomeError(
            f"The DuckDB extension {name} is not installed. Install the package {package} in the version of duckdb "
            f"({duckdb.__version__})."
        )
    return found[-1]
