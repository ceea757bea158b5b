"""Notices, pinned at the desk until they are read."""

from __future__ import annotations

from typing import Any

from django.urls import path
from django.utils import timezone

from rexian.desk.answers import deed, told
from rexian.look.instants import local_text
from rexian.look.requests import PageRequest
from rexian.notices.domain.rights import READ
from rexian.notices.queries import current_notices
from rexian.notices.services import read_notice


def notices_shape(request: PageRequest) -> list[dict[str, Any]]:
    """Return what is up for whoever asks: urgent first, what is read last."""
    if not request.actor.may(READ):
        return []
    found = current_notices(request.actor, at=timezone.now())
    shown = [
        {
            "id": one.id,
            "text": one.text,
            "importance": one.importance.value,
            "until": local_text(one.until_at, request.person.time_zone),
            "read": one.read_at is not None,
        }
        for one in found
        if one.concerns
    ]
    return sorted(shown, key=lambda one: bool(one["read"]))


@told
def current(request: PageRequest) -> dict[str, Any]:
    """Return what is up for the agent."""
    return {"notices": notices_shape(request)}


@deed
def read(request: PageRequest, notice_id: int) -> dict[str, Any]:
    """Note that the agent has read a notice."""
    read_notice(notice_id, actor=request.actor, at=timezone.now())
    return {"notices": notices_shape(request)}


urlpatterns = [
    path("notices", current, name="notices"),
    path("notices/<int:notice_id>/read", read, name="read-notice"),
]
