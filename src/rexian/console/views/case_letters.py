"""Letters of outside bodies: take a list of them, see how they stand, send the answers back."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rexian.cases.domain.details import OUTSIDE_BODIES
from rexian.cases.domain.letters import COLUMN_TITLES, LetterRow
from rexian.cases.domain.rights import EXPORT, TAKE
from rexian.cases.queries.letters import (
    COLUMNS,
    Asked,
    answer_row,
    answers,
    answers_workbook,
    letters_of,
)
from rexian.cases.services.letters import (
    LetterPlan,
    letter_template,
    plan_letters,
    read_letter_list,
    take_letters,
)
from rexian.console.case_letters import LettersForm, letter_lines
from rexian.console.cases import BODIES
from rexian.contacts.queries import hotlines
from rexian.kernel.errors import RexianError
from rexian.kernel.language import mark
from rexian.look.environment import current_language, quoted, translated
from rexian.look.instants import local_text
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Column, Crumb, Notice, Tab, Tone
from rexian.look.streaming import XLSX, send_written
from rexian.org.domain.refusals import Changed

_SALT = "rexian.console.letters"
_LASTS = timedelta(hours=1)
_MOST_PRINTED = 500
_WEEK = timedelta(days=7)
LETTERS = (
    Column(title=mark("Their number")),
    Column(title=mark("Case")),
    Column(title=mark("State")),
    Column(title=mark("With the unit")),
    Column(title=mark("To be answered by")),
    Column(title=mark("Received at")),
)
PLAN = (
    Column(title=mark("Row"), numeric=True),
    Column(title=mark("Their number")),
    Column(title=mark("Matter")),
    Column(title=mark("To be answered by")),
    Column(title=mark("What becomes of it")),
)
FAULTS = (
    Column(title=mark("Row"), numeric=True),
    Column(title=mark("Column")),
    Column(title=mark("What is wrong")),
)


@never_cache
@with_right(TAKE)
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: PageRequest) -> HttpResponse:
    """Show the letters of a body, or what a list that is uploaded would come to."""
    form = LettersForm(request.POST or None, request.FILES or None, hotlines=_hotlines(request))
    if not form.is_bound:
        return _page(request, form)
    if form.is_valid():
        try:
            content = form.cleaned_data["list"].read(settings.CONFIGURATION.upload_limit)
            return _plan_page(request, form, read_letter_list(content))
        except RexianError as error:
            form.add_error("list", quoted(error))
    return _page(request, form, status=422)


@never_cache
@with_right(TAKE)
@require_POST
def take(request: PageRequest) -> HttpResponse:
    """Take the letters that the page before has shown; where anything has changed, none."""
    try:
        sealed = signing.loads(request.POST.get("letters", ""), salt=_SALT, max_age=_LASTS)
    except signing.BadSignature:
        raise Changed from None
    if sealed["person"] != request.person.id:
        raise Changed
    rows = [LetterRow(number, cells) for number, cells in sealed["rows"]]
    taken = take_letters(
        sealed["hotline"],
        body=sealed["body"],
        rows=rows,
        actor=request.actor,
        at=timezone.now(),
    )
    new = sum(one.is_new for one in taken)
    query = f"?body={sealed['body']}&taken={new}&known={len(taken) - new}"
    return HttpResponseRedirect(reverse("console:letters") + query)


@with_right(TAKE)
@require_safe
def template(request: PageRequest) -> HttpResponse:  # noqa: ARG001 - the form of a view
    """Return the workbook that one fills in where a body sends none."""
    answer = HttpResponse(letter_template(current_language()), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="letters.xlsx"'
    return answer


@with_right(EXPORT)
@require_safe
def answered(request: PageRequest) -> HttpResponse:
    """Show the answers to a body for printing."""
    asked = _asked(request)
    language, zone = current_language(), request.person.time_zone
    found = list(islice(answers(asked, actor=request.actor), _MOST_PRINTED + 1))
    values = {
        "trail": (*_trail(), Crumb(mark("Answers"))),
        "body": BODIES[asked.body],
        "titles": COLUMNS,
        "rows": [answer_row(one, language, zone) for one in found[:_MOST_PRINTED]],
        "is_cut": len(found) > _MOST_PRINTED,
        **_days(request),
        "printed_at": local_text(timezone.now(), zone),
    }
    return render(request, "console/letter_answers.html", values)


@with_right(EXPORT)
@require_safe
def answers_file(request: PageRequest) -> HttpResponseBase:
    """Send the answers to a body as the workbook that it takes back."""
    asked, zone = _asked(request), request.person.time_zone
    language, actor = current_language(), request.actor
    return send_written(
        request,
        lambda file: answers_workbook(asked, file, actor=actor, language=language, zone=zone),
        name=f"answers-{asked.body}.xlsx",
    )


def _plan_page(request: PageRequest, form: LettersForm, rows: list[LetterRow]) -> HttpResponse:
    hotline, body = form.cleaned_data["hotline"], form.cleaned_data["body"]
    plan = plan_letters(hotline, body=body, rows=rows, actor=request.actor, at=timezone.now())
    sealed = {
        "person": request.person.id,
        "hotline": hotline,
        "body": body,
        "rows": [(one.row, dict(one.cells)) for one in rows],
    }
    language = current_language()
    values = {
        "plan": plan,
        "plan_columns": PLAN,
        "plan_lines": _plan_lines(plan, request),
        "fault_columns": FAULTS,
        "faults": [
            (one.row, translated(COLUMN_TITLES[one.field]), one.sentence(language))
            for one in plan.faults
        ],
        "sealed": signing.dumps(sealed, salt=_SALT, compress=True) if not plan.faults else "",
        "file_name": form.cleaned_data["list"].name,
    }
    return _page(request, form, status=422 if plan.faults else 200, values=values)


def _plan_lines(plan: LetterPlan, request: PageRequest) -> list[tuple[int, str, str, str, str]]:
    zone = request.person.time_zone
    return [
        (
            row,
            one.number,
            one.title or one.matter[:60],
            local_text(one.answer_by, zone) if one.answer_by else "",
            translated(mark("is case {number} already"), number=plan.known[one.number])
            if one.number in plan.known
            else translated(mark("a new case")),
        )
        for row, one in plan.letters
    ]


def _page(
    request: PageRequest,
    form: LettersForm,
    *,
    status: int = 200,
    values: dict[str, Any] | None = None,
) -> HttpResponse:
    body = _body(request)
    shown = letters_of(body, actor=request.actor)
    page = {
        "trail": _trail(),
        "form": form,
        "tabs": [
            Tab(name, f"{reverse('console:letters')}?body={code}", code == body)
            for code, name in BODIES.items()
        ],
        "body": body,
        "columns": LETTERS,
        "lines": letter_lines(shown, request, timezone.now()),
        "notices": _notices(request),
        "may_export": request.actor.may(EXPORT),
        "plan": None,
        **_days(request),
    }
    return render(request, "console/letters.html", {**page, **(values or {})}, status=status)


def _notices(request: PageRequest) -> tuple[Notice, ...]:
    taken, known = request.GET.get("taken", ""), request.GET.get("known", "")
    if not (taken.isascii() and taken.isdigit() and known.isascii() and known.isdigit()):
        return ()
    told = translated(
        mark("{new} cases were taken; {known} letters were cases already."), new=taken, known=known
    )
    return (Notice(told, Tone.GOOD),)


def _trail() -> tuple[Crumb, ...]:
    return (
        Crumb(mark("Cases"), reverse("console:cases")),
        Crumb(mark("Letters of outside bodies"), reverse("console:letters")),
    )


def _hotlines(request: PageRequest) -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in hotlines(request.actor)]


def _body(request: PageRequest) -> str:
    asked = request.GET.get("body", "") or request.POST.get("body", "")
    return asked if asked in OUTSIDE_BODIES else OUTSIDE_BODIES[0]


def _days(request: PageRequest) -> dict[str, Any]:
    """Return the days that answers are asked for, the last week where the address names none."""
    zone = ZoneInfo(request.person.time_zone)
    today = timezone.now().astimezone(zone).date()
    until = _day(request.GET.get("until", ""), today)
    return {"since": min(_day(request.GET.get("since", ""), until - _WEEK), until), "until": until}


def _day(text: str, otherwise: date) -> date:
    try:
        found = parse_date(text)
    except ValueError:
        return otherwise
    return found if found and 1900 <= found.year <= 2999 else otherwise


def _asked(request: PageRequest) -> Asked:
    days, zone = _days(request), ZoneInfo(request.person.time_zone)
    begins = datetime.combine(days["since"], time(), zone)
    ends = datetime.combine(days["until"] + timedelta(days=1), time(), zone)
    return Asked(body=_body(request), begins_at=begins, ends_at=ends)


urlpatterns = [
    path("cases/letters/", letters, name="letters"),
    path("cases/letters/take", take, name="letters-take"),
    path("cases/letters/template", template, name="letters-template"),
    path("cases/letters/answers", answered, name="letter-answers"),
    path("cases/letters/answers.xlsx", answers_file, name="letter-answers-file"),
]
