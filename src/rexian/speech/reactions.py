"""What follows when something happens to recordings."""

from __future__ import annotations

from datetime import timedelta

from rexian.clockwork.domain.reactions import reaction
from rexian.journal.domain.entries import Entry
from rexian.kernel.language import mark
from rexian.speech.events import BatchDeleted
from rexian.speech.services.batches import clear_batch


@reaction(
    BatchDeleted,
    name="speech.clear_batch",
    outside=timedelta(minutes=2),
    title=mark("Remove a deleted batch of recordings"),
)
def clear_deleted_batch(entry: Entry) -> None:
    """Remove the list and the unsealed files of a deleted batch."""
    clear_batch(int(entry.subject.rpartition(":")[2]))
