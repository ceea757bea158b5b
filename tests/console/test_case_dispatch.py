"""Calling people in at the console, and what the page of a case tells of them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from rexian.cases.domain.helping import Kind
from rexian.cases.queries.notifications import notifications_of
from rexian.cases.services.directory import HelperDetails, add_helper
from rexian.org.domain.roles import Role
from tests.cases.conftest import MACHINE, Desk, desk, house
from tests.cast import OUTSIDER, nothing_changes
from tests.console.test_cases import page, text_of

__all__ = ["desk", "house"]

pytestmark = pytest.mark.django_db


def breakdown(desk: Desk, **said: Any) -> int:
    """Take a breakdown now."""
    given = {
        "category": "breakdown-tyre",
        "case_class": "",
        "title": "小客车爆胎",
        "place_text": "G56 临川方向 K110+300",
        **said,
    }
    return desk.take(at=timezone.now(), **given)


@pytest.fixture
def towing(desk: Desk) -> int:
    """Return a towing firm of the directory."""
    details = HelperDetails(code="qz", name="通达清障", kind=Kind.TOWING, telephone="087165307711")
    manager, ours = desk.actor(Role.MANAGER), desk.house.cast.organisation
    return add_helper(ours, details=details, actor=manager, at=timezone.now())


@pytest.fixture
def dispatcher(desk: Desk) -> Client:
    """Return the browser of who dispatches."""
    return desk.house.cast.client(Role.DISPATCHER)


def hidden(text: str) -> dict[str, str]:
    """Return the hidden fields of a form."""
    part = text[text.index('<form class="form stack calling"') :]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', part))


def send(client: Client, made: int, address: str, **given: Any) -> Any:
    """Fill in the page that calls somebody in."""
    known = hidden(text_of(client.get(f"/cases/{made}/{address}")))
    return client.post(f"/cases/{made}/{address}", {**known, "way": "telephone", **given})


def test_help_is_called_in_from_the_page_and_shown_on_it(
    desk: Desk, dispatcher: Client, towing: int
) -> None:
    made = breakdown(desk)
    assert f"/cases/{made}/dispatch/dispatch" in page(dispatcher, made)
    answer = send(dispatcher, made, "dispatch/dispatch", called=[f"helper:{towing}"])
    assert answer.status_code == 302
    assert desk.shown(made).state == "dispatched"
    text = page(dispatcher, made)
    assert "通达清障" in text
    assert "087165307711" in text
    assert "请问车上一共几位？有没有人受伤？" in text  # what is still to be asked


def test_place_and_number_are_asked_for_where_the_case_lacks_them(
    desk: Desk, dispatcher: Client, towing: int
) -> None:
    made = breakdown(desk, place_text="", number="")
    with nothing_changes():
        answer = send(dispatcher, made, "dispatch/dispatch", called=[f"helper:{towing}"])
    assert answer.status_code == 422
    text = text_of(answer, 422)
    assert 'name="place"' in text
    assert re.search(rf'value="helper:{towing}" checked', text)
    answer = send(
        dispatcher, made, "dispatch/dispatch", called=[f"helper:{towing}"],
        place="K97", number="13900139000",
    )  # fmt: skip
    assert answer.status_code == 302
    assert (desk.shown(made).place_text, desk.shown(made).number) == ("K97", "13900139000")


@pytest.mark.usefixtures("towing")
def test_nobody_chosen_is_said(desk: Desk, dispatcher: Client) -> None:
    made = breakdown(desk)
    with nothing_changes():
        assert send(dispatcher, made, "dispatch/dispatch", text="快").status_code == 422


def test_whoever_comes_second_sees_it_and_may_press_again(
    desk: Desk, dispatcher: Client, towing: int
) -> None:
    made = breakdown(desk)
    known = hidden(text_of(dispatcher.get(f"/cases/{made}/dispatch/dispatch")))
    desk.move(made, "remind", Role.AGENT, at=timezone.now())
    given = {**known, "way": "telephone", "called": [f"helper:{towing}"]}
    text = text_of(dispatcher.post(f"/cases/{made}/dispatch/dispatch", given), 422)
    again = {**hidden(text), "way": "telephone", "called": [f"helper:{towing}"]}
    assert dispatcher.post(f"/cases/{made}/dispatch/dispatch", again).status_code == 302


def test_what_they_say_is_written_down_at_the_press_of_a_button(
    desk: Desk, dispatcher: Client, towing: int
) -> None:
    made = breakdown(desk)
    send(dispatcher, made, "dispatch/dispatch", called=[f"helper:{towing}"])
    (call,) = notifications_of(made, actor=MACHINE)
    address = f"/cases/{made}/called/{call.id}/"
    assert dispatcher.post(address, {"press": "taken"}).status_code == 302
    text = text_of(dispatcher.post(address, {"press": "refused"}), 422)
    assert 'class="error"' in text
    assert dispatcher.post(address, {"press": "arrived"}).status_code == 302
    assert desk.shown(made).state == "on-site"


def test_the_page_of_a_call_has_the_link_for_the_field(
    desk: Desk, dispatcher: Client, towing: int
) -> None:
    made = breakdown(desk)
    send(dispatcher, made, "dispatch/dispatch", called=[f"helper:{towing}"])
    (call,) = notifications_of(made, actor=MACHINE)
    text = text_of(dispatcher.get(f"/cases/{made}/called/{call.id}/"))
    assert f"/field/{call.id}-" in text
    assert "data:image/svg+xml" in text
    assert "赵先生" not in text.partition('id="field-message"')[2].partition("</pre>")[0]


def test_a_crew_is_called_without_a_move(desk: Desk, dispatcher: Client, towing: int) -> None:
    made = breakdown(desk)
    assert send(dispatcher, made, "call", called=[f"helper:{towing}"]).status_code == 302
    assert desk.shown(made).state == "taken"
    assert len(notifications_of(made, actor=MACHINE)) == 1


@pytest.mark.parametrize("address", ["dispatch/dispatch", "call", "called/1/"])
@pytest.mark.parametrize("role", [OUTSIDER, Role.HANDLER])
def test_others_find_nothing(desk: Desk, address: str, role: Role | str) -> None:
    made = breakdown(desk)
    answer = desk.house.cast.client(role).get(f"/cases/{made}/{address}")
    assert answer.status_code in {403, 404}


@pytest.mark.parametrize("move", ["remind", "nonsense"])
def test_only_moves_that_dispatch_have_such_a_page(
    desk: Desk, dispatcher: Client, move: str
) -> None:
    made = breakdown(desk)
    assert dispatcher.get(f"/cases/{made}/dispatch/{move}").status_code == 404
