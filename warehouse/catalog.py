"""The way into the catalog: one writer, any number of readers.

The paths of the Parquet files are stored relative to the home, and `OVERRIDE_DATA_PATH` names the place where the lake
lies now, so a home can be moved or mounted elsewhere.
"""

import duckdb

from warehouse.connection import connect
from warehouse.create import create_catalog
from warehouse.errors import HomeError, NoCatalogError
from warehouse.home import Home
from warehouse.migrate import migrate
from warehouse.reference import is_current, reference, write_reference
from warehouse.schema import SCHEMA_VERSION, quoted
from warehouse.tuning import tune

_BUSY_MILLISECONDS = 60_000


def open_writer(home: Home) -> duckdb.DuckDBPyConnection:
    """The connection of the one writer, which holds `writer_lock`; makes the catalog when there is none."""
    if not home.catalog.exists():
        create_catalog(home)
    connection = _open(home, read_only=False)
    try:
        bring_up_to_date(connection, home)
    except BaseException:
        connection.close()
        raise
    return connection


def bring_up_to_date(connection: duckdb.DuckDBPyConnection, home: Home) -> None:
    """Bring an attached catalog to the present schema, views and reference tables; writes only what differs."""
    found = schema_version(connection)
    wanted = reference(home)
    if found == SCHEMA_VERSION and is_current(connection, wanted):
        tune(connection)
        return
    connection.execute("BEGIN")
    if found != SCHEMA_VERSION:
        migrate(connection)
    write_reference(connection, wanted)
    connection.execute(
        "CALL lake.set_commit_message('jianbao', 'schema, views and reference tables brought up to date')"
    )
    connection.execute("COMMIT")
    tune(connection)


def open_reader(home: Home) -> duckdb.DuckDBPyConnection:
    """A read-only connection; works while a writer loads. NoCatalogError when nothing was ever loaded."""
    if not home.catalog.exists():
        raise NoCatalogError(
            f"There is no catalog in {home.root} yet. Load something first: jianbao run FILE, or name another home "
            "with --home DIR."
        )
    return _open(home, read_only=True)


def _open(home: Home, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    connection = connect()
    try:
        attach(connection, home, read_only=read_only)
        check_version(connection, home, read_only=read_only)
    except duckdb.Error as error:
        connection.close()
        raise HomeError(_why_not(error, home)) from error
    except HomeError:
        connection.close()
        raise
    return connection


def _why_not(error: duckdb.Error, home: Home) -> str:
    if "readonly database" in str(error) and home.catalog.stat().st_size:
        return (
            f"The catalog {home.catalog} lies in a folder that you may not write to, and SQLite's two files beside it "
            "(-wal, -shm) are not there now. Let the owner call jianbao status once, which leaves them there."
        )
    return (
        f"The catalog {home.catalog} cannot be used: {str(error).splitlines()[0]}. If the file is damaged, put back a "
        "backup of catalog.sqlite and lake/, or start a new home with --home DIR and load again: the original bytes "
        "are in raw/."
    )


def attach(connection: duckdb.DuckDBPyConnection, home: Home, *, read_only: bool) -> None:
    """Attach the catalog of a home as `lake` and make it the default."""
    # Inlined rows would sit in the catalog instead of in Parquet files.
    options = [f"DATA_PATH {quoted(str(home.lake))}", "OVERRIDE_DATA_PATH true", "DATA_INLINING_ROW_LIMIT 0"]
    options += [f"META_BUSY_TIMEOUT {_BUSY_MILLISECONDS}", "READ_ONLY" if read_only else "META_JOURNAL_MODE 'WAL'"]
    connection.execute(f"ATTACH {quoted(f'ducklake:sqlite:{home.catalog}')} AS lake ({', '.join(options)})")
    connection.execute("USE lake")


def check_version(connection: duckdb.DuckDBPyConnection, home: Home, *, read_only: bool) -> None:
    """Refuse a catalog that a newer program wrote, or that is not one of jianbao's; a reader an earlier one as well."""
    tables = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if "meta" not in tables:
        raise HomeError(
            f"{home.catalog} is not a catalog of jianbao: it has no table meta. Name another home with --home DIR."
        )
    found = schema_version(connection)
    if found > SCHEMA_VERSION:
        raise HomeError(
            f"The catalog {home.catalog} has schema version {found}, written by a newer jianbao; this one knows "
            f"version {SCHEMA_VERSION}. Upgrade jianbao, or name another home with --home DIR."
        )
    if read_only and found < SCHEMA_VERSION:
        raise HomeError(
            f"The catalog {home.catalog} was written by an earlier jianbao and lacks tables of this one. Bring it up "
            f"to date once: jianbao run --home {home.root}"
        )


def schema_version(connection: duckdb.DuckDBPyConnection) -> int:
    """The schema version that the attached catalog was written with."""
    row = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
    return int(row[0]) if row else 0
