"""`jianbao reprocess`: read published issues again, with the rules of today."""

from datetime import datetime
from typing import Annotated

import typer

from flows.commands.guard import guarded
from flows.commands.options import DEFAULT_HOME, HomeOption, WaitOption
from warehouse.home import Home

EXIT_QUARANTINED = 3


def reprocess(
    issue: Annotated[
        str | None, typer.Option("--issue", metavar="ID", help="One issue: its id (or the beginning) or a file name.")
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option("--since", metavar="DAY", formats=["%Y-%m-%d"], help="Issues of this date and later."),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also issues that these rules have read already.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, publish nothing.")] = False,
    wait: WaitOption = 0,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Read issues again from the stored bytes, and show what the newer rules changed.

    Without options: every issue that an earlier version of the rules has read. Ids and revisions stay, because the text
    is the same; the earlier rows stay readable by time travel. An issue that the new rules cannot read keeps its rows.

    \b
    Examples:
      jianbao reprocess --dry-run
      jianbao reprocess --since 2024-01-01
      jianbao reprocess --issue 2024-03.txt

    \b
    Exit codes: 0 done, 2 no such issue, 3 an issue could not be read again, 4 another run is at work.
    """  # noqa: D301 - typer keeps the lines of a block that begins with this character
    place = Home.at(home)
    with guarded(place):
        from flows.start import outcome, started
        from flows.upkeep import reprocessed

        with started(place, wait):
            from flows.reprocess import reprocess as flow

            day = since.date() if since else None
            done = outcome(flow(str(place.root), issue, day, everything, dry_run, wait, return_state=True))
        reprocessed(done)
    if done.rejects:
        raise typer.Exit(EXIT_QUARANTINED)
