"""Somebody is told of every run that ended badly: at once by an automation, and for certain by the herald."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import FlowRun
from prefect.events import Event
from prefect.events.filters import EventFilter, EventIDFilter
from prefect.states import Completed, Failed, Pending, Running, State

from flows.environment import TAG
from flows.operate import automations
from flows.operate.deployments import DEPLOYMENTS, build
from flows.operate.herald import GRACE, Herald
from flows.operate.notices import MessageNotice, Notice, WebhookNotice, notices
from flows.operate.settings import Settings
from flows.retry import retry
from tests.operate.conftest import Calls
from tests.support.operating import served, wait
from warehouse.home import Home

BOTH = {"/webhook", "/messages"}
A_YEAR = "0 0 1 1 *"


@pytest.fixture(scope="module")
def settings(calls: Calls) -> Settings:
    return Settings(
        webhook=f"http://{calls.place}/webhook", messages=f"json://{calls.place}/messages", schedule=A_YEAR, port=0
    )


@pytest.fixture(scope="module")
def client(place: Home, settings: Settings) -> Iterator[SyncPrefectClient]:
    """To the server of `jianbao up`; nobody else is there."""
    # (What has happened can be read at once.)
    often = {"PREFECT_SERVER_SERVICES_EVENT_PERSISTER_FLUSH_INTERVAL": "0.1"}
    with served(place, settings, **often) as api, SyncPrefectClient(api) as client:
        yield client


@pytest.fixture(scope="module")
def ways(client: SyncPrefectClient, settings: Settings) -> list[Notice]:
    ways = notices(settings)
    automations.set_up(client, ways)
    return ways


@pytest.fixture(autouse=True)
def silence(calls: Calls) -> None:
    calls.posted.clear()
    calls.answers.clear()


@pytest.fixture
def herald(client: SyncPrefectClient, ways: list[Notice], tmp_path: Path) -> Herald:
    return Herald(client, ways, tmp_path / "told.json", datetime.now(UTC))


def come_to(client: SyncPrefectClient, run: FlowRun, end: State) -> FlowRun:
    for state in (Pending(), Running(), end):
        client.set_flow_run_state(run.id, state, force=True)
    return client.read_flow_run(run.id)


def run_of(client: SyncPrefectClient, end: State, *tags: str) -> FlowRun:
    return come_to(client, client.create_flow_run(retry, tags=tags), end)


def later() -> datetime:
    return datetime.now(UTC) + GRACE + timedelta(seconds=1)


def places(calls: Calls) -> list[str]:
    return sorted(path for path, _ in calls.posted)


def known_as_told(client: SyncPrefectClient, herald: Herald, run: FlowRun) -> bool:
    """The server writes its events down in the end."""
    told = [next(iter(client.read_automations_by_name(name))).id for name in (WebhookNotice.name, MessageNotice.name)]
    return all(herald._was_told(automation, run) for automation in told)


def test_a_run_of_the_schedule_is_told_by_the_automations_at_once(
    client: SyncPrefectClient, place: Home, settings: Settings, herald: Herald, calls: Calls
) -> None:
    # The scheduler inserts its runs without an event that they are scheduled, and the next event follows that one.
    ingest = next(one for one in DEPLOYMENTS if one.name == "ingest")
    build(ingest, place, settings, active=True).apply()
    run = wait(lambda: next(iter(client.read_flow_runs(limit=1)), None))
    assert run.auto_scheduled
    run = come_to(client, run, Completed(name="Quarantined", message="nothing new"))
    wait(lambda: set(places(calls)) == BOTH, seconds=GRACE.total_seconds())
    wait(lambda: known_as_told(client, herald, run))
    assert herald.step(later())
    assert places(calls) == sorted(BOTH)


def test_what_does_not_arrive_is_sent_until_it_does(client: SyncPrefectClient, herald: Herald, calls: Calls) -> None:
    calls.answers |= {"/webhook": 503, "/messages": 500}
    run_of(client, Failed(message="the disk is full"), TAG)
    wait(lambda: set(places(calls)) == BOTH)
    assert not herald.step(later())
    calls.answers.clear()
    calls.posted.clear()
    # Once it has arrived, it is not sent again.
    assert herald.step(later())
    assert herald.step(later())
    assert places(calls) == sorted(BOTH)
    assert all("the disk is full" in body for _, body in calls.posted)


def test_both_say_the_same(client: SyncPrefectClient, ways: list[Notice], calls: Calls) -> None:
    run = run_of(client, Failed(message='the disk "D" is full'), TAG)
    wait(lambda: set(places(calls)) == BOTH)
    by_prefect = dict(calls.posted)
    calls.posted.clear()
    for way in ways:
        way.send(run, client.read_flow(run.flow_id))
    assert dict(calls.posted) == by_prefect


def test_what_no_automation_has_seen_is_told(client: SyncPrefectClient, herald: Herald, calls: Calls) -> None:
    # As when the server was killed before it had worked off its events.
    unseen(client, Failed(message="nobody saw it"))
    herald.step(later())
    assert places(calls) == sorted(BOTH)


def test_a_restart_remembers(client: SyncPrefectClient, ways: list[Notice], tmp_path: Path, calls: Calls) -> None:
    Herald(client, ways, tmp_path / "told.json", datetime.now(UTC))
    unseen(client, Failed(message="just before the end"))
    again = Herald(client, ways, tmp_path / "told.json", later())
    again.step(later())
    assert places(calls) == sorted(BOTH)
    Herald(client, ways, tmp_path / "told.json", later()).step(later())
    assert places(calls) == sorted(BOTH)


def test_what_is_switched_off_stays_silent(client: SyncPrefectClient, herald: Herald, calls: Calls) -> None:
    switch(client, on=False)
    happened(client, run_of(client, Failed(message="muted"), TAG))
    herald.step(later())
    switch(client, on=True)
    herald.step(later())
    assert calls.posted == []


def test_good_ends_and_runs_of_others_are_not_told(client: SyncPrefectClient, herald: Herald, calls: Calls) -> None:
    run_of(client, Completed(message="all is well"), TAG)
    run_of(client, Failed(message="not ours"))
    ours = run_of(client, Failed(message="ours"), TAG)
    wait(lambda: set(places(calls)) == BOTH)
    wait(lambda: known_as_told(client, herald, ours))
    herald.step(later())
    assert places(calls) == sorted(BOTH)
    assert all("ours" in body and "not ours" not in body for _, body in calls.posted)


def test_setting_up_again_changes_nothing(client: SyncPrefectClient, ways: list[Notice]) -> None:
    # A renewal would make the server forget which beats it has heard.
    before = client.read_automations()
    automations.set_up(client, ways)
    assert client.read_automations() == before
    assert len(before) == 3


def unseen(client: SyncPrefectClient, end: State) -> None:
    """A run whose end no automation has noticed."""
    switch(client, on=False)
    happened(client, run_of(client, end, TAG))
    switch(client, on=True)


def happened(client: SyncPrefectClient, run: FlowRun) -> None:
    """Wait until the server has worked off the event of a run's end."""
    wait(lambda: client.read_events(EventFilter(id=EventIDFilter(id=[run.state_id])), limit=1).events)


