"""The end of a conversation: leave it, be called back instead, say how it went."""

from __future__ import annotations

from collections.abc import Mapping

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST

from rexian.contacts.services import ask_to_be_called, leave_as_customer, rate_contact
from rexian.kernel.errors import RexianError
from rexian.kernel.language import mark
from rexian.look.faults import show_refusal
from rexian.look.shapes import Notice, Tone
from rexian.portal.conversation import conversation_page
from rexian.portal.doors import Visit, form_refusal, wants_json, with_visit
from rexian.portal.forms import RatingForm, RingBackForm
from rexian.portal.limits import fields_of
from rexian.portal.telling import tell

THANKS = mark("Thank you. Those in charge read what you have said.")


@require_POST
@with_visit
def leave(request: HttpRequest, visit: Visit) -> HttpResponse:
    """End the conversation, or leave the queue; whoever writes again goes on."""
    leave_as_customer(visit.contact.id, at=visit.at)
    return standing(request, visit)


@require_POST
@with_visit
def ring_back(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Let somebody who waits go, and be called in their turn."""
    form = RingBackForm(fields_of(request), prefix="ring")
    if form.is_valid():
        try:
            ask_to_be_called(visit.contact.id, number=form.cleaned_data["number"], at=visit.at)
        except RexianError as error:
            show_refusal(form, error)
    if form.errors:
        return _refused(request, visit, form, {"ring_back": form})
    return standing(request, visit)


@require_POST
@with_visit
def rate(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Hear how it went; said again, it takes the place of the first."""
    form = RatingForm(fields_of(request), prefix="rating")
    if form.is_valid():
        given = form.cleaned_data
        try:
            rate_contact(
                visit.contact.id,
                solved=given["solved"] == "yes",
                satisfied=int(given["satisfied"]),
                why=given["why"].replace("\0", ""),
                at=visit.at,
            )
        except RexianError as error:
            show_refusal(form, error)
    if form.errors:
        return _refused(request, visit, form, {"rating": form})
    if wants_json(request):
        return standing(request, visit)
    return conversation_page(
        request, visit, notices=(Notice(THANKS, Tone.GOOD),), values={"is_rated": True}
    )


def standing(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Answer with how the conversation stands now: as values, or by its page."""
    if wants_json(request):
        return JsonResponse(tell(visit.contact.id, at=visit.at) | {"key": visit.key})
    return HttpResponseRedirect(visit.address("conversation"))


def _refused(
    request: HttpRequest, visit: Visit, form: Form, values: Mapping[str, Form]
) -> HttpResponse:
    """Say what is wrong with a form: to the script, or in the page that has it."""
    if wants_json(request):
        return form_refusal(form)
    return conversation_page(request, visit, status=422, values=values)


urlpatterns = [
    path("chat/c/<str:key>/leave", leave, name="leave"),
    path("chat/c/<str:key>/ring-back", ring_back, name="ring-back"),
    path("chat/c/<str:key>/rating", rate, name="rate"),
]
