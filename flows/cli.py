"""The command line. Every command lives in a module of its own in `flows.commands`."""

import typer

from flows.commands import quarantine
from flows.commands.backup import backup, restore
from flows.commands.eval import evaluate
from flows.commands.export import export
from flows.commands.maintain import maintain
from flows.commands.report import report
from flows.commands.reprocess import reprocess
from flows.commands.run import run
from flows.commands.sql import sql
from flows.commands.status import status
from flows.commands.up import up
from flows.commands.verify import verify

app = typer.Typer(
    name="jianbao",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="jianbao (简报) turns Chinese bulletin issues into tables that an analyst can trust.\n\n"
    "Begin with `jianbao run FILE`, ask with `jianbao sql`, look around with `jianbao status`; `jianbao up` does the "
    "rest by itself.",
)
app.command()(run)
app.command()(up)
app.command()(sql)
app.command()(report)
app.command()(export)
app.command()(status)
app.add_typer(quarantine.app)
app.command()(reprocess)
app.command()(maintain)
app.command()(verify)
app.command()(backup)
app.command()(restore)
app.command("eval")(evaluate)


def main() -> None:
    """The entry point of `jianbao`."""
    app()
