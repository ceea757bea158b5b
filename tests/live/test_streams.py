"""A stream continues where the page was made, and tells only whom it may."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from rexian.journal.queries import newest_id
from tests.streams import AssertLive, open_stream, session_of

InHouse = Callable[..., None]
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_change_is_told_as_it_is_now(in_house: InHouse) -> None:
    async def act(house: Any) -> None:
        async with open_stream(
            house.application,
            [house.lamp(1)],
            session=house.session,
            after=await house.do(newest_id),
        ) as stream:
            (entry,) = await house.switch(1)
            told = await stream.next()
            assert told.data == {
                "id": entry,
                "topic": "lamp",
                "key": f"{house.organisation}-1",
                "state": {"switched": [entry]},
            }
            assert told.cursor == entry

    in_house(act)


def test_what_is_not_watched_is_not_told_but_moves_the_cursor(in_house: InHouse) -> None:
    async def act(house: Any) -> None:
        async with open_stream(
            house.application,
            [house.lamp(1)],
            session=house.session,
            after=await house.do(newest_id),
        ) as stream:
            entries = await house.switch(2, 3)
            assert await stream.up_to(entries[-1]) == []

    in_house(act)


@pytest.mark.parametrize("named", ["after", "last_event_id"])
def test_a_reader_who_comes_back_is_told_what_it_missed(named: str, in_house: InHouse) -> None:
    async def act(house: Any) -> None:
        watches = [house.lamp(number) for number in (1, 2, 3)]
        async with open_stream(
            house.application, watches, session=house.session, after=await house.do(newest_id)
        ) as stream:
            (seen,) = await house.switch(1)
            await stream.up_to(seen)
        entries = await house.switch(3, 2, 2)
        await house.noted(entries[-1])
        async with open_stream(
            house.application, watches, session=house.session, **{named: seen}
        ) as stream:
            told = await stream.up_to(entries[-1])
        assert [one.data["id"] for one in told] == [entries[0], entries[2]]
        assert [one.cursor for one in told] == [entries[0], entries[2]]

    in_house(act)


def test_a_reader_from_before_our_memory_is_told_everything_it_watches(in_house: InHouse) -> None:
    async def act(house: Any) -> None:
        (entry,) = await house.switch(1)
        async with open_stream(
            house.application,
            [house.lamp(1), house.lamp(2)],
            session=house.session,
            after=entry - 1,
        ) as stream:
            told = await stream.up_to(entry)
        states = {one.data["key"][-1]: one.data["state"]["switched"] for one in told}
        assert states == {"1": [entry], "2": []}

    in_house(act)


def test_a_reader_from_the_future_is_told_everything_it_watches(in_house: InHouse) -> None:
    async def act(house: Any) -> None:
        (entry,) = await house.switch(1)
        async with open_stream(
            house.application, [house.lamp(1)], session=house.session, last_event_id=entry + 10**6
        ) as stream:
            assert (await stream.next()).data["state"] == {"switched": [entry]}

    in_house(act)


@pytest.mark.parametrize(
    ("watches", "session", "status"),
    [
        ([], "own", 204),
        (["lamp"], "own", 400),
        ([f"lamp:{'x' * 200}"], "own", 400),
        ([f"lamp:{number}" for number in range(102)], "own", 400),
        (["own"], "", 401),
        (["own"], "made-up", 401),
        (["nothing:1"], "own", 403),
        (["lamp:0-1"], "own", 403),
    ],
    ids=["nothing", "no key", "too long", "too many", "nobody", "forged", "unknown", "another's"],
)
def test_what_cannot_be_watched_is_refused(
    watches: list[str], session: str, status: int, in_house: InHouse
) -> None:
    async def act(house: Any) -> None:
        asked = [house.lamp(1) if one == "own" else one for one in watches]
        own = house.session if session == "own" else session
        async with open_stream(house.application, asked, session=own) as stream:
            assert stream.status == status
        assert not house.broadcaster.hub.listeners

    in_house(act)


def test_somebody_of_another_organisation_is_told_nothing(in_house: InHouse, cast: Any) -> None:
    theirs = session_of(cast.client("outsider"))

    async def act(house: Any) -> None:
        own = f"lamp:{cast.theirs.organisation}-1"
        async with open_stream(
            house.application, [house.lamp(1), own], session=theirs, after=await house.do(newest_id)
        ) as stream:
            assert (await stream.next("refused")).data == [house.lamp(1)]
            (entry,) = await house.switch(1)
            assert await stream.up_to(entry) == []

    in_house(act)


def test_a_stream_that_is_left_leaves_nothing_behind(in_house: InHouse) -> None:
    async def act(house: Any) -> None:
        for _ in range(3):
            async with open_stream(
                house.application, [house.lamp(1)], session=house.session
            ) as stream:
                await stream.next()
                assert len(house.broadcaster.hub.listeners) == 1
        assert not house.broadcaster.hub.listeners
        assert house.broadcaster.hub.watched == 0

    in_house(act)


def test_a_server_that_closes_ends_its_streams(in_house: InHouse) -> None:
    async def act(house: Any) -> None:
        async with open_stream(house.application, [house.lamp(1)], session=house.session) as stream:
            await house.application.close()
            assert (await stream.next("end")).data == {"reason": "closing"}
            async with asyncio.timeout(5):
                await stream.over.wait()
        async with open_stream(house.application, [house.lamp(1)], session=house.session) as late:
            assert late.status == 503

    in_house(act)


def test_a_server_that_is_stopped_ends_its_streams(in_house: InHouse) -> None:
    async def act(house: Any) -> None:
        said: list[str] = []
        asked = iter(["lifespan.startup", "lifespan.shutdown"])

        async def receive() -> dict[str, str]:
            return {"type": next(asked)}

        async def send(message: dict[str, str]) -> None:
            said.append(message["type"])

        async with open_stream(house.application, [house.lamp(1)], session=house.session) as stream:
            await house.application({"type": "lifespan"}, receive, send)
            await stream.next("end")
        assert said == ["lifespan.startup.complete", "lifespan.shutdown.complete"]

    in_house(act)


def test_a_reader_who_takes_nothing_is_cut_off_and_loses_nothing(in_house: InHouse) -> None:
    async def act(house: Any) -> None:
        start = await house.do(newest_id)
        async with open_stream(
            house.application, [house.lamp(1)], session=house.session, after=start
        ) as stream:
            stream.taking.clear()
            (entry,) = await house.switch(1)
            await stream.ended()
            assert not house.broadcaster.hub.listeners
            assert stream.cursor < entry
            cursor = max(stream.cursor, start)
        async with open_stream(
            house.application, [house.lamp(1)], session=house.session, last_event_id=cursor
        ) as stream:
            assert (await stream.next()).data["id"] == entry

    in_house(act, patience=0.05, heartbeat=5.0)


def test_a_topic_that_breaks_cuts_its_own_watchers_and_no_others(
    in_house: InHouse, lamps: Any, caplog: pytest.LogCaptureFixture
) -> None:
    from dataclasses import replace  # noqa: PLC0415

    from rexian.live.domain.topics import add_topic, remove_topic  # noqa: PLC0415

    broken = {"yes": False}

    def states(keys: Any) -> Any:
        if broken["yes"]:
            raise RuntimeError("broken")
        return lamps.states(keys)

    async def act(house: Any) -> None:
        other = house.lamp(1).replace("lamp", "broken", 1)
        start = await house.do(newest_id)
        async with (
            open_stream(
                house.application, [house.lamp(1)], session=house.session, after=start
            ) as good,
            open_stream(house.application, [other], session=house.session, after=start) as bad,
        ):
            broken["yes"] = True
            (entry,) = await house.switch(1)
            assert (await good.next()).data["id"] == entry
            assert (await bad.next("end")).data == {"reason": "stuck"}
            assert bad.cursor < entry
            broken["yes"] = False

    add_topic(replace(lamps, name="broken", states=states))
    try:
        in_house(act)
    finally:
        remove_topic("broken")
    assert "The topic broken cannot be shown." in caplog.text


def test_a_snapshot_and_its_events_are_a_fresh_snapshot(
    assert_live: AssertLive, switch: Callable[[int, int], int], cast: Any
) -> None:
    def do() -> None:
        for number in (1, 2, 1):
            switch(cast.organisation, number)

    session = session_of(cast.client("manager"))
    assert_live("lamp", f"{cast.organisation}-1", do, session=session)
    with pytest.raises(AssertionError, match="changes nothing"):
        assert_live("lamp", f"{cast.organisation}-3", do, session=session)


def test_a_server_that_nobody_listens_to_rests_and_wakes_again(
    in_house: InHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rexian.live import broadcasting  # noqa: PLC0415 - after the settings

    monkeypatch.setattr(broadcasting, "STAYS_AWAKE", 0.0)

    async def act(house: Any) -> None:
        for _ in range(2):
            async with open_stream(
                house.application, [house.lamp(1)], session=house.session
            ) as stream:
                await stream.next()
                (entry,) = await house.switch(1)
                assert (await stream.next()).data["id"] == entry
            followed = house.broadcaster._running[0]
            async with asyncio.timeout(5):
                await asyncio.wait({followed})
            assert house.broadcaster._tail is None

    in_house(act)
