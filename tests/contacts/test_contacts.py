"""The life of a contact, from its arrival to its record."""

from __future__ import annotations

import pytest

from rexian.contacts.domain.lifecycle import Ending, NotNow, State
from rexian.contacts.domain.presence import There
from rexian.contacts.domain.refusals import NotTheirs, RecordMissing
from rexian.contacts.queries import contact, own_contacts, own_presence, transcript
from rexian.contacts.services import (
    RecordDetails,
    accept_offer,
    end_contact,
    finish_contact,
    hold_contact,
    leave_as_customer,
    retrieve_contact,
    save_record,
    say_as_customer,
    say_to_customer,
    take_over,
)
from rexian.org.domain.roles import Role
from tests.cast import recorded
from tests.contacts.conftest import House, later

pytestmark = pytest.mark.django_db


def test_an_enquiry_is_served_from_its_arrival_to_its_record(house: House) -> None:
    agent = house.ready()
    made = house.arrival(after=1)
    assert [one.id for one in own_contacts(agent)] == [made]
    accept_offer(made, actor=agent, at=later(3))
    say_to_customer(made, text="您好", sent_as="a", actor=agent, at=later(4))
    hold_contact(made, actor=agent, at=later(5))
    retrieve_contact(made, actor=agent, at=later(9))
    say_as_customer(made, text="谢谢", sent_as="b", at=later(10))
    end_contact(made, actor=agent, at=later(11))
    with pytest.raises(RecordMissing):
        finish_contact(made, actor=agent, at=later(12))
    save_record(made, details=RecordDetails(category="road"), actor=agent, at=later(13))
    finish_contact(made, actor=agent, at=later(14))
    over = contact(made, actor=agent)
    assert (over.state, over.ending, over.waited) == (State.ENDED, Ending.SERVED, 2.0)
    assert [one.signal.value for one in transcript(made) if one.signal] == [
        "ring",
        "answer",
        "hold_on",
        "hold_off",
        "hang_up",
    ]
    assert [
        one.name.partition(".")[2] for one in recorded() if one.subject == f"contact:{made}"
    ] == [
        "contact_arrived",
        "contact_greeted",
        "turn_taken",
        "turn_taken",
        "contact_queued",
        "contact_offered",
        "contact_connected",
        "turn_taken",
        "turn_taken",
        "contact_held",
        "contact_retrieved",
        "turn_taken",
        "contact_ended",
        "record_saved",
        "contact_finished",
    ]


def test_the_same_turn_sent_twice_is_one(house: House) -> None:
    agent = house.ready()
    made = house.arrival()
    accept_offer(made, actor=agent, at=later(1))
    for _ in range(2):
        say_to_customer(made, text="请稍等", sent_as="one", actor=agent, at=later(2))
        say_as_customer(made, text="好", sent_as="two", at=later(3))
    said = [one.text for one in transcript(made) if not one.automatic and one.text]
    assert said == ["你好", "请稍等", "好"]


def test_a_browser_has_one_open_contact(house: House) -> None:
    first = house.arrival(visitor="browser")
    assert house.arrival(visitor="browser") == first


def test_an_emergency_overtakes_those_who_wait(house: House) -> None:
    house.arrival(after=0)
    urgent = house.arrival(after=5, queue="emergency")
    agent = house.ready(Role.CALLBACK_AGENT, after=6)
    assert [one.id for one in own_contacts(agent)] == [urgent]


def test_what_is_written_after_the_end_begins_another_contact(house: House) -> None:
    agent = house.ready()
    made = house.arrival(visitor="browser")
    accept_offer(made, actor=agent, at=later(1))
    end_contact(made, actor=agent, at=later(2))
    save_record(made, details=RecordDetails(category="road"), actor=agent, at=later(3))
    finish_contact(made, actor=agent, at=later(4))
    said = say_as_customer(made, text="还有一件事", sent_as="late", at=later(60))
    again = say_as_customer(made, text="还有一件事", sent_as="late", at=later(61))
    assert said.contact == again.contact != made
    assert contact(said.contact, actor=house.actor(Role.MANAGER)).follows == made


def test_who_writes_while_the_agent_writes_up_is_heard(house: House) -> None:
    agent = house.ready()
    made = house.arrival()
    accept_offer(made, actor=agent, at=later(1))
    end_contact(made, actor=agent, at=later(2))
    assert say_as_customer(made, text="等等", sent_as="x", at=later(3)).contact == made
    assert contact(made, actor=agent).state is State.CONNECTED


def test_a_customer_who_leaves_the_queue_has_abandoned(house: House) -> None:
    made = house.arrival()
    leave_as_customer(made, at=later(30))
    assert recorded("contacts.contact_abandoned")[0].data["waited"] == 30.0


def test_a_supervisor_takes_over(house: House) -> None:
    agent, supervisor = house.ready(), house.actor(Role.DUTY_LEADER)
    made = house.arrival()
    accept_offer(made, actor=agent, at=later(1))
    take_over(made, actor=supervisor, at=later(2))
    with pytest.raises(NotTheirs):
        say_to_customer(made, text="我", sent_as="z", actor=agent, at=later(3))
    say_to_customer(made, text="您好", sent_as="y", actor=supervisor, at=later(3))


def test_nothing_is_said_in_a_contact_that_is_only_offered(house: House) -> None:
    agent = house.ready()
    made = house.arrival()
    with pytest.raises(NotNow):
        say_to_customer(made, text="您好", sent_as="a", actor=agent, at=later(1))


def test_an_agent_with_an_offer_is_ready_with_room(house: House) -> None:
    agent = house.ready()
    house.arrival()
    there = own_presence(agent, at=later(1))
    assert there is not None
    assert (there.state, there.load, there.capacity) == (There.READY, 1, 2)
