"""A contact with a recording is judged by what was heard in it, and shown as any other."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from rexian.contacts.models import Contact, Line
from rexian.contacts.queries import transcript
from rexian.dialogue.models import ContactInspection, Finding, RuleDay
from rexian.dialogue.queries.findings import inspection_of
from rexian.dialogue.queries.judged import read_contact
from rexian.dialogue.queries.reading import contact_to_read
from rexian.dialogue.services.inspecting_contacts import inspect_contact
from rexian.dialogue.services.reviewing import confirm_finding
from rexian.org.domain.roles import Role
from rexian.speech import models
from rexian.speech.domain.conversations import conversation_of
from rexian.speech.domain.heard import HeardCall, Word
from rexian.speech.queries import heard_call
from rexian.speech.services.attaching import (
    facts_of,
    keep_heard,
    keep_passage,
    passages_known,
    refuse_recording,
)
from rexian.speech.services.receiving import Received
from rexian.standard.domain.events import Speaker, Turn
from tests.cast import NOW, nothing_changes, recorded
from tests.speech.kept.calls import CALL, call_of
from tests.speech.kept.conftest import STARTED, Centre


def hear(received: Received, call: HeardCall = CALL, *, after: float = 60) -> int:
    """Have a recording be heard, so many seconds after it came in."""
    conversation = conversation_of(call, facts_of(received.recording))
    at = NOW + timedelta(seconds=after)
    return keep_heard(received.recording, heard=call, conversation=conversation, at=at)


def test_what_was_heard_becomes_the_transcript(centre: Centre) -> None:
    received = centre.receive()
    hear(received)
    lines = transcript(received.contact)
    assert [(one.seq, one.speaker, one.text, one.signal) for one in lines] == [
        (1, "system", "", "ring"),
        (2, "agent", "", "answer"),
        (3, "agent", "您好华通高速", None),
        (4, "customer", "前面堵车吗", None),
        (5, "agent", "不知道", None),
        (6, "customer", "再见", None),
        (7, "customer", "", "hang_up"),
    ]
    assert [one.at - STARTED for one in lines if one.text][:2] == [
        timedelta(seconds=6), timedelta(seconds=9),
    ]  # fmt: skip
    agent = centre.cast.id(Role.AGENT)
    assert {one.person for one in lines if one.speaker == "agent"} == {agent}


def test_the_contact_is_judged_by_real_times_and_findings_point_at_lines(centre: Centre) -> None:
    received = centre.receive()
    hear(received)
    judged = read_contact(received.contact)
    turns = [one for one in judged.events if isinstance(one, Turn)]
    assert [(one.index, one.start) for one in turns] == [(3, 6.0), (4, 9.0), (5, 12.0), (6, 16.0)]
    assert all(one.voice is not None and one.voice.loudness == -20.0 for one in turns)
    inspection = inspection_of(received.contact, actor=centre.actor(), language="zh-Hans")
    assert inspection is not None
    forbidden = [one for one in inspection.findings if one.clause == "HW-3.12"]
    assert [(one.turns, one.person, one.at_seconds) for one in forbidden] == [
        ((5,), centre.cast.id(Role.AGENT), 12.0)
    ]
    assert ContactInspection.objects.get().day == STARTED.date()
    assert RuleDay.objects.filter(rule=forbidden[0].rule, day=STARTED.date(), missed=1).exists()


def test_lines_and_turns_of_the_recording_find_each_other(centre: Centre) -> None:
    received = centre.receive()
    hear(received)
    shown = heard_call(received.contact, actor=centre.actor())
    assert shown is not None
    assert (shown.recording, shown.heard) == (received.recording, CALL)
    assert shown.turn_of == {3: 0, 4: 1, 5: 2, 6: 3}


def test_the_call_has_the_times_that_were_heard(centre: Centre) -> None:
    received = centre.receive()
    hear(received)
    shown = contact_to_read(received.contact, actor=centre.actor())
    assert shown.connected_at == STARTED + timedelta(seconds=5)
    assert shown.ended_at == shown.talked_until == STARTED + timedelta(seconds=20)
    row = models.Recording.objects.get()
    assert (row.state, row.seconds, row.roles) == ("heard", 20.0, ["agent", "customer"])


def test_heard_again_the_same_changes_nothing(centre: Centre) -> None:
    received = centre.receive()
    hear(received)
    with nothing_changes():
        hear(received, after=120)
        inspect_contact(received.contact, at=NOW + timedelta(seconds=150))


def test_a_second_hearing_replaces_the_first_and_what_was_reviewed_stays(centre: Centre) -> None:
    received = centre.receive()
    hear(received)
    finding = Finding.objects.get(clause="HW-3.12")
    confirm_finding(finding.pk, version=1, actor=centre.actor(), at=NOW + timedelta(seconds=90))
    better = call_of((Speaker.AGENT, "您好华通高速"), (Speaker.CUSTOMER, "前面堵车吗"))
    hear(received, replace(better, recogniser="another"), after=120)
    assert [one.text for one in transcript(received.contact) if one.text] == [
        "您好华通高速", "前面堵车吗",
    ]  # fmt: skip
    assert models.Heard.objects.get().recogniser == "another"
    finding.refresh_from_db()
    assert finding.review == "confirmed"
    assert len(recorded("dialogue.contact_inspected")) == 2


def test_where_the_sides_cannot_be_told_apart_nobody_is_named(centre: Centre) -> None:
    received = centre.receive()
    mono = call_of((Speaker.UNKNOWN, "您好华通高速"), (Speaker.UNKNOWN, "不知道"))
    hear(received, replace(mono, roles=(Speaker.UNKNOWN,)))
    assert {one.speaker for one in transcript(received.contact) if one.text} == {"unknown"}
    assert not Finding.objects.filter(clause="HW-3.12", outcome="missed").exists()


def test_a_contact_with_signals_of_its_own_gets_the_turns_alone(centre: Centre) -> None:
    received = centre.receive()
    Contact.objects.update(imported_at=None, lines=1)
    Line.objects.create(
        contact_id=received.contact, seq=1, at=STARTED, speaker="system", signal="answer"
    )
    hear(received)
    assert [(one.seq, one.text) for one in transcript(received.contact)] == [
        (1, ""), (2, "您好华通高速"), (3, "前面堵车吗"), (4, "不知道"), (5, "再见"),
    ]  # fmt: skip


def test_whoever_was_killed_goes_on_behind_the_passages_that_were_read(centre: Centre) -> None:
    received = centre.receive()
    words = (Word("您", 6.0, 6.2, 0.9), Word("好", 6.2, 6.4, 0.8))
    for _ in range(2):
        keep_passage(
            received.recording,
            recogniser="whisper base",
            passage=(0, 96_000, 128_000),
            words=words,
            at=NOW,
        )
    known = passages_known(received.recording, recogniser="whisper base")
    assert known == {(0, 96_000, 128_000): words}
    assert passages_known(received.recording, recogniser="another") == {}


def test_a_recording_that_nobody_can_hear_says_why(centre: Centre) -> None:
    received = centre.receive()
    for _ in range(2):
        refuse_recording(received.recording, problem="no-sound", at=NOW)
    row = models.Recording.objects.get()
    assert (row.state, row.problem) == ("unreadable", "no-sound")
    assert [one.data["problem"] for one in recorded("speech.recording_refused")] == ["no-sound"]
