"""`jianbao run`: ingest now."""

from typing import Annotated

import typer

from flows.commands.guard import guarded
from flows.commands.options import DEFAULT_HOME, HomeOption, WaitOption
from warehouse.home import Home

EXIT_QUARANTINED = 3

# Prefect refuses parameters above 512 KiB.
_MOST_SOURCE_CHARACTERS = 100_000


def run(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCE", help="Files and folders with issues. Without one: the inbox."),
    ] = None,
    wait: WaitOption = 0,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Ingest what is new or changed, and show what came out.

    What was ingested before is known by its bytes and is not touched, so call it as often as you like. A corrected text
    of an issue (same file name, mostly the same text) replaces it; the earlier one stays readable by time travel.

    \b
    Examples:
      jianbao run 2024-03.txt                one issue
      jianbao run ~/bulletins --wait 60      a folder; wait for a run that is at work
      jianbao run                            what lies in the inbox, ./data/inbox

    \b
    Exit codes: 0 done (also when nothing was new), 2 a source is not there, 3 something was quarantined,
    4 another run is at work, 5 the home or its catalog cannot be used, 1 a fault of jianbao.
    """  # noqa: D301 - typer keeps the lines of a block that begins with this character
    place = Home.at(home)
    with guarded(place):
        quarantined = _ingest(list(sources or ()), place, wait)
    if quarantined:
        raise typer.Exit(EXIT_QUARANTINED)


def _ingest(sources: list[str], home: Home, wait: float) -> bool:
    """Whether something was quarantined."""
    import os
    import signal

    from flows.display import following
    from flows.environment import TAG
    from flows.operate.connect import connect
    from flows.report import nothing_there, report
    from flows.start import outcome
    from tasks.sources.discover import named_path

    paths = [str(named_path(source)) for source in sources]
    if not _preflight(paths, home, wait):
        nothing_there(home)
        return False
    # Ended by a supervisor or by Ctrl-C, the run has to stop the server that was started for it.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # Prefect takes a second to import, and its server ten or more to start: all checks come before.
    with following() as display:
        display.step("starting Prefect (the first time in a home takes up to half a minute)")
        connect(home, os.environ)
        from prefect import tags

        from flows.ingest import ingest

        with tags(TAG, "by hand"):
            summary = outcome(ingest(paths, str(home.root), wait, return_state=True))
    report(summary, home)
    return bool(summary.rejects)


def _preflight(sources: list[str], home: Home, wait: float) -> bool:
    """Whether there is a file to look at; raises what would stop the run later on."""
    from tasks.errors import UsageError
    from tasks.sources.discover import discover
    from warehouse.catalog import open_reader
    from warehouse.lock import check_free

    if sum(map(len, sources)) > _MOST_SOURCE_CHARACTERS:
        raise UsageError(f"{len(sources)} sources are too many for one call. Name the folder that they lie in.")
    home.prepare()
    files = discover(sources, home)
    if not wait:
        check_free(home.lock)
    if home.catalog.exists():
        open_reader(home).close()
    return bool(files)
