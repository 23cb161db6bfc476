"""What the Prefect server does by itself: mark dead runs as crashed, and tell somebody when something went wrong."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flows.environment import HEARTBEAT_SECONDS
from flows.operate.settings import Settings

if TYPE_CHECKING:
    from prefect.blocks.core import Block
    from prefect.client.orchestration import SyncPrefectClient
    from prefect.events.schemas.automations import AutomationCore

MISSED_BEATS = 5
"""Three are the least that is safe: a beat may come late under load, and the server may be away for half a minute."""

BAD_ENDS = ("Failed", "Crashed", "TimedOut", "Quarantined", "Incomplete")
"""Names of states that somebody is told about."""

_ZOMBIES = "jianbao: a run without a sign of life has crashed"
_WEBHOOK = "jianbao: call the webhook when a run ends badly"
_MESSAGES = "jianbao: send a message when a run ends badly"
_BLOCK_OF = {_WEBHOOK: "jianbao-webhook", _MESSAGES: "jianbao-messages"}

_SUBJECT = "jianbao: {{ flow_run.name }}: {{ flow_run.state.name }}"
_BODY = "{{ flow_run.state.message or 'no message' }}\n\n{{ flow_run | ui_url }}"
_PAYLOAD = (
    '{"text": {{ ("jianbao: " ~ flow_run.name ~ ": " ~ flow_run.state.name ~ ". " ~ (flow_run.state.message or "")) '
    '| tojson }}, "flow": {{ flow.name | tojson }}, "run": {{ flow_run.name | tojson }}, '
    '"state": {{ flow_run.state.name | tojson }}, "message": {{ (flow_run.state.message or "") | tojson }}, '
    '"url": {{ (flow_run | ui_url) | tojson }}}'
)


def set_up(client: "SyncPrefectClient", settings: Settings) -> None:
    """Create or renew the automations; those that are no longer configured go away. May be called again and again."""
    wanted = [zombies(timedelta(seconds=MISSED_BEATS * HEARTBEAT_SECONDS)), *_notices(settings)]
    names = {automation.name for automation in wanted}
    for name in {_ZOMBIES, *_BLOCK_OF} - names:
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


def _notices(settings: Settings) -> list["AutomationCore"]:
    from prefect.blocks.webhook import Webhook
    from prefect.events.actions import CallWebhook, SendNotification
    from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
    from pydantic import SecretStr

    from flows.operate.messages import Messages

    actions: dict[str, Any] = {}
    if settings.webhook:
        block = Webhook(url=SecretStr(settings.webhook.get_secret_value()))
        document = _saved(block, _BLOCK_OF[_WEBHOOK])
        actions[_WEBHOOK] = CallWebhook(block_document_id=document, payload=_PAYLOAD)
    if settings.messages:
        document = _saved(Messages(url=settings.messages), _BLOCK_OF[_MESSAGES])
        actions[_MESSAGES] = SendNotification(block_document_id=document, subject=_SUBJECT, body=_BODY)
    return [
        AutomationCore(
            name=name,
            description=f"For runs that end as {', '.join(BAD_ENDS)}.",
            trigger=EventTrigger(
                expect={f"prefect.flow-run.{end}" for end in BAD_ENDS},
                match={"prefect.resource.id": ["prefect.flow-run.*"]},
                for_each={"prefect.resource.id"},
                posture=Posture.Reactive,
                threshold=1,
                within=timedelta(0),
            ),
            actions=[action],
        )
        for name, action in actions.items()
    ]


def _saved(block: "Block", name: str) -> UUID:
    document = block.save(name, overwrite=True)
    # A coroutine where there is a running loop; there is none here.
    assert isinstance(document, UUID)
    return document


def _same(known: "AutomationCore", wanted: "AutomationCore") -> bool:
    """Whether a renewal would change nothing; it would make the server forget which beats it has heard."""
    return all(
        _plain(getattr(known, part)) == _plain(getattr(wanted, part)) for part in ("trigger", "actions", "description")
    )


def _plain(part: Any) -> Any:  # noqa: ANN401 - a trigger, a list of actions or a text
    if isinstance(part, list):
        return [_plain(one) for one in part]
    return part.model_dump(mode="json", exclude={"id"}) if hasattr(part, "model_dump") else part
