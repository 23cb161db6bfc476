"""What somebody is told of a run that ended badly: by an automation of Prefect, or, when that failed, without it."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

import httpx
import jinja2
from prefect.blocks.abstract import NotificationError
from prefect.blocks.core import Block
from prefect.blocks.webhook import Webhook
from prefect.client.schemas.objects import Flow, FlowRun
from prefect.events.actions import CallWebhook, SendNotification
from prefect.utilities.urls import url_for
from pydantic import SecretStr

from flows.operate.messages import Messages
from flows.operate.settings import Settings
from tasks.errors import TransientError

BAD_ENDS = ("Failed", "Crashed", "TimedOut", "Quarantined", "Incomplete")
"""Names of states that somebody is told about."""

_SUBJECT = "jianbao: {{ flow_run.name }}: {{ flow_run.state.name }}"
_BODY = "{{ flow_run.state.message or 'no message' }}\n\n{{ flow_run | ui_url }}"
_PAYLOAD = (
    '{"text": {{ ("jianbao: " ~ flow_run.name ~ ": " ~ flow_run.state.name ~ ". " ~ (flow_run.state.message or "")) '
    '| tojson }}, "flow": {{ flow.name | tojson }}, "run": {{ flow_run.name | tojson }}, '
    '"state": {{ flow_run.state.name | tojson }}, "message": {{ (flow_run.state.message or "") | tojson }}, '
    '"url": {{ (flow_run | ui_url) | tojson }}}'
)


class NotDeliveredError(TransientError):
    """The receiver of a notice is away, or did not take it."""


class Notice(ABC):
    """A way to tell somebody; `name` is that of its automation."""

    name: ClassVar[str]

    @abstractmethod
    def action(self) -> CallWebhook | SendNotification:
        """What the automation does; what it needs is saved on the server."""

    @abstractmethod
    def send(self, run: FlowRun, flow: Flow) -> None:
        """Say the same here and now; NotDeliveredError when it did not arrive."""


class WebhookNotice(Notice):
    """A POST with JSON."""

    name = "jianbao: call the webhook when a run ends badly"
    block_name = "jianbao-webhook"

    def __init__(self, url: str) -> None:
        self._block = Webhook(url=SecretStr(url))

    def action(self) -> CallWebhook:
        return CallWebhook(block_document_id=_saved(self._block, self.block_name), payload=_PAYLOAD)

    def send(self, run: FlowRun, flow: Flow) -> None:
        # A webhook block opens its client once only.
        block = Webhook(url=self._block.url)
        try:
            answer = asyncio.run(block.call(_render(_PAYLOAD, run, flow)))
        except httpx.HTTPError as error:
            raise NotDeliveredError(f"the webhook could not be called ({error or type(error).__name__})") from error
        if not answer.is_success:
            # (Its address is a secret, so httpx may not say it.)
            raise NotDeliveredError(f"the webhook answered {answer.status_code} {answer.reason_phrase}")


class MessageNotice(Notice):
    """A message by whatever service the address names."""

    name = "jianbao: send a message when a run ends badly"
    block_name = "jianbao-messages"

    def __init__(self, url: str) -> None:
        self._block = Messages(url=SecretStr(url))

    def action(self) -> SendNotification:
        return SendNotification(block_document_id=_saved(self._block, self.block_name), subject=_SUBJECT, body=_BODY)

    def send(self, run: FlowRun, flow: Flow) -> None:
        with self._block.raise_on_failure():
            try:
                self._block.notify(_render(_BODY, run, flow), _render(_SUBJECT, run, flow))
            except NotificationError as error:
                raise NotDeliveredError(
                    f"the message was not taken ({error.log.strip() or 'no reason given'})"
                ) from error


NOTICES: Sequence[type[Notice]] = (WebhookNotice, MessageNotice)


def notices(settings: Settings) -> list[Notice]:
    """The ways that are configured."""
    found: list[Notice] = []
    if settings.webhook:
        found.append(WebhookNotice(settings.webhook.get_secret_value()))
    if settings.messages:
        found.append(MessageNotice(settings.messages.get_secret_value()))
    return found


def _render(template: str, run: FlowRun, flow: Flow) -> str:
    """As the server renders it."""
    environment = jinja2.Environment(autoescape=False)  # noqa: S701 - JSON and plain text, no HTML
    environment.filters["ui_url"] = url_for
    return environment.from_string(template).render(flow_run=run, flow=flow)


def _saved(block: Block, name: str) -> UUID:
    document = block.save(name, overwrite=True)
    # A coroutine where there is a running loop; there is none here.
    assert isinstance(document, UUID)
    return document
