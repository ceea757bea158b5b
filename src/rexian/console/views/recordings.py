"""Recordings sent in together: what hearing them costs, how far it is, what is in the calls."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rexian.console import recording_tables as tables
from rexian.console.recording_forms import (
    CHANNEL_NAMES,
    PRIORITY_NAMES,
    WANTS_NAMES,
    SendRecordingsForm,
    StartForm,
)
from rexian.console.telling import instant, size, today_of, who
from rexian.contacts.queries import hotline, hotlines
from rexian.dialogue.domain.rights import READ
from rexian.journal.queries import newest_id
from rexian.kernel.errors import RexianError
from rexian.kernel.language import mark
from rexian.look.environment import translated
from rexian.look.faults import show_refusal
from rexian.look.notices import notices_of
from rexian.look.pagination import page_of
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Crumb, Fact
from rexian.look.sorting import sorting_of
from rexian.look.streaming import CSV, send_lines
from rexian.speech.domain.batches import BatchState
from rexian.speech.domain.rights import KEEP, SEND
from rexian.speech.queries.batches import (
    CallWanted,
    RecordingBatchShown,
    batch_agents,
    batch_calls,
    open_folders,
    recording_batch,
    recording_batches,
)
from rexian.speech.services.batches import (
    continue_batch,
    delete_batch,
    start_batch,
    stop_batch,
)
from rexian.speech.services.batches_receiving import SentRecordings, receive_recordings
from rexian.standard.domain.rights import READ as READ_STANDARDS
from rexian.standard.queries.published import versions

PAGE = 25
SLACK = 1 << 20
_ROWS = 500
HOME = Crumb(mark("Recordings"), "/recordings/")
DONE = {
    "started": mark("The recordings are on their way. What is found is here as soon as it is."),
    "stopped": mark("Hearing is stopped. What has been heard stays."),
    "continued": mark("Hearing goes on."),
    "deleted": mark("The list is deleted. Its calls and recordings stay with their contacts."),
}


@require_safe
@with_right(READ)
def recordings(request: PageRequest) -> HttpResponse:
    """List the batches of recordings, the latest first."""
    _, total = recording_batches(request.actor, offset=0, size=0)
    page = page_of(
        request.GET.get("page"), size=PAGE, total=total, query=request.META["QUERY_STRING"]
    )
    lines, _ = recording_batches(request.actor, offset=page.offset, size=PAGE)
    names = who((one.sent_by for one in lines), request)
    zone = request.person.time_zone
    values = {
        "columns": tables.LIST_COLUMNS,
        "rows": [
            (one, tables.STATES[one.state], instant(one.sent_at, zone), names.get(one.sent_by, ""))
            for one in lines
        ],
        "page": page,
        "spell": tables.spell,
        "missing": tables.missing(),
        "may_send": request.actor.may(SEND),
        "may_keep": request.actor.may(KEEP),
        "notices": notices_of(request, DONE),
    }
    return render(request, "console/recordings.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
@with_right(SEND)
def send_recordings(request: PageRequest) -> HttpResponse:
    """Take recordings in, and go to where one sees them and what they cost."""
    if request.method != "POST":
        return _send_page(request, _send_form(request))
    form = _send_form(request, request.POST, request.FILES)
    if form.is_valid():
        try:
            recording_batch_id = _received(request, form.cleaned_data)
        except RexianError as error:
            if error.status not in (409, 422):
                raise
            show_refusal(form, error)
        else:
            return HttpResponseRedirect(
                reverse("console:recording-batch", args=(recording_batch_id,))
            )
    return _send_page(request, form)


@csrf_exempt  # the token is asked for below, once the size is known: reading it reads the files
def guarded_send(request: HttpRequest) -> HttpResponseBase:
    """Look at the size of what is sent before any of it is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    limit = settings.CONFIGURATION.upload_limit
    person = getattr(request, "person", None)
    may = person is not None and person.actor.may(SEND)
    if length.isdigit() and int(length) > limit + SLACK and may:
        return _refuse_size(request, limit)  # type: ignore[arg-type] # it has a person
    return csrf_protect(send_recordings)(request)


@require_safe
@with_right(READ)
def batch(request: PageRequest, recording_batch_id: int) -> HttpResponse:
    """Show a batch: what it costs before it starts, how far it is, and its calls."""
    return _batch_page(
        request, recording_batch_id, StartForm(initial=_likely(request, recording_batch_id))
    )


@require_POST
@with_right(SEND)
def start(request: PageRequest, recording_batch_id: int) -> HttpResponse:
    """Have a batch heard as it is asked for."""
    form = StartForm(request.POST)
    if form.is_valid():
        try:
            start_batch(
                recording_batch_id, order=form.order(), actor=request.actor, at=timezone.now()
            )
        except RexianError as error:
            if error.status != 422:
                raise
            show_refusal(form, error)
        else:
            return _to_batch(recording_batch_id, "started")
    return _batch_page(request, recording_batch_id, form)


