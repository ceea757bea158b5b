"""Calls on cases that are done: one page for a call, with the story, the questions, the results."""

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

from rexian.callbacks.domain.answers import WORD_NAMES, Outcome
from rexian.callbacks.domain.case_calls import CallState, CallTaken, as_call_result
from rexian.callbacks.queries import CaseCallShown, case_attempts, case_call
from rexian.callbacks.services import (
    correct_number,
    give_up_case_call,
    log_answers,
    log_vain_call,
    release_case_call,
    take_case_call,
)
from rexian.cases.domain.rights import CALL, SUPERVISE
from rexian.desk.asking import whole_number
from rexian.desk.case_calls import (
    answers_in,
    asked_on,
    case_call_line,
    case_calls_told,
    results_of,
)
from rexian.kernel.errors import NotFound, RexianError
from rexian.kernel.language import mark
from rexian.look.environment import quoted
from rexian.look.instants import local_text
from rexian.look.notices import notices_of
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Crumb, Fact, Notice, Tone

TOLD = {
    "taken": mark("It is yours now: nobody else calls. Say afterwards how the call ended."),
    "corrected": mark("The number is corrected. It can be called again."),
}


@with_right(CALL)
@never_cache
@require_safe
def one_call(request: PageRequest, call_id: int) -> HttpResponse:
    """Show a call: whom to call on which cases, what to ask, how it can end."""
    return _page(request, call_id, notices=notices_of(request, TOLD))


def _deed(act: Callable[[PageRequest, int, datetime], str]) -> Callable[..., Any]:
    """Return the view of something done with a call; a refusal is said on its page."""

    @with_right(CALL)
    @require_POST
    def view(request: PageRequest, call_id: int) -> HttpResponse:
        try:
            return HttpResponseRedirect(act(request, call_id, timezone.now()))
        except NotFound:
            raise
        except RexianError as refused:
            case_call(call_id, actor=request.actor)  # what one may not see stays unseen
            told = Notice(quoted(refused), Tone.CAUTION)
            return _page(request, call_id, notices=(told,), status=refused.status)

    return view


def _take(request: PageRequest, call_id: int, at: datetime) -> str:
    """Take it; from somebody who has it only where the page has shown who that is."""
    before = case_call(call_id, actor=request.actor)
    is_meant = request.POST.get("over") == str(before.taken_by)
    if before.is_taken_by_other(request.person.id, at=at) and not is_meant:
        raise CallTaken(mark("Somebody else is calling just now."))
    take_case_call(call_id, actor=request.actor, at=at)
    return f"{reverse('desk:case-call', args=(call_id,))}?done=taken"


def _release(request: PageRequest, call_id: int, at: datetime) -> str:
    release_case_call(call_id, actor=request.actor, at=at)
    return f"{reverse('desk:callbacks')}?done=released"


def _vain(request: PageRequest, call_id: int, at: datetime) -> str:
    state = log_vain_call(
        call_id,
        result=as_call_result(request.POST.get("result", "")),
        attempt=whole_number(request.POST.get("attempt", "")),
        note=request.POST.get("note", ""),
        actor=request.actor,
        at=at,
    )
    done = "number" if state is CallState.NUMBER else state.value
    return f"{reverse('desk:callbacks')}?done=case-{done}"


def _answer(request: PageRequest, call_id: int, at: datetime) -> str:
    shown = case_call(call_id, actor=request.actor)
    outcomes = log_answers(
        call_id,
        attempt=whole_number(request.POST.get("attempt", "")),
        answers=answers_in(shown, request.POST),
        note=request.POST.get("note", ""),
        actor=request.actor,
        at=at,
    )
    found = set(outcomes.values())
    done = next((one for one in (Outcome.REVIEW, Outcome.AGAIN) if one in found), Outcome.SETTLED)
    return f"{reverse('desk:callbacks')}?done=case-{done.value}"


def _correct(request: PageRequest, call_id: int, at: datetime) -> str:
    correct_number(call_id, number=request.POST.get("number", ""), actor=request.actor, at=at)
    return f"{reverse('desk:case-call', args=(call_id,))}?done=corrected"


def _give_up(request: PageRequest, call_id: int, at: datetime) -> str:
    give_up_case_call(call_id, reason=request.POST.get("reason", ""), actor=request.actor, at=at)
    return f"{reverse('desk:callbacks')}?done=case-failed"


def _page(
    request: PageRequest, call_id: int, *, notices: tuple[Notice, ...], status: int = 200
) -> HttpResponse:
    shown, at = case_call(call_id, actor=request.actor), timezone.now()
    line = case_call_line(shown, request, at=at)
    values = {
        "line": line,
        "cases": asked_on(shown, request, request.POST),
        "facts": _facts(shown, request),
        "calls": case_calls_told(case_attempts(call_id), request.person.time_zone),
        "results": results_of(shown),
        "kinds": [(kind.value, name) for kind, name in WORD_NAMES.items()],
        "given": request.POST,
        "may_supervise": shown.is_open and request.actor.may(SUPERVISE),
        "notices": notices,
        "trail": (
            Crumb(mark("Desk"), reverse("desk:desk")),
            Crumb(mark("Callbacks"), reverse("desk:callbacks")),
            Crumb(line.customer),
        ),
    }
    return render(request, "desk/case_call.html", values, status=status)


def _facts(shown: CaseCallShown, request: PageRequest) -> list[Fact]:
    zone = request.person.time_zone
    found = (
        Fact(mark("Call by"), local_text(shown.due_at, zone)),
        Fact(mark("Hours for calling"), "、".join(shown.windows)),
        Fact(mark("Given to"), shown.given_to_name),
        Fact(mark("Given up because"), shown.close_reason),
    )
    return [one for one in found if one.value]


_DEEDS = (
    ("take", _deed(_take)),
    ("release", _deed(_release)),
    ("vain", _deed(_vain)),
    ("answer", _deed(_answer)),
    ("correct", _deed(_correct)),
    ("give-up", _deed(_give_up)),
)

urlpatterns = [
    path("callbacks/cases/<int:call_id>/", one_call, name="case-call"),
    *(
        path(f"callbacks/cases/<int:call_id>/{name}", view, name=f"{name}-case-call")
        for name, view in _DEEDS
    ),
]
