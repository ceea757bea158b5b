"""The journal is read page by page, by those who may, and never another organisation's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rexian.journal.domain.entries import Entry
from rexian.journal.queries import Sought, entries, entry, every_entry, recorded_names
from rexian.kernel.authority import Actor, RightMissing
from rexian.kernel.errors import NotFound

Light = Callable[..., Entry]
pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def test_pages_lead_from_the_newest_entry_to_the_oldest_and_back(
    light: Light, clerk: Actor
) -> None:
    written = [light(lamp).id for lamp in range(5)][::-1]
    first = entries(size=2, actor=clerk)
    second = entries(size=2, before=first.older, actor=clerk)
    last = entries(size=2, before=second.older, actor=clerk)
    pages = (first, second, last)
    assert [one.id for page in pages for one in page.entries] == written
    assert (first.newer, last.older) == (None, None)
    assert entries(size=2, after=last.newer, actor=clerk) == second
    assert entries(size=2, after=second.newer, actor=clerk).entries == first.entries


@pytest.mark.parametrize(
    ("sought", "lamps"),
    [
        (Sought(subject="lamp:2"), [2]),
        (Sought(by="person:7"), [3, 2, 1]),
        (Sought(by="person:8"), []),
        (Sought(name="lamps.lamp_lit"), [3, 2, 1]),
        (Sought(name="lamps"), [3, 2, 1]),
        (Sought(name="lamp"), []),
        (Sought(since=AT + timedelta(minutes=2)), [3, 2]),
        (Sought(until=AT + timedelta(minutes=2)), [1]),
    ],
)
def test_entries_are_found_by_what_is_sought(
    sought: Sought, lamps: list[int], light: Light, clerk: Actor
) -> None:
    for lamp in (1, 2, 3):
        light(lamp, at=AT + timedelta(minutes=lamp))
    found = entries(sought, actor=clerk).entries
    assert [int(one.subject.partition(":")[2]) for one in found] == lamps
    assert list(every_entry(sought, actor=clerk)) == list(found)[::-1]


def test_another_organisation_and_the_installation_are_not_to_be_seen(
    light: Light, clerk: Actor
) -> None:
    own, other, nobodys = (light(1, organisation=one) for one in (1, 2, None))
    assert entries(actor=clerk).entries == (own,)
    assert entry(own.id, actor=clerk) == own
    for hidden in (other, nobodys):
        with pytest.raises(NotFound):
            entry(hidden.id, actor=clerk)
    assert entries(actor=Actor.system("tests")).entries == (nobodys, other, own)


def test_nobody_reads_the_journal_without_the_right(light: Light, clerk: Actor) -> None:
    light(1)
    stranger = replace(clerk, grants={})
    for ask in (entries, every_entry, recorded_names):
        with pytest.raises(RightMissing):
            ask(actor=stranger)


def test_the_names_to_choose_from_are_those_that_were_recorded(light: Light, clerk: Actor) -> None:
    assert recorded_names(actor=clerk) == ()
    light(1)
    light(2)
    assert recorded_names(actor=clerk) == ("lamps.lamp_lit",)
