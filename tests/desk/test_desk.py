"""The desk's page, and how it stands: ready, on a break, gone."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from rexian.contacts.domain.presence import LEASE, There, time_on_breaks
from rexian.contacts.services import end_lapsed
from rexian.desk.keymap import KEYS
from rexian.org.domain.roles import Role
from tests.cast import NOW, Cast
from tests.desk.conftest import Desk

pytestmark = pytest.mark.django_db

SCRIPTS = Path(__file__).parents[2] / "src/rexian/desk/static/desk"


def given(page: str) -> dict[str, object]:
    found = re.search(r'<script id="given" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


def test_the_page_begins_with_the_state_that_it_shows(desk: Desk) -> None:
    desk.ready()
    made = desk.arrival()
    page = desk.get("")
    told = given(page)
    assert [one["id"] for one in told["desk"]["contacts"]] == [made]  # type: ignore[index]
    assert f'data-live="desk:{desk.person}" data-live-after="{told["after"]}"' in page


def test_whoever_serves_no_hotline_is_told_so(cast: Cast) -> None:
    page = cast.client(Role.DUTY_LEADER).get("/desk/")
    assert page.status_code == 200
    assert 'data-live="desk:' not in page.content.decode()


def test_becoming_ready_answers_with_the_offer(desk: Desk) -> None:
    made = desk.arrival()
    answer = desk.post("presence", {"state": "ready"})
    assert answer["desk"]["presence"]["state"] == "ready"
    assert [(one["id"], one["state"]) for one in answer["desk"]["contacts"]] == [(made, "offered")]


def test_a_break_needs_a_reason_that_there_is(desk: Desk) -> None:
    assert desk.post("presence", {"state": "break", "reason": "meal"})["status"] == 200
    refused = desk.post("presence", {"state": "break", "reason": "beach"})
    assert (refused["status"], refused["refused"]["field"]) == (422, "reason")
    assert desk.get("state")["desk"]["presence"]["reason"] == "meal"


def test_a_beat_keeps_the_lease_and_tells_the_time(desk: Desk) -> None:
    desk.ready()
    answer = desk.post("beat")
    assert (answer["status"], answer["state"]) == (200, "ready")
    assert "now" in answer


def test_a_closed_laptop_is_told_of_when_it_is_open_again(desk: Desk) -> None:
    desk.talk()
    later = timezone.now() + LEASE + timedelta(seconds=1)
    assert end_lapsed(desk.person, at=later)
    assert desk.post("beat")["state"] == "offline"
    state = desk.get("state")["desk"]
    assert (state["presence"]["state"], state["contacts"]) == ("offline", [])


def test_breaks_are_counted_from_when_one_stood_how() -> None:
    minute = timedelta(minutes=1)
    changes = [
        (NOW, There.READY, ""),
        (NOW + 10 * minute, There.BREAK, "rest"),
        (NOW + 15 * minute, There.BREAK, "meal"),
        (NOW + 45 * minute, There.READY, ""),
        (NOW + 60 * minute, There.BREAK, "rest"),
    ]
    found = time_on_breaks(changes, until=NOW + 62 * minute)
    assert found == {"rest": 7 * minute, "meal": 30 * minute}


def test_no_key_of_the_desk_is_one_of_the_browsers_or_of_the_frame() -> None:
    ours = [key for one in KEYS for key in one.keys]
    assert len(ours) == len(set(ours))
    assert not set(ours) & {"F1", "F3", "F5", "F6", "F7", "F10", "F11", "F12", "Tab", "Enter"}
    assert not set(ours) & {"g", "j", "k", "/", "?", "[", "]"}  # of look.js


def test_every_sentence_of_the_script_is_one_of_ours() -> None:
    from rexian.desk.sayings import SAID  # noqa: PLC0415 - read where it is held to

    said = {
        name
        for path in SCRIPTS.glob("*.js")
        for name in re.findall(r'say\("([\w-]+)"', path.read_text("utf-8"))
    }
    assert said <= set(SAID)


def test_no_script_of_the_desk_is_long() -> None:
    assert all(len(one.read_text("utf-8").splitlines()) < 250 for one in SCRIPTS.glob("*.js"))


def test_ones_own_day_counts_what_was_finished(desk: Desk) -> None:
    made = desk.talk()
    desk.post(f"contacts/{made}/end")
    desk.post(f"contacts/{made}/record/save", {"category": "road", "version": "0"})
    assert desk.post(f"contacts/{made}/finish")["status"] == 200
    page = desk.get("today/")
    assert "road" in page
    assert desk.client.get(f"/contacts/{made}/").status_code == 200
