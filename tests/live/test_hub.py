"""The hub keeps the order of ids, tells nobody twice, and remembers only so much."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import pytest

from rexian.journal.domain.entries import Entry
from rexian.kernel.authority import Actor
from rexian.live.domain.concern import concerned
from rexian.live.domain.hub import Hub
from rexian.live.domain.listening import Change, End, Listener
from rexian.live.domain.topics import Topic, Watch, add_topic, by_organisation, remove_topic

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ANNA = Actor("person:7", organisation=1, person=7)


def entry(entry_id: int, lamp: str, *, organisation: int | None = 1) -> Entry:
    return Entry(entry_id, AT, "person:7", "lamps.lamp_switched", f"lamp:{lamp}", organisation)


def listener(*lamps: str, cursor: int = 0, language: str = "en") -> Listener:
    watches = frozenset(Watch("lamp", lamp) for lamp in lamps)
    return Listener(watches=watches, cursor=cursor, language=language, actor=ANNA)


def frames(changes: Iterable[Watch], language: str = "en") -> dict[tuple[Watch, str], bytes]:
    return {(watch, language): f"data: {watch.key}\n\n".encode() for watch in changes}


def pass_on(hub: Hub, *entries: Entry) -> None:
    changes = hub.note(entries, entries[-1].id)
    hub.deliver(changes, frames(changes))


def test_changes_are_told_in_the_order_of_ids_and_once_for_each_thing() -> None:
    hub, one = Hub(), listener("a", "b")
    hub.join(one)
    pass_on(hub, entry(1, "a"), entry(2, "b"), entry(3, "a"), entry(4, "c"))
    assert one.take() == b"id: 2\ndata: b\n\nid: 3\ndata: a\n\n"
    assert one.take() == b""
    assert hub.told == 4


def test_a_slow_reader_finds_the_newest_state_of_each_thing_only() -> None:
    hub, one = Hub(), listener("a", "b")
    hub.join(one)
    for entry_id in range(1, 100):
        pass_on(hub, entry(entry_id, "ab"[entry_id % 2]))
    assert one.take() == b"id: 98\ndata: a\n\nid: 99\ndata: b\n\n"


def test_two_things_that_one_entry_changed_bear_its_id_only_when_both_are_told() -> None:
    add_topic(
        Topic(
            name="lamps",
            events=frozenset({"lamps.lamp_switched"}),
            may_watch=lambda _, __: None,
            states=lambda _: {},
            keys=by_organisation,
        )
    )
    try:
        one = listener("a")
        one.watches |= {Watch("lamps", "1")}
        hub = Hub()
        hub.join(one)
        pass_on(hub, entry(1, "a"))
        assert one.take() == b"data: a\n\nid: 1\ndata: 1\n\n"
    finally:
        remove_topic("lamps")


def test_nobody_is_told_what_they_know() -> None:
    hub, one = Hub(), listener("a", cursor=5)
    hub.join(one)
    pass_on(hub, entry(4, "a"), entry(5, "a"))
    assert not one.waits


def test_what_was_missed_is_known_as_far_as_the_memory_goes() -> None:
    hub = Hub(10, remembered=4)
    pass_on(hub, *(entry(11 + place, lamp) for place, lamp in enumerate("abca")))
    watches = [Watch("lamp", lamp) for lamp in "abd"]
    assert hub.missed(watches, 12) == {Watch("lamp", "a"): 14}
    assert hub.missed(watches, 14) == {}
    assert {watch.key: at for watch, at in hub.missed(watches, 9).items()} == {
        "d": 10,
        "b": 12,
        "a": 14,
    }
    pass_on(hub, *(entry(15 + place, lamp) for place, lamp in enumerate("wxyz")))
    assert hub.missed(watches, 14) == {}
    assert hub.missed(watches, 13) == dict.fromkeys(sorted(watches), 14)


def test_a_thing_that_cannot_be_shown_cuts_those_who_watch_it() -> None:
    hub, one, other = Hub(), listener("a"), listener("b")
    hub.join(one)
    hub.join(other)
    changes = hub.note([entry(1, "a"), entry(2, "b")], 2)
    hub.deliver(changes, frames([Watch("lamp", "b")]))
    assert one.end is End.STUCK
    assert other.take() == b"id: 2\ndata: b\n\n"
    assert set(hub.listeners) == {other}


def test_whoever_has_left_is_told_nothing_and_forgotten() -> None:
    hub, one = Hub(), listener("a")
    hub.join(one)
    hub.leave(one)
    hub.leave(one)
    pass_on(hub, entry(1, "a"))
    assert not one.waits
    assert hub.watched == 0


def test_what_waits_for_a_stream_that_was_cut_is_not_sent() -> None:
    one = listener("a")
    one.offer(Change(1, Watch("lamp", "a"), b"data: a\n\n"))
    one.cut(End.REFUSED)
    one.cut(End.CLOSING)
    assert one.end is End.REFUSED
    assert one.take() == b""


@pytest.mark.parametrize(
    ("name", "subject", "organisation", "concerns"),
    [
        ("org.person_relieved", "person:7", 1, True),
        ("org.person_relieved", "person:8", 1, False),
        ("org.unit_closed", "unit:4", 1, True),
        ("org.unit_closed", "unit:4", 2, False),
        ("lamps.lamp_switched", "person:7", 1, False),
    ],
)
def test_rights_are_looked_at_again_after_what_may_have_changed_them(
    name: str, subject: str, organisation: int, *, concerns: bool
) -> None:
    one = listener("a")
    told: Any = concerned([Entry(1, AT, "x", name, subject, organisation)], [one])
    assert told == ((one,) if concerns else ())
