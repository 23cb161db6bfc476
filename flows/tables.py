"""Small tables on a terminal."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

MOST_LINES = 20


def print_section(
    console: Console,
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    nothing: str,
    most: int = MOST_LINES,
) -> None:
    """Print rows under a title and column names, at most `most`; without a row, a line that says `nothing`."""
    console.print()
    console.print(Text(title if rows else f"{title}: {nothing}", style="bold"))
    if not rows:
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for place, name in enumerate(columns):
        numeric = isinstance(rows[0][place], int)
        table.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in rows[:most]:
        table.add_row(*(Text("" if value is None else str(value)) for value in row))
    console.print(table)
    if len(rows) > most:
        console.print(f"and {len(rows) - most} more")
