"""Call people in for a case, write down what they say, and hand them the page for the field."""

from __future__ import annotations

from typing import Any

import segno
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from rexian.cases.domain.helping import KIND_NAMES, Press, presses_from
from rexian.cases.domain.rights import SEE
from rexian.cases.queries import CasePage, case_page
from rexian.cases.queries.notifications import (
    candidates,
    may_dispatch,
    notification,
    wanted_before,
)
from rexian.cases.services import Given
from rexian.cases.services.answering import Answer, answer_notification
from rexian.cases.services.dispatching import Learned, call_crew, dispatch_help
from rexian.console.case_help import field_address, help_line
from rexian.console.case_page import HOME
from rexian.console.cases import state_title
from rexian.console.dispatch_forms import AnswerForm, CallForm
from rexian.console.telling import instant
from rexian.contacts.queries import hotline
from rexian.kernel.authority import Actor
from rexian.kernel.errors import Conflict, NotFound, RexianError
from rexian.kernel.language import mark, text_in
from rexian.look.environment import current_language, quoted, translated
from rexian.look.faults import show_refusal
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Crumb

_READER = Actor.system("console")
_NAMES = {"phone": "number", "number": "number", "place": "place"}


@require_http_methods(["GET", "HEAD", "POST"])
@with_right(SEE)
def dispatch(request: PageRequest, case_id: int, move_id: str) -> HttpResponse:
    """Ask who is called in by a move that dispatches, those on duty first, and call them."""
    page = case_page(case_id, actor=request.actor)
    spec = page.flow.moves.get(move_id)
    if spec is None or spec.does != "dispatch":
        raise _nothing(f"move:{move_id}")
    title = text_in(spec.title, current_language())
    return _call(request, page, title, move=move_id)


@require_http_methods(["GET", "HEAD", "POST"])
@with_right(SEE)
def call(request: PageRequest, case_id: int) -> HttpResponse:
    """Call in a crew or a helper without a move of the flow."""
    page = case_page(case_id, actor=request.actor)
    return _call(request, page, translated(mark("Call in a crew or a helper")))


@require_http_methods(["GET", "HEAD", "POST"])
@with_right(SEE)
def called(request: PageRequest, case_id: int, notification_id: int) -> HttpResponse:
    """Show somebody who was called in, with the link for the field; write down what they say."""
    shown = notification(case_id, notification_id, actor=request.actor)
    page = case_page(case_id, actor=request.actor)
    form = AnswerForm(request.POST or None, presses=presses_from(shown.state))
    if form.is_valid():
        try:
            _answer(notification_id, form.cleaned_data, request)
        except NotFound:
            raise
        except RexianError as error:
            show_refusal(form, error)
        else:
            return HttpResponseRedirect(f"{_case(case_id)}#help")
    may_answer = may_dispatch(case_id, actor=request.actor) and not shown.is_settled
    # Whoever has the link is taken for them, so it is not for everybody who may look.
    is_theirs = may_answer or shown.person == request.person.id
    address = field_address(notification_id) if is_theirs and not shown.is_settled else ""
    values = {
        "case": page.case,
        "line": help_line(shown, request.person.time_zone),
        "form": form,
        "may_answer": may_answer,
        "address": address,
        "qr": segno.make(address, error="m").svg_data_uri(scale=4, border=2) if address else "",
        "message": _message(page, address),
        "trail": (*_trail(page), Crumb(shown.name)),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "console/case_called.html", values, status=status)


def _call(request: PageRequest, page: CasePage, title: str, *, move: str = "") -> HttpResponse:
    found = candidates(page.case.id, actor=request.actor, at=timezone.now())
    lacking = wanted_before(page.case) if move else ()
    form = CallForm(
        request.POST or None,
        candidates=found,
        version=page.case.version,
        lacking=[one.id for one in lacking],
    )
    if form.is_valid():
        try:
            _carry_out(form, page.case.id, move, request)
        except NotFound:
            raise
        except RexianError as error:
            _refuse(form, error, page)
        else:
            return HttpResponseRedirect(f"{_case(page.case.id)}#help")
    chosen = form["called"].value() or []
    values = {
        "case": page.case,
        "state": state_title(page.case, page.flow),
        "title": title,
        "form": form,
        "chosen": set(chosen),
        "candidates": [
            (one, instant(one.until_at, request.person.time_zone)[5:] if one.until_at else "")
            for one in found
        ],
        "kinds": KIND_NAMES,
        "others": [
            text_in(one.label, current_language()) for one in lacking if one.id not in _NAMES
        ],
        "trail": (*_trail(page), Crumb(title)),
    }
    status = 422 if form.is_bound else 200
    return render(request, "console/case_dispatch.html", values, status=status)


def _carry_out(form: CallForm, case_id: int, move: str, request: PageRequest) -> None:
    data, at = form.cleaned_data, timezone.now()
    if not move:
        call_crew(
            case_id,
            called=form.called_in(),
            sent_as=data["sent_as"],
            actor=request.actor,
            at=at,
        )
        return
    learned = Learned(place_text=data.get("place", ""), number=data.get("number", ""))
    dispatch_help(
        case_id,
        move=move,
        called=form.called_in(),
        given=Given(text=data["text"], sent_as=data["sent_as"]),
        learned=learned,
        version=data["version"],
        actor=request.actor,
        at=at,
    )


def _refuse(form: CallForm, error: RexianError, page: CasePage) -> None:
    """Say why nobody was called; whoever presses again has seen the case as it is now."""
    field = _NAMES.get(str(error.details.get("field", "")), "called")
    form.add_error(field if field in form.fields else None, quoted(error))
    if isinstance(error, Conflict):
        data = QueryDict(mutable=True)
        data.update(form.data)
        data["version"] = str(page.case.version)
        form.data = data


def _answer(notification_id: int, given: dict[str, Any], request: PageRequest) -> None:
    answer = Answer(
        press=Press(given["press"]), who=given["who"], reason=given["reason"], text=given["text"]
    )
    answer_notification(notification_id, answer=answer, actor=request.actor, at=timezone.now())


def _message(page: CasePage, address: str) -> str:
    """Return what is sent with the link: whose order it is, what and where; no customer in it."""
    company = hotline(page.case.hotline, actor=_READER).company
    place = page.case.place_text
    what = f"{place} {page.case.title}".strip()
    told = mark("[{company}] {what}. Press to take the order: {address}")
    return translated(told, company=company, what=what, address=address)


def _trail(page: CasePage) -> tuple[Crumb, ...]:
    return (HOME, Crumb(page.case.reference, _case(page.case.id)))


def _case(case_id: int) -> str:
    return reverse("console:case", args=(case_id,))


def _nothing(code: str) -> NotFound:
    return NotFound(mark("There is nothing under {code}."), code=code)


urlpatterns = [
    path("cases/<int:case_id>/dispatch/<slug:move_id>", dispatch, name="dispatch-case"),
    path("cases/<int:case_id>/call", call, name="call-crew"),
    path(
        "cases/<int:case_id>/called/<int:notification_id>/",
        called,
        name="case-called",
    ),
]
