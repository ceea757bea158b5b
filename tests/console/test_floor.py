"""The floor: who is there, who waits; reading along, whispering, taking over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from rexian.console.curves import curve_of
from rexian.contacts.queries import DayShown, Slot, contact, hotlines, transcript
from rexian.contacts.services import (
    Arrival,
    accept_offer,
    arrive,
    ask_for_help,
    become_ready,
    say_as_customer,
)
from rexian.org.domain.roles import Role
from tests.cast import OUTSIDER, Cast, nothing_changes
from tests.streams import AssertLive, session_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(cast: Cast) -> int:
    """Return a contact that the agent has taken."""
    agent, at = cast.actor(Role.AGENT), timezone.now()
    become_ready(actor=agent, at=at)
    made = arrive(
        "huatong", arrival=Arrival(sent_as="one", text="路况怎么样", name="周先生"), at=at
    )
    accept_offer(made, actor=agent, at=at + timedelta(seconds=2))
    return made


def test_the_floor_shows_who_is_there_and_who_waits(cast: Cast, talk: int) -> None:
    for number in range(3):
        arrive(
            "huatong",
            arrival=Arrival(sent_as=f"more-{number}", queue="emergency", name=f"司机{number}"),
            at=timezone.now(),
        )
    page = cast.client(Role.DUTY_LEADER).get("/floor/").content.decode()
    assert "王芳" in page
    assert "周先生" in page
    assert "司机2" in page
    assert f"/floor/contacts/{talk}/" in page


def test_without_a_hotline_the_floor_says_so(cast: Cast) -> None:
    page = cast.client(OUTSIDER).get("/floor/")
    assert page.status_code == 403
    assert not hotlines(cast.actor(OUTSIDER))


def test_a_supervisor_reads_along_and_whispers_once(cast: Cast, talk: int) -> None:
    client = cast.client(Role.DUTY_LEADER)
    assert "路况怎么样" in client.get(f"/floor/contacts/{talk}/").content.decode()
    for _ in range(2):
        sent = {"text": "先报路段", "sent_as": "same"}
        assert client.post(f"/floor/contacts/{talk}/whisper", sent).status_code == 302
    whispered = [one for one in transcript(talk) if one.text == "先报路段"]
    assert [one.audience.value for one in whispered] == ["agents"]


def test_an_empty_whisper_says_what_is_missing(cast: Cast, talk: int) -> None:
    client = cast.client(Role.DUTY_LEADER)
    with nothing_changes():
        page = client.post(f"/floor/contacts/{talk}/whisper", {"text": " ", "sent_as": "x"})
    assert page.status_code == 422


def test_a_supervisor_takes_over_and_goes_to_the_desk(cast: Cast, talk: int) -> None:
    answer = cast.client(Role.DUTY_LEADER).post(f"/floor/contacts/{talk}/take-over")
    assert answer.status_code == 302
    assert answer["Location"] == f"/desk/?contact={talk}"
    assert contact(talk, actor=cast.actor(Role.MANAGER)).agent == cast.id(Role.DUTY_LEADER)


def test_a_manager_reads_along_and_does_not_intervene(cast: Cast, talk: int) -> None:
    client = cast.client(Role.MANAGER)
    page = client.get(f"/floor/contacts/{talk}/").content.decode()
    assert "take-over" not in page
    with nothing_changes():
        assert client.post(f"/floor/contacts/{talk}/take-over").status_code == 403


@pytest.mark.usefixtures("talk")
def test_an_agent_is_put_on_a_break(cast: Cast) -> None:
    client = cast.client(Role.DUTY_LEADER)
    answer = client.post(f"/floor/agents/{cast.id(Role.AGENT)}/send", {"reason": "rest"})
    assert answer["Location"] == "/floor/?done=break"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", ["arrives", "says", "asks"])
def test_what_is_watched_stays_as_the_page_made_anew(
    cast: Cast, talk: int, assert_live: AssertLive, change: str
) -> None:
    at = timezone.now()
    changes: dict[str, tuple[str, int, Callable[[], object]]] = {
        "arrives": (
            "floor",
            hotlines(cast.actor(Role.MANAGER))[0].id,
            lambda: arrive("huatong", arrival=Arrival(sent_as="new"), at=at),
        ),
        "says": (
            "read-along",
            talk,
            lambda: say_as_customer(talk, text="在吗", sent_as="s", at=at),
        ),
        "asks": (
            "read-along",
            talk,
            lambda: ask_for_help(talk, reason="abuse", actor=cast.actor(Role.AGENT), at=at),
        ),
    }
    topic, key, do = changes[change]
    assert_live(topic, str(key), do, session=session_of(cast.client(Role.DUTY_LEADER)))


def test_a_day_is_drawn_to_its_highest_half_hour() -> None:
    start = datetime(2026, 11, 23, 1, tzinfo=timezone.get_default_timezone())
    slots = (
        Slot(start, arrived=4, in_time=2, late=1, abandoned=1),
        Slot(start + timedelta(minutes=30), arrived=2, in_time=1),
    )
    curve = curve_of(DayShown(slots, 6, 4, 1, 12.0, 0.6), "Asia/Shanghai")
    assert curve.most == 4
    assert [sum(part.height for part in bar.parts) for bar in curve.bars] == [120, 60]
    assert [part.kind for part in curve.bars[1].parts] == ["in-time", "open"]
    assert curve.bars[0].at == "09:00"
