"""Attach files to cases: checked and safe on the disk before anybody hears of them."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from itertools import islice
from secrets import token_hex

from rexian.cases import events, models
from rexian.cases.domain.moving import offers
from rexian.cases.domain.refusals import NotTheirMove
from rexian.cases.services.making import Making
from rexian.cases.services.stepping import about
from rexian.contacts.domain.files import BadFile, Examined, examine, file_name
from rexian.contacts.queries import attachment_limit
from rexian.contacts.services.storage import store_of
from rexian.contacts.services.transactions import in_one_transaction
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark

STORE = "cases"
MOST_FILES = 60
"""Files of one case; whoever has more to show sends a PDF."""

_BATCH = 500


def attach_file(case_id: int, *, name: str, content: bytes, actor: Actor, at: datetime) -> int:
    """Attach a file to a case, by somebody who has something to do there; return its id.

    The same content again is the same file. It belongs to no step until a move is given it. Raises
    ``BadFile``, ``FileTooLarge``, ``NotTheirMove`` for whoever may only look.
    """
    found = examine(content, most=attachment_limit())
    stored_as = _new_name()
    store = store_of(STORE)
    store.store(stored_as, found.content)
    try:
        return _noted(case_id, name, found, stored_as, actor=actor, at=at)
    finally:
        # Whoever was refused, or came second with the same file, takes it along.
        if not models.File.objects.filter(stored_as=stored_as).exists():
            store.remove(stored_as)


def remove_orphans(*, before: datetime) -> int:
    """Remove files that were stored before an instant and belong to no case; return how many."""
    store, removed = store_of(STORE), 0
    names = store.stored_before(before)
    while batch := list(islice(names, _BATCH)):
        known = models.File.objects.filter(stored_as__in=batch)
        for name in sorted(set(batch) - set(known.values_list("stored_as", flat=True))):
            store.remove(name)
            removed += 1
    return removed


@in_one_transaction
def _noted(
    case_id: int, name: str, found: Examined, stored_as: str, *, actor: Actor, at: datetime
) -> int:
    """Write the file down, unless the case has it already."""
    making = Making.begin(case_id, actor=actor, at=at)
    row, digest = making.row, sha256(found.content).hexdigest()
    same = models.File.objects.filter(case=row, sha256=digest, person=actor.person).first()
    if same is not None:
        return same.pk
    if not actor.is_system and not offers(making.standing, making.flow, actor):
        raise NotTheirMove(mark("This is for somebody else to do."), move="file")
    if models.File.objects.filter(case=row).count() >= MOST_FILES:
        raise BadFile(mark("A case has at most {most} files."), most=MOST_FILES, field="file")
    kept = models.File.objects.create(
        case=row,
        name=file_name(name, found.ending),
        media_type=found.media_type,
        size=len(found.content),
        sha256=digest,
        width=found.width,
        height=found.height,
        stored_as=stored_as,
        stored_at=at,
        person_id=actor.person,
    )
    making.note(events.FileAttached(**about(row), file=kept.pk))
    return kept.pk


def _new_name() -> str:
    """Return a name that nobody guesses, in one of 256 folders."""
    name = token_hex(16)
    return f"{name[:2]}/{name}"
