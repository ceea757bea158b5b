"""Cases: list, read, take, move, with files and forms; letters of outside bodies; a table."""

from __future__ import annotations

from dataclasses import asdict, replace
from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from ninja import Router, Status
from ninja.files import UploadedFile
from ninja.params.functions import File, Header, Query

from rexian.cases.domain.details import CaseDetails
from rexian.cases.domain.letters import LetterRow
from rexian.cases.domain.rights import EXPORT, SEE, TAKE
from rexian.cases.domain.standing import Source
from rexian.cases.queries import Wanted, case, case_page
from rexian.cases.queries import cases as some_cases
from rexian.cases.queries.exporting import as_taken_out
from rexian.cases.queries.files import file_content
from rexian.cases.services import Given, approve_move, move_case, refuse_move, take_case
from rexian.cases.services.exporting import take_out_lines
from rexian.cases.services.files import attach_file
from rexian.cases.services.letters import take_letters
from rexian.contacts.queries import attachment_limit
from rexian.look.environment import current_language
from rexian.look.streaming import send_lines
from rexian.rest.access import TokenFor, TokenRequest, organisation_of
from rexian.rest.case_schemas import (
    Approval,
    Case,
    CaseFile,
    CaseGiven,
    CaseInFull,
    Cases,
    CaseSlip,
    CaseWanted,
    LettersGiven,
    LetterTaken,
    MoveGiven,
    Refusal,
    Turn,
)
from rexian.rest.cases import case_in_full, case_values, file_values, slips_of
from rexian.rest.paging import Id

router = Router(tags=["cases"])
Key = Annotated[
    str,
    Header(
        "",
        alias="Idempotency-Key",
        max_length=64,
        pattern="^[!-~]*$",
        description="What is sent again under the same key is done once.",
    ),
]
Filter = Annotated[CaseWanted, Query()]
_SEE, _TAKE, _EXPORT = TokenFor(SEE), TokenFor(TAKE), TokenFor(EXPORT)


@router.get("", response=Cases, operation_id="list_cases", auth=_SEE)
def list_cases(
    request: TokenRequest, wanted: Filter, turn: Annotated[Turn, Query()]
) -> dict[str, Any]:
    """Return the newest cases that fit; `next` leads on to older ones."""
    found = some_cases(_wanted(wanted), actor=request.auth, before=turn.before, limit=turn.limit)
    is_full = len(found) == turn.limit
    return {
        "items": [case_values(as_taken_out(one, request.auth)) for one in found],
        "next": found[-1].id if is_full else None,
    }


@router.get("/export.csv", operation_id="export_cases", auth=_EXPORT)
def export_cases(request: TokenRequest, wanted: Filter) -> HttpResponseBase:
    """Return one row a case as CSV, all that fit: it is made while it is sent."""
    lines = take_out_lines(
        _wanted(wanted),
        language=current_language(),
        zone=organisation_of(request).time_zone,
        actor=request.auth,
        at=timezone.now(),
    )
    return send_lines(request, lines, name="cases.csv")


@router.post("", response={201: Case}, operation_id="take_case", auth=_TAKE)
def take(request: TokenRequest, given: CaseGiven, key: Key) -> HttpResponse:
    """Take a case; the same key again is the same case. What belongs to it is read by its id."""
    values = given.dict()
    hotline = values.pop("hotline")
    details = CaseDetails(source=Source.REST, sent_as=_name(request, key), **values)
    made = take_case(hotline, details=details, actor=request.auth, at=timezone.now())
    shown = case_values(as_taken_out(case(made, actor=request.auth), request.auth))
    return _at(made, Case(**shown).model_dump_json())


@router.post("/letters", response={201: list[LetterTaken]}, operation_id="take_letters", auth=_TAKE)
def letters(request: TokenRequest, given: LettersGiven) -> Status[list[dict[str, Any]]]:
    """Take what an outside body passes on: all letters or none; a number that is known is found."""
    rows = [
        LetterRow(number, {name: text for name, text in one.dict().items() if text})
        for number, one in enumerate(given.letters, start=1)
    ]
    taken = take_letters(
        given.hotline, body=given.body, rows=rows, actor=request.auth, at=timezone.now()
    )
    return Status(201, [asdict(one) for one in taken])


