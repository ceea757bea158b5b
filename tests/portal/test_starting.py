"""The first page: whoever comes is let in, once, or told why not and whom to ring."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from rexian.contacts.domain.lifecycle import Ending
from rexian.contacts.queries import contact_of_customer, contact_of_visit
from tests.cast import nothing_changes, recorded
from tests.portal.conftest import Customer

pytestmark = pytest.mark.django_db


def test_the_emergency_comes_first_with_all_numbers_to_ring(customer: Customer) -> None:
    page = customer.look("/chat/huatong/").content.decode()
    for number in ("110", "119", "120", "122", "087165122122"):
        assert f'href="tel:{number}"' in page
    assert page.index("tel:120") < page.index('name="text"')
    assert "为提升服务质量，本次对话将被记录。" in page


def test_a_form_without_a_script_begins_a_conversation(customer: Customer) -> None:
    page = customer.look("/chat/huatong/").content.decode()
    sent_as = re.findall(r'name="sent_as" value="([^"]+)"', page)[-1]
    fields = {"queue": "general", "text": "你好", "sent_as": sent_as}
    answer = customer.send("/chat/huatong/", fields)
    assert answer.status_code == 302
    conversation = customer.look(answer["Location"])
    assert "你好" in conversation.content.decode()


def test_the_same_form_sent_twice_begins_one_conversation(customer: Customer) -> None:
    sent_as = "a-name-of-this-request-1"
    assert customer.begin(sent_as=sent_as) == customer.begin(sent_as=sent_as)
    assert len(recorded("contacts.contact_arrived")) == 1


def test_two_tabs_of_a_browser_begin_one_conversation(customer: Customer) -> None:
    visitor = "one-browser-0123456789"
    assert customer.begin(visitor=visitor) == customer.begin(visitor=visitor)


@pytest.mark.parametrize("name", ["1", "x" * 15, "x" * 65, "a b c d e f g h i j", ""])
def test_what_can_be_guessed_finds_nobodys_conversation(customer: Customer, name: str) -> None:
    first = customer.begin(visitor=name, sent_as=name)
    assert Customer(Client()).begin(visitor=name, sent_as=name) != first


def test_an_emergency_begins_without_a_word(customer: Customer) -> None:
    key = customer.begin(queue="emergency", text="")
    assert contact_of_customer(contact_of_visit(key)).queue == "emergency"


def test_a_number_that_is_none_is_told_beside_its_field(customer: Customer) -> None:
    with nothing_changes():
        answer = customer.send("/chat/huatong/", {"queue": "general", "number": "12345"})
    assert answer.status_code == 422
    assert 'id="id_number_error"' in answer.content.decode()


def test_a_script_hears_what_is_wrong_as_values(customer: Customer) -> None:
    status, told = customer.call("/chat/huatong/", {"queue": "nonsense"})
    assert (status, told["code"], list(told["fields"])) == (422, "invalid", ["queue"])


def test_outside_hours_one_leaves_a_message(customer: Customer, closed: str) -> None:
    page = customer.look(f"/chat/{closed}/").content.decode()
    assert f'action="/chat/{closed}/message"' in page
    fields = {"queue": "general", "text": "请回电", "number": "13812345678"}
    answer = customer.send(f"/chat/{closed}/message", fields)
    assert answer.status_code == 302
    key = answer["Location"].split("/")[3]
    assert contact_of_customer(contact_of_visit(key)).ending is Ending.MESSAGE


def test_a_message_needs_a_number_and_words(customer: Customer, closed: str) -> None:
    with nothing_changes():
        status, told = customer.call(f"/chat/{closed}/message", {"queue": "general"})
    assert (status, sorted(told["fields"])) == (422, ["number", "text"])


def test_words_typed_as_the_hotline_closes_are_kept_for_a_message(
    customer: Customer, closed: str
) -> None:
    answer = customer.send(f"/chat/{closed}/", {"queue": "general", "text": "我写了很多"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "我写了很多" in page
    assert f'action="/chat/{closed}/message"' in page


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-Hans", "简体中文"), ("zh-Hant", "繁體中文"), ("en", "How can we help you?")],
)
def test_the_page_speaks_three_languages(customer: Customer, language: str, words: str) -> None:
    answer = customer.look(f"/chat/huatong/?language={language}")
    assert answer["Content-Language"] == language
    assert f'<html lang="{language}"' in answer.content.decode()
    assert words in answer.content.decode()


def test_a_conversation_speaks_the_language_in_which_it_began(customer: Customer) -> None:
    fields = {"queue": "general", "text": "Hello"}
    answer = customer.send("/chat/huatong/?language=en", fields)
    key = answer["Location"].split("/")[3]
    assert customer.look(f"/chat/c/{key}/")["Content-Language"] == "en"


def test_a_hotline_that_there_is_not_is_not_found(customer: Customer) -> None:
    assert customer.look("/chat/nobody/").status_code == 404
    assert customer.call("/chat/nobody/", {})[0] == 404
