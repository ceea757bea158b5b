"""Places: the organisation's roads and points, one road along its stakes, and what is changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from rexian.console.asking import Question, ask
from rexian.console.place_forms import PointForm, RetireForm, RoadForm, of_point, of_road
from rexian.console.places import drawing_of, stretches_of
from rexian.console.views.place_lists import urlpatterns as of_lists
from rexian.console.views.place_words import urlpatterns as of_words
from rexian.kernel.language import mark
from rexian.look.environment import translated
from rexian.look.notices import notices_of
from rexian.look.pagination import page_of
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Column, Crumb, Tab
from rexian.places.domain.rights import MANAGE, READ
from rexian.places.domain.roads import KIND_NAMES, PointKind, joined
from rexian.places.queries import (
    PointShown,
    RoadShown,
    Wanted,
    point,
    point_count,
    points,
    road,
    road_count,
    roads,
)
from rexian.places.services import (
    add_point,
    add_road,
    change_point,
    change_road,
    retire_point,
    retire_road,
)

SIZE = 25
DONE: Mapping[str, str] = {
    "road-added": mark("The road is in the list. Add its points."),
    "point-added": mark("The point is in the list."),
    "changed": mark("Saved."),
    "road-retired": mark("The road is out of the list, with the points on it."),
    "point-retired": mark("The point is out of the list."),
    "carried-out": mark("The file is carried out."),
    "dropped": mark("The file is put aside. Nothing is changed."),
}
ROAD_COLUMNS = (
    Column(title=mark("Road code")),
    Column(title=mark("Name of the road")),
    Column(title=mark("Stakes")),
    Column(title=mark("Directions")),
    Column(title=mark("Points"), numeric=True),
)
POINT_COLUMNS = (
    Column(title=mark("Name of the point")),
    Column(title=mark("Kind of point")),
    Column(title=mark("Road")),
    Column(title=mark("Stake"), numeric=True),
    Column(title=mark("Only in the direction")),
    Column(title=mark("Also called")),
)


@with_right(READ)
@require_safe
def road_list(request: PageRequest) -> HttpResponse:
    """Show the roads that were asked for."""
    wanted, query = _wanted(request), request.GET.urlencode()
    total = road_count(request.actor, wanted)
    page = page_of(request.GET.get("page"), size=SIZE, total=total, query=query)
    values = {
        **_both(request, wanted, on_roads=True),
        "roads": roads(request.actor, wanted, offset=page.offset, limit=SIZE),
        "columns": ROAD_COLUMNS,
        "page": page,
    }
    return render(request, "console/places.html", values)


@with_right(READ)
@require_safe
def point_list(request: PageRequest) -> HttpResponse:
    """Show the points that were asked for, along each road."""
    wanted, query = _wanted(request), request.GET.urlencode()
    total = point_count(request.actor, wanted)
    page = page_of(request.GET.get("page"), size=SIZE, total=total, query=query)
    found = points(request.actor, wanted, offset=page.offset, limit=SIZE)
    values = {
        **_both(request, wanted, on_roads=False),
        "points": [(one, joined(one.point.aliases)) for one in found],
        "columns": POINT_COLUMNS,
        "page": page,
    }
    return render(request, "console/place_points.html", values)


@with_right(READ)
@require_safe
def one_road(request: PageRequest, road_id: int) -> HttpResponse:
    """Show a road as a line, with its points in the order of their stakes."""
    shown = road(road_id, actor=request.actor)
    values = {
        "shown": shown,
        "road": shown.road,
        "also": joined(shown.road.aliases),
        "stretches": stretches_of(shown),
        "drawing": drawing_of(shown.road),
        "kinds": KIND_NAMES,
        "trail": (*_trail(), Crumb(shown.road.code)),
        "may_manage": request.actor.may(MANAGE),
        "notices": notices_of(request, DONE),
    }
    return render(request, "console/place_road.html", values)


@with_right(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_road(request: PageRequest) -> HttpResponse:
    """Add a road."""
    form = RoadForm(request.POST or None)

    def carry_out(_: dict[str, Any]) -> str:
        organisation = request.actor.organisation or 0
        added = add_road(
            organisation, details=form.details(), actor=request.actor, at=timezone.now()
        )
        return _road_address(added, "road-added")

    back = reverse("console:places")
    words = Question(title=mark("Add a road"), button=mark("Add"), back=back, trail=_trail())
    return ask(request, form, words, carry_out)


@with_right(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change_road_page(request: PageRequest, road_id: int) -> HttpResponse:
    """Change what the list says of a road."""
    shown = road(road_id, actor=request.actor)
    form = RoadForm(request.POST or None, initial=of_road(shown.road, shown.version))

    def carry_out(given: dict[str, Any]) -> str:
        change_road(
            road_id,
            details=form.details(),
            version=given["version"] or 0,
            actor=request.actor,
            at=timezone.now(),
        )
        return _road_address(road_id, "changed")

    words = _question(shown, title=mark("Change the road"), button=mark("Save"))
    return ask(request, form, words, carry_out)


@with_right(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def retire_road_page(request: PageRequest, road_id: int) -> HttpResponse:
    """Take a road out of the list."""
    shown = road(road_id, actor=request.actor)
    form = RetireForm(request.POST or None, initial={"version": shown.version})

    def carry_out(given: dict[str, Any]) -> str:
        retire_road(road_id, version=given["version"], actor=request.actor, at=timezone.now())
        return f"{reverse('console:places')}?done=road-retired"

    words = _question(
        shown,
        title=mark("Take the road out of the list"),
        button=mark("Take it out"),
        explanation=mark(
            "It is suggested no longer, with the points on it. Records that name it stay."
        ),
        is_grave=True,
    )
    return ask(request, form, words, carry_out)


@with_right(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_point(request: PageRequest, road_id: int) -> HttpResponse:
    """Add a point to a road."""
    shown = road(road_id, actor=request.actor)
    form = PointForm(request.POST or None, road=shown.road)

    def carry_out(_: dict[str, Any]) -> str:
        add_point(road_id, details=form.details(), actor=request.actor, at=timezone.now())
        return _road_address(road_id, "point-added")

    words = _question(shown, title=mark("Add a point"), button=mark("Add"))
    return ask(request, form, words, carry_out)


@with_right(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change_point_page(request: PageRequest, point_id: int) -> HttpResponse:
    """Change what the list says of a point."""
    shown, on = _point_and_road(request, point_id)
    first = of_point(shown.point, shown.version)
    form = PointForm(request.POST or None, road=on.road, initial=first)

    def carry_out(given: dict[str, Any]) -> str:
        change_point(
            point_id,
            details=form.details(),
            version=given["version"] or 0,
            actor=request.actor,
            at=timezone.now(),
        )
        return _road_address(on.id, "changed")

    words = _question(
        on,
        title=mark("Change the point"),
        button=mark("Save"),
        values={
            "beside": (
                translated(mark("Take the point out of the list")),
                reverse("console:retire-point", args=[point_id]),
            )
        },
    )
    return ask(request, form, words, carry_out, "console/place_point.html")


@with_right(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def retire_point_page(request: PageRequest, point_id: int) -> HttpResponse:
    """Take a point out of the list."""
    shown, on = _point_and_road(request, point_id)
    form = RetireForm(request.POST or None, initial={"version": shown.version})

    def carry_out(given: dict[str, Any]) -> str:
        retire_point(point_id, version=given["version"], actor=request.actor, at=timezone.now())
        return _road_address(on.id, "point-retired")

    words = _question(
        on,
        title=mark("Take the point out of the list"),
        button=mark("Take it out"),
        is_grave=True,
        values={"about": f"{shown.code} {shown.point.name} {shown.point.stake}"},
    )
    return ask(request, form, words, carry_out, "console/place_point.html")


def _point_and_road(request: PageRequest, point_id: int) -> tuple[PointShown, RoadShown]:
    shown = point(point_id, actor=request.actor)
    return shown, road(shown.road, actor=request.actor)


def _wanted(request: PageRequest) -> Wanted:
    kinds = {one.value: one for one in PointKind}
    text = request.GET.get("q", "")[:60]
    return Wanted(text=text, kind=kinds.get(request.GET.get("kind", "")))


def _both(request: PageRequest, wanted: Wanted, *, on_roads: bool) -> dict[str, object]:
    """Return what the pages of roads and of points have alike."""
    asked = f"?{request.GET.urlencode()}" if wanted.text else ""
    actor = request.actor
    return {
        "wanted": wanted,
        "kinds": [(one.value, translated(KIND_NAMES[one])) for one in PointKind],
        "tabs": (
            Tab(
                mark("Roads"),
                reverse("console:places") + asked,
                on_roads,
                road_count(actor, wanted),
            ),
            Tab(
                mark("Points"),
                reverse("console:place-points") + asked,
                not on_roads,
                point_count(actor, wanted),
            ),
        ),
        "may_manage": actor.may(MANAGE),
        "notices": notices_of(request, DONE),
    }


def _trail() -> tuple[Crumb, ...]:
    return (Crumb(mark("Places"), reverse("console:places")),)


def _road_address(road_id: int, done: str) -> str:
    return f"{reverse('console:place-road', args=[road_id])}?done={done}"


def _question(shown: RoadShown, **words: Any) -> Question:
    here = reverse("console:place-road", args=[shown.id])
    return Question(back=here, trail=(*_trail(), Crumb(shown.road.code, here)), **words)


urlpatterns = [
    path("places/", road_list, name="places"),
    path("places/points", point_list, name="place-points"),
    path("places/roads/new", new_road, name="add-road"),
    path("places/roads/<int:road_id>/", one_road, name="place-road"),
    path("places/roads/<int:road_id>/change", change_road_page, name="change-road"),
    path("places/roads/<int:road_id>/retire", retire_road_page, name="retire-road"),
    path("places/roads/<int:road_id>/points/new", new_point, name="add-point"),
    path("places/points/<int:point_id>/change", change_point_page, name="change-point"),
    path("places/points/<int:point_id>/retire", retire_point_page, name="retire-point"),
    *of_lists,
    *of_words,
]
