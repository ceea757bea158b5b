"""Import of units and people from a workbook: upload, look at the plan, carry it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rexian.console.organisation_forms import RosterForm
from rexian.kernel.errors import NotFound, RexianError
from rexian.kernel.language import mark
from rexian.look.environment import current_language, quoted, translated
from rexian.look.instants import local_text
from rexian.look.notices import notices_of
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Column, Crumb
from rexian.org.domain import rights
from rexian.org.domain.refusals import Changed
from rexian.org.domain.roles import ROLE_NAMES
from rexian.org.domain.roster import COLUMN_TITLES, SHEET_TITLES, Change, Fault, Kind, Slip
from rexian.org.queries import Draft, people_by_id, roster_draft
from rexian.org.services import (
    PasswordLink,
    carry_out_roster,
    draft_roster,
    drop_roster,
    roster_template,
    slips_workbook,
)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SALT = "rexian.console.slips"
_SLIPS_LAST = timedelta(hours=1)
_KINDS: Mapping[Kind, str] = {
    Kind.OPEN_UNIT: mark("Open {tier} {name} below {unit}"),
    Kind.CHANGE_UNIT: mark("Change {was} to {tier} {name}"),
    Kind.MOVE_UNIT: mark("Move {name} from {was} to {unit}"),
    Kind.JOIN: mark("{name} joins {unit}: {roles}"),
    Kind.CHANGE_PERSON: mark("Change what is written down of {was}"),
    Kind.MOVE_PERSON: mark("{name} moves from {was} to {unit}"),
    Kind.APPOINT: mark("{name} becomes {roles} in {unit}"),
}
_CHANGES = (Column(title=mark("Row"), numeric=True), Column(title=mark("What is changed")))
_FAULTS = (
    Column(title=mark("Sheet")),
    Column(title=mark("Row"), numeric=True),
    Column(title=mark("Column")),
    Column(title=mark("What is wrong")),
)
_SLIPS = (
    Column(title=mark("Name")),
    Column(title=mark("Sign-in name")),
    Column(title=mark("Unit")),
    Column(title=mark("Link, good once")),
)
_DONE: Mapping[str, str] = {
    "nothing": mark("The workbook is carried out. Nobody is new."),
    "dropped": mark("The workbook is put aside. Nothing is changed."),
}


@never_cache
@with_right(rights.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def roster(request: PageRequest) -> HttpResponse:
    """Take a workbook, or show what the one that was uploaded would change."""
    form = RosterForm(request.POST or None, request.FILES or None)
    if form.is_valid() and _is_drafted(request, form):
        return HttpResponseRedirect(reverse("console:roster"))
    draft = None if form.is_bound else _draft(request)
    values = {
        "form": form,
        "draft": draft,
        "trail": _trail(),
        "notices": notices_of(request, _DONE),
        **(_plan(draft) if draft else {}),
    }
    status = 422 if form.is_bound else 200
    return render(request, "console/people_roster.html", values, status=status)


def _trail() -> tuple[Crumb, ...]:
    return (Crumb(mark("People"), reverse("console:people")), Crumb(mark("Import a workbook")))


def _is_drafted(request: PageRequest, form: RosterForm) -> bool:
    given = form.cleaned_data["roster"]
    try:
        draft_roster(
            given.read(settings.CONFIGURATION.upload_limit),
            file_name=given.name,
            actor=request.actor,
            at=timezone.now(),
        )
    except RexianError as error:
        form.add_error("roster", quoted(error))
        return False
    return True


def _draft(request: PageRequest) -> Draft | None:
    try:
        return roster_draft(request.actor)
    except NotFound:
        return None


def _plan(draft: Draft) -> dict[str, object]:
    plan = draft.plan
    return {
        "changes": [(one.row, _sentence(one)) for one in plan.changes],
        "change_columns": _CHANGES,
        "faults": [_fault(one) for one in plan.faults],
        "fault_columns": _FAULTS,
    }


def _sentence(change: Change) -> str:
    """Return a change in the reader's words."""
    details = change.unit or change.person
    return translated(
        _KINDS[change.kind],
        name=details.name if details else change.subject,
        tier=change.unit.tier if change.unit else "",
        unit=change.to_unit,
        was=change.was,
        roles="、".join(translated(ROLE_NAMES[one]) for one in change.roles) or "—",
    )


def _fault(fault: Fault) -> tuple[str, int, str, str]:
    language = current_language()
    return (
        translated(SHEET_TITLES[fault.sheet]),
        fault.row,
        translated(COLUMN_TITLES[fault.sheet][fault.field]) if fault.field else "",
        fault.error.sentence(language),
    )


@never_cache
@with_right(rights.MANAGE)
@require_POST
def carry_out(request: PageRequest) -> HttpResponse:
    """Carry out the plan that was looked at, and show the links of everybody new, once."""
    digest = request.POST.get("plan", "")
    try:
        links = carry_out_roster(digest=digest, actor=request.actor, at=timezone.now())
    except Changed:
        return HttpResponseRedirect(reverse("console:roster"))
    if not links:
        return HttpResponseRedirect(f"{reverse('console:roster')}?done=nothing")
    slips = _slips(request, links)
    values = {
        "slips": slips,
        "columns": _SLIPS,
        "sealed": signing.dumps([_bare(one) for one in slips], salt=_SALT, compress=True),
        "trail": _trail(),
    }
    return render(request, "console/people_slips.html", values)


def _slips(request: PageRequest, links: Sequence[PasswordLink]) -> list[Slip]:
    owners = people_by_id([one.person for one in links], actor=request.actor)
    return [
        Slip(
            name=owners[link.person].name,
            sign_in=owners[link.person].sign_in,
            unit=owners[link.person].unit_name,
            address=request.build_absolute_uri(reverse("account:set-password", args=[link.token])),
            until=local_text(link.expires_at, request.person.time_zone),
        )
        for link in links
    ]


def _bare(slip: Slip) -> list[str]:
    return [slip.name, slip.sign_in, slip.unit, slip.address, slip.until]


@never_cache
@with_right(rights.MANAGE)
@require_POST
def slips_file(request: PageRequest) -> HttpResponse:
    """Return the links that the page before has shown as a workbook; the server keeps none."""
    try:
        bare = signing.loads(request.POST.get("slips", ""), salt=_SALT, max_age=_SLIPS_LAST)
    except signing.BadSignature:
        raise Changed from None
    content = slips_workbook([Slip(*one) for one in bare], language=current_language())
    return _file(content, "rexian-links.xlsx")


@with_right(rights.MANAGE)
@require_POST
def drop(request: PageRequest) -> HttpResponse:
    """Put the workbook aside."""
    drop_roster(actor=request.actor)
    return HttpResponseRedirect(f"{reverse('console:roster')}?done=dropped")


@with_right(rights.MANAGE)
@require_safe
def template(request: PageRequest) -> HttpResponse:  # noqa: ARG001
    """Return the workbook that one fills in."""
    return _file(roster_template(language=current_language()), "rexian-roster.xlsx")


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


urlpatterns = [
    path("people/import/", roster, name="roster"),
    path("people/import/carry-out/", carry_out, name="roster-carry-out"),
    path("people/import/drop/", drop, name="roster-drop"),
    path("people/import/template/", template, name="roster-template"),
    path("people/import/slips/", slips_file, name="roster-slips"),
]
