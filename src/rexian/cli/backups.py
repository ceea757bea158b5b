"""``rexian backup`` and ``rexian restore``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer
from rich.progress import DownloadColumn, Progress, SpinnerColumn, TimeElapsedColumn

from rexian.cli.language import LanguageOption
from rexian.cli.terminal import Terminal
from rexian.kernel.language import mark

BACKUP_HELP = mark(
    "Write a backup of everything into one file, while the server works.\n\n"
    "The database as of one moment, uploaded files and the secret. Recordings and their key are "
    "not in it: copy the store, and keep the key elsewhere. Whoever has the file has everything "
    "else: keep it accordingly."
)
RESTORE_HELP = mark(
    "Restore a backup, all of it or nothing.\n\n"
    "It is unpacked and verified first. Where there is something already, nothing is done without "
    "--replace. A backup of SQLite goes into SQLite, one of PostgreSQL into PostgreSQL."
)
_PATIENCE = 1.0  # seconds; what is over sooner needs no progress

File = Annotated[Path, typer.Argument(metavar=mark("FILE"), help=mark("The file of the backup."))]


def backup(
    context: typer.Context,
    *,
    file: File,
    language: LanguageOption = None,  # noqa: ARG001 - heeded before the commands are read
) -> None:
    """Write a backup and say what is in it."""
    from rexian.site import operating  # noqa: PLC0415 - Django is loaded there

    terminal: Terminal = context.obj
    with _headway(terminal) as told:
        rows, parts = operating.back_up(file, told)
    said = mark("{file}: {rows} rows, {parts} parts.")
    _say(terminal, terminal.say(said, file=file, rows=rows, parts=parts))


def restore(
    context: typer.Context,
    *,
    file: File,
    replace: Annotated[
        bool,
        typer.Option("--replace", help=mark("Give up what is there.")),
    ] = False,
    language: LanguageOption = None,  # noqa: ARG001 - heeded before the commands are read
) -> int:
    """Restore a backup and say whether what was restored is sound."""
    from rexian.site import operating  # noqa: PLC0415 - Django is loaded there

    terminal: Terminal = context.obj
    with _headway(terminal) as told:
        rows, sound = operating.restore(file, told, replace=replace)
    _say(terminal, terminal.say(mark("Restored and verified: {rows} rows."), rows=rows))
    if not sound:
        terminal.complain(terminal.say(mark("The journal in this backup is not sound.")))
    return int(not sound)


def _say(terminal: Terminal, sentence: str) -> None:
    terminal.console.print(sentence, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def _headway(terminal: Terminal) -> Iterator[Callable[[int], None]]:
    """Show how many bytes have been dealt with, once it takes a while and somebody watches."""
    begun_at = monotonic()
    shown = Progress(
        SpinnerColumn(),
        DownloadColumn(binary_units=True),
        TimeElapsedColumn(),
        console=terminal.errors,
        transient=True,
    )
    task = shown.add_task("", total=None)

    def told(count: int) -> None:
        shown.advance(task, count)
        if terminal.errors.is_terminal and monotonic() - begun_at > _PATIENCE:
            shown.start()

    try:
        yield told
    finally:
        if shown.live.is_started:
            shown.stop()
