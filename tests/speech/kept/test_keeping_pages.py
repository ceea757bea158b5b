"""Whoever keeps recordings says for how long, holds one, removes one, and hands out the proofs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from rexian.dialogue.models import Finding
from rexian.org.domain.roles import Role
from rexian.speech.domain.conversations import conversation_of
from rexian.speech.domain.recordings import RecordingKind
from rexian.speech.models import Recording
from rexian.speech.queries import rules_of
from rexian.speech.services.attaching import facts_of, keep_heard
from rexian.speech.services.receiving import Received
from rexian.speech.services.retaining import remove_due
from rexian.standard.domain.events import Speaker
from tests.cast import NOW, recorded
from tests.speech.kept.calls import call_of
from tests.speech.kept.conftest import STARTED, Centre


@pytest.fixture
def manager(centre: Centre) -> Any:
    return centre.cast.client(Role.MANAGER)


@pytest.fixture
def received(centre: Centre) -> Received:
    return centre.receive()


def told(client: Any) -> str:
    """Return the page of how long recordings are kept."""
    return str(client.get(reverse("console:recordings-keeping")).content.decode())


def sent(client: Any, name: str, recording: Received | None = None, **values: object) -> Any:
    """Send a form of it."""
    address = reverse(f"console:{name}", args=[recording.recording] if recording else [])
    return client.post(address, values)


@pytest.mark.usefixtures("received")
def test_a_rule_is_set_by_kind_and_what_goes_next_is_told(centre: Centre, manager: Any) -> None:
    assert "永久" in told(manager) or "for good" in told(manager)
    address = reverse("console:retention-rule") + "?kind=ordinary"
    answer = manager.post(address, {"days": "1", "words": "on", "version": "0"})
    assert answer.status_code == 302
    rule = rules_of(centre.cast.organisation)[RecordingKind.ORDINARY]
    assert (rule.days, rule.words) == (1, True)
    if timezone.now() > STARTED + timedelta(days=3):
        assert "tone-caution" in told(manager)
    again = manager.post(address, {"days": "9", "version": "0"})
    assert again.status_code == 422


def test_a_recording_is_held_with_a_reason_and_released(manager: Any, received: Received) -> None:
    assert sent(manager, "hold-recording", received, why="").status_code == 422
    assert sent(manager, "hold-recording", received, why="法院来函").status_code == 302
    assert "法院来函" in told(manager)
    assert sent(manager, "remove-recording", received).status_code == 422
    assert sent(manager, "release-recording", received).status_code == 302
    assert "法院来函" not in told(manager)


def test_a_recording_is_removed_and_the_proof_is_handed_out(
    manager: Any, received: Received
) -> None:
    digest = Recording.objects.get().digest
    assert sent(manager, "remove-recording", received).status_code == 302
    assert digest[:16] in told(manager)
    answer = manager.get(reverse("console:removed-recordings"))
    table = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    (entry,) = recorded("speech.recording_removed")
    assert len(table) == 2
    assert digest in table[1]
    assert table[1].endswith(str(entry.pk))


def test_a_recording_is_kept_as_an_example(centre: Centre, manager: Any) -> None:
    received = centre.receive()
    form = manager.get(reverse("console:keep-recording-as", args=[received.recording]))
    assert form.status_code == 200
    assert (
        sent(manager, "keep-recording-as", received, kind="example", version=1).status_code == 302
    )
    assert Recording.objects.get().kind == "example"
    assert remove_due(at=timezone.now()) == 0


def test_a_quote_tells_no_numbers_to_whoever_may_not_listen(centre: Centre, manager: Any) -> None:
    said = "身份证110101199003071234，不知道"
    received = centre.receive()
    call = call_of((Speaker.AGENT, "您好"), (Speaker.CUSTOMER, "你好"), (Speaker.AGENT, said))
    conversation = conversation_of(call, facts_of(received.recording))
    keep_heard(received.recording, heard=call, conversation=conversation, at=NOW)
    Finding.objects.filter(clause="HW-3.12").update(quote=said)
    sent(manager, "remove-recording", received, sure="yes")
    address = reverse("console:contact", args=[received.contact])
    for role, is_told in ((Role.ASSESSOR, False), (Role.INSPECTOR, True)):
        page = centre.cast.client(role).get(address).content.decode()
        assert "HW-3.12" in page
        assert ("110101199003071234" in page) is is_told
