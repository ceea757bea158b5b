"""The command ``rexian``: its commands, its language, its exit statuses.

0: everything is in order. 1: carried out, and something is not in order (a record that could not be
read, an error in a standard, a comparison below its bar). 2: not carried out (a wrong option, a
standard that is not there). 130: stopped by Ctrl-C. 141: whoever read the output has gone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.main import get_command

from rexian import __version__
from rexian.cli import (
    archive,
    backups,
    benching,
    initialising,
    inspection,
    journal,
    maintenance,
    recordings,
    replay,
    serving,
    simulation,
    standards,
)
from rexian.cli.help import GENERAL, Command, CommandGroup
from rexian.cli.language import LanguageOption, asked_language
from rexian.cli.misuse import Misuse, misuse_in
from rexian.cli.terminal import Terminal, open_terminal
from rexian.kernel.errors import RexianError
from rexian.kernel.language import choose_language, mark

NOT_CARRIED_OUT, INTERRUPTED, READER_GONE = 2, 130, 141


class ReaderGone(Exception):
    """Whoever read our output has closed the pipe."""


class Root(CommandGroup):
    """The group of all commands, where a closed pipe becomes an end like any other."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ReaderGone from error


application = typer.Typer(
    cls=Root,
    add_completion=False,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    help=mark(
        "A public hotline, run by its written service standard.\n\n"
        "Rexian judges conversations clause by clause, and shows the words and the clause behind "
        "every finding."
    ),
    epilog=mark(
        "# judge the conversations that ship with Rexian, as a page to look at\n"
        "rexian inspect --samples --output report.html --open\n"
        "# judge a folder of your own\n"
        "rexian inspect transcripts/ --standard highway"
    ),
)
application.command("inspect", cls=Command, help=inspection.HELP, epilog=inspection.EXAMPLES)(
    inspection.inspect
)
application.command("archive", cls=Command, help=archive.HELP, epilog=archive.EXAMPLES)(
    archive.archive
)
application.command("replay", cls=Command, help=replay.HELP, epilog=replay.EXAMPLES)(replay.replay)
application.command("serve", cls=Command, help=serving.HELP, epilog=serving.EXAMPLES)(serving.serve)
application.command("simulate", cls=Command, help=simulation.HELP, epilog=simulation.EXAMPLES)(
    simulation.simulate
)
application.command("init", cls=Command, help=initialising.HELP, epilog=initialising.EXAMPLES)(
    initialising.initialise
)
application.command("migrate", cls=Command, help=maintenance.MIGRATE_HELP)(maintenance.migrate)
application.command("check", cls=Command, help=maintenance.CHECK_HELP)(maintenance.check)
application.command("backup", cls=Command, help=backups.BACKUP_HELP)(backups.backup)
application.command("restore", cls=Command, help=backups.RESTORE_HELP)(backups.restore)
application.command("static", cls=Command, help=maintenance.STATIC_HELP)(maintenance.static)
application.add_typer(benching.application, name="bench")
application.add_typer(standards.application, name="standard")
application.add_typer(journal.application, name="journal")
application.add_typer(recordings.application, name="recordings")
application.add_typer(journal.application, name="journal")


@application.callback()
def rexian(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", help=mark("Show the version."), rich_help_panel=GENERAL),
    ] = False,
    language: LanguageOption = None,  # noqa: ARG001 - heeded before the commands are read
) -> None:
    """Answer what needs no command."""
    if version:
        terminal: Terminal = context.obj
        terminal.console.print(f"rexian {__version__}", highlight=False)
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def run(arguments: Sequence[str]) -> int:
    """Carry out a command line and return its exit status."""
    terminal = open_terminal(choose_language(asked_language(arguments), os.environ))
    try:
        status = _carried_out(list(arguments), terminal)
        sys.stdout.flush()
    except (ReaderGone, BrokenPipeError):
        _point_output_nowhere()
        return READER_GONE
    if status == INTERRUPTED:
        terminal.remark(mark("Stopped."))
    return status


def _carried_out(arguments: list[str], terminal: Terminal) -> int:
    command = get_command(application)
    try:
        status = command.main(arguments, prog_name="rexian", standalone_mode=False, obj=terminal)
    except typer.TyperException as error:
        return _refused(misuse_in(error), command, arguments, terminal)
    except Misuse as error:
        return _refused(error, command, arguments, terminal)
    except RexianError as error:
        terminal.complain(error.sentence(terminal.language))
        return NOT_CARRIED_OUT
    return int(status or 0)


def _refused(misuse: Misuse, command: Any, arguments: list[str], terminal: Terminal) -> int:
    terminal.complain(misuse.sentence(terminal.language))
    path = ["rexian"]
    for argument in arguments:
        if isinstance(command, CommandGroup) and argument in command.commands:
            path.append(argument)
            command = command.commands[argument]
    terminal.remark(mark("More: {command}"), command=" ".join([*path, "--help"]))
    return NOT_CARRIED_OUT


def _point_output_nowhere() -> None:
    """Spare the interpreter a last, vain attempt to write what nobody reads."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
