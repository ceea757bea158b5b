"""Contacts at the desk: taken, talked with, given on, ended; what is refused is said."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rexian.contacts.queries import transcript
from rexian.contacts.services import become_ready, say_as_customer
from rexian.desk.states import contact_states, desk_states
from rexian.journal.queries import newest_id
from rexian.kernel.errors import NotFound, Refused
from rexian.live.domain.topics import Watch, topic_named
from rexian.org.domain.roles import Role
from tests.cast import OUTSIDER, Cast, recorded
from tests.desk.conftest import Desk

pytestmark = pytest.mark.django_db


def test_an_offer_is_taken_by_one_request_that_can_be_repeated(desk: Desk) -> None:
    desk.ready()
    made = desk.arrival()
    for _ in range(2):
        answer = desk.post(f"contacts/{made}/accept")
        assert answer["status"] == 200
    assert [one["state"] for one in answer["desk"]["contacts"]] == ["connected"]
    assert len(recorded("contacts.contact_connected")) == 1


def test_a_line_that_is_sent_again_is_one_line(desk: Desk) -> None:
    made = desk.talk()
    first = desk.post(f"contacts/{made}/say", {"text": "您好", "sent_as": "one"})
    again = desk.post(f"contacts/{made}/say", {"text": "您好", "sent_as": "one"})
    assert first["line"] == again["line"]
    assert [one.text for one in transcript(made)].count("您好") == 1


def test_what_is_refused_is_a_sentence_with_its_field(desk: Desk) -> None:
    made = desk.talk()
    empty = desk.post(f"contacts/{made}/say", {"text": "  ", "sent_as": "x"})
    assert (empty["status"], empty["refused"]["code"]) == (422, "turn-empty")
    assert empty["refused"]["sentence"]
    assert desk.post(f"contacts/{made}/read", {"seq": "soon"})["status"] == 422
    assert desk.post("contacts/999999/say", {"text": "a"})["status"] == 404


def test_somebody_elses_contact_cannot_be_spoken_in(desk: Desk, cast: Cast) -> None:
    made = desk.talk()
    other = Desk(cast, Role.CALLBACK_AGENT, cast.client(Role.CALLBACK_AGENT))
    assert other.post(f"contacts/{made}/say", {"text": "我", "sent_as": "y"})["status"] == 404
    other.get(f"contacts/{made}/state", 404)


def test_the_state_has_the_newest_lines_and_the_rest_is_asked_for(desk: Desk) -> None:
    made = desk.talk()
    for number in range(40):
        desk.post(f"contacts/{made}/say", {"text": f"第{number}句", "sent_as": f"s{number}"})
    state = desk.get(f"contacts/{made}/state")
    assert len(state["lines"]) == 30
    earlier = desk.get(f"contacts/{made}/lines?after=0")["lines"]
    assert [one["seq"] for one in earlier] == list(range(1, len(earlier) + 1))
    assert earlier[-1] == state["lines"][-1]


def test_a_note_is_seen_by_colleagues_alone(desk: Desk) -> None:
    made = desk.talk()
    line = desk.post(f"contacts/{made}/note", {"text": "老客户", "sent_as": "n"})["line"]
    assert line["whisper"]
    assert recorded("contacts.whisper_sent")


def test_hold_and_transfer_answer_with_the_desk_as_it_is_then(desk: Desk) -> None:
    made = desk.talk()
    held = desk.post(f"contacts/{made}/hold")["desk"]["contacts"]
    assert [one["state"] for one in held] == ["held"]
    assert desk.post(f"contacts/{made}/retrieve")["status"] == 200
    assert desk.post(f"contacts/{made}/transfer", {"queue": "nowhere"})["status"] == 422
    become_ready(actor=desk.cast.actor(Role.TEAM_LEADER), at=timezone.now())
    moved = desk.post(f"contacts/{made}/transfer", {"queue": "complaints"})
    assert moved["status"] == 200
    assert "connected" not in [one["state"] for one in moved["desk"]["contacts"]]


def test_a_colleague_who_is_free_is_offered_the_contact(desk: Desk, cast: Cast) -> None:
    made = desk.talk()
    leader = cast.actor(Role.TEAM_LEADER)
    become_ready(actor=leader, at=timezone.now())
    (free,) = desk.get("colleagues")["colleagues"]
    assert free["name"] == "李强"
    answer = desk.post(f"contacts/{made}/transfer", {"agent": free["person"]})
    assert answer["desk"]["contacts"] == []


@pytest.mark.usefixtures("by_the_book")
def test_the_book_of_a_contact_has_the_words_of_a_wait_and_the_reasons_for_help(
    desk: Desk,
) -> None:
    made = desk.talk()
    book = desk.get(f"contacts/{made}/state")["book"]
    assert book["hold"] == {
        "clause": "CC-22",
        "ask": "对不起，请您稍等片刻，好吗？",
        "thanks": "对不起，让您久等了。",
    }
    assert [one["code"] for one in book["help"]] == ["CC-16", "CC-18", "CC-19", "CC-28"]
    assert book["help"][0]["title"] == "客户怒骂"
    assert "保持礼貌" in desk.get(f"contacts/{made}/clauses/CC-16")["text"]
    desk.get(f"contacts/{made}/clauses/NO-1", 404)
    assert desk.post(f"contacts/{made}/help", {"reason": "CC-16"})["status"] == 200
    assert recorded("contacts.help_asked")[0].data["reason"] == "CC-16"


@pytest.mark.usefixtures("by_the_book")
def test_before_the_farewells_a_contact_is_ended_only_with_a_reason(desk: Desk) -> None:
    made = desk.talk()
    desk.post(f"contacts/{made}/say", {"text": "您好，很高兴为您服务", "sent_as": "a"})
    ending = desk.get(f"contacts/{made}/state")["guide"]["ending"]
    assert ending["reason_needed"]
    refused = desk.post(f"contacts/{made}/end")
    assert (refused["status"], refused["refused"]["field"]) == (422, "reason")
    assert desk.post(f"contacts/{made}/end", {"reason": "mistaken"})["status"] == 200


def test_a_change_tells_the_newest_lines_and_a_page_that_lacks_more_asks(desk: Desk) -> None:
    made = desk.talk()
    for number in range(10):
        say_as_customer(made, text=f"第{number}句", sent_as=f"c{number}", at=timezone.now())
    topic = topic_named("contact")
    assert topic
    lines = topic.states([str(made)])[str(made)]["lines"]
    assert [one["text"] for one in lines] == [f"第{number}句" for number in range(4, 10)]
    before = lines[0]["seq"] - 1
    asked = desk.get(f"contacts/{made}/lines?after={before - 2}")["lines"]
    assert [one["text"] for one in asked[:2]] == ["第2句", "第3句"]


def test_what_an_agent_reads_is_kept_and_wakes_nobody(desk: Desk) -> None:
    made = desk.talk()
    say_as_customer(made, text="在吗", sent_as="c1", at=timezone.now())
    seq, before = transcript(made)[-1].seq, newest_id()
    assert desk.post(f"contacts/{made}/read", {"seq": seq})["status"] == 200
    assert newest_id() == before
    assert desk.get(f"contacts/{made}/state")["contact"]["seen"] == seq


@pytest.mark.usefixtures("by_the_book")
def test_the_guide_is_told_in_the_language_of_whoever_serves(desk: Desk) -> None:
    made = desk.talk()
    guide = contact_states([made], newest=1, at=timezone.now())[made]["guide"]
    assert guide["next"]["clause"] == "HW-3.7"  # a car that stands on a motorway is help at once
    assert guide["next"]["words"]


def test_the_topics_tell_those_whom_they_concern_and_nobody_else(desk: Desk, cast: Cast) -> None:
    made = desk.talk()
    keys = {"desk": str(desk.person), "contact": str(made), "queue": "1"}
    for name, key in keys.items():
        topic = topic_named(name)
        assert topic
        topic.may_watch(desk.actor, key)
        assert topic.states([key])[key]["now"]
        for stranger in (cast.actor(OUTSIDER), cast.actor(Role.HANDLER)):
            with pytest.raises((NotFound, Refused)):
                topic.may_watch(stranger, key)
        with pytest.raises((NotFound, Refused)):
            topic.may_watch(desk.actor, "0x1")


def test_a_turn_changes_its_contact_and_no_desk(desk: Desk) -> None:
    from rexian.journal.domain.entries import Entry  # noqa: PLC0415
    from rexian.live.domain.topics import changed_by  # noqa: PLC0415

    made = desk.talk()
    say_as_customer(made, text="在吗", sent_as="c1", at=timezone.now())
    row = recorded("contacts.turn_taken")[-1]
    entry = Entry(
        id=row.id,
        at=row.at,
        actor=row.actor,
        name=row.name,
        subject=row.subject,
        organisation=row.organisation,
        request=row.request,
        data=row.data,
    )
    ours = {one for one in changed_by(entry) if one.topic in {"desk", "contact", "queue"}}
    assert ours == {Watch("contact", str(made))}


def test_many_desks_and_contacts_cost_no_more_queries_than_one(desk: Desk) -> None:
    first, second = desk.talk(), desk.talk(visitor="second")
    leader, at = desk.cast.id(Role.TEAM_LEADER), timezone.now()
    assert queries(lambda: desk_states([desk.person], at=at)) == 2
    assert queries(lambda: desk_states([desk.person, leader], at=at)) == 2
    alone = queries(lambda: contact_states([first], newest=6, at=at))
    assert queries(lambda: contact_states([first, second], newest=6, at=at)) <= alone + 1


def queries(read: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as found:
        read()
    return len(found)
