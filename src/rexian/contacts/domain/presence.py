"""Whether an agent is there: a state, with its reason, under a lease."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from rexian.kernel.errors import Invalid, Refused
from rexian.kernel.language import mark

LEASE = timedelta(seconds=60)
"""How long somebody counts as there after their desk was last heard of."""

SKEW = timedelta(seconds=5)
"""How far the clocks of our own servers may be apart; what lies further ahead was a clock set."""

BEAT = timedelta(seconds=15)
"""How often an open desk says that it is there."""


class There(StrEnum):
    """What an agent does; contacts are offered only to those who are ready."""

    READY = "ready"
    BREAK = "break"
    MISSED = "missed"
    OFFLINE = "offline"


class Break(StrEnum):
    """Why somebody is on a break."""

    REST = "rest"
    MEAL = "meal"
    TRAINING = "training"
    MEETING = "meeting"
    AFTER_WORK = "after_work"
    OTHER = "other"


class NotAnAgent(Refused):
    """Nobody has said that this person serves a hotline (403)."""

    code = "not-an-agent"


class NoSuchBreak(Invalid):
    """A reason for a break that the hotline does not have (422)."""

    code = "no-such-break"


BREAK_NAMES = {
    Break.REST: mark("rest"),
    Break.MEAL: mark("meal"),
    Break.TRAINING: mark("training"),
    Break.MEETING: mark("meeting"),
    Break.AFTER_WORK: mark("after-contact work"),
    Break.OTHER: mark("other"),
}
THERE_NAMES = {
    There.READY: mark("ready"),
    There.BREAK: mark("on a break"),
    There.MISSED: mark("missed an offer"),
    There.OFFLINE: mark("not there"),
}


def as_break(reason: str) -> Break:
    """Return the break of that name; raise ``NoSuchBreak``."""
    try:
        return Break(reason)
    except ValueError:
        raise NoSuchBreak(mark("There is no break of that name."), field="reason") from None


def time_on_breaks(
    changes: Iterable[tuple[datetime, There, str]], *, until: datetime
) -> Mapping[str, timedelta]:
    """Return how long each kind of break lasted, from changes of presence in their order.

    A break that is still on lasts until ``until``.
    """
    found: dict[str, timedelta] = {}
    since, reason = until, ""
    for at, state, why in (*changes, (until, There.READY, "")):
        if reason:
            found[reason] = found.get(reason, timedelta()) + (at - since)
        since, reason = at, why if state is There.BREAK else ""
    return found
