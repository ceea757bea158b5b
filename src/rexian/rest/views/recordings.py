"""Recordings: send them in, see how far they are, listen, hold them, prove that they are gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Router
from ninja.files import UploadedFile
from ninja.params.functions import File, Query

from rexian.contacts.queries import hotline_named
from rexian.kernel.authority import belongs
from rexian.look.ranges import send_range
from rexian.rest.access import TokenFor, TokenRequest
from rexian.rest.paging import Id, PartAsked
from rexian.rest.recording_schemas import (
    Asked,
    CallForm,
    CallSent,
    Held,
    ProofOfRemoval,
    Recording,
    Recordings,
)
from rexian.rest.views.inspections import Key
from rexian.speech import queries
from rexian.speech.domain.call_facts import CallFacts
from rexian.speech.domain.recordings import Sending
from rexian.speech.domain.rights import KEEP, SEND
from rexian.speech.queries import RecordingShown
from rexian.speech.services.masking import as_sent
from rexian.speech.services.opening import grant_listening, listen_under
from rexian.speech.services.overnight_orders import order_hearing
from rexian.speech.services.receiving import Received, receive_call, receive_recording
from rexian.speech.services.retaining import (
    hold_recording,
    release_recording,
    remove_recording,
)
from rexian.standard.domain.events import Speaker

router = Router(tags=["recordings"])
_PROOFS = 200


@router.post("", response={201: Recording}, operation_id="send_recording", auth=TokenFor(SEND))
def send_recording(
    request: TokenRequest, file: Annotated[UploadedFile, File()], call: CallForm, key: Key
) -> HttpResponse:
    """Send the recording of a call, of a contact or with its facts; a worker hears it.

    The same sound, or the same key, is taken once.
    """
    at = timezone.now()
    received = _received(request, file, call, key, at)
    if received.is_new and call.priority == "now":
        order_hearing(received.recording, at=at)
    shown = queries.recording(received.recording, actor=request.auth)
    content = Recording(**_plain(shown)).model_dump_json()
    answer = HttpResponse(content, status=HTTPStatus.CREATED, content_type="application/json")
    place = reverse("rest:read_recording", kwargs={"recording_id": received.recording})
    answer["Location"] = place
    return answer


@router.get("", response=Recordings, operation_id="list_recordings")
def list_recordings(
    request: TokenRequest,
    part: PartAsked,
    contact: Annotated[int | None, Query(ge=1, le=2**53)] = None,
) -> dict[str, Any]:
    """Return recordings, the latest first, or those of a contact."""
    found, total = queries.recording_page(
        actor=request.auth, contact=contact, offset=part.offset, size=part.limit
    )
    return {**part.of(total), "items": [_plain(one) for one in found]}


@router.get(
    "/removed",
    response=list[ProofOfRemoval],
    operation_id="list_removed_recordings",
    auth=TokenFor(KEEP),
)
def list_removed_recordings(
    request: TokenRequest,
    since: Annotated[datetime | None, Query()] = None,
    before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
) -> list[dict[str, Any]]:
    """Return the proofs of what was removed, newest first, 200 at a time."""
    aware = since if since is None or since.tzinfo else since.replace(tzinfo=UTC)
    found = queries.proofs(actor=request.auth, since=aware, before=before, limit=_PROOFS)
    return [asdict(one) for one in found]


@router.get("/{recording_id}", response=Recording, operation_id="read_recording")
def read_recording(request: TokenRequest, recording_id: Id) -> dict[str, Any]:
    """Return a recording and how far it has come."""
    return _plain(queries.recording(recording_id, actor=request.auth))


@router.get(
    "/{recording_id}/sound",
    response={200: bytes, 206: bytes},
    operation_id="listen_to_recording",
)
def listen_to_recording(
    request: TokenRequest, recording_id: Id, asked: Annotated[Asked, Query()]
) -> HttpResponse | StreamingHttpResponse:
    """Return the sound as it was sent, or a piece of it (`Range`); who and why is journalled.

    Half an hour under the same reason is one entry. Masked, it is an MP3 without its numbers.
    """
    at = timezone.now()
    grant = grant_listening(
        recording_id,
        reason=asked.reason,
        note=asked.note,
        masked=asked.masked,
        actor=request.auth,
        at=at,
    )
    listened = listen_under(grant.id, actor=request.auth, at=at)
    played = as_sent(listened)
    return send_range(
        request, played.pieces, size=played.size, name=listened.name, kind=played.media_type
    )


@router.post(
    "/{recording_id}/hold", response=Recording, operation_id="hold_recording", auth=TokenFor(KEEP)
)
def hold(request: TokenRequest, recording_id: Id, held: Held) -> dict[str, Any]:
    """Have a recording kept until further notice, whatever the rules say."""
    hold_recording(recording_id, why=held.why, actor=request.auth, at=timezone.now())
    return _plain(queries.recording(recording_id, actor=request.auth))


@router.delete(
    "/{recording_id}/hold",
    response=Recording,
    operation_id="release_recording",
    auth=TokenFor(KEEP),
)
def release(request: TokenRequest, recording_id: Id) -> dict[str, Any]:
    """Let the rules hold for a recording again."""
    release_recording(recording_id, actor=request.auth, at=timezone.now())
    return _plain(queries.recording(recording_id, actor=request.auth))


@router.delete(
    "/{recording_id}", response={204: None}, operation_id="remove_recording", auth=TokenFor(KEEP)
)
def remove(
    request: TokenRequest,
    recording_id: Id,
    words: Annotated[bool, Query(description="Remove what was said too.")] = False,
) -> HttpResponse:
    """Remove a recording before its time; the proof of it stays."""
    remove_recording(recording_id, words=words, actor=request.auth, at=timezone.now())
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _received(
    request: TokenRequest, file: UploadedFile, call: CallSent, key: str, at: datetime
) -> Received:
    roles = tuple(Speaker(one) for one in call.channels.split(",") if one)
    sending = Sending(name=file.name or "", sent_as=key, kind=call.kind, roles=roles)
    sent: Mapping[str, Any] = {
        "sending": sending,
        "pieces": file.chunks(),
        "actor": request.auth,
        "at": at,
    }
    if call.contact is not None:
        return receive_recording(call.contact, **sent)
    hotline = hotline_named(call.hotline)
    belongs(request.auth, hotline.organisation, code=f"hotline:{call.hotline}")
    return receive_call(hotline.id, facts=_facts(call, roles, file.name or ""), **sent)


def _facts(call: CallSent, roles: tuple[Speaker, ...], name: str) -> CallFacts:
    return CallFacts(
        id=call.id or name,
        agent=call.agent,
        number=call.number,
        direction=call.direction or None,
        rings=call.rings,
        queue=call.queue,
        start=call.start,
        waited=call.waited,
        hung_up_by=Speaker(call.hung_up_by) if call.hung_up_by else None,
        standard=call.standard or None,
        case_type=call.case_type or None,
        roles=roles,
    )


def _plain(shown: RecordingShown) -> dict[str, Any]:
    return asdict(shown) | {"channels": [one.value for one in shown.roles]}
