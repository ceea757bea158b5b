"""What a customer's page is told is what it would show made anew."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from rexian.callbacks.domain.lifecycle import Cause
from rexian.callbacks.queries import promise_to_customer
from rexian.callbacks.services import promise_for_contact
from rexian.contacts.queries import contact_of_visit
from rexian.contacts.services import hold_contact, leave_as_customer
from rexian.kernel.errors import NotFound
from rexian.live.domain.topics import VISITOR, Watch, topic_named
from tests.portal.conftest import Agent, Customer
from tests.streams import AssertLive

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_page_follows_the_conversation(
    customer: Customer, agent: Agent, assert_live: AssertLive
) -> None:
    agent.ready()
    key = customer.begin()
    contact = contact_of_visit(key)

    def hold() -> None:
        hold_contact(contact, actor=agent.actor, at=timezone.now() + timedelta(seconds=1))

    for do in (
        lambda: agent.accept(key),
        lambda: agent.says(key, "您好"),
        hold,
        lambda: leave_as_customer(contact, at=timezone.now()),
    ):
        assert_live("visit", key, do, session="")


def test_only_the_key_lets_anybody_watch(customer: Customer) -> None:
    key = customer.begin()
    topic: Any = topic_named("visit")
    topic.may_watch(VISITOR, key)
    with pytest.raises(NotFound):
        topic.may_watch(VISITOR, key[:-1] + ("0" if key[-1] != "0" else "1"))


def test_the_desk_hears_that_the_customer_writes(customer: Customer) -> None:
    key = customer.begin()
    topic: Any = topic_named("visit")
    assert topic.relays is not None
    assert list(topic.relays(key)) == [Watch("contact", str(contact_of_visit(key)))]


def test_the_old_page_hears_where_the_conversation_goes_on(
    customer: Customer, assert_live: AssertLive
) -> None:
    key = customer.begin(visitor="one-browser-0123456789")
    leave_as_customer(contact_of_visit(key), at=timezone.now())
    assert_live("visit", key, lambda: customer.says(key, "还在吗"), session="")


def test_who_asked_to_be_called_is_told_by_when(
    customer: Customer, assert_live: AssertLive
) -> None:
    key = customer.begin()
    asked = {"ring-number": "138 1234 5678"}
    assert customer.call(f"/chat/c/{key}/ring-back", asked)[0] == 200
    contact, at = contact_of_visit(key), timezone.now()

    def promise() -> None:
        promise_for_contact(contact, cause=Cause.ASKED, waited=timedelta(seconds=5), at=at)

    assert_live("visit", key, promise, session="")
    due_at = promise_to_customer(contact)
    assert due_at is not None
    page = customer.browser.get(f"/chat/c/{key}/").content.decode()
    local = due_at.due_at.astimezone(ZoneInfo("Asia/Shanghai")).strftime("%m-%d %H:%M")
    assert local in page
