"""Calling people in: by a move of the flow, heard of by telephone or from the field."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from rexian.cases import models
from rexian.cases.domain.helping import BadHelper, Called, Kind, NothingToAnswer, Press, Way
from rexian.cases.domain.refusals import (
    CaseMovedOn,
    IllegalMove,
    Lacking,
    LacksToDispatch,
    NotTheirMove,
)
from rexian.cases.queries.alerts import alerts_for
from rexian.cases.queries.directory import helpers
from rexian.cases.queries.notifications import (
    NotificationShown,
    candidates,
    field_key,
    notification_of_key,
    notifications_of,
    wanted_before,
)
from rexian.cases.services import Given
from rexian.cases.services.answering import (
    FIELD,
    Answer,
    answer_notification,
    finish_work,
)
from rexian.cases.services.answering import Work as Done
from rexian.cases.services.directory import (
    HelperDetails,
    add_helper,
    change_helper,
    retire_helper,
)
from rexian.cases.services.dispatching import Learned, call_crew, dispatch_help
from rexian.cases.services.duty import DutyDetails, set_duty
from rexian.kernel.authority import RightMissing
from rexian.kernel.errors import NotFound
from rexian.org.domain.roles import Role
from tests.cases.conftest import MACHINE, NOON, Desk, later
from tests.cast import OUTSIDER, nothing_changes, recorded

pytestmark = pytest.mark.django_db


def helper(desk: Desk, code: str = "110", kind: Kind = Kind.POLICE) -> int:
    """Add a helper to the directory."""
    details = HelperDetails(code=code, name=f"helper {code}", kind=kind, telephone=code)
    manager = desk.actor(Role.MANAGER)
    return add_helper(desk.house.cast.organisation, details=details, actor=manager, at=NOON)


def breakdown(desk: Desk, **said: str) -> int:
    """Take a breakdown on the motorway."""
    given: dict[str, Any] = {
        "category": "breakdown-tyre",
        "case_class": "",
        "title": "爆胎",
        "matter": "小客车爆胎。",
        "place_text": "G56 临川方向 K110+300",
        **said,
    }
    return desk.take(**given)


def send(
    desk: Desk,
    made: int,
    *called: Called,
    move: str = "dispatch",
    role: Role = Role.DISPATCHER,
    at: datetime = NOON,
    sent_as: str = "",
    learned: Learned | None = None,
) -> int:
    """Dispatch help as somebody."""
    return dispatch_help(
        made,
        move=move,
        called=called,
        given=Given(sent_as=sent_as),
        learned=learned or Learned(),
        version=desk.shown(made).version,
        actor=desk.actor(role),
        at=at,
    )


def calls(made: int) -> tuple[NotificationShown, ...]:
    """Return who was called in."""
    return notifications_of(made, actor=MACHINE)


def press(number: int, what: Press, seconds: float, **said: object) -> str:
    """Press on the telephone in the field."""
    answer = Answer(press=what, **said)  # type: ignore[arg-type]
    return answer_notification(number, answer=answer, actor=FIELD, at=later(seconds))


def told(desk: Desk, role: Role, at: datetime) -> list[str]:
    """Return what somebody is told of."""
    return [one.what for one in alerts_for(desk.actor(role), at=at)]


def test_several_are_called_at_once_and_each_call_is_logged(desk: Desk) -> None:
    made = breakdown(desk)
    towing, police = helper(desk, "tow", Kind.TOWING), helper(desk)
    send(desk, made, Called(helper=towing), Called(helper=police, way=Way.PAGE))
    assert desk.shown(made).state == "dispatched"
    assert [(one.helper, one.telephone, one.way, one.state) for one in calls(made)] == [
        (towing, "tow", "telephone", "told"),
        (police, "110", "page", "told"),
    ]
    assert [one.kind for one in desk.page(made).steps][-3:] == ["move", "notified", "notified"]
    assert len(recorded("cases.help_called")) == 2
    assert calls(made)[0].told_by == desk.actor(Role.DISPATCHER).person


def test_the_same_request_again_calls_nobody_twice(desk: Desk) -> None:
    made, police = breakdown(desk), helper(desk)
    seq = send(desk, made, Called(helper=police), sent_as="once")
    assert send(desk, made, Called(helper=police), sent_as="once") == seq
    assert len(calls(made)) == 1


def test_nobody_is_dispatched_without_a_place_and_it_can_be_given_with_it(desk: Desk) -> None:
    made, police = breakdown(desk, place_text=""), helper(desk)
    assert [one.id for one in wanted_before(desk.shown(made))] == ["place"]
    with nothing_changes(), pytest.raises(LacksToDispatch) as refused:
        send(desk, made, Called(helper=police))
    assert refused.value.details["field"] == "place"
    assert "地点" in refused.value.sentence("zh-Hans")
    send(desk, made, Called(helper=police), learned=Learned(place_text="K97", number="13900139000"))
    shown = desk.shown(made)
    assert (shown.place_text, shown.number) == ("K97", "13800138000")  # what was known stays


def test_place_and_number_are_enough_though_nothing_else_is_known(desk: Desk) -> None:
    made = breakdown(desk, name="", matter="", title="求助")
    send(desk, made, Called(helper=helper(desk)))
    assert desk.shown(made).state == "dispatched"


@pytest.mark.parametrize("called", [(), (Called(helper=999_999),), (Called(),)])
def test_nobody_is_nobody_to_call(desk: Desk, called: tuple[Called, ...]) -> None:
    made = breakdown(desk)
    with nothing_changes(), pytest.raises(BadHelper):
        send(desk, made, *called)


def test_only_a_move_that_dispatches_calls_people_in(desk: Desk) -> None:
    made, police = breakdown(desk), helper(desk)
    with nothing_changes(), pytest.raises(IllegalMove):
        send(desk, made, Called(helper=police), move="remind")


def test_whoever_may_not_make_the_move_calls_nobody(desk: Desk) -> None:
    made, police = breakdown(desk), helper(desk)
    with nothing_changes(), pytest.raises(NotFound):
        send(desk, made, Called(helper=police), role=Role.HANDLER)


def test_a_lost_race_is_a_conflict(desk: Desk) -> None:
    made, police = breakdown(desk), helper(desk)
    with nothing_changes(), pytest.raises(CaseMovedOn):
        dispatch_help(
            made, move="dispatch", called=[Called(helper=police)], given=Given(),
            learned=Learned(), version=99, actor=desk.actor(Role.DISPATCHER), at=NOON,
        )  # fmt: skip


def test_the_first_arrival_begins_the_work_and_stops_its_clock(desk: Desk) -> None:
    made = breakdown(desk)
    send(desk, made, Called(helper=helper(desk)), Called(helper=helper(desk, "tow", Kind.TOWING)))
    first, second = (one.id for one in calls(made))
    assert press(first, Press.TAKEN, 60, who="王队") == "taken"
    assert desk.shown(made).state == "dispatched"
    assert press(first, Press.ON_WAY, 120) == "on-way"
    assert press(first, Press.ARRIVED, 900) == "arrived"
    assert desk.shown(made).state == "on-site"
    assert desk.clock(made, "arrive").stopped_at == later(900)
    arrived = [one for one in desk.page(made).steps if one.move == "arrive"]
    assert [one.part for one in arrived] == ["machine"]
    press(second, Press.ARRIVED, 1000)
    assert len([one for one in desk.page(made).steps if one.move == "arrive"]) == 1


def test_times_are_counted_from_the_instants_of_the_call(desk: Desk) -> None:
    made = breakdown(desk)
    send(desk, made, Called(helper=helper(desk)))
    (call,) = calls(made)
    for what, seconds in ((Press.TAKEN, 60), (Press.ARRIVED, 900), (Press.DONE, 2700)):
        press(call.id, what, seconds)
    (call,) = calls(made)
    assert call.until_taken == timedelta(seconds=60)
    assert call.until_arrived == timedelta(minutes=15)
    assert call.until_done == timedelta(minutes=30)


def test_a_press_sent_again_changes_nothing(desk: Desk) -> None:
    made = breakdown(desk)
    send(desk, made, Called(helper=helper(desk)))
    (call,) = calls(made)
    press(call.id, Press.ARRIVED, 900)
    with nothing_changes():
        assert press(call.id, Press.ARRIVED, 960) == "arrived"
        assert press(call.id, Press.TAKEN, 960) == "arrived"


def test_a_press_from_a_tunnel_counts_from_when_it_was_pressed(desk: Desk) -> None:
    made = breakdown(desk)
    send(desk, made, Called(helper=helper(desk)))
    (call,) = calls(made)
    press(call.id, Press.ARRIVED, 900, ago=timedelta(minutes=5))
    assert calls(made)[0].arrived_at == later(600)
    press(call.id, Press.DONE, 1000, ago=timedelta(hours=9))
    assert calls(made)[0].done_at == later(600)  # never before what came first


def test_a_call_that_nobody_takes_is_told_to_the_dispatcher_once(desk: Desk) -> None:
    made = breakdown(desk)
    send(desk, made, Called(helper=helper(desk)), Called(helper=helper(desk, "tow", Kind.TOWING)))
    press(calls(made)[0].id, Press.TAKEN, 100)
    desk.work(later(179))
    assert told(desk, Role.DISPATCHER, later(179)) == []
    desk.work(later(181))
    assert told(desk, Role.DISPATCHER, later(181)) == ["unanswered"]
    (entry,) = recorded("cases.help_unanswered")
    assert entry.at == later(180)
    desk.work(later(400))
    assert len(recorded("cases.help_unanswered")) == 1


def test_a_refusal_has_a_reason_and_is_told_so_that_the_next_is_called(desk: Desk) -> None:
    made = breakdown(desk)
    send(desk, made, Called(helper=helper(desk, "tow", Kind.TOWING)))
    (call,) = calls(made)
    with nothing_changes(), pytest.raises(Lacking):
        press(call.id, Press.REFUSED, 60)
    press(call.id, Press.REFUSED, 60, reason="车都派出去了")
    assert "help-refused" in told(desk, Role.DISPATCHER, later(60))
    with nothing_changes(), pytest.raises(NothingToAnswer):
        press(call.id, Press.ARRIVED, 90)
    other = helper(desk, "tow-2", Kind.TOWING)
    first = candidates(made, actor=desk.actor(Role.DISPATCHER), at=later(90))[0]
    assert first.helper == other
    send(desk, made, Called(helper=other), move="dispatch-more", at=later(100))
    assert [one.state for one in calls(made)] == ["refused", "told"]


def test_when_all_are_done_the_dispatcher_hears_of_it_and_finishes(desk: Desk) -> None:
    made = breakdown(desk)
    send(desk, made, Called(helper=helper(desk)), Called(helper=helper(desk, "tow", Kind.TOWING)))
    first, second = (one.id for one in calls(made))
    press(second, Press.REFUSED, 60, reason="忙")
    press(first, Press.ARRIVED, 900)
    finish_work(first, work=Done(text="已拖离。"), actor=FIELD, at=later(2000))
    assert "help-done" in told(desk, Role.DISPATCHER, later(2000))
    assert desk.shown(made).state == "on-site"
    assert "finish" in desk.offered(made, Role.DISPATCHER)
    assert calls(made)[0].result == "已拖离。"


def test_a_dispatcher_writes_down_what_was_said_on_the_telephone(desk: Desk) -> None:
    made = breakdown(desk)
    send(desk, made, Called(helper=helper(desk)))
    (call,) = calls(made)
    answer_notification(
        call.id,
        answer=Answer(press=Press.TAKEN, who="3号席"),
        actor=desk.actor(Role.DISPATCHER),
        at=later(40),
    )
    assert (calls(made)[0].taken_by, calls(made)[0].taken_at) == ("3号席", later(40))
    step = desk.page(made).steps[-1]
    assert (step.kind, step.effect, step.data["told"]) == ("answered", "taken", "desk")


@pytest.mark.parametrize("role", [Role.HANDLER, OUTSIDER])
def test_others_write_nothing_down(desk: Desk, role: Role | str) -> None:
    made = breakdown(desk)
    send(desk, made, Called(helper=helper(desk)))
    (call,) = calls(made)
    with nothing_changes(), pytest.raises(NotFound):
        answer_notification(
            call.id, answer=Answer(press=Press.TAKEN), actor=desk.actor(role), at=later(40)
        )


def test_whoever_only_inspects_writes_nothing_down(desk: Desk) -> None:
    made = breakdown(desk)
    send(desk, made, Called(helper=helper(desk)))
    (call,) = calls(made)
    with nothing_changes(), pytest.raises((NotTheirMove, NotFound)):
        answer_notification(
            call.id, answer=Answer(press=Press.TAKEN), actor=desk.actor(Role.INSPECTOR), at=later(9)
        )


def test_a_key_is_good_until_the_case_is_over(desk: Desk) -> None:
    made = breakdown(desk)
    send(desk, made, Called(helper=helper(desk)))
    (call,) = calls(made)
    key = field_key(call.id)
    assert notification_of_key(key).id == call.id
    for wrong in (
        key[:-1],
        f"{key}0",
        f"0{key}",
        "x",
        "",
        f"{call.id + 1}-{key.partition('-')[2]}",
    ):
        with pytest.raises(NotFound):
            notification_of_key(wrong)
    desk.move(made, "void", Role.MANAGER, reason="误单") if "void" in desk.offered(
        made, Role.MANAGER
    ) else models.Case.objects.filter(pk=made).update(standing="closed")
    with pytest.raises(NotFound):
        notification_of_key(key)
    with nothing_changes(), pytest.raises(NotFound):
        press(call.id, Press.TAKEN, 60)


def test_whoever_is_on_duty_tonight_is_offered_first(desk: Desk) -> None:
    made, far, near = breakdown(desk), helper(desk, "a"), helper(desk, "z", Kind.TOWING)
    manager = desk.actor(Role.MANAGER)
    for unit, details in (
        ("liucun", DutyDetails(begins_at=NOON, ends_at=later(3600), helper=far)),
        ("centre", DutyDetails(begins_at=NOON, ends_at=later(3600), helper=near, role="夜班")),
        (
            "centre",
            DutyDetails(
                begins_at=later(3600), ends_at=later(7200), person=desk.house.cast.id(Role.AGENT)
            ),
        ),
    ):
        set_duty(desk.units[unit], details=details, actor=manager, at=NOON)
    found = candidates(made, actor=desk.actor(Role.DISPATCHER), at=later(60))
    assert [(one.helper, one.is_on_duty) for one in found] == [(near, True), (far, True)]
    assert found[0].duty == "夜班"
    assert len({one.key for one in found}) == len(found)


def test_a_crew_is_called_without_a_move_by_whoever_has_the_case(desk: Desk) -> None:
    made = breakdown(desk)
    person = desk.house.cast.id(Role.HANDLER)
    called = [Called(person=person, way=Way.PAGE, telephone="13800000001")]
    dispatcher = desk.actor(Role.DISPATCHER)
    seq = call_crew(made, called=called, sent_as="crew", actor=dispatcher, at=NOON)
    assert call_crew(made, called=called, sent_as="crew", actor=dispatcher, at=NOON) == seq
    (call,) = calls(made)
    assert (call.person, call.telephone) == (person, "13800000001")
    assert desk.shown(made).state == "taken"
    with pytest.raises(NotTheirMove):
        call_crew(made, called=called, sent_as="x", actor=desk.actor(Role.CALLBACK_AGENT), at=NOON)


def test_the_directory_is_kept_by_supervisors(desk: Desk) -> None:
    details = HelperDetails(code="120", name="急救", kind=Kind.AMBULANCE, telephone="120")
    ours, manager = desk.house.cast.organisation, desk.actor(Role.MANAGER)
    with nothing_changes(), pytest.raises(RightMissing):
        add_helper(ours, details=details, actor=desk.actor(Role.DISPATCHER), at=NOON)
    number = add_helper(ours, details=details, actor=manager, at=NOON)
    with nothing_changes(), pytest.raises(BadHelper) as refused:
        add_helper(ours, details=details, actor=manager, at=NOON)
    assert refused.value.details["field"] == "code"
    changed = HelperDetails(code="120", name="急救中心", kind=Kind.AMBULANCE, telephone="120")
    change_helper(number, details=changed, version=1, actor=manager, at=NOON)
    (entry,) = recorded("cases.helper_changed")
    assert list(entry.data["changed"]) == ["name"]
    retire_helper(number, actor=manager, at=NOON)
    retire_helper(number, actor=manager, at=NOON)
    assert helpers(manager) == ()
    add_helper(ours, details=details, actor=manager, at=NOON)
    assert [one.name for one in helpers(manager, text="急")] == ["急救"]
