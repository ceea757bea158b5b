"""What stands in an address or a form of cases that no page has put there."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from rexian.cases.domain.helping import Kind
from rexian.cases.queries.notifications import notifications_of
from rexian.cases.services.directory import HelperDetails, add_helper
from rexian.kernel.errors import NotFound
from rexian.org.domain.roles import Role
from tests.cases.conftest import MACHINE, Desk, desk, house
from tests.cast import OUTSIDER, nothing_changes
from tests.console.test_case_dispatch import breakdown, dispatcher, send, towing
from tests.console.test_cases import form_of, page, text_of

__all__ = ["desk", "dispatcher", "house", "towing"]

pytestmark = pytest.mark.django_db


def test_who_merely_sees_a_case_is_not_handed_the_link_by_which_one_answers_for_a_helper(
    desk: Desk, dispatcher: Client, towing: int
) -> None:
    made = breakdown(desk)
    send(dispatcher, made, "dispatch/dispatch", called=[f"helper:{towing}"])
    one = notifications_of(made, actor=MACHINE)[-1].id
    address = f"/cases/{made}/called/{one}/"
    assert "/field/" in text_of(dispatcher.get(address))
    assert "/field/" not in text_of(desk.house.cast.client(Role.INSPECTOR).get(address))


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "１２", "-1"])
def test_a_day_that_no_calendar_has_is_today(desk: Desk, day: str) -> None:
    shown = text_of(desk.house.cast.client(Role.MANAGER).get("/cases/duty/", {"day": day}))
    assert timezone.localtime().strftime("%Y-%m") in shown


@pytest.mark.parametrize("kept", ["9" * 5000, "9" * 300, "9" * 19, "-1", "²", "１"])
def test_files_that_nobody_has_sent_come_with_no_move(desk: Desk, kept: str) -> None:
    made, manager = desk.take(), desk.house.cast.client(Role.MANAGER)
    known = form_of(page(manager, made), "add")
    given: dict[str, Any] = {**known, "text": "补充", "kept": kept}
    assert manager.post(f"/cases/{made}/moves/add", given).status_code in {302, 422}


def test_nobody_adds_to_the_directory_of_another_house(desk: Desk) -> None:
    details = HelperDetails(code="x", name="x", kind=Kind.TOWING, telephone="1")
    theirs = desk.actor(OUTSIDER).organisation
    assert theirs is not None
    manager = desk.actor(Role.MANAGER)
    with nothing_changes(), pytest.raises(NotFound):
        add_helper(theirs, details=details, actor=manager, at=timezone.now())
