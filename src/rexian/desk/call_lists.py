"""The one list of callbacks: promises of contacts and calls on cases, by when they are due."""

from __future__ import annotations

from datetime import datetime

from rexian.callbacks.queries import (
    calls_without_number,
    latest_callbacks,
    latest_case_calls,
    open_callback_count,
    open_callbacks,
    open_case_call_count,
    open_case_calls,
)
from rexian.cases.domain.rights import CALL
from rexian.desk.callbacks import CallbackLine, callback_line
from rexian.desk.case_calls import CaseCallLine, case_call_line
from rexian.look.requests import PageRequest

Line = CallbackLine | CaseCallLine


def counts_to_call(request: PageRequest) -> tuple[int, int]:
    """Return how many promises, and how many calls on cases, stand in the list to call."""
    on_cases = open_case_call_count(request.actor, own=_own(request))
    return open_callback_count(request.actor), on_cases if request.actor.may(CALL) else 0


def total_of(request: PageRequest, shown: str, to_call: int) -> int:
    """Return how many lines the list has that is shown."""
    if shown == "all":
        return latest_callbacks(request.actor, offset=0, limit=0)[1]
    if shown == "cases":
        return latest_case_calls(request.actor, offset=0, limit=0)[1]
    if shown == "number":
        return len(calls_without_number(request.actor))
    return to_call


def lines_of(
    request: PageRequest, shown: str, *, offset: int, size: int, at: datetime
) -> list[Line]:
    """Return a page of the list that is shown."""
    if shown == "all":
        found, _ = latest_callbacks(request.actor, offset=offset, limit=size)
        return [callback_line(one, request, at=at) for one in found]
    if shown == "cases":
        calls, _ = latest_case_calls(request.actor, offset=offset, limit=size)
        return [case_call_line(one, request, at=at) for one in calls]
    if shown == "number":
        wrong = calls_without_number(request.actor)[offset : offset + size]
        return [case_call_line(one, request, at=at) for one in wrong]
    return _to_call(request, offset + size, at)[offset:]


def _to_call(request: PageRequest, most: int, at: datetime) -> list[Line]:
    """Return the first lines of both kinds, emergencies and what is to be called first."""
    lines: list[Line] = [
        callback_line(one, request, at=at) for one in open_callbacks(request.actor, limit=most)
    ]
    if request.actor.may(CALL):
        calls = open_case_calls(request.actor, own=_own(request), limit=most)
        lines += [case_call_line(one, request, at=at) for one in calls]
    return sorted(lines, key=lambda one: (not one.is_urgent, one.at))[:most]


def hotlines_of(lines: list[Line]) -> set[int]:
    """Return the hotlines that the lines belong to, whose changes the page hears of."""
    return {
        one.callback.hotline if isinstance(one, CallbackLine) else one.call.hotline for one in lines
    }


def _own(request: PageRequest) -> int | None:
    """Return whose share is shown: one's own, unless all are asked for."""
    return None if request.GET.get("whose") == "all" else request.person.id
