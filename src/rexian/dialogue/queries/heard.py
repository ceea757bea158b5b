"""What was heard in recordings of contacts, and what a contact is judged by: one place for both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rexian.contacts.domain.lines import Line
from rexian.dialogue import models
from rexian.dialogue.domain.conversations import Conversation
from rexian.dialogue.domain.keeping import read
from rexian.dialogue.domain.live import as_events
from rexian.standard.domain.events import Event, Facts

_FROM_THE_CONTACT = ("channel", "direction", "case_type", "case_class", "day")


@dataclass(frozen=True, slots=True)
class HeardConversation:
    """A conversation as it was heard, its turns numbered by the ``seq`` of their lines."""

    conversation: Conversation
    heard_at: datetime


def heard_conversation(contact_id: int) -> HeardConversation | None:
    """Return what was heard of a contact, ``None`` where it has no words of a recording.

    Asks for no right.
    """
    row = models.HeardConversation.objects.filter(pk=contact_id).first()
    if row is None:
        return None
    return HeardConversation(read(bytes(row.content)).conversation, row.heard_at)


def events_of(
    heard: HeardConversation | None, lines: Sequence[Line], *, begun_at: datetime
) -> list[Event]:
    """Return what the evaluator hears of a contact: its recording, else its transcript."""
    return as_events(lines, begun_at=begun_at) if heard is None else heard.conversation.events()


def facts_of_heard(heard: HeardConversation, known: Facts) -> Facts:
    """Return what the contact and its recording know together; the contact's record goes first."""
    ours = {name: getattr(known, name) for name in _FROM_THE_CONTACT}
    given = {name: value for name, value in ours.items() if value is not None}
    return replace(heard.conversation.facts, **given)
