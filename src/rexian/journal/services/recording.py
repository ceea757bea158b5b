"""Write an entry in the transaction of the change that it tells of."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from rexian.journal import models
from rexian.journal.domain.entries import Entry
from rexian.journal.domain.events import Event
from rexian.journal.ports import Witness
from rexian.kernel.authority import Actor
from rexian.prepared import insert

_witnesses: list[Witness] = []


def call_witness(witness: Witness) -> None:
    """Have a witness see every entry from now on; calling the same one twice changes nothing."""
    if witness not in _witnesses:
        _witnesses.append(witness)


def record(event: Event, *, actor: Actor, at: datetime, request: str = "") -> Entry:
    """Write down what happened, and return the entry.

    Raises ``RuntimeError`` outside a transaction: an entry stands or falls with its change.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{event.name} is recorded outside the transaction of its change.")
    row = insert(
        models.Entry(
            at=at,
            actor=actor.code,
            name=event.name,
            subject=event.subject,
            organisation=event.organisation,
            request=request,
            data=event.data,
        )
    )
    entry = Entry(
        id=row.id,
        at=at,
        actor=row.actor,
        name=row.name,
        subject=row.subject,
        organisation=row.organisation,
        request=request,
        data=row.data,
    )
    for witness in _witnesses:
        witness(entry)
    return entry
