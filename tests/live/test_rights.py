"""A stream lives only as long as the rights of whoever opened it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from rexian.journal.queries import newest_id
from rexian.kernel.authority import Actor, authorise
from rexian.live.domain.topics import add_topic
from tests.streams import open_stream

InHouse = Callable[..., None]
pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NEVER = 3600.0


@pytest.fixture
def _guarded(lamps: Any) -> None:
    def may_watch(actor: Actor, key: str) -> None:
        lamps.may_watch(actor, key)
        authorise(actor, "journal.read")

    add_topic(replace(lamps, may_watch=may_watch))


@pytest.mark.usefixtures("_guarded")
def test_somebody_whose_role_ended_is_cut_before_the_next_change(
    in_house: InHouse, cast: Any
) -> None:
    def relieve() -> None:
        from rexian.org.services import relieve_person  # noqa: PLC0415

        person = cast.id("manager")
        (post,) = posts_of(person)
        relieve_person(person, **post, actor=cast.actor("administrator"), at=NOW)

    async def act(house: Any) -> None:
        async with open_stream(
            house.application,
            [house.lamp(1)],
            session=house.session,
            after=await house.do(newest_id),
        ) as stream:
            await house.do(relieve)
            await house.switch(1)
            assert (await stream.next("end")).data == {"reason": "refused"}
            assert stream.reading.told.empty()
        async with open_stream(house.application, [house.lamp(1)], session=house.session) as again:
            assert again.status == 403

    in_house(act, rights_hold=NEVER)


def test_somebody_who_is_signed_out_is_cut_within_the_time_that_rights_hold(
    in_house: InHouse,
) -> None:
    def sign_out() -> None:
        from django.contrib.sessions.models import Session  # noqa: PLC0415

        Session.objects.all().delete()

    async def act(house: Any) -> None:
        async with open_stream(house.application, [house.lamp(1)], session=house.session) as stream:
            await stream.next()
            await house.do(sign_out)
            assert (await stream.next("end")).data == {"reason": "signed-out"}
        async with open_stream(house.application, [house.lamp(1)], session=house.session) as again:
            assert again.status == 401

    in_house(act, rights_hold=0.0)


def test_somebody_who_left_is_cut(in_house: InHouse, cast: Any) -> None:
    def leave() -> None:
        from rexian.org import models  # noqa: PLC0415

        models.Person.objects.filter(pk=cast.id("manager")).update(left_at=NOW)

    async def act(house: Any) -> None:
        async with open_stream(house.application, [house.lamp(1)], session=house.session) as stream:
            await stream.next()
            await house.do(leave)
            assert (await stream.next("end")).data == {"reason": "signed-out"}

    in_house(act, rights_hold=0.0)


def posts_of(person_id: int) -> list[dict[str, Any]]:
    """Return the posts of a person as the services name them."""
    from rexian.org import models  # noqa: PLC0415

    return [
        {"unit_id": post.unit_id, "role": post.role}
        for post in models.Post.objects.filter(person_id=person_id, until_at=None)
    ]
