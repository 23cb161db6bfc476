"""Read-only SQL: what is answered, and what is refused in one line."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.support.bulletins import bulletin, drop
from tests.support.loading import load
from warehouse.home import Home
from warehouse.query import QueryError, open_query, run_query


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home.at(tmp_path_factory.mktemp("query") / "home")
    home.prepare()
    drop(home, "a.txt", bulletin(1))
    load(home)
    return home


@pytest.fixture
def connection(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_query(home) as opened:
        yield opened


@pytest.mark.parametrize(
    "query",
    [
        "select count(*) from metrics",
        "from issues; select 1",
        "show tables",
        "describe metrics",
        "explain analyze select * from metrics",
        "select * from issues at (version => 1)",
        "select * from lake.snapshots()",
        "create temp table t as from metrics; insert into t from metrics; select count(*) from t",
        "set threads = 1; select 1",
        "-- a comment\nwith x as (select 1 as a) select a from x;",
    ],
)
def test_reading_is_allowed(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    assert run_query(connection, query).fetchall() is not None


@pytest.mark.parametrize(
    ("query", "part"),
    [
        ("select nope from metrics", 'column "nope" not found'),
        ("selec 1", "syntax error"),
        ("", "query is empty"),
        ("-- nothing", "query is empty"),
        ("delete from metrics", "read-only"),
        ("insert into meta values ('a', 'b')", "read-only"),
        ("drop table metrics", "read-only"),
        ("create table t (a int)", "read-only"),
        ("copy metrics to 'LAKE/x.parquet'", "COPY is not allowed"),
        ("explain analyze copy (select 1) to 'LAKE/x.csv'", "EXPLAIN is not allowed"),
        ("prepare x as copy (select 1) to 'LAKE/x.csv'", "PREPARE is not allowed"),
        ("export database 'LAKE/x'", "not allowed"),
        ("attach 'LAKE/x.db'", "ATTACH is not allowed"),
        ("call lake.merge_adjacent_files()", "not allowed"),
        ("install httpfs", "not allowed"),
        ("set enable_external_access = true", "external access"),
        ("from read_text('/etc/hostname')", "Permission Error"),
        ("select 1; delete from metrics", "read-only"),
    ],
)
def test_everything_else_is_refused_in_a_line(
    connection: duckdb.DuckDBPyConnection, home: Home, query: str, part: str
) -> None:
    before = {path: path.stat().st_size for path in home.root.rglob("*.parquet")}
    with pytest.raises(QueryError, match=part) as caught:
        run_query(connection, query.replace("LAKE", str(home.lake))).fetchall()
    assert "\n" not in str(caught.value)
    assert {path: path.stat().st_size for path in home.root.rglob("*.parquet")} == before


def test_the_lake_may_lie_at_a_place_with_a_quote(tmp_path: Path) -> None:
    home = Home.at(tmp_path / "it's [here]")
    home.prepare()
    drop(home, "a.txt", bulletin(1))
    load(home)
    with open_query(home) as connection:
        assert run_query(connection, "select count(*) from metrics").fetchall() == [(2,)]
