"""Import of roads and points from a file: upload, look at the plan, carry it out; and export."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rexian.console.place_forms import ListForm
from rexian.kernel.errors import NotFound, RexianError
from rexian.kernel.language import mark
from rexian.look.environment import current_language, quoted, translated
from rexian.look.notices import notices_of
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Column, Crumb
from rexian.org.domain.refusals import Changed
from rexian.places.domain.lists import COLUMN_TITLES, SHEET_TITLES, Change, Deed, Fault
from rexian.places.domain.rights import MANAGE, READ
from rexian.places.queries import Draft, list_draft
from rexian.places.services import (
    carry_out_list,
    draft_list,
    drop_list,
    exported_list,
    list_template,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
FILES: Mapping[str, tuple[str, str]] = {
    "xlsx": ("places.xlsx", XLSX),
    "roads.csv": ("roads.csv", CSV),
    "points.csv": ("points.csv", CSV),
}
_DEEDS: Mapping[Deed, str] = {
    Deed.ADD_ROAD: mark("Add the road {code} {name}"),
    Deed.CHANGE_ROAD: mark("Change the road {code} {name}"),
    Deed.ADD_POINT: mark("Add {name} to {code} at {stake}"),
    Deed.CHANGE_POINT: mark("Change {name} on {code}, at {stake}"),
}
_CHANGES = (Column(title=mark("Row"), numeric=True), Column(title=mark("What is changed")))
_FAULTS = (
    Column(title=mark("Sheet")),
    Column(title=mark("Row"), numeric=True),
    Column(title=mark("Column")),
    Column(title=mark("What is wrong")),
)
_DONE: Mapping[str, str] = {
    "dropped": mark("The file is put aside. Nothing is changed."),
}


@never_cache
@with_right(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request: PageRequest) -> HttpResponse:
    """Take a file, or show what the one that was uploaded would change."""
    form = ListForm(request.POST or None, request.FILES or None)
    if form.is_valid() and _is_drafted(request, form):
        return HttpResponseRedirect(reverse("console:place-list"))
    draft = None if form.is_bound else _draft(request)
    values = {
        "form": form,
        "draft": draft,
        "trail": (
            Crumb(mark("Places"), reverse("console:places")),
            Crumb(mark("Import a list")),
        ),
        "notices": notices_of(request, _DONE),
        **(_plan(draft) if draft else {}),
    }
    return render(request, "console/place_list.html", values, status=422 if form.is_bound else 200)


def _is_drafted(request: PageRequest, form: ListForm) -> bool:
    given = form.cleaned_data["list"]
    content = given.read(settings.CONFIGURATION.upload_limit)
    try:
        draft_list(content, file_name=given.name, actor=request.actor, at=timezone.now())
    except RexianError as error:
        form.add_error("list", quoted(error))
        return False
    return True


def _draft(request: PageRequest) -> Draft | None:
    try:
        return list_draft(request.actor)
    except NotFound:
        return None


def _plan(draft: Draft) -> dict[str, object]:
    return {
        "changes": [(one.row, _sentence(one)) for one in draft.plan.changes],
        "change_columns": _CHANGES,
        "faults": [_fault(one) for one in draft.plan.faults],
        "fault_columns": _FAULTS,
    }


def _sentence(change: Change) -> str:
    """Return a change in the reader's words."""
    named = change.point or change.road
    return translated(
        _DEEDS[change.deed],
        code=change.code,
        name=named.name if named else "",
        stake=str(change.point.stake) if change.point else "",
    )


def _fault(fault: Fault) -> tuple[str, int, str, str]:
    return (
        translated(SHEET_TITLES[fault.sheet]),
        fault.row,
        translated(COLUMN_TITLES[fault.sheet][fault.field]) if fault.field else "",
        fault.error.sentence(current_language()),
    )


@with_right(MANAGE)
@require_POST
def carry_out(request: PageRequest) -> HttpResponse:
    """Carry out the plan that was looked at; where it has become another one, show that."""
    digest = request.POST.get("plan", "")
    try:
        carry_out_list(digest=digest, actor=request.actor, at=timezone.now())
    except Changed:
        return HttpResponseRedirect(reverse("console:place-list"))
    return HttpResponseRedirect(f"{reverse('console:places')}?done=carried-out")


@with_right(MANAGE)
@require_POST
def drop(request: PageRequest) -> HttpResponse:
    """Put the file aside."""
    drop_list(actor=request.actor)
    return HttpResponseRedirect(f"{reverse('console:place-list')}?done=dropped")


@with_right(MANAGE)
@require_safe
def template(request: PageRequest) -> HttpResponse:  # noqa: ARG001
    """Return the workbook that one fills in."""
    return _file(list_template(language=current_language()), "places-template.xlsx", XLSX)


@with_right(READ)
@require_safe
def export(request: PageRequest, form: str) -> HttpResponse:
    """Return the list as a file that can be imported again."""
    if form not in FILES:
        raise Http404
    name, kind = FILES[form]
    content = exported_list(
        form.removesuffix(".csv"), actor=request.actor, language=current_language()
    )
    return _file(content, name, kind)


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


urlpatterns = [
    path("places/import/", import_list, name="place-list"),
    path("places/import/carry-out", carry_out, name="place-list-carry-out"),
    path("places/import/drop", drop, name="place-list-drop"),
    path("places/import/template", template, name="place-list-template"),
    path("places/list.<str:form>", export, name="place-list-export"),
]
