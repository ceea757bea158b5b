"""What of a conversation stays up to date by itself, for whoever has its key."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils import timezone

from rexian.callbacks.events import CallbackEvent
from rexian.contacts import events
from rexian.contacts.queries import contact_of_visit, visit_key
from rexian.journal.domain.entries import Entry
from rexian.journal.domain.events import known_events
from rexian.kernel.authority import Actor
from rexian.kernel.errors import NotFound
from rexian.live.domain.topics import Topic, Watch, add_topic
from rexian.portal.telling import tell_all

_EVENTS = (
    events.ContactArrived,
    events.ContactQueued,
    events.ContactOffered,
    events.OfferMissed,
    events.ContactConnected,
    events.ContactHeld,
    events.ContactRetrieved,
    events.ContactTransferred,
    events.ContactTakenOver,
    events.ContactReleased,
    events.TurnTaken,
    events.ContactEnded,
    events.ContactResumed,
    events.ContactAbandoned,
    events.MessageLeft,
    events.ContactFinished,
)
_CALLBACKS = frozenset(
    name for name, one in known_events().items() if issubclass(one, CallbackEvent)
)


def _keys(entry: Entry) -> Iterable[str]:
    """Return the key of the contact, and of the one that it follows when it arrives.

    A callback is told of where it was promised, and where the customer tried again.
    """
    if entry.name in _CALLBACKS:
        given = {entry.data.get("contact"), entry.data.get("again")} - {None}
        yield from (visit_key(int(one)) for one in given if one is not None)
        return
    yield visit_key(int(entry.subject.partition(":")[2]))
    follows = entry.data.get("follows")
    if follows:
        yield visit_key(int(follows))


def _may_watch(_: Actor, key: str) -> None:
    """Let through whoever knows the key."""
    contact_of_visit(key)


def _states(keys: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
    """Return how conversations stand, each with its newest lines."""
    contacts = {}
    for key in keys:
        try:
            contacts[contact_of_visit(key)] = key
        except NotFound:
            continue
    told = tell_all(contacts, at=timezone.now())
    return {contacts[id_]: state for id_, state in told.items()}


def _relays(key: str) -> Iterable[Watch]:
    """Let the desk know that the customer writes."""
    return (Watch("contact", str(contact_of_visit(key))),)


add_topic(
    Topic(
        name="visit",
        events=frozenset(one.name for one in _EVENTS) | _CALLBACKS,
        may_watch=_may_watch,
        states=_states,
        keys=_keys,
        by_key=True,
        relays=_relays,
    )
)
