"""HW-2.5: record the need, remind of safety, contact the helping units, call back, archive."""

from __future__ import annotations

import pytest

from rexian.cases.domain.helping import Called, Kind, Press
from rexian.cases.domain.refusals import NeedsSecondPerson, NotTheirMove
from rexian.cases.queries.notifications import notifications_of
from rexian.cases.services import Given
from rexian.cases.services.answering import FIELD, Answer, answer_notification
from rexian.cases.services.directory import HelperDetails, add_helper
from rexian.cases.services.dispatching import Learned, dispatch_help
from rexian.kernel.errors import NotFound
from tests.cases.organisations import MACHINE, Organisation
from tests.cases.scenarios.story import Story, instant, take
from tests.cast import nothing_changes

pytestmark = pytest.mark.django_db

HELPERS = (("96566", "清障车队", Kind.TOWING), ("120", "急救", Kind.AMBULANCE))


def stranded(motorway: Organisation) -> Story:
    """Return the case of somebody with a burst tyre, as they said so in the chat."""
    return take(
        motorway,
        "12:00",
        words="我在G56往临川方向110公里处爆胎了，走不了。",
        category="breakdown-tyre",
        place_text="G56 临川方向 K110+300",
    )


def listed(motorway: Organisation, story: Story) -> list[Called]:
    """Return the towing company and the ambulance of the directory."""
    manager, organisation = motorway.actor("company"), motorway.actor("company").organisation
    assert organisation is not None
    return [
        Called(
            helper=add_helper(
                organisation,
                details=HelperDetails(code=code, name=name, kind=kind, telephone=code),
                actor=manager,
                at=story.shown.taken_at,
            )
        )
        for code, name, kind in HELPERS
    ]


def call_in(story: Story, called: list[Called], who: str, at: str) -> list[int]:
    """Have somebody dispatch help, and return the calls."""
    before = len(notifications_of(story.case, actor=MACHINE))
    dispatch_help(
        story.case,
        move="dispatch",
        called=called,
        given=Given(),
        learned=Learned(),
        version=story.shown.version,
        actor=story.organisation.actor(who),
        at=instant(at),
    )
    return [one.id for one in notifications_of(story.case, actor=MACHINE)][before:]


def press(call: int, what: Press, at: str) -> None:
    """Have somebody in the field press on their telephone."""
    answer = Answer(press=what, reason="已在别处出勤" if what is Press.REFUSED else "")
    answer_notification(call, answer=answer, actor=FIELD, at=instant(at))


def test_a_breakdown_from_the_first_word_to_the_archive(motorway: Organisation) -> None:
    story = stranded(motorway)
    assert (story.shown.flow, story.shown.urgent) == ("highway-help", True)
    assert story.clocks == {"dispatch": "12:05"}
    assert story.reads("12:00") == "已受理，请在安全处等候"
    assert {"remind", "to-section", "dispatch"} <= story.offered("agent")
    story.move("agent", "remind", "12:01", text="双闪、警示牌、人员撤到护栏外")

    # HW-2.4: through the tiers, each move on record; the section centre calls in who can help.
    story.move("agent", "to-section", "12:02", unit="section")
    assert (story.state, story.unit, story.reads("12:02")) == (
        "at-section",
        "section",
        "正在安排救援",
    )
    with pytest.raises(NotFound):
        story.sees("station")
    towing, ambulance = call_in(story, listed(motorway, story), "section dispatcher", "12:04")
    assert story.clocks == {"arrive": "12:34"}
    assert story.reads("12:04") == "救援力量已出发"
    press(ambulance, Press.REFUSED, "12:06")
    press(towing, Press.TAKEN, "12:06")
    press(towing, Press.ARRIVED, "12:25")  # whoever arrives first begins the work
    assert (story.state, story.reads("12:25")) == ("on-site", "救援已到现场")
    assert story.clocks == {}
    story.move("section dispatcher", "finish", "12:50", text="已换备胎，车辆驶离")
    assert (story.shown.standing, story.reads("12:50")) == ("resolved", "救援已完成")

    # Called back by who did not handle it; then archived (HW-2.8), and nothing is left to do.
    assert {"confirm", "reopen", "unreached"} <= story.offered("callback agent")
    with nothing_changes(), pytest.raises(NotTheirMove):
        story.move("section dispatcher", "confirm", "12:51")
    story.move("callback agent", "confirm", "15:00")
    story.move("dispatcher", "archive", "15:05")
    story.work("12-24 12:00")
    assert (story.shown.standing, story.breaches) == ("closed", [])
    assert story.reads("15:05") == "已办结"
    assert story.heard("15:05") == [
        "已受理，请在安全处等候",
        "正在安排救援",
        "救援力量已出发",
        "救援已到现场",
        "救援已完成",
        "您已确认",
        "已办结",
    ]
    assert story.offered("agent") == story.offered("company") == set()


