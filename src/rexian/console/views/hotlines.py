"""Hotlines: set one up, change it, say who serves it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from rexian.console.asking import Question, ask
from rexian.console.hotline_forms import HotlineForm, ServingForm, details_of, filled
from rexian.console.telling import today_of
from rexian.contacts import queries
from rexian.contacts.domain.rights import MANAGE, SERVE
from rexian.contacts.queries import HotlineShown
from rexian.contacts.services import assign_agent, change_hotline, set_up_hotline
from rexian.kernel.authority import authorise
from rexian.kernel.language import mark
from rexian.look.notices import notices_of
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Column, Crumb, Fact
from rexian.org.queries import Wanted, people, person, units_for
from rexian.standard.queries.published import standards_in_force

MOST_AGENTS = 500
DONE = {
    "set-up": mark("The hotline is set up. Say who serves it."),
    "changed": mark("The hotline is changed."),
    "assigned": mark("It holds from now on."),
}
COLUMNS = (
    Column(title=mark("Agent")),
    Column(title=mark("Queues")),
    Column(title=mark("Chats at once"), numeric=True),
    Column(title=mark("What to do"), unseen=True),
)
_USUAL = {
    "offer_time": 30,
    "after_time": 120,
    "target_wait": 30,
    "chat_capacity": 3,
    "callback_time": 1800,
    "callback_attempts": 3,
    "callback_pause": 1800,
    "queues": "!emergency 紧急求助\ngeneral 咨询",
}


@require_GET
@with_right(MANAGE)
def hotlines(request: PageRequest) -> HttpResponse:
    """Show the hotlines of the organisation."""
    values = {"hotlines": queries.hotlines(request.actor), "notices": notices_of(request, DONE)}
    return render(request, "console/hotlines.html", values)


@require_GET
@with_right(MANAGE)
def one(request: PageRequest, hotline_id: int) -> HttpResponse:
    """Show a hotline, and who serves it."""
    shown = queries.hotline(hotline_id, actor=request.actor)
    authorise(request.actor, MANAGE, within=shown.unit_path)
    at = timezone.now()
    serving = {
        agent.person: agent for agent in queries.serving(hotline_id, actor=request.actor, at=at)
    }
    names = {queue.code: queue.name for queue in shown.queues}
    who = people(request.actor, Wanted(right=SERVE), offset=0, limit=MOST_AGENTS)
    values = {
        "hotline": shown,
        "facts": list(_facts(shown)),
        "agents": [(agent, serving.get(agent.id)) for agent in who],
        "queue_names": names,
        "columns": COLUMNS,
        "trail": (Crumb(mark("Hotlines"), reverse("console:hotlines")), Crumb(shown.name)),
        "notices": notices_of(request, DONE),
    }
    return render(request, "console/hotline.html", values)


@require_http_methods(["GET", "POST"])
@with_right(MANAGE)
def set_up(request: PageRequest) -> HttpResponse:
    """Set up a hotline."""

    def carry_out(given: dict[str, Any]) -> str:
        made = set_up_hotline(
            given["unit"],
            details=details_of(given),
            queues=given["queues"],
            actor=request.actor,
            at=timezone.now(),
        )
        return f"{reverse('console:hotline', args=(made,))}?done=set-up"

    first = {"company": request.person.organisation_name, **_USUAL}
    return ask(request, _form(request, first), _question(mark("Set up a hotline")), carry_out)


@require_http_methods(["GET", "POST"])
@with_right(MANAGE)
def change(request: PageRequest, hotline_id: int) -> HttpResponse:
    """Change a hotline."""
    shown = queries.hotline(hotline_id, actor=request.actor)
    authorise(request.actor, MANAGE, within=shown.unit_path)
    back = reverse("console:hotline", args=(hotline_id,))

    def carry_out(given: dict[str, Any]) -> str:
        change_hotline(
            hotline_id,
            details=details_of(given),
            queues=given["queues"],
            actor=request.actor,
            at=timezone.now(),
        )
        return f"{back}?done=changed"

    form = _form(request, filled(shown), shown.standard)
    return ask(request, form, _question(mark("Change the hotline"), back), carry_out)


@require_http_methods(["GET", "POST"])
@with_right(MANAGE)
def serve(request: PageRequest, hotline_id: int, person_id: int) -> HttpResponse:
    """Say which queues somebody serves."""
    at, back = timezone.now(), reverse("console:hotline", args=(hotline_id,))
    shown = queries.hotline(hotline_id, actor=request.actor)
    authorise(request.actor, MANAGE, within=shown.unit_path)
    who = person(person_id, actor=request.actor).person
    serving = queries.serving(hotline_id, actor=request.actor, at=at)
    now = next((agent for agent in serving if agent.person == person_id), None)

    def carry_out(given: dict[str, Any]) -> str:
        assign_agent(
            person_id,
            hotline=hotline_id,
            queues=given["queues"],
            capacity=given["capacity"],
            actor=request.actor,
            at=at,
        )
        return f"{back}?done=assigned"

    first = {
        "queues": now.skills if now else (),
        "capacity": now.capacity if now else shown.chat_capacity,
    }
    form = ServingForm(request.POST or None, hotline=shown, initial=first)
    question = Question(
        title=who.name,
        button=mark("Save"),
        back=back,
        trail=(
            Crumb(mark("Hotlines"), reverse("console:hotlines")),
            Crumb(shown.name, back),
        ),
        explanation=mark("Without any queue they serve this hotline no longer."),
    )
    return ask(request, form, question, carry_out)


def _form(request: PageRequest, initial: dict[str, object], standard: str = "") -> HotlineForm:
    ruling = standards_in_force(request.person.organisation_id, today_of(request.person))
    names = sorted({*ruling, *([standard] if standard else [])})
    units = units_for(request.actor, MANAGE)
    return HotlineForm(request.POST or None, units=units, standards=names, initial=initial)


def _question(title: str, back: str = "") -> Question:
    above = reverse("console:hotlines")
    return Question(
        title=title,
        button=mark("Save"),
        back=back or above,
        trail=(Crumb(mark("Hotlines"), above),),
    )


def _facts(shown: HotlineShown) -> list[Fact]:
    address = reverse("portal:start", args=(shown.code,))
    return [
        Fact(mark("Company name"), shown.company),
        Fact(mark("Telephone"), shown.telephone or "–"),
        Fact(mark("Standard"), shown.standard),
        Fact(mark("Customers write here"), address, address),
        Fact(mark("Queues"), "、".join(queue.name for queue in shown.queues)),
        Fact(mark("Time to take an offer"), f"{shown.offer_time} s"),
        Fact(mark("Target of after-contact work"), f"{shown.after_time} s"),
        Fact(mark("Target of the wait"), f"{shown.target_wait} s"),
    ]


urlpatterns = [
    path("hotlines/", hotlines, name="hotlines"),
    path("hotlines/new", set_up, name="set-up-hotline"),
    path("hotlines/<int:hotline_id>/", one, name="hotline"),
    path("hotlines/<int:hotline_id>/change", change, name="change-hotline"),
    path("hotlines/<int:hotline_id>/agents/<int:person_id>", serve, name="serve-hotline"),
]
