"""The formats of `jianbao sql`: exact numbers, ISO dates, nothing cut."""

import csv
import io
import json
from decimal import Decimal

import duckdb
import pytest

from flows.output import Format, write_rows
from tasks.numbers import grouped, plain

QUERY = """
    SELECT 33.350000000000::DECIMAL(38,12) AS value, 3335000000::DECIMAL(38,12) AS sum, ['经开区', 'b'] AS names,
           DATE '2023-07-31' AS day, TIMESTAMP '2023-07-31 01:02:03' AS moment, NULL AS nothing, true AS yes,
           E'a|b,"c"\\nd' AS text, 'nan'::DOUBLE AS nan, {'a': 1.50::DECIMAL(9,2)} AS inner, 1 AS value
"""


def written(style: Format, query: str = QUERY) -> str:
    out = io.StringIO()
    write_rows(duckdb.connect().execute(query), style, out, io.StringIO())
    return out.getvalue()


def test_jsonl() -> None:
    (line,) = written(Format.jsonl).splitlines()
    assert '"value": 33.35, "sum": 3335000000, "names": ["经开区", "b"]' in line
    assert json.loads(line, parse_float=Decimal) == {
        "value": Decimal("33.35"),
        "sum": 3335000000,
        "names": ["经开区", "b"],
        "day": "2023-07-31",
        "moment": "2023-07-31T01:02:03",
        "nothing": None,
        "yes": True,
        "text": 'a|b,"c"\nd',
        "nan": None,
        "inner": {"a": Decimal("1.5")},
        "value_1": 1,
    }


def test_json_is_one_document_also_when_empty() -> None:
    assert [row["range"] for row in json.loads(written(Format.json, "FROM range(3)"))] == [0, 1, 2]
    assert json.loads(written(Format.json, "FROM range(0)")) == []


def test_csv_reads_back() -> None:
    header, row = csv.reader(io.StringIO(written(Format.csv)))
    assert dict(zip(header, row, strict=True)) == {
        "value": "33.35",
        "sum": "3335000000",
        "names": '["经开区", "b"]',
        "day": "2023-07-31",
        "moment": "2023-07-31 01:02:03",
        "nothing": "",
        "yes": "true",
        "text": 'a|b,"c"\nd',
        "nan": "nan",
        "inner": '{"a": 1.5}',
        "value_1": "1",
    }


def test_markdown_keeps_its_cells_apart() -> None:
    head, rule, row = written(Format.markdown).splitlines()
    assert head.count("|") == rule.count("|") == row.replace("\\|", "").count("|") == 12
    assert 'a\\|b,"c"<br>d' in row


def test_a_table_that_nobody_looks_at_cuts_nothing() -> None:
    assert "长" * 500 in written(Format.table, f"SELECT '{'长' * 500}' AS text")


def test_a_long_table_says_that_there_is_more() -> None:
    out, err = io.StringIO(), io.StringIO()
    write_rows(duckdb.connect().execute("FROM range(100000)"), Format.table, out, err)
    assert "The first 1000 rows" in err.getvalue()


@pytest.mark.parametrize(
    ("value", "expected", "with_commas"),
    [
        ("3335000000.000000000000", "3335000000", "3,335,000,000"),
        ("33.350", "33.35", "33.35"),
        ("0E-12", "0", "0"),
        ("1E+3", "1000", "1,000"),
        ("-0.50", "-0.5", "-0.5"),
        ("-1234.5", "-1234.5", "-1,234.5"),
        ("100", "100", "100"),
    ],
)
def test_decimals_are_written_plainly(value: str, expected: str, with_commas: str) -> None:
    assert plain(Decimal(value)) == expected
    assert grouped(Decimal(value)) == with_commas
