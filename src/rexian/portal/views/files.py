"""Pictures and files of a conversation: send one, look at one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from rexian.contacts.queries import attachment_content, attachment_limit
from rexian.contacts.services import attach_file
from rexian.kernel.errors import Invalid, RexianError
from rexian.kernel.language import mark
from rexian.look.environment import quoted
from rexian.look.shapes import Notice, Tone
from rexian.portal.conversation import conversation_page
from rexian.portal.doors import Visit, wants_json, with_visit
from rexian.portal.forms import new_token
from rexian.portal.limits import TooMuch
from rexian.portal.views.talking import went_to

_FORM_AROUND = 64 * 1024
_MOST_NAME = 200


@require_POST
@with_visit
def send_file(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Take one file; the same ``sent_as`` again is the same file."""
    try:
        _attach(request, visit)
    except RexianError as error:
        if wants_json(request):
            raise
        notices = (Notice(quoted(error), Tone.BAD),)
        return conversation_page(request, visit, status=error.status, notices=notices)
    return went_to(request, visit, visit.contact.id, after=request.POST.get("after", ""))


@require_safe
@with_visit
def file(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:  # noqa: ARG001 - the form of a view
    """Hand out a file: a picture to look at, everything else only to keep."""
    found, content = attachment_content(number, visit.contact.id)
    answer = HttpResponse(content, content_type=found.media_type)
    kept = content_disposition_header(as_attachment=not found.is_picture, filename=found.name)
    answer["Content-Disposition"] = kept or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, max-age=600"
    return answer


def _attach(request: HttpRequest, visit: Visit) -> None:
    """Read the file, no further than one may be long, and have it checked and stored."""
    most = attachment_limit()
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > most + _FORM_AROUND:
        raise TooMuch(mark("This file is too large: at most {most} MB."), most=most >> 20)
    sent = request.FILES.get("file")
    if sent is None:
        raise Invalid(mark("Choose a file first."), field="file")
    attach_file(
        visit.contact.id,
        name=(sent.name or "")[:_MOST_NAME],
        content=sent.read(most + 1),
        sent_as=request.POST.get("sent_as", "") or new_token(),
        actor=None,
        at=visit.at,
    )


urlpatterns = [
    path("chat/c/<str:key>/files", send_file, name="files"),
    path("chat/c/<str:key>/files/<int:number>", file, name="file"),
]
