"""The same case twice, two in one, and thirty callers of one event."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rexian.cases.domain.refusals import IllegalMove
from rexian.cases.queries import likely_duplicates
from rexian.cases.services import join_event, leave_event, merge_case, split_case
from rexian.contacts.queries import hotline
from rexian.org.domain.roles import Role
from tests.cases.conftest import MACHINE, NOON, Desk
from tests.cast import nothing_changes

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def test_a_merged_case_loses_nothing_and_wins_no_time(desk: Desk) -> None:
    first, second = desk.take(), desk.take(matter="同一件事，另一辆车也看到了", at=NOON + HOUR)
    due = desk.clock(first, "answer").due_at
    agent = desk.actor()
    step = merge_case(second, into=first, reason="同一件事", actor=agent, at=NOON + HOUR)
    assert merge_case(second, into=first, reason="同一件事", actor=agent, at=NOON + HOUR) == step
    assert desk.shown(second).merged_into == first
    assert desk.clock(first, "answer").due_at == due
    assert "同一件事，另一辆车也看到了" in [one.text for one in desk.page(first).steps]
    assert [one for one in desk.page(second).clocks if one.is_running] == []
    assert desk.offered(second, Role.MANAGER) == []
    with nothing_changes(), pytest.raises(IllegalMove):
        desk.move(second, "press")


def test_a_case_is_not_merged_into_one_that_is_over_or_into_itself(desk: Desk) -> None:
    first, second = desk.take(), desk.take()
    desk.move(first, "withdraw", reason="不用了")
    for target in (first, second):
        with nothing_changes(), pytest.raises(IllegalMove):
            merge_case(second, into=target, reason="同", actor=desk.actor(), at=NOON)


def test_another_matter_becomes_a_case_of_its_own_once(desk: Desk) -> None:
    made = desk.take()
    parts = {"matter": "另外，发票打不出来。", "category": "complaint-toll-rate"}
    asked = {"parts": parts, "sent_as": "click", "actor": desk.actor(), "at": NOON}
    other = split_case(made, **asked)  # type: ignore[arg-type]
    assert split_case(made, **asked) == other  # type: ignore[arg-type]
    assert desk.shown(other).split_from == made
    assert desk.shown(other).number == desk.shown(made).number


def test_thirty_callers_of_one_accident_have_one_dispatch_and_one_answer(desk: Desk) -> None:
    event = desk.take(category="help-fault", case_class="")
    parts = [desk.take(category="help-fault", case_class="", parent=event) for _ in range(3)]
    late = desk.take(category="help-fault", case_class="")
    desk.move(event, "dispatch", at=NOON + HOUR / 6)
    desk.work(NOON + HOUR / 6)
    assert {desk.shown(one).state for one in parts} == {"dispatched"}
    join_event(late, parent=event, actor=desk.actor(), at=NOON + HOUR / 3)
    assert desk.shown(late).state == "dispatched"
    desk.move(event, "finish", Role.DISPATCHER, text="已清障放行", at=NOON + HOUR)
    desk.work(NOON + HOUR)
    desk.work(NOON + HOUR)
    for one in (*parts, late):
        assert desk.shown(one).standing == "resolved"
        assert [each.text for each in desk.page(one).steps].count("已清障放行") == 1


def test_a_case_that_left_its_event_goes_its_own_way(desk: Desk) -> None:
    event = desk.take(category="help-fault", case_class="")
    part = desk.take(category="help-fault", case_class="", parent=event)
    leave_event(part, actor=desk.actor(), at=NOON)
    desk.move(event, "dispatch")
    desk.work(NOON)
    assert desk.shown(part).state == "taken"


def test_likely_duplicates_are_the_same_person_or_place_still_open(desk: Desk) -> None:
    shown = hotline(desk.house.hotline, actor=MACHINE)
    same = desk.take(place_text="柳村收费站3号车道")
    other = desk.take(number="13900139000", place_text="别处")
    over = desk.take(number="13900139000")
    desk.move(over, "withdraw", reason="不用了")

    def found(number: str, key: str) -> list[int]:
        asked = likely_duplicates(shown, number=number, place_key=key, actor=desk.actor(), at=NOON)
        return [one.id for one in asked]

    assert found("13800138000", "") == [same]
    assert found("", "柳村收费站3号车道") == [same]
    assert found("13900139000", "") == [other]
    assert found("", "") == []
