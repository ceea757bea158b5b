"""What the evaluator is told of a contact besides its lines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rexian.kernel.calendar.calendars import Calendar, Day, Reason
from rexian.standard.domain.events import Facts
from rexian.standard.domain.pack.facts import FACTS

HOLIDAY, WORKDAY = "holiday", "workday"
_FROM_THE_RECORD = "case_class"


def kind_of_day(calendar: Calendar, at: datetime) -> str:
    """Return whether an instant falls on a public holiday, or on a day like others."""
    return HOLIDAY if _day(calendar, at).reason is Reason.HOLIDAY else WORKDAY


def holiday_name(calendar: Calendar, at: datetime) -> str:
    """Return the public holiday on which an instant falls, two of them as 国庆节、中秋节."""
    day = _day(calendar, at)
    return day.name if day.reason is Reason.HOLIDAY else ""


def facts_of(
    *, channel: str, direction: str, day: str, case_type: str, values: Mapping[str, Any]
) -> Facts:
    """Return the facts of a contact, as far as it and its record have them.

    The queue time is not among them: the evaluator counts it to the agent's answer. What no rule
    can depend on is unknown.
    """
    return Facts(
        channel=_known("channel", channel),
        direction=_known("direction", direction),
        case_type=_known("case_type", case_type),
        case_class=_known("case_class", values.get(_FROM_THE_RECORD)),
        day=_known("day", day),
    )


def _day(calendar: Calendar, at: datetime) -> Day:
    return calendar.working_day(calendar.local_day(at))


def _known(name: str, value: object) -> str | None:
    return value if isinstance(value, str) and value in FACTS[name] else None
