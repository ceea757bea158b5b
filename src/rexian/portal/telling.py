"""A conversation as its customer may see it, in plain values: for the page, its script, the stream.

::

    state      where the contact is in its life; ending: how it came to its end, else ""
    version    of the state: a lower one is older
    place      in the queue, wait: seconds that it may take; None where that cannot be said
    agents     how many are there for this queue, busy or not
    number     the agent's number while one is there, never a name
    seen       up to which line the agent has read; last: the last line there is
    first      the first line that was looked at for ``lines``: what lies before was left out
    call_by    when the customer is called at the latest, if somebody is to call; else ""
    rating     whether the customer may say how it went
    follower   the key of the conversation that goes on from here, else ""
    lines      seq, at, by (agent, customer, system), text, signal, number, sent_as, and file:
               name, size in bytes, address, and where it is a picture its width and height
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from rexian.callbacks.domain import lifecycle as callbacks
from rexian.callbacks.queries import promise_to_customer
from rexian.contacts import queries
from rexian.contacts.domain.lifecycle import TALKING, WAITING, Ending, State
from rexian.contacts.domain.lines import Line, Signal, Speaker
from rexian.contacts.queries import AttachmentShown, ContactShown
from rexian.kernel.authority import Actor
from rexian.org.queries import agent_numbers_of

PORTAL = Actor.system("portal")
TOLD = 6
"""As many lines come with a change; a page that has missed more asks for them."""

MOST_LINES = 500
"""As many lines a page shows."""

_NOT_SERVED = frozenset({Ending.ABANDONED, Ending.MESSAGE})
_OVER = frozenset({State.AFTER, State.ENDED})
# For an answer and for a transfer the hotline has words of its own, in a line beside the signal.
_SHOWN = frozenset({Signal.HOLD_ON, Signal.HOLD_OFF, Signal.HANG_UP})


@dataclass(frozen=True, slots=True)
class _About:
    """The numbers of agents and the files that lines speak of, by their ids."""

    numbers: Mapping[int, str]
    files: Mapping[int, AttachmentShown]


def tell_all(
    contact_ids: Collection[int],
    *,
    after: int | None = None,
    most: int = TOLD,
    at: datetime,
) -> Mapping[int, dict[str, Any]]:
    """Return conversations with their newest lines, or with the first of those after ``after``."""
    contacts = queries.contacts_by_id(contact_ids)
    lines = _lines(contacts, after, most)
    all_lines = [one for some in lines.values() for one in some]
    about = _About(_numbers(contacts.values(), all_lines), _files(all_lines, contacts))
    over = [id_ for id_, one in contacts.items() if one.state is State.ENDED]
    followers = queries.followers_of(over) if over else {}
    return {
        id_: _told(one, lines[id_], about, followers.get(id_), after, at)
        for id_, one in contacts.items()
    }


def tell(
    contact_id: int, *, after: int | None = None, most: int = MOST_LINES, at: datetime
) -> dict[str, Any]:
    """Return one conversation; see ``tell_all``."""
    return tell_all([contact_id], after=after, most=most, at=at)[contact_id]


def _lines(
    contacts: Collection[int], after: int | None, most: int
) -> Mapping[int, tuple[Line, ...]]:
    if after is None:
        newest = queries.newest_lines(contacts, most=most)
        return {id_: tuple(lines) for id_, lines in newest.items()}
    return {id_: queries.transcript(id_, after=after)[:most] for id_ in contacts}


def _told(
    contact: ContactShown,
    lines: tuple[Line, ...],
    about: _About,
    follower: int | None,
    after: int | None,
    at: datetime,
) -> dict[str, Any]:
    prospect = queries.prospect(contact.id, at=at) if contact.state in WAITING else None
    expected = prospect.expected if prospect else None
    has_agent = contact.state in TALKING
    return {
        "state": contact.state.value,
        "version": contact.version,
        "ending": contact.ending.value if contact.ending else "",
        "place": prospect.place if prospect else None,
        "agents": prospect.agents if prospect else None,
        "wait": round(expected.total_seconds()) if expected is not None else None,
        "number": about.numbers.get(contact.agent or 0, "") if has_agent else "",
        "seen": contact.seen_by_agent,
        "last": contact.lines if after is None or not lines else lines[-1].seq,
        "first": after + 1 if after is not None else lines[0].seq if lines else 1,
        "call_by": _call_by(contact),
        "rating": contact.connected_at is not None and contact.state in _OVER,
        "follower": queries.visit_key(follower) if follower else "",
        "lines": [
            _line(one, contact, about) for one in queries.for_customer(lines) if _is_shown(one)
        ],
    }


def _call_by(contact: ContactShown) -> str:
    """Return by when somebody calls a customer who was not served."""
    if contact.ending not in _NOT_SERVED:
        return ""
    promise = promise_to_customer(contact.id)
    is_open = promise is not None and promise.state in callbacks.OPEN
    return promise.due_at.isoformat(timespec="seconds") if promise and is_open else ""


def _is_shown(line: Line) -> bool:
    return line.signal is None or line.signal in _SHOWN


def _line(line: Line, contact: ContactShown, about: _About) -> dict[str, Any]:
    is_theirs = line.speaker is Speaker.CUSTOMER
    return {
        "seq": line.seq,
        "at": line.at.isoformat(timespec="seconds"),
        "by": line.speaker.value,
        "text": line.text,
        "signal": line.signal.value if line.signal else "",
        "number": "" if is_theirs else about.numbers.get(line.person or contact.agent or 0, ""),
        "file": _file(about.files.get(line.attachment or 0)),
        "sent_as": line.sent_as if is_theirs else "",
    }


def _numbers(contacts: Iterable[ContactShown], lines: Iterable[Line]) -> Mapping[int, str]:
    """Return the numbers of all agents that are spoken of."""
    people = {one.agent for one in contacts} | {one.person for one in lines}
    wanted = {one for one in people if one is not None}
    return agent_numbers_of(wanted) if wanted else {}


def _files(lines: Iterable[Line], contacts: Collection[int]) -> Mapping[int, AttachmentShown]:
    if all(one.attachment is None for one in lines):
        return {}
    return queries.attachments_of(contacts)


def _file(found: AttachmentShown | None) -> dict[str, Any] | None:
    if found is None:
        return None
    at = {"key": queries.visit_key(found.contact), "number": found.id}
    return {
        "name": found.name,
        "size": found.size,
        "address": reverse("portal:file", kwargs=at),
        "width": found.width,
        "height": found.height,
        "picture": found.is_picture,
    }
