"""What users of other helpdesks complain about, and does not happen here.

Those that are shown elsewhere, by the same words: a hold over a holiday (``test_clocks``), two
people changing a state at once (``test_moving``), two messages 214 ms apart (``test_public``),
one row a case and masked numbers (``test_export``, ``test_lists``); one survey for ever,
satisfaction and whoever has the case later (``tests/callbacks``), and the months of a time zone
(``tests/callbacks``, ``tests/reports``).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import repeat
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from rexian.cases import models
from rexian.cases.domain.clocks import BREACH, happenings, reckon
from rexian.cases.queries import Wanted, counts, each_case, workload
from rexian.cases.queries.exporting import exported
from rexian.clockwork.domain.work import Lane, State
from rexian.clockwork.models import Work
from rexian.clockwork.services import start_deadline
from rexian.kernel.calendar.calendars import Calendar
from rexian.kernel.calendar.descriptions import read_calendar
from rexian.kernel.calendar.holiday_files import mainland_china
from rexian.kernel.calendar.span_descriptions import read_span
from rexian.org.domain.roles import Role
from rexian.standard.domain.pack.casework import ClockSpec, Rung, SpanSpec
from rexian.standard.domain.pack.texts import Text
from tests.cases.conftest import NOON, Desk

ZONE = ZoneInfo("Asia/Shanghai")
HOUR = timedelta(hours=1)
SENT = {"matter": "态度生硬", "against": "3号车道收费员"}
WHOLE = SENT | {
    "video": "录像显示未使用文明用语",
    "cause": "交接班情绪不佳",
    "responsible": "yes",
    "result": "批评教育",
    "told": "已致歉",
    "leader": "周军",
    "opinion": "属实，已处理",
}


def office() -> Calendar:
    """Return the hours of an office that closes at noon and over the holidays."""
    described = {"hours": {"mon-fri": ["08:30-12:00", "13:30-17:30"]}}
    return read_calendar(described, holidays=mainland_china(), zone=ZONE)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return an instant of September 2026."""
    return datetime(2026, 9, day, hour, minute, tzinfo=ZONE)


def handled(desk: Desk) -> int:
    """Return a complaint that the toll station has signed for at noon."""
    made = desk.take()
    desk.move(made, "send-slip", unit=desk.units["liucun"], values=SENT)
    desk.move(made, "sign", Role.HANDLER)
    return made


def test_breach_actions_do_not_ignore_business_hours() -> None:
    two_hours = SpanSpec(read_span({"service_hours": 2}))
    a_day = SpanSpec(read_span({"working_days": 1, "finish": "same-time"}))
    clock = ClockSpec(
        id="answer", title=Text(), starts=(), stops=(),
        ladder=(Rung("supervise", two_hours), Rung("circulate", a_day)),
    )  # fmt: skip
    friday = at(18, 16, 30)
    found = {one.what: one.at for one in happenings(clock, friday, office())}
    assert found[BREACH] == friday
    assert found["supervise"] == at(20, 9, 30)  # a Sunday that makes up for a holiday
    assert found["circulate"] == at(20, 16, 30)


def test_there_is_a_lunch_break() -> None:
    span = read_span({"service_hours": 1})
    reached = reckon(at(21, 11, 30), span, office())
    assert reached.at == at(21, 14)
    assert [str(one) for one in reached.explanation[0].breaks] == ["12:00-13:30"]


@pytest.mark.django_db
def test_an_update_target_does_not_overrule_the_first_response(desk: Desk) -> None:
    made = handled(desk)
    due = desk.shown(made).due_at
    assert due is not None
    models.Clock.objects.create(
        case_id=made, clock="update", round=1, soft=True, started_at=NOON, due_at=NOON + HOUR / 2
    )
    desk.move(made, "interim", text="正在调取录像", at=NOON + HOUR / 4)
    desk.move(made, "press", at=NOON + HOUR / 3)
    shown = desk.shown(made)
    assert (shown.due_at, shown.answered_at) == (due, None)
    desk.work(NOON + HOUR)
    assert desk.shown(made).breached_at is None
    desk.work(due)
    assert desk.shown(made).breached_at == due


@pytest.mark.django_db
def test_result_fields_are_not_empty_until_reopened(desk: Desk) -> None:
    made = handled(desk)
    leader = desk.actor(Role.MANAGER).person
    desk.move(made, "investigate", Role.HANDLER, text="已看录像")
    desk.move(made, "report-leader", Role.HANDLER, text="已报", person=leader)
    desk.move(made, "find", Role.MANAGER, finding="true", responsible=True, text="属实")
    desk.move(made, "answer", Role.HANDLER, text="已致歉并说明")
    desk.move(made, "return-slip", Role.HANDLER, signer="周军", values=WHOLE, at=NOON + HOUR)
    shown = desk.shown(made)
    assert (shown.round, shown.finding, shown.responsible) == (1, "true", True)
    assert (shown.answer, shown.answered_at) == ("已致歉并说明", NOON)
    assert shown.resolved_at == NOON + HOUR
    titles, row = exported(
        Wanted(), actor=desk.actor(Role.MANAGER), language="en", zone="Asia/Shanghai"
    )
    told = dict(zip(titles, row, strict=True))
    assert (told["Finding"], told["Our responsibility"]) == ("true as complained", "yes")
    assert told["Answer"] == "已致歉并说明"
    assert told["Answered at"]
    assert told["Dealt with at"]


MANY = 2_101


def copies(one: Any, **changes: Iterator[Any]) -> Iterator[Any]:
    """Yield as many copies of a row, each with its own of what changes."""
    values = {
        each.attname: getattr(one, each.attname)
        for each in one._meta.concrete_fields
        if not each.primary_key and each.attname not in changes
    }
    for own in zip(*changes.values(), strict=False):
        yield type(one)(**values, **dict(zip(changes, own, strict=True)))


def many(desk: Desk) -> None:
    """Have one handler have so many cases."""
    first = models.Case.objects.get(pk=handled(desk))
    names = (f"copy-{n}" for n in range(MANY - 1))
    models.Case.objects.bulk_create(
        copies(first, reference=names, sent_as=repeat(None)), batch_size=500
    )


@pytest.mark.django_db
def test_an_overview_does_not_stop_at_2100_cases(desk: Desk) -> None:
    many(desk)
    actor = desk.actor(Role.MANAGER)
    assert sum(1 for _ in each_case(Wanted(), actor=actor)) == MANY
    assert counts(Wanted(), actor=actor)["open"] == MANY
    (load,) = workload(actor, at=NOON, until=NOON + 12 * HOUR)
    assert (load.all, load.due) == (MANY, MANY)


@pytest.mark.django_db
def test_a_scheduler_does_not_stop_at_2000(desk: Desk) -> None:
    made = handled(desk)
    due = desk.shown(made).due_at
    assert due is not None
    sooner = due - timedelta(seconds=10)
    gone = start_deadline(
        "cases.clock", subject="case:0", due_at=sooner, organisation=None, at=NOON, data={"case": 0}
    )
    first = Work.objects.get(pk=gone)  # of cases that are gone, so that each is quickly done
    Work.objects.bulk_create(
        copies(first, subject=(f"case:{-n}" for n in range(MANY))), batch_size=500
    )
    desk.work(due)
    assert desk.shown(made).breached_at == due
    assert not Work.objects.filter(lane=Lane.PROMPT, state=State.OPEN, next_at__lte=due).exists()
