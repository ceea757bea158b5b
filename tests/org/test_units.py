from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from rexian.kernel.authority import RightMissing
from rexian.kernel.errors import NotFound
from rexian.org import models
from rexian.org.domain.people import UnitDetails
from rexian.org.domain.refusals import Changed, CircularMove, Taken, UnitInUse, WrongField
from rexian.org.queries import unit, unit_tree, units_for
from rexian.org.services import change_unit, close_unit, move_unit, open_unit
from tests.cast import NOW, OUTSIDER, Cast, nothing_changes, recorded

pytestmark = pytest.mark.django_db
SCHOOL = UnitDetails(code="school", name="南城驾校", tier="学校")


def test_a_unit_opens_below_another(cast: Cast) -> None:
    admin = cast.actor("administrator")
    opened = open_unit(cast.units["east"], details=SCHOOL, actor=admin, at=NOW)
    shown = unit(opened, actor=admin)
    above = unit(cast.units["east"], actor=admin)
    assert (shown.name, shown.path) == ("南城驾校", f"{above.path}{opened}/")
    (entry,) = recorded()
    assert (entry.name, entry.subject) == ("org.unit_opened", f"unit:{opened}")
    assert entry.data == {"parent": cast.units["east"]}
    assert "驾校" not in str(entry.data)


def test_no_two_units_have_one_code(cast: Cast) -> None:
    details = UnitDetails(code="east", name="另一个", tier="处")
    with nothing_changes(), pytest.raises(Taken):
        open_unit(cast.units["west"], details=details, actor=cast.actor("administrator"), at=NOW)


@pytest.mark.parametrize("role", ["agent", "manager"])
def test_only_who_manages_units_opens_one(cast: Cast, role: str) -> None:
    error = NotFound if role == "agent" else RightMissing
    with nothing_changes(), pytest.raises(error):
        open_unit(cast.units["east"], details=SCHOOL, actor=cast.actor(role), at=NOW)


def test_another_organisations_units_are_not_there(cast: Cast) -> None:
    outsider = cast.actor(OUTSIDER)
    east = cast.units["east"]
    with nothing_changes():
        with pytest.raises(NotFound):
            unit(east, actor=outsider)
        with pytest.raises(NotFound):
            open_unit(east, details=SCHOOL, actor=outsider, at=NOW)
        with pytest.raises(NotFound):
            change_unit(east, details=SCHOOL, version=1, actor=outsider, at=NOW)
        with pytest.raises(NotFound):
            close_unit(east, actor=outsider, at=NOW)
        with pytest.raises(NotFound):
            move_unit(cast.theirs.top, parent_id=east, actor=outsider, at=NOW)
    assert [one.name for one in units_for(outsider)] == ["江城燃气"]


def test_a_moved_unit_takes_its_subtree_along(cast: Cast) -> None:
    admin = cast.actor("administrator")
    move_unit(cast.units["east-toll"], parent_id=cast.units["west"], actor=admin, at=NOW)
    west = unit(cast.units["west"], actor=admin)
    toll = unit(cast.units["east-toll"], actor=admin)
    station = unit(cast.units["liucun"], actor=admin)
    assert toll.path == f"{west.path}{toll.id}/"
    assert station.path == f"{toll.path}{station.id}/"
    assert [one.name for one in recorded()] == ["org.unit_moved"]


@pytest.mark.parametrize("below", ["east", "liucun"])
def test_a_unit_is_not_moved_below_itself(cast: Cast, below: str) -> None:
    admin = cast.actor("administrator")
    with nothing_changes(), pytest.raises(CircularMove):
        move_unit(cast.units["east"], parent_id=cast.units[below], actor=admin, at=NOW)


def test_the_top_unit_neither_moves_nor_closes(cast: Cast) -> None:
    admin = cast.actor("administrator")
    with nothing_changes():
        with pytest.raises(CircularMove):
            move_unit(cast.ours.top, parent_id=cast.units["west"], actor=admin, at=NOW)
        with pytest.raises(UnitInUse):
            close_unit(cast.ours.top, actor=admin, at=NOW)


@pytest.mark.parametrize("code", ["east", "liucun"])
def test_a_unit_with_people_or_open_units_is_not_closed(cast: Cast, code: str) -> None:
    with nothing_changes(), pytest.raises(UnitInUse):
        close_unit(cast.units[code], actor=cast.actor("administrator"), at=NOW)


def test_an_empty_unit_closes_and_is_seen_in_the_tree_no_longer(cast: Cast) -> None:
    admin = cast.actor("administrator")
    close_unit(cast.units["west"], actor=admin, at=NOW)
    assert "西线分公司" not in {one.name for one in units_for(admin)}
    assert unit(cast.units["west"], actor=admin).closed_at == NOW
    with pytest.raises(NotFound):
        open_unit(cast.units["west"], details=SCHOOL, actor=admin, at=NOW)


def test_a_change_of_what_has_changed_meanwhile_is_refused(cast: Cast) -> None:
    admin = cast.actor("administrator")
    east = cast.units["east"]
    new = UnitDetails(code="east", name="东线公司", tier="分公司")
    change_unit(east, details=new, version=1, actor=admin, at=NOW)
    assert recorded()[0].data == {"changed": ["name"]}
    other = UnitDetails(code="east", name="东部公司", tier="分公司")
    with nothing_changes(), pytest.raises(Changed):
        change_unit(east, details=other, version=1, actor=admin, at=NOW)


def test_what_stays_as_it_was_is_no_change(cast: Cast) -> None:
    same = UnitDetails(code="east", name="东线分公司", tier="分公司")
    with nothing_changes():
        change_unit(
            cast.units["east"], details=same, version=1, actor=cast.actor("administrator"), at=NOW
        )


def test_a_unit_without_a_name_is_refused(cast: Cast) -> None:
    details = UnitDetails(code="x", name=" ", tier="处")
    with nothing_changes(), pytest.raises(WrongField):
        open_unit(cast.units["east"], details=details, actor=cast.actor("administrator"), at=NOW)


def test_the_tree_is_read_in_two_queries(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    admin = cast.actor("administrator")
    with django_assert_num_queries(2):
        (top,) = unit_tree(admin)
    assert top.people == 10
    assert {one.unit.code for one in top.below} == {"centre", "east", "west"}


def test_a_team_leader_sees_their_team_alone(cast: Cast) -> None:
    leader = cast.actor("team_leader")
    assert [one.name for one in units_for(leader)] == ["话务一组"]
    with pytest.raises(NotFound):
        unit(cast.units["team-2"], actor=leader)


@pytest.mark.usefixtures("cast")
def test_paths_are_as_the_tree_has_them() -> None:
    for row in models.Unit.objects.select_related("parent"):
        above = row.parent.path if row.parent else "/"
        assert row.path == f"{above}{row.pk}/"
