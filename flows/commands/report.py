"""`jianbao report`: the HTML pages."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.guard import guarded
from flows.commands.options import DEFAULT_HOME, HomeOption
from warehouse.home import Home


def report(
    show: Annotated[bool, typer.Option("--open", help="Show the overview in the browser.")] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="DIR", help="Where to.", show_default="reports/ in the home"),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Make the pages for people: an overview, and one page an issue with every number marked in its text.

    `jianbao run` makes them, too, when it has loaded something. Each page is one file that needs no network and no
    other file, so it can be sent by mail. Only the pages of issues that changed are made again.

    \b
    Examples:
      jianbao report --open                  make them and look at them
      jianbao report -o ~/public/jianbao     into another folder
    """  # noqa: D301 - typer keeps the lines of a block that begins with this character
    place = Home.at(home)
    with guarded(place):
        index = _make(place, output)
    if show:
        typer.launch(index.as_uri())


def _make(home: Home, output: Path | None) -> Path:
    from flows.pages import make_pages

    made = make_pages(home, output.expanduser().resolve() if output else None)
    removed = f", {made.removed} taken away" if made.removed else ""
    typer.echo(f"Pages of issues: {made.written} made, {made.current} up to date{removed}.")
    typer.echo(f"Report: {made.overview}")
    return made.overview
