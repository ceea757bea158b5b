"""Promises to call: why, by when, who calls, how it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from rexian.callbacks import models
from rexian.callbacks.domain.lifecycle import (
    BadPromise,
    Cause,
    NoLongerOpen,
    Result,
    State,
    TakenByOther,
    after_attempt,
    is_breached,
)
from rexian.callbacks.queries import (
    CallbackShown,
    attempts_of,
    callback,
    callbacks_of_contact,
    callbacks_of_contacts,
    callbacks_of_customer,
    late_callback_count,
    latest_callbacks,
    open_callback_count,
    open_callbacks,
    promise_to_customer,
)
from rexian.callbacks.services import (
    log_attempt,
    promise_callback,
    release_callback,
    take_callback,
    withdraw_callback,
)
from rexian.clockwork.queries import deadlines_about
from rexian.contacts.queries import contact
from rexian.contacts.services import (
    Arrival,
    RecordDetails,
    accept_offer,
    ask_to_be_called,
    change_hotline,
    leave_as_customer,
    leave_message,
    save_record,
)
from rexian.kernel.authority import Actor, RightMissing
from rexian.kernel.errors import NotFound
from rexian.org.domain.refusals import StillHolding
from rexian.org.domain.roles import Role
from rexian.org.services import let_person_leave
from tests.callbacks.conftest import NUMBER, Calls, later
from tests.cast import OUTSIDER, nothing_changes, recorded
from tests.contacts.conftest import DETAILS, NOON, QUEUES, House

pytestmark = pytest.mark.django_db


def only(actor: Actor) -> CallbackShown:
    found = open_callbacks(actor)
    assert len(found) == 1
    return found[0]


def told(name: str) -> list[dict[str, object]]:
    return [one.data for one in recorded(f"callbacks.{name}")]


def served(house: House, *, after: float = 0, number: str = NUMBER) -> tuple[int, Actor]:
    agent = house.ready(after=after)
    made = house.arrival(after=after, number=number)
    accept_offer(made, actor=agent, at=later(after + 1))
    return made, agent


# Why and by when


def test_who_leaves_the_queue_is_called_within_half_an_hour(calls: Calls) -> None:
    made = calls.abandoned(name="王芳")
    shown = only(calls.house.actor(Role.CALLBACK_AGENT))
    assert (shown.contact, shown.cause, shown.state) == (made, Cause.ABANDONED, State.PROMISED)
    assert (shown.number, shown.customer_name) == (NUMBER, "王芳")
    assert (shown.waiting_since, shown.due_at) == (later(0), later(10 + 1800))
    due = deadlines_about(f"callback:{shown.id}")[0]
    assert due.explanation["setting"] == "callback_time"
    promise = promise_to_customer(made)
    assert promise is not None
    assert promise.due_at == shown.due_at


def test_who_left_no_number_cannot_be_called(calls: Calls) -> None:
    calls.abandoned(number="")
    assert open_callback_count(calls.house.actor(Role.MANAGER)) == 0


def test_who_nobody_answered_was_missed(calls: Calls) -> None:
    calls.house.ready()
    made = calls.house.arrival(after=1, number=NUMBER)
    calls.work(21)
    leave_as_customer(made, at=later(30))
    calls.work(30)
    assert only(calls.house.actor(Role.MANAGER)).cause is Cause.MISSED


def test_who_asks_to_be_called_keeps_their_place(calls: Calls) -> None:
    first = calls.house.arrival(number=NUMBER)
    calls.abandoned(after=30, number="13900139000")
    ask_to_be_called(first, number=NUMBER, text="请尽快", sent_as="m", at=later(60))
    calls.work(60)
    late, soon = sorted(open_callbacks(calls.house.actor(Role.MANAGER)), key=_since)[::-1]
    assert (soon.cause, soon.contact, soon.waiting_since) == (Cause.ASKED, first, later(0))
    assert soon.quote == "你好 请尽快"
    assert late.waiting_since == later(30)


def _since(one: CallbackShown) -> datetime:
    return one.waiting_since


def test_a_message_of_the_night_is_answered_in_the_service_hours(calls: Calls) -> None:
    change_hotline(
        calls.house.hotline,
        details=replace(DETAILS, calendar={"hours": {"mon-sun": "08:00-20:00"}}),
        queues=QUEUES,
        actor=calls.house.actor(Role.MANAGER),
        at=NOON,
    )
    night = NOON + timedelta(hours=14)
    asked = Arrival(sent_as="n", number=NUMBER, text="明天高速封路吗？")
    leave_message(calls.house.code, arrival=asked, at=night)
    calls.work(14 * 3600)
    shown = only(calls.house.actor(Role.MANAGER))
    assert (shown.cause, shown.quote) == (Cause.MESSAGE, "明天高速封路吗？")
    assert shown.due_at == NOON + timedelta(days=1, hours=-4, minutes=30)


def test_whoever_tries_three_times_is_called_once(calls: Calls) -> None:
    contacts = [calls.abandoned(after=60 * number) for number in range(3)]
    shown = only(calls.house.actor(Role.MANAGER))
    assert shown.due_at == later(1810)
    assert [one["again"] for one in told("callback_repeated")] == contacts[1:]
    for one in contacts:
        assert callbacks_of_contact(one, actor=calls.house.actor(Role.AGENT)) == (shown,)
    assert callbacks_of_contacts(contacts) == dict.fromkeys(contacts, (shown,))
    assert callbacks_of_customer(shown.customer or 0, actor=calls.house.actor(Role.AGENT)) == (
        shown,
    )


def test_a_reaction_that_comes_again_promises_nothing_again(calls: Calls) -> None:
    from rexian.callbacks.reactions import promise  # noqa: PLC0415 - only here
    from rexian.journal.queries.rows import entry_of  # noqa: PLC0415 - only here

    calls.abandoned()
    with nothing_changes():
        promise(entry_of(recorded("contacts.contact_abandoned")[0]))


def test_a_promise_in_words_is_a_callback_however_often_the_key_is_pressed(house: House) -> None:
    made, agent = served(house)
    numbers = {
        promise_callback(
            made,
            due_at=later(7200),
            reason="road",
            clause="HW-3.12",
            quote="我下午两点给您回电",
            actor=agent,
            at=later(5 + one),
        )
        for one in range(2)
    }
    assert len(numbers) == 1
    shown = callback(numbers.pop(), actor=agent)
    assert (shown.cause, shown.clause, shown.quote) == (
        Cause.PROMISE,
        "HW-3.12",
        "我下午两点给您回电",
    )
    assert (shown.promised_by_name, shown.due_at) == ("王芳", later(7200))
    other = promise_callback(made, due_at=later(9000), quote="再确认", actor=agent, at=later(9))
    assert [one.id for one in callbacks_of_contact(made, actor=agent)] == [shown.id, other]


@pytest.mark.parametrize("seconds", [-5, 0, 400 * 86400])
def test_nothing_is_promised_for_the_past_or_for_ever(house: House, seconds: int) -> None:
    made, agent = served(house)
    with nothing_changes(), pytest.raises(BadPromise):
        promise_callback(made, due_at=later(5 + seconds), actor=agent, at=later(5))


def test_a_number_that_is_learned_later_is_the_one_to_call(house: House) -> None:
    made, agent = served(house, number="")
    promise_callback(made, due_at=later(7200), actor=agent, at=later(5))
    details = RecordDetails(category="road", number="13900139000")
    save_record(made, details=details, actor=agent, at=later(6))
    assert only(agent).number == "13900139000"


# Calling


@pytest.mark.parametrize(
    ("result", "attempts", "state"),
    [
        (Result.REACHED, 1, State.REACHED),
        (Result.REACHED, 3, State.REACHED),
        (Result.NO_ANSWER, 1, State.ATTEMPTED),
        (Result.BUSY, 2, State.ATTEMPTED),
        (Result.SWITCHED_OFF, 3, State.FAILED),
        (Result.WRONG_NUMBER, 1, State.FAILED),
    ],
)
def test_where_a_call_leads(result: Result, attempts: int, state: State) -> None:
    assert after_attempt(result, attempts=attempts, most=3) is state


def test_a_customer_is_called_until_they_are_reached(calls: Calls) -> None:
    calls.abandoned()
    agent = calls.house.actor(Role.CALLBACK_AGENT)
    number = only(agent).id
    take_callback(number, actor=agent, at=later(60))
    log_attempt(
        number, result=Result.NO_ANSWER, attempt=1, note="占线后挂断", actor=agent, at=later(90)
    )
    shown = only(agent)
    assert (shown.state, shown.attempts, shown.next_at) == (State.ATTEMPTED, 1, later(90 + 1800))
    assert shown.taken_by is None
    log_attempt(number, result=Result.REACHED, attempt=2, actor=agent, at=later(1900))
    assert open_callbacks(agent) == ()
    assert [(one.nth, one.result) for one in attempts_of(number)] == [
        (1, Result.NO_ANSWER),
        (2, Result.REACHED),
    ]
    assert callback(number, actor=agent).closed_at == later(1900)
    assert told("callback_breached") == []


def test_after_three_calls_it_has_failed(calls: Calls) -> None:
    calls.abandoned()
    agent = calls.house.actor(Role.CALLBACK_AGENT)
    number = only(agent).id
    for attempt in (1, 2, 3):
        log_attempt(
            number, result=Result.BUSY, attempt=attempt, actor=agent, at=later(2000 * attempt)
        )
    assert callback(number, actor=agent).state is State.FAILED
    assert told("callback_failed")[0]["attempts"] == 3
    with nothing_changes(), pytest.raises(NoLongerOpen):
        log_attempt(number, result=Result.REACHED, attempt=4, actor=agent, at=later(9000))


def test_of_two_who_call_the_second_is_told(calls: Calls) -> None:
    calls.abandoned()
    agent, leader = calls.house.actor(Role.CALLBACK_AGENT), calls.house.actor(Role.TEAM_LEADER)
    other = calls.house.actor(Role.AGENT)
    number = only(agent).id
    take_callback(number, actor=agent, at=later(60))
    with nothing_changes():
        with pytest.raises(TakenByOther):
            take_callback(number, actor=other, at=later(61))
        with pytest.raises(TakenByOther):
            log_attempt(number, result=Result.BUSY, attempt=1, actor=other, at=later(61))
        release_callback(number, actor=other, at=later(62))
    take_callback(number, actor=leader, at=later(63))
    release_callback(number, actor=leader, at=later(64))
    take_callback(number, actor=other, at=later(65))
    log_attempt(number, result=Result.BUSY, attempt=1, actor=other, at=later(90))
    with nothing_changes():
        log_attempt(number, result=Result.BUSY, attempt=1, actor=other, at=later(91))
        with pytest.raises(NoLongerOpen):
            log_attempt(number, result=Result.REACHED, attempt=1, actor=agent, at=later(92))


def test_a_callback_that_was_taken_and_forgotten_is_free_again(calls: Calls) -> None:
    calls.abandoned()
    agent, other = calls.house.actor(Role.CALLBACK_AGENT), calls.house.actor(Role.AGENT)
    number = only(agent).id
    take_callback(number, actor=agent, at=later(60))
    take_callback(number, actor=other, at=later(60 + 1800))
    assert only(agent).taken_by == other.person


# Deadlines


@pytest.mark.parametrize(
    ("first", "closed", "breached"),
    [(None, None, True), (10, None, False), (30, 40, True), (None, 20, False), (None, 21, True)],
)
def test_a_promise_is_broken_when_nobody_had_called(
    first: int | None, closed: int | None, breached: bool
) -> None:
    at = [later(one) if one is not None else None for one in (first, closed)]
    assert is_breached(later(20), at[0], at[1]) is breached


def test_a_breach_is_dated_at_its_deadline_however_late_the_worker(calls: Calls) -> None:
    calls.abandoned()
    manager = calls.house.actor(Role.MANAGER)
    shown = only(manager)
    assert late_callback_count(manager, at=later(1809)) == 0
    agent = calls.house.actor(Role.CALLBACK_AGENT)
    log_attempt(shown.id, result=Result.REACHED, attempt=1, actor=agent, at=later(2000))
    calls.work(9000)
    assert [one.at for one in recorded("callbacks.callback_breached")] == [shown.due_at]
    assert callback(shown.id, actor=manager).breached_at == shown.due_at


def test_what_is_due_first_comes_first_and_emergencies_before_all(calls: Calls) -> None:
    late = calls.abandoned(after=100, number="13800000001")
    soon = calls.abandoned(after=0, number="13800000002")
    urgent = calls.abandoned(after=200, number="13800000003", queue="emergency")
    found = open_callbacks(calls.house.actor(Role.MANAGER))
    assert [one.contact for one in found] == [urgent, soon, late]
    assert [one.is_urgent for one in found] == [True, False, False]
    assert found[1].is_late(found[1].due_at)
    assert open_callbacks(calls.house.actor(Role.MANAGER), offset=1, limit=1) == found[1:2]


# Withdrawing


def test_who_gets_through_by_themselves_is_not_called(calls: Calls) -> None:
    calls.abandoned()
    made, agent = served(calls.house, after=60)
    calls.work(62)
    assert open_callbacks(agent) == ()
    assert told("callback_withdrawn")[0]["served"] == made


def test_who_comes_back_without_saying_their_number_is_known_by_their_browser(
    calls: Calls,
) -> None:
    calls.abandoned(visitor="browser")
    agent = calls.house.ready(after=60)
    made = calls.house.arrival(after=60, visitor="browser")
    calls.work(61)
    assert open_callback_count(agent) == 1
    accept_offer(made, actor=agent, at=later(62))
    calls.work(63)
    assert open_callback_count(agent) == 0


def test_who_is_recognised_in_the_middle_of_a_contact_is_not_called(calls: Calls) -> None:
    calls.abandoned()
    made, agent = served(calls.house, after=60, number="")
    calls.work(62)
    assert open_callback_count(agent) == 1
    details = RecordDetails(category="road", number=NUMBER)
    save_record(made, details=details, actor=agent, at=later(70))
    calls.work(71)
    assert open_callback_count(agent) == 0


def test_what_was_promised_in_words_or_asked_in_a_message_stays(calls: Calls) -> None:
    left = Arrival(sent_as="m", number=NUMBER, text="请告诉我结果")
    leave_message(calls.house.code, arrival=left, at=later(1))
    made, agent = served(calls.house, after=60)
    promise_callback(made, due_at=later(7200), actor=agent, at=later(62))
    calls.work(63)
    assert {one.cause for one in open_callbacks(agent)} == {Cause.MESSAGE, Cause.PROMISE}


def test_a_supervisor_withdraws_for_a_reason_and_nobody_else(calls: Calls) -> None:
    calls.abandoned()
    leader, agent = calls.house.actor(Role.TEAM_LEADER), calls.house.actor(Role.CALLBACK_AGENT)
    number = only(agent).id
    with nothing_changes():
        with pytest.raises(RightMissing):
            withdraw_callback(number, reason="不需要", actor=agent, at=later(60))
        with pytest.raises(BadPromise):
            withdraw_callback(number, reason=" ", actor=leader, at=later(60))
    withdraw_callback(number, reason="客户已到现场解决", actor=leader, at=later(61))
    with nothing_changes():
        withdraw_callback(number, reason="客户已到现场解决", actor=leader, at=later(62))
    shown = latest_callbacks(leader, offset=0, limit=5, state="withdrawn")[0][0]
    assert (shown.state, shown.close_reason) == (State.WITHDRAWN, "客户已到现场解决")


# Who sees and does what


def test_another_organisation_and_who_serves_nobody_see_nothing(calls: Calls) -> None:
    made = calls.abandoned()
    number = only(calls.house.actor(Role.MANAGER)).id
    for who in (OUTSIDER, Role.HANDLER):
        actor = calls.house.actor(who)
        assert open_callbacks(actor) == ()
        assert callbacks_of_contact(made, actor=actor) == ()
        with nothing_changes():
            for deed in (take_callback, release_callback):
                with pytest.raises(NotFound):
                    deed(number, actor=actor, at=later(60))
    with pytest.raises(RightMissing):
        take_callback(number, actor=calls.house.actor(Role.MANAGER), at=later(60))


def test_who_leaves_hands_over_the_calls_they_have_taken_on(calls: Calls) -> None:
    calls.abandoned()
    agent, admin = calls.house.actor(Role.CALLBACK_AGENT), calls.house.actor(Role.ADMINISTRATOR)
    other = calls.house.actor(Role.AGENT)
    take_callback(only(agent).id, actor=agent, at=later(60))
    with pytest.raises(StillHolding):
        let_person_leave(agent.person or 0, actor=admin, at=later(61))
    let_person_leave(agent.person or 0, successor_id=other.person, actor=admin, at=later(62))
    assert only(other).taken_by == other.person


def test_nobody_is_promised_anything_twice_by_two_workers(calls: Calls) -> None:
    made = calls.abandoned()
    again = calls.abandoned(after=20)
    assert contact(made, actor=calls.house.actor(Role.MANAGER)).number == NUMBER
    assert models.Occasion.objects.filter(contact__in=[made, again]).count() == 2
    assert models.Callback.objects.count() == 1
