"""Options that several commands share."""

from pathlib import Path
from typing import Annotated, Final

import typer

DEFAULT_HOME: Final = Path("data")

HomeOption = Annotated[
    Path,
    typer.Option(
        "--home",
        envvar="JIANBAO_HOME",
        metavar="DIR",
        help="The place where everything lives: inbox, raw bytes, catalog, tables.",
        show_default="./data",
    ),
]

WaitOption = Annotated[
    float, typer.Option("--wait", metavar="SECONDS", min=0, help="Wait so long for another run to finish.")
]
