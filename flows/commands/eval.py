"""`jianbao eval`: precision and recall of the rules against gold folders."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.guard import EXIT_FAULT, guarded
from flows.commands.options import DEFAULT_HOME
from warehouse.home import Home


def evaluate(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD...", help="Gold folders.", show_default=False)],
    *,
    from_articles: Annotated[
        bool, typer.Option("--from-articles", help="Extract from the articles of the gold, apart from cleaning.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Also print every disagreement.")] = False,
) -> None:
    """Measure precision and recall against gold folders.

    A gold folder holds a document (source.txt, or under its own name; source/ where the issue has several files),
    articles.jsonl and metrics.jsonl: what a careful reader finds in it. Without metrics.jsonl only the articles are
    measured. The document is read, cleaned and extracted here and now; nothing is loaded into the warehouse. Where a
    folder holds a floors.yml, a figure below its floor is named, and the exit code is 1.

    \b
    Examples:
      jianbao eval tests/gold/shanxi-2023
      jianbao eval tests/gold/*/ --verbose   also what is missed, invented, or read otherwise
      jianbao eval tests/gold/*/ --from-articles   what extraction reads where cleaning is right
    """  # noqa: D301 - typer keeps the lines of a block that begins with this character
    with guarded(Home.at(DEFAULT_HOME)):
        from tempfile import TemporaryDirectory

        from rich.console import Console
        from rich.progress import track

        from tasks.evaluate.report import report
        from tasks.evaluate.run import evaluate_gold

        console = Console(stderr=True)
        with TemporaryDirectory(prefix="jianbao-eval-") as workspace:
            folders = track(gold, "reading gold", console=console, transient=True, disable=not sys.stderr.isatty())
            evaluations = [evaluate_gold(folder, Path(workspace), from_articles=from_articles) for folder in folders]
        typer.echo(report(evaluations, verbose=verbose))
        if any(evaluation.shortfalls for evaluation in evaluations):
            raise typer.Exit(EXIT_FAULT)
