"""Cases at the desk: taken from a contact by one key, pressed, added to and withdrawn."""

from __future__ import annotations

from typing import Any

import pytest

from rexian.cases.queries import case
from rexian.cases.services import take_case
from rexian.kernel.authority import Actor
from rexian.org.domain.roles import Role
from tests.desk.conftest import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("by_the_book")]
MACHINE = Actor.system("tests")


def complaint(desk: Desk, **said: str) -> int:
    """Talk to somebody who complains, and write it down."""
    made = desk.talk(number="13812345678", name="丁女士", **said)
    fields = {
        "category": "complaint-attitude",
        "value.matter": "收费员态度不好",
        "summary": "柳村收费站收费员态度不好",
        "value.place": "柳村收费站",
        "version": "0",
    }
    assert desk.post(f"contacts/{made}/record/save", fields)["status"] == 200
    return made


def take(desk: Desk, contact: int, name: str = "one", seen: str = "") -> Any:
    """Press the key that makes a case of a contact."""
    return desk.post(f"contacts/{contact}/case", {"sent_as": name, "seen": seen})


def test_one_key_makes_a_case_of_what_the_record_knows(desk: Desk) -> None:
    contact = complaint(desk)
    answer = take(desk, contact)
    assert answer["status"] == 200
    shown = case(answer["taken"]["id"], actor=MACHINE)
    assert (shown.contact, shown.flow, shown.number) == (
        contact,
        "highway-complaint",
        "13812345678",
    )
    assert shown.matter == "柳村收费站收费员态度不好"
    page = desk.get(f"contacts/{contact}/cases")
    assert answer["taken"]["reference"] in page
    assert f'data-live="case:{shown.id}"' in page


def test_pressed_twice_it_is_one_case(desk: Desk) -> None:
    contact = complaint(desk)
    first = take(desk, contact)["taken"]["id"]
    assert take(desk, contact, seen=str(first))["taken"]["id"] == first


def test_without_a_category_it_says_what_is_lacking(desk: Desk) -> None:
    contact = desk.talk(number="13812345678")
    answer = take(desk, contact)
    assert (answer["status"], answer["refused"]["field"]) == (422, "category")


def test_what_looks_like_the_same_is_shown_first(desk: Desk) -> None:
    contact = complaint(desk)
    before = take(desk, contact)["taken"]["id"]
    answer = take(desk, contact, "two")
    assert answer["taken"] is None
    assert [one["id"] for one in answer["alike"]] == [before]
    second = take(desk, contact, "two", seen=str(before))["taken"]
    assert second["id"] != before


def test_an_urgent_record_becomes_a_case_of_help(desk: Desk) -> None:
    contact = desk.talk(number="13812345678")
    fields = {"urgent": "yes", "value.place": "G56 K110+300", "version": "0"}
    desk.post(f"contacts/{contact}/record/save", fields)
    shown = case(take(desk, contact)["taken"]["id"], actor=MACHINE)
    assert (shown.flow, shown.urgent) == ("highway-help", True)


def test_what_a_customer_has_open_is_pressed_added_to_and_withdrawn(desk: Desk) -> None:
    first = complaint(desk)
    made = take(desk, first)["taken"]["id"]
    desk.post(f"contacts/{first}/end", {"reason": "mistaken"})
    desk.post(f"contacts/{first}/finish")
    again = desk.talk(number="13812345678")
    assert case(made, actor=MACHINE).reference in desk.get(f"contacts/{again}/cases")
    assert desk.post(f"cases/{made}/press", {"sent_as": "p"})["status"] == 200
    assert desk.post(f"cases/{made}/press", {"sent_as": "p"})["status"] == 200
    assert desk.post(f"cases/{made}/add", {"words": "车牌云A12345"})["status"] == 200
    shown = case(made, actor=MACHINE)
    assert (shown.pressed, shown.added) == (1, 1)
    late = desk.post(f"cases/{made}/withdraw", {"words": "不用了", "version": shown.version - 1})
    assert late["status"] == 409
    done = desk.post(f"cases/{made}/withdraw", {"words": "不用了", "version": shown.version})
    assert done["status"] == 200
    assert case(made, actor=MACHINE).standing == "closed"
    assert desk.post(f"cases/{made}/press", {})["status"] == 403


def test_nothing_is_done_to_a_case_that_one_may_not_see(desk: Desk) -> None:
    from rexian.cases.domain.details import CaseDetails  # noqa: PLC0415 - beside its one use
    from rexian.cases.domain.standing import Source  # noqa: PLC0415
    from tests.cast import NOW  # noqa: PLC0415

    details = CaseDetails(
        source=Source.PERSON, category="complaint-attitude", matter="态度", number="13900139000"
    )
    actor = desk.cast.actor(Role.DUTY_LEADER)
    made = take_case("huatong", details=details, actor=actor, at=NOW)
    assert desk.post(f"cases/{made}/archive", {})["status"] == 404
    assert desk.post("cases/404404/press", {})["status"] == 404


def test_the_page_of_a_contact_leads_to_its_case_and_back(desk: Desk) -> None:
    contact = complaint(desk)
    made = take(desk, contact)["taken"]["id"]
    page = desk.client.get(f"/contacts/{contact}/").content.decode()
    assert f"/cases/{made}/" in page
    page = desk.client.get(f"/cases/{made}/").content.decode()
    assert f"/contacts/{contact}/" in page
