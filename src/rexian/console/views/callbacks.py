"""Callbacks for supervisors: fair shares, the forecast, the dissatisfied, what was heard."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from rexian.callbacks.queries import open_case_calls
from rexian.callbacks.services import answer_word, give_case_call
from rexian.cases.domain.rights import CALL, EXPORT, HANDLE, SUPERVISE
from rexian.console import callback_tables as tables
from rexian.kernel.errors import NotFound, RexianError
from rexian.kernel.language import mark
from rexian.look.environment import current_language, quoted, translated
from rexian.look.notices import notices_of
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Notice, Tab, Tone
from rexian.look.streaming import send_written
from rexian.reports.casework.months import read_month
from rexian.reports.casework.xlsx import write_dissatisfied, write_words

TOLD = {
    "given": mark("The call is given to somebody else."),
    "answered": mark("Noted what became of it."),
}
MOST = 50


@require_safe
@with_right(HANDLE)
def shares(request: PageRequest) -> HttpResponse:
    """Show who has how many calls, what the month comes to, and the calls to give.

    Whoever handles cases and supervises nobody is shown what customers said of their work.
    """
    if not request.actor.may(SUPERVISE):
        return _heard(request, told=notices_of(request, TOLD))
    return _shares(request, told=())


@require_POST
@with_right(SUPERVISE)
def give(request: PageRequest, call_id: int) -> HttpResponse:
    """Give a call to somebody else."""
    person = request.POST.get("person", "")
    try:
        give_case_call(
            call_id,
            person=int(person) if person.isascii() and person.isdigit() else 0,
            actor=request.actor,
            at=timezone.now(),
        )
    except NotFound:
        raise
    except RexianError as refused:
        told = (Notice(quoted(refused), Tone.CAUTION),)
        return _shares(request, told=told, status=refused.status)
    return HttpResponseRedirect(f"{reverse('console:callbacks')}?done=given")


@require_safe
@with_right(SUPERVISE)
def dissatisfied(request: PageRequest) -> HttpResponse:
    """Show whoever was not content in a month (GH-4.10)."""
    at, zone = timezone.now(), ZoneInfo(request.person.time_zone)
    first = read_month(request.GET.get("month", ""), at=at, zone=zone)
    earlier, later = tables.month_links(
        first, reverse("console:callbacks-dissatisfied"), at=at, zone=zone
    )
    values = {
        "first": first,
        "month": f"{first:%Y-%m}",
        "earlier": earlier,
        "later": later,
        "columns": tables.UNHAPPY,
        "lines": tables.unhappy_lines(request, tables.unhappy_in(request, first)),
        "may_export": request.actor.may(EXPORT),
        "tabs": _tabs(request, "dissatisfied"),
    }
    return render(request, "console/callbacks_dissatisfied.html", values)


@require_safe
@with_right(EXPORT)
def dissatisfied_file(request: PageRequest) -> HttpResponseBase:
    """Send the same table as a workbook, numbers masked as on the page."""
    zone = ZoneInfo(request.person.time_zone)
    first = read_month(request.GET.get("month", ""), at=timezone.now(), zone=zone)
    found = tables.unhappy_in(request, first)
    title = translated(mark("Dissatisfied callbacks {month}"), month=f"{first:%Y-%m}")
    return send_written(
        request,
        lambda file: write_dissatisfied(
            found,
            file,
            whole_numbers=lambda one: tables.may_identify(one, request.actor),
            language=current_language(),
            zone=zone,
            title=title,
        ),
        name=f"dissatisfied-{first:%Y-%m}.xlsx",
    )


@require_safe
@with_right(HANDLE)
def heard(request: PageRequest) -> HttpResponse:
    """Show what was heard in a week, to whom it is about and to whoever heard it (GH-4.7)."""
    return _heard(request, told=notices_of(request, TOLD))


@require_POST
@with_right(HANDLE)
def answer(request: PageRequest, word_id: int) -> HttpResponse:
    """Say what became of something that was heard."""
    text = request.POST.get("text", "")
    try:
        answer_word(word_id, text=text, actor=request.actor, at=timezone.now())
    except NotFound:
        raise
    except RexianError as refused:
        told = (Notice(quoted(refused), Tone.CAUTION),)
        return _heard(request, told=told, status=refused.status)
    week = request.POST.get("week", "")[:10]
    return HttpResponseRedirect(f"{reverse('console:callbacks-heard')}?week={week}&done=answered")


@require_safe
@with_right(HANDLE)
def heard_file(request: PageRequest) -> HttpResponseBase:
    """Send the week as a workbook, a sheet a department."""
    zone = ZoneInfo(request.person.time_zone)
    monday = tables.week_of(request.GET.get("week", ""), at=timezone.now(), zone=zone)
    found = tables.heard_in(request, monday)
    title = translated(mark("Words heard in callbacks, week of {day}"), day=monday.isoformat())
    return send_written(
        request,
        lambda file: write_words(found, file, language=current_language(), zone=zone, title=title),
        name=f"heard-{monday}.xlsx",
    )


def _shares(request: PageRequest, *, told: tuple[Notice, ...], status: int = 200) -> HttpResponse:
    at = timezone.now()
    home = tables.home_of(request, request.GET.get("unit", ""))
    house = tables.house_of(home, request, at)
    values = {
        "house": house,
        "tiles": tables.tiles_of(house),
        "columns": tables.SHARES,
        "call_columns": tables.CALLS,
        "calls": tables.call_lines(request, open_case_calls(request.actor, limit=MOST)),
        "may_call": request.actor.may(CALL),
        "tabs": _tabs(request, "shares"),
        "notices": told or notices_of(request, TOLD),
    }
    return render(request, "console/callbacks.html", values, status=status)


def _heard(request: PageRequest, *, told: tuple[Notice, ...], status: int = 200) -> HttpResponse:
    at, zone = timezone.now(), ZoneInfo(request.person.time_zone)
    monday = tables.week_of(request.GET.get("week", ""), at=at, zone=zone)
    current = tables.week_of("", at=at, zone=zone)
    address = reverse("console:callbacks-heard")
    values = {
        "monday": monday,
        "earlier": f"{address}?week={monday - tables.WEEK}",
        "later": f"{address}?week={monday + tables.WEEK}" if monday < current else "",
        "columns": tables.HEARD,
        "lines": tables.heard_lines(request, tables.heard_in(request, monday)),
        "tabs": _tabs(request, "heard"),
        "notices": told,
    }
    return render(request, "console/callbacks_heard.html", values, status=status)


def _tabs(request: PageRequest, current: str) -> list[Tab]:
    heard_tab = Tab(
        mark("Words heard"), reverse("console:callbacks-heard"), current=current == "heard"
    )
    if not request.actor.may(SUPERVISE):
        return [heard_tab]
    return [
        Tab(mark("Shares and forecast"), reverse("console:callbacks"), current=current == "shares"),
        Tab(
            mark("Dissatisfied"),
            reverse("console:callbacks-dissatisfied"),
            current=current == "dissatisfied",
        ),
        heard_tab,
    ]


urlpatterns = [
    path("callbacks/", shares, name="callbacks"),
    path("callbacks/<int:call_id>/give", give, name="give-callback"),
    path("callbacks/dissatisfied/", dissatisfied, name="callbacks-dissatisfied"),
    path("callbacks/dissatisfied.xlsx", dissatisfied_file, name="callbacks-dissatisfied-file"),
    path("callbacks/heard/", heard, name="callbacks-heard"),
    path("callbacks/heard.xlsx", heard_file, name="callbacks-heard-file"),
    path("callbacks/words/<int:word_id>/answer", answer, name="answer-word"),
]
