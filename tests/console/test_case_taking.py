"""Taking a case by hand: what is asked, what a contact knows, what looks like the same."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from rexian.contacts.services import RecordDetails, accept_offer, save_record
from rexian.org.domain.roles import Role
from tests.cases.conftest import Desk, desk, house
from tests.contacts.conftest import House

__all__ = ["desk", "house"]

pytestmark = pytest.mark.django_db
ADDRESS = "/cases/new/"


@pytest.fixture
def agent(desk: Desk) -> Client:
    """Return the browser of who takes cases."""
    return desk.house.cast.client(Role.AGENT)


def hidden(text: str) -> dict[str, str]:
    """Return the hidden fields of the page's form."""
    found = re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', text)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def filled(desk: Desk, agent: Client, **said: Any) -> dict[str, Any]:
    """Return the form as somebody fills it in."""
    return {
        **hidden(agent.get(ADDRESS).content.decode()),
        "hotline": desk.house.code,
        "category": "complaint-attitude",
        "case_class": "simple",
        "matter": "收费员态度不好",
        "name": "赵先生",
        "number": "138 0013 8000",
        "place": "柳村收费站",
        **said,
    }


def taken(desk: Desk, answer: Any) -> Any:
    """Return the case to which an answer leads."""
    assert answer.status_code == 302, answer.content.decode()
    return desk.shown(int(re.findall(r"\d+", answer["Location"])[0]))


def test_a_case_is_taken_with_what_is_known(desk: Desk, agent: Client) -> None:
    shown = taken(desk, agent.post(ADDRESS, filled(desk, agent)))
    assert (shown.source, shown.number, shown.place_text) == ("person", "13800138000", "柳村收费站")
    assert (shown.category, shown.case_class) == ("complaint-attitude", "simple")


def test_a_letter_of_an_outside_body_keeps_its_number_and_deadline(
    desk: Desk, agent: Client
) -> None:
    until = (timezone.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    letter = {"outside_body": "12345", "outside_number": "JC-77", "due_at": until}
    shown = taken(desk, agent.post(ADDRESS, filled(desk, agent, **letter)))
    assert (shown.source, shown.outside_body, shown.outside_number) == ("outside", "12345", "JC-77")
    assert desk.clock(shown.id, "outside-deadline").asked_for


def test_what_looks_like_the_same_is_shown_before_and_taken_when_one_insists(
    desk: Desk, agent: Client
) -> None:
    before = taken(desk, agent.post(ADDRESS, filled(desk, agent)))
    answer = agent.post(ADDRESS, filled(desk, agent))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert before.reference in text
    assert "收费员态度不好" in text
    again = taken(desk, agent.post(ADDRESS, {**filled(desk, agent), **hidden(text)}))
    assert again.id != before.id


def test_pressed_twice_it_is_one_case(desk: Desk, agent: Client) -> None:
    given = filled(desk, agent)
    first = taken(desk, agent.post(ADDRESS, given))
    assert taken(desk, agent.post(ADDRESS, {**given, "sure": str(first.id)})).id == first.id


def test_what_is_missing_is_said_and_nothing_typed_is_lost(desk: Desk, agent: Client) -> None:
    answer = agent.post(ADDRESS, filled(desk, agent, category="", number="12"))
    assert answer.status_code == 422
    assert "收费员态度不好" in answer.content.decode()
    answer = agent.post(ADDRESS, filled(desk, agent, number="12"))
    assert answer.status_code == 422
    assert 'id="id_number_error"' in answer.content.decode()


def test_a_contact_brings_what_its_record_knows(house: House, desk: Desk, agent: Client) -> None:
    actor = house.ready(after=0)
    contact = house.arrival(after=1, name="钱女士", number="13912345678")
    accept_offer(contact, actor=actor, at=timezone.now())
    record = RecordDetails(
        category="complaint-attitude", case_type="complaint", summary="态度生硬",
        place={"words": "柳村收费站"},
    )  # fmt: skip
    save_record(contact, details=record, actor=actor, at=timezone.now())
    text = agent.get(f"{ADDRESS}?contact={contact}").content.decode()
    for words in ("钱女士", "13912345678", "态度生硬", "柳村收费站"):
        assert words in text
    given = {**filled(desk, agent), **hidden(text)}
    assert taken(desk, agent.post(ADDRESS, given)).contact == contact


def test_only_those_who_take_cases_are_asked(desk: Desk) -> None:
    for role in (Role.HANDLER, Role.INSPECTOR, Role.ADMINISTRATOR):
        assert desk.house.cast.client(role).get(ADDRESS).status_code == 403
