r"""A home's sources.yml: where issues come from besides the inbox, one entry a source.

    zone-site:
      url: https://www.example.gov.cn/jianbao/     # a page that lists issues; also s3://…, sftp://…, or a folder
      documents: 'jianbao.*\.(pdf|docx)$'           # which of its links are issues
    archive:
      url: s3://bulletins/2024/
      options: {key: '${ARCHIVE_KEY}', secret: '${ARCHIVE_SECRET}'}

Secrets are never written into it: `${NAME}` stands for a variable of the environment, `${prefect:NAME}` for a Secret
block of Prefect. docs/sources.md explains every key.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Final

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from tasks.errors import UsageError
from tasks.sources.addresses import is_url, masked, scheme_of, shown, split_secrets
from warehouse.errors import HomeFileError
from warehouse.home import Home

Lookup = Callable[[str], str | None]
"""The secret of a name (NAME, or prefect:NAME), None when there is none."""

DOCUMENTS: Final = r"(?i)\.(?:txt|pdf|docx|zip)$"
"""Which links of a page are issues, unless the source says so."""

_SECRET: Final = re.compile(r"\$\{((?:prefect:)?[A-Za-z_][A-Za-z0-9_-]*)\}")
_SECRET_KEYS: Final = re.compile(
    r"secret|passw|token|credential|account_key|private_key|authorization|cookie|api[-_]?key", re.IGNORECASE
)
_NO_SECRETS: Final = frozenset({"anon", "cloud", "cache", "google_default", ""})
"""What stands under such keys and is none: ways in which a library finds its credentials by itself."""
_NAME: Final = re.compile(r"[^\s/\\:.][^\s/\\:]*")


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is no regular expression ({error})") from error
    return text


Pattern = Annotated[str, AfterValidator(_pattern)]


class SourceSettings(BaseModel):
    """One entry of the file; docs/sources.md says what each key means."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: Annotated[str, Field(min_length=1)]
    documents: Pattern | None = None
    follow: Pattern | None = None
    hosts: tuple[str, ...] = ()
    private: bool = False
    robots: bool = True
    delay_seconds: float = Field(default=1.0, ge=0, le=600)
    most_megabytes: int = Field(default=200, ge=1, le=4096)
    most_seconds: float = Field(default=300.0, gt=0, le=6 * 3600)
    most_pages: int = Field(default=50, ge=1, le=10_000)
    recheck_days: float = Field(default=7.0, ge=0)
    rechecks_a_run: int = Field(default=20, ge=0)
    documents_a_run: int = Field(default=300, ge=1)
    headers: Mapping[str, str] = {}
    options: Mapping[str, Any] = {}
    enabled: bool = True

    @model_validator(mode="after")
    def _keeps_secrets_out(self) -> "SourceSettings":
        for where, keys in (("headers", self.headers), ("options", _flat(self.options))):
            for key, value in keys.items():
                literal = isinstance(value, str) and not _SECRET.search(value) and value.lower() not in _NO_SECRETS
                if _SECRET_KEYS.search(key) and literal:
                    raise ValueError(
                        f"{where}.{key} is a secret and must not stand in the file; write ${{NAME}}, and set NAME in "
                        "the environment"
                    )
        if is_url(self.url) and split_secrets(_SECRET.sub("", self.url)):
            raise ValueError("a password or a token in the url must not stand in the file; write ${NAME} in its place")
        return self


@dataclass(frozen=True, slots=True)
class Source:
    """A source that is ready to be asked: its settings with the secrets in them, which `secrets` names one by one.

    `is_configured`: whether it stands in the file, or somebody has named its address.
    """

    name: str
    settings: SourceSettings = field(repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)
    is_configured: bool = True

    @property
    def scheme(self) -> str:
        """http, s3 …; empty for a path."""
        return scheme_of(self.settings.url)

    def shown(self, url: str) -> str:
        """An address as it may be seen: without what is secret in it."""
        return shown(url, self.secrets)

    def masked(self, words: str) -> str:
        """Words of others (an error's) without the secrets that this source knows."""
        return masked(words, self.secrets)


def read_sources(home: Home) -> dict[str, SourceSettings]:
    """The entries of the home's sources.yml by name, none when there is no file; HomeFileError says what is wrong."""
    path = home.sources
    if not path.exists():
        return {}
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8-sig")) or {}
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise HomeFileError(f"{path} cannot be read as YAML in UTF-8: {' '.join(str(error).split())}") from error
    if not isinstance(entries, dict):
        raise HomeFileError(f"{path} has to hold one entry a source: its name, then “url: …” and more, indented.")
    return {str(name): _entry(entry, str(name), path) for name, entry in entries.items()}


def _entry(entry: object, name: str, path: Path) -> SourceSettings:
    if not _NAME.fullmatch(name):
        raise HomeFileError(f"{path}: {name!r} is no name for a source: no blanks, slashes, colons, and no dot first.")
    try:
        return SourceSettings.model_validate(entry)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the entry"
        raise HomeFileError(f"{path}, source {name}: {where}: {first['msg'].removeprefix('Value error, ')}.") from error


def environment(name: str) -> str | None:
    """The secrets of the environment alone."""
    return os.environ.get(name)


def ready(name: str, settings: SourceSettings, lookup: Lookup) -> Source:
    """A source with its secrets in their places. HomeFileError names one that is not there."""
    secrets: list[str] = []

    def filled(value: Any) -> Any:  # noqa: ANN401 - any value that YAML has
        if isinstance(value, str):
            return _SECRET.sub(secret, value)
        if isinstance(value, Mapping):
            return {key: filled(one) for key, one in value.items()}
        return [filled(one) for one in value] if isinstance(value, list | tuple) else value

    def secret(match: "re.Match[str]") -> str:
        value = lookup(match[1])
        if not value:
            kind = "no Secret block of Prefect has this name" if ":" in match[1] else "it is not set in the environment"
            raise HomeFileError(f"source {name}: {match[0]} has no value: {kind}.")
        secrets.append(value)
        return value

    update = {key: filled(getattr(settings, key)) for key in ("url", "headers", "options")}
    return Source(name, settings.model_copy(update=update), tuple(secrets))


def named(word: str, home: Home, settings: Mapping[str, SourceSettings], lookup: Lookup) -> Source:
    """The source that a person means by a word: a name in sources.yml, an address, or a path.

    An address that lies below the url of an entry is read with the settings of that entry.
    """
    if word in settings:
        return ready(word, settings[word], lookup)
    if not is_url(word):
        return Source(word, SourceSettings(url=word), is_configured=False)
    if split_secrets(word):
        raise UsageError(
            f"{shown(word)}: a password or a token does not belong on the command line, where others can see it. Write "
            f"the address into {home.sources}, with ${{NAME}} in the place of the secret."
        )
    for name, own in settings.items():
        if not _SECRET.search(own.url) and (word == own.url or word.startswith(own.url.rstrip("/") + "/")):
            source = ready(name, own, lookup)
            return Source(
                name, source.settings.model_copy(update={"url": word}), source.secrets, is_configured=word == own.url
            )
    return Source(word, SourceSettings(url=word), is_configured=False)


def _flat(options: Mapping[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in options.items():
        flat |= _flat(value) if isinstance(value, Mapping) else {key: value}
    return flat
