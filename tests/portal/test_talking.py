"""A conversation: what is said arrives once, and shows the customer nothing that is not theirs."""

from __future__ import annotations

import pytest
from django.utils import timezone

from rexian.contacts.queries import contact_of_customer, contact_of_visit
from rexian.contacts.services import (
    RecordDetails,
    end_contact,
    finish_contact,
    hold_contact,
    leave_as_customer,
    save_record,
    whisper,
)
from rexian.org.domain.roles import Role
from tests.cast import Cast, nothing_changes
from tests.portal.conftest import Agent, Customer

pytestmark = pytest.mark.django_db


def texts(told: object) -> list[str]:
    """Return what the customer is told was said, the hotline's own words aside."""
    assert isinstance(told, dict)
    return [one["text"] for one in told["lines"] if one["by"] != "system" and one["text"]]


def test_both_sides_hear_each_other(customer: Customer, agent: Agent) -> None:
    agent.ready()
    key = customer.begin()
    agent.accept(key)
    agent.says(key, "您好，华通高速。")
    status, told = customer.says(key, "你好")
    assert status == 200
    assert texts(told)[-2:] == ["您好，华通高速。", "你好"]
    assert (told["state"], told["number"]) == ("connected", "1001")
    page = customer.look(f"/chat/c/{key}/").content.decode()
    assert "您好，华通高速。" in page
    assert "客服 1001" in page


def test_nobody_is_told_an_agents_name(customer: Customer, agent: Agent) -> None:
    agent.ready()
    key = customer.begin()
    agent.accept(key)
    agent.says(key, "您好")
    told = str(customer.news(key))
    page = customer.look(f"/chat/c/{key}/").content.decode()
    assert "王芳" not in told + page
    assert "wangfang" not in told + page


def test_who_waits_is_told_their_place(customer: Customer) -> None:
    customer.begin()
    second = customer.begin()
    assert customer.news(second)["place"] == 2
    assert "2" in customer.look(f"/chat/c/{second}/").content.decode().partition("data-status")[2]


def test_the_same_words_sent_again_are_one_turn(customer: Customer) -> None:
    key = customer.begin(text="")
    for _ in range(3):
        status, told = customer.says(key, "在吗", sent_as="the-same-request")
        assert status == 200
    assert texts(told) == ["在吗"]


def test_without_a_script_one_comes_back_to_the_conversation(customer: Customer) -> None:
    key = customer.begin()
    answer = customer.send(f"/chat/c/{key}/say", {"text": "在吗", "sent_as": "one"})
    assert (answer.status_code, answer["Location"]) == (302, f"/chat/c/{key}/#end")


def test_a_text_that_is_too_long_is_given_back_to_be_cut(customer: Customer) -> None:
    key = customer.begin()
    long = "长" * 4001
    with nothing_changes():
        status, told = customer.says(key, long)
        assert (status, told["code"]) == (422, "turn-too-long")
        answer = customer.send(f"/chat/c/{key}/say", {"text": long, "sent_as": "one"})
    assert answer.status_code == 422
    assert long in answer.content.decode()


def test_a_flood_is_told_kindly_to_wait(customer: Customer) -> None:
    key = customer.begin()
    statuses = [customer.says(key, f"第{number}句")[0] for number in range(25)]
    assert statuses.count(429) >= 5
    assert set(statuses) == {200, 429}


@pytest.mark.parametrize("size", [65_537, 10_000_000])
def test_more_than_64_kb_is_not_even_read(customer: Customer, size: int) -> None:
    key = customer.begin()
    with nothing_changes():
        status, told = customer.call(f"/chat/c/{key}/say", {"text": "a" * size})
    assert (status, told["code"]) == (413, "too-large")


def test_a_script_as_a_name_or_as_words_is_shown_as_text(customer: Customer) -> None:
    evil = "<script>alert(1)</script>"
    key = customer.begin(text=evil, name=evil)
    page = customer.look(f"/chat/c/{key}/").content.decode()
    assert evil not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_nul_disturbs_nobody(customer: Customer) -> None:
    key = customer.begin(text="a\0b", name="c\0d")
    assert customer.says(key, "e\0f")[0] == 200


