"""Take in calls that were served elsewhere, or before: contacts that are over as they come.

Nobody is routed, offered or called back for one, and the floor's figures know nothing of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db.models import Q

from rexian.contacts import events, models
from rexian.contacts.domain.hotlines import GENERAL
from rexian.contacts.domain.lifecycle import OPEN, Channel, Ending, NotNow, State
from rexian.contacts.domain.lines import Signal, Speaker
from rexian.contacts.domain.numbers import NoNumber, read_number
from rexian.contacts.domain.refusals import nothing_there
from rexian.contacts.domain.routing import Priority
from rexian.contacts.domain.words import request_name
from rexian.contacts.queries.hotlines import hours_of
from rexian.contacts.queries.lines import HEARD
from rexian.contacts.services.customers import recognise
from rexian.contacts.services.holding_rows import held
from rexian.contacts.services.routing import about
from rexian.contacts.services.transactions import in_one_transaction
from rexian.journal.services import record
from rexian.kernel.authority import Actor, belongs
from rexian.kernel.language import mark
from rexian.org.queries import person_of_agent_number
from rexian.standard.queries.published import in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedCall:
    """A call that is over, as whoever recorded it knows it; times in seconds.

    ``sent_as`` is its one name: sent again, it is the same contact. ``agent`` is the agent's
    number; one that nobody has is left out. ``queue`` is a queue's code or name. ``standard`` is
    the version that is to judge it, ``None`` for the one in force at the hotline that day.
    """

    sent_as: str
    started_at: datetime
    lasted: float
    direction: Literal["in", "out"] = "in"
    agent: str = ""
    queue: str = ""
    number: str = ""
    waited: float | None = None
    ended_by: Speaker | None = None
    standard: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardLine:
    """A turn or a signal of a recording, so many seconds from the contact's beginning.

    ``name`` tells it from the others of the same recording, and is the same whenever it is heard.
    """

    name: str
    seconds: float
    speaker: Speaker
    text: str = ""
    signal: Signal | None = None


@in_one_transaction
def import_call(hotline_id: int, *, call: FinishedCall, actor: Actor, at: datetime) -> int:
    """Take a call in as a contact that is over, and return its id; the same again is the same.

    The caller has seen to it that the actor may. Raises ``NotFound`` for a hotline of others.
    """
    hotline = models.Hotline.objects.select_related("unit", "organisation").filter(pk=hotline_id)
    row = hotline.first()
    if row is None:
        raise nothing_there(f"hotline:{hotline_id}")
    belongs(actor, row.organisation_id, code=f"hotline:{hotline_id}")
    contact, is_new = models.Contact.objects.get_or_create(
        hotline=row,
        visitor="",
        sent_as=request_name(call.sent_as),
        defaults=_columns(row, call, at),
    )
    if not is_new:
        return contact.pk
    imported = events.ContactImported(
        **about(contact), channel=contact.channel, direction=contact.direction
    )
    record(imported, actor=actor, at=at)
    recognise(contact, at=at)
    return contact.pk


@in_one_transaction
def write_heard_lines(contact_id: int, *, lines: Sequence[HeardLine]) -> dict[str, int]:
    """Write what was heard of a contact into its transcript, and return the ``seq`` of each name.

    What an earlier hearing wrote is replaced. Nobody listens to these lines: the contact is over.
    Raises ``NotNow`` while it lasts.
    """
    row = held(contact_id)
    if State(row.state) in OPEN - {State.AFTER}:
        raise NotNow(mark("This contact has moved on meanwhile."), state=row.state)
    models.Line.objects.filter(contact=row, sent_as__startswith=HEARD).delete()
    others = models.Line.objects.filter(contact=row).order_by("-seq")
    last = others.values_list("seq", flat=True).first() or 0
    made = [_line(row, one, seq) for seq, one in enumerate(lines, last + 1)]
    models.Line.objects.bulk_create(made)
    row.lines = last + len(made)
    row.last_line_at = made[-1].at if made else row.last_line_at
    row.seen_by_agent = row.seen_by_customer = row.lines
    row.save(update_fields=["lines", "last_line_at", "seen_by_agent", "seen_by_customer"])
    return {one.name: line.seq for one, line in zip(lines, made, strict=True)}


@in_one_transaction
def settle_call(
    contact_id: int, *, lasted: float, answered: float | None, ended_by: str = ""
) -> None:
    """Give a call that came with its recording the times that were heard in it, in seconds.

    A contact that was served here has its own.
    """
    row = held(contact_id)
    if row.imported_at is None:
        return
    row.ended_at = row.talked_until = row.arrived_at + timedelta(seconds=lasted)
    if answered is not None:
        row.connected_at = row.arrived_at + timedelta(seconds=answered)
    row.ended_by = row.ended_by or ended_by
    row.version += 1
    row.save(update_fields=["ended_at", "talked_until", "connected_at", "ended_by", "version"])


@in_one_transaction
def forget_words(contact_id: int) -> None:
    """Empty what was said in a contact and in its record; that it was said, and when, stays."""
    row = held(contact_id)
    models.Line.objects.filter(contact=row).update(text="")


def _line(row: models.Contact, one: HeardLine, seq: int) -> models.Line:
    return models.Line(
        contact=row,
        seq=seq,
        at=row.arrived_at + timedelta(seconds=one.seconds),
        speaker=one.speaker.value,
        text=one.text,
        signal=one.signal.value if one.signal else "",
        person_id=row.agent_id if one.speaker is Speaker.AGENT else None,
        sent_as=f"{HEARD}{one.name}",
    )


def _columns(hotline: models.Hotline, call: FinishedCall, at: datetime) -> dict[str, object]:
    ended_at = call.started_at + timedelta(seconds=call.lasted)
    connected_at = min(call.started_at + timedelta(seconds=call.waited or 0.0), ended_at)
    queue = _queue(hotline, call.queue)
    emergency = queue is not None and queue.emergency
    return {
        "organisation_id": hotline.organisation_id,
        "channel": Channel.PHONE.value,
        "direction": call.direction,
        "state": State.ENDED.value,
        "ending": Ending.SERVED.value,
        "queue": queue.code if queue else GENERAL,
        "priority": Priority.EMERGENCY if emergency else Priority.ORDINARY,
        "agent_id": person_of_agent_number(hotline.organisation_id, call.agent),
        "number": _number(call.number),
        "standard": call.standard or _ruling(hotline, call.started_at, at),
        "arrived_at": call.started_at,
        "connected_at": connected_at,
        "talked_until": ended_at,
        "ended_at": ended_at,
        "ended_by": call.ended_by.value if call.ended_by else "",
        "waited": call.waited,
        "imported_at": at,
    }


def _queue(hotline: models.Hotline, said: str) -> models.Queue | None:
    named = Q(code=said.strip()[:40]) | Q(name=said.strip()[:100])
    return hotline.queues.filter(named).first() if said.strip() else None


def _number(said: str) -> str:
    try:
        return read_number(said) if said.strip() else ""
    except NoNumber:
        return ""


def _ruling(hotline: models.Hotline, started_at: datetime, at: datetime) -> int | None:
    """Return the version of that day, or today's where the standard is younger than the call."""
    hours, organisation = hours_of(hotline), hotline.organisation_id
    for instant in (started_at, at):
        found = in_force(organisation, hotline.standard, hours.local_day(instant))
        if found is not None:
            return found.id
    return None
