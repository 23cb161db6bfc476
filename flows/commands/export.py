"""`jianbao export`: tables and answers as files for other programs."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from flows.commands.guard import guarded
from flows.commands.options import DEFAULT_HOME, HomeOption
from warehouse.home import Home

FormatName = Literal["parquet", "csv", "xlsx"]


def export(
    what: Annotated[
        str | None,
        typer.Argument(metavar="TABLE_OR_QUERY", help="A table, a view, or any SQL that reads. Without: all of them."),
    ] = None,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="PATH", help="A file (.parquet, .csv, .xlsx), or a folder for all."),
    ] = Path("export"),
    style: Annotated[
        FormatName,
        typer.Option("--format", "-f", help="Of the files in a folder; a file has its suffix."),
    ] = "parquet",
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Write a table, the answer to a query, or everything as Parquet, CSV or Excel.

    Parquet keeps every type. CSV is UTF-8 with a byte order mark, as Excel wants it. A workbook has a sheet that leads
    from each metric to file, page, line and quote, and writes a number that Excel cannot hold exactly as text. No cell
    can start a formula.

    \b
    Examples:
      jianbao export zone_scorecard -o scorecard.xlsx
      jianbao export "from metrics where unit = 'CNY'" -o money.csv
      jianbao export -o tables               every table and view, a Parquet file each
      jianbao export -o all.xlsx             every table and view, a sheet each
    """  # noqa: D301 - typer keeps the lines of a block that begins with this character
    place = Home.at(home)
    with guarded(place):
        _export(what, output.expanduser(), style, place)


def _export(what: str | None, output: Path, style: str, home: Home) -> None:
    from flows.session import utc_now
    from tasks.export.run import export_all, export_one
    from warehouse.query import open_query

    with open_query(home) as connection:
        done = (
            export_all(connection, output, f".{style}", utc_now())
            if what is None
            else export_one(connection, what, output, utc_now())
        )
    for one in done:
        typer.echo(f"{one.path}  {one.rows:,} rows")
        for note in one.notes:
            typer.echo(f"  note: {note}", err=True)
