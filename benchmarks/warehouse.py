"""A large warehouse out of a few gold issues: the same articles in other months, with other numbers and zones."""

from pathlib import Path

import duckdb

from flows.documents import read_file
from flows.session import open_session, utc_now
from tasks.extract.issue import EXTRACTOR_VERSION
from tasks.load.commit import publish
from tasks.load.run import Reject
from tasks.load.stage import stage_batch
from tasks.sources.discover import discover
from tasks.sources.group import fetch_issue, identify_issue, issues_of
from warehouse.home import Home
from warehouse.schema import ISSUE_TABLES, Table, quoted

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
    if name in ("issue_date", "period_start", "period_end", "event_date"):
        return f"({column} - to_months((copy % 120)::INTEGER))::DATE"
    if table.name == "metrics" and name in ("value", "value_low", "value_high"):
        return f"({column} * (100 + copy % 37) / 100)::DECIMAL(38, 12)"
    if name == "zone" and table.name in ("metrics", "articles"):
        return f"CASE WHEN copy % 3 = 0 THEN {column} ELSE {column} || (copy % 400) END"
    return column
