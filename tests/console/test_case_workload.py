"""Who has how much to do, each figure leading to the list that it counts."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from rexian.cases.models import Case
from rexian.org.domain.roles import Role
from tests.cases.conftest import NOON, Desk, desk, house
from tests.console.test_case_batch import handled
from tests.console.test_cases import text_of

__all__ = ["desk", "house"]

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


def test_each_figure_leads_to_as_many_cases(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOON)  # a day has an end, whenever this runs
    manager = desk.house.cast.client(Role.MANAGER)
    late, today, later = handled(desk), handled(desk), handled(desk)
    due = {late: NOON - HOUR, today: NOON + 11 * HOUR, later: NOON + 13 * HOUR}
    for made, due_at in due.items():
        Case.objects.filter(pk=made).update(due_at=due_at)
    text = text_of(manager.get("/cases/workload/"))
    found = re.findall(r'<a class="figures[^"]*" href="([^"]+)">(\d+)</a>', text)
    assert [count for _, count in found] == ["3", "1", "1"]
    for (href, count), expected in zip(found, ({late, today, later}, {today}, {late}), strict=True):
        listed = text_of(manager.get(href.replace("&amp;", "&")))
        shown = {int(one) for one in re.findall(r'<th scope="row"><a href="/cases/(\d+)/"', listed)}
        assert shown == expected
        assert len(shown) == int(count)


def test_it_is_for_supervisors(desk: Desk) -> None:
    assert desk.house.cast.client(Role.AGENT).get("/cases/workload/").status_code == 403
    leader = desk.house.cast.client(Role.TEAM_LEADER)
    assert "<table" not in text_of(leader.get("/cases/workload/"))
    assert "/cases/workload/" in text_of(leader.get("/cases/"))
