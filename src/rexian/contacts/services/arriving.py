"""Take in a customer: one contact, however often the same request comes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q

from rexian.contacts import events, models
from rexian.contacts.domain.hotlines import GENERAL
from rexian.contacts.domain.lifecycle import OPEN, WAITING, Channel, Ending, Move, NotNow, State
from rexian.contacts.domain.lines import Signal, Speaker, turn_text
from rexian.contacts.domain.numbers import read_number
from rexian.contacts.domain.refusals import Closed, NoSuchQueue, nothing_there
from rexian.contacts.domain.routing import Priority
from rexian.contacts.domain.words import one_line, request_name
from rexian.contacts.queries.hotlines import hours_of
from rexian.contacts.services.customers import recognise
from rexian.contacts.services.holding_rows import change, held, held_in_turn, seconds, turn_of
from rexian.contacts.services.lines import NewLine, add_lines, automatic, said_before
from rexian.contacts.services.routing import about, route, stop_offer
from rexian.contacts.services.transactions import in_one_transaction
from rexian.contacts.services.turns import CUSTOMER, VISIT, take_customers_turn
from rexian.journal.services import record
from rexian.kernel.language import DEFAULT, mark
from rexian.standard.queries.published import in_force

_WILL_CALL = mark("We have your message and will call you back at the number you left.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What a customer says of themselves; ``visitor`` is their browser, ``sent_as`` the request.

    Both are names that nobody else guesses: whoever sends them again is taken for the same.
    """

    sent_as: str
    visitor: str = ""
    queue: str = GENERAL
    matter: str = ""
    name: str = ""
    number: str = ""
    form: str = ""
    text: str = ""
    language: str = DEFAULT
    channel: Channel = Channel.CHAT
    follows: int | None = None


def arrive(hotline_code: str, *, arrival: Arrival, at: datetime) -> int:
    """Take in a customer who asks for an agent, and return the contact's id.

    The same request again returns the same contact, and so does another from a browser that has one
    open: what it says is said there. Raises ``Closed`` outside the service hours (emergencies are
    taken at any hour), ``NotFound`` for a hotline that there is not, ``Invalid`` for a number or
    queue that cannot be.
    """
    return _taken_in(hotline_code, arrival=_read(arrival), at=at)


@in_one_transaction
def leave_message(hotline_code: str, *, arrival: Arrival, at: datetime) -> int:
    """Take a message from somebody who does not wait, and return the contact's id.

    A contact in which their browser waits becomes the message.
    """
    number, text = read_number(arrival.number), turn_text(arrival.text)
    given = replace(_read(arrival), number=number, text=text)
    hotline = turn_of(hotline_named(hotline_code))
    before = _same_request(hotline, given) or _same_browser(hotline, given)
    if before and State(before.state) in WAITING:
        _leave_message(hotline, held(before.pk), given, at)
        return before.pk
    if before and before.sent_as == given.sent_as:
        return before.pk
    row = _created(hotline, given, State.ENDED, Priority.ORDINARY, at)
    _say_message(row, given, at)
    change(row, ending=Ending.MESSAGE.value, ended_at=at)
    record(events.MessageLeft(**about(row), waited=0.0), actor=CUSTOMER, at=at)
    return row.pk


@in_one_transaction
def ask_to_be_called(
    contact_id: int, *, number: str, text: str = "", sent_as: str = "", at: datetime
) -> None:
    """Let a waiting customer leave the queue and be called, in the order in which they waited.

    Asking again changes nothing. Raises ``NotNow`` for one who is being served already.
    """
    given = Arrival(sent_as=request_name(sent_as), number=read_number(number), text=text)
    if text.strip():
        given = replace(given, text=turn_text(text))
    hotline, row = held_in_turn(contact_id)
    if row.ending == Ending.MESSAGE.value:
        return
    if State(row.state) not in WAITING:
        raise NotNow(mark("This contact has moved on meanwhile."), state=row.state)
    _leave_message(hotline, row, given, at)


