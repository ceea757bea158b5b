"""Rights over what is the whole organisation's: nobody has them by a post in a part of it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from rexian.kernel.authority import Actor
from rexian.org.domain.people import PersonDetails
from rexian.org.domain.roles import OF_THE_WHOLE, RIGHT_NAMES, Role, grants_of
from rexian.org.queries import signed_in
from rexian.org.services import appoint_person, join_person
from tests.cast import Cast


def test_what_is_the_whole_organisations_comes_only_with_a_post_at_its_top() -> None:
    assert RIGHT_NAMES.keys() >= OF_THE_WHOLE
    for role in Role:
        assert not OF_THE_WHOLE & grants_of([(role, "/1/4/")]).keys()
    assert grants_of([(Role.ADMINISTRATOR, "/1/")]).keys() >= OF_THE_WHOLE


@pytest.mark.django_db
def test_whoever_administers_a_station_cannot_make_themselves_a_publisher(cast: Cast) -> None:
    station, at = cast.units["liucun"], timezone.now()
    joined = join_person(
        station,
        details=PersonDetails(sign_in="stationadmin", name="站长"),
        roles=[Role.ADMINISTRATOR],
        actor=Actor.system("tests"),
        at=at,
    )
    before = signed_in(joined)
    assert before is not None
    appoint_person(joined, role=Role.MANAGER, unit_id=station, actor=before.actor, at=at)
    after = signed_in(joined)
    assert after is not None
    assert not OF_THE_WHOLE & after.actor.grants.keys()
