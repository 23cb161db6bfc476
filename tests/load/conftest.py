"""A home with an empty catalog; made once, because making one takes longer than most tests."""

import shutil
from pathlib import Path

import pytest

from warehouse.catalog import open_writer
from warehouse.home import Home


@pytest.fixture(scope="session")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home.at(tmp_path_factory.mktemp("empty") / "home")
    home.prepare()
    open_writer(home).close()
    return home


@pytest.fixture
def home(empty_home: Home, tmp_path: Path) -> Home:
    return Home.at(shutil.copytree(empty_home.root, tmp_path / "home"))
