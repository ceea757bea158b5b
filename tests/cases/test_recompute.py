"""Deadlines reckoned again: holidays were published, or the hours of a hotline have changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from rexian.cases import models
from rexian.cases.domain.standing import Source
from rexian.cases.queries import standards
from rexian.cases.services import reckoning
from rexian.cases.services.reckoning import reckon_some_of_hotline, reckon_some_provisional
from rexian.clockwork.adapters.clocks import SetClock
from rexian.clockwork.domain.handlers import handler_named
from rexian.clockwork.domain.work import Lane
from rexian.clockwork.models import Work
from rexian.clockwork.services.running import take_next
from rexian.contacts.services.hotlines import change_hotline
from rexian.kernel.calendar.holiday_files import mainland_china
from rexian.kernel.calendar.holidays import Holiday, HolidayKind, Holidays
from rexian.org.domain.roles import Role
from rexian.org.queries import organisation
from rexian.org.services.founding import OrganisationSettings, change_organisation
from tests.cases.conftest import NOON, Desk
from tests.cast import nothing_changes, recorded
from tests.contacts.conftest import DETAILS, QUEUES, Sweeping

pytestmark = pytest.mark.django_db

WINTER = datetime(2026, 12, 29, 2, tzinfo=UTC)
"""A Tuesday; five working days later it is another year, whose holidays nobody knows yet."""
DAY = timedelta(days=1)
CLOCK = "outside-deadline"
REPAIRS = {"date": "2026-11-25", "hours": "closed", "works": False, "name": "停电检修"}


def letter(desk: Desk, number: str = "JC-1", *, at: datetime = WINTER, **said: Any) -> int:
    """Accept what 12345 has passed on, to be answered within five working days."""
    made = desk.take(
        source=Source.OUTSIDE, outside_body="12345", outside_number=number, at=at, **said
    )
    desk.move(made, "accept", Role.DISPATCHER, at=at)
    return made


@pytest.fixture
def publish(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Return what publishes days off of 2027."""

    def published(*days: str) -> None:
        off = tuple(Holiday(date.fromisoformat(one), HolidayKind.OFF, "元旦") for one in days)
        known = mainland_china().updated_with(Holidays(off, frozenset({2027})))
        monkeypatch.setattr(standards, "mainland_china", lambda: known)
        standards._calendar.cache_clear()

    yield published
    standards._calendar.cache_clear()


def reckon(some: Callable[..., int | None], *args: int, at: datetime) -> None:
    """Reckon portion by portion, as the worker does."""
    after: int | None = 0
    while after is not None:
        after = some(*args, after=after, at=at)


def test_a_deadline_that_runs_into_an_unpublished_year_is_provisional(desk: Desk) -> None:
    clock = desk.clock(letter(desk), CLOCK)
    assert clock.explanation["provisional"]
    assert clock.explanation["unpublished"] == [2027]
    assert not desk.clock(letter(desk, "JC-2", at=NOON), CLOCK).explanation["provisional"]


def test_it_is_reckoned_again_when_the_holidays_are_published(
    desk: Desk, publish: Callable[..., None]
) -> None:
    made = letter(desk)
    before = desk.clock(made, CLOCK).due_at
    publish("2027-01-01", "2027-01-04")
    reckon(reckon_some_provisional, at=WINTER + DAY)
    clock = desk.clock(made, CLOCK)
    assert clock.due_at > before
    assert not clock.explanation["provisional"]
    assert "2027-01-04" in repr(clock.explanation["steps"])
    assert desk.shown(made).due_at == clock.due_at
    (moved,) = recorded("cases.clock_moved")
    assert (moved.data["clock"], moved.data["why"]) == (CLOCK, "holidays")
    assert moved.at == WINTER + DAY
    step = desk.page(made).steps[-1]
    assert (step.kind, step.effect, step.data["why"]) == ("clock", "moved", "holidays")
    desk.work(before + timedelta(minutes=1))
    assert desk.shown(made).breached_at is None
    desk.work(clock.due_at)
    assert desk.shown(made).breached_at == clock.due_at


def test_what_comes_out_the_same_is_no_longer_provisional_and_nobody_is_told(
    desk: Desk, publish: Callable[..., None]
) -> None:
    made = letter(desk)
    before = desk.clock(made, CLOCK)
    publish()
    reckon(reckon_some_provisional, at=WINTER + DAY)
    clock = desk.clock(made, CLOCK)
    assert (clock.due_at, clock.explanation["provisional"]) == (before.due_at, False)
    assert recorded("cases.clock_moved") == []
    with nothing_changes():
        reckon(reckon_some_provisional, at=WINTER + DAY)


def test_nothing_is_reckoned_while_nothing_is_published(desk: Desk) -> None:
    letter(desk)
    with nothing_changes():
        reckon(reckon_some_provisional, at=WINTER + DAY)


