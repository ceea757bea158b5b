"""The journal: what happened in the organisation, newest first, and the same as a file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from asgiref.sync import sync_to_async
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from rexian.console import sentences as _sentences  # noqa: F401 - declares what entries say
from rexian.console.telling import instant, who
from rexian.journal.domain.entries import Entry
from rexian.journal.domain.rights import READ
from rexian.journal.domain.sentences import actor_name, references, sentence_of
from rexian.journal.queries import EntryPage, Sought, entries, every_entry, recorded_names
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark, translate
from rexian.look.addresses import with_query
from rexian.look.environment import current_language
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Happening

PAGE = 50
_BATCH = 500
_FIELDS = ("subject", "by", "name", "since", "until")
_HEADINGS = (
    mark("Number"),
    mark("When"),
    mark("Who"),
    mark("What happened"),
    mark("Event"),
    mark("Subject"),
)
FORMS = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson; charset=utf-8"}


@require_GET
@with_right(READ)
def journal(request: PageRequest) -> HttpResponse:
    """Show a page of the journal, with what is asked for."""
    zone = request.person.time_zone
    asked = {name: request.GET.get(name, "").strip()[:120] for name in _FIELDS}
    page = entries(
        _sought(asked, zone),
        before=_number(request.GET.get("before")),
        after=_number(request.GET.get("after")),
        size=PAGE,
        actor=request.actor,
    )
    values = {
        "happenings": _happenings(page.entries, request, current_language()),
        "asked": asked,
        "names": recorded_names(actor=request.actor),
        "filtered": any(asked.values()),
        "forms": {form: _export_address(request, form) for form in FORMS},
        **_steps(page, request),
    }
    return render(request, "console/journal.html", values)


@require_GET
@with_right(READ)
def export(request: PageRequest, form: str) -> StreamingHttpResponse:
    """Send all that is asked for as a file, oldest first."""
    if form not in FORMS:
        raise NotFound(mark("There is nothing under {code}."), code=form)
    asked = {name: request.GET.get(name, "").strip()[:120] for name in _FIELDS}
    found = every_entry(_sought(asked, request.person.time_zone), actor=request.actor)
    lines = _csv_lines(found, request, current_language()) if form == "csv" else _json_lines(found)
    pieces: Any = _later(lines) if hasattr(request, "scope") else lines
    response = StreamingHttpResponse(pieces, content_type=FORMS[form])
    response["Content-Disposition"] = f'attachment; filename="journal.{form}"'
    return response


def _sought(asked: Mapping[str, str], zone: str) -> Sought:
    """Return what the address asks for; days are the organisation's, the last one included."""
    until = _day(asked["until"], zone)
    return Sought(
        subject=asked["subject"],
        by=asked["by"],
        name=asked["name"],
        since=_day(asked["since"], zone),
        until=until + timedelta(days=1) if until else None,
    )


def _day(text: str, zone: str) -> datetime | None:
    try:
        found = parse_date(text)
    except ValueError:  # a day that no month has
        return None
    if found is None or not 1900 <= found.year <= 2999:  # an instant has to exist in every zone
        return None
    return datetime.combine(found, time(), ZoneInfo(zone))


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def _happenings(found: Sequence[Entry], request: PageRequest, language: str) -> list[Happening]:
    """Return entries in words, the names of all asked for at once."""
    names = who({code for entry in found for code in references(entry)}, request)
    return [
        Happening(
            at=entry.at,
            at_text=instant(entry.at, request.person.time_zone),
            sentence=sentence_of(entry, names, language),
            who=actor_name(entry.actor, names, language),
            note=entry.subject,
        )
        for entry in found
    ]


def _steps(page: EntryPage, request: PageRequest) -> dict[str, str]:
    query = request.META["QUERY_STRING"]
    newer = with_query(query, after=page.newer, before=None) if page.newer else ""
    older = with_query(query, before=page.older, after=None) if page.older else ""
    return {"newer": newer, "older": older}


def _export_address(request: PageRequest, form: str) -> str:
    query = with_query(request.META["QUERY_STRING"], before=None, after=None)
    return reverse("console:journal-export", args=(form,)) + (query if len(query) > 1 else "")


def _csv_lines(found: Iterator[Entry], request: PageRequest, language: str) -> Iterator[bytes]:
    """Yield the lines of a table that spreadsheets open: with the mark that says it is UTF-8.

    The language is passed along, since lines are made after the request has been answered.
    """
    yield "\ufeff".encode() + _line([translate(one, language) for one in _HEADINGS])
    while batch := list(islice(found, _BATCH)):
        for entry, told in zip(batch, _happenings(batch, request, language), strict=True):
            shown = (told.at_text, told.who, told.sentence, entry.name, entry.subject)
            yield _line([str(entry.id), *shown])


def _line(cells: list[str]) -> bytes:
    buffer = io.StringIO()
    # A cell that begins like a formula would be one for a spreadsheet.
    csv.writer(buffer).writerow(
        [f"'{one}" if one[:1] in "=+-@\t" and one else one for one in cells]
    )
    return buffer.getvalue().encode()


def _json_lines(found: Iterator[Entry]) -> Iterator[bytes]:
    for entry in found:
        told: dict[str, Any] = {
            "id": entry.id,
            "at": entry.at.isoformat(),
            "actor": entry.actor,
            "name": entry.name,
            "subject": entry.subject,
            "request": entry.request,
            "data": entry.data,
        }
        yield json.dumps(told, ensure_ascii=False).encode() + b"\n"


async def _later(lines: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Yield the same, many lines at a time, where the server is asynchronous."""

    def piece() -> bytes:
        return b"".join(islice(lines, _BATCH))

    while some := await sync_to_async(piece)():
        yield some


urlpatterns = [
    path("journal/", journal, name="journal"),
    path("journal/export/<str:form>", export, name="journal-export"),
]
