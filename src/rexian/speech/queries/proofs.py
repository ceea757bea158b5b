"""The proofs that recordings were removed, for whoever answers for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rexian.kernel.authority import Actor, authorise
from rexian.speech import models
from rexian.speech.domain.rights import KEEP


@dataclass(frozen=True, slots=True)
class Proof:
    """What was removed, by whom, under which rule; ``entry`` is the number of its journal entry.

    ``digest`` is the SHA-256 of the sound as it came in: whoever still has a copy can tell.
    ``cause`` is ``retention`` or ``request``.
    """

    recording: int
    contact: int
    name: str
    digest: str
    size: int
    received_at: datetime
    removed_at: datetime
    removed_by: str
    cause: str
    kind: str
    days: int | None
    words: bool
    entry: int


def proofs(
    *, actor: Actor, since: datetime | None = None, before: int | None = None, limit: int = 100
) -> tuple[Proof, ...]:
    """Return the removals of the actor's organisation, the newest recordings first.

    Some at a time: those with a smaller id than ``before``.
    """
    authorise(actor, KEEP)
    rows = models.Recording.objects.exclude(removed_at=None)
    if not actor.is_system:
        rows = rows.filter(organisation=actor.organisation)
    if since is not None:
        rows = rows.filter(removed_at__gte=since)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return tuple(map(_proof, rows.order_by("-pk")[:limit]))


def _proof(row: models.Recording) -> Proof:
    return Proof(
        recording=row.pk,
        contact=row.contact_id,
        name=row.name,
        digest=row.digest,
        size=row.size,
        received_at=row.received_at,
        removed_at=row.removed_at or row.received_at,
        removed_by=row.removed_by,
        cause=row.rule.get("cause", ""),
        kind=row.rule.get("kind", ""),
        days=row.rule.get("days"),
        words=row.rule.get("words", False),
        entry=row.rule.get("entry", 0),
    )
