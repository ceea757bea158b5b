"""What users of such services have complained of for years, each family under its name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rexian.clockwork.adapters.clocks import SetClock
from rexian.clockwork.services.firing import fire_some
from rexian.contacts import models
from rexian.contacts.domain.lifecycle import Ending, State
from rexian.contacts.domain.presence import LEASE, There
from rexian.contacts.domain.refusals import Closed
from rexian.contacts.queries import (
    attachment_content,
    contact,
    own_contacts,
    own_presence,
    transcript,
)
from rexian.contacts.services import (
    RecordDetails,
    accept_offer,
    attach_file,
    become_ready,
    call_listener,
    change_hotline,
    end_contact,
    finish_contact,
    keep_visit,
    leave_desk,
    renew_lease,
    save_record,
    say_as_customer,
    say_to_customer,
    take_over,
)
from rexian.contacts.services import lines as lines_of
from rexian.contacts.services.turns import VISIT
from rexian.kernel.authority import Actor
from rexian.org.domain.roles import Role
from tests.cast import nothing_changes, recorded
from tests.contacts.conftest import DETAILS, NOON, QUEUES, House, later, sweep
from tests.contacts.pictures import png

pytestmark = pytest.mark.django_db


def words(contact_id: int) -> list[str]:
    return [one.text for one in transcript(contact_id) if one.text and not one.automatic]


def served(house: House) -> tuple[int, Actor]:
    agent = house.ready()
    made = house.arrival(visitor="browser")
    accept_offer(made, actor=agent, at=later(1))
    return made, agent


def over(house: House) -> tuple[int, Actor]:
    made, agent = served(house)
    end_contact(made, actor=agent, at=later(2))
    save_record(made, details=RecordDetails(category="road"), actor=agent, at=later(3))
    finish_contact(made, actor=agent, at=later(4))
    return made, agent


def work(after: float) -> None:
    """Have the worker do what is due so many seconds after noon."""
    while fire_some(SetClock(later(after)), worker="tests"):
        pass


# Reconnect: a page that is loaded again, a network that is away for a while


def test_reconnect_a_desk_that_is_loaded_again_is_where_it_was(house: House) -> None:
    made, agent = served(house)
    for beat in range(10):
        assert renew_lease(actor=agent, at=later(15 * beat)) == There.READY.value
    sweep(later(15 * 9 + 50))
    assert [one.id for one in own_contacts(agent)] == [made]


def test_reconnect_a_customer_who_comes_back_in_time_keeps_their_place(house: House) -> None:
    made = house.arrival()
    keep_visit(made, at=later(80))
    sweep(later(160))
    assert contact(made, actor=house.actor(Role.MANAGER)).state is State.QUEUED
    sweep(later(80) + VISIT)
    assert contact(made, actor=house.actor(Role.MANAGER)).ending is Ending.ABANDONED


def test_reconnect_a_turn_whose_answer_was_lost_is_sent_again_and_taken_once(house: House) -> None:
    made, agent = served(house)
    first = say_to_customer(made, text="请稍等", sent_as="x", actor=agent, at=later(5))
    again = say_to_customer(made, text="请稍等", sent_as="x", actor=agent, at=later(95))
    assert again == first


def test_reconnect_a_record_whose_answer_was_lost_is_saved_again_without_a_conflict(
    house: House,
) -> None:
    made, agent = served(house)
    details = RecordDetails(category="road", values={"place": "K12"})
    assert save_record(made, details=details, actor=agent, at=later(2)) == 1
    with nothing_changes():
        assert save_record(made, details=details, actor=agent, at=later(9)) == 1


# Doubled intake: the same customer several times in the queue, the same words twice


def test_doubled_intake_a_reload_and_a_second_tab_have_one_contact(house: House) -> None:
    first = house.arrival(visitor="browser", sent_as="a", text="在吗")
    assert house.arrival(visitor="browser", sent_as="a", text="在吗", after=1) == first
    assert house.arrival(visitor="browser", sent_as="b", text="我想问路况", after=9) == first
    assert words(first) == ["在吗", "我想问路况"]


def test_doubled_intake_the_same_words_within_200_ms_are_one_turn(house: House) -> None:
    made, _ = served(house)
    for milliseconds in (0, 150, 400):
        at = later(5) + timedelta(milliseconds=milliseconds)
        say_as_customer(made, text="喂", sent_as=f"{milliseconds}", at=at)
    assert words(made) == ["你好", "喂", "喂"]


def test_doubled_intake_nobody_gets_anothers_contact_by_the_name_of_a_request(
    house: House,
) -> None:
    assert house.arrival(visitor="one", sent_as="1") != house.arrival(visitor="two", sent_as="1")
    assert house.arrival(sent_as="") != house.arrival(sent_as="")


# Stuck presence: agents who are ready for ever, or never again


def test_stuck_presence_a_closed_laptop_gives_its_customers_back(house: House) -> None:
    made, agent = served(house)
    sweep(later(0) + LEASE)
    there = own_presence(agent, at=later(0) + LEASE)
    assert there is not None
    assert there.state is There.OFFLINE
    waits = contact(made, actor=house.actor(Role.MANAGER))
    assert (waits.state, waits.agent, waits.priority) == (State.QUEUED, None, 1)


def test_stuck_presence_an_agent_who_is_back_is_ready_with_one_click(house: House) -> None:
    agent = house.ready()
    sweep(later(100))
    assert renew_lease(actor=agent, at=later(101)) == There.OFFLINE.value
    become_ready(actor=agent, at=later(102))
    assert renew_lease(actor=agent, at=later(103)) == There.READY.value


def test_stuck_presence_a_missed_offer_says_so_and_ends_with_one_click(house: House) -> None:
    agent, made = house.ready(), house.arrival()
    work(20)
    there = own_presence(agent, at=later(21))
    assert there is not None
    assert there.state is There.MISSED
    become_ready(actor=agent, at=later(25))
    assert [one.id for one in own_contacts(agent)] == [made]


def test_stuck_presence_who_is_gone_while_writing_up_leaves_nothing_open(house: House) -> None:
    made, agent = served(house)
    end_contact(made, actor=agent, at=later(2))
    leave_desk(actor=agent, at=later(30))
    closed = contact(made, actor=agent)
    assert (closed.state, closed.ending) == (State.ENDED, Ending.SERVED)
    assert recorded("contacts.contact_finished")[0].data["recorded"] is False
    assert save_record(made, details=RecordDetails(category="road"), actor=agent, at=later(99)) == 1


# Starved queue: somebody waits although there is somebody to take them


def test_starved_queue_whoever_has_room_again_is_asked_at_once(house: House) -> None:
    agent = house.ready(Role.CALLBACK_AGENT)
    first, second = house.arrival(), house.arrival(after=1)
    accept_offer(first, actor=agent, at=later(2))
    end_contact(first, actor=agent, at=later(3))
    save_record(first, details=RecordDetails(category="road"), actor=agent, at=later(4))
    finish_contact(first, actor=agent, at=later(5))
    assert [one.id for one in own_contacts(agent)] == [second]


def test_starved_queue_an_offer_that_nobody_takes_goes_to_the_next(house: House) -> None:
    house.ready(Role.AGENT)
    other = house.ready(Role.TEAM_LEADER, after=1)
    made = house.arrival(after=2)
    work(22)
    assert [one.id for one in own_contacts(other)] == [made]


def test_starved_queue_a_worker_that_was_away_gives_everybody_their_time(house: House) -> None:
    house.ready(Role.AGENT)
    other = house.ready(Role.TEAM_LEADER, after=1)
    house.arrival(after=2)
    for role in (Role.AGENT, Role.TEAM_LEADER):
        for minute in range(40):
            renew_lease(actor=house.actor(role), at=later(15 * minute))
    work(600)
    missed = recorded("contacts.offer_missed")
    assert [one.at for one in missed] == [later(22)]
    offered = own_contacts(other)[0]
    assert offered.offer_until == later(600 + DETAILS.offer_time)


# Message after closing: words that come when the contact is over, or the house is closed


def test_message_after_closing_begins_a_contact_that_follows(house: House) -> None:
    made, _ = over(house)
    first = say_as_customer(made, text="还有一件事", sent_as="a", at=later(60))
    second = say_as_customer(made, text="收费站几点关", sent_as="b", at=later(62))
    assert first.contact == second.contact != made
    assert words(first.contact) == ["还有一件事", "收费站几点关"]
    assert say_as_customer(made, text="还有一件事", sent_as="a", at=later(70)) == first


def test_message_after_closing_a_page_without_a_browsers_name_gets_one_contact_too(
    house: House,
) -> None:
    agent = house.ready()
    made = house.arrival()
    accept_offer(made, actor=agent, at=later(1))
    end_contact(made, actor=agent, at=later(2))
    leave_desk(actor=agent, at=later(3))
    places = {
        say_as_customer(made, text=f"第{one}句", sent_as=f"{one}", at=later(10 + one)).contact
        for one in range(10)
    }
    assert len(places) == 1


def test_message_after_closing_at_night_is_refused_and_not_swallowed(house: House) -> None:
    made, _ = over(house)
    night = {"hours": {"mon-sun": "08:00-20:00"}}
    change_hotline(
        house.hotline,
        details=type(DETAILS)(
            code=DETAILS.code, name="华通热线", company="华通", standard="highway", calendar=night
        ),
        queues=QUEUES,
        actor=house.actor(Role.MANAGER),
        at=NOON,
    )
    with nothing_changes(), pytest.raises(Closed):
        say_as_customer(made, text="还在吗", sent_as="n", at=NOON + timedelta(hours=14))


# Attachment before it is readable


def test_attachment_before_it_is_readable_nobody_hears_of_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, _ = served(house)
    monkeypatch.setattr(lines_of, "_listeners", [])
    read: list[int] = []

    def listener(contact_id: int, lines: object, at: object) -> None:  # noqa: ARG001
        found = models.Line.objects.filter(contact=contact_id).order_by("-seq")[0]
        read.append(len(attachment_content(found.attachment_id or 0, contact_id)[1]))

    call_listener(listener)
    attach_file(made, name="现场.png", content=png(), sent_as="f", actor=None, at=later(5))
    assert read == [len(png())]


# Offline agent: contacts given to somebody who is not there


def test_offline_agent_nothing_is_offered_to_a_desk_that_is_silent(house: House) -> None:
    house.ready()
    made = house.arrival(after=LEASE.total_seconds())
    assert contact(made, actor=house.actor(Role.MANAGER)).state is State.QUEUED


def test_offline_agent_an_offer_of_a_desk_that_falls_silent_goes_on(house: House) -> None:
    house.ready(Role.AGENT)
    made = house.arrival(after=55)
    other = house.ready(Role.TEAM_LEADER, after=56)
    sweep(later(61))
    assert [one.id for one in own_contacts(other)] == [made]


def test_offline_agent_a_supervisor_who_took_over_and_is_gone_is_missed_too(house: House) -> None:
    made, _ = served(house)
    take_over(made, actor=house.actor(Role.DUTY_LEADER), at=later(5))
    sweep(later(5) + LEASE)
    assert contact(made, actor=house.actor(Role.MANAGER)).state in {State.QUEUED, State.OFFERED}
