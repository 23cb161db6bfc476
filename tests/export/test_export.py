"""Tables and answers as files: every digit and character comes back, nothing becomes a formula, no half file stays."""

import csv
import math
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.errors import UsageError
from tasks.export import workbook
from tasks.export.cells import as_double, starts_formula
from tasks.export.run import export_all, export_one
from warehouse.query import QueryError
from warehouse.schema import DECIMAL_PRECISION, DECIMAL_SCALE

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC).replace(tzinfo=None)
FORMULAS = [
    "=1+1",
    "+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "－1",
    "  =1+1",
    "\u3000@x",
    "\ufeff=1",
]
HARMLESS = ["总投资", "a=b", "1-2", "———副题", "", "'=1"]


def one(connection, query, path):
    (done,) = export_one(connection, query, path, NOW)
    return done


def sheets(path: Path) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def test_csv_has_its_mark_its_line_ends_and_all_digits(connection, tmp_path):
    path = tmp_path / "m.csv"
    done = one(connection, "select quote, value, metric_id from metrics order by value", path)
    assert done.rows == 2
    data = path.read_bytes()
    assert data.startswith("\ufeffquote,value,metric_id\r\n".encode())
    assert data.splitlines()[1].startswith("2.5亿元,250000000,".encode())


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_starts_a_formula(connection, tmp_path, text):
    assert starts_formula(text)
    query = f"select {literal(text)} as a, -5.2::decimal(38,12) as n, '总投资' as b"
    done = one(connection, query, tmp_path / "f.csv")
    assert "1 texts" in done.notes[0]
    with (tmp_path / "f.csv").open(encoding="utf-8-sig", newline="") as file:
        # A number is no text: its minus stays as it is.
        assert list(csv.reader(file)) == [["a", "n", "b"], [f"'{text}", "-5.2", "总投资"]]
    one(connection, query, tmp_path / "f.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "f.xlsx").worksheets[0]["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_a_name_of_a_column_starts_no_formula_either(connection, tmp_path):
    one(connection, 'select 1 as "=1+1"', tmp_path / "f.csv")
    assert (tmp_path / "f.csv").read_text(encoding="utf-8-sig").startswith("'=1+1")
    one(connection, 'select 1 as "=1+1"', tmp_path / "f.xlsx")
    assert openpyxl.load_workbook(tmp_path / "f.xlsx").worksheets[0]["A1"].data_type == "s"


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_stays_as_it_is(text):
    assert not starts_formula(text)


def test_a_workbook_holds_numbers_as_numbers_and_says_which_are_text(connection, tmp_path):
    values = [
        "9.3",
        "33.35",
        "3335000000",
        "123456789012345",
        "1234567890123456",
        "0.123456789012",
        "-0.5",
        "230000000000000000",
    ]
    rows = ", ".join(f"({value}::decimal(38,12))" for value in values)
    done = one(connection, f"select * from (values {rows}) as t(v)", tmp_path / "n.xlsx")
    written = [cell for (cell,) in sheets(tmp_path / "n.xlsx")["result"][1:]]
    assert written == [
        9.3,
        33.35,
        3335000000,
        123456789012345,
        "1234567890123456",
        0.123456789012,
        -0.5,
        230000000000000000,
    ]
    assert "1 numbers have more digits than Excel holds" in done.notes[0]
    assert any("written as text" in str(note) for _, note in sheets(tmp_path / "n.xlsx")["说明 notes"])


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**26), max_value=10**26, places=DECIMAL_SCALE))
def test_a_number_is_a_number_only_if_no_digit_is_lost(value):
    number = as_double(value)
    digits = len(str(value).replace("-", "").replace(".", "").strip("0"))
    if number is None:
        assert digits > 15
    else:
        assert Decimal(repr(number)) == value
        assert float(f"{number:.16G}") == number


