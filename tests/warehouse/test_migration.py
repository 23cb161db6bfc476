"""A home that an earlier jianbao made: refused by a reader with a sentence, brought up to date by the next writer."""

from pathlib import Path

import pytest

from tests.support.bulletins import bulletin, drop
from tests.support.loading import load
from warehouse.catalog import open_reader, open_writer
from warehouse.connection import connect
from warehouse.errors import HomeError
from warehouse.home import Home
from warehouse.schema import SCHEMA_VERSION, TABLES, quoted

CASES = Path(__file__).parent / "cases"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home.at(tmp_path / "home")
    home.prepare()
    with connect() as connection:
        connection.execute(
            f"ATTACH {quoted(f'ducklake:sqlite:{home.catalog}')} AS lake (DATA_PATH {quoted(str(home.lake))}, "
            "META_JOURNAL_MODE 'WAL', DATA_INLINING_ROW_LIMIT 0)"
        )
        connection.execute("USE lake")
        connection.execute("BEGIN")
        for statement in connection.extract_statements((CASES / "schema-1.sql").read_text(encoding="utf-8")):
            connection.execute(statement)
        connection.execute("COMMIT")
    return home


def test_a_reader_says_how_it_is_brought_up_to_date(home: Home) -> None:
    with pytest.raises(HomeError, match="Bring it up to date once: jianbao run --home"):
        open_reader(home)


def test_the_next_writer_brings_it_up_to_date_and_nothing_is_lost(home: Home) -> None:
    open_writer(home).close()
    with open_reader(home) as connection:
        assert connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchall() == [
            (str(SCHEMA_VERSION),)
        ]
        columns = connection.execute(
            "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE database_name = 'lake'"
        ).fetchall()
        for table in TABLES:
            found = {(name, comment) for own, name, comment in columns if own == table.name}
            assert found == {(column.name, column.comment) for column in table.columns}
        rows = connection.execute("SELECT zone, subject, last_value FROM latest('总投资')").fetchall()
        assert rows == [("广灵经济技术开发区", "在建项目", 3335000000)]
        sources = connection.execute("SELECT DISTINCT source FROM zones").fetchall()
        assert sources == [("bundled",)]


def test_it_is_written_once(home: Home) -> None:
    open_writer(home).close()
    with open_reader(home) as connection:
        before = connection.execute("SELECT max(snapshot_id) FROM lake.snapshots()").fetchone()
    open_writer(home).close()
    with open_reader(home) as connection:
        assert connection.execute("SELECT max(snapshot_id) FROM lake.snapshots()").fetchone() == before


def test_issues_are_loaded_into_it(home: Home) -> None:
    drop(home, "b.txt", bulletin(1))
    load(home)
    with open_reader(home) as connection:
        assert connection.execute("SELECT count(*) FROM metrics").fetchone() == (3,)
        assert connection.execute("SELECT count(*) FROM places").fetchone() == (3,)
