"""Seals show what was changed, taken away or slipped in, and where."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

import pytest

from rexian.journal import models
from rexian.journal.domain.entries import Entry
from rexian.journal.domain.seals import FaultKind, seal_entries
from rexian.journal.queries.rows import entries_between
from rexian.journal.services import seal, sealing, verify

Light = Callable[..., Entry]
Unguarded = Callable[[], AbstractContextManager[Any]]

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
INTRUSIONS = {
    "the actor": "actor = 'person:8'",
    "the instant": "at = '2026-03-02 00:59:00+00:00'",
    "the organisation": "organisation = 2",
    "the subject": "subject = 'lamp:99'",
    "the particulars": """data = '{"colour": "red"}'""",
}


@pytest.fixture(autouse=True)
def _short_ranges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "_RANGE", 4)


@pytest.fixture
def lit(light: Light) -> list[Entry]:
    """Light ten lamps and seal what was written."""
    found = [light(lamp) for lamp in range(1, 11)]
    assert seal(at=AT) == 10
    return found


@pytest.mark.django_db
def test_an_untouched_journal_is_sound(lit: list[Entry], light: Light) -> None:
    light(11)
    found = verify()
    assert found.sound
    assert (found.seals, found.entries, found.unsealed) == (3, 10, 1)
    assert found.newest_seal == models.Seal.objects.get(last_id=lit[-1].id).sha256


@pytest.mark.django_db
def test_an_empty_journal_is_sound() -> None:
    assert seal(at=AT) == 0
    assert verify().sound


@pytest.mark.django_db
def test_sealing_again_seals_only_what_has_come_since(lit: list[Entry], light: Light) -> None:
    assert seal(at=AT) == 0
    new = light(11)
    assert seal(at=AT) == 1
    assert models.Seal.objects.get(last_id=new.id).first_id == lit[-1].id + 1
    assert verify().sound


@pytest.mark.django_db
@pytest.mark.parametrize("change", INTRUSIONS.values(), ids=INTRUSIONS)
def test_a_changed_entry_is_found(change: str, lit: list[Entry], unguarded: Unguarded) -> None:
    with unguarded() as cursor:
        statement = f"UPDATE journal_entry SET {change} WHERE id = %s"  # noqa: S608 - a test's own
        cursor.execute(statement, [lit[5].id])
    (fault,) = verify().faults
    assert (fault.kind, fault.entry_id) == (FaultKind.CHANGED, lit[5].id)
    assert (fault.first_id, fault.last_id) == (lit[4].id, lit[7].id)


@pytest.mark.django_db
def test_a_missing_entry_is_found(lit: list[Entry], unguarded: Unguarded) -> None:
    with unguarded() as cursor:
        cursor.execute("DELETE FROM journal_entry WHERE id = %s", [lit[9].id])
    (fault,) = verify().faults
    assert (fault.kind, fault.entry_id) == (FaultKind.MISSING, lit[9].id)


@pytest.mark.django_db
def test_an_inserted_entry_is_found_where_an_id_was_free(
    light: Light, unguarded: Unguarded
) -> None:
    first = light(1)
    with unguarded() as cursor:
        cursor.execute("DELETE FROM journal_entry WHERE id = %s", [light(2).id])
    light(3)
    seal(at=AT)
    assert verify().sound
    forge(first, first.id + 1)
    (fault,) = verify().faults
    assert (fault.kind, fault.entry_id) == (FaultKind.INSERTED, first.id + 1)


@pytest.mark.django_db
def test_an_entry_before_all_others_is_found(lit: list[Entry]) -> None:
    forge(lit[0], -5)
    (fault,) = verify().faults
    assert (fault.kind, fault.entry_id) == (FaultKind.INSERTED, -5)


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["count = 3", f"sha256 = '{0:064}'", "last_id = last_id - 1"])
def test_a_changed_seal_is_found(column: str, lit: list[Entry], unguarded: Unguarded) -> None:
    with unguarded() as cursor:
        statement = f"UPDATE journal_seal SET {column} WHERE first_id = %s"  # noqa: S608 - its own
        cursor.execute(statement, [lit[4].id])
    faults = verify().faults
    assert faults
    assert {one.first_id for one in faults} <= {lit[4].id, lit[7].id, lit[8].id}


@pytest.mark.django_db
def test_a_missing_seal_is_found(lit: list[Entry], unguarded: Unguarded) -> None:
    with unguarded() as cursor:
        cursor.execute("DELETE FROM journal_seal WHERE first_id = %s", [lit[4].id])
    kinds = {fault.kind for fault in verify().faults}
    assert FaultKind.BROKEN_SEAL in kinds


@pytest.mark.django_db
def test_an_entry_and_its_seal_made_anew_break_the_seal_after(
    lit: list[Entry], unguarded: Unguarded
) -> None:
    with unguarded() as cursor:
        cursor.execute("UPDATE journal_entry SET actor = 'x' WHERE id = %s", [lit[0].id])
        models.Seal.objects.filter(last_id=lit[3].id).delete()
    resealed = list(entries_between(None, lit[3].id))
    made = seal_entries(resealed, previous=None, at=AT)
    models.Seal.objects.create(
        first_id=made.first_id,
        last_id=made.last_id,
        count=made.count,
        sha256=made.sha256,
        marks=made.marks,
        sealed_at=made.sealed_at,
    )
    assert [fault.kind for fault in verify().faults] == [FaultKind.BROKEN_SEAL]


@pytest.mark.django_db
def test_a_lost_race_between_two_sealers_seals_once(
    light: Light, monkeypatch: pytest.MonkeyPatch
) -> None:
    light(1)
    make = seal_entries

    def overtaken(*args: Any, **options: Any) -> Any:
        monkeypatch.setattr(sealing, "seal_entries", make)
        seal(at=AT)
        return make(*args, **options)

    monkeypatch.setattr(sealing, "seal_entries", overtaken)
    assert seal(at=AT) == 0
    assert models.Seal.objects.count() == 1
    assert verify().sound


def forge(like: Entry, entry_id: int) -> None:
    """Slip in an entry under an id of its own: the triggers let new ids pass."""
    models.Entry.objects.create(
        id=entry_id,
        at=like.at,
        actor=like.actor,
        name=like.name,
        subject=like.subject,
        organisation=like.organisation,
        data=dict(like.data),
    )
