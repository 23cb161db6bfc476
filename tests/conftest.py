"""In which order files are tested, the patience of laws, and a database of Prefect that is migrated once for all homes."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings

from flows.environment import prepare_environment
from warehouse.home import Home


def pytest_configure() -> None:
    """A law holds however busy the machine is: an example may take as long as it takes."""
    settings.register_profile("patient", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("patient")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long begin first, so that no process is left alone with one in the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Home], Home]:
    """Puts into a home what the first start of a Prefect server would take ten seconds to make: an empty database."""
    # The processes of xdist share the folder above their own.
    folder = tmp_path_factory.getbasetemp()
    folder = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    template = Home.at(folder / "migrated")
    with (folder / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.prefect.exists():
            _migrate(template)

    def put(home: Home) -> Home:
        home.prefect.mkdir(parents=True)
        shutil.copy(template.prefect / "prefect.db", home.prefect)
        return home

    return put


def _migrate(home: Home) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT", "JIANBAO"))}
    home.prepare()
    prepare_environment(home, environment)
    upgrade = [sys.executable, "-m", "prefect", "server", "database", "upgrade", "--yes"]
    subprocess.run(upgrade, env=environment, check=True, capture_output=True)
