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
        typer.Argument(
            metavar="SOURCE",
            help="Files and folders with issues, addresses (https://…, s3://…), names in sources.yml. Without one: the "
            "inbox, and all of sources.yml.",
        ),
    ] = None,
    wait: WaitOption = 0,
    full: Annotated[
        bool, typer.Option("--full", help="Look at the bytes of everything again, also of what seems unchanged.")
    ] = False,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Ingest what is new or changed, and show what came out.

    What was ingested before is known by its bytes and is not touched, so call it as often as you like. A corrected text
    of an issue (same file name, mostly the same text) replaces it; the earlier one stays readable by time travel.

    \b
    Examples:
      jianbao run 2024-03.txt                one issue
      jianbao run ~/bulletins --wait 60      a folder; wait for a run that is at work
      jianbao run                            what lies in the inbox, ./data/inbox, and what sources.yml names
      jianbao run https://www.example.org/   the issues that a page lists; s3://bucket/folder works as well

    \b
    Exit codes: 0 done (also when nothing was new), 2 a source is not there, 3 something was quarantined, or a
    source could not be asked, 4 another run is at work, 5 the home, its catalog or its sources.yml cannot be used,
    1 a fault of jianbao.
    """  # noqa: D301 - typer keeps the lines of a block that begins with this character
    place = Home.at(home)
    with guarded(place):
        incomplete = _ingest(list(sources or ()), place, wait, full=full)
    if incomplete:
        raise typer.Exit(EXIT_QUARANTINED)


def _ingest(sources: list[str], home: Home, wait: float, *, full: bool) -> bool:
    """Whether something was quarantined, or could not be asked for."""
    import os
    import signal

    from flows.display import following
    from flows.environment import TAG
    from flows.operate.connect import connect
    from flows.report import nothing_there, report
    from flows.start import outcome

    words = _preflight(sources, home, wait)
    if words is None:
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
            summary = outcome(ingest(words, str(home.root), wait, full=full, return_state=True))
    report(summary, home)
    return bool(summary.rejects or summary.down)


def _preflight(sources: list[str], home: Home, wait: float) -> list[str] | None:
    """The sources as the run takes them, None when there is nothing to look at; raises what would stop it later on."""
    from tasks.errors import UsageError
    from tasks.sources.origins import check_words
    from warehouse.catalog import open_reader
    from warehouse.lock import check_free

    if sum(map(len, sources)) > _MOST_SOURCE_CHARACTERS:
        raise UsageError(f"{len(sources)} sources are too many for one call. Name the folder that they lie in.")
    home.prepare()
    words = check_words(sources, home)
    if not wait:
        check_free(home.lock)
    if home.catalog.exists():
        open_reader(home).close()
    return words
