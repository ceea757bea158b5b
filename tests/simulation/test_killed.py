"""Each process is killed in the middle of live contacts: nothing is lost, doubled, or stuck."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest
from django.db import connection
from django.utils.timezone import now

from rexian.contacts import models
from rexian.contacts.queries import transcript, visit_key
from rexian.contacts.services import assign_agent
from rexian.journal.queries import Sought, every_entry
from rexian.journal.services import seal, verify
from rexian.kernel.authority import Actor
from rexian.org.domain.roles import Role
from tests.cast import Cast
from tests.clockwork.test_killing import address
from tests.contacts.story import Story
from tests.simulation.killed import LINES, PATIENCE, Play, Server

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("killing")]

CUSTOMERS = 10
SCREENS = 3
PARTS = {"sqlite": ("",), "postgresql": ("--work", "--web", "--live")}
READER = Actor.system("tests")


@pytest.fixture
def servers(tmp_path: Path, cast: Cast) -> Iterator[list[Server]]:
    """Start a server, on PostgreSQL in its parts, where three serve the demonstration's hotline."""
    manager, hotline = cast.actor(Role.MANAGER), models.Hotline.objects.get(code="huatong")
    for role in (Role.AGENT, Role.TEAM_LEADER, Role.CALLBACK_AGENT):
        assign_agent(
            cast.id(role),
            hotline=hotline.pk,
            queues=["general"],
            capacity=2 if role is Role.CALLBACK_AGENT else CUSTOMERS,
            actor=manager,
            at=now(),
        )
    models.Hotline.objects.update(offer_time=5)
    cast.put_standards_in_force(now())
    started = [Server(one, tmp_path / "home", address()) for one in PARTS[connection.vendor]]
    try:
        for one in started:
            one.begin()
        for one in started:
            one.ready()
        yield started
    finally:
        for one in started:
            one.kill()


def play(servers: list[Server], cast: Cast) -> tuple[Play, list[set[str]]]:
    """Have everybody play, and kill and start again each part when a share has been said."""
    by_part = {one.part: one for one in servers}
    web, live = (by_part.get(one, servers[0]) for one in ("--web", "--live"))
    going = Play(web.url, urlparse(live.url).netloc, CUSTOMERS)
    name = {role: cast.player(role).sign_in for role in Role if role in _players(cast)}
    with ThreadPoolExecutor(CUSTOMERS + SCREENS + 3) as pool:
        deaf = pool.submit(going.deaf_agent, name[Role.CALLBACK_AGENT])
        begun: list[Future[Any]] = [deaf]
        try:
            assert going.first_is_ready.wait(PATIENCE)
            begun += [pool.submit(going.customer, one) for one in range(CUSTOMERS)]
            begun += [pool.submit(going.agent, name[one]) for one in (Role.AGENT, Role.TEAM_LEADER)]
            assert going.memory.wait_for(CUSTOMERS)
            keys = [visit_key(one) for one in sorted(going.memory.customers)[:SCREENS]]
            screens = [pool.submit(going.screen, one) for one in keys]
            for number, one in enumerate(servers, 1):
                share = number / (len(servers) + 1) * CUSTOMERS * LINES * 2
                assert going.memory.wait_for(int(share)), going.memory.lines
                one.kill()
                one.begin()
                one.ready()
            done, _ = wait([*begun, *screens], PATIENCE)
            assert len(done) == len(begun) + len(screens), _standing()
        finally:
            going.over.set()
        assert deaf.result() == "missed"
        for each in begun:
            each.result()
        return going, [one.result() for one in screens]


def _standing() -> str:
    """Return how all contacts and agents stand, when somebody is stuck."""
    contacts = models.Contact.objects.values_list("pk", "state", "agent", "lines")
    agents = models.Presence.objects.values_list("pk", "state", "lease_until")
    return f"somebody is stuck: {list(contacts)} {list(agents)} {now()}"


def _players(cast: Cast) -> set[Role]:
    return {one.role for one in cast.ours.people}


def test_what_was_acknowledged_stands_once_whichever_process_was_killed(
    servers: list[Server], cast: Cast
) -> None:
    going, screens = play(servers, cast)
    memory = going.memory
    assert len(memory.customers) == CUSTOMERS
    rows = {row.pk: row for row in models.Contact.objects.all()}
    assert rows.keys() == memory.customers.keys(), "none is lost, none doubled"
    assert {(row.state, row.ending) for row in rows.values()} == {("ended", "served")}
    for contact in rows:
        lines = [one for one in transcript(contact) if one.sent_as]
        for side, said in (("customer", memory.customers), ("agent", memory.agents)):
            kept = [one.sent_as for one in lines if one.speaker.value == side]
            assert kept == said[contact]
    for contact, shown in zip(sorted(memory.customers), screens, strict=False):
        words = {*memory.customers[contact][1:], *memory.agents[contact]}
        assert words <= shown, "the stream has told all of it"
    story = Story()
    story.hear(every_entry(Sought(), actor=READER))
    assert {number: one.state for number, one in story.contacts.items()} == dict.fromkeys(
        rows, "ended"
    )
    assert not story.wrongs, "nobody was offered before their turn"
    seal(at=now())
    assert verify().sound
