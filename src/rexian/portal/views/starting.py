"""The first page: what is the matter, or a message where nobody is there."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from rexian.contacts.domain.refusals import Closed
from rexian.contacts.queries import opening_hours, visit_key
from rexian.contacts.services import arrive, leave_message
from rexian.kernel.errors import RexianError
from rexian.look.environment import quoted
from rexian.look.faults import show_refusal
from rexian.look.shapes import Notice, Tone
from rexian.portal.doors import Hall, form_refusal, wants_json, with_hotline
from rexian.portal.forms import ArrivalForm, MessageForm
from rexian.portal.hours import opens_next, said
from rexian.portal.limits import fields_of, let_in

_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(_METHODS)
@with_hotline
def start(request: HttpRequest, hall: Hall) -> HttpResponse:
    """Ask what the matter is, and bring whoever says so to an agent."""
    if request.method != "POST":
        return _page(request, hall, ArrivalForm(hotline=hall.hotline))
    fields = fields_of(request)
    form = ArrivalForm(fields, hotline=hall.hotline)
    if not form.is_valid():
        return _refused(request, hall, form)
    try:
        let_in(request, urgent=form.is_urgent)
        contact = arrive(hall.hotline.code, arrival=form.arrival(hall.language), at=hall.at)
    except Closed as closed:
        if wants_json(request):
            raise
        message = MessageForm(initial=fields.dict(), hotline=hall.hotline)
        notice = Notice(quoted(closed), Tone.CAUTION)
        return _message_page(request, hall, message, status=closed.status, notices=(notice,))
    except RexianError as error:
        return _refused(request, hall, form, error)
    return _begun(request, hall, contact)


@require_http_methods(_METHODS)
@with_hotline
def message(request: HttpRequest, hall: Hall) -> HttpResponse:
    """Take a message from somebody who does not wait, or for whom nobody is there."""
    if request.method != "POST":
        return _message_page(request, hall, MessageForm(hotline=hall.hotline))
    form = MessageForm(fields_of(request), hotline=hall.hotline)
    if not form.is_valid():
        return _refused(request, hall, form)
    try:
        let_in(request, urgent=False)
        contact = leave_message(hall.hotline.code, arrival=form.arrival(hall.language), at=hall.at)
    except RexianError as error:
        return _refused(request, hall, form, error)
    return _begun(request, hall, contact)


def _begun(request: HttpRequest, hall: Hall, contact: int) -> HttpResponse:
    key = visit_key(contact)
    address = reverse("portal:conversation", kwargs={"key": key}) + hall.suffix
    if wants_json(request):
        return JsonResponse({"key": key, "address": address}, status=201)
    return HttpResponseRedirect(f"{address}#end")


def _refused(
    request: HttpRequest, hall: Hall, form: ArrivalForm, error: RexianError | None = None
) -> HttpResponse:
    """Say beside the field, or above them all, what is wrong."""
    if error is not None:
        show_refusal(form, error)
    status = error.status if error else 422
    if wants_json(request):
        return form_refusal(form, code=error.code if error else "invalid", status=status)
    shown = _message_page if isinstance(form, MessageForm) else _page
    return shown(request, hall, form, status=status)


def _page(
    request: HttpRequest, hall: Hall, form: ArrivalForm, *, status: int = 200
) -> HttpResponse:
    hours = opening_hours(hall.hotline.code)
    if not hours.is_open(hall.at) and not form.is_bound:
        return _message_page(request, hall, MessageForm(hotline=hall.hotline))
    return render(request, "portal/start.html", _values(hall, form), status=status)


def _message_page(
    request: HttpRequest,
    hall: Hall,
    form: ArrivalForm,
    *,
    status: int = 200,
    notices: tuple[Notice, ...] = (),
) -> HttpResponse:
    hours = opening_hours(hall.hotline.code)
    is_open = hours.is_open(hall.at)
    opens = None if is_open else opens_next(hours, hall.at)
    values = {
        "is_open": is_open,
        "opens": said(opens, hall.at, hall.language) if opens else "",
        "urgent": ArrivalForm(hotline=hall.hotline),
        "notices": notices,
    }
    return render(request, "portal/message.html", _values(hall, form) | values, status=status)


def _values(hall: Hall, form: ArrivalForm) -> dict[str, Any]:
    return {
        "place": hall,
        "hotline": hall.hotline,
        "form": form,
        "emergencies": [one for one in hall.hotline.queues if one.emergency],
        "queues": [one for one in hall.hotline.queues if not one.emergency],
    }


urlpatterns = [
    path("chat/<slug:code>/", start, name="start"),
    path("chat/<slug:code>/message", message, name="message"),
]
