"""What a person finds in the Prefect UI who wants to start a run: described parameters, sane limits."""

from pathlib import Path

import pytest
import yaml

from flows.operate.deployments import DEPLOYMENTS, Deployment, build
from flows.operate.settings import Settings
from warehouse.home import Home

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda one: one.name)
def test_a_deployment_can_be_run_by_hand(deployment: Deployment, tmp_path: Path) -> None:
    built = build(deployment, Home.at(tmp_path), Settings(), active=True)
    schema = built._parameter_openapi_schema
    for name, parameter in schema.properties.items():
        assert parameter["description"], name
        assert "type" in parameter or "anyOf" in parameter, name
    assert set(built.parameters) == set(schema.properties), "what the form shows is filled in"
    assert built.description
    assert built.tags == ["jianbao"]
    assert built.concurrency_limit == 1


def test_no_run_hangs_for_ever() -> None:
    for deployment in DEPLOYMENTS:
        module, _, function = deployment.entrypoint.partition(":")
        flow = getattr(__import__(module, fromlist=[function]), function)
        assert flow.timeout_seconds == 6 * 3600
        assert flow.retries == 0, "tasks are tried again, and only for what may pass"


def test_the_examples_set_what_there_is_to_set() -> None:
    compose = yaml.safe_load((EXAMPLES / "compose.yaml").read_text(encoding="utf-8"))["services"]["jianbao"]
    unit = (EXAMPLES / "jianbao.service").read_text(encoding="utf-8")
    dockerfile = (EXAMPLES / "Dockerfile").read_text(encoding="utf-8")
    known = {f"JIANBAO_{name.upper()}" for name in Settings.model_fields} | {"JIANBAO_HOME", "PREFECT_UI_URL"}
    assert set(compose["environment"]) <= known
    assert "ExecStart=/opt/jianbao/.venv/bin/jianbao up\n" in unit
    assert 'CMD ["jianbao", "up"]' in dockerfile
    # The image listens beyond itself, so it must not come up without a password; the port is this machine's only.
    assert "JIANBAO_HOST=0.0.0.0" in dockerfile
    assert compose["environment"]["JIANBAO_PASSWORD"].startswith("${JIANBAO_PASSWORD:?")
    assert all(port.startswith("127.0.0.1:") for port in compose["ports"])
    # Both leave it the time that it takes to stop in order.
    assert compose["stop_grace_period"] == "30s"
    assert "TimeoutStopSec=30\n" in unit
