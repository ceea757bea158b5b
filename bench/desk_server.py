"""The processes that ``desks.py`` measures: a server with desks and a queue, and a writer."""

from __future__ import annotations

import asyncio
import json
import sys
import threading
import time
from collections.abc import Callable, Collection, Mapping
from typing import Any, ClassVar

EVERY = 1.0


def be_server(kind: str, port: int, desks: int) -> None:
    """Be the server: ``live`` is ours, else Channels with its layer of that name."""
    import django  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    if kind != "live":
        _add_channels(kind)
    django.setup()
    call_command("migrate", verbosity=0)
    print(json.dumps(_people(desks)), flush=True)

    def ready() -> None:
        print("ready", flush=True)
        threading.Thread(target=be_writer, daemon=True).start()

    if kind == "live":
        _serve_ours(port, ready)
    else:
        _serve_channels(port, ready)


def be_writer() -> None:
    """Change the desks named on standard input; say the entry's id and when it is there."""
    import django  # noqa: PLC0415

    django.setup()
    from django.db import transaction  # noqa: PLC0415
    from django.utils.timezone import now  # noqa: PLC0415

    from rexian.journal.domain.events import Event  # noqa: PLC0415
    from rexian.journal.services import record  # noqa: PLC0415
    from rexian.kernel.authority import Actor  # noqa: PLC0415

    class DeskChanged(Event):
        name: ClassVar[str] = "bench.desk_changed"
        noun: ClassVar[str] = "desk"

    there_at = 0.0

    def note() -> None:
        nonlocal there_at
        there_at = time.time()

    for line in sys.stdin:
        with transaction.atomic():
            transaction.on_commit(note)  # before anybody else hears of it
            event = DeskChanged(subject_id=int(line), organisation=1)
            entry = record(event, actor=Actor.system("bench"), at=now())
            for tell in _told_after_commit:
                transaction.on_commit(lambda tell=tell, entry=entry: tell(entry))
        print(json.dumps((entry.id, there_at)), flush=True)


_told_after_commit: list[Any] = []


def _people(count: int) -> list[tuple[str, str]]:
    """Found an organisation with so many agents; return each one's number and session."""
    from datetime import timedelta  # noqa: PLC0415

    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415
    from django.contrib.sessions.models import Session  # noqa: PLC0415
    from django.utils.timezone import now  # noqa: PLC0415

    from rexian.org import models  # noqa: PLC0415
    from rexian.org.domain.roles import Role  # noqa: PLC0415

    at = now()
    house = models.Organisation.objects.create(code="bench", name="bench", founded_at=at)
    top = models.Unit.objects.create(
        organisation=house, tier="top", code="top", name="top", opened_at=at, path="/1/"
    )
    people = models.Person.objects.bulk_create(
        models.Person(
            organisation=house,
            unit=top,
            sign_in=f"agent{one}",
            name="agent",
            joined_at=at,
            password="!",  # noqa: S106 - nobody signs in by it
        )
        for one in range(count)
    )
    models.Post.objects.bulk_create(
        models.Post(person=one, unit=top, role=Role.AGENT, since_at=at) for one in people
    )
    found, rows = [], []
    for one in people:
        store = SessionStore()
        key = store._get_new_session_key()  # noqa: SLF001 - two thousand at once
        values = {
            SESSION_KEY: str(one.pk),
            BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
            HASH_SESSION_KEY: one.get_session_auth_hash(),
        }
        data = store.encode(values)
        rows.append(Session(session_key=key, session_data=data, expire_date=at + timedelta(1)))
        found.append((str(one.pk), key))
    Session.objects.bulk_create(rows)
    return found


def _serve_ours(port: int, ready: Callable[[], None]) -> None:
    """Serve everything that there is, and two topics."""
    from rexian.kernel.authority import Actor, belongs  # noqa: PLC0415
    from rexian.kernel.errors import NotFound  # noqa: PLC0415
    from rexian.live.domain.topics import Topic, add_topic, by_organisation  # noqa: PLC0415
    from rexian.site.addresses import Address  # noqa: PLC0415
    from rexian.site.asgi import application  # noqa: PLC0415
    from rexian.site.serving import Site, leave, serve  # noqa: PLC0415

    def own(actor: Actor, key: str) -> None:
        if key != str(actor.person):
            raise NotFound("There is nothing.")

    def ours(actor: Actor, key: str) -> None:
        belongs(actor, int(key), code=key)

    changed = frozenset({"bench.desk_changed"})
    add_topic(Topic(name="desk", events=changed, may_watch=own, states=_states))
    add_topic(
        Topic(
            name="queue",
            events=changed,
            may_watch=ours,
            states=_figures,
            keys=by_organisation,
            at_most_every=EVERY,
        )
    )
    serve(Site(application, application.close), Address("127.0.0.1", port), ready=ready)
    leave(0)


