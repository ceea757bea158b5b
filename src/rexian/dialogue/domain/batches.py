"""A batch: conversations that somebody sent in together, and how far their inspection has come."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from rexian.kernel.errors import Conflict, Invalid
from rexian.kernel.language import mark
from rexian.standard.domain.verdicts import Outcome

LONGEST_NAME = 120
MOST_PROBLEMS = 1000
"""So many unreadable records are kept with their place and reason; the rest is only counted."""

_SEPARATORS = re.compile(r"[/\\]")


class BatchState(StrEnum):
    """Where a batch stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"


MOVES: Mapping[BatchState, frozenset[BatchState]] = {
    BatchState.WAITING: frozenset({BatchState.RUNNING, BatchState.CANCELLED}),
    BatchState.RUNNING: frozenset({BatchState.DONE, BatchState.CANCELLED}),
    BatchState.CANCELLED: frozenset({BatchState.WAITING}),
    BatchState.DONE: frozenset(),
}
UNFINISHED = frozenset({BatchState.WAITING, BatchState.RUNNING})


class IllegalBatchMove(Conflict):
    """A batch is not, or no longer, where it could be moved so (409)."""

    code = "batch-illegal-move"


class WrongUpload(Invalid):
    """Files that cannot be taken: none, empty, too many, too large, made to harm (422)."""

    code = "wrong-upload"


class NoStandard(Invalid):
    """No standard is in force, or not the one that was asked for (422)."""

    code = "no-standard-in-force"


def require_move(now: BatchState, then: BatchState) -> None:
    """Raise where a batch cannot go from one state to the other."""
    if then not in MOVES[now]:
        raise IllegalBatchMove(
            mark("The inspection has moved on meanwhile; look at it again."), now=now, then=then
        )


def file_names(names: Iterable[str]) -> list[str]:
    """Return the names of uploaded files, without folders, each different from the others."""
    taken: list[str] = []
    for place, name in enumerate(names, 1):
        own = _plain(name) or f"upload-{place}"
        stem, dot, ending = own.rpartition(".")
        stem, ending = (stem, dot + ending) if stem else (own, "")
        number = 1
        while own in taken:
            number += 1
            own = f"{stem} ({number}){ending}"
        taken.append(own)
    return taken


def _plain(name: str) -> str:
    """Return the last part of a path, without what does not print, ending and all kept short."""
    own = _SEPARATORS.split(name)[-1].strip().lstrip(".")
    own = "".join(one for one in own if one.isprintable())
    stem, dot, ending = own.rpartition(".")
    room = LONGEST_NAME - len(dot + ending)
    return own if len(own) <= LONGEST_NAME else (stem or own)[: max(room, 1)] + dot + ending[:20]


def storable(text: str, length: int) -> str:
    """Return ``text`` as any database can keep it, cut where it is longer than ``length``."""
    cleaned = "".join(
        "\N{REPLACEMENT CHARACTER}" if one == "\0" or "\ud800" <= one <= "\udfff" else one
        for one in text
    )
    return cleaned if len(cleaned) <= length else cleaned[: length - 1] + "…"


def mark_of(outcome: Outcome | str, clause: str) -> str:
    """Return the word by which a conversation with such a verdict is found again."""
    return f" {outcome}:{clause} "
