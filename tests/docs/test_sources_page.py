"""docs/sources.md: its example can be used as it stands, and it explains every key and scheme."""

import re
from pathlib import Path

from tasks.sources.buckets import PACKAGES
from tasks.sources.config import SourceSettings, read_sources, ready
from warehouse.home import Home

PAGE = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")


def test_the_example_is_a_file_that_is_read(tmp_path: Path) -> None:
    home = Home.at(tmp_path)
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    home.sources.write_text(example, encoding="utf-8")
    settings = read_sources(home)
    assert list(settings) == ["zone-site", "archive", "share"]
    site = re.compile(settings["zone-site"].documents or "")
    assert site.search("/jianbao/2024/06.pdf")
    assert not site.search("/jianbao/index_2.html")
    archive = ready("archive", settings["archive"], {"ARCHIVE_KEY": "k", "prefect:archive-secret": "s"}.get)
    assert (archive.settings.options["key"], archive.settings.options["secret"]) == ("k", "s")


def test_every_key_is_explained_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]*) \|", PAGE, re.MULTILINE))
    fields = SourceSettings.model_fields
    assert rows.keys() == fields.keys()
    for name, default in rows.items():
        if fields[name].annotation in (int, float):
            assert float(default) == fields[name].default, name
        if fields[name].annotation is bool:
            assert default.strip() == str(fields[name].default).lower(), name


def test_every_scheme_is_named() -> None:
    (line,) = re.findall(r"\*\*Schemes\*\*: (.*?);", PAGE, re.DOTALL)
    aliases = {"s3a", "gcs", "az", "memory"}
    assert set(re.findall(r"`(\w+)`", line)) == {"http", "https", *PACKAGES} - aliases
