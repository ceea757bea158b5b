"""A conversation: read it, say something, be there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from rexian.contacts.queries import contact_of_customer, visit_key
from rexian.contacts.services import keep_visit, read_lines, say_as_customer
from rexian.kernel.errors import RexianError
from rexian.look.environment import quoted
from rexian.look.shapes import Notice, Tone
from rexian.portal.conversation import conversation_page
from rexian.portal.doors import Visit, wants_json, with_visit
from rexian.portal.forms import new_token
from rexian.portal.limits import fields_of
from rexian.portal.telling import tell


@require_safe
@with_visit
def conversation(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show the conversation; looking at it is being there, also without a script."""
    keep_visit(visit.contact.id, at=visit.at)
    return conversation_page(request, visit)


@require_POST
@with_visit
def say(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take the customer's words; the same ``sent_as`` again is the same turn."""
    fields = fields_of(request)
    text = fields.get("text", "")
    sent_as = fields.get("sent_as", "") or new_token()
    try:
        said = say_as_customer(visit.contact.id, text=text, sent_as=sent_as, at=visit.at)
    except RexianError as error:
        if wants_json(request):
            raise
        unsent = {"text": text, "sent_as": sent_as}
        notices = (Notice(quoted(error), Tone.BAD),)
        return conversation_page(
            request, visit, status=error.status, notices=notices, values=unsent
        )
    return went_to(request, visit, said.contact, after=fields.get("after", ""))


@require_safe
@with_visit
def news(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Tell how the conversation stands, with the lines after ``after``."""
    told = tell(visit.contact.id, after=number_of(request.GET.get("after", "")), at=visit.at)
    return JsonResponse(told | {"key": visit.key})


@require_POST
@with_visit
def here(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Hear that the customer's page is still open, and how far they have read, and tell the news.

    A page that is hidden has read nothing new: it sends no ``seen``.
    """
    fields = fields_of(request)
    keep_visit(visit.contact.id, at=visit.at)
    seen = number_of(fields.get("seen", ""))
    if seen > visit.contact.seen_by_customer:
        read_lines(visit.contact.id, seq=seen, actor=None)
    told = tell(visit.contact.id, after=number_of(fields.get("after", "")), at=visit.at)
    return JsonResponse(told | {"key": visit.key})


def went_to(request: HttpRequest, visit: Visit, contact: int, *, after: str) -> HttpResponse:
    """Answer where something was said: here, or in the conversation that goes on from here."""
    is_here = contact == visit.contact.id
    key = visit.key if is_here else visit_key(contact)
    if wants_json(request):
        told = tell(contact, after=number_of(after) if is_here else 0, at=visit.at)
        return JsonResponse(told | {"key": key})
    shown = visit if is_here else _moved(visit, contact, key)
    return HttpResponseRedirect(f"{shown.address('conversation')}#end")


def _moved(visit: Visit, contact: int, key: str) -> Visit:
    return Visit(
        hotline=visit.hotline,
        language=visit.language,
        chosen=visit.chosen,
        at=visit.at,
        key=key,
        contact=contact_of_customer(contact),
    )


def number_of(text: str) -> int:
    """Return the number of a line, nought for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


urlpatterns = [
    path("chat/c/<str:key>/", conversation, name="conversation"),
    path("chat/c/<str:key>/say", say, name="say"),
    path("chat/c/<str:key>/news", news, name="news"),
    path("chat/c/<str:key>/here", here, name="here"),
]
