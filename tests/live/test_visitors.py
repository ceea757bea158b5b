"""Whoever knows a key watches what it opens, and nothing else, without a session."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Any

import pytest

from rexian.journal.queries import newest_id
from rexian.kernel.authority import Actor
from rexian.kernel.errors import NotFound
from rexian.live.domain.hub import MOST_VISITORS
from rexian.live.domain.topics import VISITOR, add_topic
from tests.streams import Stream, open_stream

InHouse = Callable[..., None]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("doors")]


def test_a_visitor_is_told_of_what_their_key_opens(in_house: InHouse) -> None:
    async def act(house: Any) -> None:
        start = await house.do(newest_id)
        async with open_stream(house.application, [house.door(1)], after=start) as stream:
            assert stream.status == 200
            (entry, _) = await house.switch(1, 2)
            told = await stream.next()
            assert told.data["state"] == {"switched": [entry]}
            assert told.data["topic"] == "door"
            assert await stream.up_to(entry + 1) == []

    in_house(act)


def test_a_wrong_key_opens_nothing(in_house: InHouse) -> None:
    async def act(house: Any) -> None:
        for session in ("", house.session):
            wrong = house.door(1) + "?"
            async with open_stream(house.application, [wrong], session=session) as stream:
                assert stream.status == 403

    in_house(act)


def test_whoever_is_signed_in_is_a_visitor_too_where_a_key_opens(
    in_house: InHouse, doors: Any
) -> None:
    asked: list[Actor] = []
    add_topic(replace(doors, may_watch=lambda actor, _: asked.append(actor)))

    async def act(house: Any) -> None:
        for watches in ([house.door(1)], [house.door(1), house.lamp(1)]):
            async with open_stream(house.application, watches, session=house.session) as stream:
                assert stream.status == 200
        assert asked == [VISITOR, VISITOR]

    in_house(act)


def test_both_kinds_go_together_as_far_as_each_may(in_house: InHouse) -> None:
    async def act(house: Any) -> None:
        both, start = [house.door(1), house.lamp(2)], await house.do(newest_id)
        async with (
            open_stream(house.application, both, session=house.session, after=start) as agent,
            open_stream(house.application, both, after=start) as visitor,
        ):
            assert (await visitor.next("refused")).data == [house.lamp(2)]
            entries = await house.switch(1, 2)
            assert [one.data["id"] for one in await agent.up_to(entries[1])] == entries
            assert [one.data["id"] for one in await visitor.up_to(entries[1])] == entries[:1]

    in_house(act)


@pytest.mark.parametrize(
    ("asked", "signed_in", "spoken"),
    [
        (None, False, "zh-Hans"),
        ("en", False, "en"),
        ("zh-Hant", True, "zh-Hant"),
        (None, True, "zh-Hans"),
    ],
)
def test_a_stream_speaks_the_language_that_is_asked_for(
    asked: str | None, signed_in: bool, spoken: str, in_house: InHouse
) -> None:
    async def act(house: Any) -> None:
        async with open_stream(
            house.application,
            [house.lamp(1)] * signed_in + [house.door(1)],
            session=house.session * signed_in,
            language=asked,
        ) as stream:
            await stream.next()
            await house.broadcaster.check_rights()
            (listener,) = house.broadcaster.hub.listeners
            assert listener.language == spoken

    in_house(act)


def test_a_language_that_nobody_speaks_here_is_not_understood(in_house: InHouse) -> None:
    async def act(house: Any) -> None:
        async with open_stream(house.application, [house.door(1)], language="fr") as stream:
            assert stream.status == 400

    in_house(act)


def test_a_visitor_whose_key_opens_no_more_is_cut(in_house: InHouse, doors: Any) -> None:
    def closed(_: Actor, key: str) -> None:
        raise NotFound("There is no door {key}.", key=key)

    async def act(house: Any) -> None:
        async with open_stream(house.application, [house.door(1)]) as stream:
            await stream.next()
            add_topic(replace(doors, may_watch=closed))
            assert (await stream.next("end")).data == {"reason": "refused"}

    in_house(act, rights_hold=0.0)


def test_whoever_is_signed_out_keeps_what_their_key_opens(in_house: InHouse) -> None:
    def sign_out() -> None:
        from django.contrib.sessions.models import Session  # noqa: PLC0415

        Session.objects.all().delete()

    async def act(house: Any) -> None:
        both = [house.door(1), house.lamp(2)]
        async with open_stream(house.application, both, session=house.session) as stream:
            await stream.next()
            await house.do(sign_out)
            assert (await stream.next("end")).data == {"reason": "refused"}
        async with open_stream(house.application, both, session=house.session) as again:
            assert (await again.next("refused")).data == [house.lamp(2)]

    in_house(act, rights_hold=0.0)


def test_of_too_many_streams_for_one_key_the_oldest_gives_way(in_house: InHouse) -> None:
    async def act(house: Any) -> None:
        async with AsyncExitStack() as stack:

            async def come(number: int) -> Stream:
                opened = open_stream(house.application, [house.door(number)])
                stream = await stack.enter_async_context(opened)
                await stream.next()
                return stream

            elsewhere = await come(2)
            streams = [await come(1) for _ in range(MOST_VISITORS + 2)]
            for crowded in streams[:2]:
                assert (await crowded.next("end")).data == {"reason": "crowded"}
            assert len(house.broadcaster.hub.listeners) == MOST_VISITORS + 1
            await house.switch(1, 2)
            for one in (elsewhere, *streams[2:]):
                await one.next()

    in_house(act)


def test_those_who_are_signed_in_are_not_counted_as_visitors(in_house: InHouse) -> None:
    async def act(house: Any) -> None:
        async with AsyncExitStack() as stack:
            for _ in range(MOST_VISITORS + 1):
                watches = [house.door(1), house.lamp(1)]
                await stack.enter_async_context(
                    open_stream(house.application, watches, session=house.session)
                )
            await stack.enter_async_context(open_stream(house.application, [house.door(1)]))
            assert len(house.broadcaster.hub.listeners) == MOST_VISITORS + 2

    in_house(act)
