"""``rexian journal``: see that nobody changed it, follow it, look at one entry."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from types import ModuleType
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from rexian.cli.help import Command, CommandGroup
from rexian.cli.language import LanguageOption
from rexian.cli.terminal import Terminal
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark

if TYPE_CHECKING:
    from rexian.journal.domain.entries import Entry
    from rexian.journal.domain.seals import Fault
    from rexian.journal.services import Verification

_POLL = 0.5
_PATIENCE = 1.0
_OPERATOR = Actor.system("command")

application = typer.Typer(
    cls=CommandGroup,
    invoke_without_command=True,
    help=mark("Read the journal, and see that nobody has changed it."),
    epilog=mark(
        "# see that nothing was changed, taken away or slipped in\n"
        "rexian journal verify\n"
        "# the last twenty entries, and those that come\n"
        "rexian journal tail --count 20 --follow\n"
        "# one entry with all its particulars\n"
        "rexian journal show 1042"
    ),
)

_FAULTS = {
    "changed": mark("Entry {id} has been changed (sealed from {first} to {last})."),
    "missing": mark("Entry {id} is missing (sealed from {first} to {last})."),
    "inserted": mark("Entry {id} has been slipped in (sealed from {first} to {last})."),
    "broken_seal": mark("The seal from {first} to {last} is broken, or one before it is gone."),
}


@application.callback()
def journal(
    context: typer.Context,
    *,
    language: LanguageOption = None,  # noqa: ARG001 - heeded before the commands are read
) -> None:
    """Show the help where no command is asked for."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@application.command(
    "verify",
    cls=Command,
    help=mark(
        "See that nobody has changed the journal.\n\n"
        "Compares every sealed entry with its seal. The exit status is 1 where something is wrong. "
        "Note the newest seal elsewhere: with --seal it is looked for, so that a journal whose "
        "seals were all made anew is found out too."
    ),
)
def verify(
    context: typer.Context,
    *,
    seal: Annotated[
        str,
        typer.Option(
            "--seal", metavar=mark("HASH"), help=mark("A seal that was noted, to be looked for.")
        ),
    ] = "",
    language: LanguageOption = None,  # noqa: ARG001 - heeded before the commands are read
) -> int:
    """Say whether the journal is as it was sealed, and what is not."""
    services = _ready()
    terminal: Terminal = context.obj
    with _headway(terminal) as tell:
        found = services.verify(noted=seal, tell=tell)
    for fault in found.faults:
        terminal.complain(_fault(fault, terminal))
    for name in found.unguarded:
        said = mark("The trigger {name} is gone: the database lets the journal be changed.")
        terminal.complain(terminal.say(said, name=name))
    if found.is_noted_missing:
        terminal.complain(terminal.say(mark("There is no such seal: {hash}."), hash=seal))
    if not found.sound:
        return 1
    _print(terminal, _praise(found, terminal))
    return 0


@application.command(
    "tail",
    cls=Command,
    help=mark(
        "Print the newest entries, one a line, as JSON.\n\n"
        "With --follow it goes on with those that come, until Ctrl-C."
    ),
)
def tail(
    context: typer.Context,
    *,
    count: Annotated[
        int,
        typer.Option("--count", "-n", min=0, max=100_000, help=mark("How many of the newest.")),
    ] = 10,
    follow: Annotated[
        bool, typer.Option("--follow", "-f", help=mark("Go on with those that come."))
    ] = False,
    language: LanguageOption = None,  # noqa: ARG001 - heeded before the commands are read
) -> None:
    """Print the newest entries, and with ``follow`` whatever comes."""
    services = _ready()
    from rexian.journal import queries  # noqa: PLC0415 - contexts are loaded by now

    terminal: Terminal = context.obj
    reading = services.Tail()
    page = queries.entries(size=count, actor=_OPERATOR) if count else None
    for entry in reversed(page.entries if page else ()):
        if entry.id <= reading.position:
            _print(terminal, _line(entry))
    while follow:
        for entry in reading.read():
            _print(terminal, _line(entry))
        time.sleep(_POLL)


@application.command(
    "show", cls=Command, help=mark("Print one entry with all its particulars, as JSON.")
)
def show(
    context: typer.Context,
    *,
    number: Annotated[
        int, typer.Argument(metavar=mark("NUMBER"), help=mark("The number of the entry."))
    ],
    language: LanguageOption = None,  # noqa: ARG001 - heeded before the commands are read
) -> None:
    """Print an entry."""
    _ready()
    from rexian.journal import queries  # noqa: PLC0415 - contexts are loaded by now

    terminal: Terminal = context.obj
    _print(terminal, json.dumps(_told(queries.entry(number, actor=_OPERATOR)), indent=2))


def _ready() -> ModuleType:
    """Load the contexts and return the services of the journal."""
    from rexian.site import operating  # noqa: PLC0415 - Django is loaded there

    operating.pending()
    from rexian.site import schema  # noqa: PLC0415 - it needs Django set up

    schema.refuse_older(schema.schema())
    from rexian.journal import services  # noqa: PLC0415 - contexts are loaded by now

    return services


def _line(entry: Entry) -> str:
    return json.dumps(_told(entry), ensure_ascii=False)


def _told(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.id,
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "name": entry.name,
        "subject": entry.subject,
        "organisation": entry.organisation,
        "request": entry.request,
        "data": dict(entry.data),
    }


def _fault(fault: Fault, terminal: Terminal) -> str:
    return terminal.say(
        _FAULTS[fault.kind], id=fault.entry_id, first=fault.first_id, last=fault.last_id
    )


def _praise(found: Verification, terminal: Terminal) -> str:
    if not found.seals:
        said = mark("Nothing is sealed yet; entries: {unsealed}.")
        return terminal.say(said, unsealed=found.unsealed)
    said = mark(
        "The journal is sound. Sealed entries: {entries}, in {seals} seals; not sealed yet: "
        "{unsealed}. Newest seal: {hash}"
    )
    return terminal.say(
        said,
        entries=found.entries,
        seals=found.seals,
        unsealed=found.unsealed,
        hash=found.newest_seal,
    )


def _print(terminal: Terminal, text: str) -> None:
    terminal.console.print(text, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def _headway(terminal: Terminal) -> Iterator[Callable[[int], None]]:
    """Show how many entries were looked at, once it takes a while and somebody watches."""
    begun_at = monotonic()
    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f}"), TimeElapsedColumn())
    shown = Progress(*columns, console=terminal.errors, transient=True)
    task = shown.add_task("", total=None)

    def tell(done: int) -> None:
        if terminal.errors.is_terminal and monotonic() - begun_at > _PATIENCE:
            shown.start()
            shown.update(task, completed=done)

    try:
        yield tell
    finally:
        shown.stop()
