"""A contact's page hears that something has happened, and is fetched anew by whoever looks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from rexian.contacts import events as contacts
from rexian.contacts.queries import contacts_by_id, records_of
from rexian.contacts.queries.lists import noted_of
from rexian.dialogue import events as dialogue
from rexian.dialogue.queries.findings import marks_of
from rexian.dialogue.queries.reading import contact_to_read
from rexian.kernel.authority import Actor
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.live.domain.topics import Topic, add_topic


def _may_watch(actor: Actor, key: str) -> None:
    """Let through whoever may see the contact."""
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        raise NotFound(mark("There is nothing under {code}."), code=key)
    contact_to_read(int(key), actor=actor)


def _states(keys: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
    """Return what tells that a contact's page is no longer right, and nothing else of it."""
    ids = [int(key) for key in keys]
    records, noted, reviews = records_of(ids), noted_of(ids), marks_of(ids)
    return {
        str(one.id): {
            "state": one.state.value,
            "lines": one.lines,
            "version": one.version,
            "record": records[one.id].version if one.id in records else 0,
            "rated": noted[one.id].satisfied,
            "findings": reviews.get(one.id, 0),
        }
        for one in contacts_by_id(ids).values()
    }


add_topic(
    Topic(
        name="contact-page",
        events=frozenset(
            one.name
            for one in (
                contacts.ContactQueued,
                contacts.ContactOffered,
                contacts.OfferMissed,
                contacts.ContactConnected,
                contacts.ContactHeld,
                contacts.ContactRetrieved,
                contacts.ContactTransferred,
                contacts.ContactTakenOver,
                contacts.ContactReleased,
                contacts.TurnTaken,
                contacts.WhisperSent,
                contacts.HelpAsked,
                contacts.ContactEnded,
                contacts.ContactResumed,
                contacts.ContactAbandoned,
                contacts.ContactFinished,
                contacts.ContactRated,
                contacts.RecordSaved,
                contacts.CustomerRecognised,
                dialogue.SuspicionRaised,
                dialogue.ContactInspected,
                dialogue.FindingConfirmed,
                dialogue.FindingRejected,
                dialogue.FindingChanged,
            )
        ),
        may_watch=_may_watch,
        states=_states,
    )
)
