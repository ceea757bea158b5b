"""Filters of the list of cases that are kept under a name."""

from __future__ import annotations

import pytest

from rexian.cases.domain.views import MOST, BadView, ViewChanged
from rexian.cases.models import View
from rexian.cases.queries.views import ViewShown, views_for
from rexian.cases.services.views import (
    open_with_everything,
    open_with_view,
    remove_view,
    rename_view,
    save_view,
)
from rexian.kernel.authority import RightMissing
from rexian.kernel.errors import NotFound
from rexian.org.domain.roles import Role
from tests.cases.conftest import NOON, Desk
from tests.cast import OUTSIDER, nothing_changes, recorded

pytestmark = pytest.mark.django_db

LATE = {"late": "yes", "flow": "highway-complaint"}


def saved(
    desk: Desk,
    name: str = "超时投诉",
    role: Role | str = Role.AGENT,
    *,
    unit: str | None = None,
    **filter_by: str,
) -> int:
    """Save a view as somebody."""
    return save_view(
        name=name,
        filter_by=filter_by or LATE,
        unit=desk.units[unit] if unit else None,
        actor=desk.actor(role),
        at=NOON,
    )


def found(desk: Desk, role: Role | str = Role.AGENT) -> list[ViewShown]:
    """Return the views that somebody finds."""
    return list(views_for(desk.actor(role)))


def test_a_filter_is_kept_under_a_name_for_oneself_alone(desk: Desk) -> None:
    made = saved(desk)
    (mine,) = found(desk)
    assert (mine.id, mine.name, mine.filter_by, mine.unit) == (made, "超时投诉", LATE, None)
    assert found(desk, Role.TEAM_LEADER) == []
    assert [one.data["filters"] for one in recorded("cases.view_saved")] == [["flow", "late"]]


def test_saved_again_under_the_same_name_it_filters_by_what_is_new(desk: Desk) -> None:
    made = saved(desk)
    assert saved(desk) == made
    assert len(recorded("cases.view_saved")) == 1
    assert saved(desk, urgent="yes") == made
    assert found(desk)[0].filter_by == {"urgent": "yes"}
    other = saved(desk, role=Role.TEAM_LEADER)
    assert other != made


@pytest.mark.parametrize("name", ["", "  ", "\u200b \n"])
def test_a_view_has_a_name(desk: Desk, name: str) -> None:
    with nothing_changes(), pytest.raises(BadView):
        saved(desk, name)


@pytest.mark.parametrize("filter_by", [{"urgent": ""}, {"colour": "red"}, {"q": "长" * 81}])
def test_only_what_can_be_filtered_by_is_kept(desk: Desk, filter_by: dict[str, str]) -> None:
    with nothing_changes(), pytest.raises(BadView):
        saved(desk, **filter_by)


def test_whoever_supervises_shares_a_view_with_a_unit(desk: Desk) -> None:
    made = saved(desk, "本中心未办结", Role.DUTY_LEADER, unit="centre", standing="live")
    for role in (Role.AGENT, Role.TEAM_LEADER, Role.DUTY_LEADER):
        (one,) = found(desk, role)
        assert (one.id, one.unit) == (made, desk.units["centre"])
        assert one.is_theirs == (role is Role.DUTY_LEADER)
    assert found(desk, Role.HANDLER) == []
    assert found(desk, OUTSIDER) == []


def test_nobody_else_shares_renames_or_deletes_what_is_a_units(desk: Desk) -> None:
    with nothing_changes(), pytest.raises(RightMissing):
        saved(desk, unit="centre")
    with nothing_changes(), pytest.raises(RightMissing):
        saved(desk, role=Role.DUTY_LEADER, unit="liucun")
    made = saved(desk, role=Role.DUTY_LEADER, unit="centre")
    actor = desk.actor(Role.AGENT)
    with nothing_changes(), pytest.raises(RightMissing):
        rename_view(made, name="我的", version=1, actor=actor, at=NOON)
    with nothing_changes(), pytest.raises(RightMissing):
        remove_view(made, actor=actor, at=NOON)
    with nothing_changes(), pytest.raises(NotFound):
        remove_view(made, actor=desk.actor(Role.HANDLER), at=NOON)


def test_a_view_is_shared_with_no_unit_of_another_organisation(desk: Desk) -> None:
    theirs = desk.house.cast.theirs.top
    with nothing_changes(), pytest.raises(NotFound):
        save_view(
            name="他们的", filter_by=LATE, unit=theirs, actor=desk.actor(Role.MANAGER), at=NOON
        )


def test_a_view_is_renamed_by_whoever_saw_it_as_it_is(desk: Desk) -> None:
    made = saved(desk)
    actor = desk.actor(Role.AGENT)
    rename_view(made, name="急件", version=1, actor=actor, at=NOON)
    assert found(desk)[0].name == "急件"
    with nothing_changes(), pytest.raises(ViewChanged):
        rename_view(made, name="特急件", version=1, actor=actor, at=NOON)
    saved(desk, "另一个")
    with nothing_changes(), pytest.raises(BadView):
        rename_view(made, name="另一个", version=2, actor=actor, at=NOON)
    with nothing_changes(), pytest.raises(NotFound):
        rename_view(made, name="x", version=2, actor=desk.actor(Role.DUTY_LEADER), at=NOON)


def test_the_list_opens_with_one_view_of_each_person(desk: Desk) -> None:
    first, second = saved(desk), saved(desk, "急件", urgent="yes")
    actor = desk.actor(Role.AGENT)
    for view in (first, second, second):
        open_with_view(view, actor=actor, at=NOON)
    assert [one.id for one in found(desk) if one.is_default] == [second]
    assert len(recorded("cases.default_view_chosen")) == 2
    for _ in range(2):
        open_with_everything(actor=actor, at=NOON)
    assert not any(one.is_default for one in found(desk))
    assert len(recorded("cases.default_view_dropped")) == 1


def test_a_shared_view_opens_for_whoever_chose_it_alone(desk: Desk) -> None:
    made = saved(desk, role=Role.DUTY_LEADER, unit="centre")
    open_with_view(made, actor=desk.actor(Role.AGENT), at=NOON)
    assert found(desk)[0].is_default
    assert not found(desk, Role.DUTY_LEADER)[0].is_default
    remove_view(made, actor=desk.actor(Role.DUTY_LEADER), at=NOON)
    assert found(desk) == []


def test_nobody_keeps_more_views_than_can_be_looked_through(desk: Desk) -> None:
    actor = desk.actor(Role.AGENT)
    View.objects.bulk_create(
        View(organisation_id=actor.organisation or 0, person_id=actor.person or 0, name=f"{n}")
        for n in range(MOST)
    )
    with nothing_changes(), pytest.raises(BadView):
        saved(desk)
    assert saved(desk, "7")
