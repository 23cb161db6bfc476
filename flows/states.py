"""How an ingest run shows in the Prefect UI: its name says what it found, its last state what came of it.

Completed: all is well. Quarantined (a completed state, too): something was set aside, the rest is published. Incomplete
(the same): a source could not be asked, the others were. Failed: nothing was published because of an error.
"""

from prefect import get_client
from prefect.client.schemas.objects import State
from prefect.runtime import flow_run
from prefect.states import Completed, Failed

from flows.summary import RunSummary, count

QUARANTINED = "Quarantined"
INCOMPLETE = "Incomplete"


def final_state(summary: RunSummary) -> "State[RunSummary]":
    """The state of an ingest run that came to its end; it carries the summary."""
    message = f"{summary.sentence[0].upper()}{summary.sentence[1:]}."
    if summary.rejects:
        first = summary.rejects[0].message
        more = f" (and {len(summary.rejects) - 1} more)" if len(summary.rejects) > 1 else ""
        message = f"{message} {first}{more}"
    for down in summary.down:
        message = f"{message} {down.message}"
    if summary.is_broken:
        return Failed(message=f"Nothing was published because of an error. {message}", data=summary)
    name = QUARANTINED if summary.rejects else INCOMPLETE if summary.down else None
    return Completed(name=name, message=message, data=summary)


def rename_run(name: str) -> None:
    """Give the present flow run a name that says what it turned out to do."""
    if flow_run.id:
        with get_client(sync_client=True) as client:
            client.update_flow_run(flow_run.id, name=name)


def run_name(new: int, found: int, summary: RunSummary | None = None) -> str:
    """The name of an ingest run: ingest 3 new of 12 · 2023-08, with what was set aside when it is at its end."""
    quarantined = f", {len(summary.rejects)} quarantined" if summary and summary.rejects else ""
    quarantined += f", {count(len(summary.down), 'source')} down" if summary and summary.down else ""
    months = f" · {summary.months}" if summary and summary.months else ""
    return f"ingest {new} new of {found}{quarantined}{months}"
