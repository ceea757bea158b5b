"""Samples: draw contacts, listen to them blind, and see how far machine and inspectors agree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rexian.console import sample_tables as tables
from rexian.console.blind import blind_part
from rexian.console.sample_files import csv_lines, write_xlsx
from rexian.console.sample_forms import SAID_WORDS, SampleForm, given_in
from rexian.console.standard_periods import last_month
from rexian.console.telling import today_of
from rexian.dialogue.queries.sampling import judging_version, standards_found
from rexian.kernel.errors import NotFound, RexianError
from rexian.kernel.language import mark, text_in
from rexian.look.environment import current_language, quoted
from rexian.look.notices import notices_of
from rexian.look.pagination import page_of
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Crumb
from rexian.look.streaming import CSV, send_lines, send_written
from rexian.quality.domain.agreement import overall
from rexian.quality.domain.rights import ANSWER, SAMPLE
from rexian.quality.domain.sampling import Method
from rexian.quality.queries.samples import (
    SampledShown,
    SampleShown,
    agreement_on,
    sample,
    sampled,
    sampled_contacts,
    samples_page,
)
from rexian.quality.services.answering import answer_contact, give_back, keep_answers, take_next
from rexian.quality.services.drawing import Plan, close_sample, draw_sample
from rexian.speech.domain.opening import Why
from rexian.speech.domain.recordings import RecordingState
from rexian.speech.queries import recordings_of
from rexian.speech.services.opening import grant_listening
from rexian.standard.domain.standards import Standard
from rexian.standard.queries.published import load_version, standards_in_force

PAGE = 20
USUAL_SIZE = 30
USUAL_TRUST = 0.6
FORMS = ("xlsx", "csv")
DONE = {
    "through": mark("Nothing is left in this sample that you could listen to."),
    "kept": mark("Your answers so far are kept."),
    "back": mark("The contact is left to others."),
    "closed": mark("The sample is closed."),
}
HOME = Crumb(mark("Samples"), "/samples/")


@require_safe
@with_right(ANSWER)
def samples(request: PageRequest) -> HttpResponse:
    """List the samples of the organisation, the latest first."""
    organisation, actor = request.person.organisation_id, request.actor
    _, total = samples_page(organisation, offset=0, size=0, actor=actor)
    page = page_of(
        request.GET.get("page"), size=PAGE, total=total, query=request.META["QUERY_STRING"]
    )
    found, _ = samples_page(organisation, offset=page.offset, size=PAGE, actor=actor)
    values = {
        "columns": tables.LIST,
        "lines": [tables.sample_line(one, request) for one in found],
        "page": page,
        "may_draw": actor.may(SAMPLE),
    }
    return render(request, "console/samples.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
@with_right(SAMPLE)
def new_sample(request: PageRequest) -> HttpResponse:
    """Ask what to draw, and draw it."""
    standards = _standards(request)
    if request.method != "POST":
        return _new_page(request, SampleForm(standards, initial=_usual(request, standards)))
    form = SampleForm(standards, request.POST)
    if form.is_valid():
        try:
            made = _drawn(request, form.cleaned_data)
        except RexianError as error:
            if error.status != 422:
                raise
            form.add_error(None, quoted(error))
        else:
            return HttpResponseRedirect(reverse("console:sample", args=(made,)))
    return _new_page(request, form)


@require_safe
@with_right(ANSWER)
def sample_page(request: PageRequest, sample_id: int) -> HttpResponse:
    """Show how far a sample is, and how far machine and inspectors agree by clause."""
    shown = sample(sample_id, actor=request.actor)
    sees = request.actor.may(SAMPLE)
    answered = sampled_contacts(sample_id, actor=request.actor) if sees else ()
    lines, total = _agreement(request, shown) if sees else ([], None)
    values = {
        "sample": shown,
        "line": tables.sample_line(shown, request),
        "columns": tables.AGREEMENT,
        "lines": lines,
        "total": total,
        "answered": [(one, tables.faults_of(one), tables.differing(one)) for one in answered],
        "is_of_chance": shown.method is not Method.RISK,
        "sees": sees,
        "forms": FORMS,
        "notices": notices_of(request, DONE),
        "trail": (HOME, Crumb(shown.title)),
    }
    return render(request, "console/sample.html", values)


@require_POST
@with_right(ANSWER)
def listen(request: PageRequest, sample_id: int) -> HttpResponse:
    """Go to the contact to listen to now."""
    contact = take_next(sample_id, actor=request.actor, at=timezone.now())
    if contact is None:
        return _to_sample(sample_id, "through")
    address = reverse("console:sampled", args=(sample_id, contact))
    return HttpResponseRedirect(f"{address}{_leave_to_listen(request, contact)}")


@require_http_methods(["GET", "HEAD", "POST"])
@with_right(ANSWER)
def sampled_page(request: PageRequest, sample_id: int, contact_id: int) -> HttpResponse:
    """Ask what a contact is, clause by clause; answered, show what the machine says beside it."""
    shown = sample(sample_id, actor=request.actor)
    one = sampled(sample_id, contact_id, actor=request.actor)
    if one.answered_at is not None:
        return _compared_page(request, shown, one)
    if request.method != "POST":
        return _asking_page(request, shown, one)
    try:
        return _answered(request, shown, contact_id)
    except RexianError as error:
        if error.status not in (409, 422):
            raise
        return _asking_page(request, shown, one, failed=error)


@require_POST
@with_right(ANSWER)
def leave(request: PageRequest, sample_id: int, contact_id: int) -> HttpResponse:
    """Leave a contact to others."""
    give_back(sample_id, contact_id, actor=request.actor, at=timezone.now())
    return _to_sample(sample_id, "back")


@require_POST
@with_right(SAMPLE)
def close(request: PageRequest, sample_id: int) -> HttpResponse:
    """Close a sample."""
    close_sample(sample_id, actor=request.actor, at=timezone.now())
    return _to_sample(sample_id, "closed")


@require_safe
@with_right(SAMPLE)
def agreement_file(request: PageRequest, sample_id: int, form: str) -> HttpResponseBase:
    """Send the agreement by clause as a workbook or as CSV."""
    if form not in FORMS:
        raise NotFound(mark("There is nothing under {code}."), code=form[:20])
    lines, _ = _agreement(request, sample(sample_id, actor=request.actor))
    name = f"agreement-{sample_id}.{form}"
    if form == "csv":
        return send_lines(request, csv_lines(lines), name=name, kind=CSV)
    return send_written(request, lambda file: write_xlsx(lines, file), name=name)


def _agreement(
    request: PageRequest, shown: SampleShown
) -> tuple[list[tables.AgreementLine], tables.AgreementLine | None]:
    each = agreement_on(shown.id, actor=request.actor)
    standard = _in_force(request, shown)
    lines = [tables.agreement_line(one, standard, shown.trusted_from) for one in each]
    total = tables.agreement_line(overall(each), None, shown.trusted_from) if each else None
    return lines, total


def _leave_to_listen(request: PageRequest, contact: int) -> str:
    """Return what lets the page of a contact play its recording, where there is one to be heard."""
    for one in recordings_of(contact, actor=request.actor):
        if one.may_listen and one.state is RecordingState.HEARD:
            grant = grant_listening(
                one.id, reason=Why.REVIEW.value, actor=request.actor, at=timezone.now()
            )
            return f"?listening={grant.id}"
    return ""


def _answered(request: PageRequest, shown: SampleShown, contact_id: int) -> HttpResponse:
    given = given_in(request.POST, shown.clauses)
    if request.POST.get("go") == "later":
        keep_answers(shown.id, contact_id, answers=given, actor=request.actor)
        return _to_sample(shown.id, "kept")
    answer_contact(shown.id, contact_id, answers=given, actor=request.actor, at=timezone.now())
    return HttpResponseRedirect(reverse("console:sampled", args=(shown.id, contact_id)))


def _asking_page(
    request: PageRequest,
    shown: SampleShown,
    one: SampledShown,
    failed: RexianError | None = None,
) -> HttpResponse:
    lines = tables.asked(shown, one, _standard_of(one))
    values = {
        "sample": shown,
        "sampled": one,
        "asked": lines,
        "given": request.POST if failed else {},
        "failed": quoted(failed) if failed else "",
        "answers": [(said.value, word) for said, word in SAID_WORDS.items()],
        **blind_part(request, one.contact),
        "trail": (HOME, _crumb(shown), Crumb(_title(one))),
    }
    status = failed.status if failed else 200
    return render(request, "console/sampled.html", values, status=status)


def _compared_page(request: PageRequest, shown: SampleShown, one: SampledShown) -> HttpResponse:
    values = {
        "sample": shown,
        "sampled": one,
        "lines": tables.compared(shown, one, _standard_of(one)),
        "trail": (HOME, _crumb(shown), Crumb(_title(one))),
    }
    return render(request, "console/sampled_compared.html", values)


def _new_page(request: PageRequest, form: SampleForm) -> HttpResponse:
    values = {"form": form, "trail": (HOME, Crumb(mark("Draw a sample")))}
    return render(request, "console/sample_new.html", values, status=422 if form.is_bound else 200)


def _standards(request: PageRequest) -> Sequence[tuple[str, str]]:
    """Return the standards that have judged contacts, by name, with what they are called."""
    organisation, language = request.person.organisation_id, current_language()
    titles = {
        name: text_in(one.title, language)
        for name, one in standards_in_force(organisation, today_of(request.person)).items()
    }
    return [(name, titles.get(name, name)) for name in standards_found(organisation)]


def _usual(request: PageRequest, standards: Sequence[tuple[str, str]]) -> dict[str, Any]:
    since, until = last_month(today_of(request.person))
    return {
        "title": f"{since:%Y-%m}",
        "standard": standards[0][0] if standards else "",
        "since": since,
        "until": until,
        "method": Method.RANDOM.value,
        "size": USUAL_SIZE,
        "trusted_from": USUAL_TRUST,
        "seed": f"{today_of(request.person):%Y%m%d}",
        "sent_as": uuid4().hex,
    }


def _drawn(request: PageRequest, given: dict[str, Any]) -> int:
    sent_as = given.pop("sent_as", "")
    since: date = given.pop("since")
    plan = Plan(
        since=since,
        until=given.pop("until"),
        method=Method(given.pop("method")),
        clauses=tuple(dict.fromkeys(given.pop("clauses").split())),
        **given,
    )
    return draw_sample(
        request.person.organisation_id,
        plan,
        sent_as=sent_as,
        actor=request.actor,
        at=timezone.now(),
    )


def _in_force(request: PageRequest, shown: SampleShown) -> Standard | None:
    ruling = standards_in_force(request.person.organisation_id, today_of(request.person))
    line = ruling.get(shown.standard)
    return load_version(line.id) if line else None


def _standard_of(one: SampledShown) -> Standard | None:
    version = judging_version(one.contact)
    return load_version(version) if version is not None else None


def _to_sample(sample_id: int, done: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('console:sample', args=(sample_id,))}?done={done}")


def _crumb(shown: SampleShown) -> Crumb:
    return Crumb(shown.title, reverse("console:sample", args=(shown.id,)))


def _title(one: SampledShown) -> str:
    return f"{one.place}"


urlpatterns = [
    path("samples/", samples, name="samples"),
    path("samples/new", new_sample, name="new-sample"),
    path("samples/<int:sample_id>/", sample_page, name="sample"),
    path("samples/<int:sample_id>/listen", listen, name="listen-to-sample"),
    path("samples/<int:sample_id>/close", close, name="close-sample"),
    path("samples/<int:sample_id>/agreement.<str:form>", agreement_file, name="agreement"),
    path("samples/<int:sample_id>/<int:contact_id>/", sampled_page, name="sampled"),
    path("samples/<int:sample_id>/<int:contact_id>/leave", leave, name="leave-sampled"),
]
