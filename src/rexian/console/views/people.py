"""People: the list, the page of one, and what can be done about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rexian.console.asking import Question, ask
from rexian.console.organisation_forms import (
    AppointForm,
    ChangePersonForm,
    JoinForm,
    LeaveForm,
    MovePersonForm,
    role_choices,
    unit_choices,
)
from rexian.kernel.errors import NotFound
from rexian.kernel.language import mark
from rexian.look.instants import local_text
from rexian.look.notices import notices_of
from rexian.look.pagination import page_of
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Column, Crumb
from rexian.org.domain import rights
from rexian.org.domain.people import PersonDetails
from rexian.org.domain.roles import ROLE_NAMES, Role
from rexian.org.queries import (
    PersonPage,
    Presence,
    Wanted,
    holdings_of,
    people,
    people_count,
    person,
    successors,
    unit,
    units_for,
)
from rexian.org.services import (
    appoint_person,
    change_person,
    end_sessions_of,
    give_password_link,
    join_person,
    let_person_leave,
    move_person,
    relieve_person,
    remove_second_factor,
    unlock_sign_in,
)

_SIZE = 50
_COLUMNS = (
    Column(title=mark("Name")),
    Column(title=mark("Agent number")),
    Column(title=mark("Roles")),
    Column(title=mark("Unit")),
    Column(title=mark("Extension")),
    Column(title=mark("Sign-in name")),
)
_DONE: Mapping[str, str] = {
    "joined": mark("Saved. Hand them a link for their password."),
    "changed": mark("Saved."),
    "appointed": mark("Appointed."),
    "relieved": mark("Relieved."),
    "moved": mark("Moved, with their roles."),
    "left": mark("Has left. Posts, sessions and tokens have ended."),
    "unlock": mark("They can try to sign in again at once."),
    "end-sessions": mark("All their sessions are ended."),
    "remove-second-factor": mark("The second factor is removed."),
}
_DEEDS: Mapping[str, Callable[..., object]] = {
    "unlock": unlock_sign_in,
    "end-sessions": end_sessions_of,
    "remove-second-factor": remove_second_factor,
}


def _address(person_id: int, done: str) -> str:
    return f"{reverse('console:person', args=[person_id])}?done={done}"


@with_right(rights.SEE)
@require_safe
def listing(request: PageRequest) -> HttpResponse:
    """List the people whom one sees."""
    wanted = _wanted(request)
    query = request.GET.urlencode()
    total = people_count(request.actor, wanted)
    page = page_of(request.GET.get("page"), size=_SIZE, total=total, query=query)
    values = {
        "people": people(request.actor, wanted, offset=page.offset, limit=_SIZE),
        "page": page,
        "columns": _COLUMNS,
        "role_names": ROLE_NAMES,
        "units": unit_choices(units_for(request.actor)),
        "roles": role_choices(),
        "asked": request.GET,
        "may_manage": request.actor.may(rights.MANAGE),
        "notices": notices_of(request, _DONE),
    }
    return render(request, "console/people.html", values)


def _wanted(request: PageRequest) -> Wanted:
    asked = request.GET
    within = ""
    if asked.get("unit", "").isascii() and asked.get("unit", "").isdigit():
        within = unit(int(asked["unit"][:18]), actor=request.actor).path
    role = asked.get("role", "")
    return Wanted(
        text=asked.get("q", "")[:80],
        within=within,
        role=Role(role) if role in set(Role) else None,
        presence=Presence.LEFT if asked.get("presence") == Presence.LEFT else Presence.HERE,
    )


@with_right(rights.SEE)
@require_safe
def person_page(request: PageRequest, person_id: int) -> HttpResponse:
    """Show a person: what is written down of them, their posts now and before."""
    shown = person(person_id, actor=request.actor)
    zone = request.person.time_zone
    values = {
        "shown": shown,
        "role_names": ROLE_NAMES,
        "trail": _trail(Crumb(shown.person.name)),
        "may_relieve": {
            post.unit: request.actor.may(rights.MANAGE, post.unit_path)
            for post in shown.person.posts
        },
        "text_of": lambda at: local_text(at, zone),
        "notices": notices_of(request, _DONE),
    }
    return render(request, "console/people_person.html", values)


def _trail(*further: Crumb) -> tuple[Crumb, ...]:
    return (Crumb(mark("People"), reverse("console:people")), *further)


def _question(shown: PersonPage, **words: Any) -> Question:
    here = reverse("console:person", args=[shown.person.id])
    return Question(back=here, trail=_trail(Crumb(shown.person.name, here)), **words)


@with_right(rights.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: PageRequest) -> HttpResponse:
    """Let somebody join."""
    units = units_for(request.actor, rights.MANAGE)
    form = JoinForm(request.POST or None, units=units, initial={"unit": request.GET.get("unit")})

    def carry_out(given: dict[str, Any]) -> str:
        unit_id, roles = given.pop("unit"), [Role(one) for one in given.pop("roles")]
        details = PersonDetails(**given)
        at = timezone.now()
        joined = join_person(unit_id, details=details, roles=roles, actor=request.actor, at=at)
        return _address(joined, "joined")

    question = Question(
        title=mark("Add a person"),
        button=mark("Add"),
        back=reverse("console:people"),
        trail=_trail(),
    )
    return ask(request, form, question, carry_out)


@with_right(rights.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: PageRequest, person_id: int) -> HttpResponse:
    """Change what is written down of a person."""
    shown = person(person_id, actor=request.actor)
    names = ("name", "sign_in", "agent_number", "extension")
    now = {name: getattr(shown.person, name) for name in names}
    now |= {"email": shown.email, "version": shown.version}

    def carry_out(given: dict[str, Any]) -> str:
        version = given.pop("version")
        details = PersonDetails(**given)
        at = timezone.now()
        change_person(person_id, details=details, version=version, actor=request.actor, at=at)
        return _address(person_id, "changed")

    question = _question(shown, title=mark("Change"), button=mark("Save"))
    return ask(request, ChangePersonForm(request.POST or None, initial=now), question, carry_out)


@with_right(rights.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: PageRequest, person_id: int) -> HttpResponse:
    """Give somebody a role in a unit."""
    shown = person(person_id, actor=request.actor)
    units = units_for(request.actor, rights.MANAGE)
    form = AppointForm(request.POST or None, units=units, initial={"unit": shown.person.unit})

    def carry_out(given: dict[str, Any]) -> str:
        appoint_person(
            person_id,
            role=Role(given["role"]),
            unit_id=given["unit"],
            actor=request.actor,
            at=timezone.now(),
        )
        return _address(person_id, "appointed")

    question = _question(shown, title=mark("Appoint"), button=mark("Appoint"))
    return ask(request, form, question, carry_out)


@with_right(rights.MANAGE)
@require_POST
def relieve(request: PageRequest, person_id: int) -> HttpResponse:
    """Take a role in a unit from somebody."""
    role, unit_id = request.POST.get("role", ""), request.POST.get("unit", "")
    if role not in set(Role) or not (unit_id.isascii() and unit_id.isdigit()):
        raise NotFound(mark("There is nothing under {code}."), code=f"person:{person_id}")
    relieve_person(
        person_id,
        role=Role(role),
        unit_id=int(unit_id[:18]),
        actor=request.actor,
        at=timezone.now(),
    )
    return HttpResponseRedirect(_address(person_id, "relieved"))


@with_right(rights.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: PageRequest, person_id: int) -> HttpResponse:
    """Move somebody to another unit, with their roles."""
    shown = person(person_id, actor=request.actor)
    others = [one for one in units_for(request.actor, rights.MANAGE) if one.id != shown.person.unit]
    form = MovePersonForm(
        request.POST or None,
        units=others,
        successors=successors(person_id, actor=request.actor),
    )

    def carry_out(given: dict[str, Any]) -> str:
        move_person(
            person_id,
            unit_id=given["unit"],
            successor_id=given["successor"],
            actor=request.actor,
            at=timezone.now(),
        )
        return _address(person_id, "moved")

    question = _question(
        shown,
        title=mark("Move"),
        button=mark("Move"),
        explanation=mark("The roles that they have in their unit go with them."),
        values={"held": holdings_of(person_id)},
    )
    return ask(request, form, question, carry_out, "console/people_departure.html")


@with_right(rights.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: PageRequest, person_id: int) -> HttpResponse:
    """Let somebody leave the organisation."""
    shown = person(person_id, actor=request.actor)
    given_data = request.POST if request.method == "POST" else None
    form = LeaveForm(given_data, successors=successors(person_id, actor=request.actor))

    def carry_out(given: dict[str, Any]) -> str:
        successor = given["successor"]
        at = timezone.now()
        let_person_leave(person_id, successor_id=successor, actor=request.actor, at=at)
        return _address(person_id, "left")

    question = _question(
        shown,
        title=mark("Let leave"),
        button=mark("Let leave"),
        explanation=mark(
            "Their posts, sessions and tokens end at once. What they did stays on record."
        ),
        is_grave=True,
        values={"held": holdings_of(person_id)},
    )
    return ask(request, form, question, carry_out, "console/people_departure.html")


@never_cache
@with_right(rights.MANAGE)
@require_POST
def password_link(request: PageRequest, person_id: int) -> HttpResponse:
    """Show a link for somebody's password, once."""
    shown = person(person_id, actor=request.actor)
    link = give_password_link(person_id, actor=request.actor, at=timezone.now())
    here = reverse("console:person", args=[person_id])
    values = {
        "shown": shown,
        "address": request.build_absolute_uri(reverse("account:set-password", args=[link.token])),
        "until": local_text(link.expires_at, request.person.time_zone),
        "trail": _trail(Crumb(shown.person.name, here), Crumb(mark("Password link"))),
        "back": here,
    }
    return render(request, "console/people_link.html", values)


@with_right(rights.MANAGE)
@require_POST
def deed(request: PageRequest, person_id: int, name: str) -> HttpResponse:
    """Do one of the things about somebody's sign-in that need no more than a button."""
    if name not in _DEEDS:
        raise NotFound(mark("There is nothing under {code}."), code=name)
    _DEEDS[name](person_id, actor=request.actor, at=timezone.now())
    return HttpResponseRedirect(_address(person_id, name))


urlpatterns = [
    path("people/", listing, name="people"),
    path("people/new/", join, name="person-join"),
    path("people/<int:person_id>/", person_page, name="person"),
    path("people/<int:person_id>/change/", change, name="person-change"),
    path("people/<int:person_id>/appoint/", appoint, name="person-appoint"),
    path("people/<int:person_id>/relieve/", relieve, name="person-relieve"),
    path("people/<int:person_id>/move/", move, name="person-move"),
    path("people/<int:person_id>/leave/", leave, name="person-leave"),
    path("people/<int:person_id>/password-link/", password_link, name="person-link"),
    path("people/<int:person_id>/<slug:name>/", deed, name="person-deed"),
]
