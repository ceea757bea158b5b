"""A machine sends recordings in, listens, and proves that they are gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from rexian.contacts.domain.hotlines import HotlineDetails
from rexian.contacts.queries import QueueShown
from rexian.contacts.services import set_up_hotline
from rexian.org.domain.roles import Role
from rexian.speech.models import Hearing, Recording
from tests.cast import Cast, recorded
from tests.rest.conftest import Machine

SOUND = bytes(range(256)) * 400
CALL = {"hotline": "recorded", "agent": "0000", "channels": "agent,customer", "id": "A-1"}


@pytest.fixture(autouse=True)
def hotline(cast: Cast, tmp_path: Path, settings: LazySettings) -> None:
    """Set up a hotline, and a home in which recordings are kept."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, home=tmp_path)
    set_up_hotline(
        cast.units["centre"],
        details=HotlineDetails(code="recorded", name="热线", company="华通", standard="highway"),
        queues=(QueueShown("general", "咨询", emergency=False),),
        actor=cast.actor(Role.MANAGER),
        at=timezone.now(),
    )


def sent(machine: Machine, content: bytes = SOUND, /, **call: str) -> Any:
    """Send a recording, and return the answer."""
    file = SimpleUploadedFile("a.wav", content, "audio/wav")
    return machine.upload("/recordings", file=file, **{**CALL, **call})


def heard(machine: Machine, number: int, wanted: str = "", **asked: str) -> Any:
    """Ask for the sound of a recording, or for a piece of it."""
    headers = {"Authorization": f"Bearer {machine.token}"} | ({"Range": wanted} if wanted else {})
    return Client().get(f"/api/v1/recordings/{number}/sound", asked, headers=headers)


def test_a_recording_is_sent_and_waits_to_be_heard(machine: Callable[..., Machine]) -> None:
    inspector = machine()
    answer = sent(inspector)
    told = answer.json()
    assert (answer.status_code, told["state"], told["size"], told["channels"]) == (
        201, "kept", len(SOUND), ["agent", "customer"],
    )  # fmt: skip
    assert answer["Location"] == f"/api/v1/recordings/{told['id']}"
    assert Hearing.objects.get().recording_id == told["id"]
    assert sent(inspector).json()["id"] == told["id"]
    read = inspector.get(f"/recordings/{told['id']}").json()
    assert read | {"received_at": ""} == told | {"received_at": ""}
    assert inspector.get("/recordings").json()["items"] == [read]
    assert inspector.get("/recordings", contact=told["contact"]).json()["total"] == 1


@pytest.mark.parametrize(
    ("wanted", "status", "piece"),
    [
        ("", 200, SOUND),
        ("bytes=0-99", 206, SOUND[:100]),
        ("bytes=65500-65600", 206, SOUND[65500:65601]),
        ("bytes=102000-", 206, SOUND[102000:]),
        ("bytes=-10", 206, SOUND[-10:]),
        ("bytes=5-2", 200, SOUND),
        ("bytes=1-2,4-5", 200, SOUND),
        ("bytes=999999-", 416, b""),
    ],
)
def test_the_sound_is_had_whole_or_in_pieces(
    machine: Callable[..., Machine], wanted: str, status: int, piece: bytes
) -> None:
    inspector = machine()
    number = sent(inspector).json()["id"]
    answer = heard(inspector, number, wanted, reason="review")
    assert answer.status_code == status
    content = answer.getvalue()
    assert content == piece
    if status == 206:
        assert int(answer["Content-Length"]) == len(piece)
        assert answer["Content-Range"].endswith(f"/{len(SOUND)}")


def test_who_listens_stands_in_the_journal_once(machine: Callable[..., Machine]) -> None:
    inspector = machine()
    number = sent(inspector).json()["id"]
    for wanted in ("", "bytes=0-9", "bytes=10-19"):
        heard(inspector, number, wanted, reason="complaint").getvalue()
    (entry,) = recorded("speech.recording_opened")
    assert (entry.actor, entry.data["reason"]) == (f"token:{inspector.token_id}", "complaint")


def test_without_a_reason_there_is_no_sound(machine: Callable[..., Machine]) -> None:
    inspector = machine()
    number = sent(inspector).json()["id"]
    assert heard(inspector, number).status_code == 422
    assert heard(inspector, number, reason="other").json()["code"] == "listening-needs-reason"
    assert recorded("speech.recording_opened") == []


def test_masked_sound_needs_words(machine: Callable[..., Machine]) -> None:
    inspector = machine()
    number = sent(inspector).json()["id"]
    answer = heard(inspector, number, reason="training", masked="true")
    assert (answer.status_code, answer.json()["code"]) == (403, "recording-not-read")


def test_a_recording_is_held_released_and_removed(machine: Callable[..., Machine]) -> None:
    manager = machine(Role.MANAGER)
    number = sent(manager).json()["id"]
    held = manager.post(f"/recordings/{number}/hold", {"why": "诉讼"}).json()
    assert held["held_why"] == "诉讼"
    assert manager.delete(f"/recordings/{number}").json()["code"] == "recording-held"
    assert manager.delete(f"/recordings/{number}/hold").json()["held_at"] is None
    assert manager.delete(f"/recordings/{number}").status_code == 204
    assert manager.get(f"/recordings/{number}").json()["state"] == "removed"
    (proof,) = manager.get("/recordings/removed").json()
    assert (proof["recording"], proof["cause"]) == (number, "request")
    assert heard(manager, number, reason="review").status_code == 404


def test_who_may_not_is_told_so_and_leaves_nothing(machine: Callable[..., Machine]) -> None:
    leader, other = machine(Role.TEAM_LEADER), machine("outsider")
    number = sent(machine()).json()["id"]
    before = Recording.objects.count()
    assert sent(leader, b"another").json()["code"] == "right-missing"
    assert sent(other, b"another").status_code in {403, 404}
    assert other.get(f"/recordings/{number}").status_code == 404
    assert heard(other, number, reason="review").status_code == 404
    assert leader.delete(f"/recordings/{number}").json()["code"] == "right-missing"
    assert Recording.objects.count() == before


@pytest.mark.parametrize(
    ("call", "status"),
    [({"hotline": "none"}, 404), ({"channels": "both"}, 422), ({"contact": "99"}, 404)],
)
def test_what_cannot_be_taken_is_refused(
    machine: Callable[..., Machine], call: dict[str, str], status: int
) -> None:
    assert sent(machine(), SOUND, **call).status_code == status
    assert not Recording.objects.exists()
