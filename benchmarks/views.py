"""Every view on a warehouse of a million metrics, beside the same query on plain DuckDB tables.

`make bench-views` prints a line a view: CPU time until the whole answer is handed over (as Arrow, as pandas and
an export take it) on the DuckLake after `jianbao maintain`, the same on the tables of a plain DuckDB file, and
their ratio. It ends with an error when a ratio is above the limit. CPU time is compared and not the clock, so
that what else the machine does counts little; the two sides take turns, and the best of the rounds counts.
Among the rows are 500 corrections and the earlier revisions of every fiftieth issue.
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import duckdb

from benchmarks.warehouse import correct, fill, register, sample_home, supersede
from flows.session import utc_now
from tasks.maintain.compact import maintain_store
from warehouse.analysis import create_views, views
from warehouse.catalog import open_reader, open_writer
from warehouse.home import Home
from warehouse.schema import TABLES, quoted

LIMIT = 1.5
UNNOTICED = 0.05
"""Seconds that nobody waits for: to ask DuckLake anything takes some milliseconds a table, however small it is."""
_ROWS_A_BATCH = 100_000
_CORRECTIONS = 500
_SUPERSEDED_EVERY = 50
_ARGUMENTS = {
    "vintages": "'广灵经济技术开发区', NULL",
    "timeline": "'广灵经开区', 'project.investment'",
    "latest": "'project.investment'",
    "describe": "'project.investment'",
}


def main() -> int:
    """Build the warehouse, ask every view on both sides, print and judge."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--metrics", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", default="4GB", help="DuckDB's memory limit, on both sides")
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    arguments = parser.parse_args()
    workshop = Path(tempfile.mkdtemp(prefix="jianbao-bench-"))
    try:
        home = sample_home(workshop / "home")
        with open_writer(home) as lake:
            _limit(lake, arguments.memory, workshop)
            metrics, issues = fill(lake, arguments.metrics, workshop / "rows")
            register(lake, home, workshop / "rows")
            supersede(lake, _SUPERSEDED_EVERY)
            correct(home, lake, _CORRECTIONS)
        with open_writer(home) as lake:
            _limit(lake, arguments.memory, workshop)
            after = maintain_store(lake, home, utc_now(), timedelta(0)).after
        print(f"{metrics:,} metrics of {issues:,} issues, {after.files} files, {after.byte_size:,} bytes", flush=True)
        figures = _measure(home, workshop / "plain.duckdb", arguments.rounds, arguments.memory, workshop)
    finally:
        shutil.rmtree(workshop)
    slow = [name for name, (_, lake, plain) in figures.items() if lake > max(LIMIT * plain, plain + UNNOTICED)]
    print(f"above {LIMIT} (and {UNNOTICED} s): {', '.join(slow) or 'none'}")
    if arguments.json:
        arguments.json.write_text(json.dumps({"metrics": metrics, "issues": issues, "views": figures}, indent=1))
    return 1 if slow else 0


def _measure(
    home: Home, plain_file: Path, rounds: int, memory: str, workshop: Path
) -> dict[str, tuple[int, float, float]]:
    with open_reader(home) as lake, duckdb.connect(plain_file) as plain:
        for connection in (lake, plain):
            _limit(connection, memory, workshop)
        _copy(lake, plain, workshop)
        print(f"{'view':20} {'rows':>10} {'lake':>8} {'plain':>8} {'ratio':>6}   (CPU seconds)", flush=True)
        figures: dict[str, tuple[int, float, float]] = {}
        for view in views():
            if not view.columns:
                continue  # a scalar macro is used by the others
            source = f"main.{view.name}({_ARGUMENTS[view.name]})" if view.kind == "macro" else view.name
            query = f"FROM {source}"
            best = [float("inf"), float("inf")]
            for _ in range(rounds):
                for side, connection in enumerate((lake, plain)):
                    rows, seconds = _timed(connection, query)
                    best[side] = min(best[side], seconds)
            figures[view.name] = (rows, best[0], best[1])
            print(f"{view.name:20} {rows:>10,} {best[0]:>8.3f} {best[1]:>8.3f} {best[0] / best[1]:>6.2f}", flush=True)
    return figures


def _timed(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[int, float]:
    start = time.process_time()
    rows = sum(batch.num_rows for batch in connection.execute(query).to_arrow_reader(_ROWS_A_BATCH))
    return rows, time.process_time() - start


def _limit(connection: duckdb.DuckDBPyConnection, memory: str, workshop: Path) -> None:
    connection.execute(f"SET memory_limit = {quoted(memory)}")
    connection.execute(f"SET temp_directory = {quoted(str(workshop / 'spill'))}")


def _copy(lake: duckdb.DuckDBPyConnection, plain: duckdb.DuckDBPyConnection, workshop: Path) -> None:
    """The same rows in plain DuckDB tables, and the same views on them."""
    for table in TABLES:
        passed = workshop / f"{table.name}.parquet"
        lake.execute(f"COPY {table.name} TO {quoted(str(passed))}")
        for statement in table.ddl():
            plain.execute(statement)
        plain.execute(f"INSERT INTO {table.name} SELECT * FROM read_parquet({quoted(str(passed))})")
        passed.unlink()
    create_views(plain)


if __name__ == "__main__":
    sys.exit(main())
