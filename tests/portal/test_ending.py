"""The end: by the customer, with a way back, a rating, and a transcript to keep."""

from __future__ import annotations

import pytest
from django.utils import timezone

from rexian.contacts.queries import contact_of_visit
from rexian.contacts.services import end_contact
from tests.cast import nothing_changes, recorded
from tests.portal.conftest import Agent, Customer

pytestmark = pytest.mark.django_db

GOOD = {"rating-solved": "yes", "rating-satisfied": "5", "rating-why": "很快"}


def talked(customer: Customer, agent: Agent) -> str:
    """Return the key of a conversation that the agent has ended."""
    agent.ready()
    key = customer.begin()
    agent.accept(key)
    agent.says(key, "您好\n再见")
    end_contact(contact_of_visit(key), actor=agent.actor, at=timezone.now())
    return key


def test_leaving_the_queue_gives_the_place_away(customer: Customer) -> None:
    key = customer.begin()
    status, told = customer.call(f"/chat/c/{key}/leave", {})
    assert (status, told["state"], told["ending"]) == (200, "ended", "abandoned")


def test_who_ends_a_conversation_and_writes_again_goes_on(customer: Customer, agent: Agent) -> None:
    agent.ready()
    key = customer.begin()
    agent.accept(key)
    assert customer.call(f"/chat/c/{key}/leave", {})[1]["state"] == "after"
    _, told = customer.says(key, "等等，还有一件事")
    assert (told["key"], told["state"]) == (key, "connected")


def test_who_does_not_want_to_wait_is_called_back(customer: Customer) -> None:
    key = customer.begin()
    with nothing_changes():
        assert customer.call(f"/chat/c/{key}/ring-back", {"ring-number": "12"})[0] == 422
        assert customer.send(f"/chat/c/{key}/ring-back", {"ring-number": ""}).status_code == 422
    status, told = customer.call(f"/chat/c/{key}/ring-back", {"ring-number": "138 1234 5678"})
    assert (status, told["ending"]) == (200, "message")
    assert "我们会给您回电" in told["lines"][-1]["text"] or told["lines"][-1]["by"] == "system"


def test_leaving_twice_is_no_error(customer: Customer) -> None:
    key = customer.begin()
    assert [customer.call(f"/chat/c/{key}/leave", {})[0] for _ in range(2)] == [200, 200]


def test_a_rating_is_heard(customer: Customer, agent: Agent) -> None:
    key = talked(customer, agent)
    assert (
        'data-rating aria-labelledby="rate-title">'
        in customer.look(f"/chat/c/{key}/").content.decode()
    )
    answer = customer.send(f"/chat/c/{key}/rating", GOOD)
    assert answer.status_code == 200
    (entry,) = recorded("contacts.contact_rated")
    assert (entry.data["solved"], entry.data["satisfied"]) == (True, 5)


@pytest.mark.parametrize("wrong", [{}, {"rating-solved": "yes"}, {**GOOD, "rating-satisfied": "6"}])
def test_half_a_rating_says_what_is_missing(
    customer: Customer, agent: Agent, wrong: dict[str, str]
) -> None:
    key = talked(customer, agent)
    with nothing_changes():
        assert customer.call(f"/chat/c/{key}/rating", wrong)[0] == 422
        assert customer.send(f"/chat/c/{key}/rating", wrong).status_code == 422


def test_a_conversation_that_goes_on_is_not_rated(customer: Customer, agent: Agent) -> None:
    agent.ready()
    key = customer.begin()
    agent.accept(key)
    with nothing_changes():
        assert customer.call(f"/chat/c/{key}/rating", GOOD)[0] in {404, 422}


def test_the_transcript_can_be_kept_as_a_text(customer: Customer, agent: Agent) -> None:
    key = talked(customer, agent)
    answer = customer.look(f"/chat/c/{key}/transcript.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"].startswith('attachment; filename="huatong-')
    text = answer.content.decode("utf-8-sig")
    assert text.startswith("华通高速客服热线\r\n")
    assert "客服 1001: 您好\r\n    再见\r\n" in text


def test_the_transcript_can_be_printed(customer: Customer, agent: Agent) -> None:
    key = talked(customer, agent)
    page = customer.look(f"/chat/c/{key}/transcript").content.decode()
    assert "客服 1001" in page
    assert "请问怎么办通行卡？" in page
