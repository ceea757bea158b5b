"""Rights over what is the whole organisation's: nobody has them by a post in a part of it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from rexian.kernel.authority import Actor
from rexian.org.domain.people import PersonDetails
from rexian.org.domain.refusals import AppointedAtTheTop
from rexian.org.domain.roles import (
    OF_THE_WHOLE,
    OVER_ALL_CONVERSATIONS,
    RIGHT_NAMES,
    Role,
    grants_of,
)
from rexian.org.queries import signed_in
from rexian.org.services import appoint_person, join_person
from tests.cast import NOW, Cast, nothing_changes


def test_what_is_the_whole_organisations_comes_only_with_a_post_at_its_top() -> None:
    assert RIGHT_NAMES.keys() >= OF_THE_WHOLE
    for role in Role:
        assert not OF_THE_WHOLE & grants_of([(role, "/1/4/")]).keys()
    at_the_top = grants_of([(Role.ADMINISTRATOR, "/1/"), (Role.MANAGER, "/1/")])
    assert at_the_top.keys() >= OF_THE_WHOLE


@pytest.fixture
def branch(cast: Cast) -> tuple[int, Actor]:
    """Return a toll station, and whoever administers it and nothing else."""
    station = cast.units["liucun"]
    joined = join_person(
        station,
        details=PersonDetails(sign_in="stationadmin", name="站长"),
        roles=[Role.ADMINISTRATOR],
        actor=Actor.system("tests"),
        at=timezone.now(),
    )
    person = signed_in(joined)
    assert person is not None
    return station, person.actor


@pytest.mark.parametrize(
    "role", [Role.MANAGER, Role.INSPECTOR, Role.ASSESSOR, Role.TEAM_LEADER, Role.DUTY_LEADER]
)
def test_a_branch_gives_no_role_that_reads_all_conversations(
    branch: tuple[int, Actor], role: Role
) -> None:
    station, actor = branch
    with nothing_changes(), pytest.raises(AppointedAtTheTop):
        appoint_person(actor.person or 0, role=role, unit_id=station, actor=actor, at=NOW)
    details = PersonDetails(sign_in="newcomer", name="新人")
    with nothing_changes(), pytest.raises(AppointedAtTheTop):
        join_person(station, details=details, roles=[role], actor=actor, at=NOW)


@pytest.mark.parametrize("role", [Role.AGENT, Role.HANDLER, Role.DISPATCHER, Role.CALLBACK_AGENT])
def test_a_branch_gives_the_roles_that_stay_within_it(
    branch: tuple[int, Actor], role: Role
) -> None:
    station, actor = branch
    appoint_person(actor.person or 0, role=role, unit_id=station, actor=actor, at=NOW)
    after = signed_in(actor.person or 0)
    assert after is not None
    assert role in after.roles
    assert not (OF_THE_WHOLE | OVER_ALL_CONVERSATIONS) & after.actor.grants.keys()
