"""`jianbao status`: how fresh, how much, what went wrong."""

from flows.commands.guard import guarded
from flows.commands.options import DEFAULT_HOME, HomeOption
from warehouse.home import Home


def status(home: HomeOption = DEFAULT_HOME) -> None:
    """Show what is there, how fresh, and what went wrong.

    Newest issue, counts of all tables, issues, the last runs, and what is in quarantine and why.

    \b
    Examples:
      jianbao status
      jianbao status --home /srv/jianbao
    """  # noqa: D301 - typer keeps the lines of a block that begins with this character
    place = Home.at(home)
    with guarded(place):
        from flows.overview import overview

        overview(place)
