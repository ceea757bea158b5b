"""Send files: checked and safe on the disk before anybody hears of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from itertools import islice
from secrets import token_hex
from typing import Any

from rexian.contacts import models
from rexian.contacts.adapters.disk import file_store, most_bytes
from rexian.contacts.domain.files import BadFile, Examined, examine, file_name
from rexian.contacts.domain.lifecycle import TALKING, NotNow, State
from rexian.contacts.domain.lines import Line, Speaker
from rexian.contacts.domain.refusals import nothing_there
from rexian.contacts.domain.words import request_name
from rexian.contacts.services.holding_rows import as_own, held
from rexian.contacts.services.lines import NewLine, refuse_a_flood, said_before
from rexian.contacts.services.transactions import in_one_transaction
from rexian.contacts.services.turns import take_agents_turn, take_customers_turn
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark

MOST_FILES = 40
"""Files of one contact; whoever has more to show sends a PDF."""

_BATCH = 500


def attach_file(
    contact_id: int,
    *,
    name: str,
    content: bytes,
    sent_as: str,
    actor: Actor | None,
    at: datetime,
) -> Line:
    """Send a file, by the contact's agent or (``actor`` is ``None``) the customer; return its line.

    The same one sent again is taken once. It is stored before the line tells of it: whoever is
    killed in between leaves a file that nobody knows, and that is removed a day later. Raises
    ``BadFile``, ``FileTooLarge``, ``NotNow`` where the contact is over, ``TooMany``.
    """
    found = examine(content, most=most_bytes())
    said = NewLine(
        speaker=Speaker.AGENT if actor else Speaker.CUSTOMER,
        person=actor.person if actor else None,
        sent_as=request_name(sent_as),
    )
    before = _already_sent(contact_id, said, actor, at)
    if before:
        return before
    stored_as = _new_name()
    columns = _columns(found) | {"name": file_name(name, found.ending), "stored_as": stored_as}
    store = file_store()
    store.store(stored_as, found.content)
    try:
        return _announce(contact_id, said=said, columns=columns, actor=actor, at=at)
    finally:
        # Whoever was refused, or came second with the same file, takes it along.
        if not models.Attachment.objects.filter(stored_as=stored_as).exists():
            store.remove(stored_as)


def remove_orphans(*, before: datetime) -> int:
    """Remove files that were stored before an instant and belong to no contact; return how many."""
    store, removed = file_store(), 0
    names = store.stored_before(before)
    while batch := list(islice(names, _BATCH)):
        known = models.Attachment.objects.filter(stored_as__in=batch)
        for name in sorted(set(batch) - set(known.values_list("stored_as", flat=True))):
            store.remove(name)
            removed += 1
    return removed


def _already_sent(contact_id: int, said: NewLine, actor: Actor | None, at: datetime) -> Line | None:
    """Return the line of the same file, or refuse, before anything is written to the disk."""
    row = models.Contact.objects.filter(pk=contact_id).first()
    if row is None:
        raise nothing_there(f"contact:{contact_id}")
    if actor is not None:
        as_own(row, actor)
    before = said_before(row, said, at)
    if before is None:
        _refuse(row, actor, at)
    return before


def _refuse(row: models.Contact, actor: Actor | None, at: datetime) -> None:
    state = State(row.state)
    if state is State.ENDED or (actor is not None and state not in TALKING):
        raise _moved_on(row)
    if actor is None:
        refuse_a_flood(row, at)
    if models.Attachment.objects.filter(contact=row).count() >= MOST_FILES:
        raise BadFile(mark("A contact has at most {most} files."), most=MOST_FILES, field="file")


@in_one_transaction
def _announce(
    contact_id: int, *, said: NewLine, columns: dict[str, Any], actor: Actor | None, at: datetime
) -> Line:
    """Write down the file and its line, unless somebody was faster with the same one."""
    row = held(contact_id)
    before = said_before(row, said, at)
    if before:
        return before
    _refuse(row, actor, at)
    kept = models.Attachment.objects.create(contact=row, stored_at=at, **columns)
    told = replace(said, attachment=kept.pk)
    if actor is not None:
        return take_agents_turn(row, told, actor=actor, at=at)
    line = take_customers_turn(row, told, at=at)
    if line is None:
        raise _moved_on(row)
    return line


def _columns(found: Examined) -> dict[str, Any]:
    return {
        "media_type": found.media_type,
        "size": len(found.content),
        "sha256": sha256(found.content).hexdigest(),
        "width": found.width,
        "height": found.height,
    }


def _moved_on(row: models.Contact) -> NotNow:
    return NotNow(mark("This contact has moved on meanwhile."), state=row.state)


def _new_name() -> str:
    """Return a name that nobody guesses, in one of 256 folders."""
    name = token_hex(16)
    return f"{name[:2]}/{name}"
