"""One life cycle for every channel: the states of a contact, and the moves between them.

=========  ===============  ================================================================
state      means            moves
=========  ===============  ================================================================
queued     waits            offer, abandon
offered    agent is asked   accept, pass on (not taken), abandon
connected  both there       hold, transfer, release, end
held       customer waits   retrieve, transfer, release, end
after      agent writes up  resume (the customer writes again), finish
ended      over             (a customer who writes again begins another contact)
=========  ===============  ================================================================

Abandoning is the customer's going while queued, with a message or without. Released are contacts
whose agent is gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from rexian.kernel.errors import Conflict
from rexian.kernel.language import mark


class Channel(StrEnum):
    """How a customer reaches us; the evaluator's words for it."""

    CHAT = "chat"
    PHONE = "phone"


class State(StrEnum):
    """Where a contact is in its life."""

    QUEUED = "queued"
    OFFERED = "offered"
    CONNECTED = "connected"
    HELD = "held"
    AFTER = "after"
    ENDED = "ended"


class Ending(StrEnum):
    """How a contact came to its end."""

    SERVED = "served"
    ABANDONED = "abandoned"
    MESSAGE = "message"


class Move(StrEnum):
    """What can happen to a contact."""

    OFFER = "offer"
    ACCEPT = "accept"
    PASS_ON = "pass_on"  # noqa: S105 - a move, not a secret
    ABANDON = "abandon"
    HOLD = "hold"
    RETRIEVE = "retrieve"
    TRANSFER = "transfer"
    RELEASE = "release"
    END = "end"
    RESUME = "resume"
    FINISH = "finish"


class NotNow(Conflict):
    """The contact has moved on, so that this can no longer be done with it (409)."""

    code = "contact-moved-on"


OPEN = frozenset(State) - {State.ENDED}
WITH_AGENT = frozenset({State.OFFERED, State.CONNECTED, State.HELD, State.AFTER})
"""The states in which a contact counts towards its agent's capacity."""
TALKING = frozenset({State.CONNECTED, State.HELD})
WAITING = frozenset({State.QUEUED, State.OFFERED})

_MOVES: Mapping[tuple[State, Move], State] = MappingProxyType(
    {
        (State.QUEUED, Move.OFFER): State.OFFERED,
        (State.QUEUED, Move.ABANDON): State.ENDED,
        (State.OFFERED, Move.ACCEPT): State.CONNECTED,
        (State.OFFERED, Move.PASS_ON): State.QUEUED,
        (State.OFFERED, Move.ABANDON): State.ENDED,
        (State.CONNECTED, Move.HOLD): State.HELD,
        (State.HELD, Move.RETRIEVE): State.CONNECTED,
        (State.CONNECTED, Move.TRANSFER): State.QUEUED,
        (State.HELD, Move.TRANSFER): State.QUEUED,
        (State.CONNECTED, Move.RELEASE): State.QUEUED,
        (State.HELD, Move.RELEASE): State.QUEUED,
        (State.CONNECTED, Move.END): State.AFTER,
        (State.HELD, Move.END): State.AFTER,
        (State.AFTER, Move.RESUME): State.CONNECTED,
        (State.AFTER, Move.FINISH): State.ENDED,
    }
)


def moved(state: State, move: Move) -> State:
    """Return the state after a move; raise ``NotNow`` where it cannot be made."""
    following = _MOVES.get((state, move))
    if following is None:
        raise NotNow(mark("This contact has moved on meanwhile."), state=state.value)
    return following


def can(state: State, move: Move) -> bool:
    """Tell whether a move can be made, so that a page offers what is possible and no more."""
    return (state, move) in _MOVES
