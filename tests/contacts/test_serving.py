"""Transfers, take-overs, capacity, people who leave: who has a contact, and what they may do."""

from __future__ import annotations

import pytest

from rexian.clockwork.services.working import Worker
from rexian.contacts import models
from rexian.contacts.domain.lifecycle import Ending, NotNow, State
from rexian.contacts.domain.presence import NotAnAgent, There
from rexian.contacts.domain.refusals import NobodyServes, NobodyThere, NoSuchQueue, NotTheirs
from rexian.contacts.queries import contact, own_contacts, own_presence, prospect, transcript
from rexian.contacts.services import (
    RecordDetails,
    accept_offer,
    ask_for_help,
    ask_to_be_called,
    assign_agent,
    become_ready,
    decline_offer,
    end_contact,
    finish_contact,
    hold_contact,
    leave_as_customer,
    leave_desk,
    leave_message,
    rate_contact,
    read_lines,
    renew_lease,
    retrieve_contact,
    save_record,
    say_to_customer,
    set_agent_state,
    take_break,
    take_over,
    transfer_to_agent,
    transfer_to_queue,
    whisper,
)
from rexian.contacts.services.arriving import Arrival
from rexian.contacts.services.records import RecordChanged, RecordTooLong
from rexian.kernel.authority import Actor, RightMissing
from rexian.kernel.errors import NotFound
from rexian.org.domain.refusals import StillHolding
from rexian.org.domain.roles import Role
from rexian.org.services import let_person_leave
from tests.cast import OUTSIDER, nothing_changes, recorded
from tests.contacts.conftest import House, later, sweep

pytestmark = pytest.mark.django_db


def connected(house: House, role: Role = Role.AGENT, *, after: float = 0) -> tuple[int, Actor]:
    agent = house.ready(role, after=after)
    made = house.arrival(after=after)
    accept_offer(made, actor=agent, at=later(after + 1))
    return made, agent


def assign(house: House, role: Role, *queues: str, capacity: int = 1, after: float = 9) -> None:
    assign_agent(
        house.cast.id(role),
        hotline=house.hotline,
        queues=queues,
        capacity=capacity,
        actor=house.actor(Role.MANAGER),
        at=later(after),
    )


def state(made: int) -> State:
    return State(models.Contact.objects.get(pk=made).state)


def test_what_is_transferred_comes_before_those_who_were_never_served(house: House) -> None:
    made, agent = connected(house, Role.CALLBACK_AGENT)
    house.arrival(after=2)
    other = house.actor(Role.TEAM_LEADER)
    assign(house, Role.TEAM_LEADER, "complaints", after=3)
    become_ready(actor=other, at=later(4))
    transfer_to_queue(made, queue="complaints", reason="complaint", actor=agent, at=later(5))
    assert [one.id for one in own_contacts(other)] == [made]
    with pytest.raises(NotTheirs):
        transfer_to_queue(made, queue="complaints", actor=agent, at=later(6))


def test_nobody_is_transferred_to_a_queue_that_nobody_serves(house: House) -> None:
    made, agent = connected(house)
    with nothing_changes(), pytest.raises(NobodyServes):
        transfer_to_queue(made, queue="complaints", actor=agent, at=later(5))
    with pytest.raises(NoSuchQueue):
        transfer_to_queue(made, queue="parking", actor=agent, at=later(5))
    house.ready(Role.TEAM_LEADER, after=6)
    take_break(reason="rest", actor=house.actor(Role.TEAM_LEADER), at=later(7))
    transfer_to_queue(made, queue="complaints", actor=agent, at=later(8))
    assert state(made) in {State.QUEUED, State.OFFERED}


def test_a_colleague_is_given_a_contact_only_with_room(house: House) -> None:
    made, agent = connected(house)
    full = house.ready(Role.CALLBACK_AGENT, after=2)
    for wrong in (full.person, agent.person):
        house.arrival(after=3) if wrong == full.person else None
        with pytest.raises(NobodyThere):
            transfer_to_agent(made, agent=wrong or 0, actor=agent, at=later(4))
    other = house.ready(Role.TEAM_LEADER, after=5)
    transfer_to_agent(made, agent=other.person or 0, actor=agent, at=later(6))
    assert [one.id for one in own_contacts(other)] == [made]
    decline_offer(made, actor=other, at=later(7))
    assert made in [one.id for one in own_contacts(agent)]


def test_a_take_over_beyond_the_capacity_is_done_and_told(house: House) -> None:
    leader = house.actor(Role.DUTY_LEADER)
    for number in range(4):
        made = house.arrival(after=number)
        take_over(made, actor=leader, at=later(10 + number))
    told = recorded("contacts.contact_taken_over")
    assert [(one.data["load"], one.data["capacity"]) for one in told] == [
        (1, 3),
        (2, 3),
        (3, 3),
        (4, 3),
    ]


def test_a_take_over_that_is_repeated_changes_nothing(house: House) -> None:
    made, _ = connected(house)
    leader = house.actor(Role.DUTY_LEADER)
    take_over(made, actor=leader, at=later(5))
    with nothing_changes():
        take_over(made, actor=leader, at=later(6))


