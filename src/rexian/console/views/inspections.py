"""Inspections: conversations sent in together, how far they have come, what was found in them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from rexian.console.downloads import FORMS, report
from rexian.console.filtering import COLUMNS, Asked
from rexian.console.forms import BY_RECORD, SendInForm
from rexian.console.progress import progress_of, tallied_clauses
from rexian.console.telling import DONE, STATES, instant, size, today_of, who
from rexian.dialogue import queries
from rexian.dialogue.domain.rights import INSPECT, READ
from rexian.dialogue.services.batches import cancel_batch, continue_batch, delete_batch
from rexian.dialogue.services.receiving import receive_conversations
from rexian.journal.queries import newest_id
from rexian.kernel.errors import NotFound, RexianError
from rexian.kernel.language import mark, text_in
from rexian.look.environment import current_language, quoted, translated
from rexian.look.notices import notices_of
from rexian.look.pagination import page_of
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Column, Crumb
from rexian.look.sorting import sorting_of
from rexian.reports.inspection.figures import score
from rexian.reports.inspection.problems import Problem, problem_line
from rexian.reports.inspection.words import outcome_word
from rexian.standard.domain.publishing import Standing
from rexian.standard.domain.rights import READ as READ_STANDARDS
from rexian.standard.domain.verdicts import Outcome
from rexian.standard.queries.published import VersionLine, versions

PAGE = 25
SLACK = 1 << 20
LIST_COLUMNS = (
    Column(title=mark("Conversations")),
    Column(title=mark("State")),
    Column(title=mark("Inspected"), numeric=True),
    Column(title=mark("With faults"), numeric=True),
    Column(title=mark("Unreadable"), numeric=True),
    Column(title=mark("Sent in")),
)
HOME = Crumb(mark("Inspections"), "/inspections/")


@require_GET
@with_right(READ)
def inspections(request: PageRequest) -> HttpResponse:
    """List the batches of the organisation, the latest first."""
    person = request.person
    _, total = queries.batch_page(request.actor, person.organisation_id, offset=0, size=0)
    page = page_of(
        request.GET.get("page"), size=PAGE, total=total, query=request.META["QUERY_STRING"]
    )
    lines, _ = queries.batch_page(
        request.actor, person.organisation_id, offset=page.offset, size=PAGE
    )
    names = who((one.uploaded_by for one in lines), request)
    values = {
        "columns": LIST_COLUMNS,
        "rows": [
            (
                one,
                STATES[one.state],
                instant(one.uploaded_at, person.time_zone),
                names.get(one.uploaded_by, ""),
            )
            for one in lines
        ],
        "page": page,
        "may_inspect": request.actor.may(INSPECT),
        "notices": notices_of(request, DONE),
    }
    return render(request, "console/inspections.html", values)


@require_http_methods(["GET", "POST"])
@with_right(INSPECT)
def send_in(request: PageRequest) -> HttpResponse:
    """Take conversations in, and go to where one sees them inspected."""
    offered = _judging(request)
    if request.method != "POST":
        return _send_in_page(request, SendInForm(offered))
    form = SendInForm(offered, request.POST, request.FILES)
    if form.is_valid():
        try:
            batch_id = _received(request, form.cleaned_data)
        except RexianError as error:
            form.add_error(None, quoted(error))
        else:
            return HttpResponseRedirect(reverse("console:inspection", args=(batch_id,)))
    return _send_in_page(request, form)


@csrf_exempt  # the token is asked for below, once the size is known: reading it reads the files
def guarded_send_in(request: HttpRequest) -> HttpResponseBase:
    """Look at the size of what is sent before any of it is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    limit = settings.CONFIGURATION.upload_limit
    if length.isdigit() and int(length) > limit + SLACK and _may_send_in(request):
        return _refuse_size(request, limit)  # type: ignore[arg-type]
    return csrf_protect(send_in)(request)


@require_GET
@with_right(READ)
def inspection(request: PageRequest, batch_id: int) -> HttpResponse:
    """Show a batch: how far it is, what was missed most, and its conversations."""
    after = newest_id()
    batch = queries.batch(request.actor, batch_id)
    asked = Asked.of(request.GET)
    sorting = sorting_of(
        request.GET.get("sort"), COLUMNS, default="position", query=request.META["QUERY_STRING"]
    )
    wanted = asked.wanted(sorting)
    _, total = queries.conversation_page(request.actor, batch_id, wanted=wanted, offset=0, size=0)
    page = page_of(
        request.GET.get("page"), size=PAGE, total=total, query=request.META["QUERY_STRING"]
    )
    lines, _ = queries.conversation_page(
        request.actor, batch_id, wanted=wanted, offset=page.offset, size=PAGE
    )
    values = {
        **progress_of(request.actor, batch_id),
        **_about(request, batch),
        "lines": lines,
        "columns": COLUMNS,
        "sorting": sorting,
        "page": page,
        "asked": asked,
        "query": asked.query(sorting),
        "clauses": tallied_clauses(batch),
        "agents": queries.agents(request.actor, batch_id),
        "outcomes": list(Outcome),
        "outcome_word": _outcome_word,
        "score_of": score,
        "problem_line": _problem_line,
        "problems": queries.problems(request.actor, batch_id),
        "after": after,
        "key": str(batch_id),
        "forms": FORMS,
        "may_inspect": request.actor.may(INSPECT),
        "notices": notices_of(request, DONE),
        "trail": (HOME, Crumb(batch.line.title)),
    }
    return render(request, "console/inspection.html", values)


