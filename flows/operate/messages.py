"""Messages to a person by any service that Apprise knows: e-mail, 企业微信, 钉钉, 飞书, Slack and a hundred more."""

from prefect.blocks.notifications import AppriseNotificationBlock
from pydantic import Field, SecretStr


class Messages(AppriseNotificationBlock):
    """Where jianbao writes to when a run failed, was killed, or put a document into quarantine."""

    _block_type_name = "jianbao messages"
    _block_type_slug = "jianbao-messages"

    url: SecretStr = Field(
        default=...,
        title="Address",
        description="An address of Apprise, e.g. mailtos://user:password@example.org?to=operator@example.org",
    )
