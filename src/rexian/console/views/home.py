"""The first page: what one can do here, with the figures that one may see."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone

from rexian.clockwork.domain.rights import TEND
from rexian.clockwork.queries import parked_count
from rexian.console.notices import pinned_part
from rexian.console.telling import STATES, day, instant, today_of
from rexian.dialogue import queries as dialogue
from rexian.dialogue.domain import rights as dialogue_rights
from rexian.kernel.language import mark, text_in
from rexian.look.environment import current_language, translated
from rexian.look.navigation import Section, sections
from rexian.look.requests import PageRequest, signed_in
from rexian.look.shapes import Tile, Tone
from rexian.org.domain.roles import ROLE_NAMES
from rexian.standard.domain.rights import PUBLISH, READ
from rexian.standard.queries.published import standards_in_force

LATEST = 5


@signed_in
def home(request: PageRequest) -> HttpResponse:
    """Show what this person can do here."""
    person = request.person
    latest: tuple[dialogue.BatchLine, ...] = ()
    if request.actor.may(dialogue_rights.READ):
        latest, _ = dialogue.batch_page(
            request.actor, person.organisation_id, offset=0, size=LATEST
        )
    values = {
        **pinned_part(request, at=timezone.now()),
        "roles": [ROLE_NAMES[role] for role in person.roles],
        "standards": list(_standards(request)),
        "tiles": list(_parked(request)),
        "others": _others(request),
        "latest": [
            (one, STATES[one.state], instant(one.uploaded_at, person.time_zone)) for one in latest
        ],
        "may_inspect": request.actor.may(dialogue_rights.INSPECT),
        "may_read_inspections": request.actor.may(dialogue_rights.READ),
    }
    return render(request, "console/home.html", values)


def _standards(request: PageRequest) -> Iterator[Tile]:
    """Yield a tile for each standard in force, or one that says that there is none."""
    if not request.actor.may(READ):
        return
    ruling = standards_in_force(request.person.organisation_id, today_of(request.person))
    for one in ruling.values():
        yield Tile(
            title=translated(mark("Standard in force")),
            figure=text_in(one.title, current_language()),
            note=translated(
                mark("{number}, since {day}"), number=one.number, day=day(one.effective_on)
            ),
            href=reverse("console:standard", args=(one.id,)),
        )
    if not ruling:
        may = request.actor.may(PUBLISH)
        yield Tile(
            title=mark("Standard in force"),
            figure=translated(mark("none yet")),
            note=mark("Import one and publish it.") if may else mark("Your manager publishes it."),
            href=reverse("console:standards"),
            tone=Tone.CAUTION,
        )


def _parked(request: PageRequest) -> Iterator[Tile]:
    """Yield a tile for work that has failed and waits for somebody to look at it."""
    pages = {one.page for one in sections()}
    if request.actor.may(TEND) and "console:work" in pages:
        count = parked_count(actor=request.actor)
        yield Tile(
            title=mark("Parked work"),
            figure=str(count),
            note=mark("Look why it failed.") if count else mark("Nothing has failed."),
            href=reverse("console:work"),
            tone=Tone.BAD if count else Tone.QUIET,
        )


def _others(request: PageRequest) -> list[Section]:
    """Return the sections that no tile leads to."""
    shown = {"console:standards", "console:inspections"}
    reachable = [one for one in sections() if request.actor.may(one.right)]
    return [one for one in reachable if one.page not in shown]


urlpatterns = [path("", home, name="home")]