def test_whom_nobody_sends_help_is_told_up_the_ladder_within_minutes(
    motorway: Organisation,
) -> None:
    story = stranded(motorway)
    story.move("agent", "to-section", "12:01", unit="section")
    story.work("13:00")  # the worker comes late; what it finds is dated when it was due
    assert story.breaches == [("dispatch", "12:05")]
    assert story.shown.breached_at == instant("12:05")
    those_who_have_it = {"section", "section dispatcher", "section head", "company"}
    assert story.told("warn", "dispatch", "12:01") == set()
    assert story.told("warn", "dispatch", "12:02") == those_who_have_it
    assert story.told("press", "dispatch", "12:05") == those_who_have_it
    assert story.told("supervise", "dispatch", "12:09") == set()
    assert story.told("supervise", "dispatch", "12:10") == {"section head", "company"}
    assert story.told("escalate", "dispatch", "12:20") == {"company"}
    assert story.told("circulate", "dispatch", "12-31 12:00") == set()

    story.move("section dispatcher", "dispatch", "13:01")
    assert story.clocks == {"arrive": "13:31"}
    story.work("13:40")
    assert story.breaches == [("dispatch", "12:05"), ("arrive", "13:31")]
    assert story.told("supervise", "arrive", "13:40") == {"section head", "company"}


def test_who_needs_help_still_is_helped_again_against_a_clock_of_its_own(
    motorway: Organisation,
) -> None:
    story = stranded(motorway)
    story.move("agent", "to-section", "12:01", unit="section")
    story.move("section dispatcher", "dispatch", "12:03")
    story.move("section dispatcher", "finish", "12:30", text="已拖离")
    story.move("callback agent", "reopen", "13:00", reason="还停在路肩上，没人来")
    assert (story.shown.round, story.state) == (2, "taken")
    assert story.unit == "centre"  # whoever took it has to see to it again
    assert story.clocks == {"dispatch": "13:05"}
    assert story.heard("13:00")[-1] == "已再次安排救援"
    story.work("13:06")
    assert story.breaches == [("dispatch", "13:05")]
    assert "dispatcher" in story.told("press", "dispatch", "13:06")
    assert "section" not in story.told("press", "dispatch", "13:06")

    story.move("dispatcher", "dispatch", "13:07")
    story.move("dispatcher", "arrive", "13:20")
    story.move("dispatcher", "finish", "13:40", text="已拖至服务区")
    story.move("customer", "confirm", "14:00")
    story.move("agent", "archive", "14:10")
    assert (story.shown.standing, story.shown.round) == ("closed", 2)


def test_whoever_handled_it_does_not_ask_how_it_went(motorway: Organisation) -> None:
    story = stranded(motorway)
    story.move("agent", "dispatch", "12:03")
    story.move("team leader", "finish", "12:30", text="已拖离")
    story.move("team leader", "reassign", "12:31", person="team leader")
    with nothing_changes(), pytest.raises((NotTheirMove, NeedsSecondPerson)):
        story.move("team leader", "confirm", "13:00")
    story.move("callback agent", "unreached", "13:00", reason="两天四次无人接听")
    story.move("callback agent", "archive", "13:10")
    assert story.shown.standing == "closed"


def test_what_was_late_in_one_round_is_known_though_the_worker_comes_in_the_next(
    motorway: Organisation,
) -> None:
    story = stranded(motorway)
    story.move("agent", "dispatch", "12:08")
    story.move("dispatcher", "finish", "12:30", text="已拖离")
    story.move("callback agent", "reopen", "13:00", reason="没人来")
    story.work("13:01")
    assert story.breaches == [("dispatch", "12:05")]
    assert story.shown.breached_at == instant("12:05")
    assert story.told("supervise", "dispatch", "13:01") == set()  # it was met before that rung
