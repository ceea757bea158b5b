"""What passes and is not kept reaches whoever watches now, and disturbs nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from rexian.journal.queries import newest_id
from rexian.live.domain.listening import Change, Listener
from rexian.live.domain.signals import LARGEST, Allowance, Signal, read_signal
from rexian.live.domain.topics import VISITOR, Watch
from rexian.live.signalling import Switchboard
from tests.streams import open_stream

InHouse = Callable[..., None]

LAMP = Watch("lamp", "1-1")


def sent(**fields: Any) -> bytes:
    return json.dumps({"watch": "lamp:1-1", "kind": "typing", "data": {}} | fields).encode()


# --- the values ----------------------------------------------------------------------------------


def test_a_signal_is_read() -> None:
    told: dict[str, str | float | None] = {
        "seq": 3,
        "far": 1.5,
        "who": "林",
        "really": True,
        "no": None,
    }
    assert read_signal(sent(data=told)) == Signal(LAMP, "typing", told)
    assert read_signal(b'{"watch":"lamp:1-1","kind":"seen"}') == Signal(LAMP, "seen", {})


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"\xff",
        b'"lamp:1-1"',
        b"[" * LARGEST,
        sent(watch="lamp"),
        sent(watch=1),
        sent(kind=""),
        sent(kind="Typing"),
        sent(kind="x" * 33),
        sent(kind=["typing"]),
        sent(data=[]),
        sent(data={"deep": {}}),
        sent(data={"list": []}),
        sent(more=1),
        sent()[:-1] + b',"data":{"a":1e999}}',
        sent()[:-1] + b',"data":{"a":"\\ud800"}}',
    ],
)
def test_what_is_no_signal_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_signal(body)


def test_a_sender_may_send_some_at_once_and_then_so_many_a_second() -> None:
    allowance = Allowance(at_once=3, a_second=2)
    assert [allowance.take("anna", 0.0) for _ in range(4)] == [True, True, True, False]
    assert allowance.take("bert", 0.0)
    assert [allowance.take("anna", 0.5) for _ in range(2)] == [True, False]
    assert [allowance.take("anna", 99.0) for _ in range(4)] == [True, True, True, False]


def test_senders_who_are_quiet_are_forgotten() -> None:
    allowance = Allowance(at_once=2, a_second=1)
    for number in range(10_000):
        allowance.take(str(number), 0.0)
    allowance.take("anna", 10.0)
    assert len(allowance._left) == 1
    busy = Allowance(at_once=2, a_second=0)
    for number in range(20_000):
        busy.take(str(number), 0.0)
    assert len(busy._left) <= 10_000


def listener() -> Listener:
    return Listener(watches=frozenset({LAMP}), cursor=0, language="en", actor=VISITOR)


def test_a_signal_has_no_id_and_comes_before_what_waits_with_it() -> None:
    one = listener()
    one.offer(Change(7, LAMP, b"data: on\n\n"))
    one.hear(LAMP, "typing", b"data: typing\n\n")
    assert one.take() == b"data: typing\n\nid: 7\ndata: on\n\n"
    one.hear(LAMP, "typing", b"data: typing\n\n")
    assert one.waits
    assert one.take() == b"data: typing\n\n"


def test_of_signals_that_nobody_takes_the_last_of_each_kind_is_kept() -> None:
    one = listener()
    for number in range(100):
        one.hear(LAMP, "typing", b"data: %d\n\n" % number)
    assert one.take() == b"data: 99\n\n"
    for number in range(100):
        one.hear(LAMP, f"kind-{number}", b"data: %d\n\n" % number)
    assert one.take().count(b"data") == 16


# --- the address ---------------------------------------------------------------------------------

door = pytest.mark.usefixtures("doors")
database = pytest.mark.django_db(transaction=True)


@door
@database
def test_a_signal_goes_from_the_desk_to_the_visitor_and_back(in_house: InHouse) -> None:
    async def act(house: Any) -> None:
        async with (
            open_stream(house.application, [house.lamp(1)], session=house.session) as desk,
            open_stream(house.application, [house.door(1)]) as visitor,
        ):
            assert await house.signal(house.lamp(1), "typing", session=house.session) == 204
            assert await house.signal(house.door(1), "seen") == 204
            told = {"topic": "door", "key": f"{house.organisation}-1-secret", "kind": "typing"}
            assert (await visitor.next("signal")).data == told | {"data": {"seq": 3}}
            told = {"topic": "lamp", "key": f"{house.organisation}-1", "kind": "seen"}
            assert (await desk.next("signal")).data == told | {"data": {"seq": 3}}

    in_house(act)


@door
@database
def test_a_signal_moves_no_cursor_and_is_not_told_again(in_house: InHouse) -> None:
    async def act(house: Any) -> None:
        start = await house.do(newest_id)
        async with open_stream(house.application, [house.door(1)], after=start) as visitor:
            (entry,) = await house.switch(1)
            await visitor.next()
            await house.signal(house.lamp(1), session=house.session)
            assert (await visitor.next("signal")).cursor == entry
        assert await house.do(newest_id) == entry
        async with open_stream(house.application, [house.door(1)], after=start) as again:
            (later,) = await house.switch(1)
            assert [one.data["id"] for one in await again.up_to(later)] == [entry, later]
            names = {
                again.reading.told.get_nowait().name for _ in range(again.reading.told.qsize())
            }
            assert "signal" not in names

    in_house(act, heartbeat=5.0)


@door
@database
@pytest.mark.parametrize(
    ("watch", "session", "status"),
    [
        ("door", "", 204),
        ("lamp", "own", 204),
        ("lamp", "", 401),
        ("lamp", "made-up", 401),
        ("lamp:0-1", "own", 403),
        ("door:0-1", "", 403),
        ("nothing:1", "own", 400),
    ],
)
def test_only_who_may_watch_may_send(
    watch: str, session: str, status: int, in_house: InHouse
) -> None:
    async def act(house: Any) -> None:
        named = {"door": house.door(1), "lamp": house.lamp(1)}.get(watch, watch)
        own = house.session if session == "own" else session
        assert await house.signal(named, session=own) == status

    in_house(act)


@database
def test_a_topic_that_relays_nothing_takes_no_signals(in_house: InHouse) -> None:
    async def act(house: Any) -> None:
        assert await house.signal(house.lamp(1), session=house.session) == 400

    in_house(act)


@door
@database
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"method": "GET"}, 405),
        ({"content_type": "text/plain"}, 415),
        ({"content_type": ""}, 415),
        ({"content_length": str(LARGEST + 1)}, 413),
        ({"content_length": "much"}, 413),
        ({"body": b" " * (LARGEST + 1)}, 413),
        ({"body": b"{"}, 400),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "same-site"}, 403),
        ({"sec_fetch_site": "", "origin": "https://elsewhere.example"}, 403),
        ({"sec_fetch_site": "", "origin": "null", "host": ""}, 403),
        ({"sec_fetch_site": ""}, 403),
        ({"sec_fetch_site": "", "origin": "http://localhost:8000"}, 204),
        ({"sec_fetch_site": "", "origin": "http://10.0.0.7", "host": "10.0.0.7"}, 204),
        ({"content_type": "application/json; charset=utf-8"}, 204),
    ],
)
def test_a_signal_has_to_come_from_a_page_of_ours(
    headers: dict[str, Any], status: int, in_house: InHouse
) -> None:
    async def act(house: Any) -> None:
        assert await house.signal(house.lamp(1), session=house.session, **headers) == status

    in_house(act)


@door
@database
def test_whoever_knows_a_key_may_send_from_anywhere(in_house: InHouse) -> None:
    async def act(house: Any) -> None:
        elsewhere = {"sec_fetch_site": "cross-site", "session": house.session}
        assert await house.signal(house.door(1), **elsewhere) == 204

    in_house(act)


@door
@database
def test_a_flood_of_signals_is_stopped(in_house: InHouse) -> None:
    async def act(house: Any) -> None:
        house.application._switchboard = Switchboard(Allowance(at_once=3, a_second=0))
        said = [await house.signal(house.door(1)) for _ in range(5)]
        assert said == [204, 204, 204, 429, 429]
        assert await house.signal(house.door(2)) == 204
        assert await house.signal(house.lamp(1), session=house.session) == 204

    in_house(act)


@door
@database
def test_whoever_has_a_stream_open_is_not_looked_up_again(in_house: InHouse) -> None:
    async def act(house: Any) -> None:
        async def nobody(*_: Any) -> None:
            raise AssertionError("Somebody is looked up.")

        async with (
            open_stream(house.application, [house.lamp(1)], session=house.session) as desk,
            open_stream(house.application, [house.door(1)]) as visitor,
        ):
            for one in (desk, visitor):
                await one.next()
            house.broadcaster.admit = nobody
            assert await house.signal(house.lamp(1), session=house.session) == 204
            assert await house.signal(house.door(1)) == 204

    in_house(act)


@door
@database
def test_a_server_that_closes_passes_nothing_on(in_house: InHouse) -> None:
    async def act(house: Any) -> None:
        await house.application.close()
        assert await house.signal(house.door(1)) == 503

    in_house(act)
