"""The HTML pages of a home, brought up to date with its tables."""

from pathlib import Path

from flows.session import utc_now
from tasks.errors import HomeError
from tasks.report.publish import Made, publish_report
from warehouse.catalog import open_reader
from warehouse.home import Home


def make_pages(home: Home, folder: Path | None = None) -> Made:
    """Make what has changed, in `reports/` of the home or in another folder; HomeError when it cannot be written.

    Reads what is published and takes no lock: works beside a run, too.
    """
    place = folder or home.reports
    with open_reader(home) as connection:
        try:
            return publish_report(connection, place, utc_now())
        except OSError as error:
            raise HomeError(
                f"The pages cannot be written to {place} ({error.strerror}). Make it writable, or name another folder "
                "with --output DIR."
            ) from error
