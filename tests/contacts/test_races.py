"""What happens when two do something at the same moment, on a database that lets them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from rexian.contacts import models
from rexian.contacts.domain.lifecycle import NotNow, State
from rexian.contacts.domain.refusals import NotTheirs
from rexian.contacts.queries import contact, own_contacts, transcript
from rexian.contacts.services import (
    Arrival,
    RecordDetails,
    accept_offer,
    arrive,
    end_contact,
    end_lapsed,
    expire_offer,
    finish_contact,
    leave_as_customer,
    leave_message,
    save_record,
    say_as_customer,
    say_to_customer,
    take_over,
)
from rexian.kernel.authority import Actor
from rexian.org.domain.roles import Role
from tests.cast import recorded
from tests.contacts.conftest import House, later
from tests.org.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)


def connected(house: House, *, role: Role = Role.AGENT) -> tuple[int, Actor]:
    agent = house.ready(role)
    made = house.arrival(visitor="browser")
    accept_offer(made, actor=agent, at=later(1))
    return made, agent


def names(made: int) -> list[str]:
    return [one.name for one in recorded() if one.subject == f"contact:{made}"]


def test_of_two_clicks_on_accept_one_connects(house: House) -> None:
    agent, made = house.ready(), house.arrival()

    def accept() -> None:
        accept_offer(made, actor=agent, at=later(1))

    assert together(accept, accept) == [None, None]
    assert names(made).count("contacts.contact_connected") == 1


def test_an_offer_that_runs_out_while_it_is_taken_is_one_of_the_two(house: House) -> None:
    agent, made = house.ready(), house.arrival()
    until = contact(made, actor=agent).offer_until
    assert until is not None
    agent_id, end = agent.person or 0, until
    accepted, expired = together(
        lambda: accept_offer(made, actor=agent, at=end),
        lambda: expire_offer(made, agent=agent_id, until=end, at=end),
    )
    assert expired is None
    row = models.Contact.objects.get(pk=made)
    assert (row.state, accepted) in {("connected", None), ("queued", NotNow)}


def test_who_leaves_while_they_are_answered_is_abandoned_or_served(house: House) -> None:
    agent, made = house.ready(), house.arrival()
    accepted, _ = together(
        lambda: accept_offer(made, actor=agent, at=later(1)),
        lambda: leave_as_customer(made, at=later(1)),
    )
    row = models.Contact.objects.get(pk=made)
    assert (row.state, accepted) in {("after", None), ("ended", NotNow)}


def test_a_contact_that_is_taken_over_as_it_ends_is_one_of_the_two(house: House) -> None:
    made, agent = connected(house)
    leader = house.actor(Role.DUTY_LEADER)
    refused = together(
        lambda: take_over(made, actor=leader, at=later(2)),
        lambda: end_contact(made, actor=agent, at=later(2)),
    )
    row = models.Contact.objects.get(pk=made)
    assert (row.state, row.agent_id, refused) in [
        ("connected", leader.person, [None, NotTheirs]),
        ("after", agent.person, [NotNow, None]),
    ]


def test_who_is_taken_for_gone_as_they_speak_was_heard_or_is_told(house: House) -> None:
    made, agent = connected(house)
    person = agent.person or 0
    said, _ = together(
        lambda: say_to_customer(made, text="在", sent_as="a", actor=agent, at=later(70)),
        lambda: end_lapsed(person, at=later(70)),
    )
    heard = "在" in [one.text for one in transcript(made)]
    assert models.Contact.objects.get(pk=made).state == State.QUEUED.value
    assert (heard, said) in {(True, None), (False, NotTheirs)}


def test_one_request_that_comes_five_times_at_once_is_one_contact(house: House) -> None:
    asked = Arrival(sent_as="once", visitor="browser", text="你好", number="13800000001")
    assert together(*[lambda: arrive(house.code, arrival=asked, at=later(1))] * 5) == [None] * 5
    left = Arrival(sent_as="left", visitor="other", text="请回电", number="13800000001")
    assert (
        together(*[lambda: leave_message(house.code, arrival=left, at=later(1))] * 5) == [None] * 5
    )
    assert models.Contact.objects.count() == 2
    assert models.Customer.objects.count() == 1


def test_two_tabs_of_one_browser_that_arrive_at_once_have_one_contact(house: House) -> None:
    asked = [Arrival(sent_as=one, visitor="browser", text=f"{one}页") for one in "甲乙丙"]
    together(*[lambda one=one: arrive(house.code, arrival=one, at=later(1)) for one in asked])
    made = models.Contact.objects.get()
    texts = {one.text for one in transcript(made.pk) if not one.automatic and one.text}
    assert texts == {"甲页", "乙页", "丙页"}


def test_what_is_said_at_once_after_the_end_begins_one_contact(house: House) -> None:
    made, agent = connected(house)
    end_contact(made, actor=agent, at=later(2))
    save_record(made, details=RecordDetails(category="road"), actor=agent, at=later(3))
    finish_contact(made, actor=agent, at=later(4))
    words = ["甲", "乙", "丙", "甲"]
    together(
        *[
            lambda one=one: say_as_customer(made, text=one, sent_as=one, at=later(9))
            for one in words
        ]
    )
    follower = models.Contact.objects.exclude(pk=made).get()
    said = [one.text for one in transcript(follower.pk) if not one.automatic and one.text]
    assert sorted(said) == ["丙", "乙", "甲"]


def test_lines_said_at_once_have_one_order_and_no_gap(house: House) -> None:
    made, agent = connected(house)
    before = len(transcript(made))

    def said(number: int) -> Callable[[], object]:
        at, text = later(2 + number), f"{number}"
        if number % 2:
            return lambda: say_as_customer(made, text=text, sent_as=text, at=at)
        return lambda: say_to_customer(made, text=text, sent_as=text, actor=agent, at=at)

    assert together(*[said(number) for number in range(8)]) == [None] * 8
    lines = transcript(made)
    assert [one.seq for one in lines] == list(range(1, before + 9))
    moments: list[datetime] = [one.at for one in lines]
    assert moments == sorted(moments)


def test_two_who_become_ready_at_once_are_not_asked_for_the_same(house: House) -> None:
    house.arrival()
    one, other = house.actor(Role.AGENT), house.actor(Role.TEAM_LEADER)
    together(lambda: house.ready(Role.AGENT), lambda: house.ready(Role.TEAM_LEADER))
    assert len(own_contacts(one)) + len(own_contacts(other)) == 1
