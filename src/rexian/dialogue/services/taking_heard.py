"""Take what was heard of a contact: its lines, and its inspection from real times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from rexian.contacts.domain.lines import Signal as Happening
from rexian.contacts.domain.lines import Speaker as Side
from rexian.contacts.queries import contacts_by_id, transcript
from rexian.contacts.queries.lines import is_heard
from rexian.contacts.services.importing import (
    HeardLine,
    forget_words,
    write_heard_lines,
)
from rexian.dialogue import models
from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.domain.inspections import InspectedConversation
from rexian.dialogue.domain.keeping import written
from rexian.dialogue.services.inspecting_contacts import inspect_contact
from rexian.standard.domain.events import Signal
from rexian.standard.domain.verdicts import Inspection


@transaction.atomic
def take_heard(contact_id: int, *, conversation: Conversation, at: datetime) -> None:
    """Keep what was heard of a contact that is over, write its lines, and inspect it.

    What an earlier hearing has written is replaced; what people have reviewed stays. Signals that
    the contact's own transcript has are not written a second time.
    """
    seqs = write_heard_lines(contact_id, lines=list(_lines(contact_id, conversation)))
    numbered = _numbered(conversation, seqs)
    organisation = contacts_by_id((contact_id,))[contact_id].organisation
    models.HeardConversation.objects.update_or_create(
        contact_id=contact_id,
        defaults={
            "organisation_id": organisation,
            "content": written(InspectedConversation(numbered, _NOTHING_YET, None)),
            "heard_at": at,
        },
    )
    models.ContactInspection.objects.filter(pk=contact_id).update(forgotten_at=None)
    inspect_contact(contact_id, at=at)


@transaction.atomic
def forget_conversation(contact_id: int, *, at: datetime) -> None:
    """Remove all words of a contact; that something was found in it, and reviewed, stays.

    It is never inspected again, and no replay asks for it.
    """
    forget_words(contact_id)
    models.HeardConversation.objects.filter(pk=contact_id).delete()
    models.LiveSession.objects.filter(pk=contact_id).delete()
    models.ReplayedConversation.objects.filter(contact=contact_id).delete()
    models.Finding.objects.filter(contact=contact_id).update(quote="", why={})
    inspections = models.ContactInspection.objects.filter(pk=contact_id, forgotten_at=None)
    inspections.update(forgotten_at=at)


_NOTHING_YET = Inspection("", "", "", None, ())
"""A conversation is kept as an inspected one is; what is found stands in rows of its own."""


def _lines(contact_id: int, conversation: Conversation) -> Iterator[HeardLine]:
    """Yield turns and signals in the order in which they are heard, none before the one before."""
    there = any(one.signal and not is_heard(one) for one in transcript(contact_id))
    seconds = 0.0
    for number, event in enumerate(conversation.events()):
        if isinstance(event, Signal):
            seconds = seconds if event.at is None else max(seconds, event.at)
            if not there:
                side, happening = Side(event.by.value), Happening(event.name.value)
                yield HeardLine(name=f"s{number}", seconds=seconds, speaker=side, signal=happening)
            continue
        seconds = seconds if event.start is None else max(seconds, event.start)
        side = Side(event.speaker.value)
        yield HeardLine(name=f"{event.index}", seconds=seconds, speaker=side, text=event.text)


def _numbered(conversation: Conversation, seqs: Mapping[str, int]) -> Conversation:
    turns = tuple(replace(one, index=seqs[f"{one.index}"]) for one in conversation.turns)
    return replace(conversation, turns=turns)
