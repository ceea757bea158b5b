"""Who the customer is, what they came for before, and what a clause says."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rexian.callbacks.queries import callbacks_of_contact, callbacks_of_customer
from rexian.contacts.domain.rights import SERVE
from rexian.contacts.queries import (
    ContactShown,
    contact,
    contacts_of_customer,
    customer,
    records_of,
)
from rexian.desk.answers import told
from rexian.desk.book import category_name, clause_text
from rexian.desk.callbacks import CallbackLine, callback_line
from rexian.desk.sayings import ENDINGS, STATES
from rexian.look.instants import local_text
from rexian.look.requests import PageRequest, with_right

EARLIER = 8


@with_right(SERVE)
@never_cache
@require_safe
def who(request: PageRequest, contact_id: int) -> HttpResponse:
    """Show who the customer of a contact is, as far as one knows."""
    shown = contact(contact_id, actor=request.actor)
    known = customer(shown.customer, actor=request.actor) if shown.customer else None
    before = contacts_of_customer(known.id, actor=request.actor, limit=EARLIER + 1) if known else ()
    earlier = [one for one in before if one.id != contact_id][:EARLIER]
    records = records_of([one.id for one in earlier])
    zone = request.person.time_zone
    lines = [
        {
            "id": one.id,
            "is_own": one.agent == request.person.id,
            "at": local_text(one.arrived_at, zone),
            "state": ENDINGS[one.ending] if one.ending else STATES[one.state],
            "category": category_name(one.standard, records[one.id].category, request.language)
            if one.id in records
            else "",
            "summary": records[one.id].summary if one.id in records else "",
        }
        for one in earlier
    ]
    calls = _callbacks(shown, request)
    values = {"contact": shown, "known": known, "earlier": lines, "callbacks": calls}
    return render(request, "desk/who.html", values)


def _callbacks(shown: ContactShown, request: PageRequest) -> list[CallbackLine]:
    """Return the calls that the customer waits for."""
    found = (
        callbacks_of_customer(shown.customer, actor=request.actor)
        if shown.customer
        else callbacks_of_contact(shown.id, actor=request.actor)
    )
    at = timezone.now()
    return [callback_line(one, request, at=at) for one in found if one.is_open]


@told
def clause(request: PageRequest, contact_id: int, clause_id: str) -> dict[str, Any]:
    """Return what a clause of the contact's standard says."""
    shown = contact(contact_id, actor=request.actor)
    text = clause_text(shown.standard, clause_id, request.language)
    return {"clause": clause_id, "text": text}


urlpatterns = [
    path("contacts/<int:contact_id>/who", who, name="who"),
    path("contacts/<int:contact_id>/clauses/<str:clause_id>", clause, name="clause"),
]
