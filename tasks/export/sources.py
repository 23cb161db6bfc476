"""Where the numbers of a result are printed: the rows of the sheet of sources."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import duckdb

COLUMNS: Final = (
    ("metric_id", "指标编号"),
    ("issue_title", "刊名"),
    ("issue_number", "期号"),
    ("issue_date", "期刊日期"),
    ("file_name", "文件"),
    ("source_page", "页"),
    ("source_line_start", "首行"),
    ("source_line_end", "末行"),
    ("headline", "标题"),
    ("quote", "原文"),
    ("sentence", "原句"),
    ("issue_id", "期"),
    ("article_id", "文章"),
)
"""Columns of the view `places`, with what they are called in the sheet."""


def id_columns(columns: Sequence[str]) -> list[int]:
    """Which columns of a result hold ids of metrics: metric_id, last_metric_id, metric_ids, undecided_ids."""
    return [place for place, name in enumerate(columns) if name.endswith(("metric_id", "metric_ids", "undecided_ids"))]


def ids_in(row: Sequence[object], places: Iterable[int]) -> Iterator[str]:
    """The ids that a row names."""
    for place in places:
        match row[place]:
            case str() as one:
                yield one
            case list() | tuple() as several:
                yield from (one for one in several if isinstance(one, str))


def source_rows(connection: duckdb.DuckDBPyConnection, metric_ids: Iterable[str]) -> list[tuple[object, ...]]:
    """The places of metrics, in the order of their ids."""
    names = ", ".join(name for name, _ in COLUMNS)
    wanted = list(metric_ids)
    return connection.execute(
        f"SELECT {names} FROM places SEMI JOIN (SELECT unnest(?::VARCHAR[]) AS metric_id) USING (metric_id) "
        "ORDER BY metric_id",
        [wanted],
    ).fetchall()
