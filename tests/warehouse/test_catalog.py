"""The catalog: what a new one holds, who may open it, and what is said when it cannot be used."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.bulletins import bulletin, drop
from tests.support.loading import load
from tests.support.state import orphans, rows
from warehouse.catalog import open_reader, open_writer
from warehouse.errors import HomeError, NoCatalogError
from warehouse.home import Home
from warehouse.schema import SCHEMA_VERSION, TABLES


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home.at(tmp_path_factory.mktemp("catalog") / "template")
    home.prepare()
    drop(home, "a.txt", bulletin(1))
    load(home)
    return home


@pytest.fixture
def home(template: Home, tmp_path: Path) -> Home:
    shutil.copytree(template.root, tmp_path / "home")
    return Home.at(tmp_path / "home")


def test_every_table_and_column_is_there_with_type_and_comment(home: Home) -> None:
    with open_reader(home) as connection:
        tables = dict(connection.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall())
        columns = connection.execute(
            "SELECT table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns() "
            "ORDER BY column_index"
        ).fetchall()
    assert tables == {table.name: table.comment for table in TABLES}
    for table in TABLES:
        found = [column[1:] for column in columns if column[0] == table.name]
        assert found == [(c.name, c.type, not c.required, c.comment) for c in table.columns]


def test_the_reference_tables_are_filled(home: Home) -> None:
    with open_reader(home) as connection:
        assert connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchall() == [
            (str(SCHEMA_VERSION),)
        ]
        indicators = connection.execute("SELECT zh FROM indicators WHERE code = 'project.count'").fetchall()
        assert indicators == [("项目数量",)]
        zones = connection.execute("SELECT aliases FROM zones WHERE zone = '长治高新技术产业开发区'").fetchall()
        assert zones == [(["长治高新区", "長治高新技術產業開發區", "長治高新區"],)]


def test_a_moved_home_reads_and_loads(home: Home) -> None:
    before = rows(home)
    # Spaces, quotes and glob characters are part of a name.
    moved = Home.at(home.root.parent / "new [place] it's *")
    home.root.rename(moved.root)
    assert rows(moved) == before
    drop(moved, "b.txt", bulletin(2))
    drop(moved, "a.txt", bulletin(1).replace("2.5亿元", "9.5亿元"))
    load(moved)
    with open_reader(moved) as connection:
        query = "SELECT file_name, max(revision) FROM revisions GROUP BY ALL ORDER BY 1"
        revisions = connection.execute(query).fetchall()
    assert revisions == [("a.txt", 2), ("b.txt", 1)]
    assert orphans(moved) == []
    again = Home.at(home.root)
    moved.root.rename(again.root)
    assert len(rows(again)["issues"]) == 2


def test_a_reader_cannot_write(home: Home) -> None:
    with open_reader(home) as connection, pytest.raises(Exception, match="read-only"):
        connection.execute("DELETE FROM metrics")


def test_a_reader_makes_no_catalog(tmp_path: Path) -> None:
    with pytest.raises(NoCatalogError, match="jianbao run FILE"):
        open_reader(Home.at(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_newer_schema_is_refused_by_readers_and_writers(home: Home) -> None:
    with open_writer(home) as connection:
        connection.execute(f"UPDATE meta SET value = '{SCHEMA_VERSION + 1}' WHERE key = 'schema_version'")
    sentence = rf"schema version {SCHEMA_VERSION + 1}.*version {SCHEMA_VERSION}\. Upgrade"
    for opened in (open_reader, open_writer):
        with pytest.raises(HomeError, match=sentence):
            opened(home)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def overwrite(path: Path) -> None:
    path.write_bytes(b"this is not a database\n" * 500)


def blank(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [truncate, overwrite, blank])
def test_a_damaged_catalog_is_refused_with_a_sentence(home: Home, damage: Callable[[Path], None]) -> None:
    damage(home.catalog)
    for opened in (open_reader, open_writer):
        with pytest.raises(HomeError, match=r"catalog\.sqlite .*\. ") as caught:
            opened(home)
        assert "\n" not in str(caught.value)
    if damage is not blank:
        assert home.catalog.stat().st_size > 0