def _states(keys: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
    from rexian.journal import models  # noqa: PLC0415

    subjects = [f"desk:{key}" for key in keys]
    rows = models.Entry.objects.filter(subject__in=subjects).values_list("subject", "id", "at")
    return {
        subject.partition(":")[2]: {"last": id_, "at": at.isoformat(), "text": "您好。" * 40}
        for subject, id_, at in rows.order_by("id")
    }


def _figures(keys: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
    from rexian.journal import models  # noqa: PLC0415

    found = models.Entry.objects.filter(name="bench.desk_changed").count()
    return {key: {"waiting": found, "longest": "3:20", "ready": list(range(20))} for key in keys}


def _add_channels(layer: str) -> None:
    """Name the layer before the settings are read by anybody."""
    from django.conf import settings  # noqa: PLC0415

    layers = {
        "memory": {"BACKEND": "channels.layers.InMemoryChannelLayer"},
        "redis": {
            "BACKEND": "channels_redis.core.RedisChannelLayer",
            "CONFIG": {"hosts": [("127.0.0.1", 6379)]},
        },
    }
    settings.CHANNEL_LAYERS = {"default": layers[layer]}


def _serve_channels(port: int, ready: Callable[[], None]) -> None:
    """Serve sockets by Channels under the same server as ours."""
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.server.embed import Server  # noqa: PLC0415

    from rexian.site.serving import BACKLOG  # noqa: PLC0415

    async def run() -> None:
        loop = asyncio.get_running_loop()
        server = Server(
            _channels(loop),
            address="127.0.0.1",
            port=port,
            interface=Interfaces.ASGINL,
            backlog=BACKLOG,
            backpressure=BACKLOG,
            websockets=True,
            log_enabled=False,
        )
        loop.call_later(1, ready)
        await server.serve()

    asyncio.run(run())


def _channels(loop: asyncio.AbstractEventLoop) -> Any:
    """Return the application, and tell its groups of each change after its commit."""
    from channels.auth import AuthMiddlewareStack  # noqa: PLC0415
    from channels.generic.websocket import AsyncWebsocketConsumer  # noqa: PLC0415
    from channels.layers import get_channel_layer  # noqa: PLC0415
    from channels.routing import ProtocolTypeRouter  # noqa: PLC0415

    layer = get_channel_layer()

    class Desk(AsyncWebsocketConsumer):
        async def connect(self) -> None:
            number = self.scope["query_string"].decode().partition("desk:")[2].partition("&")[0]
            if str(self.scope["user"].pk) != number:
                await self.close()
                return
            await self.channel_layer.group_add(f"desk.{number}", self.channel_name)
            await self.channel_layer.group_add("queue.1", self.channel_name)
            await self.accept()

        async def changed(self, event: Mapping[str, Any]) -> None:
            await self.send(text_data=event["text"])

    def send(topic: str, key: str, entry_id: int, state: Any) -> None:
        told = {"id": entry_id, "topic": topic, "key": key, "state": state}
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"
        message = {"type": "changed", "text": text}
        asyncio.run_coroutine_threadsafe(layer.group_send(f"{topic}.{key}", message), loop)

    newest = 0

    def tell(entry: Any) -> None:
        nonlocal newest
        key = entry.subject.partition(":")[2]
        send("desk", key, entry.id, _states([key])[key])
        newest = entry.id

    def tell_of_the_queue() -> None:
        told = 0
        while True:
            time.sleep(EVERY)
            if newest > told:
                told = newest
                send("queue", "1", told, _figures(["1"])["1"])

    _told_after_commit.append(tell)
    threading.Thread(target=tell_of_the_queue, daemon=True).start()
    return ProtocolTypeRouter({"websocket": AuthMiddlewareStack(Desk.as_asgi())})
