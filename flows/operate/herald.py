"""Sees to it that somebody is told of every run that ended badly.

Prefect's automations tell at once, and that is all that they promise: what they have not worked off is gone when the
server is started again, a receiver that is away is asked once, and one that answers with an error counts as told. So
the runs are looked at here as well, as they stand in the server's database: where no automation has delivered its
notice, it is sent from here, again and again until it arrives. At worst somebody is told twice.
"""

import json
import logging
import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterEndTime,
    FlowRunFilterState,
    FlowRunFilterStateName,
    FlowRunFilterTags,
)
from prefect.client.schemas.objects import FlowRun
from prefect.client.schemas.sorting import FlowRunSort
from prefect.events.filters import EventFilter, EventNameFilter, EventRelatedFilter, EventResourceFilter

from flows.environment import TAG
from flows.operate.notices import BAD_ENDS, Notice

GRACE: Final = timedelta(minutes=1)
"""How long the automations have: they take two seconds, and the word that they are done five more."""

_PAUSE_SECONDS = 15.0
_LONGEST_PAUSE = 600.0
_PAGE = 200
_MULTIPLE_CHOICES = 300

_log = logging.getLogger("jianbao.herald")


class Herald:
    """Knows, for each way to tell somebody, up to which run it has been told.

    `memory` is a file that keeps it over restarts. A way that is new tells what happens from `now` on.
    """

    def __init__(self, client: SyncPrefectClient, notices: Sequence[Notice], memory: Path, now: datetime) -> None:
        self._client, self._notices, self._memory = client, notices, memory
        kept = _read(memory)
        self._told = {notice.name: kept.get(notice.name, now) for notice in notices}
        self._write()

    def step(self, now: datetime) -> bool:
        """Tell what the automations should have told by now and have not; whether everything arrived."""
        arrived = True
        for notice in self._notices:
            try:
                self._catch_up(notice, now - GRACE)
            except Exception as error:  # noqa: BLE001 - the receiver or the server may be away for a while
                _log.warning("%s: it did not arrive, and is tried again: %s", notice.name, error)
                arrived = False
        return arrived

    def _catch_up(self, notice: Notice, until: datetime) -> None:
        automation = next(iter(self._client.read_automations_by_name(notice.name)), None)
        if automation is None or not automation.enabled:
            # Somebody has switched it off in the UI, and is not told later what he did not want to hear.
            self._remember(notice, until)
            return
        for run in self._ended_badly(self._told[notice.name], until):
            if not self._was_told(automation.id, run):
                notice.send(run, self._client.read_flow(run.flow_id))
                _log.warning("%s: done for %s, for which Prefect had not done it", notice.name, run.name)
            assert run.end_time
            self._remember(notice, run.end_time)

    def _ended_badly(self, after: datetime, until: datetime) -> list[FlowRun]:
        """In the order in which they ended."""
        wanted = FlowRunFilter(
            tags=FlowRunFilterTags(all_=[TAG]),
            state=FlowRunFilterState(name=FlowRunFilterStateName(any_=list(BAD_ENDS))),
            # The bounds are included, so the last one that was told comes again.
            end_time=FlowRunFilterEndTime.model_validate({"after_": after, "before_": until}),
        )
        found = [run for run in self._pages(wanted) if run.end_time and run.end_time > after]
        return found[::-1]

    def _pages(self, wanted: FlowRunFilter) -> Iterator[FlowRun]:
        offset = 0
        while page := self._client.read_flow_runs(
            flow_run_filter=wanted, sort=FlowRunSort.END_TIME_DESC, limit=_PAGE, offset=offset
        ):
            yield from page
            offset += len(page)

    def _was_told(self, automation_id: UUID, run: FlowRun) -> bool:
        # The event that a run has come to a state has the id of the state.
        done = EventFilter(
            event=EventNameFilter(name=["prefect.automation.action.executed"]),
            resource=EventResourceFilter(id=[f"prefect.automation.{automation_id}"]),
            related=EventRelatedFilter(id=[f"prefect.event.{run.state_id}"]),
        )
        page = self._client.read_events(done, limit=1)
        # (A message has no status: where it could not be sent, the action has failed.)
        return any(event.payload.get("status_code", 0) < _MULTIPLE_CHOICES for event in page.events)

    def _remember(self, notice: Notice, moment: datetime) -> None:
        self._told[notice.name] = max(moment, self._told[notice.name])
        self._write()

    def _write(self) -> None:
        draft = self._memory.with_suffix(".new")
        draft.write_text(json.dumps({name: told.isoformat() for name, told in self._told.items()}), encoding="utf-8")
        draft.replace(self._memory)


def watch_ends(herald: Herald, stop: threading.Event) -> None:
    """Look again and again until told to stop; less often while a receiver is away."""
    pause = _PAUSE_SECONDS
    while not stop.wait(pause):
        pause = _PAUSE_SECONDS if herald.step(datetime.now(UTC)) else min(2 * pause, _LONGEST_PAUSE)


def _read(memory: Path) -> dict[str, datetime]:
    try:
        return {name: datetime.fromisoformat(told) for name, told in json.loads(memory.read_text("utf-8")).items()}
    except FileNotFoundError:
        return {}
    except (ValueError, AttributeError, TypeError) as error:
        _log.warning("%s cannot be read (%s): what ended before now counts as told", memory, error)
        return {}
