"""Views of the list of cases: save a filter under a name, share it, rename it, open with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rexian.cases.domain.refusals import nothing_there
from rexian.cases.domain.rights import SEE, SUPERVISE
from rexian.cases.domain.views import LONGEST_NAME
from rexian.cases.queries.views import ViewShown, views_for
from rexian.cases.services.views import (
    open_with_everything,
    open_with_view,
    remove_view,
    rename_view,
    save_view,
)
from rexian.console import case_lists
from rexian.console.asking import Question, ask
from rexian.console.case_lists import EVERYTHING, Asked
from rexian.console.case_page import HOME
from rexian.console.case_views import filter_facts, view_lines
from rexian.console.organisation_forms import offer
from rexian.kernel.language import mark
from rexian.look.environment import translated
from rexian.look.notices import notices_of
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Crumb
from rexian.org.queries import units_for

TOLD = {
    "renamed": mark("The view is called otherwise now."),
    "removed": mark("The view is deleted."),
    "opens": mark("The cases open with this view for you."),
    "everything": mark("The cases open with all of them for you."),
}


class NameForm(forms.Form):
    """What a view is called."""

    name = forms.CharField(
        label=mark("Name of the view"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class RenameForm(NameForm):
    """The same for a view as it was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class SaveForm(NameForm):
    """What a view is called, whose it is, and whether the cases open with it."""

    unit = forms.ChoiceField(
        label=mark("For whom"),
        required=False,
        help_text=mark("A unit's views are found by its people and those of the units below it."),
    )
    opens = forms.BooleanField(label=mark("Open the cases with it"), required=False)


@require_safe
@with_right(SEE)
def views(request: PageRequest) -> HttpResponse:
    """Show the views that one finds, with what they filter by."""
    found = views_for(request.actor)
    choices = case_lists.choices(request, timezone.now())
    values = {
        "lines": view_lines(found, choices),
        "opens_with_one": any(one.is_default for one in found),
        "notices": notices_of(request, TOLD),
        "everything": reverse("console:cases") + EVERYTHING,
        "trail": (HOME, Crumb(mark("Saved views"))),
    }
    return render(request, "console/case_views.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
@with_right(SEE)
def save(request: PageRequest) -> HttpResponse:
    """Ask under which name the filter in the address is kept, and keep it."""
    asked, at = Asked.of(request.GET), timezone.now()
    known = {str(one.id): one for one in views_for(request.actor) if one.is_theirs}
    form = SaveForm(request.POST or None, initial=_initial(known.get(asked.saved)))
    units = units_for(request.actor, SUPERVISE)
    whom = [(str(one.id), f"{'　' * one.depth}{one.name}") for one in units]
    offer(form, "unit", [("", translated(mark("only me"))), *whom])

    def carry_out(given: dict[str, Any]) -> str:
        made = save_view(
            name=given["name"],
            filter_by=asked.filter_by,
            unit=int(given["unit"]) if given["unit"] else None,
            actor=request.actor,
            at=at,
        )
        if given["opens"]:
            open_with_view(made, actor=request.actor, at=at)
        return reverse("console:cases") + asked.query(saved=str(made))

    question = Question(
        title=mark("Save this view"),
        button=mark("Save it"),
        back=reverse("console:cases") + (asked.query() or EVERYTHING),
        trail=(HOME,),
        explanation=mark("A view of the same name filters by this from then on."),
        values={"facts": list(filter_facts(asked.filter_by, case_lists.choices(request, at)))},
    )
    return ask(request, form, question, carry_out, "console/case_view_save.html")


@require_http_methods(["GET", "HEAD", "POST"])
@with_right(SEE)
def rename(request: PageRequest, view_id: int) -> HttpResponse:
    """Ask what a view is to be called."""
    shown = _own(request, view_id)

    def carry_out(given: dict[str, Any]) -> str:
        rename_view(view_id, actor=request.actor, at=timezone.now(), **given)
        return _back("renamed")

    form = RenameForm(request.POST or None, initial={"name": shown.name, "version": shown.version})
    home = reverse("console:case-views")
    question = Question(
        title=mark("Rename the view"),
        button=mark("Rename it"),
        back=home,
        trail=(HOME, Crumb(mark("Saved views"), home)),
    )
    return ask(request, form, question, carry_out)


@require_POST
@with_right(SEE)
def remove(request: PageRequest, view_id: int) -> HttpResponse:
    """Delete a view."""
    remove_view(view_id, actor=request.actor, at=timezone.now())
    return HttpResponseRedirect(_back("removed"))


@require_POST
@with_right(SEE)
def open_with(request: PageRequest, view_id: int) -> HttpResponse:
    """Have the cases open with a view."""
    open_with_view(view_id, actor=request.actor, at=timezone.now())
    return HttpResponseRedirect(_back("opens"))


@require_POST
@with_right(SEE)
def open_plainly(request: PageRequest) -> HttpResponse:
    """Have the cases open with all of them again."""
    open_with_everything(actor=request.actor, at=timezone.now())
    return HttpResponseRedirect(_back("everything"))


def _own(request: PageRequest, view_id: int) -> ViewShown:
    """Return a view that one may rename; any other is not there for this."""
    found = next((one for one in views_for(request.actor) if one.id == view_id), None)
    if found is None or not found.is_theirs:
        raise nothing_there(f"view:{view_id}")
    return found


def _initial(view: ViewShown | None) -> dict[str, Any]:
    """Return what stands in the form: a view that is shown just now is saved anew."""
    if view is None:
        return {}
    unit = str(view.unit) if view.unit else ""
    return {"name": view.name, "unit": unit, "opens": view.is_default}


def _back(done: str) -> str:
    return f"{reverse('console:case-views')}?done={done}"


urlpatterns = [
    path("cases/views/", views, name="case-views"),
    path("cases/views/new", save, name="save-case-view"),
    path("cases/views/everything", open_plainly, name="open-all-cases"),
    path("cases/views/<int:view_id>/rename", rename, name="rename-case-view"),
    path("cases/views/<int:view_id>/remove", remove, name="remove-case-view"),
    path("cases/views/<int:view_id>/open-with", open_with, name="open-case-view"),
]