def test_a_run_without_a_sign_of_life_is_marked_as_crashed(client: SyncPrefectClient, ways: list[Notice]) -> None:
    (known,) = client.read_automations_by_name("jianbao: a run without a sign of life has crashed")
    # Prefect allows no less.
    client.update_automation(known.id, automations.zombies(timedelta(seconds=10)))
    ours, others = (client.create_flow_run(retry, tags=tags) for tags in ([TAG], []))
    for run in (others, ours):
        come_to(client, run, Running())
        beat = Event(
            event="prefect.flow-run.heartbeat",
            resource={"prefect.resource.id": f"prefect.flow-run.{run.id}"},
            related=[{"prefect.resource.id": f"prefect.tag.{tag}", "prefect.resource.role": "tag"} for tag in run.tags],
        )
        client.request("POST", "/events", json=[beat.model_dump(mode="json")])
    dead = wait(lambda: (state := client.read_flow_run(ours.id).state).is_crashed() and state)
    assert "the run was killed, or its machine went down" in dead.message
    # Runs of others on the same server have hearts of another rhythm.
    assert client.read_flow_run(others.id).state.is_running()
    automations.set_up(client, ways)


def switch(client: SyncPrefectClient, *, on: bool) -> None:
    for name in (WebhookNotice.name, MessageNotice.name):
        (automation,) = client.read_automations_by_name(name)
        (client.resume_automation if on else client.pause_automation)(automation.id)
