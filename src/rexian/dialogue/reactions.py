"""What follows when something happens to conversations."""

from __future__ import annotations

from datetime import timedelta

from rexian.clockwork.domain.reactions import reaction
from rexian.contacts.events import (
    ContactAbandoned,
    ContactEnded,
    ContactFinished,
    RecordSaved,
)
from rexian.dialogue.events import BatchDeleted
from rexian.dialogue.services.batches import clear_batch
from rexian.dialogue.services.inspecting_contacts import inspect_contact
from rexian.journal.domain.entries import Entry
from rexian.kernel.language import mark


@reaction(
    BatchDeleted,
    name="dialogue.clear_batch",
    outside=timedelta(minutes=2),
    title=mark("Remove a deleted inspection"),
)
def clear_deleted_batch(entry: Entry) -> None:
    """Remove the conversations and the files of a deleted batch."""
    clear_batch(int(entry.subject.rpartition(":")[2]))


@reaction(
    ContactAbandoned,
    ContactEnded,
    ContactFinished,
    RecordSaved,
    name="dialogue.inspect_contact",
    title=mark("Inspect a contact"),
)
def inspect_what_is_over(entry: Entry) -> None:
    """Inspect a contact that is over; one that goes on, or is as it was, is left alone."""
    inspect_contact(int(entry.subject.rpartition(":")[2]), at=entry.at)
