"""What of the desk stays up to date by itself: a desk, its contacts, who waits."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.utils import timezone

from rexian.contacts import events
from rexian.contacts.domain.rights import SERVE
from rexian.contacts.queries import contact, depths, hotline, visit_key
from rexian.desk import live_callbacks as _callbacks  # noqa: F401 - its topic is ours
from rexian.desk.shapes import waiting_shape
from rexian.desk.states import TOLD, contact_states, desk_states
from rexian.journal.domain.entries import Entry
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.live.domain.topics import Topic, Watch, add_topic

States = Mapping[str, Mapping[str, Any]]

_LIFE = (
    events.ContactOffered,
    events.OfferMissed,
    events.ContactConnected,
    events.ContactHeld,
    events.ContactRetrieved,
    events.ContactTransferred,
    events.ContactTakenOver,
    events.ContactReleased,
    events.ContactEnded,
    events.ContactResumed,
    events.ContactAbandoned,
    events.ContactFinished,
    events.HelpAsked,
)
_TALK = (events.TurnTaken, events.WhisperSent, events.CustomerRecognised)
_QUEUE = (
    events.ContactQueued,
    events.ContactOffered,
    events.OfferMissed,
    events.ContactTransferred,
    events.ContactReleased,
    events.ContactAbandoned,
    events.ContactTakenOver,
)


def _number(key: str) -> int:
    """Return the id that a key is; raise ``NotFound`` for what makes no sense."""
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        raise NotFound(mark("There is nothing under {code}."), code=key)
    return int(key)


def _own_desk(actor: Actor, key: str) -> None:
    """Let through whose desk it is."""
    authorise(actor, SERVE)
    if _number(key) != actor.person:
        raise NotFound(mark("There is nothing under {code}."), code=f"person:{key}")


def _seen_contact(actor: Actor, key: str) -> None:
    """Let through whoever has or had the contact, or may watch it."""
    contact(_number(key), actor=actor)


def _own_hotline(actor: Actor, key: str) -> None:
    """Let through whoever serves in the organisation."""
    authorise(actor, SERVE)
    hotline(_number(key), actor=actor)


def _with_agents(entry: Entry) -> Iterable[str]:
    """Return whose desks an entry changes: of whoever has the contact, and of whoever had it."""
    if entry.name in (events.PresenceChanged.name, events.AgentAssigned.name):
        return (entry.subject.partition(":")[2],)
    people = {entry.data.get("agent"), entry.data.get("source")} - {None}
    return tuple(map(str, people))


def _by_hotline(entry: Entry) -> Iterable[str]:
    """Return the hotline that an entry is about."""
    return (str(entry.data["hotline"]),)


def _keyed(
    read: Callable[[Collection[int]], Mapping[int, Mapping[str, Any]]],
) -> Callable[[Collection[str]], States]:
    def states(keys: Collection[str]) -> States:
        found = read([_number(key) for key in keys])
        return {str(number): state for number, state in found.items()}

    return states


def _queues(hotlines: Collection[int]) -> Mapping[int, Mapping[str, Any]]:
    at = timezone.now().isoformat()
    found = depths(hotlines)
    return {one: {"now": at, "queues": waiting_shape(rows)} for one, rows in found.items()}


def _names(*several: Iterable[type[events.ContactEvent]]) -> frozenset[str]:
    return frozenset(one.name for group in several for one in group)


add_topic(
    Topic(
        name="desk",
        events=_names(_LIFE) | {events.PresenceChanged.name, events.AgentAssigned.name},
        may_watch=_own_desk,
        states=_keyed(lambda people: desk_states(people, at=timezone.now())),
        keys=_with_agents,
    )
)
add_topic(
    Topic(
        name="contact",
        events=_names(_LIFE, _TALK),
        may_watch=_seen_contact,
        states=_keyed(lambda ids: contact_states(ids, newest=TOLD, at=timezone.now())),
        relays=lambda key: (Watch("visit", visit_key(_number(key))),),
    )
)
add_topic(
    Topic(
        name="queue",
        events=_names(_QUEUE),
        may_watch=_own_hotline,
        states=_keyed(_queues),
        keys=_by_hotline,
        at_most_every=1.0,
    )
)
