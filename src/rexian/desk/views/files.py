"""Pictures and files of a contact: sent by the agent, shown to whoever sees the contact."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from rexian.contacts.domain.rights import SERVE
from rexian.contacts.queries import attachment_content, contact
from rexian.contacts.services import attach_file
from rexian.desk.answers import deed_on_contact
from rexian.desk.asking import NotUnderstood
from rexian.desk.shapes import lines_shape
from rexian.kernel.language import mark
from rexian.look.requests import PageRequest, with_right

POLICY = "default-src 'none'; sandbox"
"""What somebody else has written may do nothing, wherever it is opened."""


@deed_on_contact
def send(request: PageRequest, contact_id: int) -> dict[str, Any]:
    """Send a picture or a file to the customer."""
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise NotUnderstood(mark("Choose a file first."), field="file")
    said = attach_file(
        contact_id,
        name=file.name or "",
        content=file.read(),
        sent_as=request.POST.get("sent_as", "")[:64],
        actor=request.actor,
        at=timezone.now(),
    )
    return {"line": lines_shape(contact_id, [said])[0]}


@with_right(SERVE)
@require_safe
def file(request: PageRequest, contact_id: int, attachment_id: int) -> HttpResponse:
    """Show a picture, or give any other file to be kept."""
    contact(contact_id, actor=request.actor)
    shown, content = attachment_content(attachment_id, contact_id)
    kind = shown.media_type if shown.is_picture else "application/octet-stream"
    response = HttpResponse(content, content_type=kind)
    disposition = content_disposition_header(not shown.is_picture, shown.name)
    response["Content-Disposition"] = disposition or "attachment"
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "private, max-age=3600"
    return response


urlpatterns = [
    path("contacts/<int:contact_id>/file", send, name="send-file"),
    path("contacts/<int:contact_id>/files/<int:attachment_id>", file, name="file"),
]
