"""Listen to the recording of a contact: somebody says why, and hears it for half an hour."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.look.ranges import send_range
from rexian.look.requests import PageRequest, signed_in
from rexian.speech.queries import recording
from rexian.speech.services.masking import as_played
from rexian.speech.services.opening import grant_listening, listen_under


@require_POST
@signed_in
def listen(request: PageRequest, contact_id: int, recording_id: int) -> HttpResponse:
    """Write down who listens and why, and go to where it is played."""
    _of_contact(request, contact_id, recording_id)
    grant = grant_listening(
        recording_id,
        reason=request.POST.get("reason", ""),
        note=request.POST.get("note", ""),
        actor=request.actor,
        at=timezone.now(),
    )
    address = reverse("console:contact", args=(contact_id,))
    return HttpResponseRedirect(f"{address}?{urlencode({'listening': grant.id})}#recordings")


@require_safe
@signed_in
def sound(request: PageRequest, contact_id: int, grant_id: int) -> HttpResponseBase:
    """Send the sound, or the piece of it that a player asks for, under a leave of one's own."""
    listened = listen_under(grant_id, actor=request.actor, at=timezone.now())
    if listened.contact != contact_id:
        raise NotFound(mark("There is nothing under {code}."), code=f"listening:{grant_id}")
    played = as_played(listened)
    return send_range(
        request, played.pieces, size=played.size, name=listened.name, kind=played.media_type
    )


def _of_contact(request: PageRequest, contact_id: int, recording_id: int) -> None:
    """Raise ``NotFound`` unless the recording is one of this contact that one may read."""
    if recording(recording_id, actor=request.actor).contact != contact_id:
        raise NotFound(mark("There is nothing under {code}."), code=f"recording:{recording_id}")


urlpatterns = [
    path("contacts/<int:contact_id>/recordings/<int:recording_id>/listen", listen, name="listen"),
    path("contacts/<int:contact_id>/sound/<int:grant_id>", sound, name="contact-sound"),
]
