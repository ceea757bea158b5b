"""Recordings go when their time is over, with a proof, unless somebody holds them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import LazySettings
from pytest_django import DjangoAssertNumQueries

from rexian.contacts.domain.lines import Line
from rexian.contacts.queries import transcript
from rexian.dialogue.models import ContactInspection, Finding, HeardConversation
from rexian.dialogue.queries.judged import Sought, judged_contacts
from rexian.dialogue.services import archiving_removal
from rexian.dialogue.services.inspecting_contacts import inspect_contact
from rexian.kernel.authority import RightMissing
from rexian.kernel.errors import NotFound
from rexian.org.domain.roles import Role
from rexian.speech import models
from rexian.speech.domain.conversations import conversation_of
from rexian.speech.domain.recordings import (
    CaseOpen,
    RecordingHeld,
    RecordingKind,
    RecordingRemoved,
)
from rexian.speech.domain.retention import BadRetention, RetentionChanged
from rexian.speech.queries import proofs, recording, recording_page, rules_of
from rexian.speech.services import retaining
from rexian.speech.services.attaching import facts_of, keep_heard
from rexian.speech.services.receiving import Received
from rexian.speech.services.retaining import (
    due_for_removal,
    hold_recording,
    keep_as,
    release_recording,
    remove_due,
    remove_recording,
    set_retention,
)
from rexian.speech.services.vault import clear_away, sound_of, sweep_store
from tests.cast import NOW, OUTSIDER, nothing_changes, recorded
from tests.speech.kept.calls import CALL
from tests.speech.kept.conftest import SOUND, STARTED, Centre

LAST = STARTED + timedelta(days=30)
AFTER = LAST + timedelta(days=1)


def heard(centre: Centre, **facts: object) -> Received:
    """Have a recording come in and be heard."""
    received = centre.receive(**facts)  # type: ignore[arg-type] # as the fixture says
    conversation = conversation_of(CALL, facts_of(received.recording))
    keep_heard(received.recording, heard=CALL, conversation=conversation, at=NOW)
    return received


def rule(
    centre: Centre, kind: RecordingKind = RecordingKind.ORDINARY, *, words: bool = False
) -> None:
    """Have recordings of a kind kept for thirty days."""
    manager = centre.actor(Role.MANAGER)
    set_retention(kind, days=30, words=words, actor=manager, at=NOW)


def stored(home: Path) -> int:
    return sum(one.is_file() for one in (home / "recordings").rglob("*"))


def test_without_a_rule_recordings_are_kept_for_good(centre: Centre) -> None:
    centre.receive()
    assert remove_due(at=NOW.replace(year=2099)) == 0


def test_a_recording_goes_after_its_last_day_with_a_proof(centre: Centre, home: Path) -> None:
    received = heard(centre)
    rule(centre)
    manager = centre.actor(Role.MANAGER)
    assert recording(received.recording, actor=manager).keep_until == LAST.date()
    assert (remove_due(at=LAST), due_for_removal(actor=manager, at=LAST)) == (0, ())
    assert due_for_removal(actor=manager, at=AFTER) == (received.recording,)
    assert remove_due(at=AFTER) == 1
    assert stored(home) == 0
    (entry,) = recorded("speech.recording_removed")
    assert entry.actor == "system:retention"
    assert entry.data == {
        "contact": received.contact,
        "digest": sha256(SOUND).hexdigest(),
        "size": len(SOUND),
        "kept_since": NOW.isoformat(),
        "cause": "retention",
        "kind": "ordinary",
        "days": 30,
        "words": False,
        "key_id": entry.data["key_id"],
    }
    (proof,) = proofs(actor=manager)
    assert (proof.recording, proof.digest, proof.removed_at, proof.days, proof.entry) == (
        received.recording, entry.data["digest"], AFTER, 30, entry.pk,
    )  # fmt: skip


def test_the_key_is_destroyed_so_that_copies_are_unreadable(centre: Centre) -> None:
    received = heard(centre)
    rule(centre)
    remove_due(at=AFTER)
    row = models.Recording.objects.get()
    assert (row.data_key, row.key_id, row.state) == (None, "", "removed")
    assert not models.Heard.objects.exists()
    with pytest.raises(RecordingRemoved), sound_of(received.recording):
        pass


def test_words_stay_as_those_of_a_chat_do(centre: Centre) -> None:
    received = heard(centre)
    rule(centre)
    remove_due(at=AFTER)
    assert any(one.text for one in transcript(received.contact))
    assert HeardConversation.objects.exists()


def test_words_go_too_where_the_rule_says_so_and_what_was_found_stays(centre: Centre) -> None:
    received = heard(centre)
    found = Finding.objects.count()
    rule(centre, words=True)
    remove_due(at=AFTER)
    assert not any(one.text for one in transcript(received.contact))
    assert not HeardConversation.objects.exists()
    assert Finding.objects.count() == found
    assert not Finding.objects.exclude(quote="").exists()
    with nothing_changes():
        inspect_contact(received.contact, at=AFTER)
    judged = ContactInspection.objects.get()
    sought = Sought(centre.cast.organisation, "highway", judged.day, judged.day)
    assert judged_contacts(sought, after=0, size=10) == []


def test_no_case_is_found_any_more_by_words_that_went(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    received, indexed = heard(centre), []

    def index(contact: int) -> None:
        indexed.append((contact, [one.text for one in transcript(contact) if one.text]))

    monkeypatch.setattr(retaining, "index_cases_of_contact", index)
    manager = centre.actor(Role.MANAGER)
    remove_recording(received.recording, words=True, actor=manager, at=NOW)
    assert indexed == [(received.contact, [])]


def test_what_goes_with_its_words_is_forgotten_in_the_archive_first(
    centre: Centre, home: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    received = heard(centre)
    settings.CONFIGURATION = replace(settings.CONFIGURATION, archive=home)
    asked: list[tuple[object, ...]] = []

    def forget(folder: Path, *, organisation: str, keys: list[str]) -> int:
        asked.append((folder, organisation, keys, any(one.text for one in lines())))
        return 1

    def lines() -> tuple[Line, ...]:
        return transcript(received.contact)

    monkeypatch.setattr(archiving_removal, "forget_conversations", forget)
    rule(centre, words=True)
    remove_due(at=AFTER)
    assert asked == [(home, "huatong", [f"contact:{received.contact}"], True)]


def test_who_is_killed_between_key_and_bytes_leaves_bytes_that_are_swept_up(
    centre: Centre, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre.receive()
    rule(centre)
    with monkeypatch.context() as killed:
        killed.setattr(retaining, "clear_away", lambda _: False)
        remove_due(at=AFTER)
    assert stored(home) == 1
    assert sweep_store(at=NOW.replace(year=2099)) == 1


def test_what_is_held_stays_until_it_is_released(centre: Centre) -> None:
    received = centre.receive()
    rule(centre)
    manager = centre.actor(Role.MANAGER)
    hold_recording(received.recording, why="法院要求保存", actor=manager, at=NOW)
    assert recording(received.recording, actor=manager).keep_until is None
    assert remove_due(at=AFTER) == 0
    with nothing_changes(), pytest.raises(RecordingHeld):
        remove_recording(received.recording, actor=manager, at=AFTER)
    release_recording(received.recording, actor=manager, at=AFTER)
    assert remove_due(at=AFTER) == 1
    assert [one.name for one in recorded()][-3:] == [
        "speech.recording_held", "speech.recording_released", "speech.recording_removed",
    ]  # fmt: skip


def test_words_stay_while_another_recording_of_the_same_call_is_held(centre: Centre) -> None:
    first, second = heard(centre), centre.receive(b"the rest of it")
    models.Recording.objects.filter(pk=second.recording).update(contact=first.contact)
    rule(centre, words=True)
    manager = centre.actor(Role.MANAGER)
    hold_recording(second.recording, why="仲裁", actor=manager, at=NOW)
    assert remove_due(at=AFTER) == 0
    with nothing_changes(), pytest.raises(RecordingHeld):
        remove_recording(first.recording, words=True, actor=manager, at=NOW)
    assert any(one.text for one in transcript(first.contact))
    release_recording(second.recording, actor=manager, at=NOW)
    assert remove_due(at=AFTER) == 2


def test_what_is_removed_is_held_by_nobody(centre: Centre) -> None:
    received, manager = centre.receive(), centre.actor(Role.MANAGER)
    remove_recording(received.recording, actor=manager, at=NOW)
    with nothing_changes(), pytest.raises(RecordingRemoved):
        hold_recording(received.recording, why="仲裁", actor=manager, at=NOW)


def test_a_page_of_recordings_asks_once_for_what_they_have_in_common(
    centre: Centre, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        centre.receive(b"%d" % number)
    rule(centre)
    manager = centre.actor(Role.MANAGER)
    with django_assert_max_num_queries(12):
        found, total = recording_page(actor=manager, offset=0, size=5)
    assert (len(found), total) == (5, 5)
    assert all(one.keep_until for one in found)


def test_what_is_far_from_its_last_day_is_not_looked_at(
    centre: Centre, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        centre.receive(b"%d" % number)
    rule(centre)
    with django_assert_max_num_queries(3):
        assert remove_due(at=NOW) == 0


def test_a_recording_of_an_open_case_stays(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    received = centre.receive()
    rule(centre)
    monkeypatch.setattr(retaining, "open_cases", lambda wanted, **_: (wanted.contact,))
    assert remove_due(at=AFTER) == 0
    with nothing_changes(), pytest.raises(CaseOpen):
        remove_recording(received.recording, actor=centre.actor(Role.MANAGER), at=AFTER)


def test_a_recording_is_kept_as_what_its_contact_was_unless_somebody_says(centre: Centre) -> None:
    manager = centre.actor(Role.MANAGER)
    urgent = centre.receive(queue="emergency")
    complaint = centre.receive(b"a complaint", case_type="complaint")
    kinds = [recording(one.recording, actor=manager).kind for one in (urgent, complaint)]
    assert kinds == [RecordingKind.EMERGENCY, RecordingKind.COMPLAINT]
    rule(centre, RecordingKind.COMPLAINT)
    keep_as(complaint.recording, kind=RecordingKind.EXAMPLE, version=1, actor=manager, at=NOW)
    assert remove_due(at=AFTER) == 0
    keep_as(complaint.recording, kind=None, version=2, actor=manager, at=NOW)
    assert remove_due(at=AFTER) == 1


def test_removed_before_its_time_it_can_come_in_again(centre: Centre) -> None:
    received = heard(centre)
    manager = centre.actor(Role.MANAGER)
    for _ in range(2):
        remove_recording(received.recording, words=True, actor=manager, at=NOW)
    assert [one.data["cause"] for one in recorded("speech.recording_removed")] == ["request"]
    again = heard(centre)
    assert (again.contact, again.is_new) == (received.contact, True)
    assert any(one.text for one in transcript(again.contact))
    assert ContactInspection.objects.get().forgotten_at is None


def test_one_that_cannot_be_removed_keeps_no_others(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre.receive()
    centre.receive(b"another")
    rule(centre)
    failing = iter([OSError("the store is away")])

    def clear(name: str) -> bool:
        for error in failing:
            raise error
        return clear_away(name)

    monkeypatch.setattr(retaining, "clear_away", clear)
    with pytest.raises(OSError, match="away"):
        remove_due(at=AFTER)
    assert models.Recording.objects.filter(removed_at=None).count() == 0


def test_who_may_keep_and_who_may_not(centre: Centre) -> None:
    received = centre.receive()
    at: datetime = NOW
    with nothing_changes():
        for role in (Role.AGENT, Role.INSPECTOR, Role.TEAM_LEADER):
            actor = centre.actor(role)
            with pytest.raises(RightMissing):
                set_retention(RecordingKind.ORDINARY, days=3, actor=actor, at=at)
            with pytest.raises(RightMissing):
                remove_recording(received.recording, actor=actor, at=at)
        with pytest.raises(NotFound):
            hold_recording(received.recording, why="x", actor=centre.actor(OUTSIDER), at=at)


@pytest.mark.parametrize("days", [0, -1, 10**9])
def test_a_time_that_cannot_be_is_refused(centre: Centre, days: int) -> None:
    manager = centre.actor(Role.MANAGER)
    with nothing_changes(), pytest.raises(BadRetention):
        set_retention(RecordingKind.ORDINARY, days=days, actor=manager, at=NOW)


def test_a_rule_is_changed_by_who_has_seen_it(centre: Centre) -> None:
    rule(centre)
    manager = centre.actor(Role.MANAGER)
    with nothing_changes(), pytest.raises(RetentionChanged):
        set_retention(RecordingKind.ORDINARY, days=60, actor=manager, at=NOW)
    set_retention(RecordingKind.ORDINARY, days=None, version=1, actor=manager, at=NOW)
    assert rules_of(centre.cast.organisation) == {}
