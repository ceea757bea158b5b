"""``rexian recordings``: exchange their key, see that they open, remove what is due."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from rexian.cli.help import Command, CommandGroup
from rexian.cli.language import LanguageOption
from rexian.cli.terminal import Terminal
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark

_OPERATOR = Actor.system("command")

application = typer.Typer(
    cls=CommandGroup,
    invoke_without_command=True,
    help=mark("Exchange the key of recordings, and see that they open."),
    epilog=mark(
        "# a new key for all recordings, and the old one away\n"
        "rexian recordings rotate-key\n"
        "rexian recordings drop-old-keys\n"
        "# open every recording, and say which are not as they came in\n"
        "rexian recordings verify"
    ),
)


@application.callback()
def recordings(
    context: typer.Context,
    *,
    language: LanguageOption = None,  # noqa: ARG001 - heeded before the commands are read
) -> None:
    """Show the help where no command is asked for."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@application.command(
    "rotate-key",
    cls=Command,
    help=mark(
        "Make a new key, and wrap the keys of all recordings by it.\n\n"
        "No sound is sealed anew, so it takes moments. Broken off, it is finished by the next "
        "call. The old key opens too until it is dropped; every machine needs the same file."
    ),
)
def rotate_key(
    context: typer.Context,
    *,
    language: LanguageOption = None,  # noqa: ARG001 - heeded before the commands are read
) -> int:
    """Exchange the key and say what became of it."""
    _ready()
    from django.utils import timezone  # noqa: PLC0415 - Django is set up by now

    from rexian.speech.services import vault_rotating  # noqa: PLC0415

    terminal: Terminal = context.obj
    with _headway(terminal) as told:
        done = vault_rotating.rotate_key(actor=_OPERATOR, at=timezone.now(), told=told)
    said = mark("Key {key} is in use; {count} recordings were wrapped by it.")
    _print(terminal, terminal.say(said, key=done.key_id, count=done.wrapped))
    if done.left:
        said = mark(
            "{count} recordings are under a key that is missing here; they stay as they are."
        )
        terminal.complain(terminal.say(said, count=done.left))
    return int(bool(done.left))


@application.command(
    "drop-old-keys",
    cls=Command,
    help=mark(
        "Leave only the key in use in its file.\n\n"
        "From then on no older backup opens what was removed since. Refused while any recording "
        "needs an older key."
    ),
)
def drop_old_keys(
    context: typer.Context,
    *,
    language: LanguageOption = None,  # noqa: ARG001 - heeded before the commands are read
) -> None:
    """Drop the old keys and say how many went."""
    _ready()
    from rexian.speech.services import vault_rotating  # noqa: PLC0415 - Django is set up by now

    terminal: Terminal = context.obj
    count = vault_rotating.drop_old_keys(actor=_OPERATOR)
    _print(terminal, terminal.say(mark("Old keys dropped: {count}."), count=count))


@application.command(
    "verify",
    cls=Command,
    help=mark(
        "Open every recording that is kept, and say which are not as they came in.\n\n"
        "The exit status is 1 where one is missing, changed, or its key is not there."
    ),
)
def verify(
    context: typer.Context,
    *,
    language: LanguageOption = None,  # noqa: ARG001 - heeded before the commands are read
) -> int:
    """Say whether all recordings are as they came in."""
    _ready()
    from rexian.speech.services import vault_rotating  # noqa: PLC0415 - Django is set up by now

    terminal: Terminal = context.obj
    unsound = 0
    with _headway(terminal) as told:
        for one in vault_rotating.verify_recordings(told):
            unsound += 1
            said = mark("Recording {number}: {problem}")
            problem = one.error.sentence(terminal.language)
            terminal.complain(terminal.say(said, number=one.recording, problem=problem))
    if not unsound:
        _print(terminal, terminal.say(mark("All recordings are as they came in.")))
    return int(bool(unsound))


def _ready() -> None:
    """Load the contexts; raise where the database is of another version."""
    from rexian.site import operating  # noqa: PLC0415 - Django is loaded there

    operating.pending()
    from rexian.site import schema  # noqa: PLC0415 - it needs Django set up

    schema.refuse_older(schema.schema())


def _print(terminal: Terminal, sentence: str) -> None:
    terminal.console.print(sentence, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def _headway(terminal: Terminal) -> Iterator[Callable[[int], None]]:
    """Show that it goes on, where somebody watches."""
    shown = Progress(
        SpinnerColumn(),
        TextColumn("{task.completed:,.0f}"),
        TimeElapsedColumn(),
        console=terminal.errors,
        transient=True,
        disable=not terminal.errors.is_terminal,
    )
    task = shown.add_task("", total=None)
    with shown:
        yield lambda count: shown.advance(task, count)
