"""The days that figures of a standard are shown for: the last thirty, or a month."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from rexian.callbacks.domain.months import month_after
from rexian.dialogue.queries.clauses import Period
from rexian.kernel.calendar.instants import local_day
from rexian.look.requests import PageRequest
from rexian.org.queries import organisation

LATELY = 30
MONTHS = 12
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A period as it was chosen: ``month`` is empty for the last days; ``months`` to choose from.

    ``query`` carries it along in an address.
    """

    period: Period
    month: str
    months: tuple[str, ...]

    @property
    def query(self) -> str:
        """Return the end of an address that asks for the same days."""
        return f"?month={self.month}" if self.month else ""


def chosen_period(request: PageRequest) -> Chosen:
    """Return the days that an address asks for; the last thirty where it asks for none."""
    zone = ZoneInfo(organisation(request.actor).time_zone)
    today = local_day(timezone.now(), zone)
    months, asked = tuple(_months(today)), request.GET.get("month", "")
    if not _MONTH.fullmatch(asked) or not "1900" < asked < "9999":
        return Chosen(Period(today - timedelta(days=LATELY - 1), today, zone), "", months)
    first = date.fromisoformat(f"{asked}-01")
    until = month_after(first) - timedelta(days=1)
    return Chosen(Period(first, until, zone), asked, months)


def last_month(today: date) -> tuple[date, date]:
    """Return the first and the last day of the month before."""
    until = today.replace(day=1) - timedelta(days=1)
    return until.replace(day=1), until


def _months(today: date) -> Iterator[str]:
    """Yield the months to choose from, the present one first."""
    first = today.replace(day=1)
    for _ in range(MONTHS):
        yield f"{first:%Y-%m}"
        first = (first - timedelta(days=1)).replace(day=1)
