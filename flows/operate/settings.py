"""The operator's settings, from the environment: `JIANBAO_PORT=4300 jianbao up`. docs/operate.md explains each."""

import ipaddress
from datetime import UTC, datetime
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError
from pydantic import AfterValidator, Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from tzlocal import get_localzone_name

from tasks.errors import UsageError

USER = "jianbao"
"""The name that goes with the password; there is one login for everybody."""


def _cron(expression: str) -> str:
    try:
        CronSim(expression, datetime.now(UTC))
    except CronSimError as error:
        raise ValueError(
            f"{expression!r} is no schedule ({error}); write five fields as cron does, e.g. */10 * * * *"
        ) from error
    return expression


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"{name!r} is no time zone; name one as in Asia/Shanghai") from error
    return name


Cron = Annotated[str, AfterValidator(_cron)]


class Settings(BaseSettings):
    """What `jianbao up` can be told; every name with JIANBAO_ before it."""

    model_config = SettingsConfigDict(env_prefix="JIANBAO_", extra="ignore", env_ignore_empty=True)

    host: str = "127.0.0.1"
    port: int = Field(default=4200, ge=0, le=65535)
    password: SecretStr | None = None
    schedule: Cron = "*/10 * * * *"
    maintenance: Cron = "15 3 * * *"
    timezone: Annotated[str, AfterValidator(_zone)] = Field(default_factory=get_localzone_name)
    webhook: SecretStr | None = None
    messages: SecretStr | None = None
    keep_days: int = Field(default=30, ge=1)

    @model_validator(mode="after")
    def _is_safe(self) -> Self:
        if not is_loopback(self.host) and self.password is None:
            raise ValueError(
                f"without a password the UI listens on this machine only, and {self.host} can be reached from others; "
                "set JIANBAO_PASSWORD"
            )
        if self.password and not _fits_a_header(self.password.get_secret_value()):
            raise ValueError("the password must be of ASCII characters, without blanks at its ends")
        return self

    @property
    def auth(self) -> str | None:
        """What server and clients must agree on: user:password."""
        return f"{USER}:{self.password.get_secret_value()}" if self.password else None


def read_settings(host: str | None, port: int | None) -> Settings:
    """From the environment; what the command line says comes first. UsageError names what is wrong."""
    told: dict[str, Any] = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    try:
        return Settings(**told)
    except ValidationError as error:
        raise UsageError("; ".join(_sentence(part["loc"], part["msg"]) for part in error.errors()) + ".") from None


def explain(expression: str) -> str:
    """A schedule in words: every 10th minute of every hour."""
    words = CronSim(expression, datetime.now(UTC)).explain()
    return words[0].lower() + words[1:]


def is_loopback(host: str) -> bool:
    """Whether a listening address is reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _fits_a_header(password: str) -> bool:
    return password.isascii() and password.isprintable() and password == password.strip() != ""


def _sentence(place: tuple[int | str, ...], message: str) -> str:
    words = message.removeprefix("Value error, ")
    return f"JIANBAO_{str(place[0]).upper()}: {words}" if place else words
