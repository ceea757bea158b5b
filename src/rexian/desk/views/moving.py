"""What an agent does with a contact: take it, have it wait, give it on, call for help, end it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.urls import path
from django.utils import timezone

from rexian.contacts.domain.refusals import NoReason
from rexian.contacts.queries import colleagues
from rexian.contacts.services import (
    accept_offer,
    ask_for_help,
    decline_offer,
    end_contact,
    hold_contact,
    retrieve_contact,
    transfer_to_agent,
    transfer_to_queue,
)
from rexian.desk.answers import deed_on_contact, told
from rexian.desk.asking import whole_number
from rexian.desk.states import desk_states
from rexian.dialogue.queries.live import guide_of
from rexian.kernel.authority import Actor
from rexian.kernel.language import DEFAULT, mark
from rexian.look.requests import Door, PageRequest

Move = Callable[..., None]


def _moves(move: Move, **sent: str) -> Door[[int]]:
    """Return the view of a move that takes these fields, answered with the desk as it is then."""

    @deed_on_contact
    def view(request: PageRequest, contact_id: int) -> dict[str, Any]:
        at = timezone.now()
        given = {name: request.POST.get(field, "") for name, field in sent.items()}
        move(contact_id, actor=request.actor, at=at, **given)
        return {"desk": desk_states([request.person.id], at=at).get(request.person.id)}

    return view


def _transfer(
    contact_id: int, *, queue: str, agent: str, reason: str, actor: Actor, at: datetime
) -> None:
    """Give a contact to a colleague where one is named, else to a queue."""
    if agent:
        whom = whole_number(agent)
        transfer_to_agent(contact_id, agent=whom, reason=reason, actor=actor, at=at)
    else:
        transfer_to_queue(contact_id, queue=queue, reason=reason, actor=actor, at=at)


def _end(contact_id: int, *, reason: str, actor: Actor, at: datetime) -> None:
    """End a contact; where the standard does not let it end yet, with a reason."""
    ending = guide_of(contact_id, actor=actor, at=at, language=DEFAULT).ending
    if ending.reason_needed and not reason:
        raise NoReason(mark("Say in a word why."), field="reason")
    end_contact(contact_id, reason=reason, actor=actor, at=at)


@told
def whom(request: PageRequest) -> dict[str, Any]:
    """Return the colleagues who could take a contact over now."""
    free = colleagues(request.actor, at=timezone.now())
    return {
        "colleagues": [
            {"person": one.person, "name": one.name, "number": one.agent_number} for one in free
        ]
    }


_DEEDS: tuple[tuple[str, Door[[int]]], ...] = (
    ("accept", _moves(accept_offer)),
    ("decline", _moves(decline_offer)),
    ("hold", _moves(hold_contact)),
    ("retrieve", _moves(retrieve_contact)),
    ("transfer", _moves(_transfer, queue="queue", agent="agent", reason="reason")),
    ("help", _moves(ask_for_help, reason="reason")),
    ("end", _moves(_end, reason="reason")),
)

urlpatterns = [
    path("colleagues", whom, name="colleagues"),
    *(path(f"contacts/<int:contact_id>/{name}", view, name=name) for name, view in _DEEDS),
]
