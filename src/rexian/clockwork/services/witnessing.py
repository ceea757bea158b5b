"""Write down what must follow an entry, in the transaction that writes the entry."""

from __future__ import annotations

from rexian.clockwork import models
from rexian.clockwork.domain.handlers import Handler
from rexian.clockwork.domain.reactions import reactions_to, written_down
from rexian.clockwork.domain.work import Kind
from rexian.clockwork.services.waking import wake_after_commit
from rexian.journal.domain.entries import Entry


def witness(entry: Entry) -> None:
    """Write a row for each reaction to the entry; both are there, or neither."""
    handlers = reactions_to(entry.name)
    if not handlers:
        return
    models.Work.objects.bulk_create([_row(handler, entry) for handler in handlers])
    for handler in handlers:
        wake_after_commit(handler.lane, next_at=entry.at, at=entry.at)


def _row(handler: Handler, entry: Entry) -> models.Work:
    return models.Work(
        kind=Kind.REACTION,
        name=handler.name,
        lane=handler.lane,
        subject=entry.subject,
        organisation=entry.organisation,
        data=written_down(entry),
        due_at=entry.at,
        next_at=entry.at,
    )
