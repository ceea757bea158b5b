"""Notices: what is up and what was, put up another, read it, see who has, take it down."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from rexian.console.asking import Question, ask
from rexian.console.notice_forms import NoticeForm
from rexian.console.notices import PLACES, current_part, lines_of, watched_part
from rexian.kernel.language import mark
from rexian.look.environment import translated
from rexian.look.pagination import page_of
from rexian.look.requests import PageRequest, with_right
from rexian.look.shapes import Column, Crumb, Notice, Tone
from rexian.notices.domain.notices import Importance, NoLongerUp
from rexian.notices.domain.rights import POST, READ
from rexian.notices.queries import (
    earlier_count,
    earlier_notices,
    notice,
    readership,
)
from rexian.notices.services import post_notice, read_notice, take_down_notice
from rexian.org.queries import units_for

SIZE = 25
USUAL_TIME = timedelta(hours=8)
TOLD = {
    "posted": Notice(mark("The notice is up."), Tone.GOOD),
    "down": Notice(mark("The notice is taken down."), Tone.GOOD),
    "late": Notice(mark("This notice has come down meanwhile."), Tone.CAUTION),
}
EARLIER_COLUMNS = (
    Column(title=mark("Notice")),
    Column(title=mark("For")),
    Column(title=mark("Put up")),
    Column(title=mark("Came down")),
)
WAITING_COLUMNS = (
    Column(title=mark("Name")),
    Column(title=mark("Agent number")),
    Column(title=mark("Unit")),
)


@with_right(READ)
@require_safe
def notices(request: PageRequest) -> HttpResponse:
    """Show what is up, and what has come down."""
    watched, at = watched_part(request, place="notices"), timezone.now()
    total = earlier_count(request.actor, at=at)
    page = page_of(request.GET.get("page"), size=SIZE, total=total, query=request.GET.urlencode())
    earlier = earlier_notices(request.actor, at=at, offset=page.offset, limit=SIZE)
    values = {
        **watched,
        **current_part(request, place="notices", at=at),
        "earlier": lines_of(earlier, request),
        "earlier_columns": EARLIER_COLUMNS,
        "page": page,
        "may_post": request.actor.may(POST),
        "notices": _told(request),
    }
    return render(request, "console/notices.html", values)


@with_right(READ)
@require_safe
def part(request: PageRequest) -> HttpResponse:
    """Show what is up, and nothing around it."""
    place = "home" if request.GET.get("place") == "home" else "notices"
    values = current_part(request, place=place, at=timezone.now())
    return render(request, "console/notices_current.html", values)


@with_right(POST)
@require_http_methods(["GET", "HEAD", "POST"])
def post(request: PageRequest) -> HttpResponse:
    """Put up a notice."""
    at, back = timezone.now(), reverse("console:notices")

    def carry_out(given: dict[str, Any]) -> str:
        post_notice(
            given["unit"],
            text=given["text"],
            importance=Importance(given["importance"]),
            until_at=given["until_at"],
            actor=request.actor,
            at=at,
        )
        return f"{back}?done=posted"

    question = Question(
        title=mark("Put up a notice"),
        button=mark("Put it up"),
        back=back,
        trail=(Crumb(mark("Notices"), back),),
        explanation=mark("Everybody at work there sees it at once, above everything else."),
    )
    # What is filled in is meant in the organisation's time.
    with timezone.override(ZoneInfo(request.person.time_zone)):
        units = units_for(request.actor, POST)
        form = NoticeForm(request.POST or None, units=units, initial={"until_at": _usual_end(at)})
        return ask(request, form, question, carry_out)


@with_right(READ)
@require_safe
def one(request: PageRequest, notice_id: int) -> HttpResponse:
    """Show a notice, and to those who may take it down who has read it."""
    at = timezone.now()
    shown = notice(notice_id, actor=request.actor)
    (line,) = lines_of([shown], request)
    values: dict[str, Any] = {
        "line": line,
        "is_up": shown.is_up(at),
        "place": "notices",
        "trail": (Crumb(mark("Notices"), reverse("console:notices")), Crumb(mark("The notice"))),
        "notices": _told(request),
        "readers": None,
    }
    if shown.manageable:
        values |= _readers(request, notice_id)
    return render(request, "console/notice.html", values)


@with_right(READ)
@require_POST
def read(request: PageRequest, notice_id: int) -> HttpResponse:
    """Note that whoever looks has read a notice, and go back to where they were."""
    back = reverse(PLACES.get(request.POST.get("place", ""), "console:notices"))
    try:
        read_notice(notice_id, actor=request.actor, at=timezone.now())
    except NoLongerUp:
        return HttpResponseRedirect(f"{reverse('console:notices')}?done=late")
    return HttpResponseRedirect(back)


@with_right(POST)
@require_http_methods(["GET", "HEAD", "POST"])
def take_down(request: PageRequest, notice_id: int) -> HttpResponse:
    """Ask whether to take a notice down, and take it down."""
    back = reverse("console:notices")
    if request.method == "POST":
        try:
            take_down_notice(notice_id, actor=request.actor, at=timezone.now())
        except NoLongerUp:
            return HttpResponseRedirect(f"{back}?done=late")
        return HttpResponseRedirect(f"{back}?done=down")
    shown = notice(notice_id, actor=request.actor)
    question = translated(mark("Take this notice down?"))
    values = {
        "question": question,
        "consequence": shown.text,
        "yes": translated(mark("Take it down")),
        "back": reverse("console:notice", args=[notice_id]),
        "trail": (Crumb(mark("Notices"), back), Crumb(question)),
    }
    return render(request, "console/question.html", values)


def _readers(request: PageRequest, notice_id: int) -> dict[str, Any]:
    """Return how many have read a notice, and a page of those who have not."""
    asked = request.GET.get("page")
    counted = readership(notice_id, actor=request.actor, offset=0, limit=0)
    left = counted.total - counted.read
    page = page_of(asked, size=SIZE, total=left, query=request.GET.urlencode())
    return {
        "readers": readership(notice_id, actor=request.actor, offset=page.offset, limit=SIZE),
        "page": page,
        "columns": WAITING_COLUMNS,
    }


def _usual_end(at: datetime) -> datetime:
    """Return the full hour that ends a notice unless another is chosen."""
    return (at + USUAL_TIME).replace(minute=0, second=0, microsecond=0)


def _told(request: PageRequest) -> tuple[Notice, ...]:
    told = TOLD.get(request.GET.get("done", ""))
    return (told,) if told else ()


urlpatterns = [
    path("notices/", notices, name="notices"),
    path("notices/part", part, name="notices-part"),
    path("notices/new", post, name="post-notice"),
    path("notices/<int:notice_id>/", one, name="notice"),
    path("notices/<int:notice_id>/read", read, name="read-notice"),
    path("notices/<int:notice_id>/take-down", take_down, name="take-down-notice"),
]
