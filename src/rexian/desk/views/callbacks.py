"""Callbacks: what is to be called, one at a time, with how each call ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from rexian.callbacks.domain.lifecycle import RESULT_NAMES, State, TakenByOther, as_result
from rexian.callbacks.queries import (
    CallbackShown,
    attempts_of,
    callback,
    open_case_call_count,
)
from rexian.callbacks.services import (
    log_attempt,
    release_callback,
    take_callback,
    withdraw_callback,
)
from rexian.cases.domain.rights import CALL
from rexian.contacts.domain.rights import INTERVENE, SERVE
from rexian.contacts.queries import contacts_by_id, own_presence, records_of
from rexian.desk.asking import whole_number
from rexian.desk.book import category_name
from rexian.desk.call_lists import counts_to_call, hotlines_of, lines_of, total_of
from rexian.desk.callbacks import COLUMNS, callback_line, calls_told
from rexian.dialogue.queries.reading import contact_to_read
from rexian.journal.queries import newest_id
from rexian.kernel.errors import NotFound, RexianError
from rexian.kernel.language import mark
from rexian.look.environment import quoted, translated
from rexian.look.instants import local_text
from rexian.look.notices import notices_of
from rexian.look.pagination import page_of
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Crumb, Fact, Notice, Tab, Tone

SIZE = 25
FASTER = mark("{name} was faster and is calling now. Please take another one.")
DONE = {
    "taken": mark("It is yours now: nobody else calls. Say afterwards how the call ended."),
    "released": mark("It is free for others again."),
    State.REACHED.value: mark("Noted: the customer was reached."),
    State.ATTEMPTED.value: mark("Noted. It comes up again for the next call."),
    State.FAILED.value: mark("Noted. The customer is not called again."),
    "withdrawn": mark("The callback is withdrawn."),
    "case-settled": mark("Noted: the customer is content, and the case goes on."),
    "case-again": mark("Noted: the case is worked on once more."),
    "case-review": mark("Noted: a supervisor looks at it."),
    "case-tried": mark("Noted. It comes up again for the next call."),
    "case-number": mark("Noted. The number asks to be corrected."),
    "case-failed": mark("Noted. The customer is not called again."),
}


@with_right(SERVE)
@never_cache
@require_safe
def callbacks(request: PageRequest) -> HttpResponse:
    """List what is to be called, emergencies and what is due first; or all, the latest first."""
    after, at, shown = newest_id(), timezone.now(), request.GET.get("show", "")
    to_call, on_cases = counts_to_call(request)
    total = total_of(request, shown, to_call + on_cases)
    asked = request.GET.urlencode()
    page = page_of(request.GET.get("page"), size=SIZE, total=total, query=asked)
    there = own_presence(request.actor, at=at)
    lines = lines_of(request, shown, offset=page.offset, size=page.size, at=at)
    values = {
        "after": after,
        "columns": COLUMNS,
        "lines": lines,
        "hotlines": hotlines_of(lines) | ({there.hotline} if there else set()),
        "page": page,
        "tabs": _tabs(request, shown, to_call + on_cases),
        "is_all": bool(shown),
        "others": open_case_call_count(request.actor) - on_cases if not shown else 0,
        "notices": notices_of(request, DONE),
        "trail": (Crumb(mark("Desk"), reverse("desk:desk")), Crumb(mark("Callbacks"))),
    }
    return render(request, "desk/callbacks.html", values)


def _tabs(request: PageRequest, shown: str, to_call: int) -> list[Tab]:
    address = reverse("desk:callbacks")
    tabs = [
        Tab(mark("To call"), address, current=not shown, count=to_call),
        Tab(mark("All callbacks"), f"{address}?show=all", current=shown == "all"),
    ]
    if request.actor.may(CALL):
        number, on_cases = mark("Numbers to correct"), mark("All calls on cases")
        tabs.append(Tab(number, f"{address}?show=number", current=shown == "number"))
        tabs.append(Tab(on_cases, f"{address}?show=cases", current=shown == "cases"))
    return tabs


@with_right(SERVE)
@never_cache
@require_safe
def one_callback(request: PageRequest, callback_id: int) -> HttpResponse:
    """Show one callback: whom to call, why, the calls so far, and what may be done."""
    return _page(request, callback_id, notices=notices_of(request, DONE))


def _deed(
    act: Callable[[PageRequest, int, datetime], str], right: str = SERVE
) -> Callable[..., Any]:
    """Return the view of something done with a callback; a refusal is said on its page."""

    @with_right(right)
    @require_POST
    def view(request: PageRequest, callback_id: int) -> HttpResponse:
        try:
            return HttpResponseRedirect(act(request, callback_id, timezone.now()))
        except NotFound:
            raise
        except RexianError as refused:
            callback(callback_id, actor=request.actor)  # what one may not see stays unseen
            told = Notice(_kindly(refused, request, callback_id), Tone.CAUTION)
            return _page(request, callback_id, notices=(told,), status=refused.status)

    return view


def _take(request: PageRequest, callback_id: int, at: datetime) -> str:
    """Take it; from somebody who has it already only where the page has shown who that is."""
    before = callback(callback_id, actor=request.actor)
    is_meant = request.POST.get("over") == str(before.taken_by)
    if before.is_taken_by_other(request.person.id, at=at) and not is_meant:
        raise TakenByOther(mark("Somebody else is calling just now."))
    take_callback(callback_id, actor=request.actor, at=at)
    return f"{reverse('desk:callback', args=(callback_id,))}?done=taken"


def _release(request: PageRequest, callback_id: int, at: datetime) -> str:
    release_callback(callback_id, actor=request.actor, at=at)
    return f"{reverse('desk:callbacks')}?done=released"


def _attempt(request: PageRequest, callback_id: int, at: datetime) -> str:
    state = log_attempt(
        callback_id,
        result=as_result(request.POST.get("result", "")),
        attempt=whole_number(request.POST.get("attempt", "")),
        note=request.POST.get("note", ""),
        actor=request.actor,
        at=at,
    )
    return f"{reverse('desk:callbacks')}?done={state.value}"


def _withdraw(request: PageRequest, callback_id: int, at: datetime) -> str:
    reason = request.POST.get("reason", "")
    withdraw_callback(callback_id, reason=reason, actor=request.actor, at=at)
    return f"{reverse('desk:callbacks')}?done=withdrawn"


def _kindly(refused: RexianError, request: PageRequest, callback_id: int) -> str:
    """Return why not, with the name of whoever was faster."""
    if not isinstance(refused, TakenByOther):
        return quoted(refused)
    who = callback(callback_id, actor=request.actor).taken_by_name
    return translated(FASTER, name=who)


def _page(
    request: PageRequest, callback_id: int, *, notices: tuple[Notice, ...], status: int = 200
) -> HttpResponse:
    shown, at = callback(callback_id, actor=request.actor), timezone.now()
    line = callback_line(shown, request, at=at)
    values = {
        "line": line,
        "facts": _facts(shown, request),
        "calls": calls_told(attempts_of(callback_id), request.person.time_zone),
        "results": [(one.value, name) for one, name in RESULT_NAMES.items()],
        "given": request.POST,
        "may_withdraw": shown.is_open and request.actor.may(INTERVENE),
        "notices": notices,
        "trail": (
            Crumb(mark("Desk"), reverse("desk:desk")),
            Crumb(mark("Callbacks"), reverse("desk:callbacks")),
            Crumb(line.customer),
        ),
    }
    return render(request, "desk/callback.html", values, status=status)


def _facts(shown: CallbackShown, request: PageRequest) -> list[Fact]:
    zone = request.person.time_zone
    began = contacts_by_id([shown.contact])[shown.contact]
    record = records_of([shown.contact]).get(shown.contact)
    category = category_name(began.standard, record.category, request.language) if record else ""
    came = local_text(began.arrived_at, zone)
    found = (
        Fact(mark("Matter"), began.matter),
        Fact(mark("Category"), category),
        Fact(mark("In short"), record.summary if record else ""),
        Fact(mark("Reason"), shown.reason),
        Fact(mark("Clause"), shown.clause),
        Fact(mark("Waits since"), local_text(shown.waiting_since, zone)),
        Fact(mark("Promised for"), local_text(shown.due_at, zone)),
        Fact(mark("Promised by"), shown.promised_by_name),
        Fact(mark("Came from the contact"), came, _contact_address(shown.contact, request)),
        Fact(mark("Hotline"), shown.hotline_name),
        Fact(mark("Withdrawn because"), shown.close_reason),
    )
    return [one for one in found if one.value]


def _contact_address(contact_id: int, request: PageRequest) -> str:
    """Return the page of the contact that it began with, for those who may read it."""
    try:
        contact_to_read(contact_id, actor=request.actor)
    except RexianError:
        return ""
    return reverse("console:contact", args=(contact_id,))


_DEEDS = (
    ("take", _deed(_take)),
    ("release", _deed(_release)),
    ("attempt", _deed(_attempt)),
    ("withdraw", _deed(_withdraw, INTERVENE)),
)

urlpatterns = [
    path("callbacks/", callbacks, name="callbacks"),
    path("callbacks/<int:callback_id>/", one_callback, name="callback"),
    *(
        path(f"callbacks/<int:callback_id>/{name}", view, name=f"{name}-callback")
        for name, view in _DEEDS
    ),
]
