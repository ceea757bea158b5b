"""What this process records is told at once, a burst together, and rights in doubt hold up one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction

from rexian.journal.queries import newest_id
from rexian.live.domain.hub import CROWD
from rexian.live.domain.topics import Watch
from tests.streams import open_stream, session_of

InHouse = Callable[..., None]
pytestmark = pytest.mark.django_db(transaction=True)

NEVER = 3600.0


def test_what_this_process_records_is_told_without_waiting_for_a_look(in_house: InHouse) -> None:
    async def act(house: Any) -> None:
        async with open_stream(house.application, [house.lamp(1)], session=house.session) as stream:
            await stream.next()
            for _ in range(3):
                (entry,) = await house.switch(1)
                assert (await stream.next()).data["id"] == entry

    in_house(act, poll=NEVER)


def test_what_is_undone_wakes_nobody(in_house: InHouse, switch: Any) -> None:
    def undo(organisation: int) -> None:
        with transaction.atomic():
            switch(organisation, 1)
            transaction.set_rollback(True)

    async def act(house: Any) -> None:
        async with open_stream(house.application, [house.lamp(1)], session=house.session) as stream:
            await stream.next()
            await house.do(lambda: undo(house.organisation))
            assert not house.broadcaster._news.is_set()

    in_house(act, poll=NEVER)


def test_what_another_process_records_is_found_by_looking(in_house: InHouse) -> None:
    def insert(organisation: int) -> int:
        from django.utils.timezone import now  # noqa: PLC0415

        from rexian.journal import models  # noqa: PLC0415

        subject = f"lamp:{organisation}-1"
        return models.Entry.objects.create(
            at=now(), actor="x", name="lamps.lamp_switched", subject=subject
        ).pk

    async def act(house: Any) -> None:
        async with open_stream(house.application, [house.lamp(1)], session=house.session) as stream:
            await stream.next()
            entry = await house.do(lambda: insert(house.organisation))
            assert (await stream.next()).data["id"] == entry

    in_house(act)


def test_a_burst_is_told_together(in_house: InHouse) -> None:
    async def act(house: Any) -> None:
        steps, step = 0, house.broadcaster.step

        async def counted() -> Any:
            nonlocal steps
            steps += 1
            return await step()

        house.broadcaster.step = counted
        async with open_stream(house.application, [house.lamp(1)], session=house.session) as stream:
            await stream.next()
            begun, loop = steps, asyncio.get_running_loop()
            at = loop.time()
            entries = await house.switch(*[1] * 100)
            told = await stream.up_to(entries[-1])
            assert told[-1].data["id"] == entries[-1]
            assert steps - begun <= (loop.time() - at) / 0.015 + 2

    in_house(act, poll=NEVER)


def test_a_crowd_is_told_too(in_house: InHouse) -> None:
    async def act(house: Any) -> None:
        async with AsyncExitStack() as stack:
            streams = [
                await stack.enter_async_context(
                    open_stream(house.application, [house.lamp(1)], session=house.session)
                )
                for _ in range(CROWD + 5)
            ]
            for one in streams:
                await one.next()
            (entry,) = await house.switch(1)
            for one in streams:
                assert (await one.next()).data["id"] == entry

    in_house(act)


def test_whoever_is_in_doubt_waits_and_holds_nobody_up(in_house: InHouse, cast: Any) -> None:
    """One whose rights cannot be looked at for now is told nothing, and then everything."""
    theirs = session_of(cast.client("inspector"))

    async def act(house: Any) -> None:
        lamp, start, looked_at = house.lamp(1), await house.do(newest_id), asyncio.Event()
        admit = house.broadcaster.admit

        async def later(session: str, *rest: Any) -> Any:
            if session == theirs:
                await looked_at.wait()
            return await admit(session, *rest)

        async with (
            open_stream(house.application, [lamp], session=house.session, after=start) as one,
            open_stream(house.application, [lamp], session=theirs, after=start) as doubted,
        ):
            house.broadcaster.admit = later
            (listener,) = [x for x in house.broadcaster.hub.listeners if x.session == theirs]
            house.broadcaster._doubt([listener])
            (entry,) = await house.switch(1)
            assert (await one.next()).data["id"] == entry
            assert (await doubted.next("")).cursor == -1  # a heartbeat tells of nothing that waits
            assert doubted.reading.told.empty()
            looked_at.set()
            assert (await doubted.next()).data["id"] == entry

    in_house(act, heartbeat=0.05)


def test_rights_that_change_while_somebody_comes_are_looked_at_again(in_house: InHouse) -> None:
    async def act(house: Any) -> None:
        admit, asked = house.broadcaster.admit, 0

        async def meanwhile(*arguments: Any) -> Any:
            nonlocal asked
            found = await admit(*arguments)
            asked += 1
            house.broadcaster.upheavals += asked == 1
            return found

        house.broadcaster.admit = meanwhile
        async with open_stream(house.application, [house.lamp(1)], session=house.session) as stream:
            await stream.next()
            assert asked == 2

    in_house(act, rights_hold=NEVER)


def test_a_topic_that_cannot_read_an_entry_keeps_nobody_from_being_told(
    in_house: InHouse, lamps: Any, caplog: pytest.LogCaptureFixture
) -> None:
    from dataclasses import replace  # noqa: PLC0415

    from rexian.live.domain.topics import add_topic, remove_topic  # noqa: PLC0415

    def keys(_: object) -> list[str]:
        raise KeyError("unit")

    async def act(house: Any) -> None:
        async with open_stream(house.application, [house.lamp(1)], session=house.session) as stream:
            await stream.next()
            (entry,) = await house.switch(1)
            assert (await stream.next()).data["id"] == entry

    add_topic(replace(lamps, name="broken", keys=keys))
    try:
        in_house(act)
    finally:
        remove_topic("broken")
    assert "The topic broken cannot read entry" in caplog.text


def test_thousands_who_come_at_once_are_not_looked_at_again_at_once(in_house: InHouse) -> None:
    async def act(house: Any) -> None:
        early = sorted(house.broadcaster._early() for _ in range(100))
        assert 0 <= early[0] < early[-1] < 50
        assert max(b - a for a, b in pairwise(early)) < 2

    in_house(act, rights_hold=100.0)


def test_many_who_come_for_the_same_have_it_read_once(in_house: InHouse, lamps: Any) -> None:
    from dataclasses import replace  # noqa: PLC0415

    from rexian.live.domain.topics import add_topic  # noqa: PLC0415

    read: list[list[str]] = []

    def states(keys: Any) -> Any:
        read.append(list(keys))
        return lamps.states(keys)

    add_topic(replace(lamps, states=states))

    async def act(house: Any) -> None:
        async with AsyncExitStack() as stack:
            for _ in range(5):
                stream = await stack.enter_async_context(
                    open_stream(house.application, [house.lamp(1)], session=house.session)
                )
                assert (await stream.next()).data["topic"] == Watch("lamp", "").topic
        assert read == [[f"{house.organisation}-1"]]

    in_house(act)