def test_whoever_takes_over_what_they_are_offered_just_accepts(house: House) -> None:
    leader = house.ready(Role.TEAM_LEADER)
    made = house.arrival(after=1)
    take_over(made, actor=leader, at=later(2))
    assert state(made) is State.CONNECTED
    assert recorded("contacts.contact_taken_over")[0].data["source"] is None


def test_nobody_is_made_to_serve_by_taking_over(house: House) -> None:
    leader = house.actor(Role.DUTY_LEADER)
    take_over(house.arrival(), actor=leader, at=later(1))
    house.arrival(after=2)
    assert len(own_contacts(leader)) == 1
    with pytest.raises(NotAnAgent):
        become_ready(actor=leader, at=later(3))


def test_an_agent_or_an_outsider_takes_nothing_over(house: House) -> None:
    made, _ = connected(house)
    with nothing_changes():
        with pytest.raises(RightMissing):
            take_over(made, actor=house.actor(Role.CALLBACK_AGENT), at=later(2))
        with pytest.raises(NotFound):
            take_over(made, actor=house.actor(OUTSIDER), at=later(2))
        with pytest.raises(NotFound):
            whisper(made, text="?", sent_as="w", actor=house.actor(OUTSIDER), at=later(2))


def test_less_room_than_contacts_takes_none_away_and_gives_no_more(house: House) -> None:
    agent = house.ready()
    both = [house.arrival(after=1), house.arrival(after=2)]
    for made in both:
        accept_offer(made, actor=agent, at=later(3))
    assign(house, Role.AGENT, "general", capacity=1)
    third = house.arrival(after=10)
    assert [one.id for one in own_contacts(agent)] == both
    end_contact(both[0], actor=agent, at=later(11))
    save_record(both[0], details=RecordDetails(category="road"), actor=agent, at=later(11))
    finish_contact(both[0], actor=agent, at=later(12))
    assert state(third) is State.QUEUED


def test_who_serves_no_queue_any_more_gives_back_what_they_have(house: House) -> None:
    made, agent = connected(house)
    assign(house, Role.AGENT)
    assert state(made) is State.QUEUED
    there = own_presence(agent, at=later(10))
    assert there is not None
    assert (there.state, there.skills) == (There.OFFLINE, ())
    with nothing_changes():
        assign(house, Role.AGENT)


def test_a_hotline_without_any_agent_says_so_and_takes_a_message(house: House) -> None:
    for role in (Role.AGENT, Role.TEAM_LEADER, Role.CALLBACK_AGENT):
        assign(house, role)
    made = house.arrival(after=10)
    told = prospect(made, at=later(11))
    assert told is not None
    assert (told.place, told.expected, told.agents) == (1, None, 0)
    ask_to_be_called(made, number="138 0013 8000", text="请回电", sent_as="m", at=later(40))
    over = contact(made, actor=house.actor(Role.MANAGER))
    assert (over.ending, over.number) == (Ending.MESSAGE, "13800138000")
    assert recorded("contacts.message_left")[0].data["waited"] == 30.0
    with nothing_changes():
        ask_to_be_called(made, number="138 0013 8000", text="请回电", sent_as="m", at=later(41))


def test_a_message_from_a_browser_that_waits_is_that_contact(house: House) -> None:
    made = house.arrival(visitor="browser")
    left = Arrival(sent_as="m", visitor="browser", number="13800138000", text="请回电")
    assert leave_message(house.code, arrival=left, at=later(9)) == made
    assert leave_message(house.code, arrival=left, at=later(10)) != 0
    assert models.Contact.objects.filter(ending="message").count() <= 2


def test_who_leaves_the_organisation_is_asked_who_takes_over_and_the_customer_is_not_lost(
    house: House,
) -> None:
    made, agent = connected(house)
    admin = house.actor(Role.ADMINISTRATOR)
    with pytest.raises(StillHolding):
        let_person_leave(agent.person or 0, actor=admin, at=later(5))
    other = house.ready(Role.TEAM_LEADER, after=6)
    let_person_leave(agent.person or 0, successor_id=other.person, actor=admin, at=later(7))
    assert [one.id for one in own_contacts(other)] == [made]
    Worker("tests").tick(later(8))
    row = models.Presence.objects.get(pk=agent.person)
    assert (row.state, row.skills) == (There.OFFLINE.value, [])


def test_a_supervisor_puts_somebody_who_is_there_on_a_break(house: House) -> None:
    leader, agent = house.actor(Role.DUTY_LEADER), house.ready()
    made = house.arrival()
    person = agent.person or 0
    set_agent_state(person, reason="meeting", actor=leader, at=later(5))
    assert state(made) is State.QUEUED
    set_agent_state(person, actor=leader, at=later(6))
    with nothing_changes(), pytest.raises(NobodyThere):
        set_agent_state(person, reason="meeting", actor=leader, at=later(7))


