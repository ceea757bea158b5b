"""The desk itself: one page, made once, that its script keeps as things are."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import json_script
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from rexian.contacts.domain.endings import END_REASONS
from rexian.contacts.domain.presence import BEAT, Break
from rexian.contacts.domain.rights import SERVE
from rexian.contacts.queries import (
    HotlineShown,
    attachment_limit,
    depths,
    hotline,
    own_presence,
)
from rexian.desk.answers import told
from rexian.desk.keymap import KEYS
from rexian.desk.live_callbacks import callbacks_shape
from rexian.desk.sayings import SAID
from rexian.desk.shapes import waiting_shape
from rexian.desk.states import desk_states
from rexian.desk.views.notices import notices_shape
from rexian.desk.views.today import used_breaks
from rexian.journal.queries import newest_id
from rexian.look.environment import translated
from rexian.look.requests import PageRequest, with_right
from rexian.notices.domain.rights import READ
from rexian.notices.queries import units_concerning

MOST_UNITS = 30


@with_right(SERVE)
@never_cache
@require_safe
def desk(request: PageRequest) -> HttpResponse:
    """Show the desk, or say what is wanting for one."""
    after, at = newest_id(), timezone.now()
    there = own_presence(request.actor, at=at)
    if there is None:
        return render(request, "desk/no_hotline.html", {})
    shown = hotline(there.hotline, actor=request.actor)
    units = sorted(units_concerning(request.actor))[:MOST_UNITS] if _reads(request) else []
    values = {
        "after": after,
        "hotline": shown,
        "units": units,
        "keys": KEYS,
        "given": json_script(_given(request, shown, after), "given"),
    }
    return render(request, "desk/desk.html", values)


@told
def state(request: PageRequest) -> dict[str, Any]:
    """Return how the desk looks now, for a page that was away."""
    after, at = newest_id(), timezone.now()
    found = desk_states([request.person.id], at=at).get(request.person.id)
    return {"after": after, "desk": found, "breaks_used": used_breaks(request, at)}


def _given(request: PageRequest, shown: HotlineShown, after: int) -> dict[str, Any]:
    """Return what the script begins with."""
    at = timezone.now()
    return {
        "after": after,
        "person": request.person.id,
        "agent_number": request.person.agent_number,
        "language": request.language,
        "time_zone": request.person.time_zone,
        "csrf": get_token(request),
        "root": reverse("desk:desk"),
        "beat": BEAT.total_seconds(),
        "after_time": shown.after_time,
        "target_wait": shown.target_wait,
        "most_bytes": attachment_limit(),
        "hotline": {"id": shown.id, "name": shown.name},
        "queues": {one.code: one.name for one in shown.queues},
        "breaks": _breaks(shown),
        "breaks_used": used_breaks(request, at),
        "endings": [{"code": code, "title": translated(title)} for code, title in END_REASONS],
        "keys": {one.name: one.keys for one in KEYS},
        "said": {name: translated(message) for name, message in SAID.items()},
        "desk": desk_states([request.person.id], at=at).get(request.person.id),
        "waiting": waiting_shape(depths([shown.id])[shown.id]),
        "callbacks": callbacks_shape(shown.id),
        "notices": notices_shape(request),
    }


def _breaks(shown: HotlineShown) -> list[dict[str, Any]]:
    """Return the kinds of break of a hotline with the minutes allowed; all, where it names none."""
    kinds = [one for one in Break if one.value in shown.breaks] or list(Break)
    return [{"reason": one.value, "allowed": shown.breaks.get(one.value)} for one in kinds]


def _reads(request: PageRequest) -> bool:
    return request.actor.may(READ)


urlpatterns = [path("", desk, name="desk"), path("state", state, name="desk-state")]