def follow(row: models.Contact, said: NewLine, *, at: datetime) -> tuple[int, int]:
    """Say something after a contact is over: where the customer is now, else in another contact.

    Returns the contact and the number of the line.
    """
    hotline = turn_of(row.hotline_id)
    followers = models.Contact.objects.filter(hotline=hotline, follows=row)
    earlier = models.Line.objects.filter(
        contact__in=followers, speaker=Speaker.CUSTOMER.value, sent_as=said.sent_as
    )
    if said.sent_as and (found := earlier.first()):
        return found.contact_id, found.seq
    here = Q(follows=row) | (Q(visitor=row.visitor) if row.visitor else Q(pk__in=()))
    is_open = Q(state__in=[one.value for one in OPEN], hotline=hotline)
    heir = models.Contact.objects.filter(here, is_open).order_by("-pk").first()
    line = take_customers_turn(held(heir.pk), said, at=at) if heir else None
    if heir and line:
        return heir.pk, line.seq
    arrival = _arrival_after(row, said)
    if not hotline.queues.filter(code=row.queue).exists():
        arrival = replace(arrival, queue=GENERAL)
    begun = _begun(hotline, arrival, said.sent_as, at)
    return begun.pk, begun.lines


@in_one_transaction
def _taken_in(hotline_code: str, *, arrival: Arrival, at: datetime) -> int:
    hotline = turn_of(hotline_named(hotline_code))
    if same := _same_request(hotline, arrival):
        return same.pk
    if same := _same_browser(hotline, arrival):
        if arrival.text:
            said = NewLine(speaker=Speaker.CUSTOMER, text=arrival.text, sent_as=arrival.sent_as)
            take_customers_turn(held(same.pk), said, at=at)
        return same.pk
    before = models.Contact.objects.filter(pk=arrival.follows or 0, hotline=hotline)
    known = replace(arrival, follows=before.values_list("pk", flat=True).first())
    return _begun(hotline, known, arrival.sent_as, at).pk


def _begun(hotline: models.Hotline, arrival: Arrival, said_as: str, at: datetime) -> models.Contact:
    """Begin a contact and offer it, or have it wait."""
    queue = hotline.queues.filter(code=arrival.queue).first()
    if queue is None:
        raise NoSuchQueue(mark("There is no queue of that name."), field="queue")
    if not queue.emergency and not hours_of(hotline).is_open(at):
        raise Closed(mark("We are closed now. Please leave a message; we will call you back."))
    priority = Priority.EMERGENCY if queue.emergency else Priority.ORDINARY
    row = _created(hotline, arrival, State.QUEUED, priority, at)
    _greet(row, hotline, NewLine(speaker=Speaker.CUSTOMER, text=arrival.text, sent_as=said_as), at)
    queued = events.ContactQueued(**about(row), queue=queue.code, priority=priority)
    record(queued, actor=CUSTOMER, at=at)
    route(hotline, at=at)
    return row


def _greet(row: models.Contact, hotline: models.Hotline, said: NewLine, at: datetime) -> None:
    lines = [automatic(row, mark("This conversation is recorded."))]
    if hotline.notice:
        lines = [NewLine(speaker=Speaker.SYSTEM, text=hotline.notice, automatic=True)]
    record(events.ContactGreeted(**about(row)), actor=CUSTOMER, at=at)
    if said.text:
        lines.append(said)
    add_lines(row, lines, actor=CUSTOMER, at=at)