def test_a_wait_after_a_transfer_is_counted_anew(house: House) -> None:
    made, agent = connected(house, after=10)
    other = house.ready(Role.TEAM_LEADER, after=20)
    transfer_to_agent(made, agent=other.person or 0, actor=agent, at=later(51))
    accept_offer(made, actor=other, at=later(55))
    told = recorded("contacts.contact_connected")
    assert [one.data["waited"] for one in told] == [1.0, 4.0]
    assert contact(made, actor=other).waited == 1.0


@pytest.mark.parametrize("left", ["queued", "offered"])
def test_a_customer_who_leaves_is_nobodys_any_more(house: House, left: str) -> None:
    agent = house.ready() if left == "offered" else None
    made = house.arrival(after=1)
    leave_as_customer(made, at=later(4))
    row = models.Contact.objects.get(pk=made)
    assert (row.agent_id, row.ending) == (None, "abandoned")
    told = recorded("contacts.contact_abandoned")[0].data
    assert (told["waited"], told["agent"]) == (3.0, agent.person if agent else None)
    leave_as_customer(made, at=later(5))
    assert len(recorded("contacts.contact_abandoned")) == 1


def test_what_is_done_twice_is_done_once(house: House) -> None:
    made, agent = connected(house)
    for deed in (hold_contact, retrieve_contact):
        deed(made, actor=agent, at=later(2))
        with nothing_changes():
            deed(made, actor=agent, at=later(3))
    ask_for_help(made, reason="abuse", actor=agent, at=later(4))
    with nothing_changes():
        ask_for_help(made, reason="abuse", actor=agent, at=later(5))
    end_contact(made, actor=agent, at=later(6))
    with nothing_changes():
        end_contact(made, actor=agent, at=later(7))
    save_record(made, details=RecordDetails(category="road"), actor=agent, at=later(8))
    finish_contact(made, actor=agent, at=later(9))
    rate_contact(made, solved=True, satisfied=5, at=later(10))
    with nothing_changes():
        finish_contact(made, actor=agent, at=later(10))
        rate_contact(made, solved=True, satisfied=5, at=later(11))
    leave_desk(actor=agent, at=later(12))
    with nothing_changes():
        leave_desk(actor=agent, at=later(13))


def test_an_offer_that_has_gone_on_is_told_to_who_accepts_and_let_be_for_who_declines(
    house: House,
) -> None:
    agent, made = house.ready(), house.arrival()
    decline_offer(made, actor=agent, at=later(2))
    with nothing_changes():
        decline_offer(made, actor=agent, at=later(3))
        with pytest.raises(NotNow):
            accept_offer(made, actor=agent, at=later(3))


def test_a_record_is_neither_overwritten_nor_endless(house: House) -> None:
    made, agent = connected(house)
    save_record(made, details=RecordDetails(category="road"), actor=agent, at=later(2))
    with nothing_changes():
        with pytest.raises(RecordChanged):
            save_record(made, details=RecordDetails(category="toll"), actor=agent, at=later(3))
        for long in (
            RecordDetails(category="road", version=1, summary="长" * 5000),
            RecordDetails(category="road", version=1, values={"place": "长" * 70_000}),
        ):
            with pytest.raises(RecordTooLong):
                save_record(made, details=long, actor=agent, at=later(3))


def test_nobody_rates_what_still_goes_on(house: House) -> None:
    made, agent = connected(house)
    other = house.ready(Role.TEAM_LEADER, after=1)
    transfer_to_agent(made, agent=other.person or 0, actor=agent, at=later(5))
    with pytest.raises(NotFound):
        rate_contact(made, solved=True, satisfied=5, at=later(6))


def test_nobody_reads_in_the_name_of_whoever_has_the_contact(house: House) -> None:
    made, agent = connected(house)
    say_to_customer(made, text="您好", sent_as="a", actor=agent, at=later(2))
    last = transcript(made)[-1].seq
    with nothing_changes():
        for role, refusal in ((Role.TEAM_LEADER, NotTheirs), (OUTSIDER, NotFound)):
            with pytest.raises(refusal):
                read_lines(made, seq=last, actor=house.actor(role))
    read_lines(made, seq=last + 5, actor=None)
    read_lines(made, seq=1, actor=agent)
    shown = contact(made, actor=agent)
    assert (shown.seen_by_customer, shown.seen_by_agent) == (last, last)
    assert not recorded("contacts.lines_read")


def test_a_whisper_is_seen_by_those_who_work_here(house: House) -> None:
    made, agent = connected(house)
    for actor in (agent, house.actor(Role.DUTY_LEADER)):
        whisper(made, text="慢慢来", sent_as=f"{actor.person}", actor=actor, at=later(3))
    lines = [one for one in transcript(made) if one.text == "慢慢来"]
    assert [one.audience.value for one in lines] == ["agents", "agents"]


def test_an_agent_who_writes_up_and_falls_silent_keeps_no_customer(house: House) -> None:
    made, agent = connected(house)
    end_contact(made, actor=agent, at=later(2))
    renew_lease(actor=agent, at=later(3))
    sweep(later(70))
    assert contact(made, actor=agent).ending is Ending.SERVED
