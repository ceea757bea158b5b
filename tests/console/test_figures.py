"""The figures of a month: the page, the rows, the workbook, and the closing."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from rexian.callbacks.domain.months import month_span
from rexian.org.domain.roles import Role
from rexian.reports.models import ClosedMonth
from tests.callbacks.conftest import Done, desk, done, house
from tests.callbacks.test_case_calls import CONTENT, DUE_AT
from tests.cast import nothing_changes

__all__ = ["desk", "done", "house"]

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 1)
LATER = datetime.fromisoformat("2026-12-02T09:00:00+08:00")


def text_of(answer: Any, status: int = 200) -> str:
    """Return what a page says."""
    assert answer.status_code == status, (answer.status_code, answer.content.decode()[:2000])
    return str(answer.content.decode())


@pytest.fixture
def manager(done: Done, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Return the manager in December, when one case of November was done and called back."""
    case = done.complaint()
    done.answer(done.take(case), case, CONTENT, at=DUE_AT)
    monkeypatch.setattr(timezone, "now", lambda: LATER)
    return done.desk.house.cast.client(Role.MANAGER)


def test_the_month_is_shown_down_to_its_cases(manager: Client) -> None:
    page = text_of(manager.get("/figures/?month=2026-11"))
    assert "100.0%" in page
    assert "/figures/close" in page
    for figure in ("answered", "on_time", "callback_rate", "satisfied_of_reached"):
        assert f"/figures/{figure}/?month=2026-11" in page
        rows = text_of(manager.get(f"/figures/{figure}/?month=2026-11"))
        assert "/cases/1/" in rows or 'href="/cases/' in rows
    assert "周军" in text_of(manager.get("/figures/satisfied_of_reached/?month=2026-11"))
    assert manager.get("/figures/unheard-of/").status_code == 404
    assert manager.get("/figures/?month=2026-31").status_code == 404


def test_the_month_is_closed_by_one_click_or_two(manager: Client) -> None:
    for _ in range(2):
        answer = manager.post("/figures/close", {"month": "2026-11"})
        assert answer["Location"].endswith("month=2026-11&done=closed")
    assert ClosedMonth.objects.get().first == NOVEMBER
    page = text_of(manager.get("/figures/?month=2026-11"))
    assert "/figures/close" not in page
    assert "陈伟" in page


def test_a_month_that_goes_on_is_not_closed(done: Done, manager: Client) -> None:
    assert month_span(NOVEMBER, done.zone)[1] < LATER
    with nothing_changes():
        text_of(manager.post("/figures/close", {"month": "2026-12"}), 403)
        text_of(manager.post("/figures/close", {"month": "nonsense"}), 404)
    leader = done.desk.house.cast.client(Role.DUTY_LEADER)
    assert "/figures/close" not in text_of(leader.get("/figures/?month=2026-11"))
    with nothing_changes():
        text_of(leader.post("/figures/close", {"month": "2026-11"}), 403)


def test_the_month_is_a_workbook_with_its_rows(manager: Client) -> None:
    answer = manager.get("/figures/month.xlsx?month=2026-11")
    assert answer.status_code == 200
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert len(book.sheetnames) == 8
    assert [one.value for one in book.worksheets[0][2]][2:5] == [1, 1, 1]