@require_http_methods(["GET", "POST"])
@with_right(INSPECT)
def cancel(request: PageRequest, batch_id: int) -> HttpResponse:
    """Ask whether to stop an inspection, and stop it."""
    batch = queries.batch(request.actor, batch_id)
    if request.method == "POST":
        cancel_batch(batch_id, actor=request.actor, at=timezone.now())
        return _to_batch(batch_id, "cancelled")
    values = {
        "question": translated(mark("Stop this inspection?")),
        "consequence": translated(mark("What has been inspected stays, and it can go on later.")),
        "yes": translated(mark("Stop the inspection")),
    }
    return _question(request, batch, values)


@require_http_methods(["POST"])
@with_right(INSPECT)
def go_on(request: PageRequest, batch_id: int) -> HttpResponse:
    """Let an inspection that was stopped go on."""
    continue_batch(batch_id, actor=request.actor, at=timezone.now())
    return _to_batch(batch_id, "continued")


@require_http_methods(["GET", "POST"])
@with_right(INSPECT)
def delete(request: PageRequest, batch_id: int) -> HttpResponse:
    """Ask whether to delete an inspection, and delete it."""
    batch = queries.batch(request.actor, batch_id)
    if request.method == "POST":
        delete_batch(batch_id, actor=request.actor, at=timezone.now())
        return HttpResponseRedirect(f"{reverse('console:inspections')}?done=deleted")
    values = {
        "question": translated(mark("Delete this inspection?")),
        "consequence": translated(
            mark("Its {count} conversations and its files go for good; the journal remembers it."),
            count=batch.line.conversations,
        ),
        "yes": translated(mark("Delete for good")),
    }
    return _question(request, batch, values)


@require_GET
@with_right(READ)
def download(request: PageRequest, batch_id: int, form: str) -> HttpResponseBase:
    """Send the report of a batch, or of the conversations that the address asks for."""
    if form not in FORMS:
        raise NotFound(mark("There is nothing under {code}."), code=form)
    batch = queries.batch(request.actor, batch_id)
    wanted = Asked.of(request.GET).wanted()
    return report(request, batch, form, wanted)


def _outcome_word(outcome: Outcome) -> str:
    return outcome_word(outcome, current_language())


def _problem_line(problem: Problem) -> str:
    return problem_line(problem, current_language())


def _judging(request: PageRequest) -> list[VersionLine]:
    """Return the versions to choose from: those in force first, then those that are only tried."""
    if not request.actor.may(READ_STANDARDS):
        return []
    person = request.person
    lines = versions(request.actor, person.organisation_id, on=today_of(person))
    order = [Standing.IN_FORCE, Standing.COMING, Standing.IMPORTED, Standing.EARLIER]
    return sorted(lines, key=lambda one: (order.index(one.standing), one.name == "centre"))


def _received(request: PageRequest, given: dict[str, Any]) -> int:
    chosen = given["standard"]
    return receive_conversations(
        request.person.organisation_id,
        uploads=given["uploads"],
        roles=given["roles"],
        version_id=None if chosen == BY_RECORD else int(chosen),
        today=today_of(request.person),
        sent_as=str(given["sent_as"] or ""),
        actor=request.actor,
        at=timezone.now(),
    )


def _send_in_page(request: PageRequest, form: SendInForm) -> HttpResponse:
    values = {
        "form": form,
        "limit": size(settings.CONFIGURATION.upload_limit),
        "has_standard": bool(form.fields["standard"].choices),  # type: ignore[attr-defined]
        "trail": (HOME, Crumb(mark("Inspect conversations"))),
    }
    return render(request, "console/send_in.html", values, status=422 if form.is_bound else 200)


def _may_send_in(request: HttpRequest) -> bool:
    person = getattr(request, "person", None)
    return person is not None and person.actor.may(INSPECT)


def _refuse_size(request: PageRequest, limit: int) -> HttpResponse:
    form = SendInForm(_judging(request), {}, {})
    form.full_clean()
    form.errors.clear()
    form.add_error(
        "uploads",
        translated(
            mark("The files are larger than {size} together: send them in parts."),
            size=size(limit),
        ),
    )
    return _send_in_page(request, form)


def _about(request: PageRequest, batch: queries.BatchDetail) -> dict[str, Any]:
    zone = request.person.time_zone
    language = current_language()
    names = who([batch.line.uploaded_by], request)
    return {
        "detail": batch,
        "files": [(one.name, size(one.size)) for one in batch.files],
        "versions": [(one, text_in(one.title, language)) for one in batch.versions],
        "uploaded_at": instant(batch.line.uploaded_at, zone),
        "uploaded_by": names.get(batch.line.uploaded_by, ""),
        "finished_at": instant(batch.finished_at, zone),
    }


def _question(
    request: PageRequest, batch: queries.BatchDetail, values: dict[str, Any]
) -> HttpResponse:
    address = reverse("console:inspection", args=(batch.line.id,))
    trail = (HOME, Crumb(batch.line.title, address), Crumb(values["question"]))
    return render(request, "console/question.html", {**values, "back": address, "trail": trail})


def _to_batch(batch_id: int, done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('console:inspection', args=(batch_id,))}?done={done}")


urlpatterns = [
    path("inspections/", inspections, name="inspections"),
    path("inspections/new", guarded_send_in, name="send-in"),
    path("inspections/<int:batch_id>/", inspection, name="inspection"),
    path("inspections/<int:batch_id>/cancel", cancel, name="cancel-inspection"),
    path("inspections/<int:batch_id>/go-on", go_on, name="continue-inspection"),
    path("inspections/<int:batch_id>/delete", delete, name="delete-inspection"),
    path("inspections/<int:batch_id>/report.<str:form>", download, name="inspection-report"),
]
