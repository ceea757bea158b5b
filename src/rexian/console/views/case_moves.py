"""Move a case on from its page, approve or refuse what was asked for; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from rexian.cases.domain.rights import SEE
from rexian.cases.queries import case_page
from rexian.cases.services import approve_move, move_case, refuse_move
from rexian.cases.services.files import attach_file
from rexian.console.case_choices import move_form
from rexian.console.case_forms import ApproveForm, MoveForm, RefuseForm
from rexian.console.case_page import case_values
from rexian.kernel.errors import Conflict, NotFound, RexianError
from rexian.kernel.language import mark
from rexian.look.environment import quoted, translated
from rexian.look.faults import show_refusal
from rexian.look.requests import PageRequest, with_right


@dataclass(frozen=True, slots=True)
class Lost:
    """Why something was not done that can be done no more, with what was typed for it."""

    title: str
    sentence: str
    typed: Sequence[tuple[str, str]] = ()


@with_right(SEE)
@require_POST
def move(request: PageRequest, case_id: int, move_id: str) -> HttpResponse:
    """Make a move with what was filled in, or show the page again with all that was typed."""
    page = case_page(case_id, actor=request.actor)
    spec = page.flow.moves.get(move_id)
    if spec is None:
        raise NotFound(mark("There is nothing under {code}."), code=f"move:{move_id}")
    data = request.POST.copy()
    with timezone.override(ZoneInfo(request.person.time_zone)):
        form = move_form(spec, page, request, data, request.FILES)
        if not form.is_valid():
            return _again(request, case_id, form, 422)
        files = list(form.kept_files)
        try:
            files += _attached(request, case_id, form)
            seq = move_case(
                case_id,
                move=spec.id,
                given=form.given(files),
                version=form.cleaned_data["version"],
                actor=request.actor,
                at=timezone.now(),
            )
        except NotFound:
            raise
        except RexianError as error:
            data["kept"] = ",".join(map(str, files))
            if isinstance(error, Conflict):
                data["version"] = str(case_page(case_id, actor=request.actor).case.version)
            form = move_form(spec, page, request, data, request.FILES)
            form.is_valid()
            form.refuse(error)
            return _again(request, case_id, form, error.status, quoted(error))
    return HttpResponseRedirect(f"{reverse('console:case', args=(case_id,))}#s{seq}")


@with_right(SEE)
@require_POST
def approve(request: PageRequest, case_id: int) -> HttpResponse:
    """Let happen what somebody asked for."""
    form = ApproveForm(request.POST, auto_id="approve-%s")

    def carry_out(given: dict[str, Any]) -> None:
        approve_move(case_id, actor=request.actor, at=timezone.now(), **given)

    return _decided(request, case_id, form, "approve_form", carry_out)


@with_right(SEE)
@require_POST
def refuse(request: PageRequest, case_id: int) -> HttpResponse:
    """Do not let happen what somebody asked for, with the reason."""
    form = RefuseForm(request.POST, auto_id="refuse-%s")

    def carry_out(given: dict[str, Any]) -> None:
        refuse_move(case_id, actor=request.actor, at=timezone.now(), **given)

    return _decided(request, case_id, form, "refuse_form", carry_out)


def _attached(request: PageRequest, case_id: int, form: MoveForm) -> list[int]:
    """Keep the files that came along, whatever becomes of the move; return their ids."""
    return [
        attach_file(
            case_id,
            name=one.name,
            content=one.read(),
            actor=request.actor,
            at=timezone.now(),
        )
        for one in form.cleaned_data.get("files", ())
    ]


def _decided(
    request: PageRequest, case_id: int, form: Form, name: str, carry_out: Any
) -> HttpResponse:
    case_page(case_id, actor=request.actor)
    status, lost = 422, None
    if form.is_valid():
        try:
            carry_out(form.cleaned_data)
        except NotFound:
            raise
        except RexianError as error:
            status = error.status
            show_refusal(form, error)
            lost = Lost(translated(mark("Not done")), quoted(error), _typed(form))
        else:
            return HttpResponseRedirect(reverse("console:case", args=(case_id,)))
    values = {**case_values(request, case_id), name: form, "lost": lost}
    return render(request, "console/case.html", values, status=status)


def _again(
    request: PageRequest, case_id: int, form: MoveForm, status: int, sentence: str = ""
) -> HttpResponse:
    """Show the case as it is now; the form that was tried stays open with what was typed."""
    values = case_values(request, case_id, bound=form)
    is_offered = any(one.spec.id == form.move.id for one in values["moves"])
    if sentence and (not is_offered or status == Conflict.status):
        kept = () if is_offered else form.typed
        values["lost"] = Lost(translated(mark("Not done")), sentence, kept)
    return render(request, "console/case.html", values, status=status)


def _typed(form: Form) -> list[tuple[str, str]]:
    found = ((str(one.label), str(one.value() or "")) for one in form.visible_fields())
    return [(label, value) for label, value in found if value]


urlpatterns = [
    path("cases/<int:case_id>/moves/<slug:move_id>", move, name="move-case"),
    path("cases/<int:case_id>/approve", approve, name="approve-case"),
    path("cases/<int:case_id>/refuse", refuse, name="refuse-case"),
]
