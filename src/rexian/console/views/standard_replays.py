"""Replays: what a draft, or another version, would have said of a period."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rexian.console import replay_tables as tables
from rexian.console.replay_files import csv_lines, write_xlsx
from rexian.console.replay_forms import ReplayForm
from rexian.console.standard_periods import last_month
from rexian.console.telling import today_of
from rexian.dialogue.domain.rights import INSPECT
from rexian.dialogue.queries.replays import all_replayed, replay, replayed_page, replays
from rexian.dialogue.services.replaying import Span, cancel_replay, replay_draft, replay_version
from rexian.journal.queries import newest_id
from rexian.kernel.errors import NotFound, RexianError
from rexian.kernel.language import mark
from rexian.look.environment import current_language, quoted
from rexian.look.notices import notices_of
from rexian.look.pagination import page_of
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Crumb
from rexian.look.streaming import CSV, send_lines, send_written
from rexian.standard.queries.drafts import draft
from rexian.standard.queries.published import standards_in_force, version

PAGE = 20
DONE = {"stopped": mark("The replay is stopped. What was compared stays.")}
FORMS = ("xlsx", "csv")
HOME = Crumb(mark("Standards"), "/standards/")
LIST = Crumb(mark("Replays"), "/standards/replays/")


@require_safe
@with_right(INSPECT)
def replay_list(request: PageRequest) -> HttpResponse:
    """List the latest replays of the organisation."""
    found = replays(request.person.organisation_id, limit=50, actor=request.actor)
    values = {
        "columns": tables.LIST,
        "lines": [tables.replay_line(one, request) for one in found],
        "trail": (HOME, Crumb(mark("Replays"))),
    }
    return render(request, "console/standard_replays.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
@with_right(INSPECT)
def new_replay(request: PageRequest) -> HttpResponse:
    """Ask for the days to replay, and begin."""
    tried = _Tried(request)
    if request.method != "POST":
        since, until = last_month(today_of(request.person))
        start = {"since": since, "until": until, "judged_by": tried.name}
        return _new_page(request, tried, ReplayForm(tried.offered, initial=start))
    form = ReplayForm(tried.offered, request.POST)
    if form.is_valid():
        try:
            made = tried.begin(**form.cleaned_data)
        except RexianError as error:
            if error.status not in (409, 422):
                raise
            form.add_error(None, quoted(error))
        else:
            return HttpResponseRedirect(reverse("console:replay", args=(made,)))
    return _new_page(request, tried, form)


@require_safe
@with_right(INSPECT)
def replay_page(request: PageRequest, replay_id: int) -> HttpResponse:
    """Show what changes by clause, and the conversations whose score moves most."""
    after = newest_id()
    shown = replay(replay_id, actor=request.actor)
    clause, language = request.GET.get("clause", "")[:40], current_language()
    _, total = replayed_page(replay_id, clause=clause, offset=0, size=0, actor=request.actor)
    page = page_of(
        request.GET.get("page"), size=PAGE, total=total, query=request.META["QUERY_STRING"]
    )
    found, _ = replayed_page(
        replay_id, clause=clause, offset=page.offset, size=PAGE, actor=request.actor
    )
    values = {
        **tables.progress_of(shown),
        "line": tables.replay_line(shown, request),
        "about": tables.about(shown, request),
        "clause": clause,
        "clauses": list(tables.clauses_of(shown)),
        "conversations": [tables.conversation_line(one, language) for one in found],
        "page": page,
        "forms": FORMS,
        "after": after,
        "key": str(replay_id),
        "notices": notices_of(request, DONE),
        "trail": (HOME, LIST, Crumb(tables.days_of(shown))),
    }
    return render(request, "console/standard_replay.html", values)


@require_POST
@with_right(INSPECT)
def stop(request: PageRequest, replay_id: int) -> HttpResponse:
    """Stop a replay."""
    cancel_replay(replay_id, actor=request.actor, at=timezone.now())
    return HttpResponseRedirect(f"{reverse('console:replay', args=(replay_id,))}?done=stopped")


@require_safe
@with_right(INSPECT)
def changes_file(request: PageRequest, replay_id: int, form: str) -> HttpResponseBase:
    """Send every change that is kept, as a workbook or as CSV."""
    if form not in FORMS:
        raise NotFound(mark("There is nothing under {code}."), code=form[:20])
    shown, language = replay(replay_id, actor=request.actor), current_language()
    found, name = all_replayed(replay_id, actor=request.actor), f"replay-{replay_id}.{form}"
    if form == "csv":
        return send_lines(request, csv_lines(found, language=language), name=name, kind=CSV)
    return send_written(
        request, lambda file: write_xlsx(shown, found, file, language=language), name=name
    )


class _Tried:
    """What an address wants tried: a draft or a version, and what it can be tried on."""

    def __init__(self, request: PageRequest) -> None:
        self._request = request
        asked = request.POST if request.method == "POST" else request.GET
        self.draft, self.version = _number(asked.get("draft")), _number(asked.get("version"))
        actor, today = request.actor, today_of(request.person)
        if self.draft is not None:
            line = draft(self.draft, actor=actor).line
            self.name, self.title, self.number = line.name, line.title, line.number
        elif self.version is not None:
            known = version(actor, self.version, on=today)
            self.name, self.title, self.number = known.name, known.title, known.number
        else:
            raise NotFound(mark("There is nothing under {code}."), code="replay")
        ruling = standards_in_force(request.person.organisation_id, today)
        self.offered = {name: one.title for name, one in ruling.items()}
        self.offered.setdefault(self.name, self.title)

    def begin(self, *, since: date, until: date, judged_by: str) -> int:
        """Begin the replay, and return its id."""
        actor, at = self._request.actor, timezone.now()
        span = Span(since, until, today_of(self._request.person))
        if self.draft is not None:
            return replay_draft(self.draft, span=span, judged_by=judged_by, actor=actor, at=at)
        return replay_version(self.version or 0, span=span, judged_by=judged_by, actor=actor, at=at)


def _new_page(request: PageRequest, tried: _Tried, form: ReplayForm) -> HttpResponse:
    found = replays(
        request.person.organisation_id,
        draft=tried.draft,
        version=tried.version,
        actor=request.actor,
    )
    values: dict[str, Any] = {
        "form": form,
        "tried": tried,
        "title_of": tables.title_of,
        "columns": tables.LIST,
        "lines": [tables.replay_line(one, request) for one in found],
        "trail": (HOME, LIST, Crumb(mark("Replay conversations"))),
    }
    status = 422 if form.is_bound else 200
    return render(request, "console/standard_replay_new.html", values, status=status)


def _number(asked: Any) -> int | None:
    is_number = isinstance(asked, str) and asked.isascii() and asked.isdigit() and len(asked) < 16
    return int(asked) if is_number else None


urlpatterns = [
    path("standards/replays/", replay_list, name="replays"),
    path("standards/replays/new", new_replay, name="new-replay"),
    path("standards/replays/<int:replay_id>/", replay_page, name="replay"),
    path("standards/replays/<int:replay_id>/stop", stop, name="stop-replay"),
    path("standards/replays/<int:replay_id>/changes.<str:form>", changes_file, name="replay-file"),
]
