"""The server that a run by hand starts for itself ends with the run, also when that is killed."""

import subprocess
from pathlib import Path

from tests.flows.conftest import COMMAND, clean_environment
from tests.support.operating import SAMPLE, alive, children, wait, words


def test_a_killed_run_leaves_no_server_behind(tmp_path: Path) -> None:
    environment = clean_environment(JIANBAO_HOME=str(tmp_path / "home"))
    with subprocess.Popen(
        [COMMAND, "run", str(SAMPLE)], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        server = wait(
            lambda: next((pid for pid in children(process.pid) if "flows.operate.server" in words(pid)), None)
        )
        wait((tmp_path / "home/prefect/prefect.db").exists)
        process.kill()
    wait(lambda: not alive(server), seconds=10)