def test_what_excel_does_not_know_is_text(connection, tmp_path):
    query = (
        "select 'nan'::double a, 'inf'::double b, date '1899-12-31' c, date '2024-02-29' d, true e, [1, 2] f, null g"
    )
    one(connection, query, tmp_path / "t.xlsx")
    row = sheets(tmp_path / "t.xlsx")["result"][1]
    assert row == ("nan", "inf", "1899-12-31", datetime(2024, 2, 29), True, "[1, 2]", None)  # noqa: DTZ001 - as Excel has it
    assert as_double(math.nan) is None


def test_a_workbook_leads_from_its_numbers_to_where_they_are_printed(connection, tmp_path):
    one(connection, "select zone, [metric_id] as metric_ids, value from metrics", tmp_path / "s.xlsx")
    head, *rows = sheets(tmp_path / "s.xlsx")["出处 sources"]
    assert head[:2] == ("指标编号", "刊名")
    expected = connection.execute("SELECT metric_id, quote, source_line_start FROM places ORDER BY 1").fetchall()
    found = [(row[0], row[head.index("原文")], row[head.index("首行")]) for row in rows]
    assert found == expected
    assert all(row[head.index("文件")] == "a.txt" for row in rows)
    assert one(connection, "select 1 as a", tmp_path / "none.xlsx").notes


def test_parquet_keeps_the_types(connection, tmp_path):
    one(connection, "metrics", tmp_path / "m.parquet")
    table = pq.read_table(tmp_path / "m.parquet")
    kind = table.schema.field("value").type
    assert (kind.precision, kind.scale) == (DECIMAL_PRECISION, DECIMAL_SCALE)
    assert sorted(table["quote"].to_pylist()) == ["2.5亿元", "3.5亿元"]
    one(connection, "select 1 as a, 2 as a", tmp_path / "two.parquet")
    assert pq.read_table(tmp_path / "two.parquet").column_names == ["a", "a_1"]


@pytest.mark.parametrize("suffix", [".parquet", ".csv"])
def test_everything_goes_into_a_folder(connection, tmp_path, suffix):
    done = export_all(connection, tmp_path / "all", suffix, NOW)
    names = {path.name for path in (tmp_path / "all").iterdir()}
    assert names == {one.path.name for one in done}
    assert {f"metrics{suffix}", f"issues{suffix}", f"zone_scorecard{suffix}"} <= names
    assert not {f"meta{suffix}"} & names


def test_everything_goes_into_a_workbook(connection, tmp_path):
    export_all(connection, tmp_path / "all.xlsx", ".parquet", NOW)
    assert {"metrics", "issues", "zone_scorecard", "出处 sources", "说明 notes"} <= set(sheets(tmp_path / "all.xlsx"))


@pytest.mark.parametrize(
    ("what", "name", "error", "sentence"),
    [
        ("metrics", "m.txt", UsageError, "name a file that ends in .parquet, .csv or .xlsx"),
        ("nope", "m.csv", UsageError, "There are: .*metrics"),
        ("select nope from metrics", "m.csv", QueryError, "nope"),
        ("delete from metrics", "m.csv", QueryError, "read-only"),
        ("copy metrics to 'x'", "m.csv", QueryError, "COPY"),
        ("select repeat('字', 32768) as body", "m.xlsx", UsageError, "body has 32,768 characters"),
        ("select 1", "file/m.csv", UsageError, "cannot be written"),
    ],
)
def test_what_cannot_be_exported_is_told_and_leaves_nothing(connection, tmp_path, what, name, error, sentence):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(error, match=sentence):
        export_one(connection, what, tmp_path / name, NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_sheet_holds_so_many_rows_and_no_more(connection, tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    assert one(connection, "from range(3)", tmp_path / "m.xlsx").rows == 3
    with pytest.raises(UsageError, match="more rows than a sheet of Excel holds"):
        one(connection, "from range(4)", tmp_path / "m.xlsx")


def test_a_file_that_was_there_stays_when_the_new_one_fails(connection, tmp_path):
    path = tmp_path / "m.xlsx"
    one(connection, "metrics", path)
    before = path.read_bytes()
    with pytest.raises(UsageError):
        one(connection, "select repeat('x', 40000) as a", path)
    assert path.read_bytes() == before
