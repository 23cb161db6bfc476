"""Watches the inbox: a file that has come to rest there is ingested soon, without waiting for the schedule.

It looks by itself instead of being told by the file system: network drives tell nothing.
"""

import logging
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from tasks.sources.settle import Look, look
from warehouse.home import Home

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient

_log = logging.getLogger("jianbao.inbox")

LOOK_SECONDS = 4.0
_MOST_TRIES = 3
_REST = 20
_LONGEST_PAUSE = 30.0


class Runs(Protocol):
    """The runs of `ingest`, as the watch needs to know them."""

    def at_work(self) -> bool:
        """Whether one has begun and not ended."""

    def start(self) -> UUID:
        """Start one; what it is known by."""

    def outcome(self, run: UUID) -> str | None:
        """None while it has not ended, then: done, cancelled (another one was at work), or broken."""


@dataclass
class Watch:
    """What was seen of the inbox: `looked` the last time, `handed` in the files of the run that is under way."""

    runs: Runs
    looked: Look
    known: Look
    run: UUID | None = None
    handed: Look | None = None
    tries: int = 0

    def step(self, now: Look) -> None:
        """Take another look: `now` is what lies in the inbox."""
        resting = {uri: shape for uri, shape in now.items() if self.looked.get(uri) == shape}
        self.looked = now
        self._follow()
        fresh = {uri: shape for uri, shape in resting.items() if self.known.get(uri) != shape}
        # A run that is at work may have listed the inbox before the file was there.
        if fresh and self.run is None and not self.runs.at_work():
            self.run = self.runs.start()
            self.handed = fresh
            self.known = {**{uri: shape for uri, shape in self.known.items() if uri in now}, **fresh}
            _log.info("new in the inbox: %s", ", ".join(sorted(fresh)))

    def _follow(self) -> None:
        outcome = self.runs.outcome(self.run) if self.run is not None else None
        if outcome is None:
            return
        self.run, handed, self.handed = None, self.handed or {}, None
        self.tries = 0 if outcome == "done" else self.tries + (outcome == "broken")
        if outcome != "done" and self.tries < _MOST_TRIES:
            self.known = {uri: shape for uri, shape in self.known.items() if uri not in handed}


def watch_inbox(home: Home, runs: Runs, stop: threading.Event) -> None:
    """Look again and again until told to stop. What lies there at the beginning is new."""
    watch = Watch(runs, looked={}, known={})
    pause = LOOK_SECONDS
    while not stop.wait(pause):
        try:
            begun = time.monotonic()
            now = look(home)
            # A slow drive, or an inbox of a hundred thousand files, is not to be kept busy.
            pause = min(max(LOOK_SECONDS, _REST * (time.monotonic() - begun)), _LONGEST_PAUSE)
            watch.step(now)
        except Exception as error:  # noqa: BLE001 - the drive or the server may be away for a while
            _log.warning("the inbox could not be watched: %s", error)


class DeploymentRuns:
    """The runs of the deployment `ingest` on a Prefect server."""

    def __init__(self, client: "SyncPrefectClient", deployment_id: UUID, home: Home) -> None:
        self._client, self._deployment_id, self._home = client, deployment_id, home

    def at_work(self) -> bool:
        from prefect.client.schemas.filters import (
            DeploymentFilter,
            DeploymentFilterId,
            FlowRunFilter,
            FlowRunFilterState,
            FlowRunFilterStateType,
        )
        from prefect.client.schemas.objects import StateType

        types = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]
        return bool(
            self._client.read_flow_runs(
                flow_run_filter=FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=types))),
                deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[self._deployment_id])),
                limit=1,
            )
        )

    def start(self) -> UUID:
        return self._client.create_flow_run_from_deployment(
            self._deployment_id,
            name="ingest the inbox",
            tags=["dropped"],
            # Other sources are asked by schedule; a file in the inbox is no reason to.
            parameters={"sources": [str(self._home.inbox)]},
        ).id

    def outcome(self, run: UUID) -> str | None:
        state = self._client.read_flow_run(run).state
        if state is None or not state.is_final():
            return None
        return "done" if state.is_completed() else "cancelled" if state.is_cancelled() else "broken"
