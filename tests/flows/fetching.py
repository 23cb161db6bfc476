"""Fetches a file that has changed since it was found, as the flow does: `python -m tests.flows.fetching HOME`."""

import sys
from types import SimpleNamespace

from prefect import flow

from flows.batches import Batch
from flows.steps import fetch_batch
from tasks.records import Found, FoundIssue
from tasks.sources.config import environment
from tasks.sources.group import identify_issue
from tasks.sources.origins import opened_origins
from warehouse.home import Home


@flow(name="fetching")
def fetching(home: str) -> int:
    """How many files could not be had."""
    place = Home.at(home)
    path = place.inbox / "a.txt"
    path.write_text("as it was found")
    file = identify_issue(FoundIssue("a.txt", (Found("inbox/a.txt", "a.txt"),)), place)
    path.write_text("as it is now")
    with opened_origins(place, environment) as origins:
        _, rejects = fetch_batch.with_options(retry_delay_seconds=0)(
            SimpleNamespace(home=place), origins, Batch(1, 1, 1, (file,))
        )
    return len(rejects)


if __name__ == "__main__":
    sys.exit(fetching(sys.argv[1]))
