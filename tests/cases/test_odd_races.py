"""What two do with cases at one moment, on a database that lets them."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from rexian.cases import models
from rexian.cases.domain.details import CaseDetails
from rexian.cases.domain.refusals import CaseMovedOn, IllegalMove
from rexian.cases.domain.standing import Source
from rexian.cases.services import (
    Given,
    approve_move,
    join_event,
    merge_case,
    move_case,
    refuse_move,
    take_case,
)
from rexian.clockwork.adapters.clocks import SetClock
from rexian.clockwork.services.firing import fire_some
from rexian.org.domain.roles import Role
from tests.cases.conftest import NOON, Desk
from tests.cases.test_odd_cases import handled
from tests.org.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)

HOUR = timedelta(hours=1)
SAME = [{"sent_as": "click"}, {"outside_body": "12345", "outside_number": "Z-1"}]


@pytest.mark.parametrize("same", SAME, ids=["click", "letter"])
def test_a_second_click_at_the_same_moment_is_the_same_case(
    desk: Desk, same: dict[str, str]
) -> None:
    source = Source.OUTSIDE if "outside_number" in same else Source.PERSON
    given = CaseDetails(source=source, category="complaint-attitude", matter="骂人", **same)  # type: ignore[arg-type]  # all are texts
    deed = partial(take_case, desk.house.code, details=given, actor=desk.actor(), at=NOON)
    assert together(*[deed] * 4) == [None] * 4
    assert models.Case.objects.count() == 1


def test_what_two_have_for_a_case_at_one_moment_is_done_by_one(desk: Desk) -> None:
    made = desk.take()
    asked: dict[str, Any] = {"version": desk.shown(made).version, "actor": desk.actor(), "at": NOON}
    sent = Given(unit=desk.units["liucun"], values={"matter": "x", "against": "y"})
    deeds = [
        partial(move_case, made, move="send-slip", given=sent, **asked),
        partial(move_case, made, move="withdraw", given=Given(reason="不用了"), **asked),
    ]
    assert Counter(together(*deeds)) == {None: 1, CaseMovedOn: 1}
    assert models.Step.objects.filter(case=made, kind="move").count() == 1


def test_of_approving_and_refusing_at_one_moment_one_is_done(desk: Desk) -> None:
    made = handled(desk)
    desk.move(made, "extend", Role.HANDLER, reason="再查", due_at=NOON + 9 * HOUR)
    asked: dict[str, Any] = {
        "version": desk.shown(made).version,
        "actor": desk.actor(Role.MANAGER),
        "at": NOON,
    }
    deeds = [partial(approve_move, made, **asked), partial(refuse_move, made, reason="否", **asked)]
    assert Counter(together(*deeds, *deeds)) == {None: 1, CaseMovedOn: 3}
    assert desk.shown(made).asked == {}


def test_two_cases_that_are_merged_into_each_other_at_one_moment_are_one(desk: Desk) -> None:
    first, second = desk.take(), desk.take()
    asked: dict[str, Any] = {"reason": "同", "actor": desk.actor(), "at": NOON}
    deeds = [
        partial(merge_case, first, into=second, **asked),
        partial(merge_case, second, into=first, **asked),
    ]
    assert Counter(together(*deeds)) == {None: 1, IllegalMove: 1}
    assert models.Case.objects.filter(merged_into=None).count() == 1


def test_the_worker_fires_what_is_due_while_the_case_moves(desk: Desk) -> None:
    cases = [desk.take() for _ in range(6)]
    event = desk.take()
    late = NOON + 3 * HOUR
    asked: dict[str, Any] = {"actor": desk.actor(), "at": late}
    deeds = [
        partial(move_case, one, move="withdraw", given=Given(reason="不用"), version=1, **asked)
        for one in cases[:3]
    ] + [partial(join_event, one, parent=event, **asked) for one in cases[3:]]
    workers = [partial(fire_some, SetClock(late), worker=f"w{number}") for number in range(2)]
    outcomes = Counter(together(*deeds, *workers))
    assert outcomes[None] + outcomes[CaseMovedOn] == len(deeds) + len(workers)
    desk.work(late + HOUR)
    desk.work(late + HOUR)
    for one in cases:
        told = models.Step.objects.filter(case=one, kind="clock", effect="breach")
        clocks = [step.data["clock"] for step in told]
        assert "answer" in clocks
        assert len(clocks) == len(set(clocks))
