"""``rexian bench``: how fast this machine is, in a database that is thrown away."""

from __future__ import annotations

import json
import os
import tempfile
from typing import Annotated

import typer
from rich.table import Table

from rexian.cli.help import Command, CommandGroup
from rexian.cli.language import LanguageOption
from rexian.cli.settings import whole_number
from rexian.cli.terminal import Terminal
from rexian.kernel.language import mark

application = typer.Typer(
    cls=CommandGroup,
    invoke_without_command=True,
    help=mark("Measure how fast this machine is."),
    epilog=mark(
        "# cases on SQLite, with a hundred thousand of them\n"
        "rexian bench cases\n"
        "# on a PostgreSQL database that is empty\n"
        "REXIAN_DATABASE=postgresql://…/empty rexian bench cases --cases 1000000"
    ),
)

CASES_HELP = mark(
    "Take cases, list, count and search them, and print what it took.\n\n"
    "Everything happens in a folder and a database of its own. A database that REXIAN_DATABASE "
    "names has to be empty: it is filled, and left as it is then."
)

Many = Annotated[
    int,
    typer.Option(
        "--cases",
        parser=whole_number("--cases", least=1000),
        metavar=mark("COUNT"),
        help=mark("How many cases there are when they are listed and searched."),
        show_default="100000",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help=mark("Print lines of JSON."))]

_WORDS = {
    "fill": mark("Filling the database with cases that never were…"),
    "ask": mark("Listing, counting, searching…"),
    "taken at the service": mark("cases taken at the service"),
    "taken over HTTP": mark("cases taken over HTTP"),
    "list, newest": mark("list: the newest"),
    "list, by flow and standing": mark("list: by flow and standing"),
    "list, of one unit": mark("list: of one unit"),
    "list, due first": mark("list: what is due first"),
    "counts by standing": mark("counts: by standing"),
    "counts of a flow": mark("counts: of a flow"),
    "counts of one unit": mark("counts: of one unit"),
    "search, a frequent word": mark("search: a frequent word"),
    "search, two words": mark("search: two words"),
    "search, a rare word": mark("search: a rare word"),
    "search, nothing there": mark("search: nothing there"),
}


@application.callback()
def bench(
    context: typer.Context,
    *,
    language: LanguageOption = None,  # noqa: ARG001 - heeded before the commands are read
) -> None:
    """Show the help where no command is asked for."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@application.command("cases", cls=Command, help=CASES_HELP)
def cases(
    context: typer.Context,
    *,
    many: Many = 100_000,
    as_json: AsJson = False,
    language: LanguageOption = None,  # noqa: ARG001 - heeded before the commands are read
) -> None:
    """Measure cases."""
    terminal: Terminal = context.obj
    with tempfile.TemporaryDirectory(prefix="rexian-bench-") as home:
        os.environ["REXIAN_HOME"] = home
        from rexian.site import operating  # noqa: PLC0415 - Django is loaded there

        figures = operating.bench_cases(many, lambda step: terminal.remark(_WORDS[step]))
        if as_json:
            for one in figures:
                typer.echo(json.dumps({"what": one.what, "value": one.value, "unit": one.unit}))
            return
        table = Table(terminal.say(mark("What")), terminal.say(mark("Measured")))
        for one in figures:
            said = f"{one.value:,.0f} /s" if one.unit == "/s" else f"{one.value:,.1f} ms"
            table.add_row(terminal.say(_WORDS[one.what]), said)
        terminal.console.print(table)
