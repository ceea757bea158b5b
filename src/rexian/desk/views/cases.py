"""A contact made a case by one key; what the customer has open pressed, added to, withdrawn."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rexian.cases.domain.rights import TAKE
from rexian.cases.queries import CaseShown, case, case_page
from rexian.cases.services import Given, move_case, take_case
from rexian.contacts.domain.rights import SERVE
from rexian.contacts.queries import contact, hotline, record_of
from rexian.desk.answers import deed, deed_on_contact
from rexian.desk.asking import whole_number
from rexian.desk.cases import alike, at_desk, cases_of, details_of, open_cases_of_customer
from rexian.journal.queries import newest_id
from rexian.kernel.authority import Actor, authorise
from rexian.kernel.errors import NotFound, Refused
from rexian.kernel.language import mark
from rexian.look.requests import PageRequest, with_right

_READER = Actor.system("desk")
_DEEDS = frozenset({"press", "add", "withdraw"})


class NotPossibleNow(Refused):
    """The flow of a case has no such move for whoever asks, where it stands now (403)."""

    code = "not-possible-now"


@with_right(SERVE)
@never_cache
@require_safe
def shown_cases(request: PageRequest, contact_id: int) -> HttpResponse:
    """Show the cases of a contact and those that its customer has open."""
    after, at = newest_id(), timezone.now()
    shown, actor = contact(contact_id, actor=request.actor), request.actor

    def lines(found: tuple[CaseShown, ...]) -> list[Any]:
        zone = request.person.time_zone
        return [at_desk(one, at=at, zone=zone, language=request.language) for one in found]

    values = {
        "contact": shown,
        "after": after,
        "taken": lines(cases_of(shown, actor)),
        "open": lines(open_cases_of_customer(shown, actor)),
        "may_take": actor.may(TAKE),
        "sent_as": uuid4().hex,
    }
    return render(request, "desk/cases.html", values)


@deed_on_contact
def take(request: PageRequest, contact_id: int) -> dict[str, Any]:
    """Take a case from a contact with what its record knows, once what is alike was seen."""
    authorise(request.actor, TAKE)
    at, shown = timezone.now(), contact(contact_id, actor=request.actor)
    details = details_of(
        shown,
        record_of(contact_id),
        sent_as=request.POST.get("sent_as", "")[:64],
        actor=request.actor,
        at=at,
    )
    seen = set(request.POST.get("seen", "").split(","))
    found = [
        one for one in alike(shown, details, actor=request.actor, at=at) if str(one.id) not in seen
    ]
    if found:
        return {"taken": None, "alike": [_shape(one) for one in found]}
    line = hotline(shown.hotline, actor=_READER)
    made = take_case(line.code, details=details, actor=request.actor, at=at)
    return {"taken": _shape(case(made, actor=request.actor)), "alike": []}


@deed
def do(request: PageRequest, case_id: int, name: str) -> dict[str, Any]:
    """Press for the customer, add what they say, or withdraw what they asked for."""
    if name not in _DEEDS:
        raise NotFound(mark("There is nothing under {code}."), code=name)
    page = case_page(case_id, actor=request.actor)
    move = next((one.move for one in page.offers if one.move.does == name), None)
    if move is None:
        raise NotPossibleNow(mark("This is not possible any more: look how it stands."))
    words = request.POST.get("words", "")
    move_case(
        case_id,
        move=move.id,
        given=Given(reason=words, text=words, sent_as=request.POST.get("sent_as", "")[:64]),
        version=whole_number(request.POST.get("version", "0")),
        actor=request.actor,
        at=timezone.now(),
    )
    return {"done": name, "case": _shape(case(case_id, actor=request.actor))}


def _shape(one: CaseShown) -> dict[str, Any]:
    return {
        "id": one.id,
        "reference": one.reference,
        "title": one.title,
        "place": one.place_text,
        "version": one.version,
    }


urlpatterns = [
    path("contacts/<int:contact_id>/cases", shown_cases, name="contact-cases"),
    path("contacts/<int:contact_id>/case", take, name="take-case"),
    path("cases/<int:case_id>/<slug:name>", do, name="case-deed"),
]
