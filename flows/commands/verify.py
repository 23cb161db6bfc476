"""`jianbao verify`: every promise of the store, checked on the store."""

from typing import Annotated

import typer

from flows.commands.guard import guarded
from flows.commands.options import DEFAULT_HOME, HomeOption, WaitOption
from warehouse.home import Home

EXIT_BROKEN = 6


def verify(
    quick: Annotated[bool, typer.Option("--quick", help="Do not read every issue again.")] = False,
    wait: WaitOption = 0,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Check every promise on the real store, and name what is broken.

    Issues are whole, quotes stand where they are said to stand, no character of a source is lost, the bytes as received
    are unchanged, catalog and files agree; and each issue that these rules have read is read again and compared.

    \b
    Examples:
      jianbao verify
      jianbao verify --quick

    \b
    Exit codes: 0 all is well, 4 a run is at work, 5 the home cannot be used, 6 a promise is broken.
    """  # noqa: D301 - typer keeps the lines of a block that begins with this character
    place = Home.at(home)
    with guarded(place):
        import contextlib

        from flows.documents import read_file
        from flows.session import utc_now
        from flows.upkeep import verified
        from tasks.extract.issue import EXTRACTOR_VERSION
        from tasks.maintain.verify import Store
        from tasks.maintain.verify import verify as findings
        from warehouse.catalog import open_reader
        from warehouse.lock import writer_lock

        with (
            contextlib.closing(open_reader(place)) as connection,
            writer_lock(place.lock, utc_now(), wait),
        ):
            read = None if quick else lambda files: read_file(files, place)
            sound = verified(place, findings(Store(place, connection), EXTRACTOR_VERSION, read))
    if not sound:
        raise typer.Exit(EXIT_BROKEN)
