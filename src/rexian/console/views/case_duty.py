"""The roster of who is on duty: a day by units with its gaps, lines added, removed, copied."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rexian.cases.domain.duties import Spell
from rexian.cases.domain.rights import DISPATCH, SUPERVISE
from rexian.cases.queries.directory import helpers
from rexian.cases.queries.duty import UnitDay, duty, roster
from rexian.cases.services.duty import copy_duties, remove_duty, set_duty
from rexian.console.asking import Question, ask
from rexian.console.case_page import HOME
from rexian.console.dispatch_forms import DutyForm, day_of
from rexian.console.telling import today_of
from rexian.kernel.authority import Actor
from rexian.kernel.errors import Invalid
from rexian.kernel.language import mark
from rexian.look.environment import translated
from rexian.look.instants import local_text
from rexian.look.notices import notices_of
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Crumb, Notice, Tone
from rexian.org.queries import UnitShown, Wanted, people, units_for

BACK = {"1": 1, "7": 7}
"""How many days back one copies from: yesterday, or the same day of last week."""

DONE = {"set": mark("It stands in the roster."), "removed": mark("It is taken off the roster.")}
_MOST_PEOPLE = 300
_READER = Actor.system("console")
_DAYS = (
    mark("Monday"), mark("Tuesday"), mark("Wednesday"), mark("Thursday"), mark("Friday"),
    mark("Saturday"), mark("Sunday"),
)  # fmt: skip


@require_safe
@with_right(DISPATCH)
def day_roster(request: PageRequest) -> HttpResponse:
    """Show who is on duty on a day, unit by unit, and when nobody is."""
    day, zone = _day(request), request.person.time_zone
    found = roster(request.actor, day=day, zone=zone)
    ours = {one.id for one in units_for(request.actor, SUPERVISE)}
    values = {
        "day": day,
        "day_title": f"{day.isoformat()} {translated(_DAYS[day.weekday()])}",
        "is_today": day == today_of(request.person),
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
        "units": [_unit(one, day, zone, may=one.unit in ours) for one in found],
        "may_manage": bool(ours),
        "trail": (HOME, Crumb(mark("Duty roster"))),
        "notices": (*notices_of(request, DONE), *_copied(request)),
    }
    return render(request, "console/case_duty.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
@with_right(SUPERVISE)
def add(request: PageRequest) -> HttpResponse:
    """Have somebody be on duty in a unit on a day."""
    day, units = _day(request), units_for(request.actor, SUPERVISE)
    unit = _unit_of(request, units)
    wanted = Wanted(within=unit.path)
    form = DutyForm(
        request.POST or None,
        people=people(_READER, wanted, offset=0, limit=_MOST_PEOPLE),
        helpers=helpers(request.actor),
        initial={"begins": "20:00", "ends": "08:00"},
    )

    def carry_out(_: dict[str, Any]) -> str:
        details = form.details(day, request.person.time_zone)
        set_duty(unit.id, details=details, actor=request.actor, at=timezone.now())
        return f"{reverse('console:case-duty')}?day={day}&done=set"

    question = Question(
        title=mark("Put somebody on duty"),
        button=mark("Put on the roster"),
        back=f"{reverse('console:case-duty')}?day={day}",
        trail=(HOME, Crumb(mark("Duty roster"), f"{reverse('console:case-duty')}?day={day}")),
        values={"units": units, "unit": unit, "day": day},
    )
    return ask(request, form, question, carry_out, "console/case_duty_new.html")


@require_POST
@with_right(SUPERVISE)
def remove(request: PageRequest, duty_id: int) -> HttpResponse:
    """Take somebody off the roster."""
    shown = duty(duty_id, actor=request.actor)
    remove_duty(duty_id, actor=request.actor, at=timezone.now())
    day = local_text(shown.begins_at, request.person.time_zone)[:10]
    return HttpResponseRedirect(f"{reverse('console:case-duty')}?day={day}&done=removed")


@require_POST
@with_right(SUPERVISE)
def copy(request: PageRequest) -> HttpResponse:
    """Copy the roster of yesterday, or of the same day last week, in the units one supervises."""
    day, zone = _day(request), request.person.time_zone
    back = BACK.get(request.POST.get("back", ""))
    if back is None:
        raise Invalid(mark("Choose from which day."), field="back")
    source = day - timedelta(days=back)
    ours = {one.id for one in units_for(request.actor, SUPERVISE)}
    wanted = request.POST.get("unit", "")
    copied = 0
    for one in roster(request.actor, day=source, zone=zone):
        if one.unit in ours and wanted in {"", str(one.unit)}:
            copied += copy_duties(
                one.unit, source=source, to=day, zone=zone, actor=request.actor, at=timezone.now()
            )
    return HttpResponseRedirect(f"{reverse('console:case-duty')}?day={day}&copied={copied}")


def _day(request: PageRequest) -> date:
    named = request.POST.get("day") or request.GET.get("day", "")
    return day_of(named, today_of(request.person))


def _unit_of(request: PageRequest, units: tuple[UnitShown, ...]) -> UnitShown:
    """Return the unit that was chosen, else the first that one supervises."""
    wanted = request.GET.get("unit", "")
    chosen = next((one for one in units if str(one.id) == wanted), None)
    if chosen is None and not units:
        raise Invalid(mark("There is no such unit."), field="unit")
    return chosen or units[0]


def _unit(one: UnitDay, day: date, zone: str, *, may: bool) -> dict[str, Any]:
    return {
        "id": one.unit,
        "name": one.unit_name,
        "may": may,
        "gaps": [_times(each, day, zone) for each in one.gaps],
        "is_empty": not one.duties,
        "duties": [
            (each, _times(Spell(each.begins_at, each.ends_at), day, zone)) for each in one.duties
        ],
    }


def _times(spell: Spell, day: date, zone: str) -> str:
    """Return a time of a day in its own clock; another day is named with it."""
    begins, ends = local_text(spell.begins_at, zone), local_text(spell.ends_at, zone)
    if ends[11:16] == "00:00" and begins[:10] == day.isoformat():
        ends = f"{day.isoformat()} 24:00"
    told = [one[11:16] if one[:10] == day.isoformat() else one[5:16] for one in (begins, ends)]
    return "–".join(told)


def _copied(request: PageRequest) -> tuple[Notice, ...]:
    count = request.GET.get("copied", "")
    if not (count.isascii() and count.isdigit() and len(count) < 6):
        return ()
    told = translated(mark("Copied: {count}. What stood there already stays."), count=count)
    return (Notice(told, Tone.GOOD if int(count) else Tone.CAUTION),)


urlpatterns = [
    path("cases/duty/", day_roster, name="case-duty"),
    path("cases/duty/new", add, name="set-duty"),
    path("cases/duty/copy", copy, name="copy-duty"),
    path("cases/duty/<int:duty_id>/remove", remove, name="remove-duty"),
]