@require_http_methods(["GET", "HEAD", "POST"])
@with_right(SEND)
def stop(request: PageRequest, recording_batch_id: int) -> HttpResponse:
    """Ask whether to stop a batch, and stop it."""
    shown = recording_batch(request.actor, recording_batch_id)
    if request.method == "POST":
        stop_batch(recording_batch_id, actor=request.actor, at=timezone.now())
        return _to_batch(recording_batch_id, "stopped")
    values = {
        "question": translated(mark("Stop hearing these recordings?")),
        "consequence": translated(mark("What has been heard stays, and it can go on later.")),
        "yes": translated(mark("Stop")),
    }
    return _question(request, shown, values)


@require_POST
@with_right(SEND)
def go_on(request: PageRequest, recording_batch_id: int) -> HttpResponse:
    """Let a batch that was stopped go on."""
    continue_batch(recording_batch_id, actor=request.actor, at=timezone.now())
    return _to_batch(recording_batch_id, "continued")


@require_http_methods(["GET", "HEAD", "POST"])
@with_right(SEND)
def delete(request: PageRequest, recording_batch_id: int) -> HttpResponse:
    """Ask whether to delete a batch, and delete it."""
    shown = recording_batch(request.actor, recording_batch_id)
    if request.method == "POST":
        delete_batch(recording_batch_id, actor=request.actor, at=timezone.now())
        return HttpResponseRedirect(f"{reverse('console:recordings')}?done=deleted")
    values = {
        "question": translated(mark("Delete this list of recordings?")),
        "consequence": translated(
            mark(
                "What waits is not heard any more. Calls and recordings stay with their contacts, "
                "for as long as recordings are kept."
            )
        ),
        "yes": translated(mark("Delete the list")),
    }
    return _question(request, shown, values)


@require_safe
@with_right(READ)
def table(request: PageRequest, recording_batch_id: int) -> HttpResponseBase:
    """Send the recordings of a batch that the address asks for, as a table."""
    recording_batch(request.actor, recording_batch_id)
    wanted = tables.AskedCalls.of(request.GET).wanted()
    return send_lines(
        request,
        _lines(request, recording_batch_id, wanted),
        name=f"recordings-{recording_batch_id}.csv",
        kind=CSV,
    )


def _lines(request: PageRequest, recording_batch_id: int, wanted: CallWanted) -> Iterator[bytes]:
    """Yield the rows of a table, some at a time."""
    columns = [translated(one.title) for one in tables.COLUMNS]
    yield b"\xef\xbb\xbf" + _row([*columns, translated(mark("Problem"))])
    offset = 0
    while True:
        some, _ = batch_calls(
            request.actor, recording_batch_id, wanted=wanted, offset=offset, size=_ROWS
        )
        for one, line in zip(some, tables.call_lines(some, request.actor), strict=True):
            yield _row(
                [
                    one.name,
                    one.agent,
                    translated(line["state"][0]),
                    line["points"],
                    line["missed"],
                    line["suspect"],
                    round(one.seconds, 1),
                    line["problem"],
                ]
            )
        offset += len(some)
        if len(some) < _ROWS:
            return


def _row(cells: list[Any]) -> bytes:
    """Return a line of a table in which no cell is a formula."""
    target = StringIO()
    safe = [f"'{one}" if isinstance(one, str) and one[:1] in "=+-@\t\r" else one for one in cells]
    csv.writer(target).writerow(safe)
    return target.getvalue().encode("utf-8")


def _batch_page(request: PageRequest, recording_batch_id: int, form: StartForm) -> HttpResponse:
    after, query = newest_id(), request.META["QUERY_STRING"]
    shown = recording_batch(request.actor, recording_batch_id)
    asked = tables.AskedCalls.of(request.GET)
    sorting = sorting_of(request.GET.get("sort"), tables.COLUMNS, default="place", query=query)
    wanted = asked.wanted(sorting)
    _, total = batch_calls(request.actor, recording_batch_id, wanted=wanted, offset=0, size=0)
    page = page_of(request.GET.get("page"), size=PAGE, total=total, query=query)
    calls, _ = batch_calls(
        request.actor, recording_batch_id, wanted=wanted, offset=page.offset, size=PAGE
    )
    values = {
        **tables.progress_of(request.actor, recording_batch_id, zone=request.person.time_zone),
        "detail": shown,
        "form": form,
        "costs": tables.cost_lines(shown),
        "wants_names": WANTS_NAMES,
        "reader": shown.reader,
        "missing": tables.missing(),
        "about": _about(request, shown),
        "calls": tables.call_lines(calls, request.actor),
        "columns": tables.COLUMNS,
        "sorting": sorting,
        "page": page,
        "asked": asked,
        "shows": tables.SHOWS,
        "agents": batch_agents(request.actor, recording_batch_id),
        "query": f"?{query}" if query else "",
        "after": after,
        "key": str(recording_batch_id),
        "may_send": request.actor.may(SEND),
        "may_keep": request.actor.may(KEEP),
        "notices": notices_of(request, DONE),
        "trail": (HOME, Crumb(shown.line.title)),
    }
    status = 422 if form.is_bound else 200
    return render(request, "console/recordings_batch.html", values, status=status)


