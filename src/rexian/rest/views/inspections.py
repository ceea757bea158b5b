"""Inspections: send conversations in, see how far they are, read what the standard says of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any

import orjson
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Router, Schema
from ninja.files import UploadedFile
from ninja.params.functions import File, Form, Header, Path, Query
from pydantic import Field

from rexian.dialogue import queries
from rexian.dialogue.domain.batches import WrongUpload
from rexian.dialogue.queries import BatchLine, ConversationLine, Wanted
from rexian.dialogue.services.receiving import receive_conversations
from rexian.kernel.language import mark
from rexian.look.environment import current_language
from rexian.reports.inspection import jsonl
from rexian.reports.inspection.problems import problem_line
from rexian.rest.access import TokenRequest, organisation_of
from rexian.rest.paging import Id, PartAsked
from rexian.rest.schemas import (
    InspectedConversations,
    Inspection,
    Inspections,
    Sent,
    Unreadable,
    Verdicts,
)
from rexian.standard.domain.verdicts import Outcome

router = Router(tags=["inspections"])
Key = Annotated[
    str,
    Header(
        "",
        alias="Idempotency-Key",
        max_length=64,
        pattern="^[!-~]*$",
        description="What is sent again under the same key makes no second inspection.",
    ),
]
Position = Annotated[int, Path(ge=0, le=2**31 - 1)]


@dataclass(frozen=True, slots=True)
class Lines:
    """Records of a request's body as the file of lines that they would have been."""

    name: str
    records: list[dict[str, Any]]

    def chunks(self) -> Iterator[bytes]:
        """Yield a line a record; raise ``WrongUpload`` for half a letter or an endless number."""
        for number, one in enumerate(self.records, start=1):
            try:
                yield orjson.dumps(one) + b"\n"
            except orjson.JSONEncodeError:
                raise WrongUpload(
                    mark("Conversation {number} holds a text or a number that cannot be kept."),
                    number=number,
                ) from None


class Filter(Schema):
    """Which conversations are wanted."""

    clause: str = Field("", max_length=60)
    outcome: Outcome | None = None
    agent: str = Field("", max_length=40)


@router.post("", response={201: Inspection}, operation_id="send_conversations")
def send_conversations(request: TokenRequest, sent: Sent, key: Key) -> HttpResponse:
    """Send conversations in for inspection; a worker inspects them in a moment."""
    lines = Lines(f"{sent.name}.jsonl", sent.conversations)
    return _received(request, [lines], sent.roles, sent.standard, key)


@router.post("/files", response={201: Inspection}, operation_id="send_files")
def send_files(
    request: TokenRequest,
    files: Annotated[list[UploadedFile], File()],
    key: Key,
    standard: Annotated[int | None, Form(ge=1, le=2**53)] = None,
) -> HttpResponse:
    """Send files in for inspection, in any form that ``rexian inspect`` reads."""
    return _received(request, files, {}, standard, key)


@router.get("", response=Inspections, operation_id="list_inspections")
def list_inspections(request: TokenRequest, part: PartAsked) -> dict[str, Any]:
    """Return inspections, the latest first."""
    organisation = organisation_of(request)
    lines, total = queries.batch_page(
        request.auth, organisation.id, offset=part.offset, size=part.limit
    )
    return {**part.of(total), "items": [_inspection(one) for one in lines]}


@router.get("/{inspection_id}", response=Inspection, operation_id="read_inspection")
def read_inspection(request: TokenRequest, inspection_id: Id) -> dict[str, Any]:
    """Return an inspection and how far it has come."""
    return _inspection(queries.batch(request.auth, inspection_id).line)


@router.get(
    "/{inspection_id}/conversations",
    response=InspectedConversations,
    operation_id="list_conversations",
)
def list_conversations(
    request: TokenRequest,
    inspection_id: Id,
    part: PartAsked,
    wanted: Annotated[Filter, Query()],
) -> dict[str, Any]:
    """Return the conversations of an inspection, as far as they are inspected."""
    lines, total = queries.conversation_page(
        request.auth,
        inspection_id,
        wanted=Wanted(clause=wanted.clause, outcome=wanted.outcome, agent=wanted.agent),
        offset=part.offset,
        size=part.limit,
    )
    return {**part.of(total), "items": [_conversation(one) for one in lines]}


@router.get(
    "/{inspection_id}/conversations/{position}",
    response=Verdicts,
    operation_id="read_conversation",
)
def read_conversation(
    request: TokenRequest, inspection_id: Id, position: Position
) -> dict[str, Any]:
    """Return everything that the standard says of one conversation."""
    kept = queries.conversation(request.auth, inspection_id, position, wanted=Wanted())
    said: dict[str, Any] = orjson.loads(jsonl.dumped(kept.inspected, current_language()))
    return said | {"version_id": kept.version_id}


@router.get(
    "/{inspection_id}/unreadable", response=list[Unreadable], operation_id="list_unreadable"
)
def list_unreadable(request: TokenRequest, inspection_id: Id) -> list[dict[str, Any]]:
    """Return the records that could not be read, with file, line and reason."""
    return [
        {
            "source": one.source,
            "line": one.line,
            "reason": one.reason.name.lower().replace("_", "-"),
            "sentence": problem_line(one, current_language()),
        }
        for one in queries.problems(request.auth, inspection_id)
    ]


def _received(
    request: TokenRequest,
    uploads: Sequence[Lines | UploadedFile],
    roles: Mapping[str, str],
    standard: int | None,
    key: str,
) -> HttpResponse:
    organisation, at = organisation_of(request), timezone.now()
    batch = receive_conversations(
        organisation.id,
        uploads=uploads,
        roles=roles,
        version_id=standard,
        today=organisation.day(at),
        sent_as=key,
        actor=request.auth,
        at=at,
    )
    content = Inspection(**_inspection(queries.batch(request.auth, batch).line))
    answer = HttpResponse(
        content.model_dump_json(), status=HTTPStatus.CREATED, content_type="application/json"
    )
    answer["Location"] = reverse("rest:read_inspection", kwargs={"inspection_id": batch})
    return answer


def _inspection(line: BatchLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "title": line.title,
        "state": line.state,
        "uploaded_at": line.uploaded_at,
        "done": line.done,
        "total": line.total,
        "conversations": line.conversations,
        "unreadable": line.unreadable,
        "with_misses": line.with_misses,
        "with_suspicions": line.with_suspicions,
    }


def _conversation(line: ConversationLine) -> dict[str, Any]:
    return {
        "position": line.position,
        "id": line.name,
        "agent": line.agent,
        "score": line.score,
        "turns": line.turns,
        "met": line.met,
        "missed": line.missed,
        "suspect": line.suspect,
        "clauses_missed": list(line.clauses_missed),
    }
