"""The process that runs the deployments and watches the inbox: `python -m flows.operate.runner HOME`.

Its settings come from the environment. Each run is a process of its own, which ends with this one.
"""

import asyncio
import logging
import os
import sys
import threading
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from flows.operate.deployments import DEPLOYMENTS, build
from flows.operate.lifeline import RUNNER, end_with
from flows.operate.place import tell_ready
from flows.operate.settings import read_settings
from warehouse.home import Home

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient

OWN_SERVER = "JIANBAO_OWN_SERVER"
"""Set in the environment when nobody else uses the server."""

# Each deployment runs once at a time; more at once would only wait for the writer's lock.
_MOST_RUNS = 4

_log = logging.getLogger("jianbao.runner")


def main(home: Home) -> None:
    """Set up what the server has to know, then run what is due until told to stop."""
    end_with(os.getppid())
    os.environ[RUNNER] = str(os.getpid())
    settings = read_settings(None, None)
    from prefect.client.orchestration import get_client
    from prefect.exceptions import ObjectNotFound
    from prefect.runner import Runner

    from flows.operate import automations
    from flows.operate.herald import Herald, watch_ends
    from flows.operate.inbox import DeploymentRuns, watch_inbox
    from flows.operate.notices import notices

    runner = Runner(name="jianbao", pause_on_shutdown=False, limit=_MOST_RUNS)
    ids: dict[str, UUID] = {}
    ways = notices(settings)
    with get_client(sync_client=True) as client:
        automations.set_up(client, ways)
        for deployment in DEPLOYMENTS:
            active = True
            with suppress(ObjectNotFound):
                known = client.read_deployment_by_name(f"{deployment.name}/{deployment.name}")
                # A schedule that somebody has paused in the UI stays paused.
                active = all(schedule.active for schedule in known.schedules)
            registered = runner.add_deployment(build(deployment, home, settings, active=active))
            assert isinstance(registered, UUID)
            ids[deployment.name] = registered
        if os.environ.get(OWN_SERVER):
            _bury_the_dead(client)
    stop = threading.Event()
    with get_client(sync_client=True) as client, get_client(sync_client=True) as another:
        runs = DeploymentRuns(client, ids["ingest"], home)
        threading.Thread(target=watch_inbox, args=(home, runs, stop), name="inbox", daemon=True).start()
        if ways:
            herald = Herald(another, ways, home.prefect / "told.json", datetime.now(UTC))
            threading.Thread(target=watch_ends, args=(herald, stop), name="herald", daemon=True).start()
        tell_ready(home)
        try:
            asyncio.run(runner.start())
        finally:
            stop.set()


def _bury_the_dead(client: "SyncPrefectClient") -> None:
    """Runs that an earlier runner left running have ended with it, and could not say so."""
    from prefect.client.schemas.filters import (
        DeploymentFilter,
        DeploymentFilterName,
        FlowRunFilter,
        FlowRunFilterState,
        FlowRunFilterStateType,
    )
    from prefect.client.schemas.objects import StateType
    from prefect.states import Crashed

    types = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]
    left = client.read_flow_runs(
        flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=types))),
        deployment_filter=DeploymentFilter(name=DeploymentFilterName(any_=[one.name for one in DEPLOYMENTS])),
    )
    for run in left:
        message = (
            "The process of this run was killed, or its machine went down. What it had published is whole; the next "
            "run goes on with the rest."
        )
        client.set_flow_run_state(run.id, Crashed(message=message), force=True)
        _log.warning("%s had been killed; it is marked as crashed", run.name)


if __name__ == "__main__":
    main(Home.at(sys.argv[1]))
