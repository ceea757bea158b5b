"""``rexian migrate``, ``check`` and ``static``: look after an installation."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from rexian.cli.language import LanguageOption
from rexian.cli.terminal import Terminal
from rexian.kernel.language import mark

MIGRATE_HELP = mark(
    "Bring the database up to this version.\n\n"
    "Several that begin at once do it one after the other. `rexian serve` does this by itself, "
    "its parts --web, --live and --work do not."
)
CHECK_HELP = mark(
    "Look this installation over.\n\n"
    "Settings, folders, secret, database, journal, standards, mail: the exit status is 1 where "
    "something is in the way."
)
STATIC_HELP = mark(
    "Write the static files into a folder, for a proxy to serve.\n\n"
    "The server serves them itself; a proxy that does it spares it the work."
)

_SIGNS = {"good": ("✓", "green"), "noted": ("!", "yellow"), "bad": ("✗", "bold red")}

Plan = Annotated[
    bool,
    typer.Option("--plan", help=mark("Only list what would be done.")),
]


def migrate(
    context: typer.Context,
    *,
    plan: Plan = False,
    language: LanguageOption = None,  # noqa: ARG001 - heeded before the commands are read
) -> None:
    """Carry out the steps that the database lacks, or list them."""
    from rexian.site import operating  # noqa: PLC0415 - Django is loaded there

    terminal: Terminal = context.obj
    if plan:
        for step in operating.pending():
            terminal.console.print(step, markup=False, highlight=False)
        return
    count = operating.migrate(terminal.note)
    said = mark("Steps carried out: {count}. The database is up to date.")
    terminal.console.print(terminal.say(said, count=count), markup=False, highlight=False)


def check(
    context: typer.Context,
    *,
    language: LanguageOption = None,  # noqa: ARG001 - heeded before the commands are read
) -> int:
    """Print what was looked at and how it stands."""
    from rexian.site.checking import State, check  # noqa: PLC0415 - Django is loaded there

    terminal: Terminal = context.obj
    table = Table(box=None, pad_edge=False, show_header=False)
    bad = False
    for point in check():
        sign, style = _SIGNS[point.state]
        bad = bad or point.state is State.BAD
        found = terminal.say(point.found, **point.values)
        table.add_row(Text(sign, style), Text(terminal.say(point.name)), Text(found))
    terminal.console.print(table)
    return int(bad)


def static(
    context: typer.Context,
    *,
    folder: Annotated[
        Path,
        typer.Argument(metavar=mark("FOLDER"), help=mark("Where to write them.")),
    ],
    language: LanguageOption = None,  # noqa: ARG001 - heeded before the commands are read
) -> None:
    """Write the static files of this version."""
    from rexian.site import operating  # noqa: PLC0415 - Django is loaded there

    terminal: Terminal = context.obj
    version = operating.publish_static(folder)
    said = mark("Static files of version {version} are in {folder}.")
    terminal.console.print(
        terminal.say(said, version=version, folder=folder),
        markup=False,
        highlight=False,
        soft_wrap=True,
    )
