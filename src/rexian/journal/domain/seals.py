"""Seals: what a range of entries was when it was sealed, and what has become of it since.

A seal's hash runs over the hash of the seal before, over the range itself and over the digest of
each of its entries. Whoever changes an entry has to make every later seal anew; whoever has noted
the newest seal's hash elsewhere sees even that. ``marks`` keeps sixteen bytes an entry, its place
in the range and the beginning of its digest, so that a fault can be pinned to an entry.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from rexian.journal.domain.entries import Entry

_BEGINNING = bytes(32)
_MARK = struct.Struct(">Q8s")


@dataclass(frozen=True, slots=True)
class Seal:
    """The range from ``first_id`` to ``last_id`` held ``count`` entries; ids may be left out in it.

    An id that is left out belongs to a change that was undone before it was ever to be seen.
    """

    first_id: int
    last_id: int
    count: int
    sha256: str
    marks: bytes
    sealed_at: datetime


class FaultKind(StrEnum):
    """What is wrong: with an entry, or with the seal over it."""

    CHANGED = "changed"
    MISSING = "missing"
    INSERTED = "inserted"
    BROKEN_SEAL = "broken_seal"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was sealed, between two ids; of one entry where it is known."""

    kind: FaultKind
    first_id: int
    last_id: int
    entry_id: int | None = None


def digest(entry: Entry) -> bytes:
    """Return the SHA-256 of everything in an entry, in a form that is the same every time."""
    told = [
        entry.id,
        _instant(entry.at),
        entry.actor,
        entry.name,
        entry.subject,
        entry.organisation,
        entry.request,
        entry.data,
    ]
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).digest()


def seal_entries(entries: Sequence[Entry], *, previous: Seal | None, at: datetime) -> Seal:
    """Return the seal over ``entries``, at least one, which follow those of the previous seal."""
    first_id = previous.last_id + 1 if previous else 1
    digests = {entry.id: digest(entry) for entry in entries}
    last_id = entries[-1].id
    marks = (_MARK.pack(one - first_id, whole[:8]) for one, whole in digests.items())
    return Seal(
        first_id=first_id,
        last_id=last_id,
        count=len(entries),
        sha256=_hash(previous, (first_id, last_id, len(entries)), at, digests),
        marks=b"".join(marks),
        sealed_at=at,
    )


def examine(seal: Seal, entries: Sequence[Entry], *, previous: Seal | None) -> tuple[Fault, ...]:
    """Return what is wrong with the entries of a sealed range, or with the seal itself."""
    digests = {entry.id: digest(entry) for entry in entries}
    follows = seal.first_id == (previous.last_id + 1 if previous else 1)
    extent = (seal.first_id, seal.last_id, seal.count)
    if follows and seal.sha256 == _hash(previous, extent, seal.sealed_at, digests):
        return ()
    faults = tuple(
        Fault(kind, seal.first_id, seal.last_id, entry_id)
        for entry_id, kind in sorted(_differences(_read_marks(seal), digests).items())
    )
    return faults or (Fault(FaultKind.BROKEN_SEAL, seal.first_id, seal.last_id),)


def _hash(
    previous: Seal | None, extent: tuple[int, int, int], at: datetime, digests: Mapping[int, bytes]
) -> str:
    whole = hashlib.sha256(bytes.fromhex(previous.sha256) if previous else _BEGINNING)
    whole.update(json.dumps([*extent, _instant(at)]).encode())
    for one in digests.values():
        whole.update(one)
    return whole.hexdigest()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _read_marks(seal: Seal) -> dict[int, bytes]:
    usable = len(seal.marks) - len(seal.marks) % _MARK.size
    return {seal.first_id + gap: start for gap, start in _MARK.iter_unpack(seal.marks[:usable])}


def _differences(sealed: Mapping[int, bytes], found: Mapping[int, bytes]) -> dict[int, FaultKind]:
    """Compare what was sealed with what is there; what is alike in both is left out."""
    faults = dict.fromkeys(sealed.keys() - found.keys(), FaultKind.MISSING)
    faults |= dict.fromkeys(found.keys() - sealed.keys(), FaultKind.INSERTED)
    for entry_id in sealed.keys() & found.keys():
        if sealed[entry_id] != found[entry_id][:8]:
            faults[entry_id] = FaultKind.CHANGED
    return faults
