"""Seal what can no longer change, and see later that it has not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db import IntegrityError, transaction

from rexian.journal import models
from rexian.journal.domain.entries import Entry
from rexian.journal.domain.seals import Fault, FaultKind, Seal, examine, seal_entries
from rexian.journal.queries.guards import missing_guards
from rexian.journal.queries.horizon import newest_id
from rexian.journal.queries.rows import all_seals, entries_between, seal_of

_RANGE = 1000
_MANY = 100


@dataclass(frozen=True, slots=True)
class Verification:
    """What verifying found: how much was looked at, what is wrong, what no seal covers yet.

    ``unguarded`` are triggers of the database that are gone or switched off; ``newest_seal`` is the
    hash to note elsewhere, ``is_noted_missing`` that one so noted is not among the seals. Of very
    many faults the first hundred are told.
    """

    seals: int
    entries: int
    faults: tuple[Fault, ...]
    unsealed: int
    unguarded: tuple[str, ...]
    newest_seal: str
    is_noted_missing: bool = False

    @property
    def sound(self) -> bool:
        """Tell whether nothing is wrong."""
        return not (self.faults or self.unguarded or self.is_noted_missing)


def seal(*, at: datetime) -> int:
    """Seal all entries that are decided and not sealed yet; return how many those were.

    May be called as often as one likes and by several at once: of two that would seal the same
    range, one gives way.
    """
    sealed = 0
    while count := _seal_next(at):
        sealed += count
    return sealed


def verify(*, noted: str = "", tell: Callable[[int], None] = lambda _: None) -> Verification:
    """Compare all sealed entries with their seals; ``tell`` hears how many were looked at so far.

    ``noted`` is the hash of a seal that somebody keeps elsewhere, and that has to be among ours.
    """
    faults: list[Fault] = []
    seals = looked_at = 0
    previous: Seal | None = None
    for one, before, inside in _sealed_ranges():
        faults += [Fault(FaultKind.INSERTED, row.id, row.id, row.id) for row in before]
        faults += examine(one, inside, previous=previous)
        seals, looked_at, previous = seals + 1, looked_at + len(inside), one
        tell(looked_at)
        del faults[_MANY:]
    return Verification(
        seals=seals,
        entries=looked_at,
        faults=tuple(faults),
        unsealed=models.Entry.objects.filter(id__gt=previous.last_id if previous else 0).count(),
        unguarded=missing_guards(),
        newest_seal=previous.sha256 if previous else "",
        is_noted_missing=bool(noted) and not models.Seal.objects.filter(sha256=noted).exists(),
    )


def _seal_next(at: datetime) -> int:
    row = models.Seal.objects.order_by("-first_id").first()
    previous = seal_of(row) if row else None
    horizon = newest_id()
    after = previous.last_id if previous else 0
    found = list(islice(entries_between(after, horizon), _RANGE))
    if not found:
        return 0
    made = seal_entries(found, previous=previous, at=at)
    try:
        with transaction.atomic():
            models.Seal.objects.create(
                first_id=made.first_id,
                last_id=made.last_id,
                count=made.count,
                sha256=made.sha256,
                marks=made.marks,
                sealed_at=made.sealed_at,
            )
    except IntegrityError:
        return 0  # another sealer was first
    return made.count


def _sealed_ranges() -> Iterator[tuple[Seal, list[Entry], list[Entry]]]:
    """Yield each seal with the entries before its range that no seal covers, and those in it."""
    last = models.Seal.objects.order_by("-last_id").values_list("last_id", flat=True).first()
    rows = entries_between(None, last or 0)
    waiting = next(rows, None)
    for one in all_seals():
        before: list[Entry] = []
        inside: list[Entry] = []
        while waiting is not None and waiting.id <= one.last_id:
            (before if waiting.id < one.first_id else inside).append(waiting)
            waiting = next(rows, None)
        yield one, before, inside
