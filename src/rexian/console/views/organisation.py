"""The organisation: its tree of units, the page of one, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rexian.console.asking import Question, ask
from rexian.console.organisation_forms import (
    ChangeUnitForm,
    MoveUnitForm,
    NothingForm,
    OrganisationForm,
    UnitForm,
)
from rexian.console.views.people import urlpatterns as of_people
from rexian.console.views.rosters import urlpatterns as of_rosters
from rexian.kernel.language import mark, translate_count
from rexian.look.environment import current_language, translated
from rexian.look.instants import local_text
from rexian.look.notices import notices_of
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Branch, Crumb, Fact
from rexian.org.domain import rights
from rexian.org.domain.people import UnitDetails
from rexian.org.queries import (
    UnitBranch,
    UnitShown,
    Wanted,
    organisation,
    people,
    unit,
    unit_tree,
    units_above,
    units_for,
)
from rexian.org.services import (
    OrganisationSettings,
    change_organisation,
    change_unit,
    close_unit,
    move_unit,
    open_unit,
)

_DONE: Mapping[str, str] = {
    "opened": mark("The unit is open."),
    "changed": mark("Saved."),
    "moved": mark("The unit has moved, with all below it."),
    "closed": mark("The unit is closed."),
}
_PEOPLE_SHOWN = 50


def _address(unit_id: int, done: str) -> str:
    return f"{reverse('console:unit', args=[unit_id])}?done={done}"


@with_right(rights.SEE)
@require_safe
def tree(request: PageRequest) -> HttpResponse:
    """Show the units that one sees, each below the one it belongs to."""
    values = {
        "branches": tuple(_branch(one) for one in unit_tree(request.actor)),
        "may_manage": request.actor.may(rights.MANAGE),
        "notices": notices_of(request, _DONE),
    }
    return render(request, "console/organisation.html", values)


def _branch(branch: UnitBranch) -> Branch:
    count = translate_count("{count} person", "{count} people", branch.people, current_language())
    return Branch(
        title=branch.unit.name,
        href=reverse("console:unit", args=[branch.unit.id]),
        note=f"{branch.unit.tier} · {count}",
        is_open=branch.unit.depth < 2,
        branches=tuple(_branch(one) for one in branch.below),
    )


@with_right(rights.SEE)
@require_safe
def unit_page(request: PageRequest, unit_id: int) -> HttpResponse:
    """Show a unit: what it is, who belongs to it, what stands below it."""
    actor = request.actor
    shown = unit(unit_id, actor=actor)
    wanted = Wanted(within=shown.path)
    values = {
        "unit": shown,
        "facts": _facts(shown, request),
        "trail": (*_trail(shown, request), Crumb(shown.name)),
        "below": [one for one in units_for(actor) if one.parent == unit_id],
        "members": people(actor, wanted, offset=0, limit=_PEOPLE_SHOWN),
        "may_manage": shown.closed_at is None and actor.may(rights.MANAGE, shown.path),
        "notices": notices_of(request, _DONE),
    }
    return render(request, "console/organisation_unit.html", values)


def _facts(shown: UnitShown, request: PageRequest) -> tuple[Fact, ...]:
    zone = request.person.time_zone
    facts = (
        Fact(translated(mark("Tier")), shown.tier),
        Fact(translated(mark("Unit code")), shown.code),
        Fact(translated(mark("People")), str(shown.people)),
        Fact(translated(mark("Open since")), local_text(shown.opened_at, zone)),
    )
    if shown.closed_at is None:
        return facts
    return (*facts, Fact(translated(mark("Closed")), local_text(shown.closed_at, zone)))


def _trail(shown: UnitShown, request: PageRequest) -> tuple[Crumb, ...]:
    above = units_above(shown.path, actor=request.actor)
    return (
        Crumb(mark("Organisation"), reverse("console:organisation")),
        *(Crumb(one.name, reverse("console:unit", args=[one.id])) for one in above),
    )


def _question(shown: UnitShown, request: PageRequest, **words: Any) -> Question:
    here = reverse("console:unit", args=[shown.id])
    return Question(back=here, trail=(*_trail(shown, request), Crumb(shown.name, here)), **words)


@with_right(rights.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def open_below(request: PageRequest, unit_id: int) -> HttpResponse:
    """Open a unit below another."""
    above = unit(unit_id, actor=request.actor)

    def carry_out(given: dict[str, Any]) -> str:
        details = UnitDetails(**given)
        opened = open_unit(unit_id, details=details, actor=request.actor, at=timezone.now())
        return _address(opened, "opened")

    question = _question(
        above, request, title=mark("Open a unit below"), button=mark("Open the unit")
    )
    return ask(request, UnitForm(request.POST or None), question, carry_out)


@with_right(rights.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: PageRequest, unit_id: int) -> HttpResponse:
    """Change what is written down of a unit."""
    shown = unit(unit_id, actor=request.actor)
    now = {"name": shown.name, "code": shown.code, "tier": shown.tier, "version": shown.version}

    def carry_out(given: dict[str, Any]) -> str:
        version = given.pop("version")
        details = UnitDetails(**given)
        at = timezone.now()
        change_unit(unit_id, details=details, version=version, actor=request.actor, at=at)
        return _address(unit_id, "changed")

    question = _question(shown, request, title=mark("Change the unit"), button=mark("Save"))
    return ask(request, ChangeUnitForm(request.POST or None, initial=now), question, carry_out)


@with_right(rights.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: PageRequest, unit_id: int) -> HttpResponse:
    """Move a unit below another one."""
    shown = unit(unit_id, actor=request.actor)
    units = units_for(request.actor, rights.MANAGE)
    others = [one for one in units if not one.path.startswith(shown.path)]
    form = MoveUnitForm(request.POST or None, units=others, initial={"parent": shown.parent})

    def carry_out(given: dict[str, Any]) -> str:
        at = timezone.now()
        move_unit(unit_id, parent_id=given["parent"], actor=request.actor, at=at)
        return _address(unit_id, "moved")

    question = _question(
        shown,
        request,
        title=mark("Move the unit"),
        button=mark("Move"),
        explanation=mark("All below it moves with it, and rights follow the new place at once."),
    )
    return ask(request, form, question, carry_out)


@with_right(rights.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: PageRequest, unit_id: int) -> HttpResponse:
    """Close a unit."""
    shown = unit(unit_id, actor=request.actor)

    def carry_out(_: dict[str, Any]) -> str:
        close_unit(unit_id, actor=request.actor, at=timezone.now())
        return f"{reverse('console:organisation')}?done=closed"

    form = NothingForm(request.POST if request.method == "POST" else None)
    question = _question(
        shown,
        request,
        title=mark("Close the unit"),
        button=mark("Close the unit"),
        explanation=mark(
            "Nobody may belong to it, and nothing be open below it. It stays on record."
        ),
        is_grave=True,
    )
    return ask(request, form, question, carry_out)


@with_right(rights.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: PageRequest) -> HttpResponse:
    """Change what holds for the whole organisation."""
    shown = organisation(request.actor)
    names = ("name", "time_zone", "language", "administrators_need_codes", "version")
    now = {name: getattr(shown, name) for name in names}

    def carry_out(given: dict[str, Any]) -> str:
        version = given.pop("version")
        wanted = OrganisationSettings(**given)
        at = timezone.now()
        change_organisation(shown.id, settings=wanted, version=version, actor=request.actor, at=at)
        return f"{reverse('console:organisation')}?done=changed"

    here = reverse("console:organisation")
    question = Question(
        title=mark("Settings of the organisation"),
        button=mark("Save"),
        back=here,
        trail=(Crumb(mark("Organisation"), here),),
    )
    return ask(request, OrganisationForm(request.POST or None, initial=now), question, carry_out)


urlpatterns = [
    path("organisation/", tree, name="organisation"),
    path("organisation/settings/", settings, name="organisation-settings"),
    path("organisation/units/<int:unit_id>/", unit_page, name="unit"),
    path("organisation/units/<int:unit_id>/open/", open_below, name="unit-open"),
    path("organisation/units/<int:unit_id>/change/", change, name="unit-change"),
    path("organisation/units/<int:unit_id>/move/", move, name="unit-move"),
    path("organisation/units/<int:unit_id>/close/", close, name="unit-close"),
    *of_rosters,
    *of_people,
]
