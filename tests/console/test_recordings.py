"""Recordings at the console: sent in, told what they cost, started, read of, listened to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from rexian.clockwork.services.working import Worker
from rexian.org.domain.roles import Role
from rexian.quality.models import Sample, SampledContact
from rexian.speech import models
from rexian.speech.domain.batches import BatchState
from tests.cast import recorded
from tests.console.test_samples import PLAN
from tests.speech.overnight.conftest import Night, night, reader
from tests.speech.overnight.sounds import call

__all__ = ["night", "reader"]

pytestmark = pytest.mark.django_db


def content(answer: Any) -> str:
    """Return what is sent, at once or piece by piece."""
    return b"".join(answer).decode("utf-8-sig")


def text(answer: Any) -> str:
    return str(answer.content.decode())


def send(night: Night, **changes: Any) -> Any:
    """Send two recordings and something else in, in the browser."""
    files = [
        SimpleUploadedFile("晚班一.wav", call(4)),
        SimpleUploadedFile("晚班二.wav", call(2, seed=5)),
        SimpleUploadedFile("坏.wav", b"no sound"),
    ]
    given = {"hotline": night.hotline, "channels": "agent,customer", "standard": "", **changes}
    client = night.cast.client(Role.MANAGER)
    return client.post("/recordings/new", {"uploads": files, **given})


def work(times: int = 1) -> None:
    """Do what is due by now."""
    for _ in range(times):
        Worker("console").tick(timezone.now() + timedelta(seconds=5))


def test_a_manager_sends_recordings_in_sees_the_cost_and_has_them_heard(night: Night) -> None:
    client = night.cast.client(Role.MANAGER)
    answer = send(night)
    assert answer.status_code == 302
    page = answer["Location"]
    assert "正在收入" in text(client.get(page)) or client.get(page).status_code == 200
    work()
    ready = text(client.get(page))
    assert "晚班一.wav" in ready
    assert 'name="wants"' in ready
    started = client.post(f"{page}start", {"wants": "words", "priority": "1", "when": "now"})
    assert started.status_code == 302, text(started)
    work()
    batch = models.RecordingBatch.objects.get()
    assert batch.state == BatchState.DONE
    done = text(client.get(f"{page}?show=missed&sort=score"))
    contact = models.Hearing.objects.filter(name="晚班一.wav").get().contact_id
    assert f"/contacts/{contact}/" in done
    assert "坏.wav" in text(client.get(f"{page}?show=spoilt"))
    table = b"".join(client.get(f"{page}calls.csv")).decode("utf-8-sig")
    assert "晚班二.wav" in table


def test_the_page_of_a_call_shows_it_and_plays_it_to_whoever_says_why(night: Night) -> None:
    client = night.cast.client(Role.MANAGER)
    page = send(night)["Location"]
    work()
    client.post(f"{page}start", {"wants": "words", "priority": "1", "when": "now"})
    work()
    hearing = models.Hearing.objects.get(name="晚班一.wav")
    address = f"/contacts/{hearing.contact_id}/"
    shown = text(client.get(address))
    assert "您好" in shown
    assert 'class="review"' in shown
    assert "<audio" not in shown
    listen = f"{address}recordings/{hearing.recording_id}/listen"
    opened = client.post(listen, {"reason": "review"})
    assert opened.status_code == 302
    assert recorded("speech.recording_opened")
    player = text(client.get(opened["Location"].partition("#")[0]))
    sound = f"{address}sound/"
    assert sound in player
    grant = player.split(sound)[1].split('"')[0]
    piece = client.get(f"{sound}{grant}", HTTP_RANGE="bytes=0-3")
    assert (piece.status_code, b"".join(piece)) == (206, b"RIFF")
    assert night.cast.client(Role.INSPECTOR).get(f"{sound}{grant}").status_code == 404


def test_an_agent_reads_and_hears_her_own_call_and_no_other(night: Night) -> None:
    number = night.cast.person(Role.AGENT).agent_number
    table = f"文件,工号\n晚班一.wav,{number}\n".encode()
    batch = night.send({"晚班一.wav": call(4), "晚班二.wav": call(2, seed=5), "facts.csv": table})
    night.start(batch)
    night.work()
    own = models.Hearing.objects.get(name="晚班一.wav")
    other = models.Hearing.objects.get(name="晚班二.wav")
    agent = night.cast.client(Role.AGENT)
    address = f"/contacts/{own.contact_id}/"
    assert "您好" in text(agent.get(address))
    assert agent.get(f"/contacts/{other.contact_id}/").status_code in {403, 404}
    listen = f"{address}recordings/{own.recording_id}/listen"
    opened = agent.post(listen, {"reason": "own-call"})
    assert "<audio" in text(agent.get(opened["Location"].partition("#")[0]))
    strange = f"/contacts/{other.contact_id}/recordings/{own.recording_id}/listen"
    assert night.cast.client(Role.MANAGER).post(strange, {"reason": "review"}).status_code == 404


def test_what_is_listened_to_blind_shows_no_findings_among_its_recordings(night: Night) -> None:
    page = send(night)["Location"]
    work()
    client = night.cast.client(Role.MANAGER)
    client.post(f"{page}start", {"wants": "words", "priority": "1", "when": "now"})
    work()
    contact = models.Hearing.objects.get(name="晚班一.wav").contact
    assert contact is not None
    models.Hearing.objects.filter(contact=contact).update(score=12.5, missed=7)
    told = {name: PLAN[name] for name in ("title", "standard", "since", "until", "method", "seed")}
    taken = Sample.objects.create(
        **told, organisation_id=night.cast.organisation, candidates=1, clauses=[], trusted_from=0.6,
        drawn_by="", drawn_at=timezone.now(),
    )  # fmt: skip
    SampledContact.objects.create(
        sample=taken, contact=contact, place=1, taken_by_id=night.cast.id(Role.MANAGER)
    )
    for address, found in ((page, "<b>7</b>"), (f"{page}calls.csv", "12.5,7,")):
        assert found not in content(client.get(address))
        assert found in content(night.cast.client(Role.INSPECTOR).get(address))
