"""`jianbao quarantine`: what could not be ingested, why, and another try."""

from typing import Annotated

import typer

from flows.commands.guard import guarded
from flows.commands.options import DEFAULT_HOME, HomeOption, WaitOption
from warehouse.home import Home

EXIT_QUARANTINED = 3

app = typer.Typer(
    name="quarantine",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="What could not be ingested, why, and another try.",
)

Names = Annotated[
    list[str] | None, typer.Argument(metavar="NAME", help="An id as `list` shows it, or the name of the file.")
]


@app.command("list")
def list_(home: HomeOption = DEFAULT_HOME) -> None:
    """List the files that could not be ingested."""
    place = Home.at(home)
    with guarded(place):
        from flows.upkeep import list_quarantine
        from tasks.load.quarantined import quarantined
        from warehouse.catalog import open_reader

        with open_reader(place) as connection:
            list_quarantine(place, quarantined(connection))


@app.command()
def show(
    names: Annotated[list[str], typer.Argument(metavar="NAME", help="An id as `list` shows it, or a file name.")],
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Show everything that is known of a file: why, since when, where its bytes are, how they begin."""
    place = Home.at(home)
    with guarded(place):
        from flows.upkeep import show_quarantine
        from tasks.load.quarantined import quarantined
        from warehouse.catalog import open_reader

        with open_reader(place) as connection:
            show_quarantine(place, quarantined(connection, names))


@app.command()
def retry(
    names: Names = None,
    everything: Annotated[bool, typer.Option("--all", help="Everything that is in quarantine.")] = False,
    wait: WaitOption = 0,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Try quarantined files again, from the stored bytes.

    Bytes that the same rules have refused will be refused again; another try helps after an upgrade, a change of the
    rules, or when a disk or a permission was at fault.

    \b
    Examples:
      jianbao quarantine retry 3f2a9c
      jianbao quarantine retry --all
    """  # noqa: D301 - typer keeps the lines of a block that begins with this character
    place = Home.at(home)
    with guarded(place):
        from flows.report import report
        from flows.start import outcome, started
        from tasks.errors import UsageError
        from tasks.load.quarantined import quarantined
        from warehouse.catalog import open_reader

        if bool(names) == everything:
            raise UsageError("Name what to try again, or say --all. Look with: jianbao quarantine list")
        with open_reader(place) as connection:
            waiting = quarantined(connection, names or ())
        if not waiting:
            typer.echo("Nothing is in quarantine.")
            return
        with started(place, wait):
            from flows.retry import retry as flow

            summary = outcome(flow(str(place.root), names or [], wait, return_state=True))
        report(summary, place)
    if summary.rejects:
        raise typer.Exit(EXIT_QUARANTINED)
