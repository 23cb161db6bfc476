"""sources.yml: what may stand in it, what is refused, and that no secret ever does."""

from pathlib import Path

import pytest
import yaml

from tasks.sources.config import named, read_sources, ready
from warehouse.errors import HomeFileError
from warehouse.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home.at(tmp_path)
    home.prepare()
    return home


def write(home: Home, content: object) -> None:
    home.sources.write_text(content if isinstance(content, str) else yaml.safe_dump(content), encoding="utf-8")


def test_without_a_file_there_are_no_sources(home: Home) -> None:
    assert read_sources(home) == {}
    write(home, "# none yet\n")
    assert read_sources(home) == {}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("a: [", "cannot be read as YAML"),
        ("- url: x", "one entry a source"),
        ({"a": None}, "source a: the entry"),
        ({"a": {"URL": "x"}}, "source a: url: Field required"),
        ({"a": {"url": "x", "speed": 3}}, "source a: speed: Extra inputs are not permitted"),
        ({"a": {"url": "x", "documents": "("}}, "is no regular expression"),
        ({"a": {"url": "x", "delay_seconds": -1}}, "source a: delay_seconds: Input should be greater"),
        ({"a/b": {"url": "x"}}, "is no name for a source"),
        ({"a": {"url": "x", "headers": {"Authorization": "Bearer abc"}}}, "headers.Authorization is a secret"),
        ({"a": {"url": "s3://b", "options": {"secret": "abc"}}}, "options.secret is a secret"),
        ({"a": {"url": "s3://b", "options": {"client_kwargs": {"aws_secret_access_key": "abc"}}}}, "is a secret"),
        ({"a": {"url": "https://u:abc@example.org/"}}, "a password or a token in the url"),
        ({"a": {"url": "https://example.org/?token=abc"}}, "a password or a token in the url"),
    ],
)
def test_what_is_wrong_is_said_without_the_secret(home: Home, content: object, sentence: str) -> None:
    write(home, content)
    with pytest.raises(HomeFileError, match=sentence) as raised:
        read_sources(home)
    assert str(home.sources) in str(raised.value)
    assert "abc" not in str(raised.value)


def test_secrets_are_filled_in_and_never_shown(home: Home) -> None:
    write(
        home,
        {
            "site": {"url": "https://example.org/?token=${TOKEN}", "headers": {"Cookie": "id=${prefect:cookie}"}},
            "bucket": {
                "url": "s3://b",
                "options": {"anon": True, "token": "anon", "client_kwargs": {"x": ["${TOKEN}"]}},
            },
        },
    )
    values = {"TOKEN": "t0k", "prefect:cookie": "c00k"}
    settings = read_sources(home)
    site = ready("site", settings["site"], values.get)
    assert site.settings.url == "https://example.org/?token=t0k"
    assert site.settings.headers == {"Cookie": "id=c00k"}
    assert site.shown("https://example.org/t0k/a?x=c00k") == "https://example.org/…/a?x=…"
    assert site.masked("denied for t0k") == "denied for …"
    assert "t0k" not in repr(site)
    assert ready("bucket", settings["bucket"], values.get).settings.options["client_kwargs"] == {"x": ["t0k"]}
    with pytest.raises(HomeFileError, match=r"source site: \$\{TOKEN\} has no value: it is not set"):
        ready("site", settings["site"], {}.get)
    with pytest.raises(HomeFileError, match=r"\$\{prefect:cookie\} has no value: no Secret block"):
        ready("site", settings["site"], {"TOKEN": "x"}.get)


def test_an_address_below_that_of_an_entry_has_its_settings(home: Home) -> None:
    write(home, {"site": {"url": "https://example.org/list/", "private": True}})
    settings = read_sources(home)

    def found(word: str) -> tuple[str, bool, bool]:
        source = named(word, home, settings, {}.get)
        return source.name, source.settings.private, source.is_configured

    assert found("site") == ("site", True, True)
    assert found("https://example.org/list/") == ("site", True, True)
    assert found("https://example.org/list/a.pdf") == ("site", True, False)
    assert found("https://example.org/listing/a.pdf") == ("https://example.org/listing/a.pdf", False, False)
    assert found("./site") == ("./site", False, False)
