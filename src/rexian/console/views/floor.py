"""The floor, live: who is ready, who waits, what is said; read along, whisper, take over."""

from __future__ import annotations

from contextlib import suppress
from uuid import uuid4

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from rexian.console.curves import curve_of
from rexian.console.floor import STATES, agent_line, day_now, floor_now
from rexian.console.live_floor import contact_part
from rexian.contacts import queries
from rexian.contacts.domain.lifecycle import OPEN
from rexian.contacts.domain.presence import BREAK_NAMES
from rexian.contacts.domain.rights import INTERVENE, SERVE, WATCH
from rexian.contacts.services import set_agent_state, take_over, whisper
from rexian.journal.queries import newest_id
from rexian.kernel.errors import NotFound, Refused, RexianError
from rexian.kernel.language import mark
from rexian.look.notices import notices_of
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Crumb, Notice, Tab, Tone
from rexian.org.queries import person

DONE = {
    "whispered": mark("The agent reads your line now."),
    "break": mark("The agent is on a break, and is offered nothing."),
    "out": mark("The agent is out of the queue; what they had went back to it."),
}


@require_GET
@with_right(WATCH)
def floor(request: PageRequest, hotline_id: int | None = None) -> HttpResponse:
    """Show the floor of a hotline, the first one if none is named."""
    after, at = newest_id(), timezone.now()
    known = _watched(request)
    if not known and hotline_id is None:
        return render(request, "console/floor.html", {"hotline": None})
    shown = queries.hotline(hotline_id or known[0].id, actor=request.actor)
    queries.watch_floor(shown, request.actor)
    day = day_now(shown, actor=request.actor, at=at)
    values = {
        **floor_now(shown.id, at=at),
        "after": after,
        "tabs": _tabs(known, shown.id) if len(known) > 1 else (),
        "day": day,
        "curve": curve_of(day, shown.time_zone),
        "notices": notices_of(request, DONE),
        "may_intervene": request.actor.may(INTERVENE),
        "may_serve": request.actor.may(SERVE),
        "zone": shown.time_zone,
    }
    return render(request, "console/floor.html", values)


def _watched(request: PageRequest) -> tuple[queries.HotlineShown, ...]:
    """Return the hotlines that somebody may watch: a section below them watches none."""
    found = []
    for one in queries.hotlines(request.actor):
        with suppress(Refused):
            queries.watch_floor(one, request.actor)
            found.append(one)
    return tuple(found)


@require_GET
@with_right(WATCH)
def read_along(request: PageRequest, contact_id: int) -> HttpResponse:
    """Show a contact as it goes on, with what may be done from here."""
    return _contact_page(request, contact_id)


@require_POST
@with_right(INTERVENE)
def whisper_line(request: PageRequest, contact_id: int) -> HttpResponse:
    """Write a line to the agent that the customer does not see."""
    text = request.POST.get("text", "")
    try:
        whisper(
            contact_id,
            text=text,
            sent_as=request.POST.get("sent_as", "")[:64],
            actor=request.actor,
            at=timezone.now(),
        )
    except RexianError as refused:
        queries.contact(contact_id, actor=request.actor)  # what one may not see stays unseen
        return _contact_page(request, contact_id, text=text, refused=refused)
    return HttpResponseRedirect(f"{_address(contact_id)}?done=whispered")


@require_POST
@with_right(INTERVENE)
def take_contact_over(request: PageRequest, contact_id: int) -> HttpResponse:
    """Take a contact over, and go on with it at one's own desk."""
    try:
        take_over(contact_id, actor=request.actor, at=timezone.now())
    except RexianError as refused:
        queries.contact(contact_id, actor=request.actor)
        return _contact_page(request, contact_id, refused=refused)
    return HttpResponseRedirect(f"{reverse('desk:desk')}?contact={contact_id}")


@require_GET
@with_right(WATCH)
def agent_page(request: PageRequest, person_id: int) -> HttpResponse:
    """Show what an agent does now, with what may be done from here."""
    at = timezone.now()
    for hotline in queries.hotlines(request.actor):
        agents = queries.agents_of(hotline.id, actor=request.actor, at=at)
        agent = next((one for one in agents if one.person == person_id), None)
        if agent is not None:
            break
    else:
        raise NotFound(mark("There is nothing under {code}."), code=f"person:{person_id}")
    own = queries.open_contacts(hotline.id, actor=request.actor)
    values = {
        "agent": agent,
        "line": agent_line(agent, own),
        "breaks": [(one.value, name) for one, name in BREAK_NAMES.items()],
        "states": STATES,
        "may_intervene": request.actor.may(INTERVENE),
        "trail": (Crumb(mark("Floor"), reverse("console:floor")), Crumb(agent.name)),
    }
    return render(request, "console/floor_agent.html", values)


@require_POST
@with_right(INTERVENE)
def send_agent(request: PageRequest, person_id: int) -> HttpResponse:
    """Put an agent on a break, or out of the queue."""
    shown = person(person_id, actor=request.actor)
    reason = request.POST.get("reason", "")
    set_agent_state(shown.person.id, reason=reason, actor=request.actor, at=timezone.now())
    done = "break" if reason else "out"
    return HttpResponseRedirect(f"{reverse('console:floor')}?done={done}")


def _contact_page(
    request: PageRequest, contact_id: int, *, text: str = "", refused: RexianError | None = None
) -> HttpResponse:
    after = newest_id()
    contact = queries.contact(contact_id, actor=request.actor)
    values = {
        **contact_part(contact),
        "after": after,
        "is_open": contact.state in OPEN,
        "does": STATES[contact.state],
        "text": text,
        "sent_as": uuid4().hex,
        "may_intervene": request.actor.may(INTERVENE),
        "is_own": contact.agent == request.actor.person,
        "notices": _told(request, refused),
        "trail": (
            Crumb(mark("Floor"), reverse("console:floor")),
            Crumb(mark("Read along")),
        ),
    }
    status = refused.status if refused else 200
    return render(request, "console/floor_contact.html", values, status=status)


def _told(request: PageRequest, refused: RexianError | None) -> tuple[Notice, ...]:
    if refused is None:
        return notices_of(request, DONE)
    return (Notice(refused.sentence(request.language), Tone.BAD),)


def _tabs(known: tuple[queries.HotlineShown, ...], current: int) -> tuple[Tab, ...]:
    return tuple(
        Tab(one.name, reverse("console:floor-of", args=(one.id,)), current=one.id == current)
        for one in known
    )


def _address(contact_id: int) -> str:
    return reverse("console:read-along", args=(contact_id,))


urlpatterns = [
    path("floor/", floor, name="floor"),
    path("floor/<int:hotline_id>/", floor, name="floor-of"),
    path("floor/contacts/<int:contact_id>/", read_along, name="read-along"),
    path("floor/contacts/<int:contact_id>/whisper", whisper_line, name="whisper"),
    path("floor/contacts/<int:contact_id>/take-over", take_contact_over, name="take-over"),
    path("floor/agents/<int:person_id>/", agent_page, name="floor-agent"),
    path("floor/agents/<int:person_id>/send", send_agent, name="send-agent"),
]
