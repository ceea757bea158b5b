"""Be ready, take a break, go; and say now and then that the desk is open."""

from __future__ import annotations

from typing import Any

from django.urls import path
from django.utils import timezone

from rexian.contacts.domain.presence import There
from rexian.contacts.services import become_ready, leave_desk, renew_lease, take_break
from rexian.desk.answers import deed
from rexian.desk.states import desk_states
from rexian.look.requests import PageRequest


@deed
def presence(request: PageRequest) -> dict[str, Any]:
    """Change how one stands, and answer with the desk as it is then."""
    at, wanted = timezone.now(), request.POST.get("state", "")
    if wanted == There.READY.value:
        become_ready(actor=request.actor, at=at)
    elif wanted == There.OFFLINE.value:
        leave_desk(actor=request.actor, at=at)
    else:
        take_break(reason=request.POST.get("reason", ""), actor=request.actor, at=at)
    return {"desk": desk_states([request.person.id], at=at).get(request.person.id)}


@deed
def beat(request: PageRequest) -> dict[str, Any]:
    """Renew the lease, and answer with the clock of the server."""
    at = timezone.now()
    return {"state": renew_lease(actor=request.actor, at=at), "now": at.isoformat()}


urlpatterns = [
    path("presence", presence, name="presence"),
    path("beat", beat, name="beat"),
]
