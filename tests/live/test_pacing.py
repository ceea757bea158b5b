"""What would be told too often is told at most so often, and in the end nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rexian.journal.domain.entries import Entry
from rexian.kernel.authority import Actor
from rexian.live.domain.hub import Hub
from rexian.live.domain.listening import Change, Listener
from rexian.live.domain.topics import Topic, Watch, add_topic, by_organisation, remove_topic
from rexian.live.rendering import frames_of

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ANNA = Actor("person:7", organisation=1, person=7)
FIGURES = Watch("figures", "1")
EVERY = 1.0


@pytest.fixture(scope="module", autouse=True)
def _figures() -> Iterator[None]:
    for name, every in (("light", 0.0), ("figures", EVERY)):
        add_topic(
            Topic(
                name=name,
                events=frozenset({f"{name}.changed"} | {"light.changed"}),
                may_watch=lambda _, __: None,
                states=lambda _: {},
                at_most_every=every,
                keys=by_organisation if name == "figures" else _light,
            )
        )
    yield
    remove_topic("light")
    remove_topic("figures")


def _light(entry: Entry) -> list[str]:
    return [entry.subject.partition(":")[2]]


def entry(entry_id: int, subject: str = "light:a", name: str = "light.changed") -> Entry:
    return Entry(entry_id, AT, "person:7", name, subject, 1)


def figures(entry_id: int) -> Entry:
    return entry(entry_id, "queue:1", "figures.changed")


def listener(*watches: Watch, cursor: int = 0) -> Listener:
    return Listener(watches=frozenset(watches), cursor=cursor, language="en", actor=ANNA)


def paint(changes: Mapping[Watch, int], version: int) -> dict[tuple[Watch, str], bytes]:
    return {
        (watch, "en"): f"data: {watch}@{entry_id} as of {version}\n\n".encode()
        for watch, entry_id in changes.items()
    }


def pass_on(hub: Hub, *entries: Entry, now: float) -> int:
    position = entries[-1].id if entries else hub.position
    changes = hub.note(entries, position, now)
    return hub.deliver(changes, paint(changes, position)).events


def heard(hub: Hub, one: Listener) -> list[str]:
    text = one.take(hub.owed(one)).decode()
    return [block.replace("\n", " ") for block in text.split("\n\n")[:-1]]


def test_the_first_change_is_told_at_once_and_the_next_when_the_time_has_come() -> None:
    hub, one = Hub(), listener(FIGURES)
    hub.join(one)
    assert pass_on(hub, figures(1), now=5.0) == 1
    assert heard(hub, one) == ["id: 1 data: figures:1@1 as of 1"]
    assert pass_on(hub, figures(2), now=5.2) == 0
    assert pass_on(hub, figures(3), now=5.9) == 0
    assert pass_on(hub, now=5.99) == 0
    assert pass_on(hub, now=6.0) == 1
    assert heard(hub, one) == ["id: 3 data: figures:1@3 as of 3"]
    assert pass_on(hub, now=9.0) == 0


def test_what_is_kept_back_keeps_its_id_and_those_after_it_from_whoever_waits_for_it() -> None:
    hub, one = Hub(), listener(FIGURES, Watch("light", "a"))
    hub.join(one)
    pass_on(hub, figures(1), now=0.0)
    one.take()
    pass_on(hub, figures(2), entry(3, name="light.alone"), now=0.1)
    changes = {Watch("light", "a"): 4}
    hub.deliver(changes, paint(changes, 4))
    assert heard(hub, one) == ["data: light:a@4 as of 4"]
    assert one.heartbeat(told=4, owed=hub.owed(one)) == b": \nid: 1\n\n"
    assert pass_on(hub, now=1.0) == 1
    assert heard(hub, one) == ["id: 2 data: figures:1@2 as of 3"]
    assert one.heartbeat(told=4, owed=hub.owed(one)) == b": \nid: 4\n\n"


def test_others_are_given_every_id() -> None:
    hub, one = Hub(), listener(Watch("light", "b"))
    hub.join(one)
    hub.join(listener(FIGURES))
    pass_on(hub, figures(1), now=0.0)
    pass_on(hub, figures(2), now=0.1)
    assert one.heartbeat(told=2, owed=hub.owed(one)) == b": \nid: 2\n\n"


def test_each_key_has_a_time_of_its_own() -> None:
    hub, one, other = Hub(), listener(FIGURES), listener(Watch("figures", "2"))
    hub.join(one)
    hub.join(other)
    pass_on(hub, figures(1), now=0.0)
    second = Entry(2, AT, "person:7", "figures.changed", "queue:2", 2)
    assert pass_on(hub, second, now=0.1) == 1


def test_nothing_is_kept_for_what_nobody_watches_any_more() -> None:
    hub, one = Hub(), listener(FIGURES)
    hub.join(one)
    pass_on(hub, figures(1), now=0.0)
    pass_on(hub, figures(2), now=0.1)
    hub.leave(one)
    assert hub.note([], 2, 5.0) == {}
    assert hub.missed([FIGURES], 1) == {FIGURES: 2}


def test_what_nobody_watches_is_not_read() -> None:
    def unread(_: object) -> dict[str, dict[str, object]]:
        raise AssertionError("This is read for nobody.")

    add_topic(Topic(name="unread", events=frozenset(), may_watch=lambda _, __: None, states=unread))
    try:
        watch = Watch("unread", "1")
        assert Hub().languages([watch]) == {watch: frozenset()}
        assert frames_of({watch: 1}, {watch: ()}) == {}
    finally:
        remove_topic("unread")


# --- no order of changes, waits, breaks and restarts loses anything -----------------------------

KEYS = (FIGURES, Watch("light", "a"), Watch("light", "b"))


@dataclass
class Reader:
    """A page: what it shows of each thing, and the cursor that it comes back with."""

    cursor: int = 0
    shown: dict[str, int] = field(default_factory=dict)
    line: Listener | None = None

    def read(self, text: str, until: int) -> None:
        """Take the first blocks of what was sent; the rest never arrived."""
        for block in text.split("\n\n")[:until]:
            if number := re.search(r"^id: (\d+)", block, re.MULTILINE):
                self.cursor = int(number[1])
            if told := re.search(r"data: (\S+)@\d+ as of (\d+)", block):
                assert int(told[2]) >= self.shown.get(told[1], 0)
                self.shown[told[1]] = int(told[2])


class World:
    """A journal of entries, a hub that follows it, and pages that come and go."""

    def __init__(self) -> None:
        self.written: list[Entry] = []
        self.noted = 0
        self.now = 0.0
        self.hub = Hub()
        self.readers = [Reader(), Reader()]
        for reader in self.readers:
            self.come(reader)

    def write(self, what: int) -> None:
        """Change a light, which changes the figures too, or the figures alone."""
        entry_id = len(self.written) + 1
        self.written.append(
            figures(entry_id) if what == 0 else entry(entry_id, f"light:{' ab'[what]}")
        )

    def step(self, seconds: float, meanwhile: Callable[[], object] = lambda: None) -> None:
        """Let time pass, and tell what has come; ``meanwhile`` happens while it is being read."""
        self.now += seconds
        new = self.written[self.noted :]
        self.noted = len(self.written)
        changes = self.hub.note(new, self.noted, self.now)
        meanwhile()
        self.hub.deliver(changes, paint(changes, self.noted))

    def come(self, reader: Reader) -> None:
        """Come back, and be told what was missed, as the broadcaster does it."""
        if reader.line is not None:
            return
        line = listener(*KEYS, cursor=reader.cursor)
        missed = self.hub.missed(line.watches, line.cursor)
        for (watch, _), frame in paint(missed, self.noted).items():
            line.offer(Change(missed[watch], watch, frame))
        line.cursor = self.hub.position
        self.hub.join(line)
        reader.line = line

    def take(self, reader: Reader, until: int | None = None) -> None:
        """Send what waits, or a heartbeat; with ``until``, the line breaks on the way."""
        line = reader.line
        if line is None:
            return
        owed = self.hub.owed(line)
        body = line.take(owed) if line.waits else line.heartbeat(self.hub.told, owed)
        reader.read(body.decode(), 99 if until is None else until)
        if until is not None:
            self.hub.leave(line)
            reader.line = None

    def tear(self, reader: Reader, until: int) -> None:
        """Have a reader break off and come back between a change and its telling."""
        self.take(reader, until)
        self.come(reader)

    def settle(self) -> None:
        """Let everybody come back and the time pass: they show the newest of everything."""
        self.step(EVERY)
        for reader in self.readers:
            self.come(reader)
        self.step(EVERY)
        for reader in self.readers:
            self.take(reader)
            for watch in KEYS:
                newest = max((one.id for one in self.written if _changes(one, watch)), default=0)
                assert reader.shown.get(str(watch), 0) >= newest

    def restart(self) -> None:
        """Lose the process: another one begins where the journal is now."""
        self.hub, self.noted = Hub(len(self.written)), len(self.written)
        for reader in self.readers:
            reader.line = None


WHO = st.integers(0, 1)
ACTIONS = st.one_of(
    st.tuples(st.just("write"), st.integers(0, 2), st.sampled_from([None, 0.0, 0.0, 0.4, 1.0])),
    st.tuples(st.just("take"), WHO, st.none()),
    st.tuples(st.just("break"), WHO, st.integers(0, 4)),
    st.tuples(st.just("tear"), WHO, st.integers(0, 4)),
    st.tuples(st.just("come"), WHO, st.none()),
    st.tuples(st.sampled_from(["restart", "settle"]), st.none(), st.none()),
)


@settings(max_examples=300)
@given(st.lists(ACTIONS, max_size=60))
def test_no_order_of_changes_breaks_and_restarts_loses_the_newest_state(
    actions: list[tuple[str, Any, Any]],
) -> None:
    world = World()
    for name, what, how in actions:
        if name == "write":
            world.write(what)
            if how is not None:
                world.step(how)
        elif name == "tear":
            world.write(how % 3)
            world.step(0.0, partial(world.tear, world.readers[what], how))
        elif name == "come":
            world.come(world.readers[what])
        elif name in {"take", "break"}:
            world.take(world.readers[what], how)
        elif name == "restart":
            world.restart()
        else:
            world.settle()
    world.settle()


def _changes(one: Entry, watch: Watch) -> bool:
    return watch == FIGURES or one.subject == f"light:{watch.key}"
