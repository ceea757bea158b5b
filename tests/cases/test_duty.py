"""The roster: who is on duty, what is uncovered, copied from a day before."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from rexian.cases.domain.duties import Spell, gaps
from rexian.cases.domain.helping import BadHelper
from rexian.cases.queries.duty import on_duty, roster
from rexian.cases.services.duty import DutyDetails, copy_duties, remove_duty, set_duty
from rexian.kernel.authority import RightMissing
from rexian.kernel.errors import NotFound
from rexian.org.domain.roles import Role
from rexian.org.services import let_person_leave
from tests.cast import OUTSIDER, Cast, nothing_changes, recorded

ZONE = "Asia/Shanghai"
DAY = date(2026, 11, 23)
MIDNIGHT = datetime(2026, 11, 22, 16, tzinfo=UTC)
"""When that day begins there."""


def spell(begins: float, ends: float) -> Spell:
    return Spell(MIDNIGHT + timedelta(hours=begins), MIDNIGHT + timedelta(hours=ends))


@pytest.mark.parametrize(
    ("duties", "uncovered"),
    [
        ([], [(0, 24)]),
        ([(0, 24)], []),
        ([(-4, 8), (20, 32)], [(8, 20)]),
        ([(8, 12), (10, 18), (9, 11)], [(0, 8), (18, 24)]),
        ([(8, 12), (12, 24)], [(0, 8)]),
        ([(30, 40)], [(0, 24)]),
        ([(-9, -1)], [(0, 24)]),
    ],
)
def test_gaps_are_what_no_duty_covers(
    duties: list[tuple[float, float]], uncovered: list[tuple[float, float]]
) -> None:
    found = gaps(spell(0, 24), [spell(*one) for one in duties])
    assert found == tuple(spell(*one) for one in uncovered)


def details(cast: Cast, begins: float, ends: float, role: Role = Role.AGENT) -> DutyDetails:
    times = spell(begins, ends)
    return DutyDetails(
        begins_at=times.begins_at,
        ends_at=times.ends_at,
        person=cast.id(role),
        role="夜班",
        telephone="13800138111",
    )


def put(cast: Cast, begins: float, ends: float, role: Role = Role.AGENT) -> int:
    return set_duty(
        cast.units["centre"],
        details=details(cast, begins, ends, role),
        actor=cast.actor(Role.MANAGER),
        at=MIDNIGHT,
    )


@pytest.mark.django_db
def test_a_day_shows_who_is_on_duty_and_its_gaps(cast: Cast) -> None:
    put(cast, -4, 8)
    put(cast, 20, 32)
    (unit,) = roster(cast.actor(Role.DISPATCHER), day=DAY, zone=ZONE)
    assert unit.unit_name == "客户服务中心"
    assert [(one.name, one.telephone) for one in unit.duties] == [("王芳", "13800138111")] * 2
    assert unit.gaps == (spell(8, 20),)
    (empty,) = roster(cast.actor(Role.DISPATCHER), day=DAY + timedelta(days=5), zone=ZONE)
    assert empty.gaps == (spell(120, 144),)


@pytest.mark.django_db
def test_who_is_on_duty_now_is_found_over_midnight(cast: Cast) -> None:
    put(cast, -4, 8)
    assert [one.role for one in on_duty(cast.organisation, at=MIDNIGHT)] == ["夜班"]
    assert on_duty(cast.organisation, at=MIDNIGHT + timedelta(hours=8)) == ()


@pytest.mark.django_db
def test_the_same_line_again_is_one_line(cast: Cast) -> None:
    first = put(cast, 0, 8)
    with nothing_changes():
        assert put(cast, 0, 8) == first


@pytest.mark.django_db
@pytest.mark.parametrize(("begins", "ends"), [(8, 8), (8, 7), (0, 49)])
def test_a_duty_has_a_length_that_people_can_stand(cast: Cast, begins: float, ends: float) -> None:
    with nothing_changes(), pytest.raises(BadHelper):
        put(cast, begins, ends)


@pytest.mark.django_db
def test_a_day_is_copied_once_and_without_those_who_have_left(cast: Cast) -> None:
    put(cast, 20, 32)
    put(cast, 8, 20, Role.CALLBACK_AGENT)
    manager, centre = cast.actor(Role.MANAGER), cast.units["centre"]
    admin = cast.actor(Role.ADMINISTRATOR)
    let_person_leave(cast.id(Role.CALLBACK_AGENT), actor=admin, at=MIDNIGHT)
    there = DAY + timedelta(days=7)
    for count in (1, 0):
        copied = copy_duties(centre, source=DAY, to=there, zone=ZONE, actor=manager, at=MIDNIGHT)
        assert copied == count
    (unit,) = roster(manager, day=there, zone=ZONE)
    assert [one.begins_at for one in unit.duties] == [MIDNIGHT + timedelta(days=7, hours=20)]


@pytest.mark.django_db
def test_the_roster_is_kept_by_supervisors_of_the_unit(cast: Cast) -> None:
    number = put(cast, 0, 8)
    given, station = details(cast, 0, 8), cast.units["liucun"]
    with nothing_changes(), pytest.raises(RightMissing):
        set_duty(station, details=given, actor=cast.actor(Role.DUTY_LEADER), at=MIDNIGHT)
    with nothing_changes(), pytest.raises(NotFound):
        set_duty(station, details=given, actor=cast.actor(OUTSIDER), at=MIDNIGHT)
    with nothing_changes(), pytest.raises(RightMissing):
        remove_duty(number, actor=cast.actor(Role.DISPATCHER), at=MIDNIGHT)
    remove_duty(number, actor=cast.actor(Role.DUTY_LEADER), at=MIDNIGHT)
    assert [one.name for one in recorded()][-1] == "cases.duty_removed"
