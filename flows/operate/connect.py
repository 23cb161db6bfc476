"""The Prefect server for a run that a person starts: the user's, that of `jianbao up`, or one for just this run."""

import atexit
import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import MutableMapping

import httpx

from flows.environment import prepare_environment
from flows.operate.place import running_server
from tasks.errors import HomeError
from warehouse.home import Home

_PATIENCE_SECONDS = 600.0
_GRACE_SECONDS = 5.0


def connect(home: Home, environ: MutableMapping[str, str]) -> None:
    """Prepare the environment so that Prefect, which is not imported yet, reports to the right server.

    A server that is started here ends with this process, however that ends.
    """
    prepare_environment(home, environ)
    if "PREFECT_API_URL" in environ:
        return
    address = running_server(home)
    if address and _answers(address.api_url, address.auth):
        environ["PREFECT_API_URL"] = address.api_url
        if address.auth:
            environ.setdefault("PREFECT_API_AUTH_STRING", address.auth)
    else:
        environ["PREFECT_API_URL"] = _start_server(home, environ)


def _start_server(home: Home, environ: MutableMapping[str, str]) -> str:
    """Start a server for this process; its API address."""
    # A file without a name: it goes away with the last process that has it open.
    with socket.create_server(("127.0.0.1", 0)) as listener, tempfile.TemporaryFile(dir=home.staging) as log:
        process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "flows.operate.server", str(listener.fileno()), "temporary"],
            env={**environ, "PYTHONSAFEPATH": "1"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=[listener.fileno()],
            # Ctrl-C is for the run; the server is stopped when that has said its last word.
            start_new_session=True,
        )
        # Registered before Prefect is imported, so called after Prefect has sent its last log lines.
        atexit.register(_stop, process)
        api_url = f"http://127.0.0.1:{listener.getsockname()[1]}/api"
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not _answers(api_url, environ.get("PREFECT_API_AUTH_STRING")):
            if process.poll() is not None or time.monotonic() > deadline:
                log.seek(0)
                words = log.read().decode(errors="replace").strip()[-2000:]
                raise HomeError(f"Prefect could not be started in {home.prefect}. Its last words:\n{words}")
    return api_url


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_GRACE_SECONDS)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _answers(api_url: str, auth: str | None) -> bool:
    user, _, password = (auth or "").partition(":")
    try:
        answer = httpx.get(f"{api_url}/health", auth=(user, password) if auth else None, timeout=2)
    except httpx.HTTPError:
        return False
    return answer.is_success
