"""Submit a case in writing, and find one again by its number."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from rexian.cases.queries.keys import case_key
from rexian.cases.queries.public import categories_for_public
from rexian.cases.services.customers import find_case, submit_case
from rexian.contacts.queries import attachment_limit
from rexian.kernel.errors import RexianError
from rexian.look.faults import show_refusal
from rexian.portal.case_forms import MOST_PICTURES, FollowForm, SubmitForm
from rexian.portal.doors import Hall, with_hotline
from rexian.portal.forms import ArrivalForm
from rexian.portal.limits import fields_of, let_in, refuse_more_than, sender_of

_METHODS = ["GET", "HEAD", "POST"]


@require_safe
@with_hotline
def service(request: HttpRequest, hall: Hall) -> HttpResponse:
    """Show what one can do here without ringing: submit, follow, chat."""
    return render(request, "portal/service.html", {"place": hall, "hotline": hall.hotline})


@require_http_methods(_METHODS)
@with_hotline
def submit(request: HttpRequest, hall: Hall) -> HttpResponse:
    """Take a request or a complaint, and show how it goes on."""
    if request.method != "POST":
        return _submit_page(request, hall, _form(hall))
    refuse_more_than(request, MOST_PICTURES * attachment_limit())
    form = _form(hall, request)
    if form.is_valid():
        try:
            let_in(request, urgent=False)
            made = submit_case(
                hall.hotline.code,
                submission=form.submission(),
                files=form.cleaned_data["pictures"],
                at=hall.at,
            )
        except RexianError as error:
            show_refusal(form, error)
            return _submit_page(request, hall, form, status=error.status)
        return HttpResponseRedirect(_case_address(hall, case_key(made), done="submitted"))
    return _submit_page(request, hall, form, status=422)


@require_http_methods(_METHODS)
@with_hotline
def follow(request: HttpRequest, hall: Hall) -> HttpResponse:
    """Lead whoever knows a case's number and its telephone number to the case."""
    if request.method != "POST":
        return _follow_page(request, hall, FollowForm())
    form = FollowForm(fields_of(request))
    if not form.is_valid():
        return _follow_page(request, hall, form, status=422)
    try:
        key = find_case(
            hall.hotline.code,
            reference=form.cleaned_data["reference"],
            number=form.cleaned_data["number"],
            address=sender_of(request),
            at=hall.at,
        )
    except RexianError as error:
        show_refusal(form, error)
        return _follow_page(request, hall, form, status=error.status)
    return HttpResponseRedirect(_case_address(hall, key))


def _form(hall: Hall, request: HttpRequest | None = None) -> SubmitForm:
    sent = (request.POST, request.FILES) if request else ()
    categories = categories_for_public(hall.hotline, hall.at)
    return SubmitForm(*sent, categories=categories, language=hall.language)


def _case_address(hall: Hall, key: str, *, done: str = "") -> str:
    address = reverse("portal:case", kwargs={"case_key": key}) + hall.suffix
    if not done:
        return address
    return f"{address}{'&' if hall.suffix else '?'}done={done}"


def _submit_page(
    request: HttpRequest, hall: Hall, form: SubmitForm, *, status: int = 200
) -> HttpResponse:
    values = {
        "place": hall,
        "hotline": hall.hotline,
        "form": form,
        "urgent": ArrivalForm(hotline=hall.hotline),
        "emergencies": [one for one in hall.hotline.queues if one.emergency],
    }
    return render(request, "portal/submit.html", values, status=status)


def _follow_page(
    request: HttpRequest, hall: Hall, form: FollowForm, *, status: int = 200
) -> HttpResponse:
    values = {"place": hall, "hotline": hall.hotline, "form": form}
    return render(request, "portal/follow.html", values, status=status)


urlpatterns = [
    path("service/<slug:code>/", service, name="service"),
    path("service/<slug:code>/submit", submit, name="submit"),
    path("service/<slug:code>/follow", follow, name="follow"),
]
