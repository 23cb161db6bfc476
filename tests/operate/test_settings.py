"""The operator's settings: what is refused, and in which words."""

from pathlib import Path

import pytest

from flows.operate.settings import Settings, explain, is_loopback, read_settings
from tasks.errors import UsageError


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("JIANBAO_SCHEDULE", "every day", "JIANBAO_SCHEDULE: 'every day' is no schedule"),
        ("JIANBAO_TIMEZONE", "China/Taiyuan", "JIANBAO_TIMEZONE: 'China/Taiyuan' is no time zone"),
        ("JIANBAO_PORT", "70000", "JIANBAO_PORT: Input should be less than or equal to 65535"),
        ("JIANBAO_HOST", "0.0.0.0", "set JIANBAO_PASSWORD"),
        ("JIANBAO_HOST", "db.example.org", "set JIANBAO_PASSWORD"),
        ("JIANBAO_PASSWORD", "密码", "the password must be of ASCII characters"),
        ("JIANBAO_KEEP_DAYS", "0", "JIANBAO_KEEP_DAYS: "),
    ],
)
def test_a_wrong_setting_is_named(monkeypatch, name, value, sentence) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UsageError) as refused:
        read_settings(None, None)
    assert sentence in str(refused.value)


def test_with_a_password_others_may_come(monkeypatch) -> None:
    monkeypatch.setenv("JIANBAO_PASSWORD", "s:e c")
    settings = read_settings("0.0.0.0", 0)
    assert settings.auth == "jianbao:s:e c"
    assert "s:e c" not in repr(settings)


def test_the_command_line_comes_first(monkeypatch) -> None:
    monkeypatch.setenv("JIANBAO_PORT", "1")
    assert read_settings(None, 2).port == 2
    assert read_settings(None, None).port == 1


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("192.168.1.1", False),
        ("::", False),
    ],
)
def test_loopback(host, loopback) -> None:
    assert is_loopback(host) is loopback


def test_a_schedule_in_words() -> None:
    assert explain("*/10 * * * *") == "every 10th minute of every hour"
    assert explain("15 3 * * *") == "at 03:15 every day"


def test_every_setting_is_explained() -> None:
    page = (Path(__file__).parents[2] / "docs" / "operate.md").read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        (row,) = [
            line for line in page.splitlines() if line.startswith("| `JIANBAO_") and f"JIANBAO_{name.upper()}`" in line
        ]
        if isinstance(field.default, str | int):
            assert f"{field.default}" in row.split("|")[2]
