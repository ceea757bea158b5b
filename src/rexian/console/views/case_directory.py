"""The directory of those who can be called in: look one up, add, change, take out."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rexian.cases.domain.helping import KIND_NAMES
from rexian.cases.domain.rights import DISPATCH, SUPERVISE
from rexian.cases.queries.directory import helper, helpers
from rexian.cases.services.directory import add_helper, change_helper, retire_helper
from rexian.console.asking import Question, ask
from rexian.console.case_page import HOME
from rexian.console.dispatch_forms import HelperForm
from rexian.kernel.language import mark
from rexian.look.environment import translated
from rexian.look.notices import notices_of
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Column, Crumb
from rexian.org.queries import units_of

COLUMNS = (
    Column(title=mark("Name of the helper")),
    Column(title=mark("Kind of helper")),
    Column(title=mark("Telephone number")),
    Column(title=mark("When they can be reached")),
    Column(title=mark("Remark")),
)
DONE = {
    "added": mark("It stands in the directory."),
    "changed": mark("The entry is changed."),
    "retired": mark("It is taken out of the directory."),
}


@require_safe
@with_right(DISPATCH)
def directory(request: PageRequest) -> HttpResponse:
    """List those who can be called in."""
    text, kind = request.GET.get("q", "")[:80], request.GET.get("kind", "")
    values = {
        "helpers": helpers(request.actor, text=text, kind=kind if kind in KIND_NAMES else ""),
        "columns": COLUMNS,
        "kinds": KIND_NAMES,
        "q": text,
        "kind": kind,
        "may_manage": request.actor.may(SUPERVISE),
        "trail": (HOME, Crumb(mark("Directory of helpers"))),
        "notices": notices_of(request, DONE),
    }
    return render(request, "console/case_directory.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
@with_right(SUPERVISE)
def add(request: PageRequest) -> HttpResponse:
    """Add somebody who can be called in."""
    form = HelperForm(request.POST or None, units=_units(request))

    def carry_out(_: dict[str, Any]) -> str:
        organisation = request.actor.organisation or 0
        details = form.details()
        add_helper(organisation, details=details, actor=request.actor, at=timezone.now())
        return _back("added")

    return ask(request, form, _question(mark("Add a helper"), mark("Add")), carry_out)


@require_http_methods(["GET", "HEAD", "POST"])
@with_right(SUPERVISE)
def change(request: PageRequest, helper_id: int) -> HttpResponse:
    """Change what is known of somebody."""
    shown = helper(helper_id, actor=request.actor)
    names = ("name", "code", "kind", "telephone", "hours", "remark", "unit", "version")
    initial = {name: getattr(shown, name) for name in names}
    form = HelperForm(request.POST or None, units=_units(request), initial=initial)

    def carry_out(given: dict[str, Any]) -> str:
        change_helper(
            helper_id,
            details=form.details(),
            version=given["version"] or 0,
            actor=request.actor,
            at=timezone.now(),
        )
        return _back("changed")

    return ask(request, form, _question(mark("Change the entry"), mark("Save")), carry_out)


@require_http_methods(["GET", "HEAD", "POST"])
@with_right(SUPERVISE)
def retire(request: PageRequest, helper_id: int) -> HttpResponse:
    """Ask whether to take somebody out of the directory, and do it."""
    shown = helper(helper_id, actor=request.actor)
    if request.method == "POST":
        retire_helper(helper_id, actor=request.actor, at=timezone.now())
        return HttpResponseRedirect(_back("retired"))
    question = translated(mark("Take {name} out of the directory?"), name=shown.name)
    values = {
        "question": question,
        "consequence": translated(mark("Where they were called in, they stay in the records.")),
        "yes": translated(mark("Take it out")),
        "back": reverse("console:case-directory"),
        "trail": (HOME, _here(), Crumb(question)),
    }
    return render(request, "console/question.html", values)


def _here() -> Crumb:
    return Crumb(mark("Directory of helpers"), reverse("console:case-directory"))


def _question(title: str, button: str) -> Question:
    back = reverse("console:case-directory")
    return Question(title=title, button=button, back=back, trail=(HOME, _here()))


def _units(request: PageRequest) -> Any:
    return units_of(request.actor.organisation) if request.actor.organisation else ()


def _back(done: str) -> str:
    return f"{reverse('console:case-directory')}?done={done}"


urlpatterns = [
    path("cases/directory/", directory, name="case-directory"),
    path("cases/directory/new", add, name="add-helper"),
    path("cases/directory/<int:helper_id>/change", change, name="change-helper"),
    path("cases/directory/<int:helper_id>/retire", retire, name="retire-helper"),
]
