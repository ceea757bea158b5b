"""Hotlines: set up, changed, and who serves them."""

from __future__ import annotations

import pytest

from rexian.contacts.queries import hotline_named, hotlines, own_presence
from rexian.org.domain.roles import Role
from tests.cast import NOW, Cast, nothing_changes

pytestmark = pytest.mark.django_db

FILLED = {
    "name": "夜间热线",
    "code": "night",
    "company": "华通高速",
    "standard": "highway",
    "hours": "hours: {mon-fri: 08:00-18:00}",
    "queues": "!emergency 紧急求助\ngeneral 咨询",
    "offer_time": "30",
    "after_time": "120",
    "target_wait": "30",
    "chat_capacity": "2",
    "callback_time": "1800",
    "callback_attempts": "3",
    "callback_pause": "600",
    "sites": "https://www.example.org",
    "breaks": "meal 60",
}


@pytest.fixture
def filled(cast: Cast) -> dict[str, object]:
    """Return the form as a manager fills it in; the standard is the one that the first has."""
    cast.put_standards_in_force(NOW)
    return {**FILLED, "unit": cast.units["centre"]}


def test_a_hotline_is_set_up_from_its_form(cast: Cast, filled: dict[str, object]) -> None:
    client = cast.client(Role.MANAGER)
    answer = client.post("/hotlines/new", filled)
    made = hotline_named("night")
    assert answer["Location"] == f"/hotlines/{made.id}/?done=set-up"
    assert [(one.code, one.emergency) for one in made.queues] == [
        ("emergency", True),
        ("general", False),
    ]
    assert made.breaks == {"meal": 60}
    assert made.sites == ("https://www.example.org",)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", "Ü"),
        ("hours", "hours: {funday: 08:00-18:00}"),
        ("hours", "["),
        ("breaks", "nap 5"),
        ("offer_time", "1"),
        ("queues", ""),
    ],
)
def test_what_cannot_be_is_said_in_the_form(
    cast: Cast, filled: dict[str, object], field: str, value: str
) -> None:
    client = cast.client(Role.MANAGER)
    with nothing_changes():
        assert client.post("/hotlines/new", {**filled, field: value}).status_code == 422


def test_somebody_serves_a_hotline_from_its_page(cast: Cast) -> None:
    client, line = cast.client(Role.DUTY_LEADER), hotlines(cast.actor(Role.MANAGER))[0]
    address = f"/hotlines/{line.id}/agents/{cast.id(Role.AGENT)}"
    assert client.get(address).status_code == 200
    client.post(address, {"queues": ["general"], "capacity": "4"})
    there = own_presence(cast.actor(Role.AGENT), at=NOW)
    assert there is not None
    assert (there.skills, there.capacity) == (("general",), 4)


def test_the_pages_of_a_hotline_open(cast: Cast) -> None:
    client, line = cast.client(Role.ADMINISTRATOR), hotlines(cast.actor(Role.MANAGER))[0]
    assert line.name in client.get("/hotlines/").content.decode()
    assert client.get(f"/hotlines/{line.id}/").status_code == 200
    assert client.get(f"/hotlines/{line.id}/change").status_code == 200
