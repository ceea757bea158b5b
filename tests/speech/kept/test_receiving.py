"""A recording comes in sealed, with a contact that disturbs nobody; twice is once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from rexian.contacts.models import Contact
from rexian.contacts.queries import day_of, own_day
from rexian.dialogue.models import ContactInspection
from rexian.dialogue.queries.reading import contact_to_read
from rexian.kernel.authority import RightMissing
from rexian.kernel.errors import Invalid, NotFound
from rexian.org.domain.roles import Role
from rexian.speech import models
from rexian.speech.domain.call_facts import CallFacts
from rexian.speech.domain.recordings import (
    BadRecording,
    KeptElsewhere,
    NoCall,
    RecordingTooLarge,
    Sending,
)
from rexian.speech.domain.sealing import KeyMissing, MasterKey, SealBroken, new_key
from rexian.speech.services import receiving
from rexian.speech.services.receiving import receive_call, receive_recording
from rexian.speech.services.vault import sound_of, sweep_store
from tests.cast import NOW, OUTSIDER, nothing_changes, recorded
from tests.speech.kept.conftest import SOUND, STARTED, Centre


def stored(home: Path) -> list[Path]:
    """Return the files in the store, finished or not."""
    return [one for one in (home / "recordings").rglob("*") if one.is_file()]


def test_a_recording_comes_in_with_its_contact(centre: Centre) -> None:
    received = centre.receive(waited=12.0, queue="咨询")
    row = models.Recording.objects.get()
    assert (row.pk, row.contact_id, received.is_new) == (received.recording, received.contact, True)
    shown = contact_to_read(received.contact, actor=centre.actor())
    assert (shown.channel, shown.direction, shown.state, shown.queue) == (
        "phone", "in", "ended", "general",
    )  # fmt: skip
    assert (shown.agent, shown.number) == (centre.cast.id(Role.AGENT), "13800138000")
    assert (shown.arrived_at, shown.ended_by, shown.standard is not None) == (
        STARTED, "customer", True,
    )  # fmt: skip
    assert [one.name for one in recorded()][-3:] == [
        "contacts.contact_imported",
        "contacts.customer_recognised",
        "speech.recording_received",
    ]


def test_what_lies_in_the_store_tells_nothing_and_opens_as_it_came(
    centre: Centre, home: Path
) -> None:
    received = centre.receive()
    (file,) = stored(home)
    assert SOUND[:32] not in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
    with sound_of(received.recording) as sound:
        assert sound.read() == SOUND
        sound.seek(70_000)
        assert sound.read(10) == SOUND[70_000:70_010]
        sound.seek(-5, 2)
        assert sound.read() == SOUND[-5:]


def test_the_key_is_made_at_the_first_recording_and_is_for_the_server_alone(
    centre: Centre, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    centre.receive()
    file = home / "recordings.key"
    assert file.stat().st_mode & 0o777 == 0o600
    assert str(file) in caplog.text
    before = file.read_bytes()
    centre.receive(b"another")
    assert file.read_bytes() == before


def test_an_agent_whom_nobody_knows_is_left_out_and_kept_as_text(centre: Centre) -> None:
    received = centre.receive(agent="88888", number="no number")
    shown = contact_to_read(received.contact, actor=centre.actor())
    assert (shown.agent, shown.number) == (None, "")
    assert models.Recording.objects.get().facts["agent"] == "88888"


def test_the_same_sound_or_request_again_changes_nothing(centre: Centre, home: Path) -> None:
    first = centre.receive(sent_as="once")
    with nothing_changes():
        assert centre.receive() == replace(first, is_new=False)
        assert centre.receive(b"other bytes", sent_as="once") == replace(first, is_new=False)
    assert len(stored(home)) == 1


def test_imported_calls_are_none_of_the_floors_figures(centre: Centre) -> None:
    centre.receive()
    day = day_of(
        centre.hotline,
        since=STARTED - timedelta(hours=1),
        until=STARTED + timedelta(hours=1),
        step=timedelta(hours=1),
        actor=centre.actor(Role.MANAGER),
    )
    own = own_day(centre.actor(Role.AGENT), since=STARTED - timedelta(hours=1))
    assert (day.arrived, own.served) == (0, 0)


def test_of_two_who_send_the_same_at_once_one_is_first(
    centre: Centre, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = centre.receive()
    found = receiving._same_sound
    missed_once = iter([True])

    def unseen(*asked: Any) -> models.Recording | None:
        return None if next(missed_once, False) else found(*asked)

    monkeypatch.setattr(receiving, "_same_sound", unseen)
    with nothing_changes():
        assert centre.receive() == replace(first, is_new=False)
    assert len(stored(home)) == 1


def test_nothing_is_inspected_before_it_is_heard(centre: Centre) -> None:
    centre.receive()
    assert not ContactInspection.objects.exists()


@pytest.mark.parametrize(
    ("sound", "limit", "error"),
    [(b"", 10**6, BadRecording), (SOUND, 100_000, RecordingTooLarge)],
    ids=["empty", "too large"],
)
def test_what_cannot_be_a_recording_leaves_nothing(
    centre: Centre,
    home: Path,
    settings: LazySettings,
    sound: bytes,
    limit: int,
    error: type[Invalid],
) -> None:
    settings.CONFIGURATION = replace(settings.CONFIGURATION, recording_limit=limit)
    with nothing_changes(), pytest.raises(error):
        centre.receive(sound)
    assert stored(home) == []


def test_a_sender_who_goes_in_the_middle_leaves_nothing(centre: Centre, home: Path) -> None:
    def broken_off() -> Iterator[bytes]:
        yield SOUND
        raise ConnectionResetError

    with nothing_changes(), pytest.raises(ConnectionResetError):
        receive_call(
            centre.hotline,
            facts=CallFacts(id="x"),
            sending=Sending(name="a.wav"),
            pieces=broken_off(),
            actor=centre.actor(),
            at=NOW,
        )
    assert stored(home) == []


def test_what_was_stored_and_never_told_of_is_swept_up_a_day_later(
    centre: Centre, home: Path
) -> None:
    centre.receive()
    (kept,) = stored(home)
    lost = kept.with_name("ff" * 20)
    lost.write_bytes(b"sealed, and then the process was killed")
    unfinished = kept.with_name(f".{'ee' * 20}.123")
    unfinished.write_bytes(b"begun")
    assert sweep_store(at=NOW.replace(year=2099)) == 2
    assert stored(home) == [kept]


def test_who_may_not_send_and_who_is_of_another_house(centre: Centre) -> None:
    with nothing_changes():
        with pytest.raises(RightMissing):
            centre.receive(role=Role.AGENT)
        with pytest.raises((RightMissing, NotFound)):
            receive_call(
                centre.hotline,
                facts=CallFacts(id="x"),
                sending=Sending(name="a.wav"),
                pieces=[SOUND],
                actor=centre.actor(OUTSIDER),
                at=NOW,
            )


def test_a_recording_is_attached_to_a_call_that_was_served_here(centre: Centre) -> None:
    first = centre.receive()
    Contact.objects.filter(pk=first.contact).update(imported_at=None)
    attached = receive_recording(
        first.contact,
        sending=Sending(name="b.wav"),
        pieces=[b"its other half"],
        actor=centre.actor(),
        at=NOW,
    )
    assert (attached.contact, attached.is_new) == (first.contact, True)
    other = centre.receive(b"another call", start=STARTED + timedelta(hours=1))
    with pytest.raises(KeptElsewhere):
        receive_recording(
            other.contact,
            sending=Sending(name="b.wav"),
            pieces=[SOUND],
            actor=centre.actor(),
            at=NOW,
        )


@pytest.mark.parametrize("values", [{"channel": "chat"}, {"state": "connected"}])
def test_a_chat_or_a_call_that_goes_on_has_no_recording(
    centre: Centre, values: dict[str, str]
) -> None:
    received = centre.receive()
    Contact.objects.filter(pk=received.contact).update(**values)
    with nothing_changes(), pytest.raises(NoCall):
        receive_recording(
            received.contact,
            sending=Sending(name="b.wav"),
            pieces=[b"other"],
            actor=centre.actor(),
            at=NOW,
        )


def test_without_its_key_nothing_is_lost_and_nothing_new_is_made(
    centre: Centre, home: Path
) -> None:
    received = centre.receive()
    file = home / "recordings.key"
    key = file.read_bytes()
    file.unlink()
    with pytest.raises(KeyMissing), sound_of(received.recording):
        pass
    with pytest.raises(KeyMissing):
        centre.receive(b"another")
    assert not file.exists()
    file.write_bytes(key)
    with sound_of(received.recording) as sound:
        assert sound.read() == SOUND


def test_under_another_key_a_sentence_says_which_is_missing(
    centre: Centre, settings: LazySettings
) -> None:
    received = centre.receive()
    wrong = MasterKey(new_key()).text()
    settings.CONFIGURATION = replace(settings.CONFIGURATION, recordings_key=wrong)
    with pytest.raises(KeyMissing) as caught, sound_of(received.recording):
        pass
    assert models.Recording.objects.get().key_id in str(caught.value)


def test_sound_that_was_changed_in_the_store_is_told_of(centre: Centre, home: Path) -> None:
    received = centre.receive()
    (file,) = stored(home)
    content = bytearray(file.read_bytes())
    content[70_000] ^= 1
    file.write_bytes(content)
    with sound_of(received.recording) as sound:
        assert sound.read(1000) == SOUND[:1000]
        with pytest.raises(SealBroken):
            sound.read()
