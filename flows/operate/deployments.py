"""The deployments: one table, from which `jianbao up` registers them; prefect.yaml says the same for other servers."""

import importlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from flows.environment import TAG
from flows.operate.settings import Settings
from warehouse.home import Home

if TYPE_CHECKING:
    from prefect import Flow
    from prefect.deployments.runner import RunnerDeployment

Clock = Literal["schedule", "maintenance"]

_WAIT_SECONDS = 1800.0
_SETTLE_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Deployment:
    """A flow that runs by itself or on demand; flow and deployment have the same name.

    `clock` names the setting that holds its schedule; `parameters` are given besides `home`, which every flow takes.
    """

    name: str
    entrypoint: str
    description: str
    clock: Clock | None = None
    parameters: dict[str, Any] = field(default_factory=dict)


DEPLOYMENTS = (
    Deployment(
        "ingest",
        "flows.ingest:ingest",
        "Ingest what is new in the inbox and in the sources of sources.yml, or in those that you name. What is known "
        "is not touched, so it may run as often as you like; a run that starts while another one is at work is "
        "cancelled: that one does it.",
        clock="schedule",
        parameters={"sources": [], "wait_seconds": _WAIT_SECONDS, "settle_seconds": _SETTLE_SECONDS, "full": False},
    ),
    Deployment(
        "maintain",
        "flows.maintain:maintain",
        "Back up the catalog, merge small files, forget empty history, remove files that nothing refers to. What was "
        "published, and every revision of it, stays; queries that run meanwhile are not disturbed.",
        clock="maintenance",
        parameters={"keep_days": 2, "wait_seconds": _WAIT_SECONDS},
    ),
    Deployment(
        "reprocess",
        "flows.reprocess:reprocess",
        "Read published issues again, from the stored bytes, with the rules of today: those that other rules have "
        "read, or those that you name. Try it first with dry_run: it shows what would change.",
        parameters={
            "issue": None,
            "since": None,
            "everything": False,
            "dry_run": False,
            "wait_seconds": _WAIT_SECONDS,
        },
    ),
    Deployment(
        "report",
        "flows.report_pages:report_pages",
        "Make the HTML pages anew from the tables. Every ingest that brings something does so by itself.",
    ),
    Deployment(
        "retry",
        "flows.retry:retry",
        "Try what is in quarantine once more, from the stored bytes: the files that you name, or all of them.",
        parameters={"names": [], "wait_seconds": _WAIT_SECONDS},
    ),
)


def schedules(settings: Settings) -> Iterator[tuple[str, str]]:
    """Name and schedule of each deployment that has one."""
    for deployment in DEPLOYMENTS:
        if deployment.clock:
            yield deployment.name, getattr(settings, deployment.clock)


def build(deployment: Deployment, home: Home, settings: Settings, *, active: bool) -> "RunnerDeployment":
    """The deployment as Prefect wants it; `active` is whether its schedule runs."""
    from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
    from prefect.deployments.runner import RunnerDeployment
    from prefect.schedules import Cron
    from prefect.types.entrypoint import EntrypointType

    schedule = None
    if deployment.clock:
        schedule = Cron(getattr(settings, deployment.clock), timezone=settings.timezone, active=active)
    module, _, function = deployment.entrypoint.partition(":")
    flow: Flow[..., Any] = getattr(importlib.import_module(module), function)
    built = flow.to_deployment(
        deployment.name,
        schedule=schedule,
        parameters={"home": str(home.root), **deployment.parameters},
        description=deployment.description,
        tags=[TAG],
        concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    # A coroutine where there is a running loop; there is none here.
    assert isinstance(built, RunnerDeployment)
    return built
