"""The views and macros: their words, their rows for the sample issue, and what they must never do."""

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import yaml

from tests.support.bulletins import drop
from tests.support.loading import load, read_text
from tests.warehouse.sample import GOLD, load_sample, rows
from warehouse.analysis import NAMES, View, views
from warehouse.catalog import open_reader
from warehouse.home import Home
from warehouse.query import open_query, run_query

CASES = yaml.safe_load((Path(__file__).parent / "cases/sample.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return load_sample(tmp_path_factory.mktemp("views") / "home")


@pytest.fixture(scope="module")
def connection(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_query(home) as opened:
        yield opened


@pytest.mark.parametrize("name", CASES)
def test_the_sample_gives_the_rows_that_its_text_says(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    assert rows(run_query(connection, CASES[name]["query"]), "") == CASES[name]["rows"]


def test_every_file_is_created_and_no_other() -> None:
    folder = Path(__file__).parent.parent.parent / "warehouse/views"
    assert {path.stem for path in folder.glob("*")} == set(NAMES)


@pytest.mark.parametrize("view", views(), ids=lambda view: view.name)
def test_every_column_and_parameter_is_explained_in_two_languages(
    connection: duckdb.DuckDBPyConnection, view: View
) -> None:
    assert view.zh
    assert view.en
    said = {part.name for part in view.columns if part.en} | {
        part.name for part in view.parameters if part.zh and part.en
    }
    assert said == {part.name for part in (*view.columns, *view.parameters)}
    if view.columns:
        call = f"({', '.join(repr('x') for _ in view.parameters)})" if view.kind == "macro" else ""
        described = connection.execute(f"DESCRIBE FROM main.{view.name}{call}").fetchall()
        assert [row[0] for row in described] == [part.name for part in view.columns]
    if view.kind == "view":
        comment = connection.execute("SELECT comment FROM duckdb_views() WHERE view_name = ?", [view.name]).fetchone()
        assert comment == (f"{view.zh} {view.en}",)
    listed = connection.execute("SELECT count(*) FROM dictionary WHERE object = ?", [view.name]).fetchone()
    assert listed == (1 + len(view.columns) + len(view.parameters),)


_OF_EACH = """
SELECT DISTINCT unnest(metric_ids) AS metric_id FROM {}
"""


def test_every_number_of_the_sample_is_in_a_view_and_leads_to_its_place(connection: duckdb.DuckDBPyConnection) -> None:
    every = {row[0] for row in connection.execute("SELECT metric_id FROM metrics").fetchall()}
    assert {row[0] for row in connection.execute(_OF_EACH.format("metric_history")).fetchall()} == every
    assert {row[0] for row in connection.execute("SELECT metric_id FROM places").fetchall()} == every
    topics = ("project_pipeline", "three_batches", "agriculture", "activities", "industry", "zone_scorecard")
    for topic in topics:
        assert {row[0] for row in connection.execute(_OF_EACH.format(topic)).fetchall()} <= every


# What stands in no view of a topic: said once, of nothing that a topic asks; by zone and indicator it is there.
ELSEWHERE = {"三个", "五大", "5家", "五个", "近700批次", "30余个", "16个", "7份", "4个", "19个"}


def test_every_number_of_the_gold_is_found_by_topic_or_by_zone_and_indicator(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    topics = ("project_pipeline", "three_batches", "agriculture", "activities", "industry", "zone_scorecard")
    of_topics = {row[0] for topic in topics for row in connection.execute(_OF_EACH.format(topic)).fetchall()}
    lines = (GOLD / "shanxi-2023/metrics.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [line for line in map(json.loads, lines) if not line["optional"]]
    assert len(gold) == 57
    for line in gold:
        found = connection.execute(
            "SELECT metric_id, zone, coalesce(indicator_code, indicator) FROM metrics "
            "WHERE substr(metric_id, 14, 2)::INT = ? AND replace(quote, ' ', '') = ?",
            [line["article"], line["quote"]],
        ).fetchall()
        assert found, line["quote"]
        for metric_id, zone, indicator in found:
            said = connection.execute("SELECT unnest(metric_ids) FROM timeline(?, ?)", [zone, indicator]).fetchall()
            assert (metric_id,) in said
            assert metric_id in of_topics or line["quote"] in ELSEWHERE


def test_adding_up_counts_nothing_twice(tmp_path: Path) -> None:
    """A total and its parts, a later issue that restates it, and the city that the zone lies in."""
    home = Home.at(tmp_path / "home")
    home.prepare()
    lead = "本刊讯 2023年{}月12日，{}召开项目建设推进会，通报今年以来项目建设情况，安排下一步工作。"
    zone, city = "广灵经济技术开发区", "大同市"
    texts = {
        "a.txt": (7, zone, "截至目前，全区已开工项目20个，其中续建项目8个，新建项目12个。"),
        "b.txt": (8, zone, "截至目前，全区已开工项目23个，其中续建项目8个，新建项目15个。"),
        "c.txt": (8, city, "截至目前，全市已开工项目95个。"),
    }
    for name, (month, place, text) in texts.items():
        drop(home, name, f"{place}召开项目建设推进会\n\n{lead.format(month, place)}\n{text}\n")
    load(home, read=read_text)
    with open_reader(home) as opened:
        counted = "SELECT sum(projects)::INT FROM {} WHERE is_newest AND NOT is_part AND NOT is_region"
        assert opened.execute(counted.format("project_pipeline")).fetchall() == [(23,)]
        assert opened.execute(counted.format("three_batches")).fetchall() == [(23,)]
        every = opened.execute("SELECT projects::INT FROM project_pipeline ORDER BY 1").fetchall()
        assert every == [(8,), (8,), (12,), (15,), (20,), (23,), (95,)]
        newest = "SELECT projects_started::INT FROM zone_scorecard WHERE NOT is_region ORDER BY as_of DESC"
        assert opened.execute(newest).fetchone() == (23,)


def test_a_row_of_the_ledger_never_holds_two_numbers_of_one_kind(connection: duckdb.DuckDBPyConnection) -> None:
    said = connection.execute("SELECT count(*) FROM project_statements").fetchone()
    listed = connection.execute("SELECT sum(len(metric_ids)) FROM project_pipeline").fetchone()
    cells = connection.execute(
        "SELECT sum(columns) FROM (SELECT (projects IS NOT NULL)::INT + (investment IS NOT NULL)::INT "
        "+ (investment_planned IS NOT NULL)::INT + (investment_completed IS NOT NULL)::INT "
        "+ (contract_value IS NOT NULL)::INT AS columns FROM project_pipeline)"
    ).fetchone()
    assert said == listed == cells


NAMES_OF_ZONES = {
    "广灵经开区": "广灵经济技术开发区",
    "云浦经济技术开发区": "云浦经开区",
    "云浦经济开发区": "云浦经开区",
    "云浦经开区": "云浦经开区",
    "云浦国家高新技术产业开发区": "云浦高新区",
    "云浦高新技术开发区": "云浦高新区",
    "云浦综合保税区": "云浦综保区",
    "云浦开发区": "云浦开发区",
    "云浦数字谷": "云浦数字谷",
    "经济技术开发区": "经济技术开发区",
    "湘东市": "湘东市",
}


@pytest.mark.parametrize("name", NAMES_OF_ZONES)
def test_a_zone_has_one_name(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    assert connection.execute("SELECT canonical_zone(?)", [name]).fetchone() == (NAMES_OF_ZONES[name],)


SCORECARDS = {
    "several numbers compete": (
        "2023年上半年，示范项目完成投资2.1亿元，样板项目完成投资3.4亿元。",
        {"flags": ["investment_completed: several"], "undecided_ids": 2},
    ),
    "a total and its parts": (
        "2023年谋划项目19个，总投资50.5亿元，其中续建项目总投资20.5亿元，新建项目总投资30亿元。",
        {"projects_planned": 19, "investment_total": 5050000000, "metric_ids": 2},
    ),
    "a plan is nothing that happened": (
        "2023年，全区计划开工项目25个，已开工项目9个。",
        {"projects_started": 9, "projects_to_start": 25, "metric_ids": 2},
    ),
    "not started is not started": ("截至目前，尚未开工项目4个。", None),
}


@pytest.mark.parametrize("case", SCORECARDS)
def test_the_scorecard_adds_nothing_up(tmp_path: Path, case: str) -> None:
    text, expected = SCORECARDS[case]
    home = Home.at(tmp_path / "home")
    home.prepare()
    lead = "本刊讯 2023年7月12日，广灵经济技术开发区召开项目建设推进会，通报今年以来全区项目建设情况，安排下一步工作。"
    drop(home, "a.txt", f"广灵经济技术开发区召开项目建设推进会\n\n{lead}\n{text}\n")
    load(home, read=read_text)
    with open_reader(home) as opened:
        found = rows(opened, "SELECT * EXCLUDE (zone, period_start, period_end, as_of) FROM zone_scorecard")
    for row in found:
        for ids in ("metric_ids", "undecided_ids"):
            if ids in row:
                row[ids] = len(row[ids])
    assert found == ([] if expected is None else [expected])


def test_the_page_of_the_tables_is_current() -> None:
    from warehouse.handbook import page

    path = Path(__file__).parent.parent.parent / "docs/tables.md"
    assert path.read_text(encoding="utf-8") == page(), "write it anew: make docs"
