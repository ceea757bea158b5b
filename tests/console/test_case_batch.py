"""Cases ticked on the list and given to somebody else, with and without a script."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from rexian.org.domain.people import PersonDetails
from rexian.org.domain.roles import Role
from rexian.org.services import join_person
from tests.cases.conftest import MACHINE, NOON, Desk, desk, house
from tests.console.test_cases import SENT, now, text_of

__all__ = ["desk", "house"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(desk: Desk) -> Client:
    """Return the browser of who supervises the company."""
    return desk.house.cast.client(Role.MANAGER)


@pytest.fixture
def colleague(desk: Desk) -> int:
    """Return somebody else who handles cases at the toll station."""
    details = PersonDetails(sign_in="liucun.dingyi", name="丁一")
    return join_person(
        desk.units["liucun"], details=details, roles=(Role.HANDLER,), actor=MACHINE, at=NOON
    )


def handled(desk: Desk) -> int:
    """Return a complaint that the toll station's handler has signed for."""
    made, at = now(desk), timezone.now()
    desk.move(made, "send-slip", unit=desk.units["liucun"], values=SENT, at=at)
    desk.move(made, "sign", Role.HANDLER, at=at)
    return made


def fields_of(client: Client, query: str = "view=all") -> dict[str, Any]:
    """Return what the list's form sends besides what is filled in."""
    text = text_of(client.get(f"/cases/?{query}"))
    sent_as = re.search(r'name="sent_as" value="([0-9a-f]+)"', text)
    assert sent_as
    return {
        "sent_as": sent_as[1],
        "case": re.findall(r'name="case" value="([0-9:]+)"', text),
        "page": re.findall(r'name="page" value="([0-9:]+)"', text),
    }


def test_ticked_cases_are_given_away_in_one_request_and_each_tells_what_became_of_it(
    desk: Desk, manager: Client, colleague: int
) -> None:
    goes, stays = handled(desk), now(desk)
    sent = fields_of(manager)
    assert len(sent["case"]) == 2
    answer = manager.post(
        "/cases/reassign?view=all", {**sent, "person": colleague, "reason": "调休"}
    )
    text = text_of(answer)
    assert desk.shown(goes).handler == colleague
    assert desk.shown(stays).handler is None
    assert f"/cases/{goes}/" in text
    assert f"/cases/{stays}/" in text
    assert text.count("tone-bad") == 1
    version = desk.shown(goes).version
    assert manager.post("/cases/reassign", {**sent, "person": colleague}).status_code == 200
    assert desk.shown(goes).version == version


def test_all_of_the_page_are_ticked_without_a_script(
    desk: Desk, manager: Client, colleague: int
) -> None:
    made = [handled(desk) for _ in range(3)]
    sent = {**fields_of(manager), "case": [], "all": "yes", "person": colleague}
    text_of(manager.post("/cases/reassign", sent))
    assert {desk.shown(one).handler for one in made} == {colleague}


def test_what_is_missing_is_said_and_the_ticks_stay(
    desk: Desk, manager: Client, colleague: int
) -> None:
    made, other = handled(desk), handled(desk)
    sent = fields_of(manager)
    one = next(each for each in sent["case"] if each.startswith(f"{made}:"))
    answer = manager.post(
        "/cases/reassign?standing=live", {**sent, "case": [one], "reason": "调休"}
    )
    text = text_of(answer, 422)
    assert re.search(rf'value="{one}"[^>]*checked', text)
    assert not re.search(rf'value="{other}:\d+"[^>]*checked', text)
    assert 'value="调休"' in text
    nothing = manager.post("/cases/reassign", {**sent, "case": [], "person": colleague})
    text_of(nothing, 422)
    odd = manager.post(
        "/cases/reassign", {**sent, "case": ["x", "1:y", "²:1"], "person": colleague}
    )
    text_of(odd, 422)


def test_who_does_not_supervise_has_nothing_to_tick(desk: Desk, colleague: int) -> None:
    made = handled(desk)
    agent = desk.house.cast.client(Role.AGENT)
    text = text_of(agent.get("/cases/"))
    assert 'name="case"' not in text
    assert 'id="reassign"' not in text
    sent = {"case": [f"{made}:3"], "person": colleague, "sent_as": "s"}
    assert agent.post("/cases/reassign", sent).status_code == 403
    assert agent.get("/cases/reassign").status_code in (403, 405)
