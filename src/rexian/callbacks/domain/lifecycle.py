"""The life of a callback: promised, attempted, and then reached, failed or withdrawn."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from rexian.kernel.errors import Conflict, Invalid, Refused
from rexian.kernel.language import mark

TAKEN_FOR = timedelta(minutes=30)
"""How long a callback that somebody has taken on is theirs; one that is forgotten is free again."""

LONGEST = timedelta(days=366)
"""What is promised for later than this is a slip of the keyboard."""


class State(StrEnum):
    """Where a callback stands."""

    PROMISED = "promised"
    ATTEMPTED = "attempted"
    REACHED = "reached"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


class Cause(StrEnum):
    """Why somebody is called."""

    ABANDONED = "abandoned"
    MISSED = "missed"
    ASKED = "asked"
    MESSAGE = "message"
    PROMISE = "promise"


class Result(StrEnum):
    """How one call ended."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    SWITCHED_OFF = "switched_off"
    WRONG_NUMBER = "wrong_number"


class NoLongerOpen(Conflict):
    """The callback is over, or somebody has called meanwhile (409)."""

    code = "callback-moved-on"


class TakenByOther(Conflict):
    """Somebody else is calling just now (409)."""

    code = "callback-taken"


class BadPromise(Invalid):
    """A promise for an instant that cannot be kept, or a withdrawal without a reason (422)."""

    code = "bad-promise"


class NoNumberToCall(Refused):
    """Nobody knows a number under which the customer could be called (403)."""

    code = "no-number-to-call"


OPEN = frozenset({State.PROMISED, State.ATTEMPTED})
GOT_THROUGH = frozenset({Cause.ABANDONED, Cause.MISSED, Cause.ASKED})
"""What is settled when the customer is served by themselves; words that they left are not."""

STATE_NAMES = {
    State.PROMISED: mark("promised"),
    State.ATTEMPTED: mark("attempted"),
    State.REACHED: mark("reached"),
    State.FAILED: mark("not reached"),
    State.WITHDRAWN: mark("withdrawn"),
}
CAUSE_NAMES = {
    Cause.ABANDONED: mark("left the queue"),
    Cause.MISSED: mark("nobody answered"),
    Cause.ASKED: mark("asked to be called"),
    Cause.MESSAGE: mark("left a message"),
    Cause.PROMISE: mark("promised in words"),
}
RESULT_NAMES = {
    Result.REACHED: mark("reached"),
    Result.NO_ANSWER: mark("no answer"),
    Result.BUSY: mark("line busy"),
    Result.SWITCHED_OFF: mark("switched off"),
    Result.WRONG_NUMBER: mark("wrong number"),
}


def after_attempt(result: Result, *, attempts: int, most: int) -> State:
    """Return where a callback stands after its so many calls, of which the last ended so.

    A wrong number is not called again: it would be somebody else.
    """
    if result is Result.REACHED:
        return State.REACHED
    if result is Result.WRONG_NUMBER or attempts >= most:
        return State.FAILED
    return State.ATTEMPTED


def is_breached(
    due_at: datetime, first_attempt_at: datetime | None, closed_at: datetime | None
) -> bool:
    """Tell whether nobody had called, nor had it been settled, when the call was due."""
    done_at = [one for one in (first_attempt_at, closed_at) if one is not None]
    return not done_at or min(done_at) > due_at


def is_taken(
    by: int | None, taken_at: datetime | None, *, person: int | None, at: datetime
) -> bool:
    """Tell whether somebody other than ``person`` is calling just now."""
    if by is None or taken_at is None or by == person:
        return False
    return at < taken_at + TAKEN_FOR


def see_that_it_can_be_kept(due_at: datetime, *, at: datetime) -> None:
    """Raise ``BadPromise`` for an instant that has passed, or that is years away."""
    if not at < due_at <= at + LONGEST:
        raise BadPromise(mark("A call is promised for later, within a year."), field="due_at")


def as_result(text: str) -> Result:
    """Return the result of that name; raise ``BadPromise``."""
    try:
        return Result(text)
    except ValueError:
        raise BadPromise(mark("Say how the call ended."), field="result") from None