@router.get("/{case_id}", response=CaseInFull, operation_id="read_case", auth=_SEE)
def read_case(request: TokenRequest, case_id: Id) -> dict[str, Any]:
    """Return a case with its timeline, clocks, forms, files, and the moves that are legal now."""
    return case_in_full(case_page(case_id, actor=request.auth), request.auth)


@router.post("/{case_id}/moves", response={201: CaseInFull}, operation_id="move_case", auth=_SEE)
def move(request: TokenRequest, case_id: Id, given: MoveGiven, key: Key) -> HttpResponse:
    """Make a move, or ask for it where somebody has to approve it; 409 where it has moved on."""
    values = given.dict(exclude={"move", "version"})
    sent = Given(**{**values, "files": tuple(given.files), "sent_as": _name(request, key)})
    move_case(
        case_id,
        move=given.move,
        given=sent,
        version=given.version,
        actor=request.auth,
        at=timezone.now(),
    )
    return _created(request, case_id)


@router.post(
    "/{case_id}/approve", response={201: CaseInFull}, operation_id="approve_move", auth=_SEE
)
def approve(request: TokenRequest, case_id: Id, given: Approval) -> HttpResponse:
    """Let happen what somebody has asked for."""
    approve_move(
        case_id, version=given.version, text=given.text, actor=request.auth, at=timezone.now()
    )
    return _created(request, case_id)


@router.post("/{case_id}/refuse", response={201: CaseInFull}, operation_id="refuse_move", auth=_SEE)
def refuse(request: TokenRequest, case_id: Id, given: Refusal) -> HttpResponse:
    """Refuse what somebody has asked for, with a reason."""
    refuse_move(
        case_id, version=given.version, reason=given.reason, actor=request.auth, at=timezone.now()
    )
    return _created(request, case_id)


@router.get("/{case_id}/slips", response=list[CaseSlip], operation_id="list_case_slips", auth=_SEE)
def slips(request: TokenRequest, case_id: Id) -> list[dict[str, Any]]:
    """Return the forms of a case as they stand."""
    return slips_of(case_page(case_id, actor=request.auth), request.auth)


@router.post(
    "/{case_id}/files", response={201: CaseFile}, operation_id="attach_case_file", auth=_SEE
)
def attach(
    request: TokenRequest, case_id: Id, file: Annotated[UploadedFile, File()]
) -> Status[dict[str, Any]]:
    """Attach a picture or a PDF, to be named by a move; the same content again is the same file."""
    made = attach_file(
        case_id,
        name=(file.name or "")[:200],
        content=file.read(attachment_limit() + 1),
        actor=request.auth,
        at=timezone.now(),
    )
    found, _ = file_content(case_id, made, actor=request.auth)
    return Status(201, file_values(found))


@router.get("/{case_id}/files/{file_id}", operation_id="read_case_file", auth=_SEE)
def read_file(request: TokenRequest, case_id: Id, file_id: Id) -> HttpResponse:
    """Return a file as it is kept."""
    found, content = file_content(case_id, file_id, actor=request.auth)
    answer = HttpResponse(content, content_type=found.media_type)
    answer["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _wanted(asked: CaseWanted) -> Wanted:
    values = asked.dict()
    standings = tuple(values.pop("standing"))
    return replace(Wanted(**values), standings=standings)


def _created(request: TokenRequest, case_id: int) -> HttpResponse:
    """Answer with the case as it stands now, and its address."""
    told = case_in_full(case_page(case_id, actor=request.auth), request.auth)
    return _at(case_id, CaseInFull(**told).model_dump_json())


def _at(case_id: int, body: str) -> HttpResponse:
    """Answer that something was made, and where it is read."""
    answer = HttpResponse(body, status=HTTPStatus.CREATED, content_type="application/json")
    answer["Location"] = reverse("rest:read_case", kwargs={"case_id": case_id})
    return answer


def _name(request: TokenRequest, key: str) -> str:
    """Return the name of a request: a key is somebody's own, not the whole organisation's."""
    return f"rest:{request.auth.person}:{key}" if key else ""
