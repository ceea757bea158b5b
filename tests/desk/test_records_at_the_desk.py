"""The record at the desk: a form by the category, saved as it is written, two windows at once."""

from __future__ import annotations

import pytest

from rexian.contacts.queries import contact, record_of
from tests.desk.conftest import Desk

pytestmark = pytest.mark.django_db


def test_a_draft_is_saved_and_is_not_complete(desk: Desk) -> None:
    made = desk.talk()
    answer = desk.post(f"contacts/{made}/record/save", {"summary": "爆胎", "version": "0"})
    assert (answer["status"], answer["version"]) == (200, 1)
    kept = record_of(made)
    assert kept is not None
    assert kept.summary == "爆胎"


def test_another_window_that_was_faster_is_told_of(desk: Desk) -> None:
    made = desk.talk()
    address = f"contacts/{made}/record/save"
    assert desk.post(address, {"summary": "一", "version": "0"})["status"] == 200
    late = desk.post(address, {"summary": "二", "version": "0"})
    assert (late["status"], late["refused"]["code"]) == (409, "record-changed")
    kept = record_of(made)
    assert kept is not None
    assert kept.summary == "一"


def test_who_it_is_is_known_from_the_record(desk: Desk) -> None:
    made = desk.talk()
    fields = {"name": "丁", "form": "女士", "number": "138 1234 5678", "version": "0"}
    desk.post(f"contacts/{made}/record/save", fields)
    shown = contact(made, actor=desk.actor)
    assert (shown.name, shown.form, shown.number) == ("丁", "女士", "13812345678")
    page = desk.get(f"contacts/{made}/who")
    assert "丁女士" in page.replace("\n", "")


def test_a_number_that_is_half_written_hinders_nothing_and_is_said_at_its_field(
    desk: Desk,
) -> None:
    made = desk.talk(number="13812345678")
    fields = {"number": "139", "summary": "爆胎", "version": "0"}
    answer = desk.post(f"contacts/{made}/record/save", fields)
    assert answer["status"] == 200
    assert [one["field"] for one in answer["faults"]] == ["number"]
    assert contact(made, actor=desk.actor).number == "13812345678"


def test_the_work_after_ends_with_a_saved_record(desk: Desk) -> None:
    made = desk.talk()
    assert desk.post(f"contacts/{made}/end", {"reason": "mistaken"})["status"] == 200
    refused = desk.post(f"contacts/{made}/finish")
    assert (refused["status"], refused["refused"]["code"]) == (403, "record-not-saved")
    desk.post(f"contacts/{made}/record/save", {"category": "road", "version": "0"})
    answer = desk.post(f"contacts/{made}/finish")
    assert (answer["status"], answer["desk"]["contacts"]) == (200, [])


@pytest.mark.usefixtures("by_the_book")
def test_an_urgent_record_asks_for_place_and_number_first(desk: Desk) -> None:
    made = desk.talk(queue="emergency")
    page = desk.get(f"contacts/{made}/record?urgent=yes")
    assert 'name="urgent" value="yes"' in page
    assert "data-dispatch" in page
    assert "missing." in page


def test_without_categories_what_is_written_is_the_category(desk: Desk) -> None:
    made = desk.talk()
    assert desk.get(f"contacts/{made}/categories?q=ba") == {"found": [], "free": True}
