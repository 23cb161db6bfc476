"""`jianbao maintain`: keep the store small and fast."""

from typing import Annotated

import typer

from flows.commands.guard import guarded
from flows.commands.options import DEFAULT_HOME, HomeOption, WaitOption
from warehouse.home import Home


def maintain(
    keep_days: Annotated[
        int, typer.Option("--keep-days", metavar="N", min=0, help="Take nothing away that is younger.")
    ] = 2,
    wait: WaitOption = 0,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Back up the catalog, merge small files, forget empty history, remove files that nothing refers to.

    What was published, and every revision of it, stays: the rows of all tables are compared before and after. Queries
    that run meanwhile are not disturbed.

    \b
    Examples:
      jianbao maintain
      jianbao maintain --keep-days 7 --wait 600
    """  # noqa: D301 - typer keeps the lines of a block that begins with this character
    place = Home.at(home)
    with guarded(place):
        from flows.start import outcome, started
        from flows.upkeep import maintained

        with started(place, wait):
            from flows.maintain import maintain as flow

            done = outcome(flow(str(place.root), keep_days, wait, return_state=True))
        maintained(done)
