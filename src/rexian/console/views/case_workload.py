"""Who has how many cases to handle: all, due today, late."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from rexian.cases.domain.rights import SUPERVISE
from rexian.cases.queries import Load, workload
from rexian.console.case_lists import OPEN, end_of_day
from rexian.console.case_page import HOME
from rexian.kernel.authority import Actor
from rexian.kernel.language import mark
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Column, Crumb
from rexian.org.queries import PersonShown, people_by_id

COLUMNS = (
    Column(title=mark("Person")),
    Column(title=mark("Unit")),
    Column(title=mark("Cases in hand"), numeric=True),
    Column(title=mark("Due today"), numeric=True),
    Column(title=mark("Late"), numeric=True),
)
_READER = Actor.system("console")


@dataclass(frozen=True, slots=True)
class LoadLine:
    """What somebody has to do, each figure with the list that it counts."""

    load: Load
    name: str
    unit: str
    has_left: bool
    all_href: str
    due_href: str
    late_href: str


@require_safe
@with_right(SUPERVISE)
def page(request: PageRequest) -> HttpResponse:
    """Show who has how much to do of the cases that one sees, whoever is late first."""
    at = timezone.now()
    until = end_of_day(at, request.person.time_zone)
    found = workload(request.actor, until=until, at=at)
    known = people_by_id([one.person for one in found], actor=_READER)
    values = {
        "columns": COLUMNS,
        "lines": [_line(one, known[one.person]) for one in found],
        "all": sum(one.all for one in found),
        "due": sum(one.due for one in found),
        "late": sum(one.late for one in found),
        "trail": (HOME, Crumb(mark("Workload"))),
    }
    return render(request, "console/case_workload.html", values)


def _line(load: Load, person: PersonShown) -> LoadLine:
    return LoadLine(
        load,
        person.name,
        person.unit_name,
        person.left_at is not None,
        _list(load),
        _list(load, today="yes"),
        _list(load, late="yes"),
    )


def _list(load: Load, **more: str) -> str:
    asked = urlencode({"standing": OPEN, "handler": load.person, **more})
    return f"{reverse('console:cases')}?{asked}"


urlpatterns = [path("cases/workload/", page, name="case-workload")]
