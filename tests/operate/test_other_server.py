"""`jianbao up` with a Prefect server of somebody else: that one is used, and none is started."""

from pathlib import Path

from flows.operate.deployments import DEPLOYMENTS
from flows.operate.settings import Settings
from tests.support.operating import SAMPLE, drop, operated, served, wait
from warehouse.home import Home


def test_runs_are_registered_and_done_there(place: Home, tmp_path: Path) -> None:
    with served(place, Settings(port=0)) as api, operated(Home.at(tmp_path / "home"), PREFECT_API_URL=api) as up:
        assert f"Watch it at  {api.removesuffix('/api')}\n" in up.out.read_text()
        assert up.child("flows.operate.server") is None
        assert sorted(one["name"] for one in up.find("deployments")) == sorted(one.name for one in DEPLOYMENTS)
        drop(up.home, "2023-07.txt", SAMPLE.read_bytes())
        wait(lambda: any(run["name"] == "ingest 1 new of 1 · 2023-07" for run in up.runs("Completed")))
