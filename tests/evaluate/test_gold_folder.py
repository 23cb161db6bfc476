"""What a gold folder may hold, and the sentence that is said about one that holds something else."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tasks.errors import UsageError
from tasks.evaluate.gold import read_gold

Row = dict[str, Any]
Rows = tuple[list[Row], list[Row]]
WriteGold = Callable[..., Path]


def test_a_gold_folder_is_read_as_written(gold_rows: Rows, write_gold: WriteGold) -> None:
    gold = read_gold(write_gold(*gold_rows))
    assert [article.article for article in gold.articles] == [1, 2]
    assert gold.metrics[4].qualifier == ("over", "at_least")
    assert (gold.metrics[8].value, gold.metrics[8].low, gold.metrics[8].high) == (None, 0.5, 1.5)
    assert gold.documents[0].name == "source.txt"
    assert gold.floors == {}


def test_a_choice_of_one_may_be_written_without_a_list(gold_rows: Rows, write_gold: WriteGold) -> None:
    articles, metrics = gold_rows
    metrics[0] |= {"kind": "level", "code": "project.count", "basis": "yoy"}
    metric = read_gold(write_gold(articles, metrics)).metrics[0]
    assert (metric.kind, metric.code, metric.basis) == (("level",), ("project.count",), ("yoy",))


def test_fields_that_are_not_scored_may_be_left_out(gold_rows: Rows, write_gold: WriteGold) -> None:
    articles, metrics = gold_rows
    for field in ("per", "basis", "code", "period", "zone", "part_of", "optional"):
        del metrics[0][field]
    assert read_gold(write_gold(articles, metrics)).metrics[0].optional is False


def test_a_plain_number_has_an_empty_unit(gold_rows: Rows, write_gold: WriteGold) -> None:
    articles, metrics = gold_rows
    metrics[0]["unit"] = ""
    assert read_gold(write_gold(articles, metrics)).metrics[0].unit == ""


def test_a_note_beside_the_known_fields_is_accepted(gold_rows: Rows, write_gold: WriteGold) -> None:
    articles, metrics = gold_rows
    metrics[0]["note"] = "see line 12"
    assert len(read_gold(write_gold(articles, metrics)).metrics) == len(metrics)


def test_the_document_may_have_its_own_name(gold_rows: Rows, write_gold: WriteGold) -> None:
    folder = write_gold(*gold_rows, source="长治简报.txt")
    (folder / ".hidden").touch()
    (folder / "floors.yml").write_text("strict f1: 0.5", encoding="utf-8")
    gold = read_gold(folder)
    assert gold.documents == (folder / "长治简报.txt",)
    assert gold.floors == {"strict f1": 0.5}


def test_source_txt_is_the_document_among_several_files(gold_rows: Rows, write_gold: WriteGold) -> None:
    folder = write_gold(*gold_rows)
    (folder / "notes.md").touch()
    assert read_gold(folder).documents[0].name == "source.txt"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"quote": "20个"}, "article 1 has no '20个'"),
        ({"part_of": "20个"}, "article 1 has no '20个'. Write in part_of the quote of the total"),
        ({"article": 3}, "articles.jsonl has no article 3"),
        ({"article": "1"}, "article: Input should be a valid integer, not '1'"),
        ({"article": True}, "article: Input should be a valid integer, not True"),
        ({"quote": " "}, "quote: should be more than white space"),
        ({"per": ["亩"]}, "per: Input should be a valid string"),
        ({"unit": None}, "unit: Input should be a valid string"),
        ({"kind": ["levl"]}, "kind: Input should be 'level', 'ratio', 'growth', 'delta' or 'rank', not 'levl'"),
        ({"kind": []}, "kind: should not be empty, not []"),
        ({"status": ["done"]}, "status: Input should be 'actual'"),
        ({"qualifier": "roughly"}, "qualifier: Input should be 'exact'"),
        ({"basis": ["yearly"]}, "basis: Input should be 'yoy'"),
        ({"value": "19"}, "value: Input should be a valid number, not '19'"),
        ({"value": True}, "value: Input should be a valid number, not True"),
        ({"value": float("inf")}, "value: Input should be a finite number"),
        ({"low": 20}, "low 20.0, value 19.0 and high 19.0 do not ascend"),
        ({"value": None, "low": 2, "high": 1}, "low 2.0, value None and high 1.0 do not ascend"),
        ({"value": None, "low": None, "high": None}, "value, low and high are all null"),
        ({"about": ["项目"]}, "about: should be a list, not '项目'"),
        ({"about": [[]]}, "about: should not be empty, not []"),
        ({"about": [[""]]}, "about: should be more than white space"),
        ({"period": ["2023-01-01"]}, "period: should be a list of the first and the last day"),
        ({"period": ["2023", "asof"]}, "period: should be a day written YYYY-MM-DD, not '2023'"),
        ({"period": ["20230101", "asof"]}, "period: should be a day written YYYY-MM-DD, not '20230101'"),
        ({"period": ["2023-12-31", "2023-01-01"]}, "the period ends on 2023-01-01, before it starts on 2023-12-31"),
        ({"zone": "长治高新区"}, "zone: should be a list, not '长治高新区'"),
        ({"zone": [""]}, "zone: should be more than white space"),
        ({"optional": 1}, "optional: Input should be a valid boolean, not 1"),
    ],
)
def test_a_faulty_metric_is_refused(gold_rows: Rows, write_gold: WriteGold, changes: Row, fault: str) -> None:
    articles, metrics = gold_rows
    metrics[0] |= changes
    folder = write_gold(articles, metrics)
    assert fault_of(folder).startswith(f"{folder / 'metrics.jsonl'}, line 1: {fault}")


@pytest.mark.parametrize(
    "field", ["article", "quote", "value", "low", "high", "unit", "kind", "qualifier", "about", "status"]
)
def test_a_metric_without_a_scored_field_is_refused(gold_rows: Rows, write_gold: WriteGold, field: str) -> None:
    articles, metrics = gold_rows
    del metrics[1][field]
    assert f"metrics.jsonl, line 2: '{field}' is missing. Add it." in fault_of(write_gold(articles, metrics))


def test_a_misspelt_field_is_refused(gold_rows: Rows, write_gold: WriteGold) -> None:
    articles, metrics = gold_rows
    metrics[5]["optionel"] = metrics[5].pop("optional")
    fault = fault_of(write_gold(articles, metrics))
    assert "metrics.jsonl, line 6: 'optionel' is no field. Remove it, or rename it if optional is meant." in fault


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"article": 1}, "article 1 stands in line 1 already. Number it anew."),
        ({"article": 0}, "article: Input should be greater than or equal to 1, not 0"),
        ({"headline": "鲜枣丰收"}, "headline: should be a list, not '鲜枣丰收'"),
        ({"author": ["张三"]}, "author: Input should be a valid string"),
        ({"paragraphs": []}, "paragraphs: should not be empty"),
        ({"paragraphs": [""]}, "paragraphs: should be more than white space"),
        ({"paragraphs": ["一行\n又一行"]}, "paragraphs: a paragraph should have no line break"),
        ({"event_date": "7月31日"}, "event_date: should be a day written YYYY-MM-DD, not '7月31日'"),
        ({"zone": [None]}, "zone: Input should be a valid string, not None"),
    ],
)
def test_a_faulty_article_is_refused(gold_rows: Rows, write_gold: WriteGold, changes: Row, fault: str) -> None:
    articles, metrics = gold_rows
    articles[1] |= changes
    folder = write_gold(articles, metrics)
    assert fault_of(folder).startswith(f"{folder / 'articles.jsonl'}, line 2: {fault}")


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("metrics.jsonl", b'{"article": 1\n', "metrics.jsonl, line 1: this is no JSON"),
        ("metrics.jsonl", b"\n\n[1]\n", "metrics.jsonl, line 3: this is JSON, but no object."),
        ("articles.jsonl", b"{}\r\n\xff", "articles.jsonl, line 2: the bytes are not UTF-8. Save the file as UTF-8."),
        ("articles.jsonl", b"\n", "articles.jsonl holds no article. Write one JSON object a line."),
    ],
)
def test_a_faulty_file_is_refused(
    gold_rows: Rows, write_gold: WriteGold, name: str, content: bytes, fault: str
) -> None:
    folder = write_gold(*gold_rows)
    (folder / name).write_bytes(content)
    assert fault in fault_of(folder)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("articles.jsonl", "articles.jsonl cannot be read (No such file or directory). A gold folder needs this file."),
        ("source.txt", "gold: one document is needed, found: none. Name the document source.txt."),
    ],
)
def test_a_missing_file_is_refused(gold_rows: Rows, write_gold: WriteGold, name: str, fault: str) -> None:
    folder = write_gold(*gold_rows)
    (folder / name).unlink()
    assert fault_of(folder).endswith(fault)


def test_without_metrics_nothing_is_asked_about_them(gold_rows: Rows, write_gold: WriteGold) -> None:
    folder = write_gold(*gold_rows)
    (folder / "metrics.jsonl").unlink()
    assert read_gold(folder).metrics is None


def test_two_files_that_may_be_the_document_are_refused(gold_rows: Rows, write_gold: WriteGold) -> None:
    folder = write_gold(*gold_rows, source="a.txt")
    (folder / "b.txt").touch()
    assert "one document is needed, found: a.txt, b.txt. Name the document source.txt." in fault_of(folder)


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    assert fault_of(tmp_path / "gone").startswith(f"{tmp_path / 'gone'} is no folder.")


def test_a_gold_without_metrics_is_read(gold_rows: Rows, write_gold: WriteGold) -> None:
    assert read_gold(write_gold(gold_rows[0], [])).metrics == ()


def fault_of(folder: Path) -> str:
    with pytest.raises(UsageError) as error:
        read_gold(folder)
    return str(error.value)
