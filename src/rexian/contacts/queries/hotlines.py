"""Read hotlines, their hours and their queues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from rexian.contacts import models
from rexian.contacts.domain.refusals import nothing_there
from rexian.contacts.domain.rights import WATCH
from rexian.contacts.domain.words import one_line
from rexian.kernel.authority import Actor, authorise, belongs
from rexian.kernel.calendar.calendars import Calendar
from rexian.kernel.calendar.descriptions import read_calendar
from rexian.kernel.calendar.holiday_files import mainland_china
from rexian.prepared import Prepared


@dataclass(frozen=True, slots=True)
class QueueShown:
    """A queue as it is chosen from."""

    code: str
    name: str
    emergency: bool


@dataclass(frozen=True, slots=True)
class HotlineShown:
    """A hotline with its queues; times in seconds."""

    id: int
    organisation: int
    unit: int
    unit_path: str
    code: str
    name: str
    company: str
    telephone: str
    notice: str
    standard: str
    calendar: Mapping[str, object]
    time_zone: str
    offer_time: int
    after_time: int
    target_wait: int
    chat_capacity: int
    breaks: Mapping[str, int]
    sites: tuple[str, ...]
    callback_time: int
    callback_attempts: int
    callback_pause: int
    queues: tuple[QueueShown, ...]
    version: int


def hours_of(hotline: models.Hotline) -> Calendar:
    """Return when a hotline is open; one that says nothing never closes."""
    zone = ZoneInfo(hotline.organisation.time_zone)
    return read_calendar(hotline.calendar, holidays=mainland_china(), zone=zone)


def hotline_named(code: str) -> HotlineShown:
    """Return a hotline by the code that stands in its customers' address; asks for no right."""
    return _shown(_named(code))


def hotline(hotline_id: int, *, actor: Actor) -> HotlineShown:
    """Return a hotline of the actor's organisation; raise ``NotFound``."""
    row = _by_id.first(hotline_id)
    if row is None:
        raise nothing_there(f"hotline:{hotline_id}")
    belongs(actor, row.organisation_id, code=f"hotline:{hotline_id}")
    return _shown(row)


def hotlines(actor: Actor) -> tuple[HotlineShown, ...]:
    """Return the hotlines of the actor's organisation, by name."""
    rows = models.Hotline.objects.filter(organisation=actor.organisation).order_by("name")
    return tuple(map(_shown, rows.select_related("organisation", "unit")))


def standards_of_hotlines() -> frozenset[tuple[int, str]]:
    """Return by which standards hotlines go, each with its organisation; asks for no right."""
    return frozenset(models.Hotline.objects.values_list("organisation", "standard"))


def watch_floor(shown: HotlineShown, actor: Actor) -> None:
    """Let through whoever may watch where the hotline stands, or a team of it; else ``Refused``."""
    belongs(actor, shown.organisation, code=f"hotline:{shown.id}")
    here = shown.unit_path
    near = any(here.startswith(one) or one.startswith(here) for one in actor.reach(WATCH))
    if not near:
        authorise(actor, WATCH, within=here)


def opening_hours(code: str) -> Calendar:
    """Return when the hotline of that code is open."""
    return hours_of(_named(code))


def _named(code: str) -> models.Hotline:
    found = _by_code.first(one_line(code, most=40))
    if found is None:
        raise nothing_there(f"hotline:{code}")
    return found


_ROWS = models.Hotline.objects.select_related("organisation", "unit")
_by_id = Prepared(lambda hotline: _ROWS.filter(pk=hotline))
_by_code = Prepared(lambda code: _ROWS.filter(code=code))
_queues = Prepared(
    lambda hotline: models.Queue.objects.filter(hotline=hotline).order_by(
        "-emergency", "order", "id"
    )
)


def _shown(row: models.Hotline) -> HotlineShown:
    return HotlineShown(
        id=row.pk,
        organisation=row.organisation_id,
        unit=row.unit_id,
        unit_path=row.unit.path,
        code=row.code,
        name=row.name,
        company=row.company,
        telephone=row.telephone,
        notice=row.notice,
        standard=row.standard,
        calendar=row.calendar,
        time_zone=row.organisation.time_zone,
        offer_time=row.offer_time,
        after_time=row.after_time,
        target_wait=row.target_wait,
        chat_capacity=row.chat_capacity,
        breaks=row.breaks,
        sites=tuple(row.sites),
        callback_time=row.callback_time,
        callback_attempts=row.callback_attempts,
        callback_pause=row.callback_pause,
        queues=tuple(QueueShown(one.code, one.name, one.emergency) for one in _queues.all(row.pk)),
        version=row.version,
    )
