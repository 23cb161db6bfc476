"""Every view on a warehouse of a million metrics, beside the same query on plain DuckDB tables.

`make bench-views` prints a line a view: CPU time on the DuckLake after compaction, CPU time on the tables of a plain
DuckDB file, and their ratio. It ends with an error when a ratio is above the limit. CPU time is compared and not the
clock, so that what else the machine does counts little; the two sides take turns, and the best of the rounds counts.
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from benchmarks.warehouse import fill, register, sample_home
from warehouse.analysis import create_views, views
from warehouse.catalog import open_reader, open_writer
from warehouse.home import Home
from warehouse.schema import TABLES, quoted

LIMIT = 1.5
_ARGUMENTS = {
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
            lake.execute("CALL ducklake_merge_adjacent_files('lake')")
        print(f"{metrics:,} metrics of {issues:,} issues", flush=True)
        figures = _measure(home, workshop / "plain.duckdb", arguments.rounds, arguments.memory, workshop)
    finally:
        shutil.rmtree(workshop)
    slow = [name for name, (_, lake_seconds, plain_seconds) in figures.items() if lake_seconds > LIMIT * plain_seconds]
    print(f"above {LIMIT}: {', '.join(slow) or 'none'}")
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
            # every column of every row is made, and none is printed
            query = f"SELECT count(*), max(hash(asked)) FROM {source} AS asked"
            best = [float("inf"), float("inf")]
            for _ in range(rounds):
                for side, connection in enumerate((lake, plain)):
                    rows, seconds = _timed(connection, query)
                    best[side] = min(best[side], seconds)
            figures[view.name] = (rows, best[0], best[1])
            print(f"{view.name:20} {rows:>10,} {best[0]:>8.2f} {best[1]:>8.2f} {best[0] / best[1]:>6.2f}", flush=True)
    return figures


def _timed(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[int, float]:
    start = time.process_time()
    answer = connection.execute(query).fetchone()
    assert answer is not None
    return answer[0], time.process_time() - start


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
