"""A contact for whoever listens to it blind: what was said, and nothing of what was found."""

from __future__ import annotations

from typing import Any

from rexian.console.contacts import Arranged, rows
from rexian.console.recording_calls import unjudged_call
from rexian.console.telling import who
from rexian.contacts.queries import transcript
from rexian.dialogue.queries.reading import contact_to_read
from rexian.look.requests import PageRequest
from rexian.speech.queries import lines_to_read


def blind_part(request: PageRequest, contact_id: int) -> dict[str, Any]:
    """Return what is shown of a contact; raise ``NotFound`` where one may not see it."""
    shown = contact_to_read(contact_id, actor=request.actor)
    lines = lines_to_read(shown, transcript(contact_id), actor=request.actor)
    names = who({f"person:{one.person}" for one in lines if one.person}, request)
    zone = request.person.time_zone
    return {
        "contact": shown,
        "call": unjudged_call(request, contact_id),
        "rows": list(rows(lines, Arranged(), names=names, time_zone=zone)),
    }
