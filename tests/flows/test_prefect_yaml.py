"""prefect.yaml, for those who run a Prefect server of their own, says the same as the table of `jianbao up`."""

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from flows.environment import prepare_environment
from flows.operate.deployments import DEPLOYMENTS
from flows.operate.settings import Settings
from tests.flows.conftest import clean_environment
from warehouse.home import Home

FILE = Path(__file__).parents[2] / "prefect.yaml"


@pytest.fixture
def deployed(server: str, home: Home) -> dict[str, dict]:
    """What the server knows after `prefect deploy --all`, by name."""
    home.prepare()
    environment = clean_environment(PREFECT_API_URL=server, JIANBAO_HOME=str(home.root))
    prepare_environment(home, environment)
    for words in (["work-pool", "create", "jianbao", "--type", "process"], ["--no-prompt", "deploy", "--all"]):
        done = subprocess.run(
            [sys.executable, "-m", "prefect", *words],
            check=False,
            cwd=FILE.parent,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    return {one["name"]: one for one in httpx.post(f"{server}/deployments/filter", json={}).json()}


def test_it_deploys_what_up_registers(deployed: dict[str, dict], home: Home) -> None:
    assert set(deployed) == {deployment.name for deployment in DEPLOYMENTS}
    defaults = {name: field.default for name, field in Settings.model_fields.items()}
    for deployment in DEPLOYMENTS:
        there = deployed[deployment.name]
        assert there["entrypoint"] == deployment.entrypoint.replace(":", ".")
        assert there["description"] == deployment.description
        assert there["parameters"] == {"home": str(home.root), **deployment.parameters}
        assert there["tags"] == ["jianbao"]
        assert (there["global_concurrency_limit"] or {}).get("limit") == 1
        assert there["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
        crons = [one["schedule"]["cron"] for one in there["schedules"]]
        assert crons == ([defaults[deployment.clock]] if deployment.clock else [])