def _created(
    hotline: models.Hotline, arrival: Arrival, state: State, priority: int, at: datetime
) -> models.Contact:
    standard = in_force(hotline.organisation_id, hotline.standard, hours_of(hotline).local_day(at))
    waits = state is State.QUEUED
    row = models.Contact.objects.create(
        organisation_id=hotline.organisation_id,
        hotline=hotline,
        channel=arrival.channel.value,
        state=state.value,
        queue=arrival.queue,
        priority=priority,
        follows_id=arrival.follows,
        visitor=arrival.visitor,
        visitor_until=at + VISIT if waits else None,
        sent_as=arrival.sent_as,
        name=arrival.name,
        number=arrival.number,
        form=arrival.form,
        matter=arrival.matter,
        language=arrival.language,
        standard=standard.id if standard else None,
        arrived_at=at,
        queued_at=at if waits else None,
        waiting_since=at if waits else None,
    )
    arrived = events.ContactArrived(
        **about(row), channel=arrival.channel.value, follows=arrival.follows
    )
    record(arrived, actor=CUSTOMER, at=at)
    recognise(row, at=at)
    return row


def _leave_message(
    hotline: models.Hotline, row: models.Contact, given: Arrival, at: datetime
) -> None:
    """End a waiting contact as a message, its place in the queue remembered."""
    stop_offer(row, at=at)
    known, waited = about(row), seconds(row.waiting_since, at)
    change(
        row,
        Move.ABANDON,
        agent_id=None,
        ending=Ending.MESSAGE.value,
        ended_at=at,
        ended_by=Speaker.CUSTOMER.value,
        offer_until=None,
        number=given.number,
        name=given.name or row.name,
    )
    recognise(row, at=at)
    _say_message(row, given, at)
    record(events.MessageLeft(**known, waited=waited), actor=CUSTOMER, at=at)
    if known["agent"] is not None:
        route(hotline, at=at)


def _say_message(row: models.Contact, given: Arrival, at: datetime) -> None:
    said = NewLine(speaker=Speaker.CUSTOMER, text=given.text, sent_as=given.sent_as)
    lines = [said] if given.text and said_before(row, said, at) is None else []
    if row.queued_at is not None:
        lines.append(NewLine(speaker=Speaker.CUSTOMER, signal=Signal.HANG_UP))
    add_lines(row, [*lines, automatic(row, _WILL_CALL)], actor=CUSTOMER, at=at)


def _read(arrival: Arrival) -> Arrival:
    """Return an arrival as it is kept, refused before anything heavy where it cannot be."""
    return replace(
        arrival,
        sent_as=request_name(arrival.sent_as),
        visitor=request_name(arrival.visitor),
        queue=one_line(arrival.queue, most=40),
        matter=one_line(arrival.matter, most=40),
        name=one_line(arrival.name, most=80),
        form=one_line(arrival.form, most=20),
        language=one_line(arrival.language, most=10) or DEFAULT,
        number=read_number(arrival.number) if arrival.number.strip() else "",
        text=turn_text(arrival.text) if arrival.text.strip() else "",
    )


def _arrival_after(row: models.Contact, said: NewLine) -> Arrival:
    return Arrival(
        sent_as=request_name(f"after {row.pk}: {said.sent_as}") if said.sent_as else "",
        visitor=row.visitor,
        queue=row.queue,
        matter=row.matter,
        name=row.name,
        number=row.number,
        form=row.form,
        text=said.text,
        language=row.language,
        channel=Channel(row.channel),
        follows=row.pk,
    )


def _same_request(hotline: models.Hotline, arrival: Arrival) -> models.Contact | None:
    if not arrival.sent_as:
        return None
    rows = models.Contact.objects.filter(hotline=hotline, sent_as=arrival.sent_as)
    return rows.filter(visitor=arrival.visitor).first()


def _same_browser(hotline: models.Hotline, arrival: Arrival) -> models.Contact | None:
    if not arrival.visitor:
        return None
    rows = models.Contact.objects.filter(hotline=hotline, visitor=arrival.visitor)
    return rows.filter(state__in=[one.value for one in OPEN]).first()


def hotline_named(code: str) -> int:
    """Return the hotline of a code; raise ``NotFound``."""
    named = models.Hotline.objects.filter(code=one_line(code, most=40))
    found = named.values_list("pk", flat=True).first()
    if found is None:
        raise nothing_there("hotline")
    return found
