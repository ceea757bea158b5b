"""How a desk and its contacts look now: the same for the page, for its fetches and the stream."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from rexian.contacts.queries import (
    attachments_of,
    contacts_by_id,
    contacts_of_agents,
    newest_lines,
    presences_by_id,
)
from rexian.desk.guide import guide_shapes
from rexian.desk.shapes import contact_shape, lines_shape, presence_shape

NEWEST = 30
"""So many lines come with the state that a page asks for."""

TOLD = 6
"""So many lines come with a change; a page that has missed more asks for them."""


def desk_states(people: Collection[int], *, at: datetime) -> Mapping[int, dict[str, Any]]:
    """Return how the desks of some agents look: how each stands, and what each has."""
    there = presences_by_id(people, at=at)
    contacts = contacts_of_agents(people)
    return {
        person: {
            "now": at.isoformat(),
            "presence": presence_shape(one),
            "contacts": [contact_shape(contact) for contact in contacts[person]],
        }
        for person, one in there.items()
    }


def contact_states(
    contact_ids: Collection[int], *, newest: int, at: datetime
) -> Mapping[int, dict[str, Any]]:
    """Return how some contacts look, each guide in the language of whoever serves it."""
    contacts = contacts_by_id(contact_ids)
    lines = newest_lines(contact_ids, most=newest)
    with_files = [number for number, said in lines.items() if any(one.attachment for one in said)]
    files = attachments_of(with_files) if with_files else {}
    guides = guide_shapes(contacts.values(), at=at)
    return {
        number: {
            "now": at.isoformat(),
            "contact": contact_shape(one),
            "lines": lines_shape(number, lines[number], files),
            "guide": guides[number],
        }
        for number, one in contacts.items()
    }
