"""How the console says what many pages say: instants, days, sizes, standings, what was done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from rexian.dialogue.domain.batches import BatchState
from rexian.kernel.language import mark
from rexian.look.instants import local_text
from rexian.look.requests import PageRequest
from rexian.look.shapes import Tone
from rexian.org.queries import SignedIn, names_of
from rexian.standard.domain.pack.schema import Means
from rexian.standard.domain.publishing import Standing

STANDINGS: Mapping[Standing, tuple[str, Tone]] = {
    Standing.IN_FORCE: (mark("in force"), Tone.GOOD),
    Standing.COMING: (mark("coming"), Tone.INFO),
    Standing.EARLIER: (mark("earlier"), Tone.QUIET),
    Standing.IMPORTED: (mark("not published"), Tone.QUIET),
}
STATES: Mapping[BatchState, tuple[str, Tone]] = {
    BatchState.WAITING: (mark("waiting"), Tone.INFO),
    BatchState.RUNNING: (mark("under way"), Tone.INFO),
    BatchState.DONE: (mark("inspected"), Tone.GOOD),
    BatchState.CANCELLED: (mark("stopped"), Tone.CAUTION),
}
MEANS: Mapping[Means, str] = {
    Means.MACHINE: mark("machine"),
    Means.PERSON: mark("person"),
    Means.RECORD: mark("record"),
    Means.WORKFLOW: mark("workflow"),
}
DONE: Mapping[str, str] = {
    "imported": mark("The standard is imported. It judges nothing until it is published."),
    "published": mark("The standard is published."),
    "withdrawn": mark("The standard is withdrawn; it does not come into force."),
    "discarded": mark("The version is removed."),
    "same": mark("This very version has been imported before; here it is."),
    "cancelled": mark("The inspection is stopped. What has been inspected stays."),
    "continued": mark("The inspection goes on."),
    "deleted": mark("The inspection is deleted, with its conversations and files."),
}

_UNITS = ("B", "KB", "MB", "GB")


def today_of(person: SignedIn) -> date:
    """Return the day that it is in the person's organisation."""
    return timezone.now().astimezone(ZoneInfo(person.time_zone)).date()


def instant(at: datetime | None, time_zone: str) -> str:
    """Return an instant in a time zone, to the minute, or a dash."""
    return local_text(at, time_zone) if at else "–"


def day(on: date | None) -> str:
    """Return a day, or a dash."""
    return on.isoformat() if on else "–"


def size(count: int) -> str:
    """Return a number of bytes as people say it."""
    power, left = 0, float(count)
    while left >= 1024 and power < len(_UNITS) - 1:
        power, left = power + 1, left / 1024
    return (
        f"{left:.0f} {_UNITS[power]}" if power == 0 or left >= 10 else f"{left:.1f} {_UNITS[power]}"
    )


def who(codes: Iterable[str], request: PageRequest) -> Mapping[str, str]:
    """Return the names behind the codes of those who act; the machine has none."""
    return names_of(set(codes), actor=request.actor)