def test_a_whisper_is_not_told(customer: Customer, agent: Agent, cast: Cast) -> None:
    agent.ready()
    key = customer.begin()
    contact = agent.accept(key)
    leader, at = cast.actor(Role.DUTY_LEADER), timezone.now()
    whisper(contact, text="先道歉", sent_as="w", actor=leader, at=at)
    agent.says(key, "抱歉让您久等")
    told = customer.news(key)
    assert texts(told)[-1] == "抱歉让您久等"
    assert "先道歉" not in str(told) + customer.look(f"/chat/c/{key}/").content.decode()
    assert "先道歉" not in customer.look(f"/chat/c/{key}/transcript.txt").content.decode()


def test_a_page_that_missed_lines_asks_for_those(customer: Customer) -> None:
    key = customer.begin(text="一")
    for word in ("二", "三", "四"):
        last = customer.says(key, word)[1]["last"]
    assert texts(customer.news(key, after=last - 1)) == ["四"]
    assert texts(customer.news(key, after=last)) == []


def test_being_there_says_how_far_one_has_read(customer: Customer, agent: Agent) -> None:
    agent.ready()
    key = customer.begin()
    agent.accept(key)
    seq = agent.says(key, "您好")
    for _ in range(2):
        status, _told = customer.call(f"/chat/c/{key}/here", {"seen": str(seq), "after": "0"})
        assert status == 200
    assert contact_of_customer(contact_of_visit(key)).seen_by_customer == seq


def test_who_reads_earlier_lines_again_has_read_the_later_ones_still(
    customer: Customer, agent: Agent
) -> None:
    agent.ready()
    key = customer.begin()
    agent.accept(key)
    seq = agent.says(key, "您好")
    for seen in (seq, 1, seq + 100):
        customer.call(f"/chat/c/{key}/here", {"seen": str(seen), "after": "0"})
        assert contact_of_customer(contact_of_visit(key)).seen_by_customer == seq


def test_what_the_agent_has_read_is_marked(customer: Customer, agent: Agent) -> None:
    agent.ready()
    key = customer.begin(text="看到了吗")
    agent.accept(key)
    agent.says(key, "看到了")
    assert customer.news(key)["seen"] >= 2
    assert "已读" in customer.look(f"/chat/c/{key}/").content.decode()


def test_a_hold_is_said_in_words(customer: Customer, agent: Agent) -> None:
    agent.ready()
    key = customer.begin()
    contact = agent.accept(key)
    hold_contact(contact, actor=agent.actor, at=timezone.now())
    told = customer.news(key)
    assert (told["state"], told["lines"][-1]["signal"]) == ("held", "hold_on")


def test_who_writes_after_the_end_goes_on_in_a_new_conversation(
    customer: Customer, agent: Agent
) -> None:
    agent.ready()
    key = customer.begin(visitor="one-browser-0123456789")
    contact = agent.accept(key)
    at = timezone.now()
    end_contact(contact, actor=agent.actor, at=at)
    save_record(contact, details=RecordDetails(category="road"), actor=agent.actor, at=at)
    finish_contact(contact, actor=agent.actor, at=at)
    status, told = customer.says(key, "还有一件事")
    assert status == 200
    assert told["key"] != key
    assert texts(told) == ["还有一件事"]
    assert customer.news(key)["follower"] == told["key"]
    assert told["key"] in customer.look(f"/chat/c/{key}/").content.decode()


def test_words_from_an_old_tab_arrive_in_the_conversation_that_goes_on(
    customer: Customer,
) -> None:
    """A message after closing: it is neither lost nor in a third conversation."""
    key = customer.begin(visitor="one-browser-0123456789")
    leave_as_customer(contact_of_visit(key), at=timezone.now())
    _, first = customer.says(key, "还在吗")
    _, second = customer.says(key, "有人吗")
    assert second["key"] == first["key"]
    assert texts(customer.news(first["key"])) == ["还在吗", "有人吗"]
