"""What can be watched: each topic names the events that change it, and says how it looks now."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from rexian.journal.domain.entries import Entry
from rexian.kernel.authority import Actor

logger = logging.getLogger(__name__)

_LONGEST = 200

VISITOR = Actor("visitor")
"""Whoever knows a key: of no organisation, with no rights."""


@dataclass(frozen=True, slots=True, order=True)
class Watch:
    """One thing of a topic, as an element of a page names it: ``topic:key``."""

    topic: str
    key: str

    @classmethod
    def read(cls, text: str) -> Self:
        """Read a watch as a page writes it; raise ``ValueError`` for what is none."""
        topic, colon, key = text.partition(":")
        if not (topic and colon and key) or len(text) > _LONGEST:
            raise ValueError(text)
        return cls(topic, key)

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

    ``by_key`` lets whoever knows a key watch it, signed in or not: ``may_watch`` is always asked
    for ``VISITOR``, and the key itself has to be a secret that nobody guesses.
    ``at_most_every`` is how many seconds lie between two states of a key that are told, at least;
    the newest always comes.
    ``relays`` names the watches to which a signal goes that is sent under a key (somebody types,
    has seen); without it, the topic takes none.
    """

    name: str
    events: frozenset[str]
    may_watch: Callable[[Actor, str], None]
    states: Callable[[Collection[str]], Mapping[str, Mapping[str, Any]]]
    template: str = ""
    keys: Callable[[Entry], Iterable[str]] = by_subject
    by_key: bool = False
    at_most_every: float = 0.0
    relays: Callable[[str], Iterable[Watch]] | None = None


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


def is_by_key(watch: Watch) -> bool:
    """Tell whether whoever knows its key may watch something."""
    topic = topic_named(watch.topic)
    return topic is not None and topic.by_key


def changed_by(entry: Entry) -> frozenset[Watch]:
    """Return all that an entry changes, whether anybody watches it or not.

    A topic that cannot say which of its keys those are is left out: it does not keep others from
    being told.
    """
    return frozenset(
        Watch(topic.name, key)
        for topic in _topics.values()
        if entry.name in topic.events
        for key in _keys(topic, entry)
    )


def _keys(topic: Topic, entry: Entry) -> Iterable[str]:
    try:
        return tuple(topic.keys(entry))
    except Exception:  # one topic's bug is not everybody's
        logger.exception("The topic %s cannot read entry %d.", topic.name, entry.id)
        return ()
