"""Export of a table, a query, or everything, each file written aside and renamed into place."""

import contextlib
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

import duckdb

from tasks.errors import UsageError
from tasks.export.columnar import write_parquet
from tasks.export.delimited import write_csv
from tasks.export.result import Exported, Result, ask
from tasks.export.workbook import Workbook

SUFFIXES: Final = (".parquet", ".csv", ".xlsx")
_WORD: Final = re.compile(r"\w+")

_TABLES: Final = """
    SELECT table_name FROM duckdb_tables() WHERE database_name = 'lake' AND NOT internal AND table_name <> 'meta'
    UNION SELECT view_name FROM duckdb_views() WHERE database_name = 'lake' AND NOT internal
    ORDER BY 1
"""


def export_one(connection: duckdb.DuckDBPyConnection, what: str, path: Path, now: datetime) -> list[Exported]:
    """Export a table, a view or a query to a file; its suffix names the format. `now` is UTC."""
    write = _check(path)
    name, query = _named(connection, what)
    with _draft(path) as draft:
        if write is None:
            return [_workbook(connection, [(name, query)], draft, path, now)]
        return [write(ask(connection, name, query), draft, path)]


def export_all(connection: duckdb.DuckDBPyConnection, path: Path, suffix: str, now: datetime) -> list[Exported]:
    """Export every table and view as it is at one moment: to a folder, a file each, or into one workbook."""
    connection.execute("BEGIN")
    try:
        names = [name for (name,) in connection.execute(_TABLES).fetchall()]
        if path.suffix == ".xlsx":
            with _draft(path) as draft:
                return [_workbook(connection, [_named(connection, name) for name in names], draft, path, now)]
        path.mkdir(parents=True, exist_ok=True)
        return [one for name in names for one in export_one(connection, name, path / f"{name}{suffix}", now)]
    finally:
        connection.execute("ROLLBACK")


def _workbook(
    connection: duckdb.DuckDBPyConnection, parts: Sequence[tuple[str, str]], draft: Path, path: Path, now: datetime
) -> Exported:
    book = Workbook(draft, connection, now)
    rows, notes = 0, []
    for name, query in parts:
        more, said = book.add(ask(connection, name, query))
        rows += more
        notes += said
    return Exported(path, rows, (*notes, *book.close()))


def _named(connection: duckdb.DuckDBPyConnection, what: str) -> tuple[str, str]:
    """The name of a sheet and the query for what a person asks to export."""
    known = {name for (name,) in connection.execute(_TABLES).fetchall()}
    if what in known:
        return what, f'SELECT * FROM "{what}"'
    if _WORD.fullmatch(what.strip()):
        raise UsageError(f"There is no table or view {what.strip()}. There are: {', '.join(sorted(known))}.")
    return "result", what


def _check(path: Path) -> Callable[[Result, Path, Path], Exported] | None:
    """What writes the format that a path asks for; None for a workbook, which holds several results."""
    writers = {".parquet": write_parquet, ".csv": write_csv, ".xlsx": None}
    if path.suffix.lower() not in writers:
        raise UsageError(f"{path}: name a file that ends in {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}.")
    return writers[path.suffix.lower()]


@contextlib.contextmanager
def _draft(path: Path) -> Iterator[Path]:
    """A file beside `path` that takes its place when the block ends well, and is gone when it does not."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{path.stem}-", dir=path.parent) as folder:
            draft = Path(folder) / path.name
            yield draft
            draft.replace(path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}). Name another place with -o.") from error
