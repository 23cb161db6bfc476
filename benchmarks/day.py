"""A day of operation in an hour or two: `python -m benchmarks.day [--runs 200] [--documents 300]`.

A real `jianbao up` runs `ingest` again and again while issues are dropped, one in twenty of them broken. Shown is what
the long-lived processes and the server's files have grown to, which must not depend on how often something ran.
"""

import argparse
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, fields
from pathlib import Path

from tests.support.operating import SAMPLE, Up, drop, ended, operated, start, wait
from warehouse.catalog import open_reader
from warehouse.home import Home

BROKEN_EVERY = 20
_LINES = 20
_FIRST_YEAR = 2000
_YEARS = 24
_KILO = 1024


@dataclass(frozen=True, slots=True)
class Measures:
    """Megabytes of resident memory of the three processes, and kilobytes of what the server keeps."""

    supervisor_mb: float
    server_mb: float
    runner_mb: float
    database_kb: float
    results_kb: float
    leases_kb: float
    logs_kb: float
    flow_runs: int
    events: int


def measure(up: Up) -> Measures:
    """What it takes now."""
    prefect = up.home.prefect
    with closing(sqlite3.connect(prefect / "prefect.db")) as database:
        pages, free, size = (database.execute(f"PRAGMA {name}").fetchone()[0] for name in _PRAGMAS)
        runs, events = (
            database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("flow_run", "events")
        )
    return Measures(
        _resident(up.process.pid),
        _resident(up.child("flows.operate.server")),
        _resident(up.child("flows.operate.runner")),
        (pages - free) * size / _KILO,
        _size(prefect / "storage"),
        _size(prefect / "concurrency_leases"),
        sum(path.stat().st_size for path in prefect.glob("*.log*")) / _KILO,
        runs,
        events,
    )


_PRAGMAS = ("page_count", "freelist_count", "page_size")


def issues(number: int) -> Iterator[tuple[str, bytes]]:
    """Names and texts of issues of many years, which say something else each; every twentieth is broken."""
    sample = SAMPLE.read_text(encoding="utf-8")
    for n in range(1, number + 1):
        text = sample.replace("33.35", f"33.{n + 100}").replace("2023", str(_FIRST_YEAR + n % _YEARS))
        yield f"{n:04d}.txt", (f"{n}\n" if n % BROKEN_EVERY == 0 else text).encode()


def operate(up: Up, runs: int, documents: int) -> Iterator[Measures]:
    """Drop documents evenly, one run after the other; the measures after each run."""
    waiting = issues(documents)
    for number in range(1, runs + 1):
        for _ in range(documents * number // runs - documents * (number - 1) // runs):
            drop(up.home, *next(waiting))
        run(up)
        yield measure(up)


def run(up: Up) -> None:
    """One run that does its work; the watch on the inbox starts runs as well, and a second one is cancelled."""
    at_work = {"state": {"type": {"any_": ["PENDING", "RUNNING"]}}}
    state = "CANCELLED"
    while state == "CANCELLED":
        wait(lambda: not up.find("flow_runs", flow_runs=at_work, limit=1))
        state = ended(up, start(up))["state_type"]


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.day", description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--documents", type=int, default=300)
    options = parser.parse_args()
    names = [field.name for field in fields(Measures)]
    _say("  run", *(f"{name:>13}" for name in names))
    with (
        tempfile.TemporaryDirectory(prefix="jianbao-day-") as folder,
        operated(Home.at(Path(folder) / "home"), JIANBAO_SCHEDULE="0 0 1 1 *") as up,
    ):
        taken = []
        for number, measures in enumerate(operate(up, options.runs, options.documents), 1):
            taken.append(measures)
            if number % max(1, options.runs // _LINES) == 0:
                _say(f"{number:5}", *(f"{getattr(measures, name):13,.0f}" for name in names))
        with open_reader(up.home) as connection:
            (counts,) = connection.execute(
                "SELECT (SELECT count(*) FROM issues), (SELECT count(*) FROM rejects)"
            ).fetchall()
        _say(f"\n{counts[0]} issues published, {counts[1]} files in quarantine, of {options.documents}")
        _print_growth(taken)


def _print_growth(taken: list[Measures]) -> None:
    quarter = max(1, len(taken) // 4)
    for name in ("supervisor_mb", "server_mb", "runner_mb"):
        early, late = (
            statistics.median(getattr(one, name) for one in part)
            for part in (taken[quarter : 2 * quarter], taken[-quarter:])
        )
        _say(f"{name}: {early:.0f} in the second quarter, {late:.0f} in the last")
    first, last = taken[quarter], taken[-1]
    runs = max(1, last.flow_runs - first.flow_runs)
    _say(
        f"the server's database grows by {(last.database_kb - first.database_kb) / runs:.1f} kB a run until old ones go"
    )


def _say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def _resident(pid: int | None) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / _KILO for line in lines if line.startswith("VmRSS"))


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / _KILO


if __name__ == "__main__":
    main()
