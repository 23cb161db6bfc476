"""A warehouse with real issues and its pages, made once; Chromium; and records for pages that no bulletin would give."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tasks.report.publish import publish_report
from tasks.report.records import Article, Check, Issue, IssuePage, Metric, Paragraph
from tests.support.loading import load, read_text
from warehouse.catalog import open_reader
from warehouse.home import Home

GOLD = Path(__file__).parent.parent / "gold"
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC).replace(tzinfo=None)
# The browser's own calls home are not what is tested.
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
SWITCHES += ["--disable-component-update", "--disable-sync"]

# Seven weeks after the sample issue the same zone has other figures.
LATER = """山西开发区简报  2023年第9期（总第60期）  2023年9月20日

广灵经济技术开发区
项目建设再上台阶

　　本刊讯 今年以来，广灵经济技术开发区
狠抓项目建设。
　　目前，全区重点推进在建项目有23个，
总投资41.2亿元。其中在库项目14个，总投
资30亿元。今年新落地开工的项目有9个，总
签约8.5亿元。（王云霞）
"""


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The sample issue, an invented one, a later one of the same zone, and a file in quarantine. Not to be changed."""
    home = Home.at(tmp_path_factory.mktemp("report") / "home")
    home.prepare()
    for name in ("shanxi-2023/shanxi-2023.txt", "open-3/source.txt"):
        shutil.copy(GOLD / name, home.inbox)
    (home.inbox / "later.txt").write_text(LATER, encoding="utf-8")
    (home.inbox / "empty<b>.txt").write_text("\n", encoding="utf-8")
    load(home, read=read_text)
    return home


@pytest.fixture(scope="session")
def pages(loaded: Home, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of its pages."""
    folder = tmp_path_factory.mktemp("pages")
    with open_reader(loaded) as connection:
        publish_report(connection, folder, NOW)
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=SWITCHES)
        yield opened
        opened.close()


def metric(number: int, body: str, start: int, end: int, **fields: object) -> Metric:
    """A metric on a piece of a body."""
    value = Decimal(number)
    usual = {
        "metric_id": f"i-01-{number:03d}",
        "issue_id": "i",
        "article_id": "i-01",
        "sentence": body,
        "quote": body[start:end],
        "span_start": start,
        "span_end": end,
        "source_page": 1,
        "source_line_start": number,
        "source_line_end": number,
        "value": value,
        "value_low": value,
        "value_high": value,
        "qualifier": "exact",
        "unit": "count",
        "classifier": "个",
        "per": None,
        "kind": "level",
        "basis": None,
        "subject": "项目",
        "indicator": "数量",
        "indicator_code": "project.count",
        "indicator_zh": "项目数量",
        "indicator_en": "number of projects",
        "status": "actual",
        "period_start": None,
        "period_end": None,
        "period_text": None,
        "period_basis": None,
        "zone": "某开发区",
        "region": None,
        "part_of": None,
        "confidence": 0.9,
        "rule": "test",
        "is_corrected": False,
    }
    return Metric(**(usual | fields))


def one_article(body: str, metrics: tuple[Metric, ...], checks: tuple[Check, ...] = (), **fields: object) -> IssuePage:
    """The page of an issue of one article with one paragraph."""
    issue = Issue(
        issue_id="i",
        title=None,
        number=None,
        issue_date=date(2024, 1, 31),
        issue_date_basis="stated",
        publisher=None,
        article_count=1,
        metric_count=len(metrics),
        revision=1,
        ingested_at=NOW,
        extractor_version="1",
        file_names=["a.txt"],
        earlier_id=None,
        later_id=None,
    )
    usual = {
        "article_id": "i-01",
        "issue_id": "i",
        "seq": 1,
        "headline": "标题",
        "kicker": None,
        "title": "标题",
        "subtitle": None,
        "author": None,
        "dateline": None,
        "event_date": None,
        "zone": "某开发区",
        "region": None,
        "column_label": None,
        "body": body,
        "file_name": "a.txt",
        "source_page": 1,
        "source_line_start": 1,
        "source_line_end": 9,
    }
    article = Article(**(usual | fields))
    paragraph = Paragraph("i-01", "text", 0, len(body))
    return IssuePage("state", issue, (article,), (paragraph,), metrics, checks, ())
