"""What the Prefect server does by itself: mark dead runs as crashed, and tell somebody when something went wrong."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flows.environment import HEARTBEAT_SECONDS, TAG

if TYPE_CHECKING:
    from prefect.client.orchestration import SyncPrefectClient
    from prefect.events.schemas.automations import AutomationCore

    from flows.operate.notices import Notice

MISSED_BEATS = 5
"""Three are the least that is safe: a beat may come late under load, and the server may be away for half a minute."""

_ZOMBIES = "jianbao: a run without a sign of life has crashed"

_OURS: dict[str, str | list[str]] = {"prefect.resource.id": f"prefect.tag.{TAG}", "prefect.resource.role": "tag"}
"""A server may have runs of others as well, whose hearts beat in another rhythm."""


def set_up(client: "SyncPrefectClient", notices: "Sequence[Notice]") -> None:
    """Create or renew the automations; those that are no longer configured go away. May be called again and again."""
    from flows.operate.notices import NOTICES

    wanted = [zombies(timedelta(seconds=MISSED_BEATS * HEARTBEAT_SECONDS)), *map(telling, notices)]
    for name in {notice.name for notice in NOTICES} - {notice.name for notice in notices}:
        for gone in client.read_automations_by_name(name):
            client.delete_automation(gone.id)
    for automation in wanted:
        known = client.read_automations_by_name(automation.name)
        if not known:
            client.create_automation(automation)
        elif not _same(known[0], automation):
            client.update_automation(known[0].id, automation)


def zombies(within: timedelta) -> "AutomationCore":
    """Marks a run as crashed when nothing was heard of it for so long after a beat."""
    from prefect.client.schemas.objects import StateType
    from prefect.events.actions import ChangeFlowRunState
    from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture

    return AutomationCore(
        name=_ZOMBIES,
        description="A run that was killed cannot say so. The next run goes on where it was; nothing is lost.",
        trigger=EventTrigger(
            after={"prefect.flow-run.heartbeat"},
            # Any other word of the run will do, also the names of our own states.
            expect={"prefect.flow-run.*"},
            match={"prefect.resource.id": ["prefect.flow-run.*"]},
            match_related=_OURS,
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=within,
        ),
        actions=[
            ChangeFlowRunState(
                state=StateType.CRASHED,
                name=None,
                message=f"No sign of life for {within.total_seconds() / 60:g} minutes: the run was killed, or its "
                "machine went down. What it had published is whole; the next run goes on with the rest.",
                force=False,
            )
        ],
    )


def telling(notice: "Notice") -> "AutomationCore":
    """Tells somebody when a run ended badly."""
    from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture

    from flows.operate.notices import BAD_ENDS

    return AutomationCore(
        name=notice.name,
        description=f"For runs that end as {', '.join(BAD_ENDS)}. What does not arrive jianbao sends again.",
        trigger=EventTrigger(
            expect={f"prefect.flow-run.{end}" for end in BAD_ENDS},
            match={"prefect.resource.id": ["prefect.flow-run.*"]},
            match_related=_OURS,
            for_each={"prefect.resource.id"},
            posture=Posture.Reactive,
            threshold=1,
            within=timedelta(0),
        ),
        actions=[notice.action()],
    )


def _same(known: "AutomationCore", wanted: "AutomationCore") -> bool:
    """Whether a renewal would change nothing; it would make the server forget which beats it has heard."""
    return all(
        _plain(getattr(known, part)) == _plain(getattr(wanted, part)) for part in ("trigger", "actions", "description")
    )


def _plain(part: Any) -> Any:  # noqa: ANN401 - a trigger, a list of actions or a text
    if isinstance(part, list):
        return [_plain(one) for one in part]
    return part.model_dump(mode="json", exclude={"id"}) if hasattr(part, "model_dump") else part
