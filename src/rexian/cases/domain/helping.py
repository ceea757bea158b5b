"""Calling somebody in: kinds of helpers, and how far one has come who was called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from rexian.kernel.errors import Conflict, Invalid
from rexian.kernel.language import mark

UNANSWERED = "help_unanswered"
"""The parameter of a standard after which nobody's having taken a call is told."""

USUAL_WAIT = timedelta(minutes=3)
"""How long a notification may stay unanswered where the standard does not say."""

LONGEST_AGO = timedelta(hours=12)
"""A press that reaches us so late counts from then: a telephone in a tunnel is no longer in it."""

TOLD = "told"


class Kind(StrEnum):
    """What a helper is for."""

    POLICE = "police"
    FIRE = "fire"
    AMBULANCE = "ambulance"
    TRAFFIC_POLICE = "traffic-police"
    TOWING = "towing"
    REPAIR = "repair"
    CREW = "crew"
    OTHER = "other"


KIND_NAMES: Mapping[str, str] = {
    Kind.POLICE: mark("the police"),
    Kind.FIRE: mark("fire brigade"),
    Kind.AMBULANCE: mark("ambulance"),
    Kind.TRAFFIC_POLICE: mark("traffic police"),
    Kind.TOWING: mark("towing"),
    Kind.REPAIR: mark("repairs"),
    Kind.CREW: mark("own crew"),
    Kind.OTHER: mark("other helper"),
}


class Way(StrEnum):
    """How somebody was called in: by telephone, or by the page that they were sent."""

    TELEPHONE = "telephone"
    PAGE = "page"


WAY_NAMES: Mapping[str, str] = {
    Way.TELEPHONE: mark("by telephone"),
    Way.PAGE: mark("by a link to the page"),
}


class Press(StrEnum):
    """What somebody who was called in says, or presses on their telephone."""

    TAKEN = "taken"
    ON_WAY = "on-way"
    ARRIVED = "arrived"
    DONE = "done"
    REFUSED = "refused"


STATE_NAMES: Mapping[str, str] = {
    TOLD: mark("called, not taken yet"),
    Press.TAKEN: mark("call taken"),
    Press.ON_WAY: mark("on the way"),
    Press.ARRIVED: mark("arrived there"),
    Press.DONE: mark("work done"),
    Press.REFUSED: mark("call refused"),
}
SETTLED = frozenset({Press.DONE.value, Press.REFUSED.value})
"""States that nothing comes after."""

_WAY = (TOLD, Press.TAKEN, Press.ON_WAY, Press.ARRIVED, Press.DONE)


class NothingToAnswer(Conflict):
    """Whoever was called in has refused or is done: nothing comes after that (409)."""

    code = "notification-settled"


class BadHelper(Invalid):
    """A helper or a line of the roster that nobody could be called by (422)."""

    code = "bad-helper"


class HelperChanged(Conflict):
    """Somebody else has changed the entry of the directory meanwhile (409)."""

    code = "helper-changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """Somebody to be called in: a helper of the directory or a person, by which number and way."""

    helper: int | None = None
    person: int | None = None
    telephone: str = ""
    way: Way = Way.TELEPHONE


def next_state(state: str, press: Press) -> str | None:
    """Return where a press leads, ``None`` where that is reached already.

    What was said on the way there may be left out; raises ``NothingToAnswer`` after the end.
    """
    if press == state or (press is not Press.REFUSED and _reached(state, press)):
        return None
    if state in SETTLED or (press is Press.REFUSED and state == Press.ARRIVED):
        raise NothingToAnswer(mark("This has come to its end already, or cannot be refused now."))
    return press.value


def presses_from(state: str) -> tuple[Press, ...]:
    """Return what can be said next, the nearest first."""
    if state in SETTLED:
        return ()
    ahead = tuple(one for one in _WAY[_WAY.index(state) + 1 :] if isinstance(one, Press))
    return (*ahead, *(() if state == Press.ARRIVED else (Press.REFUSED,)))


def pressed_at(ago: timedelta, *, after: datetime, at: datetime) -> datetime:
    """Return when something was pressed that reaches us later; never before what came first."""
    return max(after, at - min(max(ago, timedelta(0)), LONGEST_AGO))


def _reached(state: str, press: Press) -> bool:
    return state in _WAY and _WAY.index(state) >= _WAY.index(press)
