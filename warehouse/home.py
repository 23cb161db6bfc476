"""The home: the folder in which everything lives, and what lies where in it."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import HomeError


@dataclass(frozen=True, slots=True)
class Home:
    """The layout below `root`, an absolute path; build it with `Home.at`."""

    root: Path

    @classmethod
    def at(cls, place: str | os.PathLike[str]) -> "Home":
        """The home at a path as a person types it: relative, or with ~."""
        return cls(Path(place).expanduser().resolve())

    @property
    def inbox(self) -> Path:
        """Where new issues are dropped."""
        return self.root / "inbox"

    @property
    def raw(self) -> Path:
        """The bytes as received: raw/ab/<sha256>, never changed."""
        return self.root / "raw"

    @property
    def catalog(self) -> Path:
        """The DuckLake catalog."""
        return self.root / "catalog.sqlite"

    @property
    def lock(self) -> Path:
        """The file that a writer holds an exclusive lock on."""
        return self.root / "catalog.sqlite.lock"

    @property
    def lake(self) -> Path:
        """The Parquet files of the tables, owned by DuckLake."""
        return self.root / "lake"

    @property
    def staging(self) -> Path:
        """Written, not yet committed; swept at the start of a run."""
        return self.root / "staging"

    @property
    def reports(self) -> Path:
        """The HTML pages."""
        return self.root / "reports"

    @property
    def prefect(self) -> Path:
        """Prefect's own database and settings."""
        return self.root / "prefect"

    @property
    def backups(self) -> Path:
        """Dated copies of the catalog that maintenance takes before it works."""
        return self.root / "backups"

    @property
    def log(self) -> Path:
        """Tracebacks of faults of jianbao itself, for a report."""
        return self.root / "jianbao.log"

    @property
    def history(self) -> Path:
        """What was typed at the prompt of `jianbao sql`."""
        return self.root / ".sql_history"

    @property
    def zones(self) -> Path:
        """Development zones that people add to the bundled ones; see warehouse/zones.py."""
        return self.root / "zones.csv"

    @property
    def corrections(self) -> Path:
        """Corrections that people decided on; see warehouse/corrections.py."""
        return self.root / "corrections.yml"

    @property
    def sources(self) -> Path:
        """Sources besides the inbox, as people configure them; see tasks/sources/config.py."""
        return self.root / "sources.yml"

    @property
    def seen(self) -> Path:
        """What the sources offered the last time; it can be deleted, then everything is looked at anew."""
        return self.root / "sources.sqlite"

    def table(self, name: str) -> Path:
        """The folder of the Parquet files of one table."""
        return self.lake / "main" / name

    def prepare(self) -> None:
        """Make the folders and prove that they can be written to; a HomeError says why they cannot."""
        try:
            for folder in (self.root, self.inbox, self.raw, self.lake, self.staging, self.prefect):
                folder.mkdir(parents=True, exist_ok=True)
            # Permission bits do not tell (read-only mounts, root, quotas); writing does.
            for folder in (self.root, self.staging):
                with tempfile.TemporaryFile(dir=folder) as probe:
                    probe.write(b"\0")
        except OSError as error:
            raise HomeError(
                f"The home {self.root} cannot be written to ({error.strerror}: {error.filename or self.root}). "
                "Choose another place with --home DIR or JIANBAO_HOME, or make this one writable."
            ) from error


def fsync_folder(folder: Path) -> None:
    """Make names in a folder last through a power cut: a rename is durable only after this."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
