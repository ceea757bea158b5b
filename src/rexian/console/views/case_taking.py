"""Take a case by hand: from a letter, a visit, a contact; what looks like the same comes first."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from rexian.cases.domain.rights import TAKE
from rexian.cases.queries import CaseShown
from rexian.cases.services import take_case
from rexian.console.case_lists import lines_of
from rexian.console.case_page import HOME
from rexian.console.case_taking import TakeForm, details_of, duplicates_of, known_of_contact
from rexian.contacts.queries import contact, hotline, hotlines, record_of
from rexian.kernel.authority import Actor
from rexian.kernel.errors import NotFound, RexianError
from rexian.kernel.language import mark
from rexian.look.faults import show_refusal
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Crumb

_READER = Actor.system("console")


@require_http_methods(["GET", "HEAD", "POST"])
@with_right(TAKE)
def take(request: PageRequest) -> HttpResponse:
    """Ask what a case is taken with, show what looks like the same, and take it."""
    at = timezone.now()
    lines = hotlines(request.actor)
    found: tuple[CaseShown, ...] = ()
    # What is filled in is meant in the organisation's time.
    with timezone.override(ZoneInfo(request.person.time_zone)):
        form = TakeForm(request.POST or None, lines=lines, at=at, initial=_initial(request))
        if form.is_valid():
            try:
                made, found = _taken(form, request, at)
            except NotFound:
                raise
            except RexianError as error:
                show_refusal(form, error)
            else:
                if made is not None:
                    address = reverse("console:case", args=(made,))
                    return HttpResponseRedirect(f"{address}?done=taken")
                form.insist(found)
        values = {
            "form": form,
            "place_value": form["place"].value() or "",
            "duplicates": lines_of(found, request, at),
            "trail": (HOME, Crumb(mark("Take a case"))),
        }
        status = 422 if form.is_bound else 200
        return render(request, "console/case_new.html", values, status=status)


def _taken(
    form: TakeForm, request: PageRequest, at: datetime
) -> tuple[int | None, tuple[CaseShown, ...]]:
    """Return the case that was taken, or what has to be looked at first."""
    given = form.cleaned_data
    if given["contact"]:
        contact(given["contact"], actor=request.actor)
    details = details_of(given, request.actor)
    alike = duplicates_of(given["hotline"], details, actor=request.actor, at=at)
    if any(str(one.id) not in form.seen_duplicates for one in alike):
        return None, alike
    return take_case(given["hotline"], details=details, actor=request.actor, at=at), ()


def _initial(request: PageRequest) -> dict[str, Any]:
    """Return what is known already: of the contact that the address names."""
    number = request.GET.get("contact", "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return {}
    shown = contact(int(number), actor=request.actor)
    known = known_of_contact(shown, record_of(shown.id))
    return {**known, "hotline": hotline(shown.hotline, actor=_READER).code}


urlpatterns = [path("cases/new/", take, name="take-case")]
