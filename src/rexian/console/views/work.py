"""Work: what waits, is under way, is in trouble; release what was parked, or give it up."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rexian.clockwork.domain.rights import TEND
from rexian.clockwork.queries import parked_work
from rexian.clockwork.services import drop_parked, release_parked
from rexian.clockwork.services.tending import NoLongerParked
from rexian.console.clockwork import parked_part, standing
from rexian.journal.queries import newest_id
from rexian.kernel.language import mark
from rexian.look.environment import translated
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Crumb, Notice, Tone

TOLD = {
    "released": Notice(mark("It is tried anew, with all its attempts."), Tone.GOOD),
    "dropped": Notice(mark("It is given up. The journal says who decided so."), Tone.GOOD),
    "late": Notice(mark("Somebody else has released or dropped this already."), Tone.CAUTION),
}


@require_GET
@with_right(TEND)
def work(request: PageRequest) -> HttpResponse:
    """Show how the clockwork stands, and what is parked."""
    after = newest_id()
    zone, number = request.person.time_zone, request.GET.get("page")
    told = TOLD.get(request.GET.get("done", ""))
    parked = parked_part(request.actor, zone=zone, number=number, query=request.GET.urlencode())
    values = {
        **standing(request.actor, zone=zone, at=timezone.now()),
        **parked,
        "after": after,
        "key": request.person.organisation_id,
        "is_live": parked["page"].number == 1,
        "notices": (told,) if told else (),
    }
    return render(request, "console/work.html", values)


@require_POST
@with_right(TEND)
def release(request: PageRequest, work_id: int) -> HttpResponse:
    """Have parked work tried anew; whoever comes second is told so."""
    try:
        release_parked(work_id, actor=request.actor, at=timezone.now())
    except NoLongerParked:
        return _back("late")
    return _back("released")


@require_http_methods(["GET", "POST"])
@with_right(TEND)
def drop(request: PageRequest, work_id: int) -> HttpResponse:
    """Ask whether to give parked work up, and give it up."""
    if request.method == "POST":
        try:
            drop_parked(work_id, actor=request.actor, at=timezone.now())
        except NoLongerParked:
            return _back("late")
        return _back("dropped")
    parked = parked_work(work_id, actor=request.actor)
    if parked is None:
        return _back("late")
    return _question(request, translated(parked.title), parked.subject)


def _question(request: PageRequest, title: str, subject: str) -> HttpResponse:
    back = reverse("console:work")
    question = translated(mark("Give this up?"))
    values = {
        "question": question,
        "consequence": translated(
            mark("{work} ({subject}) will never be done. The journal says who decided so."),
            work=title,
            subject=subject,
        ),
        "yes": translated(mark("Give up for good")),
        "back": back,
        "trail": (Crumb(mark("Work"), back), Crumb(question)),
    }
    return render(request, "console/question.html", values)


def _back(done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('console:work')}?done={done}")


urlpatterns = [
    path("work/", work, name="work"),
    path("work/<int:work_id>/release", release, name="release-work"),
    path("work/<int:work_id>/drop", drop, name="drop-work"),
]
