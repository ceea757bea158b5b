"""Two hundred busy chats: from one side's sending to the other side's screen.

Each chat takes ten turns a minute, in turns by customer and agent. Every page does what a page
does: a stream is open on each side, what has come is noted as read, desks say that they are there.
The clock runs from the beginning of the request to the arrival of the frame with the line on the
other side's stream; the agent's has the guide in it. ``python bench/chats.py [chats]``.

Measured are one process with SQLite and with PostgreSQL, on PostgreSQL pages, streams and work in
processes of their own, and as a comparison what Django Channels does with as many turns.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from collections.abc import Coroutine, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import urlencode

import chats_channels
from chats_pages import PATIENCE, Browser, Screen
from chats_serving import PARTS, House, housed, postgresql
from measure import Figure, at_least, at_most

CHATS = 200
EACH = 3
PACE = 6.0
WARM, MEASURED, AFTER = 6.0, 45.0, 3.0
AT_ONCE = 8
BEAT, READS_AFTER = 15.0, 0.4

_TOKEN = "benchbenchbenchbenchbenchbench12"  # noqa: S105 - what a browser was given for its forms

_CUSTOMER = (
    "你好，我想问一下从柳村收费站到临川要多少过路费？",
    "是小客车，七座的。",
    "那大概要走多久？路上堵不堵？",
    "好的，我上个月的通行费想开电子发票，在哪里开？",
    "我的车牌是云A·8K612，电话13800002211。",
    "哦，是这样啊，那我再等等。",
    "没有别的了，谢谢你！",
)
_AGENT = (
    "您好！很高兴为您服务，请问有什么可帮您？",
    "请您稍等，我马上为您查询一下。",
    "感谢您的耐心等待，七座小客车按一类车收费，全程是四十五元。",
    "目前该路段车辆通行正常，请您注意行车安全。",
    "您可以在票根网上开具电子发票，我十分钟之内给您回电话确认。",
    "请问您还有什么其他需要帮助的吗？",
    "好的，与您核对一下，您的电话是13800002211，对吗？",
)


@dataclass
class Chat:
    """A conversation: both doors, both screens, what was sent when."""

    key: str
    customer: Browser
    agent: Browser | None = None
    screens: tuple[Screen, ...] = ()
    sent: list[tuple[str, float]] = field(default_factory=list)
    shown: bool = False

    @property
    def id(self) -> str:
        """The contact."""
        return self.key.partition("-")[0]


def figures(chats: int = CHATS) -> Iterator[Figure]:
    """Measure one process on both databases, parts on PostgreSQL, then the other."""
    said = f"{chats:,} busy chats, 10 turns a minute each"
    agents = -(-chats // EACH)
    with housed(agents) as house:
        yield from _measured(house, chats, f"{said}, SQLite")
    with postgresql() as address, housed(agents, database=address) as house:
        yield from _measured(house, chats, f"{said}, PostgreSQL")
    with postgresql() as address, housed(agents, database=address, parts=PARTS) as house:
        yield from _measured(house, chats, f"{said}, PostgreSQL, in parts")
    yield from chats_channels.figures(chats, said)


def _measured(house: House, chats: int, said: str) -> Iterator[Figure]:
    """Say how long turns took to the other side."""
    played, cpu = asyncio.run(_play(house, chats))
    waits, lost = _waits(played)
    for by, where in (("a", "the customer's screen"), ("c", "the agent's screen with the hint")):
        yield at_most(f"{said}: to {where}, median", statistics.median(waits[by]), 150, "ms")
        yield at_most(f"{said}: to {where}, p99", _p99(waits[by]), 300, "ms")
    turns = len(waits["a"]) + len(waits["c"])
    yield at_least(f"{said}: turns told", turns / MEASURED, chats / PACE * 0.98, "a second")
    yield at_most(f"{said}: turns that did not come", lost, 0)
    yield at_most(f"{said}: processor", cpu * 100, 75, "% of a core")
    yield at_most(f"{said}: processor a turn", cpu * MEASURED / turns * 1000, 22, "ms")


async def _play(house: House, chats: int) -> tuple[list[Chat], float]:
    """Bring customers and agents together, have them talk, and see what came when."""
    desks = [Browser(house.pages, house.streams, _cookies(session)) for _, session in house.people]
    beats = [
        asyncio.ensure_future(_beat(one, BEAT * place / len(desks)))
        for place, one in enumerate(desks)
    ]
    played = await _begin(house, desks, chats)
    chance, begun = Random(7), time.perf_counter()
    end = begun + WARM + MEASURED
    talks = [_talk(one, begun + chance.random() * PACE, end) for one in played]
    spent: list[float] = []

    async def watch_processor() -> None:
        await asyncio.sleep(WARM)
        before, since = house.cpu(), time.perf_counter()
        await asyncio.sleep(MEASURED)
        spent.append((house.cpu() - before) / (time.perf_counter() - since))

    await asyncio.gather(watch_processor(), *talks)
    await asyncio.sleep(AFTER)
    for beat in beats:
        beat.cancel()
    for one in played:
        one.sent = [(mark, at) for mark, at in one.sent if begun + WARM <= at]
        one.customer.close()
        for screen in one.screens:
            screen.line.close()
    return played, spent[0]


async def _begin(house: House, desks: Sequence[Browser], chats: int) -> list[Chat]:
    """Have the agents get ready and take whoever comes, until all are talking."""
    gate = asyncio.Semaphore(AT_ONCE)
    owner: dict[int, int] = {}

    async def one_at_a_time(work: Coroutine[Any, Any, Any]) -> Any:
        async with gate:
            return await work

    screens = await asyncio.gather(
        *(_open(house.streams, [f"desk:{number}"], session) for number, session in house.people)
    )
    takers = [
        asyncio.ensure_future(_take_offers(place, desk, screen, owner))
        for place, (desk, screen) in enumerate(zip(desks, screens, strict=True))
    ]
    ready = {"state": "ready", "csrfmiddlewaretoken": _TOKEN}
    await asyncio.gather(*(one_at_a_time(one.ask("/desk/presence", ready)) for one in desks))
    played = await asyncio.gather(
        *(one_at_a_time(_arrive(house, number)) for number in range(chats))
    )
    begun = time.perf_counter()
    while len(owner) < chats:
        await asyncio.sleep(0.1)
        if time.perf_counter() - begun > PATIENCE:
            raise RuntimeError(f"{chats - len(owner)} wait although there is room.")
    for one in (*takers,):
        one.cancel()
    for screen in screens:
        screen.line.close()
    await _open_screens(house, desks, played, owner)
    return played


async def _open_screens(
    house: House, desks: Sequence[Browser], played: Sequence[Chat], owner: dict[int, int]
) -> None:
    """Open the stream of each customer, and one of each agent for all that they have."""
    for place, (number, session) in enumerate(house.people):
        own = [one for one in played if owner[int(one.id)] == place]
        watches = [f"desk:{number}", *(f"contact:{one.id}" for one in own)]
        screen = await _open(house.streams, watches, session)
        for at, one in enumerate(own):
            visit = await _open(house.streams, [f"visit:{one.key}"], "")
            one.agent, one.screens, one.shown = desks[place], (visit, screen), at == 0


async def _open(port: int, watches: Sequence[str], session: str) -> Screen:
    loop = asyncio.get_running_loop()
    query = urlencode([("watch", one) for one in watches])
    head = f"GET /live?{query} HTTP/1.1\r\nHost: localhost\r\nCookie: {_cookies(session)}\r\n\r\n"
    screen = Screen(head.encode(), loop.create_future())
    await loop.create_connection(lambda: screen, "127.0.0.1", port)
    await asyncio.wait_for(screen.opened, PATIENCE)
    return screen


def _cookies(session: str) -> str:
    return f"rexian_session={session}; rexian_csrf={_TOKEN}" if session else ""


async def _take_offers(place: int, desk: Browser, screen: Screen, owner: dict[int, int]) -> None:
    while True:
        contact = await screen.offers.get()
        if contact not in owner:
            await desk.ask(f"/desk/contacts/{contact}/accept", {"csrfmiddlewaretoken": _TOKEN})
            owner[contact] = place


async def _arrive(house: House, number: int) -> Chat:
    browser = Browser(house.pages, house.streams)
    fields = {"queue": "general", "text": _CUSTOMER[0], "sent_as": f"benchmark-arrival-{number}"}
    told = await browser.ask("/chat/huatong/", fields)
    return Chat(told["key"], browser)


async def _beat(desk: Browser, after: float) -> None:
    """Have a desk say now and then that it is there."""
    await asyncio.sleep(after)
    while True:
        await desk.ask("/desk/beat", {"csrfmiddlewaretoken": _TOKEN})
        await asyncio.sleep(BEAT)


async def _talk(chat: Chat, begun: float, end: float) -> None:
    """Take turns until the end; what comes is read as a page reads it."""
    reading: set[asyncio.Future[Any]] = set()
    turn = 0
    while (due := begun + turn * PACE) < end:
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        by = "ca"[turn % 2]
        mark = f"{by}{_letters(int(chat.id))}x{_letters(turn)}"
        at = time.perf_counter()
        chat.sent.append((mark, at))
        await _say(chat, by, turn, mark)
        reading.add(asyncio.ensure_future(_read(chat, by, turn)))
        turn += 1
    await asyncio.gather(*reading)


async def _say(chat: Chat, by: str, turn: int, mark: str) -> None:
    words = (_CUSTOMER if by == "c" else _AGENT)[turn // 2 % len(_AGENT)]
    fields = {"text": f"{words}[[{mark}]]", "sent_as": f"benchmark-turn-{mark}"}
    if by == "c":
        await chat.customer.ask(f"/chat/c/{chat.key}/say", {**fields, "after": "1000"})
    elif chat.agent:
        sent = {**fields, "csrfmiddlewaretoken": _TOKEN}
        await chat.agent.ask(f"/desk/contacts/{chat.id}/say", sent)


async def _read(chat: Chat, by: str, turn: int) -> None:
    """Note what the other has said as read: a customer at once, an agent if it is what is shown."""
    seq = str(turn + 5)
    if by == "a":
        await chat.customer.signal(f"visit:{chat.key}", "read", {"seq": turn + 5})
        await chat.customer.ask(f"/chat/c/{chat.key}/here", {"after": seq, "seen": seq})
    elif chat.agent and chat.shown:
        await asyncio.sleep(READS_AFTER)
        await chat.agent.signal(f"contact:{chat.id}", "read", {"seq": turn + 5})
        fields = {"seq": seq, "csrfmiddlewaretoken": _TOKEN}
        await chat.agent.ask(f"/desk/contacts/{chat.id}/read", fields)


def _letters(number: int) -> str:
    """Return a number in letters: digits would be numbers that a customer has said."""
    return "".join("bdfghjklmn"[int(one)] for one in str(number))


def _waits(played: Sequence[Chat]) -> tuple[dict[str, list[float]], int]:
    """Return how long turns took to the other side, sorted, in ms, and how many never came."""
    waits: dict[str, list[float]] = {"a": [], "c": []}
    lost = 0
    for one in played:
        for mark, at in one.sent:
            came = one.screens["ac".index(mark[0])].came.get(mark)
            if came is None:
                lost += 1
            else:
                waits[mark[0]].append((came - at) * 1000)
    return {by: sorted(found) for by, found in waits.items()}, lost


def _p99(waits: Sequence[float]) -> float:
    return waits[int(len(waits) * 0.99)]


def main() -> None:
    """Print every figure."""
    for one in figures(*map(int, sys.argv[1:])):
        print(f"{'yes' if one.reached else 'NO ':3}  {one.what}: {one.measured}", end="")
        print(f" (wanted: {one.wanted})", flush=True)


if __name__ == "__main__":
    main()
