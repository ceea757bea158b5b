"""What browsers, networks and mischief send: kept as text, or refused before anything heavy."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rexian.contacts import models
from rexian.contacts.domain.lines import LONGEST, Empty, TooLong, TooMany
from rexian.contacts.domain.numbers import NoNumber, read_number
from rexian.contacts.domain.presence import LEASE
from rexian.contacts.domain.refusals import NoSuchQueue
from rexian.contacts.domain.words import keepable, one_line, request_name, several_lines
from rexian.contacts.queries import contact, contact_of_visit, own_contacts, transcript, visit_key
from rexian.contacts.services import (
    Arrival,
    RecordDetails,
    accept_offer,
    arrive,
    end_contact,
    finish_contact,
    keep_visit,
    leave_message,
    renew_lease,
    save_record,
    say_as_customer,
    say_to_customer,
    whisper,
)
from rexian.contacts.services.lines import BURST
from rexian.contacts.services.turns import VISIT
from rexian.kernel.authority import Actor
from rexian.kernel.errors import NotFound
from rexian.org.domain.roles import Role
from tests.cast import nothing_changes, recorded
from tests.contacts.conftest import NOON, House, later, sweep

SCRIPT = "<script>alert('热线')</script>"


def served(house: House) -> tuple[int, Actor]:
    agent = house.ready()
    made = house.arrival()
    accept_offer(made, actor=agent, at=later(1))
    return made, agent


def said(contact_id: int) -> list[str]:
    return [one.text for one in transcript(contact_id) if one.text and not one.automatic]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  王 芳\n\t女士 ", "王 芳 女士"),
        (SCRIPT, SCRIPT),
        ("محمد", "محمد"),
        ("👩‍👩‍👧 Émile", "👩‍👩‍👧 Émile"),
        ("王\x00芳\x07", "王 芳"),
        ("王\ud800芳", "王 芳"),
        ("\u202e\u2066王芳\u2069", "王芳"),
        ("长" * 500, "长" * 80),
        ("\x00" * 50, ""),
    ],
)
def test_a_name_is_kept_as_text_in_one_line(written: str, kept: str) -> None:
    assert one_line(written, most=80) == kept


def test_words_keep_their_lines_and_lose_what_cannot_be_kept() -> None:
    assert several_lines("一\r\n二\r三\x00\ud83d ") == "一\n二\n三"
    assert keepable({"a\x00": ["b\ud800", 1, None, {"c": True}]}) == {
        "a": ["b", 1, None, {"c": True}]
    }


def test_names_of_requests_stay_different_however_long() -> None:
    long = "a" * 64
    assert request_name(long) == long
    assert request_name(long + "b") != request_name(long + "c")
    assert len(request_name("键\x00" * 100)) == 64
    assert request_name("") == ""


@pytest.mark.parametrize(
    "text", ["", "打电话", "1" * 10_000_000, "123", "١٣٨٠٠١٣٨٠٠٠", "138\x0000138000"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    with pytest.raises(NoNumber):
        read_number(text)


def test_a_number_is_read_however_it_is_written() -> None:
    assert {
        read_number(one) for one in ("138 0013 8000", "+86-138-0013-8000", "１３８００１３８０００")
    } == {"13800138000"}


@pytest.mark.django_db
def test_ten_megabytes_are_refused_before_anything_heavy(house: House) -> None:
    made, agent = served(house)
    huge = "长" * (10 * 1024 * 1024)
    begun = time.process_time()
    with nothing_changes(), CaptureQueriesContext(connection) as queries:
        asked = Arrival(sent_as="huge", text=huge, number="13800138000")
        for deed in (
            lambda: say_as_customer(made, text=huge, sent_as="h", at=later(2)),
            lambda: say_to_customer(made, text=huge, sent_as="h", actor=agent, at=later(2)),
            lambda: whisper(made, text=huge, sent_as="h", actor=agent, at=later(2)),
            lambda: arrive(house.code, arrival=asked, at=later(2)),
            lambda: leave_message(house.code, arrival=asked, at=later(2)),
        ):
            with pytest.raises(TooLong):
                deed()
        assert [one["sql"] for one in queries if not one["sql"].startswith(_FRAME)] == []
    assert time.process_time() - begun < 2


_FRAME = ("SAVEPOINT", "ROLLBACK TO", "RELEASE")


@pytest.mark.django_db
def test_a_turn_of_nothing_is_none(house: House) -> None:
    made, _ = served(house)
    for text in ("", "  \n ", "\x00\x00", "\ud800"):
        with nothing_changes(), pytest.raises(Empty):
            say_as_customer(made, text=text, sent_as="e", at=later(2))
    assert say_as_customer(made, text="长" * LONGEST, sent_as="l", at=later(3)).line


@pytest.mark.django_db
def test_everything_odd_at_once_is_kept_as_text(house: House) -> None:
    agent = house.ready()
    odd = f"{SCRIPT}\x00\ud800 👩‍👩‍👧 مرحبا"
    kept = f"{SCRIPT} 👩‍👩‍👧 مرحبا"
    made = house.arrival(
        name=odd, form=odd, matter=odd, text=odd, language=odd, sent_as=odd * 9, visitor=odd * 9
    )
    accept_offer(made, actor=agent, at=later(1))
    say_to_customer(made, text=odd, sent_as=odd, actor=agent, at=later(2))
    details = RecordDetails(
        category=odd, summary=odd, result=odd, values={odd: odd}, missing={odd: odd}, name=odd
    )
    save_record(made, details=details, actor=agent, at=later(3))
    assert said(made) == [kept, kept]
    shown = contact(made, actor=agent)
    assert shown.name.startswith("<script>alert('热线')</script> 👩")
    with pytest.raises(NoSuchQueue):
        house.arrival(queue=odd)
    with pytest.raises(NotFound):
        arrive(odd, arrival=Arrival(sent_as="x"), at=later(2))


@pytest.mark.django_db
def test_a_hundred_messages_a_second_are_held_off_and_none_is_stored_twice(house: House) -> None:
    made, _ = served(house)
    taken = 0
    for number in range(200):
        at = later(2) + timedelta(milliseconds=10 * (number // 2))
        try:
            say_as_customer(made, text=f"第{number // 2}条", sent_as=f"{number // 2}", at=at)
            taken += 1
        except TooMany:
            continue
    texts = said(made)[1:]
    assert texts == [f"第{number}条" for number in range(len(texts))]
    assert len(texts) <= BURST
    assert taken == 2 * len(texts)
    assert len(recorded("contacts.turn_taken")) == len(transcript(made)) - 2  # ring and answer
    assert say_as_customer(made, text="缓一缓", sent_as="later", at=later(15)).line


@pytest.mark.django_db
def test_a_flood_after_the_end_is_one_contact(house: House) -> None:

    made, agent = served(house)
    end_contact(made, actor=agent, at=later(2))
    save_record(made, details=RecordDetails(category="road"), actor=agent, at=later(2))
    finish_contact(made, actor=agent, at=later(3))
    for number in range(100):
        try:
            say_as_customer(made, text=f"{number}", sent_as=f"{number}", at=later(4))
        except TooMany:
            continue
    assert models.Contact.objects.exclude(pk=made).count() == 1


@pytest.mark.django_db
def test_taking_a_turn_asks_the_database_few_times(house: House) -> None:
    made, agent = served(house)
    say_to_customer(made, text="您好", sent_as="0", actor=agent, at=later(2))
    for deed in (
        lambda: say_to_customer(made, text="请讲", sent_as="1", actor=agent, at=later(3)),
        lambda: say_as_customer(made, text="路况", sent_as="2", at=later(4)),
    ):
        with CaptureQueriesContext(connection) as queries:
            deed()
        ours = [
            one["sql"] for one in queries if "contacts_" in one["sql"] or "journal" in one["sql"]
        ]
        assert len(ours) <= 10, ours
    with CaptureQueriesContext(connection) as queries:
        keep_visit(made, at=later(5))
    assert len(queries) == 1


@pytest.mark.django_db
def test_routing_a_long_queue_asks_no_more_often_than_a_short_one(house: House) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            house.arrival(after=1)
        return len(queries)

    first = asked()
    for _ in range(30):
        house.arrival(after=1)
    assert asked() == first


# Clocks


@pytest.mark.django_db
def test_a_clock_that_is_set_back_breaks_no_order(house: House) -> None:
    made, agent = served(house)
    say_as_customer(made, text="一", sent_as="1", at=later(3600))
    say_to_customer(made, text="二", sent_as="2", actor=agent, at=later(5))
    say_as_customer(made, text="三", sent_as="3", at=later(7))
    lines = transcript(made)
    assert said(made)[-3:] == ["一", "二", "三"]
    assert [one.at for one in lines] == sorted(one.at for one in lines)


@pytest.mark.django_db
def test_a_clock_that_is_set_back_silences_nobody(house: House) -> None:
    made, _ = served(house)
    for number in range(BURST):
        say_as_customer(made, text=f"{number}", sent_as=f"{number}", at=later(3600))
    assert say_as_customer(made, text="还在", sent_as="x", at=later(60)).contact == made


@pytest.mark.django_db
def test_a_clock_that_is_set_back_makes_no_lease_longer(house: House) -> None:
    agent = house.ready(after=7200)
    house.arrival(after=7201)
    waits = house.arrival(after=7202, queue="general")
    sweep(later(0))
    row = models.Presence.objects.get(pk=agent.person)
    assert row.lease_until == NOON + LEASE
    offered = own_contacts(agent)
    assert [one.offer_until for one in offered] == [later(20)] * len(offered)
    assert renew_lease(actor=agent, at=later(30)) == "ready"
    assert models.Presence.objects.get(pk=agent.person).lease_until == later(30) + LEASE
    keep_visit(waits, at=later(30))
    assert models.Contact.objects.get(pk=waits).visitor_until == later(30) + VISIT


@pytest.mark.django_db
def test_who_arrives_by_a_slower_clock_overtakes_nobody(house: House) -> None:
    first = house.arrival(after=10)
    house.arrival(after=2)
    agent = house.ready(Role.CALLBACK_AGENT, after=20)
    assert [one.id for one in own_contacts(agent)] == [first]


@pytest.mark.django_db
def test_a_key_is_one_text_and_opens_one_contact(house: House) -> None:
    made = house.arrival()
    key = visit_key(made)
    assert contact_of_visit(key) == made
    for wrong in (f"0{key}", key[:-1], key.upper() + " ", f"{made}-", "", "-", "1" * 30 + "-x"):
        with pytest.raises(NotFound):
            contact_of_visit(wrong)
