"""Read conversations from files, folders and standard input, in whichever form they are."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import BinaryIO

from rexian.dialogue.adapters import formats
from rexian.dialogue.adapters.folders import files_of
from rexian.dialogue.adapters.found import Found, Roles
from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.domain.speakers import speakers_with
from rexian.dialogue.domain.unreadable import Reason, Unreadable

STANDARD_INPUT = "-"


def read_paths(
    paths: Iterable[str | Path],
    *,
    roles: Mapping[str, str] | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Conversation | Unreadable]:
    """Yield the conversations in ``paths``, and in their places what cannot be read.

    ``-`` is standard input. ``roles`` says which side a name of the source is ("A": "agent").
    An id that comes a second time is unreadable. Raises ``Invalid`` for a role that is none.
    """
    seen: set[str] = set()
    for one in find_records(paths, roles=roles, stdin=stdin):
        read = one if isinstance(one, Unreadable) else one.read()
        yield read if isinstance(read, Unreadable) else _once(read, seen)


def find_records(
    paths: Iterable[str | Path],
    *,
    roles: Mapping[str, str] | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Found | Unreadable]:
    """Yield the records in ``paths`` unread: whoever inspects them in other processes reads there.

    Otherwise as ``read_paths``, but that an id that has come before is not noticed here.
    """
    known = tuple(sorted((roles or {}).items()))
    speakers_with(known)
    return _records(paths, known, stdin)


def _once(conversation: Conversation, seen: set[str]) -> Conversation | Unreadable:
    if conversation.id in seen:
        values = {"id": conversation.id}
        return Unreadable(conversation.source, conversation.line, Reason.DUPLICATE, values)
    seen.add(conversation.id)
    return conversation


def samples() -> list[Path]:
    """Return the conversations that ship with the product."""
    folder = Path(str(files("rexian.dialogue.samples")))
    return sorted(path for path in folder.iterdir() if path.suffix in formats.ENDINGS)


def _records(
    paths: Iterable[str | Path], roles: Roles, stdin: BinaryIO | None
) -> Iterator[Found | Unreadable]:
    for one in files_of(paths):
        if isinstance(one, Unreadable):
            yield one
        elif str(one[0]) == STANDARD_INPUT:
            yield from formats.read(stdin or sys.stdin.buffer, "<stdin>", "stdin", roles)
        else:
            yield from _in_file(*one, roles)


def _in_file(file: Path, name: str, roles: Roles) -> Iterator[Found | Unreadable]:
    source = str(file)
    try:
        with file.open("rb") as stream:
            yield from formats.read(stream, source, name, roles, ending=file.suffix)
    except FileNotFoundError:
        yield Unreadable(source, 0, Reason.NO_SUCH_FILE)
    except OSError as error:
        yield Unreadable(source, 0, Reason.CANNOT_OPEN, {"problem": error.strerror or str(error)})
