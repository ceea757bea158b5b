"""A batch: recordings that somebody sent in together, and how far their hearing has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from rexian.kernel.errors import Conflict, Invalid
from rexian.kernel.language import mark
from rexian.standard.domain.events import Speaker

LONGEST_TITLE = 120
MOST_UPLOADS = 200
"""So many files are taken in one sending by a browser; a folder may hold any number."""


class BatchState(StrEnum):
    """Where a batch stands."""

    TAKING_IN = "taking_in"
    READY = "ready"
    HEARING = "hearing"
    DONE = "done"
    STOPPED = "stopped"


MOVES: Mapping[BatchState, frozenset[BatchState]] = {
    BatchState.TAKING_IN: frozenset({BatchState.READY, BatchState.DONE, BatchState.STOPPED}),
    BatchState.READY: frozenset({BatchState.HEARING}),
    BatchState.HEARING: frozenset({BatchState.DONE, BatchState.STOPPED}),
    BatchState.STOPPED: frozenset({BatchState.TAKING_IN, BatchState.HEARING}),
    BatchState.DONE: frozenset(),
}
UNFINISHED = frozenset({BatchState.TAKING_IN, BatchState.HEARING})


class CallState(StrEnum):
    """Where a recording of a batch stands.

    ========== =================================================================
    waiting    it is to be heard
    hearing    a worker hears it
    heard      its words and times are known, and its contact is judged
    known      the same sound came before: it is heard where it came first
    unreadable no sound can be made of it
    failed     a fault of the program keeps it from being heard
    ========== =================================================================
    """

    WAITING = "waiting"
    HEARING = "hearing"
    HEARD = "heard"
    KNOWN = "known"
    UNREADABLE = "unreadable"
    FAILED = "failed"


SPOILT = frozenset({CallState.UNREADABLE, CallState.FAILED})
TO_HEAR = frozenset({CallState.WAITING, CallState.HEARING})


class Wants(StrEnum):
    """What is wanted of a batch: the words too, or the voices alone."""

    WORDS = "words"
    VOICES = "voices"


class IllegalBatchMove(Conflict):
    """A batch is not, or no longer, where it could be moved so (409)."""

    code = "recording-batch-illegal-move"


class WrongRecordings(Invalid):
    """Recordings that cannot be taken in: none, too many, from a place that is not open (422)."""

    code = "wrong-recordings"


CHANNELS: Mapping[str, tuple[Speaker, ...]] = {
    "facts": (),
    "agent,customer": (Speaker.AGENT, Speaker.CUSTOMER),
    "customer,agent": (Speaker.CUSTOMER, Speaker.AGENT),
}
"""Who may be said to speak on which channel; ``facts`` leaves it to each recording's own."""


def require_move(now: BatchState, then: BatchState) -> None:
    """Raise where a batch cannot go from one state to the other."""
    if then not in MOVES[now]:
        raise IllegalBatchMove(
            mark("The recordings have moved on meanwhile; look at them again."), now=now, then=then
        )


def channels_named(name: str) -> tuple[Speaker, ...]:
    """Return who speaks on which channel, by the name under which it is chosen."""
    if name not in CHANNELS:
        raise WrongRecordings(
            mark("Nobody knows the channels {name}."), name=name, field="channels"
        )
    return CHANNELS[name]


def title_of(names: Sequence[str]) -> str:
    """Return what a batch of files is called, where its sender has not said so."""
    title = names[0] if len(names) == 1 else f"{names[0]} +{len(names) - 1}"
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"
