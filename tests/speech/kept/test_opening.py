"""Nobody hears a recording without the journal saying who it was, and why."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from rexian.kernel.authority import RightMissing
from rexian.kernel.errors import NotFound
from rexian.org.domain.roles import Role
from rexian.speech.domain.opening import GrantOver, NoReason
from rexian.speech.domain.recordings import RecordingRemoved
from rexian.speech.domain.sealing import KeyMissing
from rexian.speech.services.opening import grant_listening, listen_under
from rexian.speech.services.retaining import remove_recording
from tests.cast import NOW, OUTSIDER, nothing_changes, recorded
from tests.speech.kept.conftest import SOUND, Centre

SOON = NOW + timedelta(minutes=5)


def test_an_opening_is_journalled_once_and_played_in_any_pieces(centre: Centre) -> None:
    received = centre.receive()
    inspector = centre.actor()
    grant = grant_listening(received.recording, reason="review", actor=inspector, at=NOW)
    (entry,) = recorded("speech.recording_opened")
    assert (entry.actor, entry.subject, entry.data["reason"], entry.data["grant"]) == (
        inspector.code, f"recording:{received.recording}", "review", grant.id,
    )  # fmt: skip
    with nothing_changes():
        for start, stop in ((0, None), (65_530, 65_550), (100_000, 100_001), (0, 1)):
            listened = listen_under(grant.id, actor=inspector, at=SOON)
            assert b"".join(listened.pieces(start, stop)) == SOUND[start:stop]
        again = grant_listening(received.recording, reason="review", actor=inspector, at=SOON)
    assert again == grant


def test_another_reason_or_another_hour_is_another_entry(centre: Centre) -> None:
    received = centre.receive()
    inspector = centre.actor()
    later = NOW + timedelta(minutes=31)
    first = grant_listening(received.recording, reason="review", actor=inspector, at=NOW)
    grant_listening(received.recording, reason="other", note="核对车牌", actor=inspector, at=NOW)
    with pytest.raises(GrantOver):
        listen_under(first.id, actor=inspector, at=later)
    grant_listening(received.recording, reason="review", actor=inspector, at=later)
    assert [one.data["reason"] for one in recorded("speech.recording_opened")] == [
        "review", "other", "review",
    ]  # fmt: skip
    assert "核对车牌" not in str([one.data for one in recorded()])


@pytest.mark.parametrize(("reason", "note"), [("", ""), ("curious", ""), ("other", "  ")])
def test_without_a_reason_nothing_opens(centre: Centre, reason: str, note: str) -> None:
    received = centre.receive()
    with nothing_changes(), pytest.raises(NoReason):
        grant_listening(received.recording, reason=reason, note=note, actor=centre.actor(), at=NOW)


def test_who_may_listen(centre: Centre) -> None:
    received = centre.receive()
    for role in (Role.INSPECTOR, Role.MANAGER, Role.TEAM_LEADER, Role.AGENT):
        actor = centre.actor(role)
        grant = grant_listening(received.recording, reason="training", actor=actor, at=NOW)
        assert listen_under(grant.id, actor=actor, at=SOON).size == len(SOUND)
    assert len(recorded("speech.recording_opened")) == 4
    with nothing_changes():
        for other, error in (
            (Role.ASSESSOR, RightMissing),
            (Role.HANDLER, NotFound),
            (Role.CALLBACK_AGENT, NotFound),
            (OUTSIDER, NotFound),
        ):
            actor = centre.actor(other)
            with pytest.raises(error):
                grant_listening(received.recording, reason="review", actor=actor, at=NOW)


def test_anothers_leave_is_nobodys(centre: Centre) -> None:
    received = centre.receive()
    grant = grant_listening(received.recording, reason="review", actor=centre.actor(), at=NOW)
    with pytest.raises(NotFound):
        listen_under(grant.id, actor=centre.actor(Role.MANAGER), at=SOON)


def test_a_removed_recording_is_not_heard_under_an_old_leave(centre: Centre) -> None:
    received = centre.receive()
    grant = grant_listening(received.recording, reason="review", actor=centre.actor(), at=NOW)
    remove_recording(received.recording, actor=centre.actor(Role.MANAGER), at=NOW)
    with pytest.raises(RecordingRemoved):
        listen_under(grant.id, actor=centre.actor(), at=SOON)
    with pytest.raises(RecordingRemoved):
        grant_listening(received.recording, reason="review", actor=centre.actor(), at=SOON)


def test_where_the_key_is_missing_nobody_is_said_to_have_listened(
    centre: Centre, home: Path
) -> None:
    received = centre.receive()
    (home / "recordings.key").unlink()
    with nothing_changes(), pytest.raises(KeyMissing):
        grant_listening(received.recording, reason="review", actor=centre.actor(), at=NOW)
