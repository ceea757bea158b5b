"""A topic of lamps, kept in the journal alone, and a live face with quick polls."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, ClassVar

import pytest
from django.test import Client

from rexian.journal.domain.entries import Entry
from rexian.journal.domain.events import Event
from rexian.kernel.authority import Actor
from rexian.kernel.errors import NotFound
from rexian.live.domain.topics import VISITOR, Topic, Watch, add_topic, remove_topic
from tests.loops import run_apart
from tests.streams import SOON

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class LampSwitched(Event):
    """A lamp was switched: an event of nobody's but these tests."""

    name: ClassVar[str] = "lamps.lamp_switched"
    noun: ClassVar[str] = "lamp"


def may_watch(actor: Actor, key: str) -> None:
    """Let everybody watch the lamps of their own organisation, which its id begins."""
    if key.partition("-")[0] != str(actor.organisation):
        raise NotFound("There is no lamp {key}.", key=key)


def states(keys: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
    """Return for each lamp the ids of the entries that switched it."""
    from rexian.journal import models  # noqa: PLC0415 - after the settings

    found: dict[str, list[int]] = {key: [] for key in keys}
    rows = models.Entry.objects.filter(subject__in=[f"lamp:{key}" for key in keys])
    for subject, entry_id in rows.order_by("id").values_list("subject", "id"):
        found[subject.partition(":")[2]].append(entry_id)
    return {key: {"switched": ids} for key, ids in found.items()}


@pytest.fixture(autouse=True)
def lamps() -> Iterator[Topic]:
    """Let lamps be watched."""
    yield add_topic(
        Topic(
            name="lamp",
            events=frozenset({"lamps.lamp_switched"}),
            may_watch=may_watch,
            states=states,
        )
    )
    remove_topic("lamp")


@pytest.fixture
def doors(lamps: Topic) -> Iterator[Topic]:
    """Let lamps be watched also from outside, by whoever knows the key ``…-<number>-secret``.

    What is sent at a door is heard at its lamp, and the other way round.
    """

    def may_watch(actor: Actor, key: str) -> None:
        if actor is not VISITOR or not key.endswith("-secret"):
            raise NotFound("There is no door {key}.", key=key)

    def outside(entry: Entry) -> Iterator[str]:
        yield f"{entry.subject.partition(':')[2]}-secret"

    def lit(keys: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
        found = states([key.removesuffix("-secret") for key in keys])
        return {f"{key}-secret": state for key, state in found.items()}

    add_topic(replace(lamps, relays=lambda key: [Watch("door", f"{key}-secret")]))
    yield add_topic(
        replace(
            lamps,
            name="door",
            may_watch=may_watch,
            keys=outside,
            states=lit,
            by_key=True,
            relays=lambda key: [Watch("lamp", key.removesuffix("-secret"))],
        )
    )
    remove_topic("door")


@dataclass
class House:
    """A live face, a thread to change things in, and whoever watches."""

    application: Any
    broadcaster: Any
    database: Any
    session: str
    organisation: int

    def lamp(self, number: int) -> str:
        """Return the watch of one of our lamps."""
        return f"lamp:{self.organisation}-{number}"

    def door(self, number: int) -> str:
        """Return the watch of a lamp as it is known outside."""
        return f"door:{self.organisation}-{number}-secret"

    async def signal(
        self,
        watch: str,
        kind: str = "typing",
        *,
        body: bytes | None = None,
        session: str = "",
        method: str = "POST",
        **headers: str,
    ) -> int:
        """Send a signal as a page of ours does, and return the status."""
        sent = {"content_type": "application/json", "sec_fetch_site": "same-origin"} | headers
        if session:
            sent["cookie"] = f"rexian_session={session}"
        if body is None:
            body = json.dumps({"watch": watch, "kind": kind, "data": {"seq": 3}}).encode()
        scope = {
            "type": "http",
            "method": method,
            "path": "/live/signal",
            "headers": [
                (name.replace("_", "-").encode(), text.encode())
                for name, text in sent.items()
                if text
            ],
        }
        said: list[int] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body}

        async def send(message: Mapping[str, Any]) -> None:
            said.extend([message["status"]] if "status" in message else [])

        await self.application(scope, receive, send)
        return said[0]

    async def switch(self, *numbers: int) -> list[int]:
        """Switch lamps, each in a transaction of its own; return the entries' ids."""
        return [await self.database.ask(_switch, self.organisation, one) for one in numbers]

    async def noted(self, entry_id: int) -> None:
        """Wait until the broadcaster, which still follows the journal, has come to an entry."""
        async with asyncio.timeout(SOON):
            while self.broadcaster.hub.told < entry_id:  # noqa: ASYNC110 - a glance will do
                await asyncio.sleep(0.005)

    async def do(self, act: Callable[[], Any]) -> Any:
        """Do something with the database."""
        return await self.database.ask(act)


def _switch(organisation: int, number: int) -> int:
    from django.db import transaction  # noqa: PLC0415 - after the settings

    from rexian.journal.services import record  # noqa: PLC0415

    with transaction.atomic():
        event = LampSwitched(subject_id=f"{organisation}-{number}", organisation=organisation)
        return record(event, actor=Actor.system("tests"), at=AT).id


@pytest.fixture
def switch() -> Callable[[int, int], int]:
    """Return what switches a lamp of an organisation."""
    return _switch


Act = Callable[[House], Awaitable[None]]


@pytest.fixture
def in_house(cast: Any) -> Callable[..., None]:
    """Return what runs an act with a live face around it, watched by one of the cast."""

    def run(act: Act, *, role: str = "manager", **options: Any) -> None:
        client: Client = cast.client(role)
        session = client.cookies["rexian_session"].value
        run_apart(_run(act, session, cast.person(role).organisation_id, options))

    return run


async def _run(act: Act, session: str, organisation: int, options: Mapping[str, Any]) -> None:
    async with _house(session, organisation, **options) as house:
        await act(house)


@asynccontextmanager
async def _house(
    session: str,
    organisation: int,
    *,
    poll: float = 0.01,
    heartbeat: float = 0.02,
    patience: float = 5.0,
    rights_hold: float = 45.0,
) -> AsyncIterator[House]:
    from rexian.live.broadcasting import Broadcaster  # noqa: PLC0415 - after the settings
    from rexian.live.endpoint import LiveApplication  # noqa: PLC0415
    from rexian.live.readers import Readers  # noqa: PLC0415

    database = Readers(1)
    broadcaster = Broadcaster(poll=poll, rights_hold=rights_hold)
    application = LiveApplication(
        _nothing_else, broadcaster=broadcaster, heartbeat=heartbeat, patience=patience
    )
    try:
        yield House(application, broadcaster, database, session, organisation)
    finally:
        await broadcaster.close()
        await database.close()


async def _nothing_else(*_: Any) -> None:
    raise AssertionError("Something else than /live was asked for.")
