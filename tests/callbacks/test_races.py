"""What happens to callbacks when two do something at the same moment."""

from __future__ import annotations

import pytest

from rexian.callbacks import models
from rexian.callbacks.domain.lifecycle import Cause, NoLongerOpen, Result, TakenByOther
from rexian.callbacks.queries import open_callbacks
from rexian.callbacks.services import (
    log_attempt,
    promise_callback,
    promise_for_contact,
    take_callback,
    withdraw_served,
)
from rexian.contacts.services import accept_offer, leave_as_customer
from rexian.org.domain.roles import Role
from tests.callbacks.conftest import NUMBER, Calls, later
from tests.contacts.conftest import House
from tests.org.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_tries_that_are_told_at_once_make_one_callback(house: House) -> None:
    made = [house.arrival(number=NUMBER, after=one) for one in range(3)]
    for one in made:
        leave_as_customer(one, at=later(10))

    def promise(contact: int) -> None:
        promise_for_contact(
            contact, cause=Cause.ABANDONED, waited=later(1) - later(0), at=later(11)
        )

    assert together(*[lambda one=one: promise(one) for one in made]) == [None] * 3
    assert models.Callback.objects.count() == 1
    assert models.Occasion.objects.count() == 3


def test_a_key_that_is_pressed_twice_at_once_makes_one_promise(house: House) -> None:
    agent, made = house.ready(), house.arrival(number=NUMBER)
    accept_offer(made, actor=agent, at=later(1))

    def promise() -> None:
        promise_callback(made, due_at=later(7200), quote="两点", actor=agent, at=later(2))

    assert together(promise, promise, promise) == [None] * 3
    assert models.Callback.objects.count() == 1


def test_one_of_two_takes_a_callback_and_one_of_two_calls_counts(calls: Calls) -> None:
    calls.abandoned()
    one, other = calls.house.actor(Role.AGENT), calls.house.actor(Role.CALLBACK_AGENT)
    number = open_callbacks(one)[0].id
    taken = together(
        *[
            lambda actor=actor: take_callback(number, actor=actor, at=later(60))
            for actor in (one, other)
        ]
    )
    assert sorted(map(str, taken)) == sorted(map(str, [None, TakenByOther]))
    models.Callback.objects.update(taken_by=None, taken_at=None)

    def call(actor: object) -> None:
        log_attempt(number, result=Result.BUSY, attempt=1, actor=actor, at=later(90))  # type: ignore[arg-type]

    called = together(lambda: call(one), lambda: call(other))
    assert sorted(map(str, called)) == sorted(map(str, [None, NoLongerOpen]))


def test_who_is_reached_as_they_get_through_is_one_of_the_two(calls: Calls) -> None:
    made = calls.abandoned()
    agent = calls.house.actor(Role.CALLBACK_AGENT)
    number = open_callbacks(agent)[0].id
    together(
        lambda: log_attempt(number, result=Result.REACHED, attempt=1, actor=agent, at=later(60)),
        lambda: withdraw_served(made, at=later(60)),
    )
    row = models.Callback.objects.get()
    assert row.state in {"reached", "withdrawn"}
    assert row.attempts == (row.state == "reached")
