"""A home with one bulletin, made once."""

from collections.abc import Iterator

import duckdb
import pytest

from tests.support.bulletins import bulletin, drop
from tests.support.loading import load
from warehouse.home import Home
from warehouse.query import open_query


@pytest.fixture(scope="package")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home.at(tmp_path_factory.mktemp("export") / "home")
    home.prepare()
    drop(home, "a.txt", bulletin(1))
    load(home)
    return home


@pytest.fixture
def connection(loaded: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_query(loaded) as opened:
        yield opened
