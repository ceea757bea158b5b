"""What can be watched: each topic names the events that change it, and says how it looks now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rexian.journal.domain.entries import Entry
from rexian.kernel.authority import Actor


@dataclass(frozen=True, slots=True, order=True)
class Watch:
    """One thing of a topic, as an element of a page names it: ``topic:key``."""

    topic: str
    key: str

    def __str__(self) -> str:
        return f"{self.topic}:{self.key}"


def by_subject(entry: Entry) -> Iterable[str]:
    """Return the id of the entry's subject: the key where a topic shows one thing."""
    return (entry.subject.partition(":")[2],)


def by_organisation(entry: Entry) -> Iterable[str]:
    """Return the entry's organisation: the key where a topic shows a list of all its things."""
    return () if entry.organisation is None else (str(entry.organisation),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Something that pages show and that entries of the journal change.

    ``events`` are the names of those that do, ``keys`` tells which keys such an entry changes.
    ``may_watch`` raises ``NotFound`` or ``Refused`` for an actor who may not see a key.
    ``states`` reads how several keys look now, at once and for all who watch; what it leaves out is
    gone. With ``template``, a state is the values of a fragment that takes the place of the
    element's content; it is rendered once a language, with ``key`` beside them. Without, the state
    itself goes to the page as JSON.
    """

    name: str
    events: frozenset[str]
    may_watch: Callable[[Actor, str], None]
    states: Callable[[Collection[str]], Mapping[str, Mapping[str, Any]]]
    template: str = ""
    keys: Callable[[Entry], Iterable[str]] = by_subject


_topics: dict[str, Topic] = {}


def add_topic(topic: Topic) -> Topic:
    """Let a topic be watched; one of the same name takes its place."""
    _topics[topic.name] = topic
    return topic


def remove_topic(name: str) -> None:
    """Let a topic be watched no longer."""
    _topics.pop(name, None)


def topic_named(name: str) -> Topic | None:
    """Return a topic by its name, if there is one."""
    return _topics.get(name)


def topics() -> tuple[Topic, ...]:
    """Return all topics."""
    return tuple(_topics.values())


def changed_by(entry: Entry) -> frozenset[Watch]:
    """Return all that an entry changes, whether anybody watches it or not."""
    return frozenset(
        Watch(topic.name, key)
        for topic in _topics.values()
        if entry.name in topic.events
        for key in topic.keys(entry)
    )
