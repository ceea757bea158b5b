"""The life of a call on cases that are done: due, tried, and then answered, failed or withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from rexian.callbacks.domain.windows import next_days_window, next_window
from rexian.kernel.calendar.instants import local_day
from rexian.kernel.errors import Conflict, Invalid, Refused
from rexian.kernel.language import mark

MOST_A_DAY = 2
"""How often one customer is tried on one day; then it is tomorrow's."""


class CallState(StrEnum):
    """Where a call on cases stands; ``number`` waits for a number that is right."""

    DUE = "due"
    TRIED = "tried"
    NUMBER = "number"
    REACHED = "reached"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


class CallResult(StrEnum):
    """How one call ended (GH-4.9): 占线, 空号, 无人接听, 无法接通, 来电提醒, or reached."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    BUSY = "busy"
    SWITCHED_OFF = "switched_off"
    REMINDER = "reminder"
    WRONG_NUMBER = "wrong_number"


class SurveyState(StrEnum):
    """Where the question on one round of one case stands."""

    WANTED = "wanted"
    ANSWERED = "answered"
    UNREACHED = "unreached"
    WITHDRAWN = "withdrawn"
    SPARED = "spared"


class CallMovedOn(Conflict):
    """The call is over, or somebody has called meanwhile (409)."""

    code = "case-call-moved-on"


class CallTaken(Conflict):
    """Somebody else is calling just now (409)."""

    code = "case-call-taken"


class NotByHandler(Refused):
    """Whoever handled a case does not ask how it went (403)."""

    code = "not-by-handler"


class OutOfHours(Refused):
    """At this hour the customer is not called (403)."""

    code = "out-of-hours"


class BadCall(Invalid):
    """What is said of a call does not fit together; ``field`` names it (422)."""

    code = "bad-case-call"


OPEN_CALLS = frozenset({CallState.DUE, CallState.TRIED, CallState.NUMBER})
TO_CALL = frozenset({CallState.DUE, CallState.TRIED})
SAME_DAY_AGAIN = frozenset({CallResult.BUSY, CallResult.NO_ANSWER})
"""What may be otherwise an hour later; who cannot be reached or is switched off is not."""

CALL_STATE_NAMES = {
    CallState.DUE: mark("to be called"),
    CallState.TRIED: mark("called in vain"),
    CallState.NUMBER: mark("number to be corrected"),
    CallState.REACHED: mark("reached"),
    CallState.FAILED: mark("not reached"),
    CallState.WITHDRAWN: mark("withdrawn"),
}
CALL_RESULT_NAMES = {
    CallResult.REACHED: mark("reached"),
    CallResult.NO_ANSWER: mark("no answer"),
    CallResult.BUSY: mark("line busy"),
    CallResult.SWITCHED_OFF: mark("cannot be connected"),
    CallResult.REMINDER: mark("call reminder service"),
    CallResult.WRONG_NUMBER: mark("no such number, or somebody else's"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRule:
    """What a standard says of calls in vain; ``windows`` are the hours in which one calls."""

    attempts: int = 2
    on_different_days: bool = True
    same_day: bool = False
    windows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AfterVain:
    """What follows a call in vain: the state, and when the next one is made and due."""

    state: CallState
    next_at: datetime | None = None
    due_at: datetime | None = None


def after_vain(
    result: CallResult,
    rule: CallRule,
    *,
    tried_at: Sequence[datetime],
    due_at: datetime,
    pause: timedelta,
    zone: ZoneInfo,
) -> AfterVain:
    """Return what follows a call that reached nobody; ``tried_at`` are all so far, it the last.

    A number that is none asks to be corrected and is no failure. It has failed only after calls on
    different days (GH-4.9). Where the same day is demanded and the day is over, the call is due at
    the same hour of the next day, and nothing is breached (GH-4.6).
    """
    if result is CallResult.WRONG_NUMBER:
        return AfterVain(CallState.NUMBER)
    if has_failed(rule, tried_at, zone):
        return AfterVain(CallState.FAILED)
    following = _next_at(result, rule, tried_at, pause, zone)
    later = local_day(following, zone) - local_day(due_at, zone)
    if rule.same_day and later > timedelta(0):
        return AfterVain(CallState.TRIED, following, due_at + later)
    return AfterVain(CallState.TRIED, following)


def has_failed(rule: CallRule, tried_at: Iterable[datetime], zone: ZoneInfo) -> bool:
    """Tell whether nobody is called again after these calls in vain."""
    tries = tuple(tried_at)
    counted = {local_day(one, zone) for one in tries} if rule.on_different_days else tries
    return len(counted) >= rule.attempts


def _next_at(
    result: CallResult,
    rule: CallRule,
    tried_at: Sequence[datetime],
    pause: timedelta,
    zone: ZoneInfo,
) -> datetime:
    at = tried_at[-1]
    today = local_day(at, zone)
    times_today = sum(local_day(one, zone) == today for one in tried_at)
    if result in SAME_DAY_AGAIN and times_today < MOST_A_DAY:
        return next_window(rule.windows, at + pause, zone)
    return next_days_window(rule.windows, at, zone)


def is_call_breached(
    due_at: datetime,
    *,
    due_from: datetime,
    tried_at: datetime | None,
    closed_at: datetime | None,
) -> bool:
    """Tell whether nobody had called by ``due_at`` since it was to be done, nor it was settled."""
    if closed_at is not None and closed_at <= due_at:
        return False
    return tried_at is None or not due_from <= tried_at <= due_at


def as_call_result(text: str) -> CallResult:
    """Return the result of that name; raise ``BadCall``."""
    try:
        return CallResult(text)
    except ValueError:
        raise BadCall(mark("Say how the call ended."), field="result") from None
