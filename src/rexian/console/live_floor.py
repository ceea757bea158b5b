"""The floor and a contact that somebody reads along stay up to date by themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils import timezone

from rexian.callbacks.events import CallbackEvent
from rexian.console.floor import STATES, floor_now
from rexian.contacts import events, queries
from rexian.contacts.domain.lifecycle import OPEN
from rexian.contacts.domain.lines import Audience, Line, Signal, Speaker
from rexian.contacts.domain.rights import WATCH
from rexian.contacts.queries import ContactShown
from rexian.journal.domain.entries import Entry
from rexian.journal.domain.events import known_events
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.live.domain.topics import Topic, add_topic
from rexian.org.queries import names_of

SHOWN_LINES = 200

SIGNAL_NAMES = {
    Signal.RING: mark("offered to an agent"),
    Signal.ANSWER: mark("an agent answered"),
    Signal.HOLD_ON: mark("put on hold"),
    Signal.HOLD_OFF: mark("back from hold"),
    Signal.MUTE: mark("muted"),
    Signal.UNMUTE: mark("no longer muted"),
    Signal.TRANSFER: mark("transferred"),
    Signal.HANG_UP: mark("ended"),
}

SUSPICION = "dialogue.suspicion_raised"


def contact_part(contact: ContactShown) -> Mapping[str, Any]:
    """Return the values of the fragment that shows a contact's lines, the latest two hundred."""
    lines = queries.transcript(contact.id, newest=SHOWN_LINES)
    codes = {f"person:{one.person}" for one in lines if one.person}
    names = names_of(codes, actor=Actor.system("live"))
    return {
        "contact": contact,
        "does": STATES[contact.state],
        "is_open": contact.state in OPEN,
        "lines": [(one, _name(one, names), _side(one)) for one in lines],
        "signal_names": SIGNAL_NAMES,
        "left_out": max(0, contact.lines - len(lines)),
    }


def _name(line: Line, names: Mapping[str, str]) -> str:
    return names.get(f"person:{line.person}", "") if line.person else ""


def _side(line: Line) -> str:
    if line.audience is Audience.AGENTS:
        return "whisper"
    if line.signal is not None or line.speaker is Speaker.SYSTEM:
        return "system"
    return line.speaker.value


def _may_watch_floor(actor: Actor, key: str) -> None:
    queries.watch_floor(queries.hotline(_number(key), actor=actor), actor)


def _may_watch_contact(actor: Actor, key: str) -> None:
    authorise(actor, WATCH)
    queries.contact(_number(key), actor=actor)


def _number(key: str) -> int:
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        raise NotFound(mark("There is nothing under {code}."), code=key)
    return int(key)


def _floors(keys: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
    at, found = timezone.now(), {}
    for key in keys:
        try:
            found[key] = floor_now(int(key), at=at)
        except NotFound:
            continue
    return found


def _contacts(keys: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
    found = queries.contacts_by_id([int(key) for key in keys])
    return {str(number): contact_part(one) for number, one in found.items()}


def _by_hotline(entry: Entry) -> Iterable[str]:
    """Return the hotline of an event, where it has one."""
    hotline = entry.data.get("hotline")
    return () if hotline is None else (str(hotline),)


_OF_CONTACTS = frozenset(
    name for name, one in known_events().items() if issubclass(one, events.ContactEvent)
)
_OF_CALLBACKS = frozenset(
    name for name, one in known_events().items() if issubclass(one, CallbackEvent)
)
_QUIET = frozenset({events.LinesRead.name, events.TurnTaken.name, events.WhisperSent.name})

add_topic(
    Topic(
        name="floor",
        events=(_OF_CONTACTS - _QUIET)
        | _OF_CALLBACKS
        | {events.PresenceChanged.name, events.AgentAssigned.name, SUSPICION},
        may_watch=_may_watch_floor,
        states=_floors,
        template="console/floor_now.html",
        keys=_by_hotline,
        at_most_every=1.0,
    )
)
add_topic(
    Topic(
        name="read-along",
        events=_OF_CONTACTS - {events.LinesRead.name},
        may_watch=_may_watch_contact,
        states=_contacts,
        template="console/floor_lines.html",
        at_most_every=0.3,
    )
)
