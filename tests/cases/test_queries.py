"""Pages ask the database as often for two hundred cases as for ten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rexian.callbacks.models import CaseCall, HeardWord, Survey
from rexian.cases.models import Alert, Case, Clock
from rexian.cases.services.rehearsing import fill_with_cases
from rexian.org.domain.roles import Role
from tests.cases.conftest import MACHINE, NOON, Desk

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
ADDRESSES = (
    "cases/?view=all",
    "cases/?view=mine",
    "cases/?view=late",
    "cases/?view=today",
    "cases/?view=approve",
    "cases/?q=收费",
    "cases/alerts/",
    "cases/workload/",
    "callbacks/",
    "callbacks/dissatisfied/",
    "callbacks/heard/",
    "figures/",
    "figures/answered/",
    "figures/on_time/",
    "figures/satisfied_of_reached/",
)
SUMS = {"cases/workload/", "figures/"}
"""Pages that show no line a case, and are hence no longer for it."""


def fill(desk: Desk, count: int, event: int) -> None:
    """Add so many open cases of this month, parts of one event, each late, told of and called."""
    units = (desk.units["centre"], desk.units["liucun"])
    known = set(Case.objects.values_list("pk", flat=True))
    fill_with_cases(desk.house.code, count, units=units, actor=MACHINE, at=NOON)
    rows = Case.objects.exclude(pk__in=known)
    handler = desk.actor(Role.MANAGER).person
    rows.update(taken_at=NOON - 2 * HOUR, due_at=NOON - HOUR, handler=handler, parent=event)
    rows.update(
        standing="open",
        closed_at=None,
        asked={"move": "extend", "person": desk.actor(Role.HANDLER).person},
    )
    made = list(rows)
    Clock.objects.bulk_create(
        Clock(case=one, clock="answer", round=1, started_at=one.taken_at, due_at=NOON - HOUR)
        for one in made
    )
    Alert.objects.bulk_create(
        Alert(
            organisation_id=one.organisation_id, case=one, unit_id=one.unit_id, what="breach",
            right="cases.supervise", clock="answer", at=NOON - HOUR, told_at=NOON - HOUR,
        )
        for one in made
    )  # fmt: skip
    _call(desk, made)


def _call(desk: Desk, made: list[Case]) -> None:
    """Have a customer of each case be called, who was not satisfied."""
    caller = desk.actor(Role.CALLBACK_AGENT).person
    calls = [
        CaseCall(
            organisation_id=one.organisation_id, hotline_id=one.hotline_id, number=one.number,
            home_id=desk.units["centre"], rule="complaint-callback", standard=one.standard,
            due_from=NOON, due_at=NOON + HOUR, next_at=NOON, given_to_id=caller, given_at=NOON,
        )
        for one in made
    ]  # fmt: skip
    CaseCall.objects.bulk_create(calls)
    surveys = [
        Survey(
            organisation_id=one.organisation_id, call=call, case=one, round=1, rule=call.rule,
            home_id=call.home_id, handler_id=one.handler_id, unit_id=one.unit_id,
            done_at=NOON - HOUR, since_at=NOON - HOUR, called_at=NOON, answered_at=NOON,
            answered_by_id=caller, solved=False, satisfied=False, state="answered",
        )
        for one, call in zip(made, calls, strict=True)
    ]  # fmt: skip
    Survey.objects.bulk_create(surveys)
    HeardWord.objects.bulk_create(
        HeardWord(
            organisation_id=one.organisation_id, survey=one, unit_id=one.unit_id, kind="problem",
            text="等待太久", heard_at=NOON, heard_by_id=caller,
        )
        for one in surveys
    )  # fmt: skip


def asked_by(client: Client, address: str) -> tuple[int, int]:
    """Return how many queries a page takes once what does not change is known, and its length."""
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(f"/{address}")
        assert answer.status_code == 200, address
    return len(queries), len(answer.content)


def test_two_hundred_cases_take_no_more_queries_than_ten(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    event = desk.take()
    manager = desk.house.cast.client(Role.MANAGER)
    desk_client = desk.house.cast.client(Role.CALLBACK_AGENT)
    clients = dict.fromkeys((*ADDRESSES, f"cases/{event}/"), manager)
    clients["desk/callbacks/"] = desk_client
    clients["cases/?view=unit"] = desk.house.cast.client(Role.HANDLER)
    counted = []
    for count in (10, 190):
        fill(desk, count, event)
        counted.append({one: asked_by(client, one) for one, client in clients.items()})
    few, many = counted
    assert {one: count for one, (count, _) in many.items()} == {
        one: count for one, (count, _) in few.items()
    }
    assert {one for one, (_, length) in many.items() if length < few[one][1] + 1000} == SUMS
