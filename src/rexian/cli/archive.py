"""``rexian archive``: put conversations into Parquet files, to be kept and judged again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from rexian.cli import inspection_options as options
from rexian.cli.language import LanguageOption
from rexian.cli.misuse import Misuse
from rexian.cli.progress import Headway
from rexian.cli.terminal import Terminal
from rexian.dialogue.domain.archive import UNDATED, Shelf
from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.domain.unreadable import Unreadable
from rexian.dialogue.services import STANDARD_INPUT, read_paths
from rexian.kernel.language import mark

HELP = mark(
    "Put conversations into an archive of Parquet files.\n\n"
    "From files, or with --database from what this installation has judged: each month that is "
    "over is written once, so that the command can be run every day. The archive is judged again "
    "by `rexian replay`, and read by whatever reads Parquet."
)
EXAMPLES = mark(
    "# a month of transcripts\n"
    "rexian archive october/ --output archive/ --month 2026-10\n"
    "# all months of the database that are over\n"
    "rexian archive --database --output archive/"
)
_NAME = re.compile(r"[^\w-]+")
_ARCHIVE = mark("Archive")

Output = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        metavar=mark("FOLDER"),
        help=mark("The folder of the archive."),
        rich_help_panel=options.OUTPUT,
    ),
]
Database = Annotated[
    bool,
    typer.Option(
        "--database",
        help=mark("Archive the months of the database that are over."),
        rich_help_panel=options.INPUT,
    ),
]
Organisation = Annotated[
    str | None,
    typer.Option(
        "--organisation",
        metavar=mark("NAME"),
        help=mark("Whose conversations they are; with --database only those of this one."),
        rich_help_panel=_ARCHIVE,
    ),
]
Month = Annotated[
    str,
    typer.Option(
        "--month",
        metavar=mark("MONTH"),
        help=mark("The month that they are from, as 2026-10."),
        rich_help_panel=_ARCHIVE,
        show_default="undated",
    ),
]
Name = Annotated[
    str | None,
    typer.Option(
        "--name",
        metavar=mark("NAME"),
        help=mark("What the files are called."),
        rich_help_panel=_ARCHIVE,
        show_default=mark("as the first file or folder"),
    ),
]


def archive(
    context: typer.Context,
    *,
    output: Output,
    paths: options.Paths = None,
    roles: options.Roles = None,
    database: Database = False,
    organisation: Organisation = None,
    month: Month = UNDATED,
    name: Name = None,
    language: LanguageOption = None,  # noqa: ARG001 - heeded before the commands are read
) -> int:
    """Archive what the options name, and return the exit status."""
    terminal: Terminal = context.obj
    if database == bool(paths):
        raise Misuse(mark("Which conversations? Name files or folders, or --database."))
    if database:
        return _archive_database(terminal, output, organisation or "")
    from rexian.dialogue.services import archiving  # noqa: PLC0415 - Arrow is loaded there

    sources = list(paths or ())
    shelf = Shelf.of(organisation or "local", month)
    reading = _Reading(terminal)
    found = read_paths(sources, roles={one.name: one.value for one in roles or ()})
    written = archiving.archive_conversations(
        reading.through(found),
        folder=output,
        shelf=shelf,
        name=_NAME.sub("-", name or _named(sources[0])) or "files",
        sources=sources,
    )
    _tell(terminal, written.conversations, written.turns, len(written.shards), output)
    return 1 if reading.problems else 0


class _Reading:
    """Conversations on their way: counted, and what cannot be read is told."""

    def __init__(self, terminal: Terminal) -> None:
        self.problems = 0
        self._terminal = terminal

    def through(self, found: Iterator[Conversation | Unreadable]) -> Iterator[Conversation]:
        """Hand on what can be read."""
        with Headway(self._terminal) as headway:
            for one in found:
                if isinstance(one, Unreadable):
                    self.problems += 1
                    sentence = one.sentence(self._terminal.language)
                    self._terminal.complain(f"{one.place}: {sentence}")
                    continue
                headway.advance()
                yield one


def _archive_database(terminal: Terminal, output: Path, organisation: str) -> int:
    from rexian.cli.archive_database import months  # noqa: PLC0415 - Django is loaded there

    conversations = turns = shards = 0
    for one in months(output, organisation):
        place = f"{one.shelf.organisation} {one.shelf.month} {one.name}"
        terminal.note(f"{place}: {one.written.conversations}")
        conversations += one.written.conversations
        turns += one.written.turns
        shards += len(one.written.shards)
    _tell(terminal, conversations, turns, shards, output)
    return 0


def _tell(terminal: Terminal, conversations: int, turns: int, shards: int, output: Path) -> None:
    said = mark(
        "Archived conversations: {conversations}, with {turns} turns, in {files} files below "
        "{folder}."
    )
    line = terminal.say(said, conversations=conversations, turns=turns, files=shards, folder=output)
    terminal.console.print(line, markup=False, highlight=False, soft_wrap=True)


def _named(source: str) -> str:
    return "stdin" if source == STANDARD_INPUT else Path(source).resolve().stem
