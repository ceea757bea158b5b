"""Readers who break off again and again, during traffic, lose nothing and are told nothing twice.

``bench/live.py`` does the same ten thousand times.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from rexian.journal.queries import newest_id
from tests.streams import Told, open_stream

InHouse = Callable[..., None]

READERS, LAMPS, TIMES = 5, 6, 100


class Page:
    """What a reader has on the screen: each lamp's state, and the cursor it comes back with."""

    def __init__(self, cursor: int) -> None:
        self.cursor = cursor
        self.told: list[int] = []
        self.shown: dict[str, list[int]] = {}

    def show(self, told: Told) -> None:
        """Take a change onto the page; it has to be newer than everything before."""
        assert told.data["id"] == told.cursor > self.cursor
        self.cursor = told.cursor
        self.told.append(told.cursor)
        before = self.shown.get(told.data["key"], [])
        after = told.data["state"]["switched"]
        assert after[: len(before)] == before
        assert told.cursor in after
        self.shown[told.data["key"]] = after


@pytest.mark.django_db(transaction=True)
def test_five_hundred_reconnects_during_traffic(in_house: InHouse) -> None:
    async def act(house: Any) -> None:
        written: dict[str, list[int]] = {}
        over = asyncio.Event()

        async def write() -> None:
            chance = Random(7)  # noqa: S311 - it only picks a lamp
            while not over.is_set():
                lamp = chance.randrange(LAMPS)
                (entry,) = await house.switch(lamp)
                written.setdefault(f"{house.organisation}-{lamp}", []).append(entry)

        async def read(page: Page, times: int, chance: Random) -> None:
            for _ in range(times):
                async with open_stream(
                    house.application,
                    [house.lamp(lamp) for lamp in range(LAMPS)],
                    session=house.session,
                    last_event_id=page.cursor,
                ) as stream:
                    for _ in range(chance.randrange(3)):
                        page.show(await stream.next())

        start = await house.do(newest_id)
        pages = [Page(start) for _ in range(READERS)]
        chances = [Random(place) for place in range(READERS)]  # noqa: S311 - when they break off
        async with open_stream(house.application, [house.lamp(0)], session=house.session):
            writing = asyncio.ensure_future(write())
            await asyncio.gather(
                *(read(page, TIMES, chances[place]) for place, page in enumerate(pages))
            )
            over.set()
            await writing
            newest = await house.do(newest_id)
            for page in pages:
                async with open_stream(
                    house.application,
                    [house.lamp(lamp) for lamp in range(LAMPS)],
                    session=house.session,
                    last_event_id=page.cursor,
                ) as stream:
                    for told in await stream.up_to(newest):
                        page.show(told)
                assert page.shown == written
                assert page.told == sorted(set(page.told))

    in_house(act, heartbeat=0.005)