def _likely(request: PageRequest, recording_batch_id: int) -> dict[str, Any]:
    """Return what a batch is likely wanted to be heard as: read, where somebody reads."""
    shown = recording_batch(request.actor, recording_batch_id)
    return {"wants": "words" if shown.reader else "voices"}


def _about(request: PageRequest, shown: RecordingBatchShown) -> list[Fact]:
    zone = request.person.time_zone
    names = who((shown.line.sent_by, shown.started_by), request)
    line = f"{instant(shown.line.sent_at, zone)} {names.get(shown.line.sent_by, '')}"
    facts = [
        Fact(mark("Sent in"), line.strip()),
        Fact(mark("Hotline"), hotline(shown.hotline, actor=request.actor).name),
        Fact(mark("Who speaks where"), translated(CHANNEL_NAMES[shown.channels])),
    ]
    if shown.place:
        facts.append(Fact(mark("Folder"), shown.place))
    if shown.started_at and shown.wants:
        started = f"{instant(shown.started_at, zone)} {names.get(shown.started_by, '')}"
        facts += [
            Fact(mark("Started"), started.strip()),
            Fact(mark("What is heard"), translated(WANTS_NAMES[shown.wants])),
            Fact(mark("How soon"), translated(PRIORITY_NAMES[shown.priority])),
        ]
        if hours := tables.hours_text(shown):
            facts.append(Fact(mark("Only between"), hours))
    if shown.finished_at and shown.line.state is BatchState.DONE:
        facts.append(Fact(mark("Ended"), instant(shown.finished_at, zone)))
    return facts


def _send_form(request: PageRequest, data: Any = None, files: Any = None) -> SendRecordingsForm:
    person = request.person
    may = request.actor.may(READ_STANDARDS)
    known = versions(request.actor, person.organisation_id, on=today_of(person)) if may else ()
    return SendRecordingsForm(hotlines(request.actor), known, open_folders(), data, files)


def _received(request: PageRequest, given: dict[str, Any]) -> int:
    sent = SentRecordings(
        hotline=int(given["hotline"]),
        uploads=given["uploads"],
        place=given.get("place", ""),
        channels=given["channels"],
        version_id=int(given["standard"]) if given["standard"] else None,
        sent_as=str(given["sent_as"] or ""),
    )
    return receive_recordings(sent, actor=request.actor, at=timezone.now())


def _send_page(request: PageRequest, form: SendRecordingsForm) -> HttpResponse:
    values = {
        "form": form,
        "limit": size(settings.CONFIGURATION.upload_limit),
        "missing": tables.missing(),
        "has_hotline": bool(form.fields["hotline"].choices),  # type: ignore[attr-defined] # a choice
        "trail": (HOME, Crumb(mark("Send recordings in"))),
    }
    status = 422 if form.is_bound else 200
    return render(request, "console/recordings_new.html", values, status=status)


def _refuse_size(request: PageRequest, limit: int) -> HttpResponse:
    form = _send_form(request, {}, {})
    form.full_clean()
    form.errors.clear()
    too_large = mark("The files are larger than {size} together: send them in parts.")
    form.add_error("uploads", translated(too_large, size=size(limit)))
    return _send_page(request, form)


def _question(
    request: PageRequest, shown: RecordingBatchShown, values: dict[str, Any]
) -> HttpResponse:
    address = reverse("console:recording-batch", args=(shown.line.id,))
    trail = (HOME, Crumb(shown.line.title, address), Crumb(values["question"]))
    return render(request, "console/question.html", {**values, "back": address, "trail": trail})


def _to_batch(recording_batch_id: int, done: str) -> HttpResponse:
    address = reverse("console:recording-batch", args=(recording_batch_id,))
    return HttpResponseRedirect(f"{address}?done={done}")


urlpatterns = [
    path("recordings/", recordings, name="recordings"),
    path("recordings/new", guarded_send, name="send-recordings"),
    path("recordings/<int:recording_batch_id>/", batch, name="recording-batch"),
    path("recordings/<int:recording_batch_id>/start", start, name="start-recordings"),
    path("recordings/<int:recording_batch_id>/stop", stop, name="stop-recordings"),
    path("recordings/<int:recording_batch_id>/go-on", go_on, name="continue-recordings"),
    path("recordings/<int:recording_batch_id>/delete", delete, name="delete-recordings"),
    path("recordings/<int:recording_batch_id>/calls.csv", table, name="recordings-table"),
]
