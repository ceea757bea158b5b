"""Take recordings in: sealed first, then told of, each with the contact that it belongs to.

Whoever is killed in between leaves sealed bytes that nobody knows; a day later they are removed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from rexian.contacts.domain.lifecycle import Channel, State
from rexian.contacts.domain.lines import Speaker as Side
from rexian.contacts.domain.words import one_line, request_name
from rexian.contacts.queries import ContactShown, hotline
from rexian.contacts.services.importing import FinishedCall, import_call
from rexian.dialogue.queries.reading import contact_to_read
from rexian.journal.services import record
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.language import mark
from rexian.speech import events, models
from rexian.speech.domain.call_facts import CallFacts
from rexian.speech.domain.recording_facts import plain_facts
from rexian.speech.domain.recordings import KeptElsewhere, NoCall, RecordingState, Sending
from rexian.speech.domain.rights import SEND
from rexian.speech.services.vault import Sealed, clear_away, put_away
from rexian.standard.domain.events import Speaker
from rexian.standard.queries.published import in_force

_OVER = frozenset({State.AFTER, State.ENDED})


@dataclass(frozen=True, slots=True)
class Received:
    """A recording with its contact; ``is_new`` is false where it was here already."""

    recording: int
    contact: int
    is_new: bool


def receive_call(
    hotline_id: int,
    *,
    facts: CallFacts,
    sending: Sending,
    pieces: Iterable[bytes],
    actor: Actor,
    at: datetime,
) -> Received:
    """Take in a recording with what is known of its call, which becomes a contact that is over.

    The same request, or the same sound again, changes nothing. Raises ``NotFound`` for a hotline of
    others, ``Invalid`` for a recording that cannot be, ``KeyMissing``.
    """
    authorise(actor, SEND)
    shown = hotline(hotline_id, actor=actor)
    known = replace(facts, start=_aware(facts.start, ZoneInfo(shown.time_zone)))

    def contact_of(sealed: Sealed) -> int:
        standard = sending.standard or _asked_for(shown.organisation, known, at)
        call = _call(known, sealed, standard=standard, at=at)
        return import_call(hotline_id, call=call, actor=actor, at=at)

    return _received(shown.organisation, known, sending, pieces, contact_of, actor, at)


def receive_recording(
    contact_id: int,
    *,
    sending: Sending,
    pieces: Iterable[bytes],
    actor: Actor,
    at: datetime,
    facts: CallFacts | None = None,
) -> Received:
    """Take in the recording of a call that was served here and is over.

    Raises ``NotFound``, ``NoCall`` for a contact that is no call or goes on, ``KeptElsewhere`` for
    the sound of another contact.
    """
    shown = contact_to_read(contact_id, actor=actor)
    authorise(actor, SEND)
    _require_call(shown)
    known = facts or _facts_of(shown)
    return _received(
        shown.organisation, known, sending, pieces, lambda _: contact_id, actor, at, contact_id
    )


def _received(
    organisation: int,
    facts: CallFacts,
    sending: Sending,
    pieces: Iterable[bytes],
    contact_of: Callable[[Sealed], int],
    actor: Actor,
    at: datetime,
    contact: int | None = None,
) -> Received:
    sending = replace(sending, sent_as=request_name(sending.sent_as))
    before = _same_request(sending, actor)
    if before:
        return _again(before, contact)
    sealed = put_away(pieces, organisation=organisation)
    try:
        before = _same_sound(organisation, sealed.digest)
        if before is None:
            return _told(organisation, facts, sending, sealed, contact_of, actor, at)
        return _again(before, contact)
    except IntegrityError:
        # Somebody sent the same in the same moment.
        before = _same_request(sending, actor) or _same_sound(organisation, sealed.digest)
        if before is None:
            raise
        return _again(before, contact)
    finally:
        # Whoever was refused, or came second with the same sound, takes it along.
        if not models.Recording.objects.filter(stored_as=sealed.stored_as).exists():
            clear_away(sealed.stored_as)


@transaction.atomic
def _told(
    organisation: int,
    facts: CallFacts,
    sending: Sending,
    sealed: Sealed,
    contact_of: Callable[[Sealed], int],
    actor: Actor,
    at: datetime,
) -> Received:
    row = models.Recording.objects.create(
        organisation_id=organisation,
        contact_id=contact_of(sealed),
        kind=sending.kind.value if sending.kind else "",
        name=one_line(sending.name, most=200),
        digest=sealed.digest,
        size=sealed.size,
        stored_as=sealed.stored_as,
        data_key=sealed.data_key,
        key_id=sealed.key_id,
        facts=plain_facts(facts),
        roles=[one.value for one in sending.roles or facts.roles],
        state=RecordingState.KEPT.value,
        sent_as=sending.sent_as,
        received_by=actor.code,
        received_at=at,
    )
    received = events.RecordingReceived(
        subject_id=row.pk,
        organisation=organisation,
        contact=row.contact_id,
        digest=row.digest,
        size=row.size,
    )
    record(received, actor=actor, at=at)
    return Received(row.pk, row.contact_id, is_new=True)


def _call(facts: CallFacts, sealed: Sealed, *, standard: int | None, at: datetime) -> FinishedCall:
    by = facts.hung_up_by
    return FinishedCall(
        sent_as=sealed.digest,
        started_at=facts.start or at,
        lasted=0.0,  # until it is heard
        direction="out" if facts.direction == "out" else "in",
        agent=facts.agent,
        queue=facts.queue,
        number=facts.number,
        waited=facts.waited,
        ended_by=None if by is None or by is Speaker.UNKNOWN else Side(by.value),
        standard=standard,
    )


def _asked_for(organisation: int, facts: CallFacts, at: datetime) -> int | None:
    """Return the version of the standard that the facts name, where the organisation has it."""
    if not facts.standard:
        return None
    for instant in (facts.start or at, at):
        found = in_force(organisation, facts.standard, instant.date())
        if found is not None:
            return found.id
    return None


def _require_call(shown: ContactShown) -> None:
    if shown.channel is not Channel.PHONE:
        raise NoCall(mark("Only a telephone call has a recording."))
    if shown.state not in _OVER:
        raise NoCall(mark("This call is not over yet; its recording comes afterwards."))


def _facts_of(shown: ContactShown) -> CallFacts:
    """Return what the contact itself knows of its call."""
    return CallFacts(
        id=str(shown.id),
        number=shown.number,
        direction=shown.direction,
        queue=shown.queue,
        start=shown.arrived_at,
        waited=shown.waited,
    )


def _same_request(sending: Sending, actor: Actor) -> models.Recording | None:
    if not sending.sent_as:
        return None
    rows = models.Recording.objects.filter(received_by=actor.code, sent_as=sending.sent_as)
    return rows.first()


def _same_sound(organisation: int, digest: str) -> models.Recording | None:
    rows = models.Recording.objects.filter(organisation=organisation, digest=digest)
    return rows.filter(removed_at=None).first()


def _again(row: models.Recording, contact: int | None) -> Received:
    if contact is not None and row.contact_id != contact:
        raise KeptElsewhere(
            mark("The same recording is kept already, at another contact."), contact=row.contact_id
        )
    return Received(row.pk, row.contact_id, is_new=False)


def _aware(start: datetime | None, zone: ZoneInfo) -> datetime | None:
    return start.replace(tzinfo=zone) if start and start.tzinfo is None else start
