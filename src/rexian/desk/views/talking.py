"""The conversation: its lines, what the agent says, what only the house sees."""

from __future__ import annotations

from typing import Any

from django.urls import path
from django.utils import timezone

from rexian.contacts.queries import contact, transcript
from rexian.contacts.services import read_lines, say_to_customer, whisper
from rexian.desk.answers import deed_on_contact, told
from rexian.desk.asking import whole_number
from rexian.desk.book import book_of
from rexian.desk.shapes import lines_shape, plain
from rexian.desk.states import NEWEST, contact_states
from rexian.journal.queries import newest_id
from rexian.look.requests import PageRequest
from rexian.org.queries import names_of

MOST = 200
"""Lines of one answer; a page that wants more asks again."""


@told
def state(request: PageRequest, contact_id: int) -> dict[str, Any]:
    """Return all that the page shows of a contact, and from where on the stream tells the rest."""
    after = newest_id()
    shown = contact(contact_id, actor=request.actor)
    found = contact_states([contact_id], newest=NEWEST, at=timezone.now())[contact_id]
    return {
        **found,
        "after": after,
        "book": plain(book_of(shown.standard, request.language)),
        "people": _people(found["lines"], request),
    }


@told
def lines(request: PageRequest, contact_id: int) -> dict[str, Any]:
    """Return lines after one that the page has."""
    contact(contact_id, actor=request.actor)
    after = whole_number(request.GET.get("after", "0"))
    found = transcript(contact_id, after=after)[:MOST]
    shapes = lines_shape(contact_id, found)
    return {"lines": shapes, "people": _people(shapes, request), "more": len(found) == MOST}


@deed_on_contact
def say(request: PageRequest, contact_id: int) -> dict[str, Any]:
    """Take the agent's turn; the same one sent again is taken once."""
    said = say_to_customer(
        contact_id,
        text=request.POST.get("text", ""),
        sent_as=request.POST.get("sent_as", "")[:64],
        actor=request.actor,
        at=timezone.now(),
    )
    return {"line": lines_shape(contact_id, [said])[0]}


@deed_on_contact
def note(request: PageRequest, contact_id: int) -> dict[str, Any]:
    """Write a line that only those who work here see."""
    said = whisper(
        contact_id,
        text=request.POST.get("text", ""),
        sent_as=request.POST.get("sent_as", "")[:64],
        actor=request.actor,
        at=timezone.now(),
    )
    return {"line": lines_shape(contact_id, [said])[0]}


@deed_on_contact
def read(request: PageRequest, contact_id: int) -> dict[str, Any]:
    """Note how far the agent has read."""
    seq = whole_number(request.POST.get("seq", "0"))
    read_lines(contact_id, seq=seq, actor=request.actor)
    return {}


def _people(shapes: list[dict[str, Any]], request: PageRequest) -> dict[str, str]:
    """Return the names of those of the house who spoke, besides whoever asks."""
    others = {one["person"] for one in shapes} - {None, request.person.id}
    if not others:
        return {}
    named = names_of({f"person:{one}" for one in others}, actor=request.actor)
    return {code.partition(":")[2]: name for code, name in named.items()}


urlpatterns = [
    path("contacts/<int:contact_id>/state", state, name="state"),
    path("contacts/<int:contact_id>/lines", lines, name="lines"),
    path("contacts/<int:contact_id>/say", say, name="say"),
    path("contacts/<int:contact_id>/note", note, name="note"),
    path("contacts/<int:contact_id>/read", read, name="read"),
]
