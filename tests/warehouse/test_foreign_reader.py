"""Somebody who may read a home and not write into it."""

import multiprocessing
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from tests.support.bulletins import bulletin, drop
from tests.support.loading import load
from warehouse.catalog import open_reader
from warehouse.connection import EXTENSIONS, extension_file
from warehouse.errors import HomeError
from warehouse.home import Home

NOBODY = 65534
SPAWN = multiprocessing.get_context("spawn")


@pytest.fixture
def home() -> Iterator[Home]:
    # Not in pytest's own folder, which nobody else may enter.
    root = Path(tempfile.mkdtemp())
    home = Home.at(root / "home")
    home.prepare()
    drop(home, "a.txt", bulletin(1))
    load(home)
    # The project itself may lie in a folder which nobody else may enter.
    for name in EXTENSIONS:
        package = extension_file(name).parents[2]
        shutil.copytree(package, packages(home) / package.name)
    root.chmod(0o755)
    home.root.chmod(0o555)
    yield home
    home.root.chmod(0o755)
    shutil.rmtree(root)


def packages(home: Home) -> Path:
    return home.root.parent / "packages"


def read_as_nobody(root: str, extensions: str, pipe: Connection) -> None:
    sys.path.insert(0, extensions)
    if os.getuid() == 0:
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    try:
        with open_reader(Home.at(root)) as connection:
            pipe.send(connection.execute("SELECT count(*) FROM metrics").fetchall())
    except HomeError as error:
        pipe.send(str(error))


def read(home: Home) -> object:
    ours, theirs = SPAWN.Pipe()
    process = SPAWN.Process(target=read_as_nobody, args=(str(home.root), str(packages(home)), theirs))
    process.start()
    process.join(60)
    return ours.recv()


def test_a_foreign_reader_reads_after_the_owner_did_and_is_told_so(home: Home) -> None:
    told = str(read(home))
    assert "Let the owner call jianbao status once" in told
    home.root.chmod(0o755)
    open_reader(home).close()
    home.root.chmod(0o555)
    assert read(home) == [(2,)]
