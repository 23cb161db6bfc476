"""`jianbao up`: the operator's one command."""

from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.guard import guarded
from flows.commands.options import DEFAULT_HOME, HomeOption
from warehouse.home import Home

if TYPE_CHECKING:
    from flows.operate.supervisor import Operation


def up(
    port: Annotated[
        int | None, typer.Option("--port", metavar="NUMBER", help="Port of the UI; 0 finds a free one. Default: 4200.")
    ] = None,
    host: Annotated[
        str | None,
        typer.Option("--host", metavar="ADDRESS", help="Where to listen; beyond this machine only with a password."),
    ] = None,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Run by itself: the Prefect server with its UI, the schedules, and a watch on the inbox.

    Start it once and leave it running. Issues that are dropped into the inbox are ingested within a minute; runs,
    schedules and what went wrong are seen in the UI. Ctrl-C stops all of it; the next start goes on where it was.

    \b
    Examples:
      jianbao up                        the UI is at http://127.0.0.1:4200
      jianbao up --port 0               on any free port
      JIANBAO_SCHEDULE="0 * * * *" jianbao up

    \b
    Settings in the environment: JIANBAO_HOST, JIANBAO_PORT, JIANBAO_PASSWORD, JIANBAO_SCHEDULE, JIANBAO_MAINTENANCE,
    JIANBAO_TIMEZONE, JIANBAO_WEBHOOK, JIANBAO_MESSAGES, JIANBAO_KEEP_DAYS. docs/operate.md explains them.
    With PREFECT_API_URL the deployments run on that server, and none is started here.

    \b
    Exit codes: 0 stopped, 2 a setting is wrong or the port is taken, 4 jianbao up is at work on this home already,
    5 the home cannot be used, 6 the server or the runner died again and again, 1 a fault of jianbao.
    """  # noqa: D301 - typer keeps the lines of a block that begins with this character
    place = Home.at(home)
    with guarded(place):
        from flows.operate.settings import read_settings
        from flows.operate.supervisor import Supervisor

        settings = read_settings(host, port)
        Supervisor(lambda sentence: typer.echo(f"jianbao: {sentence}", err=True)).run(place, settings, _greet)
        typer.echo("Stopped. The next start goes on where this one was.")


def _greet(operation: "Operation") -> None:
    from flows.hints import command
    from flows.operate.deployments import schedules
    from flows.operate.settings import USER, explain

    settings, home = operation.settings, operation.home
    typer.echo("jianbao is up. Ctrl-C stops it.\n")
    typer.echo(f"  Watch it at  {operation.ui_url}")
    if settings.password:
        typer.echo(f"               log in with {USER}:PASSWORD (your JIANBAO_PASSWORD)")
    typer.echo(f"  Drop issues  into {home.inbox}; each is ingested within a minute")
    for number, (name, expression) in enumerate(schedules(settings)):
        label = "  Schedules  " if number == 0 else " " * 13
        typer.echo(f"{label}  {name}: {explain(expression)} ({expression}, {settings.timezone})")
    typer.echo(f"  Ask          {command(home, 'status')}")
    typer.echo(f"               {command(home, 'sql', 'select zone, subject, value, unit from metrics')}")
    typer.echo(f"  Logs         {home.prefect}/server.log and runner.log\n")
