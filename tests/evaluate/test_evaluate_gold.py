"""A gold folder's document through the stages to its figures, and every gold folder of the project above its floors."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tasks.evaluate.rows import rows_of
from tasks.evaluate.run import evaluate_gold
from tasks.records import (
    Article,
    CleanIssue,
    Masthead,
    Metric,
    OffsetMap,
    Period,
    Place,
    Reading,
    ReadIssue,
    ZoneName,
)

Row = dict[str, Any]
Rows = tuple[list[Row], list[Row]]
WriteGold = Callable[..., Path]

GOLD_FOLDERS = sorted(path.parent for path in Path(__file__).parents[1].glob("gold/*/articles.jsonl"))


@pytest.mark.parametrize("folder", GOLD_FOLDERS, ids=lambda folder: folder.name)
def test_a_gold_folder_of_the_project_is_above_its_floors(folder: Path, tmp_path: Path) -> None:
    assert evaluate_gold(folder, tmp_path).shortfalls == ()


def test_the_gold_folder_stays_as_it_is_and_the_workspace_takes_a_copy(
    gold_rows: Rows, write_gold: WriteGold, tmp_path: Path
) -> None:
    folder, workspace = write_gold(*gold_rows), tmp_path / "workspace"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    evaluation = evaluate_gold(folder, workspace)
    assert evaluation.name == str(folder)
    assert evaluation.figures.overlaps["segmentation"].wanted == 2
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.read_bytes() for path in workspace.rglob("*") if path.is_file()] == [before["source.txt"]]


def test_a_floor_that_is_not_reached_is_a_shortfall(gold_rows: Rows, write_gold: WriteGold, tmp_path: Path) -> None:
    articles, metrics = gold_rows
    metrics[0]["about"] = [["一个不会出现的词"]]
    folder = write_gold(articles, metrics)
    (folder / "floors.yml").write_text("strict recall: 1\n", encoding="utf-8")
    assert [short.figure for short in evaluate_gold(folder, tmp_path / "workspace").shortfalls] == ["strict recall"]


def test_without_metrics_only_articles_are_measured(gold_rows: Rows, write_gold: WriteGold, tmp_path: Path) -> None:
    folder = write_gold(*gold_rows)
    (folder / "metrics.jsonl").unlink()
    (folder / "floors.yml").write_text("segmentation f1: 1\ndetection f1: 0.5\n", encoding="utf-8")
    evaluation = evaluate_gold(folder, tmp_path / "workspace")
    assert set(evaluation.figures.overlaps) == {"segmentation", "paragraph breaks"}
    assert not {"value", "zone", "about"} & set(evaluation.figures.shares)
    assert [(short.figure, short.reached) for short in evaluation.shortfalls] == [("detection f1", None)]


def test_from_the_articles_of_the_gold_only_extraction_is_measured(
    gold_rows: Rows, write_gold: WriteGold, tmp_path: Path
) -> None:
    articles, metrics = gold_rows
    articles[1]["headline"] = ["源文件里没有的标题"]
    folder = write_gold(articles, metrics)
    cleaned = evaluate_gold(folder, tmp_path / "cleaned").figures
    restored = evaluate_gold(folder, tmp_path / "restored", from_articles=True).figures
    assert cleaned.shares["headline"].rate < 1
    assert [restored.shares[name].rate for name in ("headline", "author", "body")] == [1, 1, 1]
    assert restored.overlaps["paragraph breaks"].f1 == 1
    assert restored.overlaps["detection"] == cleaned.overlaps["detection"]


def test_what_extraction_read_becomes_rows() -> None:
    body = "在库项目19个，其中新建5个。"
    total = _metric(body, "19个", Decimal(19), part_of=None)
    part = _metric(body, "5个", Decimal(5), part_of=0)
    articles, metrics = rows_of(_issue(body, (total, part)))
    assert [(row.article_id, row.headline, row.event_date, row.zone) for row in articles] == [
        ("3", "甲地 项目多", "2023-07-31", "甲经开区")
    ]
    assert [(row.metric_id, row.part_of) for row in metrics] == [("3/0", None), ("3/1", "3/0")]
    assert [body[row.span_start : row.span_end] for row in metrics] == ["19个", "5个"]
    assert {(row.article_id, row.period_start, row.period_end, row.zone) for row in metrics} == {
        ("3", "2023-01-01", "2023-07-31", "甲经开区")
    }


def _metric(body: str, quote: str, value: Decimal, part_of: int | None) -> Metric:
    return Metric(
        start=body.index(quote),
        end=body.index(quote) + len(quote),
        quote=quote,
        sentence=body,
        paragraph=1,
        raw_value=str(value),
        raw_unit="个",
        value=value,
        value_low=value,
        value_high=value,
        qualifier="exact",
        unit="count",
        classifier="个",
        per=None,
        kind="level",
        basis=None,
        subject="项目",
        indicator="数量",
        indicator_code="project.count",
        status="actual",
        period=Period(date(2023, 1, 1), date(2023, 7, 31), "今年", "issue"),
        zone=ZoneName("甲经开区", None),
        part_of=part_of,
        confidence=1.0,
        rule="count",
    )


def _issue(body: str, metrics: tuple[Metric, ...]) -> ReadIssue:
    article = Article(
        seq=3,
        headline=("甲地", "项目多"),
        kicker=None,
        title="项目多",
        subtitle=None,
        author=None,
        dateline=None,
        column_label=None,
        body=body,
        paragraphs=(),
        offsets=OffsetMap((0,), (Place(1, 1, 0),)),
        page=1,
        line_start=1,
        line_end=1,
    )
    reading = Reading(article, date(2023, 7, 31), ZoneName("甲经开区", None), metrics, ())
    return ReadIssue(CleanIssue((), Masthead(), None, None, (article,), ()), (reading,), "0")


def test_a_sidecar_in_a_gold_folder_holds_as_in_a_run(gold_rows: Rows, write_gold: WriteGold, tmp_path: Path) -> None:
    folder = write_gold(*gold_rows)
    (folder / "source.meta.yaml").write_text("issue_date: 2021-05-31\ntitle: 某某简报\n", encoding="utf-8")
    (folder / "issue.json").write_text(
        '{"title": "某某简报", "number": null, "issue_date": null, "publisher": null}', encoding="utf-8"
    )
    masthead = evaluate_gold(folder, tmp_path).figures.shares["masthead"]
    assert (masthead.right, masthead.asked) == (4, 4)  # the title is the sidecar's
