"""`jianbao backup` and `jianbao restore`: a whole home in one file, and back."""

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.guard import guarded
from flows.commands.options import DEFAULT_HOME, HomeOption, WaitOption
from warehouse.home import Home


def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="The tar file to write; .tar.gz compresses.")],
    wait: WaitOption = 0,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Write catalog, tables, original bytes and settings into one file.

    Left out: the inbox (what was ingested is kept as original bytes), reports and Prefect's database.

    \b
    Examples:
      jianbao backup /mnt/backup/jianbao-2024-03-31.tar.gz
    """  # noqa: D301 - typer keeps the lines of a block that begins with this character
    place = Home.at(home)
    with guarded(place):
        from flows.session import utc_now
        from flows.upkeep import backed_up
        from tasks.maintain.archive import back_up
        from warehouse.catalog import open_reader
        from warehouse.lock import writer_lock

        open_reader(place).close()
        place.prepare()
        path = target.expanduser().absolute()
        with writer_lock(place.lock, utc_now(), wait):
            archived = back_up(place, path, utc_now())
        backed_up(path, archived)


def restore(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="What `jianbao backup` wrote.")],
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Make a home out of a backup, in a place where nothing lies yet.

    Every file is compared with its hash before anything is put in place.

    \b
    Examples:
      jianbao restore jianbao-2024-03-31.tar.gz --home /srv/jianbao
    """  # noqa: D301 - typer keeps the lines of a block that begins with this character
    place = Home.at(home)
    with guarded(place):
        from flows.upkeep import restored
        from tasks.errors import UsageError
        from tasks.maintain.archive import restore as unpack

        path = source.expanduser().absolute()
        if not path.is_file():
            raise UsageError(f"{source}: there is no such file. Name what `jianbao backup` wrote.")
        restored(place, unpack(path, place))
