"""A large warehouse out of a few gold issues: the same articles in other months, with other texts, numbers and zones.

Extraction reads some hundred issues a minute, so a million metrics are not read but multiplied: every issue is
a copy of one that the real stages read, and its rows reach the lake as those of a load do, as Parquet files
that are registered.
"""

from pathlib import Path

import duckdb
import yaml

from flows.documents import read_file
from flows.session import open_session, utc_now
from tasks.extract.issue import EXTRACTOR_VERSION
from tasks.load.commit import publish
from tasks.load.run import Reject
from tasks.load.stage import stage_batch
from tasks.sources.discover import discover
from tasks.sources.group import fetch_issue, identify_issue, issues_of
from warehouse.home import Home
from warehouse.schema import ISSUE_TABLES, METRICS, METRICS_SUPERSEDED, Table, quoted

GOLD = Path(__file__).parent.parent / "tests/gold"
SOURCES = (GOLD / "shanxi-2023/shanxi-2023.txt", *(GOLD / f"open-{number}/source.txt" for number in (1, 2, 3, 4)))
_COPIES_A_FILE = 50


def sample_home(root: Path) -> Home:
    """A home that holds the open gold issues, read by the real stages."""
    home = Home.at(root)
    home.prepare()
    with open_session(home, None, 0.0) as session:
        files = [identify_issue(found, home) for found in issues_of(discover(list(map(str, SOURCES)), home), home)]
        read = []
        for file in files:
            fetch_issue(file, home)
            issue = read_file(file, home)
            if isinstance(issue, Reject):
                raise TypeError(issue.message)
            read.append((file, issue))
        folder = home.staging / session.run.run_id / "00001"
        staged = stage_batch(read, (), session.connection, session.run, folder, utc_now())
        publish(session.connection, home, session.run, staged, EXTRACTOR_VERSION, utc_now())
    return home


def fill(lake: duckdb.DuckDBPyConnection, metrics: int, folder: Path) -> tuple[int, int]:
    """Parquet files of as many issues as give that many metrics; how many metrics and issues there will be."""
    found = lake.execute("SELECT count(*), count(DISTINCT issue_id) FROM metrics").fetchone()
    assert found is not None
    base, issues = found
    copies = -(-metrics // base) - 1
    folder.mkdir()
    for first in range(1, copies + 1, _COPIES_A_FILE):
        last = min(first + _COPIES_A_FILE - 1, copies)
        for table in ISSUE_TABLES:
            path = folder / f"{table.name}-{first:06d}.parquet"
            lake.execute(f"COPY ({_copies(table, first, last)}) TO {quoted(str(path))} (COMPRESSION zstd)")
    return base * (copies + 1), issues * (copies + 1)


def register(lake: duckdb.DuckDBPyConnection, home: Home, folder: Path) -> None:
    """Hand the files over to the lake, as a load does."""
    for table in ISSUE_TABLES:
        home.table(table.name).mkdir(parents=True, exist_ok=True)
        for path in sorted(folder.glob(f"{table.name}-*.parquet")):
            target = home.table(table.name) / path.name
            path.rename(target)
            lake.execute(f"CALL ducklake_add_data_files('lake', {quoted(table.name)}, {quoted(str(target))})")


def correct(home: Home, lake: duckdb.DuckDBPyConnection, entries: int) -> None:
    """A corrections.yml with so many entries, for metrics all over the warehouse; the next writer takes it up."""
    rows = lake.execute(
        "SELECT metric_id, quote, value + 1 FROM metrics WHERE value IS NOT NULL "
        f"ORDER BY hash(metric_id) LIMIT {entries}"
    ).fetchall()
    said = {"reason": "benchmark", "author": "benchmark", "date": "2026-01-01"}
    text = [{"metric": one, "expect": quote, "set": {"value": str(value)}, **said} for one, quote, value in rows]
    home.corrections.write_text(yaml.safe_dump(text, allow_unicode=True), encoding="utf-8")


def supersede(lake: duckdb.DuckDBPyConnection, every: int) -> None:
    """An earlier revision of one issue in so many, with other values: what corrected issues leave behind."""
    columns = ", ".join("m.value - 1" if c.name == "value" else f"m.{c.name}" for c in METRICS.columns)
    lake.execute(
        f"INSERT INTO {METRICS_SUPERSEDED.name} SELECT 1, i.issue_date, i.ingested_at, {columns} FROM metrics AS m "
        f"JOIN issues AS i USING (issue_id) WHERE hash(issue_id) % {every} = 0"
    )


def _copies(table: Table, first: int, last: int) -> str:
    columns = ", ".join(f"{_column(table, column.name)} AS {column.name}" for column in table.columns)
    return f"SELECT {columns} FROM {table.name} AS t, range({first}, {last + 1}) AS copies(copy)"


def _column(table: Table, name: str) -> str:
    """The column in a copy: ids are its own, dates lie some months earlier, values and zones differ."""
    column = f"t.{name}"
    if name in ("issue_id", "article_id", "metric_id", "check_id", "part_of"):
        return f"substr({column}, 1, 6) || format('{{:06x}}', copy) || substr({column}, 13)"
    if name == "metric_ids":
        return f"list_transform({column}, lambda id: substr(id, 1, 6) || format('{{:06x}}', copy) || substr(id, 13))"
    if name == "document_id":
        return f"substr({column}, 1, 10) || format('{{:06x}}', copy)"
    if name in ("sentence", "body", "text"):
        # issues share no sentence: a dictionary would make reading cheaper than it is
        return f"{column} || '（' || copy || '）'"
    if name in ("issue_date", "period_start", "period_end", "event_date"):
        return f"({column} - to_months((copy % 120)::INTEGER))::DATE"
    if table.name == "metrics" and name in ("value", "value_low", "value_high"):
        return f"({column} * (100 + copy % 37) / 100)::DECIMAL(38, 12)"
    if name == "zone" and table.name in ("metrics", "articles"):
        return f"CASE WHEN copy % 3 = 0 THEN {column} ELSE {column} || (copy % 400) END"
    return column
