"""How fast cases are on this machine: in a database of their own that is thrown away.

Taking a case is measured with everything that goes with it (authorisation, journal, clocks, search
index), at the service and over HTTP; lists, counts and searches in a database filled beforehand.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from rexian.cases.domain.details import CaseDetails
from rexian.cases.domain.standing import Source
from rexian.cases.queries import Wanted, cases, counts, due_cases
from rexian.cases.services import take_case
from rexian.cases.services.rehearsing import fill_with_cases
from rexian.kernel.authority import Actor
from rexian.org.domain.roles import Role
from rexian.org.queries import signed_in
from rexian.org.services import make_token
from rexian.site import schema
from rexian.site.demonstration import HOTLINE, Demonstration, found_demonstration
from rexian.standard.services import publish_shipped

CREATES, HTTP_CREATES, AT_ONCE, ASKED = 600, 400, 4, 15
WARM = 30
UNITS = ("centre", "liucun", "east", "west")
MACHINE = Actor.system("bench")
_UP = 60.0


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure: ``unit`` is ``/s`` for a rate, ``ms`` for a median."""

    what: str
    value: float
    unit: str


def bench_cases(count: int, tell: Callable[[str], None]) -> Iterator[Measured]:
    """Yield the figures of cases in a database with ``count`` of them."""
    schema.migrate(lambda _: None)
    at = timezone.now().replace(microsecond=0)
    founded = found_demonstration(at - timedelta(days=10))
    publish_shipped(
        founded.organisation, names=["centre", "highway"], actor=MACHINE, at=at - timedelta(days=10)
    )
    # Over HTTP first: the server reacts to cases, and has no others' to catch up with then.
    over_http = list(_creates_over_http(founded, at))
    yield from _creates(founded, at)
    yield from over_http
    tell("fill")
    units = tuple(founded.units[one] for one in UNITS)
    fill_with_cases(HOTLINE.code, count, units=units, actor=MACHINE, at=at)
    tell("ask")
    yield from _asked(founded)


def _creates(founded: Demonstration, at: datetime) -> Iterator[Measured]:
    agent = _actor(founded, Role.AGENT)
    for number in range(30):
        _take(agent, number, at)
    # As many at once as a process of the server has threads that wait for the database: PostgreSQL
    # lets several write, SQLite one.
    threads = AT_ONCE if connection.vendor == "postgresql" else 1
    each = CREATES // threads
    parts = [range(100 + part * each, 100 + (part + 1) * each) for part in range(threads)]
    begun = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda part: _take_all(agent, part, at), parts))
    yield Measured("taken at the service", CREATES / (time.perf_counter() - begun), "/s")


def _take_all(agent: Actor, numbers: range, at: datetime) -> None:
    with closing(connection):
        for number in numbers:
            _take(agent, number, at)


def _take(agent: Actor, number: int, at: datetime) -> None:
    details = CaseDetails(
        source=Source.PERSON,
        category="complaint-attitude",
        case_class="simple",
        title="收费员态度不好",
        matter="柳村收费站三号车道收费员态度生硬，客户要求当事人道歉并书面答复。",
        name="赵先生",
        number=f"138{number:08d}",
        place_text=f"柳村收费站{number}号车道",
        sent_as=f"bench-{number}",
    )
    take_case(HOTLINE.code, details=details, actor=agent, at=at)


def _creates_over_http(founded: Demonstration, at: datetime) -> Iterator[Measured]:
    agent = founded.player(Role.AGENT).id
    token = make_token(
        agent,
        name="bench",
        scopes=("cases.take", "cases.see"),
        lasts=timedelta(days=1),
        actor=_actor(founded, Role.AGENT),
        at=at,
    ).text
    with _server() as port, ThreadPoolExecutor(AT_ONCE) as clients:
        # Each thread of the server opens a connection of its own, and so does each client.
        _post_at_once(clients, port, token, WARM)
        begun = time.perf_counter()
        _post_at_once(clients, port, token, HTTP_CREATES // AT_ONCE)
        rate = HTTP_CREATES / (time.perf_counter() - begun)
    yield Measured("taken over HTTP", rate, "/s")


def _post_at_once(clients: ThreadPoolExecutor, port: int, token: str, each: int) -> None:
    """Have every client take so many cases; another number of them are other cases."""
    parts = [range(at * each, (at + 1) * each) for at in range(each * 100, each * 100 + AT_ONCE)]
    list(clients.map(lambda part: _post_all(port, token, part), parts))


def _post_all(port: int, token: str, numbers: range) -> None:
    """Take cases one after the other over one line that stays open."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for number in numbers:
        _post(line, token, number)


def _post(line: http.client.HTTPConnection, token: str, number: int) -> None:
    body = {
        "hotline": HOTLINE.code,
        "category": "complaint-attitude",
        "case_class": "simple",
        "matter": "柳村收费站三号车道收费员态度生硬，客户要求当事人道歉并书面答复。",
        "name": "赵先生",
        "number": f"137{number:08d}",
    }
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "Idempotency-Key": f"http-{number}",
    }
    line.request("POST", "/api/v1/cases", json.dumps(body), headers)
    answer = line.getresponse()
    answer.read()
    if answer.status not in (200, 201):
        raise RuntimeError(f"the server answered {answer.status}")


@contextmanager
def _server() -> Iterator[int]:
    """Run this installation's server on a port of its own for a while."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "rexian", "serve", "--port", str(port)]
    environment = os.environ | {"REXIAN_PUBLIC_URL": f"http://127.0.0.1:{port}"}
    with subprocess.Popen(  # noqa: S603 - our own program
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as running:
        try:
            _await(port)
            yield port
        finally:
            running.terminate()


def _await(port: int) -> None:
    until = time.monotonic() + _UP
    while time.monotonic() < until:
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            line.request("GET", "/health/ready")
            if line.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise RuntimeError("the server did not come up")


def _asked(founded: Demonstration) -> Iterator[Measured]:
    manager, handler = (_actor(founded, one) for one in (Role.MANAGER, Role.HANDLER))
    help_open = Wanted(flow="highway-help", standings=("open",))
    questions: tuple[tuple[str, Callable[[], object]], ...] = (
        ("list, newest", lambda: cases(Wanted(), actor=manager)),
        ("list, by flow and standing", lambda: cases(help_open, actor=manager)),
        ("list, of one unit", lambda: cases(Wanted(), actor=handler)),
        ("list, due first", lambda: due_cases(Wanted(), actor=manager)),
        ("counts by standing", lambda: counts(Wanted(), actor=manager)),
        ("counts of a flow", lambda: counts(Wanted(flow="highway-help"), actor=manager)),
        ("counts of one unit", lambda: counts(Wanted(), actor=handler)),
        ("search, a frequent word", lambda: cases(Wanted(text="收费站"), actor=manager)),
        ("search, two words", lambda: cases(Wanted(text="轮胎爆胎 南河大桥"), actor=manager)),
        ("search, a rare word", lambda: cases(Wanted(text="尾号123"), actor=manager)),
        ("search, nothing there", lambda: cases(Wanted(text="火星"), actor=manager)),
    )
    for what, ask in questions:
        yield Measured(what, _median(ask), "ms")


def _median(ask: Callable[[], object]) -> float:
    took = []
    for _ in range(ASKED):
        begun = time.perf_counter()
        ask()
        took.append(time.perf_counter() - begun)
    return statistics.median(took) * 1000


def _actor(founded: Demonstration, role: Role) -> Actor:
    found = signed_in(founded.player(role).id)
    if found is None:
        raise RuntimeError("the demonstration has nobody of that role")
    return found.actor