def test_what_was_named_or_extended_or_stopped_stays(
    desk: Desk, publish: Callable[..., None]
) -> None:
    until = WINTER + 9 * DAY
    named = letter(desk, "JC-1", due_at=until)
    extended, over = letter(desk, "JC-2"), letter(desk, "JC-3")
    desk.move(
        extended, "extend", Role.MANAGER, reason="需核查", due_at=WINTER + 20 * DAY, at=WINTER
    )
    desk.move(over, "withdraw", reason="撤诉", at=WINTER)
    publish("2027-01-04")
    with nothing_changes():
        reckon(reckon_some_provisional, at=WINTER + DAY)
    assert desk.clock(named, CLOCK).due_at == until


def test_what_has_run_out_stays_a_breach(desk: Desk, publish: Callable[..., None]) -> None:
    made = letter(desk)
    due = desk.clock(made, CLOCK).due_at
    desk.work(due)
    publish("2027-01-04")
    with nothing_changes():
        reckon(reckon_some_provisional, at=due + DAY)
    assert desk.shown(made).breached_at == due


def closed_for_repairs(desk: Desk, *, at: datetime) -> None:
    """Have the hotline be closed for a day that its people do not work."""
    calendar = {"hours": "always", "special_days": [REPAIRS]}
    change_hotline(
        desk.house.hotline,
        details=replace(DETAILS, calendar=calendar),
        queues=QUEUES,
        actor=desk.actor(Role.MANAGER),
        at=at,
    )
    desk.work(at)


def test_a_change_of_the_hotlines_calendar_moves_what_runs(desk: Desk) -> None:
    made = letter(desk, at=NOON)
    short = desk.take(at=NOON)
    before, kept = desk.clock(made, CLOCK).due_at, desk.clock(short, "answer").due_at
    at = NOON + timedelta(hours=1)
    closed_for_repairs(desk, at=at)
    run = take_next(Lane.JOBS, SetClock(at), worker="tests")
    assert run is not None
    assert (run.name, run.subject) == ("cases.reckon_hotline", f"hotline:{desk.house.hotline}")
    run.call()
    assert desk.clock(made, CLOCK).due_at == before + DAY
    assert desk.clock(short, "answer").due_at == kept
    assert {one.data["why"] for one in recorded("cases.clock_moved")} == {"calendar"}
    with nothing_changes():
        reckon(reckon_some_of_hotline, desk.house.hotline, at=at)


def test_nobody_is_late_at_once_since_the_calendar_has_changed(desk: Desk) -> None:
    closed_for_repairs(desk, at=NOON)
    made = letter(desk, at=NOON)
    longer = desk.clock(made, CLOCK).due_at
    at = longer - timedelta(hours=2)
    change_hotline(
        desk.house.hotline, details=DETAILS, queues=QUEUES, actor=desk.actor(Role.MANAGER), at=at
    )
    reckon(reckon_some_of_hotline, desk.house.hotline, at=at)
    assert desk.clock(made, CLOCK).due_at == longer


def test_another_time_zone_moves_where_days_end(desk: Desk) -> None:
    made = letter(desk, at=NOON)
    before = desk.clock(made, CLOCK).due_at
    manager, at = desk.actor(Role.ADMINISTRATOR), NOON + timedelta(hours=1)
    known = organisation(manager)
    settings = OrganisationSettings(
        name=known.name, time_zone="Asia/Urumqi", language=known.language,
        administrators_need_codes=known.administrators_need_codes,
    )  # fmt: skip
    change_organisation(known.id, settings=settings, version=known.version, actor=manager, at=at)
    desk.work(at)
    run = take_next(Lane.JOBS, SetClock(at), worker="tests")
    assert run is not None
    run.call()
    assert desk.clock(made, CLOCK).due_at == before + timedelta(hours=2)


def test_a_hotline_without_open_cases_has_nothing_reckoned(desk: Desk) -> None:
    closed_for_repairs(desk, at=NOON)
    assert not Work.objects.filter(name="cases.reckon_hotline").exists()


def test_many_cases_are_reckoned_in_portions(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reckoning, "TOGETHER", 2)
    made = [letter(desk, f"JC-{n}", at=NOON) for n in range(5)]
    due = desk.clock(made[0], CLOCK).due_at
    closed_for_repairs(desk, at=NOON)
    after, portions = 0, []
    while (last := reckon_some_of_hotline(desk.house.hotline, after=after, at=NOON)) is not None:
        portions.append(models.Clock.objects.filter(clock=CLOCK, due_at=due).count())
        after = last
    assert portions == [3, 1, 0]


def test_the_worker_looks_for_published_holidays_by_the_hour(
    desk: Desk, publish: Callable[..., None]
) -> None:
    made = letter(desk)
    publish("2027-01-04")
    handler = handler_named("cases.reckon_provisional")
    assert handler is not None
    assert handler.every == timedelta(hours=1)
    assert handler.run is not None
    handler.run(_Running(WINTER + DAY))  # type: ignore[arg-type]  # as much of a job as it asks for
    assert not desk.clock(made, CLOCK).explanation["provisional"]


class _Running(Sweeping):
    """A run of a periodic task that nobody stops."""

    def progress(self, done: int, total: int) -> None:
        """Go on."""
