"""The whole state of a home, for comparing one with another."""

from typing import Any

from tasks.load.sweep import known_files
from warehouse.catalog import open_reader
from warehouse.home import Home
from warehouse.schema import TABLES

# What differs between two runs that did the same.
_OF_THE_RUN = {"run_id", "ingested_at", "published_at", "superseded_at", "first_seen", "last_seen"}


def rows(home: Home) -> dict[str, list[Any]]:
    """All rows of all tables but the run ledger, sorted, without what differs from run to run."""
    with open_reader(home) as connection:
        return {
            table.name: sorted(
                connection.execute(
                    f"SELECT {', '.join(c.name for c in table.columns if c.name not in _OF_THE_RUN)} FROM {table.name}"
                ).fetchall(),
                key=repr,
            )
            for table in TABLES
            if table.name != "runs"
        }


def raw_files(home: Home) -> set[str]:
    """The names in the raw store."""
    return {path.name for path in home.raw.glob("*/*")}


def orphans(home: Home) -> list[str]:
    """Parquet files in the lake that the catalog does not know, and what lies in staging: a clean home has none."""
    with open_reader(home) as connection:
        known = known_files(connection, home)
    lake = [str(path) for path in (home.lake / "main").glob("*/*") if path not in known]
    return lake + [str(path) for path in home.staging.rglob("*") if path.is_file()]


def snapshots(home: Home) -> list[str]:
    """The commit messages, oldest first."""
    with open_reader(home) as connection:
        return [message for (message,) in connection.execute("SELECT commit_message FROM lake.snapshots()").fetchall()]
