"""A real Prefect server for the session, and the real command line in a process of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from flows.environment import prepare_environment
from warehouse.home import Home

COMMAND = str(Path(sys.executable).with_name("jianbao"))
STARTUP_SECONDS = 600


@dataclass(frozen=True)
class Ended:
    """A command that has ended."""

    code: int
    out: str
    err: str


Jianbao = Callable[..., Ended]


def clean_environment(**more: str) -> dict[str, str]:
    """The environment without anything that Prefect or jianbao would listen to."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT", "JIANBAO", "DO_NOT"))}
    return {**kept, "PYTHONIOENCODING": "utf-8", **more}


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, migrated: Callable[[Home], Home]) -> Iterator[str]:
    """The API address of a Prefect server with a database of its own."""
    home = migrated(Home.at(tmp_path_factory.mktemp("prefect") / "home"))
    home.prepare()
    environment = clean_environment()
    prepare_environment(home, environment)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    place = ["--host", "127.0.0.1", "--port", str(port), "--no-ui"]
    command = [sys.executable, "-m", "prefect", "server", "start", *place]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        api = f"http://127.0.0.1:{port}/api"
        wait_for(api, process)
        yield api
        process.terminate()


def wait_for(api: str, process: "subprocess.Popen[bytes]") -> None:
    """Until the server answers."""
    deadline = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server died"
        try:
            if httpx.get(f"{api}/health").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise TimeoutError(api)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home that is not there yet."""
    return Home.at(tmp_path / "home")


def caller(home: Home, folder: Path) -> Jianbao:
    """Calls the command in a folder, with a home; no Prefect server is named."""

    def call(*words: str, stdin: str = "", **environment: str) -> Ended:
        done = subprocess.run(
            [COMMAND, *words],
            check=False,
            cwd=folder,
            input=stdin,
            capture_output=True,
            text=True,
            env=clean_environment(JIANBAO_HOME=str(home.root), **environment),
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    return call


@pytest.fixture
def jianbao(home: Home, tmp_path: Path) -> Jianbao:
    """Call the command with the home of the test, in a folder of its own."""
    return caller(home, tmp_path)


@pytest.fixture
def run(jianbao: Jianbao, server: str) -> Jianbao:
    """`jianbao run` on the session's server."""
    return lambda *words: jianbao("run", *words, PREFECT_API_URL=server)
