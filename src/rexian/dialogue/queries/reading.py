"""Who reads which contacts, beside those whom contacts themselves let through."""

from __future__ import annotations

from dataclasses import replace

from rexian.contacts.domain.rights import WATCH
from rexian.contacts.queries import ContactShown, contact
from rexian.dialogue.domain.rights import READ, REVIEW
from rexian.kernel.authority import EVERYWHERE, Actor


def reader(actor: Actor) -> Actor:
    """Return the actor with the reach that they have as a reader of conversations.

    Supervisors read what they watch. Whoever reviews, or reads without supervising anybody, sits
    beside the teams and not above them: they read all contacts of the organisation.
    """
    if not actor.may(READ) or (actor.may(WATCH) and not actor.may(REVIEW)):
        return actor
    return replace(actor, grants={**actor.grants, WATCH: frozenset({EVERYWHERE})})


def contact_to_read(contact_id: int, *, actor: Actor) -> ContactShown:
    """Return a contact that was the actor's, or that they read; raise ``NotFound``."""
    return contact(contact_id, actor=reader(actor))
